"""What the record knows of the visit, as the letter will say it: no field to type, nothing to choose."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ilp_desk.rows.papers import LetterStart
from ui.paint import draw_panel
from ui.theme import px
from ui.widgets import Paragraph, Text, vbox


class Known(QWidget):
    """Diagnoses, measures and allergies on a quiet ground; what raised an alarm or is an allergy in its colour."""

    def __init__(self, start: LetterStart) -> None:
        super().__init__()
        lines = (_diagnoses(start), _measures(start), _allergies(start))
        self.setLayout(vbox(*(Paragraph(line) for line in lines), spacing=4, margins=(12, 9, 12, 9)))

    def paintEvent(self, event: QPaintEvent) -> None:
        draw_panel(QPainter(self), self.rect(), "hover", "line", px(4))


def _diagnoses(start: LetterStart) -> list[Text]:
    line = [Text("Diagnosis  ", muted=True)]
    if not start.diagnoses:
        return [
            *line,
            Text(
                "belum ada. Tutup dengan Esc untuk memilihnya di ruang pelayanan; gawat darurat boleh kata-kata.",
                color="danger",
            ),
        ]
    for n, (code, title, primary) in enumerate(start.diagnoses):
        line += [
            Text(" · " if n else ""),
            Text(f"{code} ", bold=True),
            Text(f"{title}{' (utama)' if primary else ''}"),
        ]
    return line


def _measures(start: LetterStart) -> list[Text]:
    if not start.measured:
        return [Text("Tanda vital  ", muted=True), Text("belum diukur", color="warning")]
    when = f" {start.measured_at}" if start.measured_at else ""
    line = [Text(f"Diukur{when}  ", muted=True)]
    for n, (label, value, notable) in enumerate(start.measured):
        line += [
            Text(f"{' · ' if n else ''}{label} "),
            Text(value, bold=notable, color="danger" if notable else ""),
        ]
    return line


def _allergies(start: LetterStart) -> list[Text]:
    ink = "danger" if start.allergic else "warning" if start.allergy_words == "belum ditanyakan" else ""
    return [Text("Alergi  ", muted=True), Text(start.allergy_words, bold=start.allergic, color=ink)]
