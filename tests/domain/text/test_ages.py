"""Ages are exact to the day, and say so where the birth date is not known that well."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ilp_desk.domain.person import Precision
from ilp_desk.domain.text.ages import (
    Age,
    age,
    age_range,
    age_text,
    due_date,
    gestation_days,
    short_age_text,
    weeks_text,
)
from ilp_desk.domain.text.dates import PartialDate

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("born", "on", "expected"),
    [
        (date(2008, 11, 21), TODAY, (18, 0, 0)),
        (date(2008, 11, 22), TODAY, (17, 11, 30)),
        (date(1966, 11, 21), TODAY, (60, 0, 0)),
        (date(2000, 2, 29), date(2001, 2, 28), (0, 11, 30)),
        (date(2000, 2, 29), date(2001, 3, 1), (1, 0, 0)),
        (date(2000, 2, 29), date(2004, 2, 28), (3, 11, 30)),
        (date(2000, 2, 29), date(2004, 2, 29), (4, 0, 0)),
        (date(2026, 1, 31), date(2026, 2, 28), (0, 0, 28)),
        (date(2026, 1, 31), date(2026, 3, 1), (0, 1, 0)),
        (date(2026, 1, 31), date(2026, 3, 30), (0, 1, 29)),
        (date(2025, 12, 31), date(2026, 3, 1), (0, 2, 0)),
        (TODAY, TODAY, (0, 0, 0)),
    ],
)
def test_completed_years_months_and_days(born: date, on: date, expected: tuple[int, int, int]) -> None:
    assert age(born, on) == Age(*expected, (on - born).days)


def test_nobody_has_an_age_before_birth() -> None:
    with pytest.raises(ValueError, match="before the birth"):
        age(TODAY, TODAY - timedelta(days=1))
    with pytest.raises(ValueError, match="at the earliest"):
        age_range(PartialDate(TODAY), TODAY - timedelta(days=1))


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 45000))
@settings(max_examples=100, deadline=None)
def test_a_day_later_nobody_is_younger_and_all_parts_stay_in_bounds(born: date, days: int) -> None:
    on = born + timedelta(days=days)
    now, later = age(born, on), age(born, on + timedelta(days=1))
    assert 0 <= now.months <= 11
    assert 0 <= now.days <= 30
    assert (later.years, later.months, later.days) > (now.years, now.months, now.days)
    assert now.total == days
    assert now.total_months == now.years * 12 + now.months


def test_an_uncertain_birth_date_answers_perhaps_near_a_boundary() -> None:
    only_year = age_range(PartialDate(date(2008, 1, 1), Precision.YEAR), TODAY)
    assert (only_year.youngest.years, only_year.oldest.years) == (17, 18)
    assert only_year.under_years(18) is None
    assert only_year.under_years(17) is False
    assert only_year.under_years(19) is True
    assert not only_year.exact
    exact = age_range(PartialDate(date(2008, 11, 21)), TODAY)
    assert exact.exact
    assert exact.under_years(18) is False
    month = age_range(PartialDate(date(2026, 10, 1), Precision.MONTH), TODAY)
    assert month.under_days(30) is None
    assert month.under_months(2) is True
    assert age_range(PartialDate(date(2026, 1, 1), Precision.YEAR), TODAY).youngest.total == 0


@given(
    st.dates(date(1910, 1, 1), TODAY),
    st.sampled_from([Precision.MONTH, Precision.YEAR, Precision.ESTIMATED]),
    st.integers(0, 125),
)
@settings(max_examples=100, deadline=None)
def test_the_range_holds_every_possible_birth(born: date, precision: Precision, years: int) -> None:
    known = born.replace(day=1) if precision is Precision.MONTH else born
    known = born.replace(day=1, month=1) if precision is Precision.YEAR else known
    ages = age_range(PartialDate(known, precision), TODAY)
    real = age(born, TODAY)
    assert ages.youngest.total <= real.total <= ages.oldest.total
    said = ages.under_years(years)
    assert said is None or said == (real.years < years)


@pytest.mark.parametrize(
    ("born", "precision", "text", "short"),
    [
        (date(1999, 2, 3), Precision.DAY, "27 th 9 bln", "27 th"),
        (date(1999, 11, 21), Precision.DAY, "27 th", "27 th"),
        (date(2026, 2, 14), Precision.DAY, "9 bln 7 hr", "9 bln"),
        (date(2026, 2, 21), Precision.DAY, "9 bln", "9 bln"),
        (date(2026, 11, 15), Precision.DAY, "6 hr", "6 hr"),
        (TODAY, Precision.DAY, "0 hr", "0 hr"),
        (date(1986, 5, 23), Precision.ESTIMATED, "± 40 th", "± 40 th"),
        (date(1999, 1, 1), Precision.YEAR, "± 27 th", "± 27 th"),
        (date(2026, 2, 1), Precision.MONTH, "± 9 bln", "± 9 bln"),
        (date(1999, 2, 1), Precision.MONTH, "27 th", "27 th"),
        (date(1999, 11, 1), Precision.MONTH, "± 27 th", "± 27 th"),
        (date(2026, 1, 1), Precision.YEAR, "± 5 bln", "± 5 bln"),
        (None, Precision.DAY, "", ""),
        (TODAY + timedelta(days=1), Precision.DAY, "", ""),
    ],
)
def test_how_ages_are_written(born: date | None, precision: Precision, text: str, short: str) -> None:
    assert age_text(born, precision, TODAY) == text
    assert short_age_text(born, precision, TODAY) == short


def test_pregnancy_is_counted_from_the_hpht() -> None:
    hpht = date(2026, 5, 9)
    assert gestation_days(hpht, TODAY) == 196
    assert weeks_text(hpht, TODAY) == "28 mgg"
    assert weeks_text(hpht, TODAY, with_days=True) == "28 mgg 0 hr"
    assert weeks_text(hpht, TODAY - timedelta(days=1), with_days=True) == "27 mgg 6 hr"
    assert due_date(hpht) == date(2027, 2, 13)
    with pytest.raises(ValueError, match="HPHT"):
        gestation_days(hpht, hpht - timedelta(days=1))
