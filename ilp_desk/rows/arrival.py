"""What the desk is shown about one person who arrived, and what it asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from ilp_desk.domain.clinical import Pregnancy
from ilp_desk.rows.question import Question


@dataclass(frozen=True, slots=True)
class Namesake:
    """Somebody else with a like name who is registered today: say both names when calling."""

    name: str
    ticket: str
    age: str


@dataclass(frozen=True, slots=True)
class Relative:
    """A member of the same family, with nothing clinical."""

    uid: str
    name: str
    relationship: str
    age: str
    ticket: str


@dataclass(frozen=True, slots=True)
class TodaysVisit:
    """The visit that is open, or was, on this service date. waiting_at: uids of the service points of open entries;
    entry_uid: the last of its numbers, to be printed again."""

    uid: str
    row_version: int
    tickets: tuple[str, ...]
    state: str
    place: str
    waiting_at: tuple[str, ...] = ()
    entry_uid: str = ""


@dataclass(frozen=True, slots=True)
class ServicePlace:
    """A service point one can be sent to. letter and cluster label for the coloured block."""

    uid: str
    code: str
    name: str
    cluster: str
    letter: str
    label: str
    rooms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Arrival:
    """Everything the arrival panel shows. No clinical value; a pregnancy only here, in the opened panel.

    asks: sentence to be answered before registering (somebody recorded as dead or moved), else empty. first: why this
    person goes ahead, else empty. payer_checked: `21-11-2026 08.41, Rina`, when and by whom, or empty. routed_reason:
    the rule in words. uncertain: what may change the routing, in words.
    """

    person_uid: str
    name: str
    sex: str
    age: str
    born: str
    mother: str
    spouse: str
    address: str
    phone: str
    record_number: str
    complete: bool
    asks: str
    allergy_state: str
    allergies: tuple[str, ...]
    pregnancy: str
    first: str
    namesakes: tuple[Namesake, ...]
    today: TodaysVisit | None
    family_uid: str | None
    family: tuple[Relative, ...]
    payer: str
    payer_fktp: str
    payer_status: str
    payer_checked: str
    consent: str
    routed: ServicePlace
    routed_rule: str
    routed_reason: str
    routed_version: str
    uncertain: str
    rank: int


@dataclass(frozen=True, slots=True)
class Registered:
    """What stands after the commit: the number is a fact, not a promise. repeated: it stood there before."""

    visit_uid: str
    entry_uid: str
    person_uid: str
    name: str
    ticket: str
    letter: str
    label: str
    point: str
    room: str
    ahead: int
    at: datetime
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Moved:
    """A visit that was given to the right person. point: where they wait; elsewhere: the name of the service point the
    rule would send them to, or "" if it is the same; why: the rule in words."""

    visit_uid: str
    person_uid: str
    name: str
    ticket: str
    point: str
    elsewhere: str
    why: str


@dataclass(frozen=True, slots=True)
class Registration:
    """How today goes: registered, finished, referred."""

    registered: int
    finished: int
    referred: int


@dataclass(frozen=True, slots=True)
class NamesakesToday(Question[tuple[Namesake, ...]]):
    """Others who are registered today under a name that is easily taken for this one, the most alike first."""

    person_uid: str
    day: date


@dataclass(frozen=True, slots=True)
class FamilyToday(Question[tuple[Relative, ...]]):
    """The other living members of a family and their numbers of today."""

    family_uid: str
    person_uid: str
    day: date


@dataclass(frozen=True, slots=True)
class WaitingAhead(Question[int]):
    """How many wait at a service point before an entry."""

    entry_uid: str


@dataclass(frozen=True, slots=True)
class DayCounts(Question[Registration]):
    day: date


@dataclass(frozen=True, slots=True)
class LatestPregnancy(Question[Pregnancy | None]):
    """The pregnancy that matters for routing: ongoing, or the one that ended last."""

    person_uid: str


@dataclass(frozen=True, slots=True)
class PointLoad:
    """A service point as the queue strip shows it. called: last ticket called, with its room."""

    uid: str
    code: str
    name: str
    cluster: str
    letter: str
    waiting: int
    oldest: datetime | None
    called: str
    called_room: str


@dataclass(frozen=True, slots=True)
class PointLoads(Question[tuple[PointLoad, ...]]):
    """All active service points of the day, in their order."""

    day: date
