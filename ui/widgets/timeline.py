"""Painted lists of a person's panel: history along a line, services with their states."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.paint import RIGHT, draw_icon, draw_keycap, draw_text, keycap_width
from ui.theme import color, px, text_width, tokens

TIMELINE_ROW = 26
STATE_ROW = 27


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of a history: '12 Nov 2026', 'ANC ke-3 · TD 142/94 · O13'. `alarm` marks it red."""

    date: str
    text: str
    alarm: bool = False


class Timeline(QWidget):
    """Newest first: date in bold, then what happened, along a line of dots."""

    def __init__(self, events: Sequence[Event] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.set_events(events)

    def set_events(self, events: Sequence[Event]) -> None:
        """Show another history."""
        self._events = tuple(events)
        self.setAccessibleName("; ".join(f"{e.date}: {e.text}" for e in self._events))
        self.setFixedHeight(px(TIMELINE_ROW) * len(self._events))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(200), px(TIMELINE_ROW) * len(self._events))

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        k, row, x = tokens(), px(TIMELINE_ROW), px(7)
        if len(self._events) > 1:
            p.setPen(QPen(color("line"), px(2)))
            p.drawLine(QPointF(x, row / 2), QPointF(x, row * (len(self._events) - 0.5)))
        p.setPen(Qt.PenStyle.NoPen)
        for i, entry in enumerate(self._events):
            top = i * row
            p.setBrush(color("danger" if entry.alarm else "accent"))
            p.setPen(Qt.PenStyle.NoPen)
            p.drawEllipse(QPointF(x, top + row / 2), px(4), px(4))
            left = px(20)
            left += draw_text(p, QRectF(left, top, self.width() - left, row), entry.date, k.body, bold=True) + px(6)
            ink = "danger" if entry.alarm else "ink"
            draw_text(p, QRectF(left, top, self.width() - left, row), entry.text, k.body, ink=ink)


DueState = Literal["done", "due", "late", "none"]
_STATE_LOOK: dict[DueState, tuple[str, str]] = {
    "done": ("check", "ok"),
    "due": ("dot", "ink"),
    "late": ("late", "danger"),
    "none": ("circle", "muted"),
}


@dataclass(frozen=True, slots=True)
class Due:
    """A service due: its state, name, what stands at the right ('terlambat 2 bln') and perhaps a key."""

    state: DueState
    text: str
    right: str = ""
    key: str = ""


class DueList(QWidget):
    """Services with a drawn sign for their state: done, due, late, no data yet."""

    def __init__(self, rows: Sequence[Due] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.set_rows(rows)

    def set_rows(self, rows: Sequence[Due]) -> None:
        """Show other services."""
        self._rows = tuple(rows)
        self.setAccessibleName("; ".join(", ".join(filter(None, (r.text, r.right))) for r in self._rows))
        self.setFixedHeight(px(STATE_ROW) * len(self._rows))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(200), px(STATE_ROW) * len(self._rows))

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        k, high, size = tokens(), px(STATE_ROW), px(14)
        for i, row in enumerate(self._rows):
            top = i * high
            icon, ink = _STATE_LOOK[row.state]
            draw_icon(p, icon, ink, 0, top + (high - size) / 2, size)
            end = self.width()
            if row.key:
                end -= keycap_width(row.key)
                draw_keycap(p, end, top + high / 2, row.key)
                end -= px(8)
            if row.right:
                side = "danger" if row.state == "late" else "muted"
                draw_text(p, QRectF(0, top, end, high), row.right, k.body, ink=side, align=RIGHT)
                end -= text_width(row.right, k.body) + px(8)
            box = QRectF(px(21), top, end - px(21), high)
            draw_text(p, box, row.text, k.body, bold=row.state == "late", ink=ink)
            if i < len(self._rows) - 1:
                p.fillRect(0, top + high - 1, self.width(), 1, color("hair"))
