"""What all parts of the sample data share: dice that fall the same way again, ids, instants, and the demo files."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from ilp_desk.domain.record import new_uid
from resources import path


@cache
def read(name: str) -> Mapping[str, Any]:
    """One file of resources/demo as plain data."""
    return tomllib.loads(path("demo", f"{name}.toml").read_text(encoding="utf-8"))


def words(text: str) -> tuple[str, ...]:
    """The entries of a list written as one line: separated by blanks, `~` stands for a blank inside an entry."""
    return tuple(word.replace("~", " ") for word in text.split())


class Source:
    """Chance that depends on the seed alone.

    at: the instant the sample morning has reached, UTC; today: its day on the facility's wall. Each part asks for dice
    of its own, so that a change in one part leaves the others as they were.
    """

    def __init__(self, seed: int, at: datetime, zone: str) -> None:
        self.at, self._zone = at, ZoneInfo(zone)
        self.today = at.astimezone(self._zone).date()
        self._seed = seed
        self._bits = self.dice("uids").getrandbits

    def dice(self, part: str) -> Random:
        return Random(f"{self._seed} {part}")

    def uid(self, made_at: datetime | None = None) -> str:
        """An id stamped with an instant (that of the morning, if none)."""
        return new_uid(int((made_at or self.at).timestamp() * 1000), self._bits)

    def day(self, days_ago: int) -> date:
        return self.today - timedelta(days=days_ago)

    def minute(self, minutes: float) -> datetime:
        """An instant so many minutes after the one the morning has reached (negative: before)."""
        return self.at + timedelta(minutes=minutes)

    def local(self, instant: datetime) -> datetime:
        """An instant on the facility's wall clock."""
        return instant.astimezone(self._zone)

    def on(self, day: date, minutes: float) -> datetime:
        """An instant of a day, in minutes after midnight at the facility."""
        midnight = datetime.combine(day, time(), tzinfo=self._zone)
        return (midnight + timedelta(minutes=minutes)).astimezone(UTC)


def chosen(dice: Random, weighted: Mapping[str, float]) -> str:
    """One of the names, each as often as its weight says."""
    return dice.choices(tuple(weighted), tuple(weighted.values()))[0]


def between(rows: Sequence[Sequence[float]], at: float) -> tuple[float, ...]:
    """Values read off a table whose first column is `at`, straight lines between its rows."""
    before = rows[0]
    for row in rows:
        if row[0] >= at:
            span = row[0] - before[0]
            part = (at - before[0]) / span if span else 0.0
            return tuple(low + (high - low) * part for low, high in zip(before[1:], row[1:]))
        before = row
    return tuple(before[1:])
