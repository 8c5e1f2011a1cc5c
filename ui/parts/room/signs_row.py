"""Tanda bahaya below the vital signs: which were seen, that none is there, or that nobody has asked."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ilp_desk.domain.danger import sign_labels
from ilp_desk.domain.reference import Reference
from ilp_desk.domain.reference.signs import Level
from ilp_desk.rows.encounter import Encounter
from ui.parts.room.part import enterable
from ui.widgets import Chip, KeyButton, Paragraph, Runs, Segment, Text, hbox, label


def short_label(text: str) -> str:
    """The first words of a sign: "Alergi berat" of "Alergi berat: bengkak wajah, sesak"."""
    return text.split(":")[0].split(",")[0]


class SignsRow(QWidget):
    """The button is the screen's to connect. Chips where they fit on one line, else words that wrap."""

    def __init__(self, reference: Reference) -> None:
        super().__init__()
        self._reference = reference
        self.ask = KeyButton("Tanyakan", "Alt+B", small=True)
        enterable(self.ask)
        self._chips, self._words = Runs(), Paragraph()
        row = hbox(label("Tanda bahaya", "section"), self._chips, self._words, self.ask, spacing=10)
        for at in (1, 2):
            row.setStretch(at, 1)
        self.setLayout(row)
        self.clear()

    def show_visit(self, visit: Encounter, *, writable: bool) -> None:
        """What counts now."""
        dangers = self._reference.signs.dangers
        segments: list[Segment] = []
        for sign in (dangers[code] for code in dangers.by_code if code in visit.signs):
            segments.append(Chip(short_label(sign.label), "danger" if sign.level is Level.RED else "warning"))
        words = ", ".join(short_label(text) for text in sign_labels(visit.signs, self._reference))
        if visit.signs and not visit.signs_asked:
            segments.append(Text("dari loket", muted=True))
        elif visit.signs_asked and not visit.signs:
            segments = [Text("Sudah ditanyakan, tidak ada", muted=True)]
        elif not visit.signs:
            segments = [Text("Belum ditanyakan", muted=True)]
        self._chips.set_segments(segments)
        self._words.set_parts([Text(words, bold=True, color="danger")])
        self.ask.setText("Ubah" if visit.signs_asked else "Tanyakan")
        self.ask.setAccessibleName(f"{self.ask.text()} tanda bahaya")
        self.ask.setVisible(writable)
        self._fit()

    def clear(self) -> None:
        """Nobody."""
        self._chips.set_segments(())
        self._words.set_parts(())
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.width() - self.ask.sizeHint().width() - self._chips.x() - 20
        fits = not self.isVisible() or self._chips.natural_width() <= room or not self._words.accessibleName()
        self._chips.setVisible(fits)
        self._words.setVisible(not fits)
