"""Beside the examination: services of today, allergies and problems, colleagues, blood pressure, the last visits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from PySide6.QtWidgets import QWidget

from ilp_desk.clock import Clock
from ilp_desk.domain.person import Sex
from ilp_desk.domain.reference import Reference
from ilp_desk.domain.reference.alarm_rules import Limit
from ilp_desk.domain.text.ages import Age
from ilp_desk.domain.text.dates import short_day_text, time_text
from ilp_desk.rows.encounter import Encounter, PastVisit
from ui.parts.room.due_card import DueCard
from ui.parts.room.measures import ADULT
from ui.parts.room.part import enterable
from ui.parts.room.pregnancy_sheet import pregnancy_words
from ui.theme import px
from ui.widgets import (
    Card,
    Event,
    KeyButton,
    Paragraph,
    Series,
    Text,
    Timeline,
    Trend,
    hbox,
    label,
    scroll,
    vbox,
)

LATEST = 6
WIDTH, NARROW = 330, 264
LEAST_POINTS = 2


class SidePanel(QWidget):
    """The buttons of allergies, problems and pregnancy are the screen's to connect."""

    def __init__(self, reference: Reference, clock: Clock) -> None:
        super().__init__()
        self._reference, self._clock = reference, clock
        self.allergy = KeyButton("Ubah", "Alt+A", small=True)
        self.allergy.setAccessibleName("Ubah alergi")
        self.problem = KeyButton("Ubah", "Alt+P", small=True)
        self.problem.setAccessibleName("Ubah penyakit yang diketahui")
        self.pregnancy = KeyButton("Buka", "Alt+H", small=True)
        self.pregnancy.setAccessibleName("Buka kehamilan dan nifas")
        enterable(self.allergy, self.problem, self.pregnancy)
        self._allergies, self._problems, self._pregnant = Paragraph(), Paragraph(), Paragraph()
        known = vbox(
            hbox(label("Alergi", "section"), None, self.allergy),
            self._allergies,
            4,
            hbox(label("Penyakit yang diketahui", "section"), None, self.problem),
            self._problems,
            spacing=4,
            margins=(12, 9, 12, 10),
        )
        self._pregnancy_card = Card(
            vbox(
                hbox(label("Kehamilan", "section"), None, self.pregnancy),
                self._pregnant,
                spacing=4,
                margins=(12, 9, 12, 10),
            )
        )
        self._trend_title = label("", "section")
        self._trend = Trend(name="Tekanan darah")
        self._trend_card = Card(vbox(self._trend_title, self._trend, spacing=4, margins=(12, 9, 12, 6)))
        self._past = Timeline()
        self._past_card = Card(vbox(label("Riwayat", "section"), self._past, spacing=4, margins=(12, 9, 12, 10)))
        self._colleagues = Paragraph()
        self._colleagues_card = Card(
            vbox(label("Rekan di kunjungan ini", "section"), self._colleagues, spacing=4, margins=(12, 9, 12, 10))
        )
        body = QWidget()
        self.due = DueCard()
        cards = (self.due, Card(known), self._pregnancy_card, self._colleagues_card, self._trend_card, self._past_card)
        body.setLayout(vbox(*cards, None, spacing=10))
        self.setLayout(vbox(scroll(body)))
        self.set_narrow(False)

    def set_narrow(self, on: bool) -> None:
        """Less width for a small window."""
        self.setFixedWidth(px(NARROW if on else WIDTH))

    def show_visit(self, visit: Encounter) -> None:
        """Show what is known of this person."""
        self._allergies.set_parts(allergy_words(visit))
        self._problems.set_parts(problem_words(visit))
        self._pregnant.set_parts(pregnancy_words(visit.last_pregnancy, visit.on, self._reference))
        self._pregnancy_card.setVisible(may_be_pregnant(visit, self._reference))
        self._colleagues.set_parts([Text("\n".join(visit.colleagues))])
        self._colleagues_card.setVisible(bool(visit.colleagues))
        self._show_trend(visit)
        self._past.set_events([Event(short_day_text(past.day), past_words(past)) for past in visit.history[:LATEST]])
        self._past_card.setVisible(bool(visit.history))

    def _show_trend(self, visit: Encounter) -> None:
        points = visit.pressures
        self._trend_card.setVisible(len(points) >= LEAST_POINTS)
        self._trend_title.setText(f"Tekanan darah (mmHg), {len(points)} pengukuran")
        days = [self._clock.local(point.at) for point in points]
        labels = trend_labels(days)
        high = pressure_limits(visit, self._reference)
        self._trend.set(
            labels,
            (
                Series("sistol", tuple(p.systolic for p in points), high[0]),
                Series("diastol", tuple(p.diastolic for p in points), high[1], "accent"),
            ),
            "mmHg",
        )


def trend_labels(days: Sequence[datetime]) -> list[str]:
    """`21 Nov`; by the time (`08.16`) where another of the same day stands beside it."""
    counts = Counter(day.date() for day in days)
    return [
        time_text(day) if counts[day.date()] > 1 else f"{day.day} {short_day_text(day.date()).split()[1]}"
        for day in days
    ]


def allergy_words(visit: Encounter) -> list[Text]:
    """Allergies as a paragraph: each on a line, or that nobody asked, or that there is none."""
    if visit.allergies:
        lines = [f"{a.substance} ({a.reaction})" if a.reaction else a.substance for a in visit.allergies]
        return [Text("\n".join(lines), bold=True, color="danger")]
    if visit.allergy_state == "none":
        return [Text("Tidak ada, sudah ditanyakan", muted=True)]
    return [Text("Belum ditanyakan", color="warning", bold=True)]


def problem_words(visit: Encounter) -> list[Text]:
    """Known problems as a paragraph."""
    if visit.problems:
        lines = [f"{p.title}, sejak {p.since.year}" if p.since else p.title for p in visit.problems]
        return [Text("\n".join(lines))]
    if visit.problem_state == "none":
        return [Text("Tidak ada, sudah ditanyakan", muted=True)]
    return [Text("Belum ditanyakan", color="warning", bold=True)]


def may_be_pregnant(visit: Encounter, reference: Reference) -> bool:
    """Whether a pregnancy is worth a place: one that matters is on record, or the age is one of pregnancies."""
    if visit.sex == Sex.MALE:
        return False
    latest = visit.last_pregnancy
    if latest is not None and (latest.ended_on is None or visit.postpartum):
        return True
    return reference.pregnancy.ages.holds(visit.exact_age or ADULT)


def past_words(past: PastVisit) -> str:
    """`TD 142/94 · Hipertensi gestasional (O13) · 1 surat`"""
    letters = f"{past.letters} surat" if past.letters else ""
    return " · ".join(part for part in (past.vitals, past.diagnoses or past.point, letters) if part)


def pressure_limits(visit: Encounter, reference: Reference) -> tuple[float | None, float | None]:
    """From which systolic and diastolic pressure an alarm rises for this person, by the reference; None if never."""
    age: Age = visit.exact_age or ADULT
    who = {"pregnant": visit.pregnancy is not None, "postpartum": visit.postpartum}
    found: dict[str, list[int]] = {"systolic": [], "diastolic": []}
    for rule in reference.alarms.rules.on(visit.on):
        if not rule.ages.holds(age) or (rule.who and not any(who[group] for group in rule.who)) or rule.with_any:
            continue
        for limit in rule.any_of:
            if isinstance(limit, Limit) and limit.measure in found and ">" in limit.operator:
                found[limit.measure].append(int(limit.value))
    return tuple(min(values) if values else None for values in found.values())  # type: ignore[return-value]
