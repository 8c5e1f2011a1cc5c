"""Clinical facts: each stands on person, when, place, performer, source, and a visit where there is one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from ilp_desk.domain.record import Record


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact(Record):
    """source: here, import, other_facility, told. place: free text where it was not here."""

    person_uid: str
    visit_uid: str | None = None
    taken_at: datetime
    place: str = ""
    performer: str = ""
    source: str = "here"


@dataclass(frozen=True, kw_only=True, slots=True)
class VitalSigns(Fact):
    """One taking of vital signs; many a visit. None = not taken.

    Units: systolic, diastolic mmHg; pulse, respiration, fetal_heart per minute; temperature 0.1 degC; spo2 percent;
    weight g; height, waist, arm, head, fundus mm; glucose mg/dL; glucose_kind random, fasting, 2h.
    special: {"glucose": "HI", "systolic": "not_measurable"} for values that are no number; confirmed: names of unlikely
    values that were confirmed once. position: how height was measured (L lying, H standing). oedema: on both feet.
    """

    systolic: int | None = None
    diastolic: int | None = None
    pulse: int | None = None
    respiration: int | None = None
    temperature: int | None = None
    spo2: int | None = None
    weight: int | None = None
    height: int | None = None
    waist: int | None = None
    arm: int | None = None
    head: int | None = None
    fundus: int | None = None
    fetal_heart: int | None = None
    glucose: int | None = None
    glucose_kind: str = ""
    gcs: int | None = None
    pain: int | None = None
    position: str = ""
    oedema: bool | None = None
    special: dict[str, str] | None = None
    confirmed: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Observation(Fact):
    """Any other result: code, value as recorded, unit, method (codes of observations.toml)."""

    code: str
    value: str
    unit: str = ""
    method: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Note(Fact):
    """One section of an examination in words.

    section: complaint, anamnesis, examination, therapy, plan. Amended by a successor (`replaces`), never overwritten.
    """

    section: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Diagnosis(Fact):
    """code: ICD-10 (WHO 2019); title: as shown then; primary: the first of the visit; course: new, old, follow_up."""

    code: str
    title: str
    primary: bool = False
    course: str = "new"


@dataclass(frozen=True, kw_only=True, slots=True)
class Procedure(Fact):
    text: str
    code: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Allergy(Fact):
    """substance as told; reaction in words; kind drug, food, other."""

    substance: str
    reaction: str = ""
    kind: str = "drug"


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem(Fact):
    """A known long-standing condition. code: ICD-10 or empty; since with precision; resolved_on when it ended."""

    title: str
    code: str = ""
    since: date | None = None
    since_precision: str = "day"
    resolved_on: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Pregnancy(Record):
    """One pregnancy episode. lmp: HPHT; ended_on with outcome (birth, miscarriage, stillbirth, unknown) closes it."""

    person_uid: str
    lmp: date
    lmp_source: str = "hpht"
    gravida: int | None = None
    para: int | None = None
    abortus: int | None = None
    ended_on: date | None = None
    outcome: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class AlarmAnswer(Record):
    """What was done about an alarm: rule and version it rose by, about: its figures in words; answer done, ignored
    (then `reason`)."""

    visit_uid: str
    person_uid: str
    rule: str
    level: str
    version: str
    about: str
    answer: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody typed on a screen about a subject and has not saved yet; content is plain JSON."""

    screen: str
    subject: str
    content: dict[str, object]
    saved_at: datetime
