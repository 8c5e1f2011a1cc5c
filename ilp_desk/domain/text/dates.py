"""Dates as well as they are known, and how dates and times are written on the screen and on paper."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from ilp_desk.domain.person import Precision

MONTHS: Final = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November",
    "Desember",
)  # fmt: skip
SHORT_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
WEEKDAYS: Final = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")

ESTIMATE: Final = timedelta(days=183)
"""How far a birth may lie from an estimated date: `umur 40` leaves a year, its middle is stored."""


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A birth date as well as it is known.

    day: the day; the first day of the month or year; for ESTIMATED the middle of what the told age leaves open.
    """

    day: date
    precision: Precision = Precision.DAY

    @property
    def earliest(self) -> date:
        """The first day it can have been."""
        return self.day - ESTIMATE if self.precision == Precision.ESTIMATED else self.day

    @property
    def latest(self) -> date:
        """The last day it can have been; it may lie after today."""
        match self.precision:
            case Precision.DAY:
                return self.day
            case Precision.MONTH:
                return self.day.replace(day=monthrange(self.day.year, self.day.month)[1])
            case Precision.YEAR:
                return self.day.replace(month=12, day=31)
            case Precision.ESTIMATED:
                return self.day + ESTIMATE

    def may_be(self, other: PartialDate) -> bool:
        """Whether both can be the same day."""
        return self.earliest <= other.latest and other.earliest <= self.latest


def day_text(day: date | None, precision: Precision = Precision.DAY) -> str:
    """21-11-2026; a birth date known in part is Nov 2026, 2026 or sekitar 2026. Empty if it is not known."""
    if day is None:
        return ""
    match precision:
        case Precision.DAY:
            return f"{day.day:02d}-{day.month:02d}-{day.year:04d}"
        case Precision.MONTH:
            return f"{SHORT_MONTHS[day.month - 1]} {day.year:04d}"
        case Precision.YEAR:
            return f"{day.year:04d}"
        case Precision.ESTIMATED:
            return f"sekitar {day.year:04d}"


def short_day_text(day: date) -> str:
    """21 Nov 2026"""
    return f"{day.day} {SHORT_MONTHS[day.month - 1]} {day.year:04d}"


def letter_day_text(day: date) -> str:
    """21 November 2026"""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year:04d}"


def long_day_text(day: date) -> str:
    """Sabtu, 21 November 2026"""
    return f"{WEEKDAYS[day.weekday()]}, {letter_day_text(day)}"


def time_text(at: time | datetime, seconds: bool = False) -> str:
    """08.41 or 08.41.52, in the zone the value already has."""
    return f"{at.hour:02d}.{at.minute:02d}" + (f".{at.second:02d}" if seconds else "")


def moment_text(at: datetime) -> str:
    """21-11-2026 08.41, in the zone the value already has."""
    return f"{day_text(at.date())} {time_text(at)}"
