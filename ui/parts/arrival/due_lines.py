"""What is due for whoever came, as the desk may know it: at most five lines, the rest behind one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from ilp_desk.rows.care import DueLine, FamilyDue
from ui.parts.room.part import clear_column
from ui.widgets import Icon, Runs, Segment, Text, hbox, label, vbox

MOST = 5
LOOKS = {"late": ("late", "danger"), "due": ("dot", "ink"), "no_data": ("circle", "muted")}
"""State -> icon and colour; never the colour alone."""


class DueLines(QWidget):
    """Hidden where nothing is open."""

    def __init__(self) -> None:
        super().__init__()
        self._column = vbox(spacing=3)
        self._title = label("Layanan yang ditawarkan", "section")
        self.setLayout(vbox(self._title, self._column, spacing=3))
        self.hide()

    def show_lines(self, lines: Sequence[DueLine]) -> None:
        """The most urgent first, as they come."""
        clear_column(self._column)
        for line in lines[:MOST]:
            self._column.addWidget(_line(line))
        more = len(lines) - MOST
        if more > 0:
            self._column.addWidget(Runs([Text(f"{more} layanan lagi di ruang pelayanan", muted=True)]))
        self.setVisible(bool(lines))


def family_words(rows: Sequence[FamilyDue]) -> str:
    """`Alif (19 bln): imunisasi, timbang dan ukur; Ani (41 th): skrining tahunan`."""
    return "; ".join(f"{row.name} ({row.age}): {', '.join(row.names).lower()}" for row in rows)


def _line(line: DueLine) -> QWidget:
    icon, color = LOOKS.get(line.state, ("dot", "ink"))
    left: list[Segment] = [
        Icon(icon, color),
        Text(line.name, color="danger" if line.state == "late" else ""),
    ]
    right = Runs(
        [Text(line.words, muted=line.state != "late", color=color if line.state == "late" else "")], fixed=True
    )
    row = QWidget()
    box = hbox(Runs(left), right, spacing=8)
    box.setStretch(0, 1)
    row.setLayout(box)
    return row
