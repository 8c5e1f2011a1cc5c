"""The judgement of a child's measures: index, value, what it means in the colour of its level."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.paint import LEFT, draw_text
from ui.theme import color, font, metrics, px, tokens

INKS = {
    "severe": "danger",
    "obese": "danger",
    "low": "warning",
    "high": "warning",
    "normal": "ok",
}
NAME, VALUE = 96, 58
"""Design pixels of the first two columns."""
LEAST = 22
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """One line; level as of bands, or empty."""

    name: str
    value: str
    words: str
    level: str


class ScoreList(QWidget):
    """Words that are too long go on in a second line; nothing is cut."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[ScoreRow, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_rows(self, rows: Sequence[ScoreRow]) -> None:
        self._rows = tuple(rows)
        self.setAccessibleName("; ".join(" ".join(filter(None, (r.name, r.value, r.words))) for r in rows))
        self._fit()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(px(280), sum(self._heights()))

    def _room(self) -> int:
        return max(px(60), self.width() - px(NAME) - px(VALUE))

    def _heights(self) -> list[int]:
        room, size = self._room(), metrics(tokens().body)
        return [
            max(px(LEAST), size.boundingRect(QRect(0, 0, room, px(400)), _WRAP, row.words).height() + px(4))
            for row in self._rows
        ]

    def _fit(self) -> None:
        high = sum(self._heights())
        if self.minimumHeight() != high or self.maximumHeight() != high:
            self.setFixedHeight(high)

    def paintEvent(self, event: QPaintEvent) -> None:
        p, k, y = QPainter(self), tokens(), 0
        for row, high in zip(self._rows, self._heights()):
            ink = INKS.get(row.level, "muted")
            draw_text(p, QRectF(0, y, px(NAME) - px(4), high), row.name, k.body, align=LEFT)
            draw_text(p, QRectF(px(NAME), y, px(VALUE) - px(4), high), row.value, k.body, bold=True, align=LEFT)
            p.setFont(font(k.body))
            p.setPen(color(ink))
            p.drawText(QRect(px(NAME + VALUE), y, self._room(), high), _WRAP, row.words)
            y += high
