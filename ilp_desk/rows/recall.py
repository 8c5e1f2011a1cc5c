"""What the store keeps of people for the lists of those to call in, and the lists themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from ilp_desk.domain.person import Precision, Sex
from ilp_desk.rows.question import Question


class OutlineRow(NamedTuple):
    """What is kept of one person. number: of the person in this database; home: uid of the hamlet or village; rules,
    until, days: `ilp_desk.domain.due.outlines`."""

    number: int
    home: str
    rw: str
    rt: str
    rules: str
    until: date
    days: bytes


@dataclass(frozen=True, slots=True)
class OutlinesIn(Question["tuple[OutlineRow, ...]"]):
    """Everybody who lives in these hamlets and villages (None: whose area is not known), in one RW or RT of them."""

    homes: tuple[str, ...] | None
    rw: str = ""
    rt: str = ""


class OutlineMade(NamedTuple):
    """An outline that was made anew. marks: how often somebody had been written about when it was read."""

    number: int
    marks: int
    until: date
    days: bytes


@dataclass(frozen=True, slots=True)
class OldOutlines(Question["tuple[tuple[int, int], ...]"]):
    """Whose outline has to be made anew on a day, the first `limit`: number, and how often they were written about."""

    rules: str
    today: date
    limit: int


@dataclass(frozen=True, slots=True)
class Neighbourhoods(Question["tuple[tuple[str, str, str], ...]"]):
    """Home, RW and RT that people of these hamlets and villages live in, in order."""

    homes: tuple[str, ...]


class Subject(NamedTuple):
    """As much of a person as the rules of the life cycle read. gone: merged into another, or taken out of use."""

    number: int
    uid: str
    sex: Sex
    born_on: date | None
    born_precision: Precision
    active: bool
    outside: str
    marital_status: str
    gone: bool


@dataclass(frozen=True, slots=True)
class SubjectsOf(Question["tuple[Subject, ...]"]):
    """The people of these numbers, in the order of their numbers."""

    numbers: tuple[int, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonLine:
    """One person as a list shows it. area: hamlet and village; last_visit: service date."""

    number: int
    uid: str
    name: str
    sex: Sex
    born_on: date | None
    born_precision: Precision
    area: str
    address: str
    phone: str
    mother: str
    last_visit: date | None


@dataclass(frozen=True, slots=True)
class PeopleOf(Question["tuple[PersonLine, ...]"]):
    """What a list shows of the people of these numbers, in any order."""

    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """One choice of where. homes: the hamlets and villages it means; kind: village, hamlet, posyandu; depth: in the
    tree."""

    uid: str
    name: str
    kind: str
    depth: int
    homes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ContactLine:
    """The newest try to call somebody in. result: in words; words: `akan datang, 20-11-2026, Bu Yusni`; note: as
    typed, for the screen alone."""

    uid: str
    on: date
    by: str
    result: str
    words: str
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class RecallLine:
    """One person to call in. state: of the list it is on; services: their names, the longest late first; since: from
    when, in words; phone: masked."""

    person_uid: str
    name: str
    sex: str
    age: str
    area: str
    rw: str
    rt: str
    address: str
    mother: str
    state: str
    services: tuple[str, ...]
    since_on: date | None
    since: str
    last_visit: date | None
    phone: str
    contact: ContactLine | None


@dataclass(frozen=True, kw_only=True, slots=True)
class RecallCounts:
    """People by how they stand with the services asked for; aside: refused, put off or no longer possible."""

    late: int = 0
    due: int = 0
    no_data: int = 0
    complete: int = 0
    aside: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class RecallPage:
    """Some lines of a list. found: how many there are in all; counts: of the whole area, whatever list is shown;
    left_out: whether secret services were left out."""

    lines: tuple[RecallLine, ...]
    found: int
    counts: RecallCounts
    left_out: bool
