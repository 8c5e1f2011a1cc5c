"""The growth curves of one index with a child's measures on them, painted whole: bands, lines, points, a bubble."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from ilp_desk.domain.growth.plot import Plot, PlotPoint
from ui.paint import CENTER, LEFT, RIGHT, draw_panel, draw_text
from ui.theme import color, px, text_width, tokens

BANDS = (
    (-3, -2, "curve_band_far"),
    (-2, -1, "curve_band_near"),
    (-1, 1, "curve_band"),
    (1, 2, "curve_band_near"),
    (2, 3, "curve_band_far"),
)
LINES = (
    (-3, "danger", 1.6),
    (-2, "curve_near", 1.6),
    (-1, "curve_thin", 1.0),
    (1, "curve_thin", 1.0),
    (2, "curve_near", 1.6),
    (3, "danger", 1.6),
    (0, "ok", 2.0),
)
"""SD, colour token, width in design pixels; the median is drawn last."""
NAMES = {-3: "−3 SD", -2: "−2 SD", 0: "median", 2: "+2 SD", 3: "+3 SD"}
LEVELS = frozenset({"severe", "low", "obese"})
"""Of points that stand out."""
GRID = 0.43
"""How strongly the grid is drawn, of 1: the curves have to stand before it."""
REACH = 12
"""Design pixels from the mouse to the point it means."""
_MARGINS = (44, 16, 62, 40)


class GrowthChart(QWidget):
    """Left and Right go from point to point, the mouse shows the one it is on; else the last one tells of itself."""

    turned = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._plot: Plot | None = None
        self._empty = ""
        self._shown = -1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(px(300), px(180))
        self.setAccessibleName(name)

    def sizeHint(self) -> QSize:
        return QSize(px(760), px(440))

    @property
    def plot(self) -> Plot | None:
        return self._plot

    @property
    def empty(self) -> str:
        """What is said where nothing is drawn."""
        return self._empty

    def show_plot(self, plot: Plot | None, name: str, empty: str = "") -> None:
        """Draw another chart. empty: what is said where there is none, or nothing on it yet."""
        self._plot, self._name, self._empty = plot, name, empty
        self._shown = len(plot.points) - 1 if plot is not None else -1
        self._tell()

    def point(self) -> PlotPoint | None:
        """The one the bubble is about."""
        points = self._plot.points if self._plot is not None else ()
        return points[self._shown] if 0 <= self._shown < len(points) else None

    def step(self, by: int) -> None:
        """The bubble goes to another point."""
        if self._plot is not None and self._plot.points:
            self._shown = max(0, min(len(self._plot.points) - 1, self._shown + by))
            self._tell()

    def _tell(self) -> None:
        point = self.point()
        said = ", ".join(point.said) if point is not None else self._empty
        self.setAccessibleName(f"{self._name}. {said}" if said else self._name)
        self.turned.emit(self._shown)
        self.update()

    # Keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Home: -10_000, Qt.Key.Key_End: 10_000}
        step = by.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        self.step(step)
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        plot = self._plot
        if plot is None or not plot.points:
            return
        box, at = self._box(), event.position()
        spots = [self._spot(box, point.x, point.y) for point in plot.points]
        near = min(range(len(spots)), key=lambda n: (spots[n] - at).manhattanLength())
        if (spots[near] - at).manhattanLength() <= px(REACH) and near != self._shown:
            self._shown = near
            self._tell()

    def leaveEvent(self, event: QEvent) -> None:
        if self._plot is not None and not self.hasFocus():
            self._shown = len(self._plot.points) - 1
            self._tell()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    # Painting

    def _box(self) -> QRectF:
        left, top, right, bottom = (px(m) for m in _MARGINS)
        return QRectF(left, top, max(1, self.width() - left - right), max(1, self.height() - top - bottom))

    def _spot(self, box: QRectF, x: float, y: float) -> QPointF:
        plot = self._plot
        if plot is None:
            return box.center()
        (x0, x1), (y0, y1) = plot.x, plot.y
        return QPointF(
            box.left() + box.width() * (x - x0) / (x1 - x0), box.bottom() - box.height() * (y - y0) / (y1 - y0)
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            p.setPen(QPen(color("accent"), px(2)))
            p.setBrush(Qt.BrushStyle.NoBrush)
            p.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), tokens().radius_field, tokens().radius_field)
        box = self._box()
        if self._plot is None:
            draw_text(p, QRectF(self.rect()), self._empty, tokens().body, ink="muted", align=CENTER)
            return
        self._draw_bands(p, box, self._plot)
        self._draw_grid(p, box, self._plot)
        self._draw_lines(p, box, self._plot)
        self._draw_names(p, box, self._plot)
        self._draw_course(p, box, self._plot)
        self._draw_bubble(p, box)
        if not self._plot.points and self._empty:
            draw_text(p, QRectF(box.left(), box.top(), box.width(), px(22)), self._empty, tokens().label, ink="muted")

    def _draw_bands(self, p: QPainter, box: QRectF, plot: Plot) -> None:
        p.setPen(Qt.PenStyle.NoPen)
        for low, high, ink in BANDS:
            upper = [self._spot(box, x, y) for x, y in zip(plot.curve_x, plot.curves[high])]
            lower = [self._spot(box, x, y) for x, y in zip(plot.curve_x, plot.curves[low])]
            path = QPainterPath()
            path.addPolygon(QPolygonF([*upper, *reversed(lower)]))
            p.fillPath(path, color(ink))

    def _draw_grid(self, p: QPainter, box: QRectF, plot: Plot) -> None:
        k = tokens()
        heights = [(self._spot(box, plot.x[0], value).y(), words) for value, words in plot.y_ticks]
        places = [(self._spot(box, value, plot.y[0]).x(), words) for value, words in plot.x_ticks]
        p.setPen(QPen(color("line"), 1))
        p.setOpacity(GRID)
        for y, _ in heights:
            p.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
        for x, _ in places:
            p.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
        p.setOpacity(1)
        for y, words in heights:
            draw_text(p, QRectF(0, y - px(8), box.left() - px(8), px(16)), words, k.small, ink="muted", align=RIGHT)
        for x, words in places:
            spot = QRectF(x - px(24), box.bottom() + px(3), px(48), px(16))
            draw_text(p, spot, words, k.small, ink="muted", align=CENTER)
        below = QRectF(box.left(), box.bottom() + px(20), box.width(), px(16))
        draw_text(p, below, plot.x_title, k.small, ink="muted", align=CENTER)

    def _draw_lines(self, p: QPainter, box: QRectF, plot: Plot) -> None:
        p.setBrush(Qt.BrushStyle.NoBrush)
        for sd, ink, width in LINES:
            pen = QPen(color(ink), width * px(10) / 10)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            p.setPen(pen)
            p.drawPolyline(QPolygonF([self._spot(box, x, y) for x, y in zip(plot.curve_x, plot.curves[sd])]))

    def _draw_names(self, p: QPainter, box: QRectF, plot: Plot) -> None:
        """At the end of the lines, one below the other where they come too near."""
        inks = {sd: ink for sd, ink, _ in LINES}
        last = box.top() - px(40)
        for sd in sorted(NAMES, reverse=True):
            end = self._spot(box, plot.curve_x[-1], plot.curves[sd][-1])
            y = max(end.y(), last + px(14))
            last = y
            spot = QRectF(end.x() + px(6), y - px(8), self.width() - end.x() - px(6), px(16))
            draw_text(p, spot, NAMES[sd], tokens().small, ink=inks[sd], align=LEFT)

    def _draw_course(self, p: QPainter, box: QRectF, plot: Plot) -> None:
        spots = [self._spot(box, point.x, point.y) for point in plot.points]
        pen = QPen(color("ink"), px(2))
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        p.setPen(pen)
        p.setBrush(Qt.BrushStyle.NoBrush)
        p.drawPolyline(QPolygonF(spots))
        for n, (spot, point) in enumerate(zip(spots, plot.points)):
            out = point.mark == "T" or point.level in LEVELS
            last = n == len(spots) - 1
            radius = px(5.5) if last else px(3.5)
            p.setPen(QPen(color("card"), 1.2))
            p.setBrush(color("danger" if out else "ink"))
            p.drawEllipse(spot, radius, radius)
            if n == self._shown and not last:
                p.setPen(QPen(color("ink"), 1.4))
                p.setBrush(Qt.BrushStyle.NoBrush)
                p.drawEllipse(spot, px(6.5), px(6.5))

    def _draw_bubble(self, p: QPainter, box: QRectF) -> None:
        point = self.point()
        if point is None:
            return
        k = tokens()
        spot = self._spot(box, point.x, point.y)
        line = px(k.small + 6)
        wide = max(text_width(text, k.small) for text in point.said) + px(18)
        high = line * len(point.said) + px(10)
        # Right of the point and below it, where that is still inside; the child's own line comes from the left.
        x = spot.x() + px(12) if spot.x() + px(12) + wide <= box.right() else spot.x() - px(12) - wide
        x = max(box.left(), x)
        y = spot.y() + px(10) if spot.y() + px(10) + high <= box.bottom() else spot.y() - px(10) - high
        bubble = QRectF(x, max(0.0, y), wide, high)
        draw_panel(p, bubble.toAlignedRect(), "ink", "ink", px(4))
        out = point.mark == "T" or point.level in LEVELS
        for n, text in enumerate(point.said):
            ink = "bubble_alert" if out and n else "card"
            row = QRectF(bubble.left() + px(9), bubble.top() + px(5) + n * line, wide, line)
            draw_text(p, row, text, k.small, ink=ink, align=LEFT)
