"""The family at the desk: who else, or what is open for them; wraps, on a tint, with its key."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.theme import color, tokens
from ui.widgets import Key, Paragraph, Runs, Text, hbox

KEY = "F4"


class FamilyLine(QWidget):
    """`show_words` says it; hidden where there is no family."""

    def __init__(self) -> None:
        super().__init__()
        self._words = Paragraph()
        key = Runs([Key(KEY)], fixed=True)
        row = hbox(self._words, key, spacing=8, margins=(10, 6, 10, 6))
        row.setStretch(0, 1)
        row.setAlignment(key, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
        self.setLayout(row)

    def show_words(self, words: str) -> None:
        """Say something else."""
        self._words.set_parts([Text("Keluarga: ", bold=True), Text(words)])
        self.setAccessibleName(f"Keluarga: {words}")

    def paintEvent(self, event: QPaintEvent) -> None:
        p, radius = QPainter(self), tokens().radius_field
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(color("accent_tint"))
        p.drawRoundedRect(QRectF(self.rect()), radius, radius)
