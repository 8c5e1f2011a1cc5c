"""A child's growth as a whole: days together, prematurity, what to do, what is given, which KPSP form."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from ilp_desk.domain.growth.child import Measures, Point, advice_for, child_points, supplements_at, together
from ilp_desk.domain.growth.tables import GrowthTables
from ilp_desk.domain.person import Sex
from ilp_desk.domain.reference import Reference
from ilp_desk.domain.reference.growth import GrowthRules
from resources import growth_lms

BORN = date(2025, 9, 18)
BOY = Sex.MALE
TABLES = GrowthTables(growth_lms)


@pytest.fixture(scope="module")
def rules(reference: Reference) -> GrowthRules:
    return reference.growth


def points(rules: GrowthRules, *takings: Measures, gestation: int | None = None) -> tuple[Point, ...]:
    return child_points(BORN, BOY, gestation, takings, rules, TABLES)


def advised(rules: GrowthRules, *takings: Measures) -> list[str]:
    return [row.code for row in advice_for(points(rules, *takings)[-1], rules)]


def weights(*pairs: tuple[date, int]) -> list[Measures]:
    return [Measures(day=day, weight=grams) for day, grams in pairs]


def test_measures_of_one_day_are_one_point_and_the_later_one_counts() -> None:
    day = date(2026, 11, 21)
    joined = together(
        [
            Measures(day=day, weight=7800, height=740, lying=True, oedema=True),
            Measures(day=day, weight=7900),
            Measures(day=day, head=452, oedema=False),
            Measures(day=day - timedelta(days=1), arm=129),
        ]
    )
    assert joined == (
        Measures(day=date(2026, 11, 20), arm=129),
        Measures(day=day, weight=7900, height=740, lying=True, head=452, oedema=False),
    )


def test_the_child_of_the_picture(rules: GrowthRules) -> None:
    *_, before, last = points(
        rules,
        *weights((date(2026, 9, 20), 7700), (date(2026, 10, 20), 7750)),
        Measures(day=date(2026, 11, 21), weight=7800, height=740, lying=True, head=452, arm=129),
    )
    assert last.assessment is not None
    assert last.mark is not None
    said = {code: score.text for code, score in last.assessment.by_index.items()}
    assert (said["zwei"], said["zlen"], said["zwfl"]) == ("−2,35", "−1,67", "−2,19")
    assert (last.mark.course, last.mark.gain, last.mark.least, last.mark.in_a_row) == ("T", 50, 200, 2)
    assert before.mark is not None
    assert before.mark.in_a_row == 1
    assert [row.code for row in advice_for(last, rules)] == ["ADV-2T", "ADV-MAM"]


def test_only_days_after_the_birth_are_judged(rules: GrowthRules) -> None:
    found = points(rules, Measures(day=BORN - timedelta(days=1), weight=3000), Measures(day=BORN, weight=3100))
    assert [point.measures.weight for point in found] == [3100]


@pytest.mark.parametrize(
    ("gestation", "on", "days"),
    [
        (34 * 7, date(2026, 1, 18), 122 - 42),
        (37 * 7, date(2026, 1, 18), 122),
        (None, date(2026, 1, 18), 122),
        (34 * 7, date(2027, 9, 17), 729 - 42),
        (34 * 7, date(2027, 9, 18), 730),
    ],
)
def test_a_child_born_early_is_as_old_as_if_born_when_due(
    rules: GrowthRules, gestation: int | None, on: date, days: int
) -> None:
    (point,) = points(rules, Measures(day=on, weight=9000), gestation=gestation)
    assert point.assessment is not None
    assert point.assessment.measured.age.days == days
    assert point.corrected == (days != (on - BORN).days)


def test_before_the_day_it_was_due_nothing_is_judged_but_the_weight_counts(rules: GrowthRules) -> None:
    due = BORN + timedelta(days=42)
    early, on_day = points(
        rules,
        Measures(day=due - timedelta(days=1), weight=2500),
        Measures(day=due, weight=2600),
        gestation=34 * 7,
    )
    assert early.assessment is None
    assert early.mark is not None
    assert on_day.assessment is not None
    assert on_day.assessment.measured.age.days == 0


def test_a_child_whose_sex_nobody_knows_has_a_weight_and_no_judgement(rules: GrowthRules) -> None:
    (point,) = child_points(BORN, Sex.UNKNOWN, None, [Measures(day=date(2026, 3, 1), weight=7000)], rules, TABLES)
    assert point.assessment is None
    assert advice_for(point, rules) == ()


def test_one_row_without_a_rise_is_told_otherwise_than_two(rules: GrowthRules) -> None:
    rows = [(date(2026, 9, 20), 9800), (date(2026, 10, 20), 9850), (date(2026, 11, 20), 9900)]
    assert advised(rules, *weights(*rows[:2])) == ["ADV-T"]
    assert advised(rules, *weights(*rows)) == ["ADV-2T"]
    assert advised(rules, *weights(rows[0], (date(2026, 10, 20), 10_000))) == []


def test_oedema_stands_before_everything_else(rules: GrowthRules) -> None:
    day = date(2026, 11, 21)
    assert advised(rules, Measures(day=day, weight=6000, height=740, lying=True, oedema=True, arm=110)) == [
        "ADV-OEDEMA"
    ]


@pytest.mark.parametrize(("arm", "codes"), [(114, ["ADV-SAM"]), (115, ["ADV-MAM"]), (124, ["ADV-MAM"]), (125, [])])
def test_the_arm_alone_says_severe_and_moderate(rules: GrowthRules, arm: int, codes: list[str]) -> None:
    assert advised(rules, Measures(day=date(2026, 11, 21), arm=arm)) == codes


def test_severe_wasting_under_six_months_goes_to_the_ward(rules: GrowthRules) -> None:
    thin = Measures(day=date(2026, 3, 17), weight=4000, height=620, lying=True)
    assert advised(rules, thin)[0] == "ADV-SAM-INFANT"
    assert advised(rules, replace(thin, day=date(2026, 3, 18)))[0] == "ADV-SAM"


def test_below_the_red_line_is_told_without_the_weight_for_age(rules: GrowthRules) -> None:
    assert advised(rules, *weights((date(2026, 11, 21), 7000))) == ["ADV-BGM"]
    assert advised(rules, *weights((date(2026, 11, 21), 7900))) == ["ADV-UNDER"]


def test_what_cannot_be_is_measured_again(rules: GrowthRules) -> None:
    codes = advised(rules, Measures(day=date(2026, 11, 21), height=1100, lying=True))
    assert codes == ["ADV-DOUBT"]


@pytest.mark.parametrize(
    ("months", "labels"),
    [
        (5, []),
        (6, ["Vitamin A biru 100.000 IU"]),
        (11, ["Vitamin A biru 100.000 IU"]),
        (12, ["Vitamin A merah 200.000 IU", "Obat cacing albendazol 200 mg"]),
        (23, ["Vitamin A merah 200.000 IU", "Obat cacing albendazol 200 mg"]),
        (24, ["Vitamin A merah 200.000 IU", "Obat cacing albendazol 400 mg"]),
        (59, ["Vitamin A merah 200.000 IU", "Obat cacing albendazol 400 mg"]),
        (60, ["Obat cacing albendazol 400 mg"]),
        (155, ["Obat cacing albendazol 400 mg"]),
        (156, []),
    ],
)
def test_what_is_given_at_which_age(rules: GrowthRules, months: int, labels: list[str]) -> None:
    assert [f"{row.label} {row.dose}" for row in supplements_at(months, rules)] == labels


def test_what_is_given_is_a_fact_the_due_rules_know(reference: Reference) -> None:
    assert all(row.fact in reference.services.facts for row in reference.growth.supplements)


@pytest.mark.parametrize(("on", "course"), [(date(2030, 9, 18), "T"), (date(2030, 10, 1), None)])
def test_after_the_last_month_of_the_card_no_weight_is_judged_by_it(
    rules: GrowthRules, on: date, course: str | None
) -> None:
    *_, last = points(rules, *weights((date(2030, 8, 20), 9000), (on, 9000)))
    assert (last.mark.course.value if last.mark is not None else None) == course
    assert ("ADV-BGM" in advised(rules, Measures(day=on, weight=9000))) is (course is not None)
