"""Calling people in: who was reached about what is due, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from ilp_desk.domain.due.outlines import Kept
from ilp_desk.domain.due.rules import DueState
from ilp_desk.domain.record import Record


@dataclass(frozen=True, kw_only=True, slots=True)
class RecallContact(Record):
    """Somebody was called in, or it was tried.

    about: group of recall.toml; on: the day; by: who did it (a kader, or one of the staff); result: code
    of recall.toml.
    """

    person_uid: str
    about: str
    on: date
    by: str
    result: str
    note: str = ""


class Standing(StrEnum):
    """How somebody stands with a group of services: the worst of them."""

    LATE = "late"
    DUE = "due"
    NO_DATA = "no_data"
    ASIDE = "aside"
    COMPLETE = "complete"


class Stand(NamedTuple):
    """services: those that bring somebody onto the list of that standing, the longest first; since: the day of the
    first of them, as `outlines.number`."""

    standing: Standing
    services: tuple[Kept, ...] = ()
    since: int | None = None


def stand_of(kept: Iterable[Kept], today: int, month_end: int, lost_for: int) -> Stand | None:
    """How somebody stands today; None where none of these services concerns them.

    What becomes due until the end of the month counts as due this month. lost_for: days something lost is still told.
    """
    late: list[Kept] = []
    due: list[Kept] = []
    unknown: list[Kept] = []
    aside = concerned = False
    for one in kept:
        state = one.state(today)
        if state is DueState.LOST and one.lost_on is not None and today >= one.lost_on + lost_for:
            continue
        concerned = True
        if state is DueState.LATE:
            late.append(one)
        elif state is DueState.NO_DATA:
            unknown.append(one)
        elif state in (DueState.REFUSED, DueState.POSTPONED, DueState.LOST):
            aside = True
        elif one.due_on is not None and one.due_on <= month_end:
            due.append(one)
    if late:
        late.sort(key=_late_on)
        return Stand(Standing.LATE, tuple(late), _late_on(late[0]))
    if due:
        due.sort(key=_due_on)
        return Stand(Standing.DUE, tuple(due), _due_on(due[0]))
    if unknown:
        return Stand(Standing.NO_DATA, tuple(unknown))
    if not concerned:
        return None
    return Stand(Standing.ASIDE if aside else Standing.COMPLETE)


def _late_on(one: Kept) -> int:
    return one.late_on if one.late_on is not None else 0


def _due_on(one: Kept) -> int:
    return one.due_on if one.due_on is not None else 0
