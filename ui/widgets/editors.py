"""Text editors: one line, date, several lines. All leave Ctrl+Z to the undo toast when they have nothing to undo."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from ui.paint import RIGHT, draw_text
from ui.theme import metrics, px, text_width, tokens


def leaves_undo(event: QEvent, can_undo: bool) -> bool:
    """True when `event` asks for Ctrl+Z and the editor has nothing to undo: the window's shortcut may have it."""
    return (
        event.type() == QEvent.Type.ShortcutOverride
        and isinstance(event, QKeyEvent)
        and event.matches(QKeySequence.StandardKey.Undo)
        and not can_undo
    )


class LineEdit(QLineEdit):
    """A line edit that can paint a muted tail at its right: a unit or what was understood ('27 th 9 bln')."""

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
        self._tail = ""
        self.setPlaceholderText(placeholder)
        self.setMaxLength(max_length)
        if name:
            self.setAccessibleName(name)
        self.set_tail(tail)

    def tail(self) -> str:
        return self._tail

    def set_tail(self, tail: str) -> None:
        """Paint `tail` at the right edge; the text never runs under it."""
        if tail == self._tail:
            return
        self._tail = tail
        room = text_width(tail, tokens().body) + px(8) if tail else 0
        self.setTextMargins(0, 0, room, 0)
        self.update()

    def event(self, event: QEvent) -> bool:
        if leaves_undo(event, self.isUndoAvailable()):
            event.ignore()
            return False
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._tail:
            return
        p = QPainter(self)
        box = QRectF(self.rect()).adjusted(0, 0, -px(10), 0)
        draw_text(p, box, self._tail, tokens().body, ink="muted" if self.isEnabled() else "disabled_ink", align=RIGHT)


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
        self.setFixedHeight(metrics(tokens().body).lineSpacing() * lines + px(18))
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
