"""What was sent to printers, and sending it again with F9. Printing never holds up the desk and never undoes an act."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from ilp_desk.errors import UserError
from ilp_desk.settings import ThermalPrinter
from ui.runner import Runner, gone


@dataclass(frozen=True, slots=True)
class PrintJob:
    """One thing to print.

    title: for the system's queue and the toast, without a name ("Nomor antrean A-012"). printer: address as in
    `ui.printers`, empty for the system's own (with raw: none is chosen). raw: printer commands instead of a PDF.
    printed: told on the GUI thread once the printer took it. again: how to print it anew later (a letter must say
    SALINAN then); without it the same data is sent again.
    """

    title: str
    printer: str
    data: bytes
    raw: bool = False
    copies: int = 1
    printed: Callable[[], None] | None = None
    again: Callable[[], None] | None = None


def thermal_address(printer: ThermalPrinter) -> str:
    """The address of the ticket printer of the settings, empty where none is chosen."""
    if not printer.kind:
        return ""
    return f"tcp:{printer.address}" if printer.kind == "tcp" else printer.address


def send(job: PrintJob) -> None:
    """Send it; blocks. Raises the errors of `ui.printers`."""
    from ui import printers  # loads PDFium: not before the first job, the window paints first

    if job.raw:
        for _ in range(job.copies):
            printers.send_raw(job.printer, job.data, job.title)
    else:
        printers.print_pdf(job.printer, job.data, job.title, job.copies)


class PrintJobs(QObject):
    """The jobs of this window, in order.

    changed: `waiting` or `failed` is another number; trouble(sentence): a job failed and why.
    """

    changed = Signal()
    trouble = Signal(str)

    def __init__(
        self, runner: Runner, parent: QObject | None = None, sender: Callable[[PrintJob], None] = send
    ) -> None:
        super().__init__(parent)
        self._runner, self._sender = runner, sender
        self._failed: list[PrintJob] = []
        self._last: PrintJob | None = None
        self._waiting = 0

    @property
    def waiting(self) -> int:
        """Jobs on their way."""
        return self._waiting

    @property
    def failed(self) -> int:
        """Jobs no printer took."""
        return len(self._failed)

    def put(self, job: PrintJob) -> None:
        """Print it; returns at once."""
        self._waiting += 1
        self.changed.emit()
        self._runner.device(lambda: self._sender(job), lambda _: self._sent(job), lambda e: self._broke(job, e))

    def keep(self, job: PrintJob) -> None:
        """Print nothing now; F9 calls its `again`."""
        self._last = job

    def again(self) -> bool:
        """F9: send what failed, else print the last one anew. False if nothing was printed yet."""
        if self._failed:
            failed, self._failed = self._failed, []
            for job in failed:
                self.put(job)
            return True
        if self._last is None:
            return False
        if self._last.again is not None and not gone(self._last.again):
            self._last.again()
        elif self._last.again is None:
            self.put(self._last)
        else:
            return False
        return True

    def _sent(self, job: PrintJob) -> None:
        self._waiting -= 1
        self._last = job
        self.changed.emit()
        if job.printed is not None and not gone(job.printed):
            job.printed()

    def _broke(self, job: PrintJob, error: Exception) -> None:
        self._waiting -= 1
        self._failed.append(job)
        self.changed.emit()
        if isinstance(error, UserError):
            self.trouble.emit(error.sentence)
