"""The course of a pregnancy as the mother's card prints it."""

from __future__ import annotations

from datetime import date

from ilp_desk import paperwork as forms
from ilp_desk.domain.maternity.after_birth import Slot, WindowState
from ilp_desk.domain.person import Person
from ilp_desk.domain.text.dates import day_text
from ilp_desk.ports import UnitOfWork
from ilp_desk.rows.antenatal import BabyLine, ContactLine, Course, CourseState
from ilp_desk.services import papers
from ilp_desk.work import Tools

FIGURES = {
    "blood_pressure": "pressure",
    "weight": "weight",
    "arm": "arm",
    "fundus": "fundus",
    "fetal_heart": "heart",
    "haemoglobin": "haemoglobin",
    "urine_protein": "protein",
}
"""Code of a measure -> field of the card."""
NOT_YET = "belum"
SETTLED = ("done", "lost")
"""States of what a newborn gets once that time does not change any more."""
OVER = (CourseState.AFTER, CourseState.ENDED)


def card_paper(uow: UnitOfWork, mother: Person, course: Course, tools: Tools) -> forms.MaternalCard:
    """The card as it stands today."""
    site = papers.facility(uow)
    now = tools.clock.local(uow.now)
    role = papers.examiner(uow.actor.roles)
    risks = [f"Dari catatan {course.score}, {course.band}.", *(f"{risk}." for risk in course.risks)]
    scored = f"KSPR {course.scored}." if course.scored else ""
    tablets = f"{course.tablets} dari {course.goal}" + (f", diminum {course.swallowed}" if course.swallowed else "")
    care = (("Status T", course.tetanus), ("Td", course.td), ("Tablet", tablets))
    return forms.MaternalCard(
        letterhead=papers.letterhead(site),
        patient=papers.patient_block(uow, mother, uow.today, tools.reference),
        dating=_dating(course),
        visits=tuple(_visit(line) for line in course.contacts),
        pattern=_pattern(course),
        risks=" ".join(filter(None, (*risks, scored))) if course.score else "",
        care=tuple(forms.Field(label, value) for label, value in care if value),
        plan=tuple(forms.Field(label, value) for label, value in course.plan_lines),
        delivery=f"{course.delivery.head}. {course.delivery.words}." if course.delivery else "",
        postpartum=tuple(forms.Field(slot.code, _slot(slot)) for slot in course.slots),
        babies=tuple(_baby(baby) for baby in course.babies),
        next_visit=_next(course, uow.today),
        signature=papers.signature(uow, site, now, role, uow.actor.staff_uid),
    )


def _dating(course: Course) -> tuple[forms.Field, ...]:
    lines = [
        ("HPHT", f"{day_text(course.lmp)} ({course.source.lower()})"),
        ("HPL", day_text(course.term)),
        ("G/P/A", course.gpa),
        ("Keadaan", course.words),
    ]
    before = [f"{day_text(d.lmp)} ({d.source.lower()}, {day_text(d.on)})" for d in course.datings if not d.current]
    lines.append(("HPHT sebelumnya", "; ".join(before)))
    return tuple(forms.Field(label, value) for label, value in lines if value)


def _visit(line: ContactLine) -> forms.CardVisit:
    figures = {FIGURES[code]: value for code, value in line.values.items() if code in FIGURES}
    doctor = "dokter" if line.doctor and not line.by.lower().startswith("dr") else ""
    remarks = ", ".join(filter(None, (line.where, line.by, doctor, "USG" if line.usg else "")))
    return forms.CardVisit(
        name=line.name or "Kunjungan",
        date=line.when,
        weeks=line.weeks if line.sure else f"± {line.weeks}",
        tablets="" if line.tablets is None else str(line.tablets),
        remarks="; ".join(filter(None, (remarks, line.findings))),
        flagged=tuple(FIGURES[code] for code in line.levels if code in FIGURES),
        **figures,
    )


def _pattern(course: Course) -> str:
    if course.pattern_met:
        return "Pola 1-2-3 dan USG dokter terpenuhi."
    missing = f"Masih kurang: {', '.join(course.missing)}." if course.missing else ""
    again = "" if course.state in OVER else " lagi"
    lost = f"Tidak terpenuhi{again}: {', '.join(course.lost)}." if course.lost else ""
    return " ".join(filter(None, (missing, lost)))


def _next(course: Course, today: date) -> str:
    if course.next_on is None or course.next_on >= today:
        return day_text(course.next_on)
    return f"Secepatnya, sudah waktunya sejak {day_text(course.next_on)}"


def _slot(slot: Slot) -> str:
    return slot.words if slot.state in (WindowState.DONE, WindowState.LOST) else f"{NOT_YET}, {slot.words}"


def _baby(baby: BabyLine) -> forms.CardBaby:
    given = [(slot.code, _slot(slot)) for slot in baby.slots]
    given += [(step.label, step.words if step.state in SETTLED else NOT_YET) for step in baby.steps]
    return forms.CardBaby(
        name=" · ".join(filter(None, (baby.name, baby.facts))),
        services=tuple(forms.Field(label, words) for label, words in given if words),
    )
