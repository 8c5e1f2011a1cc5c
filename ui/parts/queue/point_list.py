"""The service points at the left of the queue screen: letter, name, how many wait and how long."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ilp_desk.rows.queue import QueuePoint
from ui.paint import RIGHT, draw_letter, draw_text
from ui.parts.queue.words import point_facts
from ui.rows import ROW, RowsModel
from ui.theme import px, text_width, tokens
from ui.widgets import ListView, TwoLine
from ui.widgets.row_views import paint_row_ground

BLOCK = 26


class PointList(ListView[QueuePoint]):
    """`row_chosen` tells the chosen point. The chosen one stays chosen when the figures change."""

    def __init__(self) -> None:
        self.points: RowsModel[QueuePoint] = RowsModel(
            speak=lambda p: f"{p.letter} {p.name}, {p.waiting} menunggu, {p.inside} di dalam"
        )
        self.now: datetime | None = None
        super().__init__(self.points, lambda p: TwoLine(p.name), key=lambda p: p.uid, first=False, name="Titik layanan")
        self.setItemDelegate(_PointDelegate(self))

    def show_points(self, points: tuple[QueuePoint, ...], now: datetime) -> None:
        """Show new figures."""
        self.now = now
        self.points.answer("", points)


class _PointDelegate(QStyledItemDelegate):
    def __init__(self, view: PointList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(px(120), px(tokens().row))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        point: QueuePoint = index.data(ROW)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        paint_row_ground(painter, option, hovered, "accent" if selected else "")
        k, block = tokens(), px(BLOCK)
        left = area.left() + px(12)
        draw_letter(painter, QRectF(left, area.top() + (area.height() - block) / 2, block, block), point.letter)
        left += block + px(10)
        figure = str(point.waiting)
        wide = text_width(figure, k.title, True)
        end = area.right() - px(12)
        ink = "ink" if point.waiting else "muted"
        box = QRectF(end - wide - 2, area.top(), wide + 2, area.height())
        draw_text(painter, box, figure, k.title, bold=bool(point.waiting), ink=ink, align=RIGHT)
        room = end - wide - px(8) - left
        high = px(20)
        now = self._view.now
        oldest, inside = point_facts(point, now) if now is not None else ("", "")
        both = " · ".join(filter(None, (oldest, inside))) or "kosong"
        facts = both if text_width(both, k.label) <= room else oldest or inside
        if text_width(point.name, k.body + 1, True) <= room:
            draw_text(painter, QRectF(left, area.top() + px(6), room, high), point.name, k.body + 1, bold=True, ink=ink)
            draw_text(painter, QRectF(left, area.top() + px(26), room, high), facts, k.label, ink="muted")
            return
        for n, part in enumerate(two_lines(point.name, lambda words: text_width(words, k.label, True) <= room)):
            draw_text(
                painter, QRectF(left, area.top() + px(3 + 15 * n), room, px(16)), part, k.label, bold=True, ink=ink
            )
        draw_text(painter, QRectF(left, area.top() + px(33), room, px(16)), facts, k.label, ink="muted")


def two_lines(text: str, fits: Callable[[str], bool]) -> tuple[str, str]:
    """A name broken between two words: as many as fit stand in the first line, the others in the second."""
    words = text.split()
    many = max((n for n in range(1, len(words) + 1) if fits(" ".join(words[:n]))), default=1)
    return " ".join(words[:many]), " ".join(words[many:])
