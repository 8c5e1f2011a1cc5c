"""One visit as the clinician has it in front of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from ilp_desk.domain.clinical import (
    Allergy,
    Diagnosis,
    Note,
    Observation,
    Pregnancy,
    Problem,
    Procedure,
    VitalSigns,
)
from ilp_desk.domain.visit import QueueState
from ilp_desk.rows.question import Question


@dataclass(frozen=True, slots=True)
class Written:
    """A section of the examination with who wrote it and when (facility's clock, `08.41`)."""

    note: Note
    by: str
    at: str
    mine: bool


@dataclass(frozen=True, slots=True)
class RaisedAlarm:
    """An alarm that stands: the act comes first. answered: what was done about it, or empty."""

    code: str
    level: str
    act: str
    reason: str
    rule: str
    version: str
    answered: str


@dataclass(frozen=True, slots=True)
class PastVisit:
    """One line of the history beside the examination."""

    visit_uid: str
    day: date
    point: str
    diagnoses: str
    vitals: str
    letters: int


@dataclass(frozen=True, slots=True)
class PressurePoint:
    """One blood pressure of the trend, mmHg."""

    at: datetime
    systolic: int
    diastolic: int


@dataclass(frozen=True, slots=True)
class Encounter:
    """The open visit: banner, what was written by whom, what stands out.

    entry_state: of the queue entry it was opened from. pregnancy_words: `G2P1A0 · 28 mgg 0 hr · HPL 13-02-2027`, empty
    without one. colleagues: who else wrote in this visit today, in words.
    """

    visit_uid: str
    visit_version: int
    entry_uid: str
    entry_state: QueueState
    ticket: str
    point_uid: str
    point: str
    room: str
    person_uid: str
    person_version: int
    name: str
    sex: str
    age: str
    age_days: int | None
    born: str
    record_number: str
    payer: str
    address: str
    infectious: bool
    pregnancy: Pregnancy | None
    pregnancy_words: str
    pregnancy_weeks: int | None
    allergy_state: str
    allergies: tuple[Allergy, ...]
    problem_state: str
    problems: tuple[Problem, ...]
    complaint: str
    takings: tuple[VitalSigns, ...]
    observations: tuple[Observation, ...]
    sections: tuple[Written, ...]
    diagnoses: tuple[Diagnosis, ...]
    procedures: tuple[Procedure, ...]
    next_visit_on: date | None
    next_visit_note: str
    alarms: tuple[RaisedAlarm, ...]
    colleagues: tuple[str, ...]
    history: tuple[PastVisit, ...]
    pressures: tuple[PressurePoint, ...]


@dataclass(frozen=True, slots=True)
class PastVisits(Question[tuple[PastVisit, ...]]):
    """Finished and open visits before this one, newest first; `before` pages by key (a visit's date and uid)."""

    person_uid: str
    without_uid: str = ""
    before: tuple[date, str] | None = None
    limit: int = 20


@dataclass(frozen=True, slots=True)
class Pressures(Question[tuple[PressurePoint, ...]]):
    """The last blood pressures of a person, oldest first."""

    person_uid: str
    limit: int = 7


@dataclass(frozen=True, slots=True)
class StaffNames(Question[dict[str, str]]):
    """Names of staff by uid."""

    uids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FavouriteCodes(Question[tuple[str, ...]]):
    """The ICD-10 codes somebody records most, most used first."""

    staff_uid: str
    limit: int = 12
