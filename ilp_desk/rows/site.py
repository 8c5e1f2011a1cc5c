"""What the management of the site asks of the store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ilp_desk.rows.question import Question


@dataclass(frozen=True, slots=True)
class PeopleIn(Question[int]):
    """How many people and families stand directly in an area."""

    area_uid: str


@dataclass(frozen=True, slots=True)
class StillWaiting(Question[int]):
    """How many queue entries of a day at a service point are not ended."""

    service_point_uid: str
    day: date


@dataclass(frozen=True, slots=True)
class HighestNumber(Question[int]):
    """The highest record number, old or new, that consists of at most `width` digits; 0: there is none."""

    width: int


@dataclass(frozen=True, slots=True)
class Numbering:
    """The scheme in force and where it stands.

    highest: of the numbers found and given out, digits only; sample: how the next number looks, unless
    somebody is faster. facility_uid: hand it back when changing.
    """

    facility_uid: str
    scheme: str
    width: int
    separator: str
    folder_width: int
    outside_code: str
    highest: int
    sample: str
    villages_without_code: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SetupProgress:
    """How far the first set-up is; what is counted is what the desk cannot work without."""

    facility: bool = False
    villages: int = 0
    points: int = 0
    managers: int = 0
    ready: bool = False
