"""One visit as the clinician has it in front of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from ilp_desk.domain.alarms import Alarm, AlarmKey
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
from ilp_desk.domain.text.ages import Age
from ilp_desk.domain.visit import QueueState, VisitState
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
    """An alarm that stands. answered: what was done about it, or empty; mine: what the reader measured raised it."""

    alarm: Alarm
    answered: str
    mine: bool


@dataclass(frozen=True, slots=True)
class AnsweredAlarm:
    """An answer that was given (at: `08.18`) to figures that may stand no longer; about: the figures; words: of it."""

    key: AlarmKey
    level: str
    at: str
    about: str
    words: str


@dataclass(frozen=True, slots=True)
class Taken:
    """One taking as the room shows it: when (`08.41`), by whom, each measure in words (blood_pressure: `162/108`).

    uid: of the vital signs, or of the first result where there are no vital signs. glucose_kind: random, fasting, 2h.
    """

    uid: str
    at: str
    by: str
    mine: bool
    values: Mapping[str, str]
    glucose_kind: str = ""


@dataclass(frozen=True, slots=True)
class PastVisit:
    """One line of the history beside the examination. codes: of the diagnoses."""

    visit_uid: str
    day: date
    point: str
    diagnoses: str
    vitals: str
    letters: int
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PressurePoint:
    """One blood pressure of the trend, mmHg."""

    at: datetime
    systolic: int
    diastolic: int


@dataclass(frozen=True, slots=True)
class Encounter:
    """The open visit: banner, what was written by whom, what stands out.

    on: the service date. entry_state: of the queue entry it was opened from; called, started: times of it (`08.41`) or
    empty; note: what whoever sent the patient here wrote; sender: the service point they go back to. payer_words: as
    people say it. pregnancy: the one that goes on; pregnancy_words: `G2P1A0 · 28 mgg 0 hr · HPL 13-02-2027`, empty
    without one; last_pregnancy: the one going on, run out, or ended last; postpartum: in the weeks after birth.
    unlisted: diagnoses of this visit that last and are not among the problems. signs:
    codes of the danger signs that count; signs_asked: somebody asked about them in a room. taken: takings in order of
    time; values: the latest value of each measure in base units, as alarms read it. answers: what was done about each
    alarm, in words; answered: the same with their time, in order; earlier: red alarms that measurements on record
    raised and nobody answered, newest first, those of now among them. names: staff uid -> name of all who wrote here.
    colleagues: who else wrote in this visit today, in words. screenings, given: as in `rows.history.VisitDetail`.
    """

    visit_uid: str
    visit_version: int
    visit_state: VisitState
    on: date
    entry_uid: str
    entry_state: QueueState
    called: str
    started: str
    note: str
    sender: str
    ticket: str
    point_uid: str
    point_code: str
    point: str
    room: str
    person_uid: str
    person_version: int
    name: str
    sex: str
    age: str
    age_days: int | None
    exact_age: Age | None
    born: str
    record_number: str
    payer: str
    payer_words: str
    address: str
    infectious: bool
    postpartum: bool
    pregnancy: Pregnancy | None
    last_pregnancy: Pregnancy | None
    pregnancy_words: str
    pregnancy_weeks: int | None
    allergy_state: str
    allergies: tuple[Allergy, ...]
    problem_state: str
    problems: tuple[Problem, ...]
    unlisted: tuple[Diagnosis, ...]
    complaint: str
    takings: tuple[VitalSigns, ...]
    observations: tuple[Observation, ...]
    signs: frozenset[str]
    signs_asked: bool
    taken: tuple[Taken, ...]
    values: Mapping[str, int | str]
    sections: tuple[Written, ...]
    diagnoses: tuple[Diagnosis, ...]
    procedures: tuple[Procedure, ...]
    next_visit_on: date | None
    next_visit_note: str
    alarms: tuple[RaisedAlarm, ...]
    answers: Mapping[AlarmKey, str]
    answered: tuple[AnsweredAlarm, ...]
    earlier: tuple[Alarm, ...]
    names: Mapping[str, str]
    colleagues: tuple[str, ...]
    history: tuple[PastVisit, ...]
    pressures: tuple[PressurePoint, ...]
    screenings: tuple[str, ...]
    given: tuple[str, ...]


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


@dataclass(frozen=True, slots=True)
class RoomHints:
    """What the queue of a room says beyond the queue itself; none of it is shown to the waiting room.

    words: `hamil 28 mgg` or `nifas hari 9`, by entry; drafts: visits in which the reader left something unsaved; red:
    entries that were sent here with a red alarm nobody answered.
    """

    words: Mapping[str, str]
    drafts: frozenset[str]
    red: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PregnantAt(Question[dict[str, Pregnancy]]):
    """The latest pregnancy of each person with an entry at a service point today, by entry."""

    point_uid: str
    day: date


@dataclass(frozen=True, slots=True)
class CodeHit:
    """An ICD-10 code as the search offers it. label: Indonesian where there is a word, else the WHO title; title: WHO.

    favourite: the clinician records it often; chronic: lasts, so it belongs among the known problems.
    """

    code: str
    label: str
    title: str
    favourite: bool
    chronic: bool


@dataclass(frozen=True, slots=True)
class RoomPlace:
    """A service point a room may serve, or send on to; comes_back and send_order as in `ServicePoint`."""

    uid: str
    code: str
    name: str
    cluster: str
    letter: str
    rooms: tuple[str, ...]
    comes_back: bool = False
    send_order: int = 0
