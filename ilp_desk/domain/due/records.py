"""What is recorded about services of the life cycle: what was given, examined, answered, refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ilp_desk.domain.clinical import Fact
from ilp_desk.domain.person import Precision
from ilp_desk.domain.record import Record


@dataclass(frozen=True, kw_only=True, slots=True)
class CareRecord(Fact):
    """Something given, examined or attended that is no measure, dose or instrument (facts of services.toml).

    on: the day it was done, as well as it is known; value: its result, where it has one.
    """

    code: str
    on: date
    on_precision: Precision = Precision.DAY
    value: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Told(Record):
    """What somebody said of themselves: a condition of services.toml that comes `from = "told"`. holds: yes or no."""

    person_uid: str
    condition: str
    holds: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ServiceAnswer(Record):
    """A service was refused (until None), or put off until a day."""

    person_uid: str
    visit_uid: str | None = None
    service: str
    on: date
    until: date | None = None
    reason: str = ""
