"""The large white card of the display: the number called now, where to, and the three before."""

from __future__ import annotations

import math

from PySide6.QtCore import QEasingCurve, QRectF, QVariantAnimation
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QWidget

from ilp_desk.rows.queue import Call
from ui.paint import CENTER
from ui.parts.display.scale import draw_words, fitted, look, words_width
from ui.theme import between, cluster_style, color

PULSES = 3
PULSE_MS = 1400
"""Slow enough for anybody: nothing flashes faster than once in a second."""
BAND = 14
LABEL, BEFORE = 32, 22
SIDE = 0.86
"""Share of the width a line may take."""
SMALLEST_PLACE = 0.5


class CallCard(QWidget):
    """Shows one call. `unit` is pixels for one design pixel."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.unit = 1.0
        self.call: Call | None = None
        self.before: tuple[str, ...] = ()
        self._glow = 0.0
        self._pulse = QVariantAnimation(self, startValue=0.0, endValue=float(PULSES), duration=PULSES * PULSE_MS)
        self._pulse.setEasingCurve(QEasingCurve.Type.Linear)
        self._pulse.valueChanged.connect(self._breathe)
        self._pulse.finished.connect(lambda: self._breathe(0.0))
        self.show_call(None, ())

    def show_call(self, call: Call | None, before: tuple[str, ...], *, fresh: bool = False) -> None:
        """Show a call (None: nobody was called yet); a fresh one draws the eye."""
        self.call, self.before = call, before
        self.setAccessibleName(f"{call.ticket}, {self._place()}" if call else "Belum ada yang dipanggil")
        if fresh:
            self._pulse.stop()
            self._pulse.start()
        self.update()

    @property
    def calling(self) -> bool:
        """Whether it draws the eye at this moment."""
        return self._pulse.state() == QVariantAnimation.State.Running

    def _breathe(self, at: float) -> None:
        self._glow = math.sin(math.pi * at) ** 2
        self.update()

    def _place(self) -> str:
        call = self.call
        return " · ".join(filter(None, (call.point, call.room))) if call else ""

    def _u(self, size: float) -> float:
        return size * self.unit

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        path = QPainterPath()
        radius = self._u(look().radius)
        path.addRoundedRect(QRectF(self.rect()), radius, radius)
        if self.call is None:
            p.fillPath(path, color(look().card))
            self._nobody(p)
            return
        style = cluster_style(self.call.letter)
        p.fillPath(path, between(look().card, style.tint, self._glow))
        p.save()
        p.setClipPath(path)
        p.fillRect(QRectF(0, 0, self.width(), self._u(BAND) * (1 + 1.5 * self._glow)), color(style.ink))
        p.restore()
        self._lines(p, self.call, style.ink)

    def _nobody(self, p: QPainter) -> None:
        middle = self.height() / 2
        head = QRectF(0, middle - self._u(56), self.width(), self._u(52))
        draw_words(p, head, "Belum ada yang dipanggil", self._u(36), ink=look().card_ink, bold=True, align=CENTER)
        below = QRectF(0, middle + self._u(4), self.width(), self._u(40))
        text = "Nomor yang dipanggil tampil di sini."
        draw_words(p, below, text, self._u(24), ink=look().card_muted, align=CENTER)

    def _lines(self, p: QPainter, call: Call, ink: str) -> None:
        """Label, number, place and the ones before, as one block in the middle of the card."""
        room = self.width() * SIDE
        number = fitted(call.ticket, self._u(look().number), room, bold=True)
        places = self._place_lines(call, room)
        blocks = [(self._u(LABEL), 1.5), (number, 1.06), *((size, 1.36) for _, size in places)]
        high = sum(size * line for size, line in blocks) + self._u(BEFORE) * 2.6
        y = self._u(BAND) + max(0.0, (self.height() - self._u(BAND) - high) / 2)

        def line(text: str, size: float, leading: float, **look_of: object) -> None:
            nonlocal y
            box = QRectF((self.width() - room) / 2, y, room, size * leading)
            draw_words(p, box, text, size, align=CENTER, **look_of)  # type: ignore[arg-type]
            y += size * leading

        line("Nomor dipanggil", self._u(LABEL), 1.5, ink=look().card_muted)
        line(call.ticket, number, 1.06, ink=look().card_ink, bold=True)
        for text, size in places:
            line(text, size, 1.36, ink=ink, bold=True)
        if self.before:
            y += self._u(BEFORE) * 0.8
            line(f"sebelumnya   {' · '.join(self.before)}", self._u(BEFORE), 1.8, ink=look().card_muted)

    def _place_lines(self, call: Call, room: float) -> list[tuple[str, float]]:
        """Place and room with their sizes: in one line, or the room below where they are long."""
        size = self._u(look().place)
        whole = self._place()
        if not call.room or words_width(whole, size, True) <= room:
            return [(whole, max(size * SMALLEST_PLACE, fitted(whole, size, room, True)))]
        return [(text, max(size * SMALLEST_PLACE, fitted(text, size, room, True))) for text in (call.point, call.room)]
