"""The queue of a service point, and what the waiting room may know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from ilp_desk.domain.visit import QueueState
from ilp_desk.rows.question import Question


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One entry as staff see it; nothing of it is for the waiting room.

    since: the instant they began to wait here. groups: codes of priority.toml; first: why they go ahead, in words, or
    empty. sent_by: the service point they were sent here from; sent_to: the one they were sent to last and are at, or
    came back from; danger_sign, infection_sign: codes of danger_signs.toml; seen: what the desk saw, in words, for
    those who care here; busy_at: another service point of the same visit where they are called or being served now.
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
    ended_at: datetime | None = None
    groups: tuple[str, ...] = ()
    first: str = ""
    sent_by: str = ""
    sent_to: str = ""
    busy_at: str = ""
    danger_sign: str = ""
    infection_sign: str = ""
    seen: str = ""


@dataclass(frozen=True, slots=True)
class EntriesAt(Question[tuple[QueueRow, ...]]):
    """All entries of a service point on a day, in the order they were issued."""

    point_uid: str
    day: date


@dataclass(frozen=True, slots=True)
class Line:
    """A service point's queue: who is next in order, who is being called or served, who is elsewhere, who is done.

    clerical: the desk may end a turn here.
    """

    point_uid: str
    point: str
    letter: str
    rooms: tuple[str, ...]
    waiting: tuple[QueueRow, ...]
    inside: tuple[QueueRow, ...]
    away: tuple[QueueRow, ...]
    done: tuple[QueueRow, ...]
    mixed: bool = False
    clerical: bool = False


@dataclass(frozen=True, slots=True)
class QueuePoint:
    """A service point as the queue screen and the display know it.

    waiting: who stands in line, those skipped and come back among them; oldest: since when the first of them waits;
    inside: called or being served.
    """

    uid: str
    code: str
    name: str
    public_name: str
    cluster: str
    letter: str
    rooms: tuple[str, ...]
    waiting: int
    oldest: datetime | None
    inside: int


@dataclass(frozen=True, slots=True)
class QueuePoints(Question[tuple[QueuePoint, ...]]):
    """All active service points of a day, in their order."""

    day: date


@dataclass(frozen=True, slots=True)
class CallMade:
    """The last call of an entry that was not taken back. event_id grows with every call."""

    event_id: int
    at: datetime
    ticket: str
    point_uid: str
    room: str


@dataclass(frozen=True, slots=True)
class CallsOf(Question[tuple[CallMade, ...]]):
    """The calls of a day, newest first; calling again counts."""

    day: date


@dataclass(frozen=True, slots=True)
class Call:
    """A call as the waiting room shows and says it: a number and a place, no name, no disease word.

    letter: of the service point, for its colour; point: its public name; room: empty where the name says it.
    """

    ticket: str
    letter: str
    point: str
    room: str
    at: datetime
    event_id: int


@dataclass(frozen=True, slots=True)
class Tile:
    """A service point on the display. label: its public name; now: the last ticket called there, or empty."""

    letter: str
    label: str
    room: str
    waiting: int
    now: str


@dataclass(frozen=True, slots=True)
class Board:
    """The waiting-room display. calls: newest first, a ticket once; latest: the newest event, 0 for none."""

    facility: str
    note: str
    calls: tuple[Call, ...]
    tiles: tuple[Tile, ...]

    @property
    def latest(self) -> int:
        return self.calls[0].event_id if self.calls else 0
