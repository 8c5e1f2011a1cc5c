"""The steps of the set-up at the left: done, here, to come."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.paint import CENTER, draw_icon, draw_text
from ui.parts.start.steps import STEPS
from ui.theme import color, px, tokens

WIDE = 236
ROW = 46


class StepList(QWidget):
    """`set_step(n)` marks where one is."""

    def __init__(self) -> None:
        super().__init__()
        self._at = 0
        self.setFixedWidth(px(WIDE))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.set_step(0)

    def set_step(self, index: int) -> None:
        """This is the step now."""
        self._at = index
        self.setAccessibleName(f"Langkah {index + 1} dari {len(STEPS)}: {STEPS[index].title}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(WIDE), px(120) + px(ROW) * len(STEPS))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(WIDE), px(84) + px(ROW) * len(STEPS))

    def paintEvent(self, event: QPaintEvent) -> None:
        k, p = tokens(), QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        path = QPainterPath()
        path.addRoundedRect(QRectF(self.rect()), k.radius, k.radius)
        p.fillPath(path, color("accent"))
        draw_text(p, QRectF(px(20), px(20), px(190), px(26)), "ILP Desk", k.title, bold=True, ink="on_accent")
        draw_text(p, QRectF(px(20), px(46), px(190), px(20)), "Penyiapan Puskesmas", k.body, ink="on_accent")
        for n, step in enumerate(STEPS):
            self._row(p, n, step.title, px(84) + n * px(ROW))

    def _row(self, p: QPainter, n: int, title: str, top: int) -> None:
        k, here = tokens(), n == self._at
        if here:
            box = QPainterPath()
            box.addRoundedRect(QRectF(px(10), top, self.width() - px(20), px(ROW - 6)), k.radius, k.radius)
            p.fillPath(box, color("card"))
        ink = "accent" if here else "on_accent"
        side, middle = px(24), top + px(ROW - 6) / 2
        badge = QRectF(px(20), middle - side / 2, side, side)
        if n < self._at:
            draw_icon(p, "check", "on_accent", badge.left() + px(3), badge.top() + px(3), px(18))
        else:
            draw_text(p, badge, str(n + 1), k.body, bold=True, ink=ink, align=CENTER)
        words = QRectF(px(54), middle - px(12), self.width() - px(64), px(24))
        draw_text(p, words, title, k.body, bold=here, ink=ink)
