"""The days of a person's services, kept small: read on any later day their states follow without the record.

    outline = outline_of(life, today, rules)             # hold until outline.until, if nothing is recorded before
    for kept in unpack(outline.days): state = kept.state(any_day_before_until)

Days are kept as numbers of two bytes, counted from EPOCH; what lies beyond them is drawn to the edge, which changes no
state for the ninety years around it.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from ilp_desk.domain.due.rules import DueState, Item, Life, Rules, foreseen, holds, state_on, told

EPOCH = date(2020, 1, 1).toordinal()
EDGE = 32_767
NONE = -EDGE - 1
STALE = date.min
"""As the day until which an outline holds: something was recorded since."""
_ENTRY = struct.Struct("<HBB5h")
_HEAD = struct.Struct("<H")
_OWN = 255
"""The entry is called as its service."""
_KNOWN, _REFUSED = 1, 2


class Outline(NamedTuple):
    """What is kept of somebody. until: the first day on which it has to be made anew."""

    days: bytes
    until: date


class Kept(NamedTuple):
    """The days of one service, counted from EPOCH. place: of the service in the file of services; name: where it is
    told by another name than the service's; held_until: it was refused or put off until then."""

    place: int
    name: str
    known: bool
    due_on: int | None
    late_on: int | None
    lost_on: int | None
    last_on: int | None
    held_until: int | None
    refused: bool

    def state(self, today: int) -> DueState:
        """How it stands on a day, counted from EPOCH."""
        return state_on(
            today,
            self.known,
            self.last_on is not None,
            self.due_on,
            self.late_on,
            self.lost_on,
            self.held_until,
            self.refused,
        )


def number(when: date) -> int:
    """A day as it is kept."""
    return max(-EDGE, min(EDGE, when.toordinal() - EPOCH))


def day(kept: int) -> date:
    """The day of a number."""
    return date.fromordinal(EPOCH + kept)


def outline_of(life: Life, today: date, rules: Rules) -> Outline:
    """The days of everything that concerns somebody."""
    items, until = foreseen(life, today, rules)
    for item in items:
        if item.told is not None:  # what comes of its days is for its engine to say
            lost = today + rules.lost_for if item.state is DueState.LOST else None
            ahead = (when for when in (item.due_on, item.late_on, item.lost_on, lost) if when and when > today)
            until = min((until, *ahead))
    return Outline(pack(items, today, rules), until)


def pack(items: Iterable[Item], today: date, rules: Rules) -> bytes:
    """The days of these items; what was lost and is no longer told is left out."""
    names: list[str] = []
    entries = []
    for item in items:
        if item.state is DueState.LOST and not told(item.state, item.due_on, item.lost_on, today, rules):
            continue
        entries.append(_packed(item, names, today, rules))
    return b"".join((_HEAD.pack(len(entries)), *entries, "\n".join(names).encode("utf-8")))


def unpack(days: bytes, places: frozenset[int] | None = None) -> Iterator[Kept]:
    """What was kept; places: only of these services."""
    if not days:
        return
    (many,) = _HEAD.unpack_from(days)
    end = _HEAD.size + many * _ENTRY.size
    names: list[str] | None = None
    for place, at, flags, due_on, late_on, lost_on, last_on, held in _ENTRY.iter_unpack(days[_HEAD.size : end]):
        if places is not None and place not in places:
            continue
        if at != _OWN and names is None:
            names = days[end:].decode("utf-8").split("\n")
        yield Kept(
            place,
            names[at] if names is not None and at != _OWN else "",
            bool(flags & _KNOWN),
            None if due_on == NONE else due_on,
            None if late_on == NONE else late_on,
            None if lost_on == NONE else lost_on,
            None if last_on == NONE else last_on,
            None if held == NONE else held,
            bool(flags & _REFUSED),
        )


def _packed(item: Item, names: list[str], today: date, rules: Rules) -> bytes:
    service, state, due_on, late_on, lost_on, last, answer, _, other = item
    flags, at = _KNOWN, _OWN
    if state is DueState.NO_DATA or (due_on is None and last is None and state is not DueState.DONE):
        flags = 0
    if state is DueState.REFUSED or (answer is not None and answer.refused):
        flags |= _REFUSED
    held = holds(answer, rules) if answer is not None else None
    if other is not None:
        if other.name not in names:
            names.append(other.name)
        at = min(names.index(other.name), _OWN)
        flags, due_on, late_on, lost_on, held = _of_engine(item, flags, held, today)
    numbers = [
        NONE if when is None else when.toordinal() - EPOCH
        for when in (due_on, late_on, lost_on, last.on if last is not None else None, held)
    ]
    try:
        return _ENTRY.pack(rules.places[service.code], at, flags, *numbers)
    except struct.error:
        near = (NONE if it == NONE else max(-EDGE, min(EDGE, it)) for it in numbers)
        return _ENTRY.pack(rules.places[service.code], at, flags, *near)


def _of_engine(
    item: Item, flags: int, held: date | None, today: date
) -> tuple[int, date | None, date | None, date | None, date | None]:
    """Days from which the state of an item follows whose engine told the state itself: they have to hold only until the
    engine is asked again, which is on the next day anything changes."""
    due_on, late_on, lost_on, closed = item.due_on, item.late_on, item.lost_on, item.last is not None
    known, refused = bool(flags & _KNOWN), bool(flags & _REFUSED)
    if state_on(today, known, closed, due_on, late_on, lost_on, held, refused) is item.state:
        return flags, due_on, late_on, lost_on, held
    flags |= _KNOWN
    match item.state:
        case DueState.LOST:
            return flags, today, None, today, None
        case DueState.DONE:
            return flags, None, None, None, None
        case DueState.POSTPONED | DueState.REFUSED:
            return flags, today, None, None, date.max
        case DueState.UPCOMING:
            return flags, date.max, None, None, None
        case DueState.LATE:
            return flags, today, today, None, None
    return flags, today, None, None, None
