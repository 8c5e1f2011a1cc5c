"""A text field that offers what it may mean: diagnoses, destinations, villages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.paint import draw_panel
from ui.rows import RowsModel
from ui.theme import px, tokens
from ui.widgets.base import vbox
from ui.widgets.editors import LineEdit
from ui.widgets.list_view import ListView, TwoLine

R = TypeVar("R")
MOST_ROWS = 6
_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class _Offer(QWidget):
    """The list below the field, a child of the window: it never takes the focus."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        draw_panel(QPainter(self), self.rect(), "card", "line_strong", tokens().radius_field)


class SuggestEdit(LineEdit, Generic[R]):
    """A line edit with a list of offers below it.

    `asked` carries the text typed (trimmed); the screen answers with `offer(text, rows)`, and an answer to an older
    text is dropped. Up and Down move, Enter or a click takes the row: `picked` carries it and `text_of` gives what
    then stands in the field. Esc puts the list away. Enter with no list is the field's own `returnPressed`.
    """

    asked = Signal(str)
    picked = Signal(object)

    def __init__(
        self,
        lines: Callable[[R], TwoLine],
        text_of: Callable[[R], str],
        placeholder: str = "",
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(placeholder=placeholder, name=name, parent=parent)
        self._lines, self._text_of = lines, text_of
        self._model: RowsModel[R] = RowsModel(speak=text_of)
        self._frame: _Offer | None = None
        self._view: ListView[R] | None = None
        self.textEdited.connect(self._ask)

    def offer(self, question: str, rows: Sequence[R]) -> bool:
        """Show `rows` when they answer the text now in the field; False when they are too late."""
        if question != self.text().strip() or not self.hasFocus():
            return False
        self._model.answer(question, rows)
        if rows:
            self._show(len(rows))
        else:
            self.put_away()
        return True

    def is_offering(self) -> bool:
        return self._frame is not None and self._frame.isVisible()

    def put_away(self) -> None:
        """Hide the list; the text stays."""
        if self._frame is not None:
            self._frame.hide()

    def _ask(self, text: str) -> None:
        question = text.strip()
        if question:
            self.asked.emit(question)
        else:
            self.put_away()

    def _take(self, row: object) -> None:
        self.put_away()
        self.setText(self._text_of(row))  # type: ignore[arg-type]
        self.picked.emit(row)

    def _show(self, rows: int) -> None:
        window = self.window()
        if self._frame is None or self._view is None:
            self._frame = _Offer(window)
            # It lies in the window, to cover what is below the field; without its field it would stay there for good.
            self.destroyed.connect(self._frame.deleteLater)
            self._view = ListView(self._model, self._lines, name=f"Pilihan {self.accessibleName()}".strip())
            self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._view.row_activated.connect(self._take)
            self._frame.setLayout(vbox(self._view, margins=(1, 1, 1, 1)))
            window.installEventFilter(self)
            self._view.select(0)
        high = min(rows, MOST_ROWS) * px(tokens().row) + 2 * px(1)
        corner = self.mapTo(window, QPoint(0, self.height() + px(2)))
        if corner.y() + high > window.height():
            corner = self.mapTo(window, QPoint(0, -high - px(2)))
        width = min(max(self.width(), px(360)), window.width() - px(16))
        x = max(px(8), min(corner.x(), window.width() - width - px(8)))
        self._frame.setGeometry(x, corner.y(), width, high)
        self._frame.show()
        self._frame.raise_()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.is_offering() or self._view is None:
            super().keyPressEvent(event)
            return
        key = Qt.Key(event.key())
        row = self._view.current_row()
        if key in _MOVES:
            QCoreApplication.sendEvent(self._view, event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and row is not None:
            self._take(row)
        elif key == Qt.Key.Key_Escape:
            self.put_away()
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def event(self, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self.is_offering():
            if event.key() == Qt.Key.Key_Escape:
                # While the list is open Esc is for the list, not for the sheet or the shell.
                event.accept()
                return True
        elif kind in (QEvent.Type.FocusOut, QEvent.Type.Hide):
            self.put_away()
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.put_away()
        return False
