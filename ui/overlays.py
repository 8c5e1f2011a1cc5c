"""What may lie over the frame, one of each: a sheet, a toast, a sentence, and the sign-in that covers all of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from ui.keys import Keys
from ui.runner import gone
from ui.scanner import Taker
from ui.shell_sheets import HELP_WIDTH, Notice, crash_panel, help_panel
from ui.widgets import Sheet, Toast, inside


class Overlays(QObject):
    """Over one window.

    below: what a cover hides. sheet_open(on): the keys of the page below sleep while a sheet is open.
    """

    sheet_open = Signal(bool)

    def __init__(self, window: QWidget, below: Callable[[], QWidget]) -> None:
        super().__init__(window)
        self._window, self._below = window, below
        self._notice: Notice | None = None
        self._cover: QWidget | None = None
        self._hidden: list[QWidget] = []
        self._focus: QWidget | None = None
        window.installEventFilter(self)

    # A sheet

    @property
    def open_sheet(self) -> Sheet | None:
        """The sheet that is open, if any."""
        return Sheet.over(self._window)

    def sheet(self, panel: QWidget, width: int, height: int, keep: bool) -> Sheet:
        """Open a panel; an open sheet is closed first."""
        self.close_sheet()
        self.sheet_open.emit(True)
        sheet = Sheet(self._window, panel, width, height, keep)
        sheet.closed.connect(lambda: self.sheet_open.emit(self.open_sheet is not None))
        return sheet

    def close_sheet(self) -> None:
        """Close the open sheet, if any."""
        sheet = self.open_sheet
        if sheet is not None:
            sheet.close_sheet()

    def sheet_taker(self, sheet: Sheet) -> Taker | None:
        """Who takes a scan in an open sheet: its panel's `taker`, as with a page."""
        taker = getattr(sheet.panel, "taker", None)
        return taker() if callable(taker) else None

    def help(self, groups: Sequence[Keys]) -> None:
        """All keys. Where a sheet is open no second one may lie on it: a line tells the sheet's own keys."""
        sheet = self.open_sheet
        if sheet is not None:
            hints = [hint for keys in sheet.panel.findChildren(Keys) for hint in keys.hints()]
            self.toast(" · ".join(f"{hint.key} {hint.text}" for hint in hints) or "Esc tutup", None, 10)
            return
        panel, close, height = help_panel(groups)
        close.clicked.connect(self.sheet(panel, HELP_WIDTH, height, keep=False).close_sheet)

    def crash(self, code: str, closed: Callable[[], None]) -> None:
        """The code of an unforeseen error."""
        panel, go_on, height = crash_panel(code)
        sheet = self.sheet(panel, 560, height, keep=False)
        sheet.closed.connect(closed)
        go_on.clicked.connect(sheet.close_sheet)

    # A toast

    def toast(self, text: str, undo: Callable[[], object] | None, seconds: int, lead: str = "") -> None:
        """Tell what was done, perhaps with a way back."""
        toast = Toast(self._window, text, seconds, undo=undo is not None, lead=lead)
        if undo is not None:
            toast.undone.connect(lambda: None if gone(undo) else undo())

    def undo(self) -> None:
        """Take back what the toast tells of."""
        for toast in list(inside(self._window, Toast)):
            toast.undo()

    # A sentence

    def sentence(self, text: str) -> None:
        """Show an error to be read; it replaces an older one."""
        self.close_notice()
        self._notice = Notice(self._window, text)
        self._notice.closed.connect(self._forget_notice)

    def close_notice(self) -> bool:
        """Take the sentence away; False if there was none."""
        if self._notice is None:
            return False
        self._notice.close_notice()
        return True

    def _forget_notice(self) -> None:
        self._notice = None

    # A cover

    @property
    def covered(self) -> bool:
        return self._cover is not None

    def cover(self, widget: QWidget) -> None:
        """Hide everything behind `widget`, as when the desk is locked. Sheets and what is typed in them stay."""
        self.uncover()
        self._focus = QApplication.focusWidget()
        self.close_notice()
        for toast in list(inside(self._window, Toast)):
            toast.dismiss()
        sheet = self.open_sheet
        self._hidden = [w for w in (self._below(), sheet) if w is not None]
        for hidden in self._hidden:
            hidden.hide()
        self._cover = widget
        widget.setParent(self._window)
        widget.setGeometry(self._window.rect())
        widget.show()
        widget.raise_()
        widget.setFocus()

    def uncover(self) -> None:
        """Show again what was there, with the focus where it was."""
        if self._cover is None:
            return
        cover, self._cover = self._cover, None
        cover.hide()
        cover.deleteLater()
        for hidden in self._hidden:
            if isValid(hidden):
                hidden.show()
        self._hidden = []
        if self._focus is not None and isValid(self._focus):
            self._focus.setFocus()
        self._focus = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self._cover is not None:
            self._cover.setGeometry(self._window.rect())
        return False
