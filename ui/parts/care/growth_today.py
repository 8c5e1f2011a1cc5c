"""What else belongs to this child today: weighing, the KPSP form, vitamin A, deworming, immunization."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ilp_desk.domain.due.rules import OPEN
from ilp_desk.rows.care import DueLine
from ilp_desk.rows.growth import ChildGrowth, SupplementLine
from ui.parts.room.due_groups import LOOKS
from ui.parts.room.part import clear_column
from ui.theme import px
from ui.widgets import Card, Icon, KeyButton, Paragraph, Runs, Text, hbox, label, vbox

GIVE_KEYS = {"vitamin_a": "Alt+V", "deworming": "Alt+O"}
INSTRUMENT, IMMUNIZATION = "instrument", "immunization"
ICON = 18
"""Width of the state's icon, design pixels."""
_WORST = ("late", "due", "no_data", "upcoming", "done", "postponed", "refused", "lost")


@dataclass(frozen=True, slots=True)
class TodayRow:
    """One line: state as of DueLine; act: give:FACT, open:VIEW:TARGET or empty; key and word: of its button."""

    state: str
    words: str
    note: str = ""
    act: str = ""
    key: str = ""
    word: str = ""


def today_rows(growth: ChildGrowth, due: Sequence[DueLine], *, writable: bool) -> tuple[TodayRow, ...]:
    """growth as it stands, due: everything that is due."""
    rows = [
        _worst("timbang, ukur", [line for line in due if line.bundle == "growth"]),
        _kpsp(growth, due, writable=writable),
        *(_supplement(line, due, writable=writable) for line in growth.supplements),
        _immunization(due),
    ]
    return tuple(row for row in rows if row is not None)


def _worst(words: str, lines: Sequence[DueLine]) -> TodayRow | None:
    if not lines:
        return None
    line = min(lines, key=lambda one: _WORST.index(one.state))
    return TodayRow(line.state, words, line.words if line.state in OPEN else "")


def _kpsp(growth: ChildGrowth, due: Sequence[DueLine], *, writable: bool) -> TodayRow | None:
    line = next((line for line in due if line.service == "kpsp"), None)
    if growth.form is None or line is None:
        return None
    note = line.words if line.state in OPEN or line.state == "upcoming" else ""
    act = f"open:{INSTRUMENT}:kpsp" if writable else ""
    return TodayRow(line.state, f"KPSP {growth.form} bulan", note, act, "Alt+S", "Buka")


def _supplement(line: SupplementLine, due: Sequence[DueLine], *, writable: bool) -> TodayRow:
    found = next((row for row in due if any(fact == line.fact for fact, _ in row.closes)), None)
    state = found.state if found is not None else "upcoming"
    note = f"terakhir {line.last}" if line.last else found.words if found is not None and state in OPEN else ""
    key = next((key for group, key in GIVE_KEYS.items() if group in line.fact), "")
    act = f"give:{line.fact}" if line.may and writable else ""
    return TodayRow("done" if not line.may else state, f"{line.label}, {line.dose}", note, act, key, "Beri")


def _immunization(due: Sequence[DueLine]) -> TodayRow | None:
    lines = [
        line for line in due if line.service.startswith(IMMUNIZATION) and line.state in (*OPEN, "upcoming", "done")
    ]
    if not lines:
        return None
    worst = min(lines, key=lambda one: _WORST.index(one.state))
    alike = [line for line in lines if line.state == worst.state]
    more = f" dan {len(alike) - 1} lagi" if len(alike) > 1 else ""
    note = worst.words if worst.state in OPEN else ""
    return TodayRow(worst.state, f"{worst.name}{more}", note, f"open:{IMMUNIZATION}:", "Alt+I", "Buka")


class TodayCard(Card):
    """chosen(act): a button was pressed."""

    chosen = Signal(str)

    def __init__(self) -> None:
        self._column: QVBoxLayout = vbox(spacing=2)
        super().__init__(vbox(label("Layanan hari ini", "section"), self._column, spacing=4, margins=(12, 9, 12, 9)))
        self._rows: tuple[TodayRow, ...] = ()
        self.buttons: list[KeyButton] = []

    def show_rows(self, rows: Sequence[TodayRow]) -> None:
        if tuple(rows) == self._rows:
            return
        self._rows = tuple(rows)
        clear_column(self._column)
        self.buttons = []
        for row in self._rows:
            self._column.addWidget(self._line(row))

    def act(self, start: str) -> str:
        """The act of the first line whose act begins so, or empty."""
        return next((row.act for row in self._rows if row.act.startswith(start)), "")

    def _line(self, row: TodayRow) -> QWidget:
        icon, ink, spoken = LOOKS[row.state]
        parts = [Text(row.words)]
        if row.note:
            parts.append(Text(f"  {row.note}", color="danger" if row.state == "late" else "muted"))
        mark = Runs([Icon(icon, ink, spoken)], fixed=True)
        mark.setFixedWidth(px(ICON))
        line = hbox(mark, Paragraph(parts), spacing=6)
        line.setStretch(1, 1)
        if row.act:
            button = KeyButton(row.word, row.key, small=True)
            button.setAccessibleName(f"{row.word} {row.words}")
            button.clicked.connect(lambda _=False, act=row.act: self.chosen.emit(act))
            self.buttons.append(button)
            line.addWidget(button)
        place = QWidget()
        place.setLayout(line)
        return place
