"""A real window with nobody in front of it: dressed, filled, waited for and photographed. For pictures and the tour.

with Stage(desk, "Puskesmas Contoh") as stage:
    window = stage.window(actor, "Loket 1", (1366, 768), "registration")
    stage.picture(window, folder / "registration.png")
stage.faults    # what Qt, the log and the dictionary had to complain of; empty: all well
"""

from __future__ import annotations

import gc
import json
import logging
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEvent,
    QEventLoop,
    QMessageLogContext,
    QObject,
    Qt,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from ilp_desk.domain.staff import Actor
from ilp_desk.errors import UserError
from ilp_desk.settings import Settings
from ui.main_window import MainWindow
from ui.messages import install
from ui.print_jobs import PrintJob, PrintJobs, send
from ui.runner import Runner
from ui.start_window import StartWindow
from ui.theme import NORMAL, Tokens, apply

if TYPE_CHECKING:
    from ilp_desk.desk import Desk

Size = tuple[int, int]
DESIGN: Size = (1366, 768)
LONGEST_WAIT_MS = 20_000
PAUSE_MS = 20
HERE = "tcp:127.0.0.1:"
OFFSCREEN = "offscreen"
SCREEN = {
    "name": "gambar",
    "x": 0,
    "y": 0,
    "width": 1920,
    "height": 1080,
    "logicalDpi": 96,
    "logicalBaseDpi": 96,
    "dpr": 1,
}
OFFSCREEN_SAYS = "This plugin does not support"
"""What the screen that is none prints about itself."""

NOT_SHOWN = frozenset({"QShortcut", "QTgaFile"})
"""Where Qt asks for words that stand on no screen: names of keys, as on the keyboard, and errors of image files."""


class NothingCame(UserError):
    """Something the program was waited for did not happen."""


OURS = (MainWindow, StartWindow)


class _Errors(logging.Handler):
    """Errors that were logged while the stage was up."""

    def __init__(self, fault: Callable[[str], None]) -> None:
        super().__init__(logging.ERROR)
        self._fault = fault

    def emit(self, record: logging.LogRecord) -> None:
        self._fault(f"log: {record.getMessage()}")


class _Strays(QObject):
    """Finds windows that flash up by themselves: a widget shown before it has a parent takes the keyboard away."""

    def __init__(self, fault: Callable[[str], None], expected: Callable[[], QWidget | None]) -> None:
        super().__init__()
        self._fault, self._expected = fault, expected

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget):
            plain = watched.windowType() in (Qt.WindowType.Window, Qt.WindowType.Widget)
            if watched.isWindow() and plain and watched is not self._expected() and not isinstance(watched, OURS):
                self._fault(f"jendela yang tidak diminta: {type(watched).__name__} {watched.accessibleName()!r}")
        return False


