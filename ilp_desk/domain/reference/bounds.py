"""Ages as the reference files write them ("28 hr", "2 bln", "18 th"), exact to the day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_BOUND = re.compile(r"(\d{1,3}) (hr|bln|th)")


@dataclass(frozen=True, slots=True)
class Age:
    """Completed days and completed months. Somebody born on the 31st completes a month on the 1st after a short one."""

    days: int
    months: int

    @classmethod
    def on(cls, born: date, today: date) -> Age:
        """The age on a day; raises ValueError for a birth after it."""
        if born > today:
            raise ValueError("born after today")
        months = (today.year - born.year) * 12 + today.month - born.month - (today.day < born.day)
        return cls((today - born).days, months)

    @property
    def years(self) -> int:
        return self.months // 12


@dataclass(frozen=True, slots=True)
class AgeBound:
    """An age that is reached or not. unit: hr (days), bln (completed months), th (completed years)."""

    count: int
    unit: str

    @classmethod
    def parse(cls, text: str) -> AgeBound:
        """From "18 th"; raises ValueError."""
        match = _BOUND.fullmatch(text)
        if match is None:
            raise ValueError(text)
        return cls(int(match[1]), match[2])

    def reached(self, age: Age) -> bool:
        reached = {"hr": age.days, "bln": age.months, "th": age.years}[self.unit]
        return reached >= self.count

    def __str__(self) -> str:
        return f"{self.count} {self.unit}"


@dataclass(frozen=True, slots=True)
class AgeRange:
    """From one age (included) to another (not included); None is open."""

    start: AgeBound | None = None
    end: AgeBound | None = None

    @property
    def open(self) -> bool:
        return self.start is None and self.end is None

    def holds(self, age: Age) -> bool:
        return (self.start is None or self.start.reached(age)) and (self.end is None or not self.end.reached(age))


ANY_AGE = AgeRange()


def age_words(born: date, today: date) -> str:
    """An age as screens and papers write it: "27 th 9 bln", "9 bln 7 hr", "6 hr"."""
    age = Age.on(born, today)
    if age.months >= 12:
        years, months = divmod(age.months, 12)
        return f"{years} th {months} bln" if months else f"{years} th"
    if age.months:
        days = (today - _months_after(born, age.months)).days
        return f"{age.months} bln {days} hr" if days else f"{age.months} bln"
    return f"{age.days} hr"


def _months_after(born: date, months: int) -> date:
    """The day the last of these months was completed."""
    year, month = divmod(born.year * 12 + born.month - 1 + months, 12)
    try:
        return date(year, month + 1, born.day)
    except ValueError:
        return date(year + (month == 11), (month + 1) % 12 + 1, 1)
