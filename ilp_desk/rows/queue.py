"""The queue of a service point, and what the waiting room may know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from ilp_desk.domain.visit import QueueState
from ilp_desk.rows.question import Question


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One entry as staff see it. chip: a neutral word (dari lab, didahulukan, darurat), else empty.

    hint: a short line for the room (pregnancy, age), never shown in the waiting room.
    """

    entry_uid: str
    row_version: int
    visit_uid: str
    person_uid: str
    ticket: str
    letter: str
    name: str
    sex: str
    age: str
    rank: int
    returned: bool
    state: QueueState
    since: datetime
    called_at: datetime | None
    started_at: datetime | None
    room: str
    note: str
    point_uid: str
    infectious: bool


@dataclass(frozen=True, slots=True)
class EntriesAt(Question[tuple[QueueRow, ...]]):
    """All entries of a service point on a day, in the order they were issued."""

    point_uid: str
    day: date


@dataclass(frozen=True, slots=True)
class Line:
    """A service point's queue: who is next in order, who is being called or served, who is done or elsewhere."""

    point_uid: str
    point: str
    letter: str
    rooms: tuple[str, ...]
    waiting: tuple[QueueRow, ...]
    inside: tuple[QueueRow, ...]
    away: tuple[QueueRow, ...]
    done: tuple[QueueRow, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """A call as the waiting room shows it: a number and a place, no name, no disease word."""

    ticket: str
    letter: str
    point: str
    room: str
    at: datetime
    event_id: int


@dataclass(frozen=True, slots=True)
class RecentCalls(Question[tuple[Call, ...]]):
    """The last calls of the day, newest first; calling again counts."""

    day: date
    limit: int = 4


@dataclass(frozen=True, slots=True)
class Board:
    """The waiting-room display."""

    calls: tuple[Call, ...]
    tiles: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class Tile:
    """A service point on the display. label: neutral; now: the last ticket called there, or empty."""

    letter: str
    cluster: str
    label: str
    room: str
    waiting: int
    now: str