class Stage:
    """Owns the application's look and the runner of the window that is open; one window at a time."""

    def __init__(self, desk: Desk, facility: str, look: Tokens = NORMAL) -> None:
        self.desk, self.facility = desk, facility
        self.faults: list[str] = []
        self._look: Tokens | None = None
        self.doing = ""
        """What is being photographed or done, for the faults."""
        self.printed: list[PrintJob] = []
        """What would have been printed, in order."""
        self.app = application()
        self.app.setCursorFlashTime(0)
        self._words = install(self.app)
        self._handler = _Errors(self.fault)
        self._before = qInstallMessageHandler(self._hear)
        logging.getLogger().addHandler(self._handler)
        self._runner: Runner | None = None
        self._window: MainWindow | None = None
        self._lent = False
        self._second: QWidget | None = None
        self._strays = _Strays(self.fault, lambda: self._second)
        self.app.installEventFilter(self._strays)
        self.dress(look)

    def __enter__(self) -> Stage:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def dress(self, look: Tokens) -> None:
        """Another look, from the next window on; what is open is closed."""
        if look == self._look:
            return
        self.strike()
        self._look = look
        for name in apply(self.app, look):
            self.fault(f"huruf tidak ada: {name}")

    def _hear(self, kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        if kind is QtMsgType.QtFatalMsg:
            sys.stderr.write(f"{message}\n")  # Qt ends the process right after this
        if not message.startswith(OFFSCREEN_SAYS):
            self.fault(f"Qt: {message}")

    def fault(self, text: str) -> None:
        """Something to be looked at, told once."""
        told = f"{self.doing}: {text}" if self.doing else text
        if told not in self.faults:
            self.faults.append(told)

    def _print(self, job: PrintJob) -> None:
        """Commands go to a printer on this very computer, if one listens; pages are only kept."""
        self.printed.append(job)
        if job.raw and job.printer.startswith(HERE):
            send(job)

    # Windows

    @property
    def runner(self) -> Runner:
        """The lanes of the window that is open."""
        if self._runner is None:
            raise LookupError("no window is open")
        return self._runner

    def window(self, actor: Actor, place: str, size: Size, screen: str, settings: Settings | None = None) -> MainWindow:
        """Close the window that was open, open one for this person at this desk, on a screen."""
        self.strike()
        self._runner = Runner()
        chosen = settings or Settings(desk=place, room=place)
        window = MainWindow(self.desk, actor, self._runner, chosen, self.facility, idle_minutes=0)
        self._window = window
        # Nothing of a sample ever reaches a real printer, whatever this computer has.
        window.print_jobs = PrintJobs(self._runner, window, self._print)
        window.print_jobs.trouble.connect(window.sentence)
        window.resize(*size)
        window.show()
        QTest.qWaitForWindowExposed(window)
        window.activateWindow()
        QTest.qWaitForWindowActive(window)
        window.start(screen)
        self.settle()
        if window.page is not None and QApplication.focusWidget() is None:
            window.page.arrive(None)
            self.settle()
        if (window.width(), window.height()) != size:
            self.fault(f"jendela {window.width()}x{window.height()}, diminta {size[0]}x{size[1]}")
        return window

    def second(self, window: QWidget) -> None:
        """Another window that is meant to be there; it goes with the first one."""
        self._second = window

    def lend(self, window: MainWindow, runner: Runner) -> None:
        """A window that somebody else made and closes the lanes of; it is waited for and photographed as ours."""
        self._window, self._runner, self._lent, self._second = window, runner, True, None

    def strike(self) -> None:
        """Close what is open, calmly."""
        if self._second is not None and isValid(self._second):
            self._second.close()
        window, runner, self._second = self._window, self._runner, None
        self._window = self._runner = None
        if window is not None:
            window.close()
            window.deleteLater()
        if runner is not None and not self._lent:
            runner.close()
        self._lent = False
        self.app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.app.processEvents()
        gc.collect()  # what is left of the window goes here, on its own thread, not in some worker later

    def close(self) -> None:
        """Everything as it was before; the words nobody translated join the faults."""
        self.strike()
        self.app.removeEventFilter(self._strays)
        logging.getLogger().removeHandler(self._handler)
        qInstallMessageHandler(self._before)
        self.app.removeTranslator(self._words)
        self.doing = ""
        for place, text in sorted(self._words.unknown):
            if place not in NOT_SHOWN:
                self.fault(f"tanpa kata Indonesia: {text!r} ({place})")

    # Waiting and taking pictures

    def settle(self) -> None:
        """Let the window live until nothing is under way."""
        for _ in range(3):
            live(PAUSE_MS)
            if self._runner is not None and not self._runner.idle(LONGEST_WAIT_MS):
                raise NothingCame("Pekerjaan di belakang jendela tidak selesai.")
        window = self._window
        if window is not None and not window.isActiveWindow() and self._second is None:
            window.activateWindow()  # a stray window took the keyboard; that it did is a fault
            QTest.qWaitForWindowActive(window)
        self.app.processEvents()

    def until(self, condition: Callable[[], object], what: str) -> None:
        """Let the window live until the condition holds. Raises NothingCame with `what` was waited for."""
        started = time.monotonic()
        while not condition():
            if time.monotonic() - started > LONGEST_WAIT_MS / 1000:
                raise NothingCame(f"Ditunggu tetapi tidak datang: {what}.")
            live(PAUSE_MS)
        self.settle()

    def picture(self, widget: QWidget, file: Path) -> None:
        """Write what the widget looks like now, popups apart."""
        self.settle()
        ready(file.parent)
        if not widget.grab().save(str(file)):
            raise UserError(f"Gambar {file.name} tidak dapat ditulis di {file.parent}. Pilih folder lain.")


def live(milliseconds: int) -> None:
    """Let the windows live as at a desk; `QTest.qWait` keeps the interpreter's lock, and the lanes would stand."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def ready(folder: Path) -> None:
    """Make a folder for what is left behind. Raises UserError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as trouble:
        raise UserError(f"Folder {folder} tidak dapat dibuat. Pilih folder lain dengan --out.") from trouble


def application() -> QApplication:
    """The application; a new one draws on a screen that is none, as large as a usual one, unless another was chosen."""
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    if os.environ.get("QT_QPA_PLATFORM", OFFSCREEN) != OFFSCREEN:
        return QApplication([])
    with TemporaryDirectory(prefix="ilp-desk-") as folder:
        plan = Path(folder) / "screen.json"
        plan.write_text(json.dumps({"screens": [SCREEN]}), encoding="utf-8")
        return QApplication(["ilp-desk", "-platform", f"{OFFSCREEN}:configfile={plan}"])
