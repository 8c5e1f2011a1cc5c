"""Text editors: one line, date, several lines. All leave Ctrl+Z to the undo toast when they have nothing to undo."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from ui.paint import RIGHT, draw_text
from ui.theme import metrics, px, text_width, tokens

TAIL_EDGE = 10
# The focus only visits a menu or another window.
_COMES_BACK = (
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
    Qt.FocusReason.ActiveWindowFocusReason,
)
# Qt itself puts the caret: selects all, or where the mouse was.
_SETS_CARET = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.MouseFocusReason)


def leaves_undo(event: QEvent, can_undo: bool) -> bool:
    """True when `event` asks for Ctrl+Z and the editor has nothing to undo: the window's shortcut may have it."""
    return (
        event.type() == QEvent.Type.ShortcutOverride
        and isinstance(event, QKeyEvent)
        and event.matches(QKeySequence.StandardKey.Undo)
        and not can_undo
    )


class LineEdit(QLineEdit):
    """A line edit that can paint a muted tail at its right: a unit or what was understood ('27 th 9 bln').

    What was typed is worth more than the tail: where both have no room the tail goes (`tail_shown` tells). Without the
    focus the beginning of a long text is shown, not its end.
    """

    tail_shown = Signal(bool)

    def __init__(
        self,
        text: str = "",
        placeholder: str = "",
        tail: str = "",
        name: str = "",
        max_length: int = 300,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._tail, self._fits, self._caret = "", True, len(text)
        self.setPlaceholderText(placeholder)
        self.setMaxLength(max_length)
        self.setCursorPosition(0)
        if name:
            self.setAccessibleName(name)
        self.textChanged.connect(self._fit_tail)
        self.set_tail(tail)

    def tail(self) -> str:
        return self._tail

    def set_tail(self, tail: str) -> None:
        """Paint `tail` at the right edge; the text never runs under it."""
        if tail != self._tail:
            self._tail = tail
            self._fit_tail()
            self.update()

    def setText(self, text: str | None) -> None:
        super().setText(text or "")
        if not self.hasFocus():
            self._caret = len(self.text())
            self.setCursorPosition(0)

    def _fit_tail(self) -> None:
        wide = text_width(self._tail, tokens().body)
        room = self.width() - 2 * px(TAIL_EDGE) - 4
        # Before the first layout the width means nothing.
        fits = not self.isVisible() or text_width(self.text(), tokens().body) + px(8) + wide <= room
        self.setTextMargins(0, 0, wide + px(8) if self._tail and fits else 0, 0)
        if fits != self._fits:
            self._fits = fits
            self.tail_shown.emit(fits)
            self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_tail()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit_tail()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in _COMES_BACK:
            self._caret = self.cursorPosition()
            self.setCursorPosition(0)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() not in (*_COMES_BACK, *_SETS_CARET):
            self.setCursorPosition(min(self._caret, len(self.text())))

    def event(self, event: QEvent) -> bool:
        if leaves_undo(event, self.isUndoAvailable()):
            event.ignore()
            return False
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._tail or not self._fits:
            return
        p = QPainter(self)
        # One pixel lower than the middle: there QLineEdit has its baseline.
        box = QRectF(self.rect()).adjusted(0, 1, -px(TAIL_EDGE), 1)
        ink = "muted" if self.isEnabled() else "disabled_ink"
        draw_text(p, box, self._tail, tokens().body, ink=ink, align=RIGHT)


class DateEdit(LineEdit):
    """A date typed in any usual way ('3/2/99', '03021999', '03-02-1999').

    `understand` takes the text and gives (the date as 03-02-1999 or "", tail). The tail is painted while one types, the
    canonical form replaces the text when the field is left.
    """

    def __init__(
        self,
        text: str = "",
        tail: str = "",
        name: str = "",
        understand: Callable[[str], tuple[str, str]] | None = None,
        placeholder: str = "tgl-bln-tahun",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, placeholder, tail, name, 40, parent)
        self._understand = understand
        if understand is not None:
            self.textChanged.connect(self._read)
            self.editingFinished.connect(self._canonical)
            self._read(text)

    def _read(self, text: str) -> None:
        if self._understand is not None:
            self.set_tail(self._understand(text)[1])

    def _canonical(self) -> None:
        if self._understand is None:
            return
        date = self._understand(self.text())[0]
        if date and date != self.text():
            self.setText(date)


class TextArea(QPlainTextEdit):
    """Several lines of plain text; Tab leaves the field."""

    def __init__(
        self,
        text: str = "",
        placeholder: str = "",
        name: str = "",
        lines: int = 3,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(px(2))
        # The margin counts as an edit: the first Ctrl+Z would seem to do nothing.
        self.document().clearUndoRedoStacks()
        self.setFixedHeight(metrics(tokens().body).lineSpacing() * lines + 2 * px(6) + 2 * px(2) + px(4))
        if name:
            self.setAccessibleName(name)

    def text(self) -> str:
        return self.toPlainText()

    def setText(self, text: str) -> None:
        self.setPlainText(text)

    def event(self, event: QEvent) -> bool:
        if leaves_undo(event, self.document().isUndoAvailable()):
            event.ignore()
            return False
        return super().event(event)
