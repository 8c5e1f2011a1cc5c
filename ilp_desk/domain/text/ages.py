"""Ages exact to the day, ages of those whose birth date is not well known, and gestational age."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from ilp_desk.domain.person import Precision
from ilp_desk.domain.text.dates import PartialDate

PREGNANCY_DAYS: Final = 280
"""From the first day of the last menstruation (HPHT) to the expected birth (HPL); ilp-reference 2.2."""


@dataclass(frozen=True, slots=True)
class Age:
    """Completed years, months and days; total: days since birth. Rounded down: four until the fifth birthday."""

    years: int
    months: int
    days: int
    total: int

    @property
    def total_months(self) -> int:
        return self.years * 12 + self.months


@dataclass(frozen=True, slots=True)
class AgeRange:
    """The ages somebody can have whose birth date is known only in part."""

    youngest: Age
    oldest: Age

    @property
    def exact(self) -> bool:
        return self.youngest == self.oldest

    def under_years(self, years: int) -> bool | None:
        """Whether this person has not completed that many years; None: it depends on the unknown day."""
        return _agreed(self.youngest.years < years, self.oldest.years < years)

    def under_months(self, months: int) -> bool | None:
        return _agreed(self.youngest.total_months < months, self.oldest.total_months < months)

    def under_days(self, days: int) -> bool | None:
        return _agreed(self.youngest.total < days, self.oldest.total < days)


def age(born: date, on: date) -> Age:
    """The age on a day. Who was born on a day this month has not got, is a month older on the 1st of the next: born
    29 February 2000, one year old on 1 March 2001. ValueError before birth."""
    if on < born:
        raise ValueError(f"{on} is before the birth on {born}")
    months = (on.year - born.year) * 12 + on.month - born.month - (on.day < born.day)
    years, rest = divmod(months, 12)
    return Age(years, rest, (on - months_after(born, months)).days, (on - born).days)


def age_range(born: PartialDate, on: date) -> AgeRange:
    """The youngest and the oldest age possible on a day; nobody is born after it."""
    if born.earliest > on:
        raise ValueError(f"{on} is before the birth, {born.earliest} at the earliest")
    return AgeRange(youngest=age(min(born.latest, on), on), oldest=age(born.earliest, on))


def age_text(born: date | None, precision: Precision, on: date) -> str:
    """27 th 9 bln; under a year 9 bln 7 hr; under a month 6 hr. Where the birth date leaves it open: ± 40 th, ± 9 bln.

    Empty if the birth date is not known or lies after the day.
    """
    return _written(born, precision, on, short=False)


def short_age_text(born: date | None, precision: Precision, on: date) -> str:
    """The largest unit only, for lists: 27 th, 9 bln, 6 hr, ± 40 th. Empty as `age_text` is."""
    return _written(born, precision, on, short=True)


def gestation_days(hpht: date, on: date) -> int:
    """Days of pregnancy since the HPHT. ValueError before it."""
    if on < hpht:
        raise ValueError(f"{on} is before the HPHT {hpht}")
    return (on - hpht).days


def due_date(hpht: date) -> date:
    """HPL by Naegele: HPHT + 280 days."""
    return hpht + timedelta(days=PREGNANCY_DAYS)


def weeks_text(hpht: date, on: date, with_days: bool = False) -> str:
    """28 mgg, or 28 mgg 0 hr. ValueError before the HPHT."""
    weeks, days = divmod(gestation_days(hpht, on), 7)
    return f"{weeks} mgg {days} hr" if with_days else f"{weeks} mgg"


def _written(born: date | None, precision: Precision, on: date, short: bool) -> str:
    known = PartialDate(born, precision) if born else None
    if known is None or known.earliest > on:
        return ""
    if precision != Precision.DAY:
        ages = age_range(known, on)
        if precision != Precision.ESTIMATED and ages.youngest.years == ages.oldest.years > 0:
            return f"{ages.oldest.years} th"
        middle = age(known.earliest + (min(known.latest, on) - known.earliest) // 2, on)
        return f"± {middle.years} th" if middle.years else f"± {middle.months} bln"
    exact = age(known.day, on)
    if exact.years:
        return f"{exact.years} th" + (f" {exact.months} bln" if exact.months and not short else "")
    if exact.months:
        return f"{exact.months} bln" + (f" {exact.days} hr" if exact.days and not short else "")
    return f"{exact.days} hr"


def months_after(born: date, months: int) -> date:
    years, month = divmod(born.month - 1 + months, 12)
    try:
        return date(born.year + years, month + 1, born.day)
    except ValueError:
        return date(born.year + years, month + 2, 1)


def _agreed(one: bool, other: bool) -> bool | None:
    return one if one == other else None
