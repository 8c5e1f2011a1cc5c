"""Who is in the room: name, age, numbers, pregnancy, and what must not be overlooked."""

from __future__ import annotations

from collections.abc import Container, Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout

from ilp_desk.domain.alarms import Alarm, AlarmKey
from ilp_desk.domain.danger import sign_labels
from ilp_desk.domain.reference import Reference
from ilp_desk.domain.reference.signs import Level
from ilp_desk.rows.encounter import Encounter
from ui.parts.room.name_line import NameLine
from ui.parts.room.signs_row import short_label
from ui.theme import px
from ui.widgets import Card, Chip, Icon, Key, Paragraph, Runs, Segment, Text, hbox, vbox

SEX = {"L": "L", "P": "P", "?": "L/P belum diketahui"}
FACTS_WIDTH = 320
ROOMY = 900
"""Design pixels of the banner from which problems and alarms stand beside the allergies."""


class PersonBanner(Card):
    """The name is never cut: where it is long it takes more lines."""

    def __init__(self, reference: Reference) -> None:
        super().__init__()
        self._reference = reference
        self._name = NameLine()
        self._facts = Paragraph()
        self.allergy = Runs(fill="neutral_tint", pad=(12, 7), fixed=True)
        self.problem = Runs(fill="warning_tint", pad=(12, 7), fixed=True)
        self.alarm = Runs(fill="danger_tint", pad=(12, 7), fixed=True)
        person = vbox(None, self._name, self._facts, None, spacing=0)
        self._marks = hbox(self.alarm, self.problem, self.allergy, spacing=8)
        row = hbox(person, self._marks, spacing=10, margins=(14, 9, 14, 9))
        row.setStretch(0, 1)
        self.setLayout(row)
        self._wants_problem = self._wants_alarm = False

    def show_visit(self, visit: Encounter) -> None:
        """Show whose visit it is."""
        chips: list[Chip] = []
        if visit.pregnancy_words:
            chips.append(Chip(visit.pregnancy_words, "A"))
        elif visit.postpartum:
            chips.append(Chip("masa nifas", "A"))
        if visit.signs and not visit.signs_asked:
            seen = ", ".join(short_label(text) for text in sign_labels(visit.signs, self._reference))
            chips.append(Chip(f"di loket: {seen}", "danger"))
        if visit.infectious:
            chips.append(Chip("menular: pakai masker", "warning"))
        self._name.set(visit.name, chips)
        number = f"RM {visit.record_number}" if visit.record_number else "belum ada nomor RM"
        facts = (SEX[visit.sex], visit.age, visit.born, number, visit.payer_words, visit.address)
        self._facts.set_parts([Text(" · ".join(fact for fact in facts if fact), muted=True)])
        self._show_allergy(visit)
        self._show_problems(visit)
        self._fit()

    def clear(self) -> None:
        """Nobody."""
        self._name.set("", ())
        self._facts.set_parts(())
        self.allergy.set_segments(())
        self._wants_alarm = self._wants_problem = False
        self._fit()

    def show_alarms(self, alarms: Sequence[Alarm], answered: Container[AlarmKey]) -> None:
        """How many alarms still want an answer; seen from every tab."""
        open_ones = [a for a in alarms if a.key not in answered]
        red = [a for a in open_ones if a.level is Level.RED]
        self._wants_alarm = bool(open_ones)
        ink = "danger" if red else "warning"
        words = f"{len(red)} tanda bahaya merah" if red else f"{len(open_ones)} tanda kuning"
        self.alarm.set_fill("danger_tint" if red else "warning_tint")
        self.alarm.set_segments(
            [Icon("alert" if red else "warn", ink), Text(words, bold=True, color=ink), Key("Alt+T")]
        )
        self._fit()

    def _show_allergy(self, visit: Encounter) -> None:
        names = ", ".join(a.substance for a in visit.allergies)
        parts: list[Segment]
        if visit.allergies:
            parts = [Icon("alert", "danger"), Text(f"Alergi {names}", bold=True, color="danger")]
            self.allergy.set_fill("danger_tint")
        elif visit.allergy_state == "none":
            parts = [Text("Tidak ada alergi", muted=True)]
            self.allergy.set_fill("neutral_tint")
        else:
            parts = [Icon("warn", "warning"), Text("Alergi belum ditanyakan", bold=True, color="warning")]
            self.allergy.set_fill("warning_tint")
        self.allergy.set_segments(parts)
        self.allergy.setMaximumWidth(px(FACTS_WIDTH))

    def _show_problems(self, visit: Encounter) -> None:
        names = ", ".join(p.title for p in visit.problems)
        self._wants_problem = bool(names)
        self.problem.set_segments([Text(names, bold=True, color="warning")])
        self.problem.setMaximumWidth(px(FACTS_WIDTH))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Beside each other where there is room, else below each other; problems stand at the side as well."""
        roomy = self.width() >= px(ROOMY)
        self._marks.setDirection(QBoxLayout.Direction.LeftToRight if roomy else QBoxLayout.Direction.TopToBottom)
        self.alarm.setVisible(self._wants_alarm)
        self.problem.setVisible(self._wants_problem and roomy and not self._wants_alarm)
