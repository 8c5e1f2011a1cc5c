"""Long lists: a table of fixed row height that opens 100,000 rows at once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui.paint import CENTER, LEFT, RIGHT, chip_width, draw_chip, draw_text
from ui.rows import ROW, Column, RowsModel
from ui.theme import color, px, tokens
from ui.widgets.row_views import (
    RowChooser,
    hovered_row,
    paint_focus,
    paint_row_ground,
    paint_sentence,
    plain_view,
)

R = TypeVar("R")
HEADER = 32
PAD = 12
LEAST_STRETCH = 140
_ALIGN = {"left": LEFT, "right": RIGHT, "center": CENTER}


def column_widths(columns: Sequence[Column[R]], room: int) -> list[int]:
    """Pixels for every column so that together they fill `room`; 0 for those left out.

    Where room is short the optional columns leave, the last first; then the fixed ones shrink together. Columns without
    a width share what is left.
    """
    shown = list(range(len(columns)))

    def need() -> int:
        return sum(px(columns[i].width or LEAST_STRETCH) for i in shown)

    for i in reversed(range(len(columns))):
        if need() <= room:
            break
        if columns[i].optional:
            shown.remove(i)
    fixed = {i: px(columns[i].width) for i in shown if columns[i].width}
    free = [i for i in shown if i not in fixed]
    for_fixed = room - px(LEAST_STRETCH) * len(free)
    if fixed and sum(fixed.values()) > for_fixed:
        scale = max(0, for_fixed) / sum(fixed.values())
        fixed = {i: max(px(24), int(width * scale)) for i, width in fixed.items()}
    rest = max(0, room - sum(fixed.values()))
    widths = [0] * len(columns)
    for i, width in fixed.items():
        widths[i] = width
    for n, i in enumerate(free):
        widths[i] = max(px(24), rest * (n + 1) // len(free) - rest * n // len(free))
    return widths


class _Header(QHeaderView):
    """Column titles in muted bold over a fine line."""

    def __init__(self, columns: Sequence[Column[object]], parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._columns = columns
        self.setFixedHeight(px(HEADER))
        self.setSectionsClickable(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(px(24))

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        column = self._columns[logicalIndex]
        painter.fillRect(rect, color("card"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), color("line"))
        box = QRectF(rect).adjusted(px(PAD), 0, -px(PAD) / 2, 0)
        align = _ALIGN[column.align]
        draw_text(painter, box, column.title, tokens().label, bold=True, ink="muted", align=align)


class TableDelegate(QStyledItemDelegate):
    """Paints one cell by its column's declaration."""

    def __init__(self, columns: Sequence[Column[object]], view: QTableView) -> None:
        super().__init__(view)
        self._columns, self._view = columns, view
        self.hovered = -1

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(px(80), px(tokens().table_row))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        area: QRect = option.rect
        row, column = index.data(ROW), self._columns[index.column()]
        chosen = index.column() == 0 and index.row() == self._view.currentIndex().row()
        paint_row_ground(painter, option, index.row() == self.hovered, "accent" if chosen else "")
        ink = column.ink(row) if column.ink is not None else "muted" if column.muted else "ink"
        if ink == "ok" and index.row() == self._view.currentIndex().row():
            ink = "ink"  # green is too faint on the selection
        box = QRectF(area).adjusted(px(PAD), 0, -px(PAD) / 2, 0)
        chip = column.chip(row) if column.chip is not None else None
        if chip is not None:
            box.setRight(box.right() - chip_width(chip[0]) - px(8))
        align = _ALIGN[column.align]
        text = column.text(row)
        wide = draw_text(painter, box, text, tokens().body, bold=column.bold, ink=ink, align=align)
        if chip is not None:
            x = box.left() + (wide + px(8) if text else 0)
            draw_chip(painter, x, area.top() + area.height() / 2, chip[0], chip[1])


class TableView(QTableView, Generic[R]):
    """A table over a RowsModel whose columns are declared. `row_chosen` tells the current row, `row_activated` a double
    click or Enter. With `key` the chosen row survives a new answer."""

    row_chosen = Signal(object)
    row_activated = Signal(object)

    def __init__(
        self,
        model: RowsModel[R],
        *,
        key: Callable[[R], Hashable] | None = None,
        first: bool = False,
        name: str = "Tabel",
        sentence: tuple[str, str] = ("", ""),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._rows, self._sentence = model, sentence
        columns: Sequence[Column[object]] = model.columns  # type: ignore[assignment]
        self.setHorizontalHeader(_Header(columns, self))
        self._delegate = TableDelegate(columns, self)
        self.setItemDelegate(self._delegate)
        plain_view(self, name)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        rows = self.verticalHeader()
        rows.hide()
        # Before the model comes: with 100,000 rows each of these takes a second afterwards.
        rows.setMinimumSectionSize(px(tokens().table_row))
        rows.setDefaultSectionSize(px(tokens().table_row))
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setModel(model)
        self._fit()
        self._chooser: RowChooser[R] = RowChooser(self, model, key, first, self.row_chosen.emit)
        self.doubleClicked.connect(self._activate)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        columns, room = self._rows.columns, self.viewport().width()
        widths = column_widths(columns, room)
        for i, width in enumerate(widths):
            self.setColumnHidden(i, width == 0)
            if width:
                self.setColumnWidth(i, width)

    def current_row(self) -> R | None:
        return self._chooser.current()

    def select(self, index: int) -> None:
        """Choose row `index`; out of range chooses none."""
        self._chooser.select(index)

    def select_key(self, key: Hashable) -> bool:
        """Choose the row with this key; False when it is not there."""
        return self._chooser.select_key(key)

    def follow(self, edit: QLineEdit) -> None:
        """Let the arrow keys of a search field move in the table; the field keeps the focus."""
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

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._hover()
        return super().viewportEvent(event)

    def _hover(self) -> None:
        row = hovered_row(self)
        if row != self._delegate.hovered:
            self._delegate.hovered = row
            self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        index = self.currentIndex()
        line = self.visualRect(index)
        paint_focus(self, index, QRect(0, line.top(), self.viewport().width(), line.height()))
        if not self._rows.rows:
            paint_sentence(self, 0, *self._sentence)
