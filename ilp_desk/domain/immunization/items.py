"""One series for one person on a day: as it is told, and as days and rules leave it before anybody objects."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from ilp_desk.domain.immunization.plan import Window
from ilp_desk.domain.reference.immunization_rows import DoseRule, DoseState


class Due(NamedTuple):
    """One series for one person on a day; `dose`, `number` and the days are those of the next dose.

    series, dose: codes; number counts from 1, 0 where the series is complete. possible: may be given today. earliest:
    first day it may be given, None: never; recommended: the best day from then on; latest: the last day; since: from
    when it is late. last: the last day the dose before can have been. vaccines: codes, the first by choice.
    late_on: from then on it is or will be called late; lost_on: from then on it may not be given.
    """

    series: str
    label: str
    dose: str
    dose_label: str
    number: int
    state: DoseState
    possible: bool
    earliest: date | None
    recommended: date | None
    latest: date | None
    since: date | None
    last: date | None
    vaccines: tuple[str, ...]
    reason: str
    uncertain: bool = False
    late_on: date | None = None
    lost_on: date | None = None


class Next(NamedTuple):
    """The next dose of a series as days and rules leave it, before anybody objects."""

    rule: DoseRule
    windows: Sequence[Window]
    floor: date
    """Not before this day: age, interval and other live vaccines."""
    spaced: date | None
    """The day the interval since the dose before ends."""
    live: date | None
    """The day the distance to another live vaccine ends."""
    state: DoseState
    opens: date | None
    """From today on the first day it may be given."""
    end: date
    """From this day on never."""
    best: date
    """The day of the recommended age."""
    tidy_end: date | None
    """From this day on the dose is late."""


def opening(windows: Sequence[Window], start: date) -> tuple[DoseState, date] | None:
    """The first day from `start` on that lies in a window, with its state."""
    for window in windows:
        if start < window.end:
            return window.state, max(start, window.start)
    return None


def closing(windows: Sequence[Window], start: date) -> date:
    """The first day outside the windows that follow each other without a gap from `start` on."""
    end = start
    for window in windows:
        if window.start <= end < window.end:
            end = window.end
    return end
