"""A small line chart: a few values by date and the line they should stay below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.paint import CENTER, LEFT, RIGHT, draw_text
from ui.theme import color, px, text_width, tokens


@dataclass(frozen=True, slots=True)
class Series:
    """One line: its name, one value a date (None: not measured) and the value from which it is too high."""

    name: str
    values: tuple[float | None, ...]
    threshold: float | None = None
    color: str = "series"


def number(value: float) -> str:
    """142 or 36,7: no needless decimals, decimal comma."""
    text = f"{value:.1f}".rstrip("0").rstrip(".")
    return text.replace(".", ",")


def value_range(series: Sequence[Series]) -> tuple[float, float]:
    """Lowest and highest value to show, thresholds included, with a tenth of room on both sides."""
    shown = [v for s in series for v in (*s.values, s.threshold) if v is not None]
    if not shown:
        return 0.0, 1.0
    low, high = min(shown), max(shown)
    room = (high - low) * 0.12 or 1.0
    return low - room, high + room


class Trend(QWidget):
    """Blood pressure and the like over the last visits. Readings at or over their threshold are larger and red and show
    their number; the last value of each line is always written out. The screen sets the title above it."""

    def __init__(
        self,
        dates: Sequence[str] = (),
        series: Sequence[Series] = (),
        unit: str = "",
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name = name
        self.setMinimumHeight(px(96))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.set(dates, series, unit)

    def set(self, dates: Sequence[str], series: Sequence[Series], unit: str = "") -> None:
        """Show other values; every series has one value a date."""
        for line in series:
            if len(line.values) != len(dates):
                raise ValueError(f"series {line.name!r} has {len(line.values)} values for {len(dates)} dates")
        self._dates, self._series, self._unit = tuple(dates), tuple(series), unit
        said = []
        for line in self._series:
            last = next((v for v in reversed(line.values) if v is not None), None)
            if last is not None:
                said.append(f"{line.name} terakhir {number(last)} {unit}".strip())
        self.setAccessibleName(", ".join(filter(None, (self._name, *said))))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(280), px(130))

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._dates or not self._series:
            return
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        k = tokens()
        marks = sorted({s.threshold for s in self._series if s.threshold is not None})
        left = max((text_width(number(m), k.small) for m in marks), default=0) + px(8)
        right = px(38)
        box = QRectF(left, px(10), self.width() - left - right, self.height() - px(10) - px(20))
        low, high = value_range(self._series)
        steps = max(1, len(self._dates) - 1)

        def spot(i: int, value: float) -> QPointF:
            across = box.center().x() if len(self._dates) == 1 else box.left() + box.width() * i / steps
            return QPointF(across, box.bottom() - box.height() * (value - low) / (high - low))

        p.setPen(QPen(color("hair")))
        p.drawLine(box.bottomLeft(), box.bottomRight())
        for mark in marks:
            y = spot(0, mark).y()
            p.setPen(QPen(color("danger"), 1, Qt.PenStyle.DashLine))
            p.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
            draw_text(p, QRectF(0, y - px(8), left - px(5), px(16)), number(mark), k.small, ink="danger", align=RIGHT)
        self._draw_dates(p, box, [spot(i, low).x() for i in range(len(self._dates))])
        for line in self._series:
            self._draw_line(p, line, [spot(i, v) if v is not None else None for i, v in enumerate(line.values)])

    def _draw_dates(self, p: QPainter, box: QRectF, xs: list[float]) -> None:
        k = tokens()
        free_from = -1.0
        order = list(zip(xs, self._dates, strict=True))
        # The last date is the one that must be there; walk back from it and leave out what would touch.
        for x, date in reversed(order):
            wide = text_width(date, k.small)
            start = min(max(0.0, x - wide / 2), self.width() - wide)
            if free_from >= 0 and start + wide + px(8) > free_from:
                continue
            draw_text(p, QRectF(start, box.bottom() + px(3), wide, px(16)), date, k.small, ink="muted", align=CENTER)
            free_from = start

    def _draw_line(self, p: QPainter, line: Series, spots: list[QPointF | None]) -> None:
        k = tokens()
        pen = QPen(color(line.color), px(2))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        p.setPen(pen)
        p.setBrush(Qt.BrushStyle.NoBrush)
        p.drawPolyline(QPolygonF([s for s in spots if s is not None]))
        shown = [(s, v) for s, v in zip(spots, line.values, strict=True) if s is not None and v is not None]
        for n, (s, value) in enumerate(shown):
            over = line.threshold is not None and value >= line.threshold
            p.setPen(QPen(color("card"), 1.5))
            p.setBrush(color("danger" if over else line.color))
            radius = px(5) if over else px(3.5)
            p.drawEllipse(s, radius, radius)
            ink = "danger" if over else line.color
            if n == len(shown) - 1:
                box = QRectF(s.x() + px(9), s.y() - px(9), px(40), px(18))
                draw_text(p, box, number(value), k.label, bold=True, ink=ink, align=LEFT)
            elif over:
                box = QRectF(s.x() - px(20), s.y() - px(22), px(40), px(16))
                draw_text(p, box, number(value), k.small, bold=True, ink=ink, align=CENTER)
