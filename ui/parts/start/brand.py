"""The coloured side of the windows before the desk: which program, which Puskesmas, what day."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.paint import draw_icon, draw_text
from ui.theme import color, font, px, tokens

WRAPPED = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
EDGE = 28


class Brand(QWidget):
    """A panel in the accent colour with rounded corners at its left."""

    def __init__(self) -> None:
        super().__init__()
        self._name, self._lines = "", ("", "")
        self.set_facility("")

    def set_facility(self, name: str, *lines: str) -> None:
        """Show the Puskesmas and up to two lines below it (the desk, the day)."""
        self._name, self._lines = name, (*lines, "", "")[:2]  # type: ignore[assignment]
        self.setAccessibleName(" ".join(filter(None, ("ILP Desk", name, *lines))))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        k, p = tokens(), QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        path = QPainterPath()
        path.addRoundedRect(QRectF(self.rect()).adjusted(0, 0, k.radius * 2, 0), k.radius, k.radius)
        p.fillPath(path, color("accent"))
        edge, wide = px(EDGE), self.width() - 2 * px(EDGE)
        draw_icon(p, "care", "on_accent", edge, px(34), px(34))
        draw_text(p, QRectF(edge, px(78), wide, px(32)), "ILP Desk", k.figure, bold=True, ink="on_accent")
        words = "Meja kerja Puskesmas"
        draw_text(p, QRectF(edge, px(110), wide, px(20)), words, k.body, ink="on_accent")
        p.setPen(color("on_accent"))
        p.setFont(font(k.subtitle, bold=True))
        box = QRectF(edge, px(160), wide, px(66))
        p.drawText(box, WRAPPED, self._name)
        bottom = self.height() - px(EDGE)
        for n, line in enumerate(reversed([line for line in self._lines if line])):
            row = QRectF(edge, bottom - px(22) * (n + 1), wide, px(20))
            draw_text(p, row, line, k.body, ink="on_accent")
