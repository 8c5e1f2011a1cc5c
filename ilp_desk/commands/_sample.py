"""A sample desk in a folder of its own, for the pictures and the tour."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from ilp_desk.bootstrap import SYSTEM, open_desk
from ilp_desk.clock import Clock
from ilp_desk.commands.demo import new_desk
from ilp_desk.desk import Desk
from ilp_desk.domain.staff import Actor
from ilp_desk.services.demo import DemoOrder, Filled, SampleAccount
from ilp_desk.settings import Machine, load

AT = datetime(2026, 11, 21, 1, 14, tzinfo=UTC)
"""Saturday 21 November 2026, 08.14 in western Indonesia: the day of the pictures."""


@dataclass(frozen=True, slots=True)
class Sample:
    """An open desk full of invented people; people: those who may sit at it, signed in, by username."""

    desk: Desk
    filled: Filled
    machine: Machine
    people: Mapping[str, tuple[Actor, str]]


@contextmanager
def sample_desk(folder: Path, order: DemoOrder, read_clock: Callable[[], datetime]) -> Iterator[Sample]:
    """A new sample database in `folder`, open as long as the block lasts. read_clock: what the window takes for now."""
    machine = load(folder)
    clock = Clock(read=read_clock)
    filling = new_desk(machine.database, machine.key_file, clock)
    try:
        filled = filling.demo.fill(SYSTEM, order)
    finally:
        filling.close()
    from db.keys import read_key

    desk = open_desk(machine.database, read_key(machine.key_file), clock)
    try:
        yield Sample(desk, filled, machine, {one.username: _actor(desk, one) for one in filled.accounts})
    finally:
        desk.close()


def _actor(desk: Desk, account: SampleAccount) -> tuple[Actor, str]:
    """Somebody as the sign-in would let them in; the passwords are proved by the tour."""
    someone = desk.staffing.candidate(SYSTEM, account.username)
    if someone is None:
        raise LookupError(account.username)
    return Actor(someone.uid, someone.name, frozenset(someone.roles), account.desk), account.desk
