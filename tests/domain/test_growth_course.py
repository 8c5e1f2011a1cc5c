"""N, T, twice T and below the red line, as the KMS judges the weighings of one child; and the curves it is drawn on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilp_desk.domain.growth.course import Course, Mark, Weighing, kms_month, weight_course
from ilp_desk.domain.growth.curves import SD_LINES, by_age, by_length
from ilp_desk.domain.growth.tables import GrowthTables
from ilp_desk.domain.person import Sex
from ilp_desk.domain.reference import Reference
from ilp_desk.domain.reference.growth import GrowthRules
from resources import growth_lms

BORN = date(2025, 1, 15)
BOY, GIRL = Sex.MALE, Sex.FEMALE
TABLES = GrowthTables(growth_lms)


@pytest.fixture(scope="module")
def rules(reference: Reference) -> GrowthRules:
    return reference.growth


def in_month(month: int, weight: int, zwei: int | None = None, day: int = 10) -> Weighing:
    """Weighed in that month of the KMS."""
    year, number = divmod(BORN.month - 1 + month, 12)
    return Weighing(date(BORN.year + year, number + 1, day if month else 20), weight, zwei)


def course(rules: GrowthRules, *weighings: Weighing, sex: Sex = BOY) -> tuple[Mark, ...]:
    return weight_course(BORN, sex, weighings, rules)


def letters(marks: tuple[Mark, ...]) -> str:
    return " ".join(mark.course.value or "-" for mark in marks)


@pytest.mark.parametrize(
    ("on", "month"),
    [
        (date(2025, 1, 31), 0),
        (date(2025, 2, 1), 1),
        (date(2025, 12, 31), 11),
        (date(2026, 1, 1), 12),
        (date(2026, 1, 31), 12),
    ],
)
def test_the_month_of_the_kms_changes_with_the_calendar(on: date, month: int) -> None:
    assert kms_month(BORN, on) == month


def test_nobody_is_weighed_before_the_birth() -> None:
    with pytest.raises(ValueError, match="before the birth"):
        kms_month(BORN, date(2025, 1, 14))


LEAST = {
    1: (800, 800), 2: (900, 900), 3: (800, 800), 4: (600, 600), 5: (500, 500), 6: (400, 400), 7: (400, 300),
    8: (300, 300), 9: (300, 300), 10: (300, 300), 11: (300, 200), 12: (200, 200), 36: (200, 200), 60: (200, 200),
}  # fmt: skip


@pytest.mark.parametrize("month", LEAST)
@pytest.mark.parametrize("sex", [BOY, GIRL])
def test_a_gain_equal_to_the_least_is_a_rise_and_a_gram_less_is_not(rules: GrowthRules, month: int, sex: Sex) -> None:
    least = LEAST[month][0 if sex is BOY else 1]
    before = in_month(month - 1, 8000)
    rose, stayed = (course(rules, before, in_month(month, 8000 + least + more), sex=sex)[-1] for more in (0, -1))
    assert (rose.course, rose.gain, rose.least) == (Course.ROSE, least, least)
    assert (stayed.course, stayed.gain, stayed.least) == (Course.STAYED, least - 1, least)


def test_from_61_months_on_the_kms_judges_no_more(rules: GrowthRules) -> None:
    assert letters(course(rules, in_month(60, 17000), in_month(61, 18000))) == "B O"


@pytest.mark.parametrize(
    ("before", "now", "gain", "letter"),
    [
        (4, 6, 5000, "O"),  # a month skipped below 7 months is not judged
        (10, 12, 400, "N"),  # from then on the least gain is multiplied
        (10, 12, 399, "T"),
        (12, 15, 600, "N"),
        (12, 15, 599, "T"),
    ],
)
def test_a_month_that_was_skipped(rules: GrowthRules, before: int, now: int, gain: int, letter: str) -> None:
    assert letters(course(rules, in_month(before, 9000), in_month(now, 9000 + gain))) == f"B {letter}"


def test_a_child_that_follows_its_curve_rose_though_it_gained_little(rules: GrowthRules) -> None:
    before = in_month(19, 8600, -250)
    assert letters(course(rules, before, in_month(20, 8750, -250))) == "B N"
    assert letters(course(rules, before, in_month(20, 8750, -251))) == "B T"
    strict = replace(rules, weight_course=replace(rules.weight_course, follow_curve=False))
    assert letters(course(strict, before, in_month(20, 8750, -250))) == "B T"


def test_twice_not_risen_is_referred_and_a_rise_ends_it(rules: GrowthRules) -> None:
    marks = course(
        rules, in_month(12, 9000), in_month(13, 9050), in_month(14, 9100), in_month(15, 9400), in_month(16, 9400)
    )
    assert letters(marks) == "B T T N T"
    assert [mark.in_a_row for mark in marks] == [0, 1, 2, 0, 1]
    after = rules.weight_course.referral_after
    assert [mark.refer(after) for mark in marks] == [False, False, True, False, False]


def test_a_month_without_judgement_ends_the_row(rules: GrowthRules) -> None:
    marks = course(rules, in_month(2, 5000), in_month(3, 5100), in_month(5, 6000), in_month(6, 6100))
    assert letters(marks) == "B T O T"
    assert marks[-1].in_a_row == 1


def test_weighed_twice_in_a_month_the_last_one_counts(rules: GrowthRules) -> None:
    marks = course(rules, in_month(12, 9000), in_month(13, 9900, day=2), in_month(13, 9100, day=20))
    assert letters(marks) == "B - T"
    assert marks[-1].gain == 100


@pytest.mark.parametrize(("zwei", "below"), [(-301, True), (-300, False), (None, False)])
def test_below_the_red_line(rules: GrowthRules, zwei: int | None, below: bool) -> None:
    (mark,) = course(rules, in_month(12, 7000, zwei))
    assert mark.below_red is below
    assert mark.refer(2) is below


@given(
    st.lists(
        st.builds(
            Weighing,
            st.dates(BORN, date(2031, 1, 1)),
            st.integers(1500, 40_000),
            st.none() | st.integers(-700, 700),
        ),
        max_size=12,
    )
)
def test_every_weighing_has_one_mark_in_order(reference: Reference, weighings: list[Weighing]) -> None:
    marks = weight_course(BORN, GIRL, weighings, reference.growth)
    assert sorted((mark.weighing for mark in marks), key=repr) == sorted(weighings, key=repr)
    assert all(one.weighing.day <= other.weighing.day for one, other in pairwise(marks))
    counted = [mark for mark in marks if mark.course is not Course.AGAIN]
    assert len({mark.month for mark in counted}) == len(counted)
    assert [mark.course for mark in counted].count(Course.FIRST) == (1 if weighings else 0)
    for mark in counted:
        assert (mark.in_a_row > 0) == (mark.course is Course.STAYED)


# --- curves -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("index", ["zlen", "zwei", "zbmi", "zhc", "zac"])
def test_the_lines_of_five_years_lie_one_above_the_other(index: str) -> None:
    found = by_age(TABLES, index, GIRL, (0, 60))
    assert found is not None
    assert found.x[0] == pytest.approx(91 / 30.4375 if index == "zac" else 0)
    assert found.x[-1] == pytest.approx(60, abs=0.05)
    assert len(found.x) <= 121
    assert all(one < other for one, other in pairwise(found.x))
    assert tuple(found.lines) == SD_LINES
    for lower, upper in pairwise(SD_LINES):
        assert all(low < high for low, high in zip(found.lines[lower], found.lines[upper], strict=True))


def test_the_middle_line_is_the_median() -> None:
    found = by_age(TABLES, "zwei", BOY, (0, 24), points=10_000)
    assert found is not None
    assert len(found.x) == round(24 * 30.4375) + 1
    assert found.lines[0][365] == 9.6460


def test_a_chart_over_five_years_goes_on_by_month() -> None:
    found = by_age(TABLES, "zbmi", BOY, (48, 228))
    assert found is not None
    assert found.x[-1] == 228
    assert all(one < other for one, other in pairwise(found.x))
    assert sum(x >= 61 for x in found.x) == 168


def test_weight_for_length_is_drawn_over_centimetres() -> None:
    lying = by_length(TABLES, BOY, standing=False)
    standing = by_length(TABLES, BOY, standing=True, length_cm=(80, 100))
    assert lying is not None
    assert standing is not None
    assert (lying.x[0], lying.x[-1]) == (45, 110)
    assert (standing.x[0], standing.x[-1], len(standing.x)) == (80, 100, 41)


@pytest.mark.parametrize(("index", "months"), [("zhc", (61, 120)), ("zac", (0, 2)), ("zwei", (121, 228))])
def test_where_who_has_no_curve_there_is_none(index: str, months: tuple[float, float]) -> None:
    assert by_age(TABLES, index, BOY, months) is None


def test_who_is_neither_boy_nor_girl_has_no_curve() -> None:
    assert by_age(TABLES, "zwei", Sex.UNKNOWN, (0, 60)) is None
    assert by_length(TABLES, Sex.UNKNOWN, standing=True) is None
