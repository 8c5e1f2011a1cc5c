"""The only place that asks what time it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo


def system_now() -> datetime:
    """The present instant, aware, UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Clock:
    """Instants in UTC and the facility's calendar day.

    zone: IANA name of the facility's zone (Asia/Jakarta, Asia/Makassar, Asia/Jayapura).
    """

    zone: str = "Asia/Jakarta"
    read: Callable[[], datetime] = system_now

    def now(self) -> datetime:
        return self.read()

    def local(self, instant: datetime | None = None) -> datetime:
        """The instant (now, if none) as wall-clock time at the facility."""
        return (instant or self.now()).astimezone(ZoneInfo(self.zone))

    def today(self) -> date:
        """The service date: the day on the wall of the facility."""
        return self.local().date()


def fixed(instant: datetime, zone: str = "Asia/Jakarta") -> Clock:
    """A clock that stands still, for tests, demo data and pictures."""
    return Clock(zone, lambda: instant)


class Ticking:
    """A clock source that starts at a given instant and goes on with every reading (tests, demo, tour)."""

    def __init__(self, start: datetime, step: timedelta) -> None:
        self._next, self._step = start, step

    def __call__(self) -> datetime:
        now, self._next = self._next, self._next + self._step
        return now
