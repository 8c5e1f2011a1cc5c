"""Short lists: two lines a row, with marks, chips, a note and columns at the right."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.paint import chip_width, draw_chip, draw_text, elide
from ui.rows import ROW, RowsModel
from ui.theme import color, px, text_width, tokens
from ui.widgets.row_views import RowChooser, paint_focus, paint_row_ground, paint_sentence, plain_view
from ui.widgets.runs import Chip

R = TypeVar("R")
# The left part keeps at least this share of the row; the columns at the right shrink together before that.
LEFT_SHARE = 0.58


@dataclass(frozen=True, slots=True)
class TwoLine:
    """How a row is shown. `marks` are (start, end) offsets into `title`, found by the search.

    `lead` stands bold before a plain title (a queue number before a name); without it the title is bold. `right` holds
    (upper, lower) pairs, one a declared column. `bar` is the colour token of an edge at the left. `dim` greys the row.
    """

    title: str
    sub: str = ""
    marks: tuple[tuple[int, int], ...] = ()
    lead: str = ""
    note: str = ""
    chips: tuple[Chip, ...] = ()
    right: tuple[tuple[str, str], ...] = ()
    bar: str = ""
    dim: bool = False


class TwoLineDelegate(QStyledItemDelegate):
    """Paints TwoLine rows; `right` are widths in design pixels of the columns at the right."""

    def __init__(self, lines: Callable[[object], TwoLine], right: Sequence[int], parent: QWidget) -> None:
        super().__init__(parent)
        self._lines, self._right = lines, tuple(right)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(px(120), px(tokens().row))

    def _edges(self, area: QRect) -> list[int]:
        """x of the left part, of every column at the right, and the right edge."""
        start, end = area.left() + px(12), area.right() - px(8)
        wanted = sum(px(w) for w in self._right)
        room = int((end - start) * (1 - LEFT_SHARE))
        share = min(1.0, room / wanted) if wanted else 1.0
        edges, x = [end], end
        for width in reversed(self._right):
            x -= int(px(width) * share)
            edges.append(x)
        return [start, *reversed(edges)]

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        row = self._lines(index.data(ROW))
        selected = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        paint_row_ground(painter, option, hovered, "accent" if selected else row.bar)
        k, edges = tokens(), self._edges(area)
        upper, lower, high = area.top() + px(6), area.top() + px(26), px(20)
        end = edges[1] - px(8) if self._right else edges[1]
        self._title(painter, row, QRect(edges[0], upper, end - edges[0], high))
        draw_text(painter, QRectF(edges[0], lower, end - edges[0], high), row.sub, k.body, ink="muted")
        for (above, below), left, right in zip(row.right, edges[1:], edges[2:], strict=False):
            wide = right - left - px(6)
            ink = "muted" if row.dim else "ink"
            draw_text(painter, QRectF(left, upper, wide, high), above, k.body, ink=ink)
            draw_text(painter, QRectF(left, lower, wide, high), below, k.body, ink="muted")

    def _title(self, p: QPainter, row: TwoLine, box: QRect) -> None:
        k = tokens()
        size = k.body + 1
        room = box.width() - sum(chip_width(c.text) + px(8) for c in row.chips)
        if row.note:
            room -= text_width(row.note, k.body) + px(7)
        ink = "muted" if row.dim else "ink"
        x = box.left()
        if row.lead:
            wide = draw_text(p, QRectF(x, box.top(), room, box.height()), row.lead, size, bold=True, ink=ink) + px(6)
            x, room = x + wide, room - wide
        bold = not row.lead
        shown = elide(row.title, max(room, px(40)), size, bold)
        for start, stop in row.marks:
            if start < len(shown):
                from_x = text_width(row.title[:start], size, bold)
                to_x = text_width(row.title[:stop], size, bold)
                self._mark(p, QRectF(x + from_x, box.top(), to_x - from_x, box.height()))
        x += draw_text(p, QRectF(x, box.top(), max(room, px(40)), box.height()), row.title, size, bold=bold, ink=ink)
        if row.note:
            wide = text_width(row.note, k.body)
            draw_text(p, QRectF(x + px(7), box.top(), wide, box.height()), row.note, k.body, ink="muted")
            x += px(7) + wide
        for chip in row.chips:
            x += px(8) + draw_chip(p, x + px(8), box.top() + box.height() / 2, chip.text, chip.tone)

    def _mark(self, p: QPainter, box: QRectF) -> None:
        if tokens().high_contrast:
            # Yellow on the yellow selection would vanish.
            p.fillRect(QRectF(box.left(), box.bottom() - 2, box.width(), 2), color("ink"))
        else:
            p.fillRect(box.adjusted(0, 1, 0, -1), color("mark"))


class ListView(QListView, Generic[R]):
    """A list over a RowsModel. `lines` turns a row into its TwoLine; `right` are the widths of the right-hand columns.

    `row_chosen` tells the current row (None: none) at every change, `row_activated` a click on a row or Enter in the
    view. With `key` the chosen row survives a new answer; with `first` the first row is chosen when nothing else is.
    """

    row_chosen = Signal(object)
    row_activated = Signal(object)

    def __init__(
        self,
        model: RowsModel[R],
        lines: Callable[[R], TwoLine],
        *,
        right: Sequence[int] = (),
        key: Callable[[R], Hashable] | None = None,
        first: bool = True,
        name: str = "Daftar",
        sentence: tuple[str, str] = ("", ""),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._sentence = sentence
        self.setModel(model)
        self.setItemDelegate(TwoLineDelegate(lines, right, self))  # type: ignore[arg-type]
        self.setUniformItemSizes(True)
        plain_view(self, name)
        self._chooser: RowChooser[R] = RowChooser(self, model, key, first, self.row_chosen.emit)
        self._rows = model
        self.clicked.connect(self._activate)

    def focusInEvent(self, event: QFocusEvent) -> None:
        none = self.current_row() is None
        super().focusInEvent(event)
        if none:
            self._chooser.select(-1)  # Qt takes the first row with the focus, and Enter would act on it

    def keyboardSearch(self, search: str) -> None:
        """Letters choose nothing: who types a name means the search box, and Enter after it would take a row."""

    def current_row(self) -> R | None:
        return self._chooser.current()

    def select(self, index: int) -> None:
        """Choose row `index`; out of range chooses none."""
        self._chooser.select(index)

    def select_key(self, key: Hashable) -> bool:
        """Choose the row with this key; False when it is not there."""
        return self._chooser.select_key(key)

    def follow(self, edit: QLineEdit) -> None:
        """Let the arrow keys of a search field move in the list; the field keeps the focus."""
        self._chooser.follow(edit)

    def set_sentence(self, head: str, text: str = "") -> None:
        """What to do next, painted in the free room under the last row."""
        self._sentence = (head, text)
        self.viewport().update()

    def _activate(self, index: QModelIndex) -> None:
        row = self._rows.row(index.row())
        if row is not None:
            self.row_activated.emit(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._activate(self.currentIndex())
            event.accept()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        index = self.currentIndex()
        paint_focus(self, index, self.visualRect(index))
        below = len(self._rows.rows) * px(tokens().row)
        paint_sentence(self, below, *self._sentence)
