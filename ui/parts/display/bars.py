"""The dark strips above and below: whose waiting room it is, what time it is, who goes first."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.paint import RIGHT
from ui.parts.display.scale import draw_words, look, words_width
from ui.theme import color

MARGIN = 28
FOOT = 18


class HeadBar(QWidget):
    """The facility at the left, day and time at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.unit = 1.0
        self.facility = self.day = self.time = ""

    def show_facility(self, name: str) -> None:
        """Whose display this is."""
        self.facility = name
        self.setAccessibleName(name)
        self.update()

    def show_moment(self, day: str, time: str) -> None:
        """`Sabtu, 21 November 2026`, `08.42`; repaints only when one of them is another."""
        if (day, time) != (self.day, self.time):
            self.day, self.time = day, time
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        p, k = QPainter(self), look()
        p.fillRect(self.rect(), color(k.bar))
        size, edge = k.head * self.unit, MARGIN * self.unit
        moment = f"{self.day}   {self.time}"
        room = self.width() - 2 * edge
        taken = words_width(moment, size, True)
        box = QRectF(edge, 0, room, self.height())
        draw_words(p, box, moment, size, ink=k.ink, bold=True, align=RIGHT)
        draw_words(p, box.adjusted(0, 0, -taken - edge, 0), self.facility, size, ink=k.ink, bold=True)


class FootBar(QWidget):
    """One sentence. A trouble takes the place of the note until it is over."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.unit = 1.0
        self._note = self._trouble = ""

    def show_note(self, note: str) -> None:
        """Who goes first here."""
        self._note = note
        self.update()

    def show_trouble(self, sentence: str) -> None:
        """What people should know; empty: all is well."""
        self._trouble = sentence
        self.update()

    def text(self) -> str:
        return self._trouble or self._note

    def paintEvent(self, event: QPaintEvent) -> None:
        p, k = QPainter(self), look()
        p.fillRect(self.rect(), color(k.bar))
        edge = MARGIN * self.unit
        box = QRectF(edge, 0, self.width() - 2 * edge, self.height())
        draw_words(p, box, self.text(), FOOT * self.unit, ink=k.ink if self._trouble else k.muted)
