"""Children and doses for the tests of immunization, written the way people speak of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from ilp_desk.domain.immunization import Dose, Due, Plan, Recipient, due
from ilp_desk.domain.person import Sex

BORN = date(2024, 5, 10)


def child(born: date = BORN, **facts: Any) -> Recipient:
    """A boy whose record misses nothing since birth, if nothing else is said."""
    return Recipient(**{"born_on": born, "sex": Sex.MALE, "known_since": born, **facts})


def dose(code: str, on: date, **facts: Any) -> Dose:
    return Dose(code=code, on=on, **facts)


def months(count: int, born: date = BORN) -> date:
    """The day somebody completes that many months; counted apart from the code under test."""
    year, month = divmod(born.month - 1 + count, 12)
    day = born.day
    while True:
        try:
            return date(born.year + year, month + 1, day)
        except ValueError:
            # 31 January + 1 month is 1 March
            following = date(born.year + year, month + 1, 28) + timedelta(days=7)
            return following.replace(day=1)


def days(count: int) -> timedelta:
    return timedelta(days=count)


def item(recipient: Recipient, doses: Iterable[Dose], today: date, plan: Plan, series: str) -> Due:
    """The one item of a series."""
    (found,) = [row for row in due(recipient, doses, today, plan) if row.series == series]
    return found


USUAL = {
    "hb0": [0],
    "bcg": [1],
    "opv": [1, 2, 3, 4],
    "dpt_hb_hib": [2, 3, 4, 18],
    "pcv": [2, 3, 12],
    "rv": [2, 3, 4],
    "ipv": [4, 9],
    "mr": [9, 18],
}


def usual(series: str, count: int, born: date = BORN) -> list[Dose]:
    """The first doses of a series at their usual ages."""
    return [dose(series, months(age, born)) for age in USUAL[series][:count]]


def usual_until(today: date, born: date = BORN) -> list[Dose]:
    """Everything of the first two years that is given by a day."""
    every = [one for series in USUAL for one in usual(series, 9, born)]
    return [one for one in every if one.on <= today]
