"""What the store knows of people's care, as the rules of the life cycle read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from ilp_desk.domain.clinical import Pregnancy
from ilp_desk.domain.due.rules import Answer
from ilp_desk.domain.immunization.facts import NOTHING, OnRecord
from ilp_desk.domain.person import Precision
from ilp_desk.rows.question import Question


@dataclass(frozen=True, slots=True)
class FactRow:
    """One fact of somebody. on: the service date, where it was not taken at a visit the day it is said to have been;
    at: the instant it was taken, where no day is known; words: how the value is read, None as it stands."""

    person_uid: str
    code: str
    on: date | None
    at: datetime | None
    precision: Precision = Precision.DAY
    value: str = ""
    where: str = ""
    words: str | None = None


@dataclass(frozen=True, slots=True)
class CareOf(Question["dict[str, CareRow]"]):
    """By uid: the facts, conditions and answers of these people; nobody of whom nothing is recorded."""

    person_uids: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class CareRow:
    """icd: codes of known problems that are not over and of all diagnoses; told: conditions said of themselves;
    pregnancy: the newest; first_seen: service date of the first visit; visit_reason, visit_on: of a visit that is open;
    immunization: doses and objections."""

    facts: tuple[FactRow, ...] = ()
    icd: frozenset[str] = frozenset()
    told: frozenset[str] = frozenset()
    answers: Mapping[str, Answer] = field(default_factory=dict)
    pregnancy: Pregnancy | None = None
    first_seen: date | None = None
    visit_reason: str = ""
    visit_on: date | None = None
    immunization: OnRecord = NOTHING


@dataclass(frozen=True, kw_only=True, slots=True)
class DueLine:
    """One service as a screen shows it. state: code of DueState; words: how it stands (`terlambat sejak 14-08-2026`);
    reason: `terakhir 12-03-2025, setiap tahun`; closes: what may be recorded to close it, code and label; values: the
    results the rule asks for, each with its fact; last_on: the day of the fact that closed it last; bundle: what it is
    told together with; part: which of several items of this service (series of vaccines); guide: heading and words of
    what a complete service is, which result asks for something, and what is done then; cluster: where it is done, empty
    for the cluster of the person's age.
    """

    service: str
    name: str
    state: str
    words: str
    reason: str
    urgency: int
    roles: tuple[str, ...]
    closes: tuple[tuple[str, str], ...]
    values: tuple[tuple[str, str], ...] = ()
    due_on: date | None = None
    late_on: date | None = None
    last_on: date | None = None
    bundle: str = ""
    bundle_name: str = ""
    sensitive: bool = False
    part: str = ""
    guide: tuple[tuple[str, str], ...] = ()
    cluster: str = ""

    @property
    def key(self) -> str:
        """What tells it from the others of the same person."""
        return f"{self.service}:{self.part}" if self.part else self.service


@dataclass(frozen=True, kw_only=True, slots=True)
class FamilyDue:
    """What is open for one member of the family, by names anybody may read."""

    person_uid: str
    name: str
    age: str
    names: tuple[str, ...]
    more: int


@dataclass(frozen=True, slots=True)
class ArrivalCare:
    """What the desk may know is open: for whoever came, the most urgent first, and for the others of the family."""

    lines: tuple[DueLine, ...] = ()
    family: tuple[FamilyDue, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordedLine:
    """Something on record that is no measure, dose or answered instrument. words: what, when, result, where."""

    uid: str
    words: str
