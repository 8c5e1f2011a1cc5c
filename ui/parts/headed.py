"""Lists in parts: each part under its heading with its count, painted as one more kind of row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from ui.paint import draw_icon, draw_text
from ui.rows import ROW, Index, RowsModel
from ui.theme import color, px, text_width, tokens
from ui.widgets.list_view import TwoLineDelegate


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a part and how many stand in it. key: tells it from the others; icon: its name and ink, empty for
    none; ink: of the title."""

    key: str
    text: str
    count: int
    icon: tuple[str, str] = ("", "")
    ink: str = "muted"


class HeadedModel(RowsModel[Any]):
    """Headings cannot be chosen; the arrow keys step over them."""

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and isinstance(self.rows[index.row()], Heading):
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)


class HeadedDelegate(TwoLineDelegate):
    """Paints headings itself, rows as everywhere."""

    HIGH = 32
    """Design pixels of a heading."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        if isinstance(index.data(ROW), Heading):
            return QSize(px(120), px(self.HIGH))
        return super().sizeHint(option, index)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        heading = index.data(ROW)
        if not isinstance(heading, Heading):
            super().paint(painter, option, index)
            return
        area: QRect = option.rect
        painter.fillRect(area, color("background"))
        painter.fillRect(area.left(), area.bottom(), area.width(), 1, color("hair"))
        size, left = tokens().label, px(12)
        icon, ink = heading.icon
        if icon:
            side = px(14)
            draw_icon(painter, icon, ink, area.left() + left, area.top() + (area.height() - side) / 2, side)
            left = px(32)
        box = QRectF(area).adjusted(left, 0, -px(8), 0)
        draw_text(painter, box, heading.text, size, bold=True, ink=heading.ink)
        box.setLeft(box.left() + text_width(heading.text, size, True) + px(8))
        draw_text(painter, box, str(heading.count), size, bold=True)
