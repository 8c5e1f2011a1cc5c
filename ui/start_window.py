"""The window before the desk: sign-in, first start, calm screens. It is the `Shell` of the set-up's parts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.theme import px
from ui.widgets import FocusRing, vbox

if TYPE_CHECKING:
    from ui.overlays import Overlays
    from ui.print_jobs import PrintJob, PrintJobs
    from ui.runner import Runner
    from ui.widgets import Sheet

DESIGN = QSize(1180, 740)


class StartWindow(QWidget):
    """One page at a time.

    painted: it is on the screen for the first time; closing: the user closes the program; settings_changed(fields): of
    this computer.
    """

    closing = Signal()
    painted = Signal()
    settings_changed = Signal(dict)

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("ILP Desk")
        self.setProperty("ground", True)
        self._page: QWidget | None = None
        self._seen = False
        self._runner: Runner | None = None
        self._overlays: Overlays | None = None
        self._print_jobs: PrintJobs | None = None
        self.ring = FocusRing(self)
        self._column = vbox(spacing=0)
        self.setLayout(self._column)

    def use(self, runner: Runner) -> None:
        """Errors nobody else shows are shown here; the keys of every window work from now on."""
        from ui.keys import Keys

        self._runner = runner
        self.keys = Keys(self, "Di semua layar", reserved=())
        self.keys.bind("F1", "semua tombol", self._help)
        self.keys.bind("Esc", "tutup pesan", self._close_notice)
        runner.sentence.connect(self.sentence)

    def show_page(self, page: QWidget) -> None:
        """Put another page in the place of the one before."""
        if self._page is not None:
            self._column.removeWidget(self._page)
            self._page.hide()
            self._page.deleteLater()
        self._page = page
        self._column.addWidget(page)
        page.show()
        page.setFocus()

    @property
    def page(self) -> QWidget | None:
        return self._page

    @property
    def overlays(self) -> Overlays:
        """Made when first wanted: the window itself must be there at once."""
        if self._overlays is None:
            from ui.overlays import Overlays

            self._overlays = Overlays(self, self._below)
        return self._overlays

    def _below(self) -> QWidget:
        return self._page or self

    def _help(self) -> None:
        from ui.keys import Keys

        page = self._page
        mine = [keys for keys in page.findChildren(Keys) if keys.hints()] if page is not None else []
        self.overlays.help([*mine, self.keys])

    def _close_notice(self) -> None:
        self.overlays.close_notice()

    # What a part may ask (ui.page.Shell)

    def toast(self, text: str, undo: Callable[[], object] | None = None, seconds: int = 10, lead: str = "") -> None:
        self.overlays.toast(text, undo, min(seconds, 5), lead)

    def sentence(self, text: str) -> None:
        self.overlays.sentence(text)

    def sheet(self, panel: QWidget, width: int = 640, height: int = 0, keep: bool = False) -> Sheet:
        return self.overlays.sheet(panel, width, height, keep)

    def navigate(self, code: str, target: object = None) -> bool:
        return False

    def counts(self, text: str) -> None:
        """There is no status bar yet."""

    def hints_changed(self) -> None:
        """There is no status bar yet."""

    def draft_saved(self, at: datetime) -> None:
        """Nobody is signed in, so nothing is kept as a draft."""

    def saved(self) -> None:
        """Nobody is signed in, so nothing is kept as a draft."""

    def keep(self, **values: Any) -> None:
        self.settings_changed.emit(values)

    def print(self, job: PrintJob) -> None:
        if self._runner is None:
            return
        if self._print_jobs is None:
            from ui.print_jobs import PrintJobs

            self._print_jobs = PrintJobs(self._runner, self)
            self._print_jobs.trouble.connect(self.sentence)
        self._print_jobs.put(job)

    def offer(self, job: PrintJob) -> None:
        """Nobody has a number yet."""

    def preview(self, title: str, pdf: bytes, job: PrintJob | None = None, file_name: str = "") -> Sheet:
        from ui.preview import PREVIEW_SIZE, PreviewPanel  # loads PDFium

        if self._runner is None:
            raise TypeError("a preview needs the runner")
        panel = PreviewPanel(self._runner, title, pdf, file_name, can_print=job is not None)
        if job is not None:
            panel.print_wanted.connect(lambda: self.print(job))
        panel.told.connect(self.toast)
        sheet = self.sheet(panel, *PREVIEW_SIZE)
        panel.close_wanted.connect(sheet.close_sheet)
        return sheet

    # The window

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._seen:
            self._seen = True
            self.painted.emit()

    def sizeHint(self) -> QSize:
        room = self.screen().availableSize()
        return QSize(px(DESIGN.width()), px(DESIGN.height())).boundedTo(room)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        super().closeEvent(event)
