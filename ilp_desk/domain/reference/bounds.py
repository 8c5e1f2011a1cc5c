"""Ages as the reference files write them ("28 hr", "2 bln", "18 th"), exact to the day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from ilp_desk.domain.text.ages import Age, months_after

_BOUND = re.compile(r"(\d{1,3}) (hr|bln|th)")


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
        reached = {"hr": age.total, "bln": age.total_months, "th": age.years}[self.unit]
        return reached >= self.count

    def __str__(self) -> str:
        return f"{self.count} {self.unit}"


@dataclass(frozen=True, slots=True)
class Ages:
    """From one age (included) to another (not included); None is open."""

    start: AgeBound | None = None
    end: AgeBound | None = None

    @property
    def open(self) -> bool:
        return self.start is None and self.end is None

    def holds(self, age: Age) -> bool:
        return (self.start is None or self.start.reached(age)) and (self.end is None or not self.end.reached(age))


_SPAN = re.compile(r"(\d{1,4}) (hr|mg|bln|th)")


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time. months: of the calendar; days besides: "2 mg" is 14 days, "1 th" is 12 months."""

    months: int
    days: int

    @classmethod
    def parse(cls, text: str) -> Span:
        """From "6 bln"; raises ValueError."""
        match = _SPAN.fullmatch(text)
        if match is None:
            raise ValueError(text)
        count = int(match[1])
        return {"hr": cls(0, count), "mg": cls(0, count * 7), "bln": cls(count, 0), "th": cls(count * 12, 0)}[match[2]]

    @property
    def order(self) -> float:
        """For putting spans in order: days, months by their mean length."""
        return self.months * 30.4375 + self.days

    def after(self, day: date) -> date:
        """The day this long after another; where the month has not got it, the first of the next, as for ages."""
        return months_after(day, self.months) + timedelta(days=self.days)


ANY_AGE = Ages()
