"""What is due for whoever came, as the desk may know it: at most five lines, the rest behind a key."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ilp_desk.rows.care import DueLine, FamilyDue
from ui.parts.room.part import clear_column
from ui.widgets import Icon, KeyButton, Paragraph, Runs, Text, hbox, label, vbox

MOST = 5
KEY = "Alt+L"
MEMBERS, NAMED = 2, 1
"""Of the family, and of the services of each; F4 has the others."""
LOOKS = {"late": ("late", "danger"), "due": ("dot", "ink"), "no_data": ("circle", "muted")}
"""State -> icon and colour; never the colour alone."""


class DueLines(QWidget):
    """Hidden where nothing is open. `more` is the button for the rest; the screen binds its key."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[DueLine, ...] = ()
        self._whole = False
        self._column = vbox(spacing=3)
        self._title = label("Layanan yang ditawarkan", "section")
        self.more = KeyButton("", KEY, kind="link", small=True)
        self.more.hide()
        self.more.clicked.connect(self.turn)
        self.setLayout(vbox(self._title, self._column, hbox(self.more, None), spacing=3))
        self.hide()

    def show_lines(self, lines: Sequence[DueLine]) -> None:
        """The most urgent first, as they come; the rest is folded again."""
        self._lines, self._whole = tuple(lines), False
        self._lay()

    def turn(self) -> None:
        """Show the rest, or fold it again."""
        if len(self._lines) > MOST:
            self._whole = not self._whole
            self._lay()

    def _lay(self) -> None:
        clear_column(self._column)
        for line in self._lines if self._whole else self._lines[:MOST]:
            self._column.addWidget(_line(line))
        more = len(self._lines) - MOST
        self.more.setText("Lipat lagi" if self._whole else f"{more} layanan lagi")
        self.more.setVisible(more > 0)
        self.setVisible(bool(self._lines))


def family_words(rows: Sequence[FamilyDue]) -> str:
    """`Alif (19 bln): imunisasi MR2 terlambat 1 bln; Ani (41 th): skrining tahunan (CKG)`, the most urgent first."""
    told = [f"{row.name} ({row.age}): {', '.join(map(_small, row.names[:NAMED]))}" for row in rows[:MEMBERS]]
    more = [f"{len(rows) - MEMBERS} orang lagi"] if len(rows) > MEMBERS else []
    return "; ".join(told + more)


def _small(name: str) -> str:
    """Inside a sentence; abbreviations stay as they are."""
    return name if name[:2].isupper() else name[:1].lower() + name[1:]


def _line(line: DueLine) -> QWidget:
    icon, color = LOOKS.get(line.state, ("dot", "ink"))
    name = Paragraph([Text(line.name, color="danger" if line.state == "late" else "")])
    mark = Runs([Icon(icon, color)], fixed=True)
    mark.setFixedWidth(mark.sizeHint().width())
    right = Runs(
        [Text(line.words, muted=line.state != "late", color=color if line.state == "late" else "")], fixed=True
    )
    row = QWidget()
    box = hbox(mark, name, 8, right, spacing=0)
    box.setStretch(1, 1)
    for part in (mark, right):
        box.setAlignment(part, Qt.AlignmentFlag.AlignTop)
    row.setLayout(box)
    return row
