"""Which measures the room asks for, by age, pregnancy and place. Data; the figures themselves are in vitals.toml."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ilp_desk.domain.alarms import AlarmFacts
from ilp_desk.domain.reference import Reference
from ilp_desk.domain.reference.bounds import ANY_AGE, AgeBound, Ages
from ilp_desk.domain.text.ages import Age
from ilp_desk.rows.encounter import Encounter

LABORATORY = "lab"
"""Code of the service point that asks for results instead of vital signs."""


def _ages(start: str = "", end: str = "") -> Ages:
    return Ages(AgeBound.parse(start) if start else None, AgeBound.parse(end) if end else None)


@dataclass(frozen=True, slots=True)
class Shown:
    """One measure of the grid: at these ages, for these people. option: a choice that goes with it."""

    code: str
    ages: Ages = ANY_AGE
    who: Callable[[Encounter], bool] = lambda visit: True
    option: str = ""


def _pregnant(visit: Encounter) -> bool:
    return visit.pregnancy is not None


def _not_pregnant(visit: Encounter) -> bool:
    return visit.pregnancy is None


def _woman(visit: Encounter) -> bool:
    return visit.sex == "P" and visit.pregnancy is None


ROOM = (
    Shown("blood_pressure", _ages("3 th")),
    Shown("pulse"),
    Shown("respiration"),
    Shown("temperature"),
    Shown("weight"),
    Shown("height", _ages(end="60 bln"), option="position"),
    Shown("height", _ages("60 bln")),
    Shown("arm", who=_pregnant),
    Shown("arm", _ages("6 bln", "60 bln"), _not_pregnant),
    Shown("arm", _ages("15 th", "50 th"), _woman),
    Shown("fundus", who=_pregnant),
    Shown("fetal_heart", who=_pregnant),
    Shown("head", _ages(end="60 bln")),
    Shown("spo2"),
    Shown("waist", _ages("15 th"), _not_pregnant),
    Shown("urine_protein", who=_pregnant),
    Shown("presentation", who=_pregnant),
    Shown("glucose", _ages("15 th"), option="glucose_kind"),
)
"""In the order of the grid."""
LAB = tuple(
    Shown(code)
    for code in (
        *("haemoglobin", "cholesterol", "uric_acid", "hba1c"),
        *("urine_protein", "urine_glucose", "urine_ketone"),
        *("blood_group", "rhesus"),
    )
)
OPTIONS = {
    "position": ("Cara ukur", (("L", "Berbaring"), ("H", "Berdiri"))),
    "glucose_kind": ("Jenis gula darah", (("random", "Sewaktu"), ("fasting", "Puasa"), ("2h", "2 jam sesudah makan"))),
}
"""Choices that go with a measure: label, then value and text."""
LYING = _ages(end="24 bln")
"""Whose length is measured lying; ilp-reference 2.3."""
ADULT = Age(30, 0, 0, 30 * 365)
"""Stands in where nobody knows the age."""


def shown(visit: Encounter) -> tuple[Shown, ...]:
    """The measures of the grid for this visit, in order."""
    age = visit.exact_age or ADULT
    if visit.point_code == LABORATORY:
        lab_glucose = Shown("glucose", option="glucose_kind")
        return (lab_glucose, *LAB)
    return tuple(row for row in ROOM if row.ages.holds(age) and row.who(visit))


def usual_option(option: str, visit: Encounter) -> str:
    """What a choice says before anybody says otherwise."""
    if option == "position":
        return "L" if LYING.holds(visit.exact_age or ADULT) else "H"
    return "random"


def others(visit: Encounter, taken: set[str], reference: Reference) -> list[tuple[object, str]]:
    """Measures that are not in the grid, as (code, label): what may be added."""
    pairs = {part for measure in reference.measures.vitals for part in measure.parts}
    rows = [*reference.measures.vitals, *reference.measures.observations]
    return [(row.code, row.label) for row in rows if row.code not in taken and row.code not in pairs]


def facts(visit: Encounter) -> AlarmFacts:
    """Who is measured, as the alarms ask it."""
    return AlarmFacts(
        on=visit.on,
        age=visit.exact_age,
        pregnant=visit.pregnancy is not None,
        postpartum=visit.postpartum,
        signs=visit.signs,
    )
