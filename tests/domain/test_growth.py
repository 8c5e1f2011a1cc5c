"""What a child's measures mean: against WHO's own worked survey, another package, and on every boundary."""

from __future__ import annotations

import csv
import random
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from importlib.resources import files
from itertools import pairwise
from math import isclose

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rcpchgrowth.global_functions import sds_for_measurement

from ilp_desk.domain.growth.measures import Assessment, GrowthAge, Measured, assess, corrected
from ilp_desk.domain.growth.tables import GrowthTables, value_at
from ilp_desk.domain.person import Sex
from ilp_desk.domain.reference import Reference
from ilp_desk.domain.reference.growth import INDICES, GrowthRules
from ilp_desk.domain.text.ages import age
from resources import growth_lms

TABLES = GrowthTables(growth_lms)
BOY, GIRL = Sex.MALE, Sex.FEMALE


@pytest.fixture(scope="module")
def rules(reference: Reference) -> GrowthRules:
    return reference.growth


def child(days: int, sex: Sex = BOY, **measures: float | bool | None) -> Measured:
    return Measured(sex=sex, age=GrowthAge.of_days(days), **measures)  # type: ignore[arg-type]


def judged(rules: GrowthRules, measured: Measured) -> Assessment:
    return assess(measured, rules, TABLES)


def at_z(index: str, standard: str, sex: Sex, position: int, z: float) -> float:
    """The measure that lies at z."""
    table = TABLES.get(index, standard, sex)
    assert table is not None
    lms = table.at(position)
    assert lms is not None
    return value_at(z, lms, index not in ("zlen", "zhc"))


# --- against others ---------------------------------------------------------------------------------------------------


def test_the_survey_who_worked_out_gives_the_same_z_scores(rules: GrowthRules) -> None:
    """498 children with lengths, heights, oedema, missing measures and z-scores beyond ±3, computed by WHO Anthro."""
    text = files("pygrowup").joinpath("test_datasets", "MySurvey_z_st.csv").read_text("utf-8")
    compared: Counter[str] = Counter()
    for row in csv.DictReader(text.splitlines()):
        size = {key: float(row[key]) if row[key] else None for key in ("WEIGHT", "HEIGHT", "HEAD", "MUAC")}
        found = judged(
            rules,
            Measured(
                sex=BOY if row["GENDER"] == "1" else GIRL,
                age=GrowthAge.of_days(int(row["age.days"])),
                weight_kg=size["WEIGHT"],
                length_cm=size["HEIGHT"],
                lying={"l": True, "h": False, "": None}[row["measure"]],
                oedema=row["oedema"] == "y",
                head_cm=size["HEAD"],
                arm_cm=size["MUAC"],
            ),
        )
        mine = {index: f"{score.hundredths / 100:.2f}" for index, score in found.by_index.items()}
        theirs = {index: f"{float(row[index]):.2f}" for index in INDICES if row[index]}
        assert mine == theirs, row["id"]
        assert not any(score.doubtful for score in found.scores)
        compared.update(theirs.keys())
    assert compared == {"zlen": 475, "zwei": 489, "zwfl": 467, "zbmi": 468, "zhc": 94, "zac": 446}


NAMES = {"zlen": "height", "zwei": "weight", "zbmi": "bmi", "zhc": "ofc"}


def test_5000_random_children_agree_with_another_package(rules: GrowthRules) -> None:
    """One index a child in turn, 0 to 1856 days and 61 to 228 months. The other package has no ±3 SD rule: skewed
    indices are compared within it, length and head beyond it too."""
    lot = random.Random(20261121)
    compared: Counter[tuple[str, str]] = Counter()
    while compared.total() < 5_000:
        index = lot.choice(list(NAMES))
        sex = lot.choice([BOY, GIRL])
        standard = "2007" if lot.random() < 0.3 and index != "zhc" else "2006"
        table = TABLES.get(index, standard, sex)
        assert table is not None
        position = lot.randint(table.first, table.last)
        if (index, standard, sex, position) == ("zlen", "2006", GIRL, 1827):
            continue  # a slip of the other package: the boys' row
        far = 6 if index in ("zlen", "zhc") else 2.99
        value = round(at_z(index, standard, sex, position, lot.uniform(-far, far)), 2)
        length, weight = 80.0, value
        if index == "zlen":
            length = value
        elif index == "zbmi":
            weight = value * 0.8**2
        age = GrowthAge.of_days(position) if standard == "2006" else GrowthAge.of_months(position)
        mine = judged(rules, Measured(sex=sex, age=age, weight_kg=weight, length_cm=length, head_cm=value))
        theirs = sds_for_measurement(
            reference="who",
            age=position / (365.25 if standard == "2006" else 12),
            measurement_method=NAMES[index],
            observation_value=value,
            sex="male" if sex is BOY else "female",
        )
        if index in ("zlen", "zhc") or abs(theirs) <= 3:
            assert isclose(mine.by_index[index].z, theirs, abs_tol=1e-6), (index, sex, position, value)
            compared[index, standard] += 1
    assert min(compared.values()) > 300


# --- ages -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "months", "standard"),
    [(0, 0, "2006"), (30, 0, "2006"), (31, 1, "2006"), (1856, 60, "2006"), (1857, 61, "2007")],
)
def test_days_give_months_of_who(days: int, months: int, standard: str) -> None:
    found = GrowthAge.of_days(days)
    assert (found.months, found.standard) == (months, standard)


@pytest.mark.parametrize(
    ("born", "on", "days", "months"),
    [
        (date(2024, 2, 29), date(2025, 2, 28), 365, 11),
        (date(2024, 2, 29), date(2025, 3, 1), 366, 12),
        (date(2026, 1, 31), date(2026, 2, 28), 28, 0),
        (date(2026, 1, 31), date(2026, 3, 1), 29, 1),
        (date(2026, 1, 31), date(2026, 1, 31), 0, 0),
    ],
)
def test_dates_give_completed_months_of_the_calendar(born: date, on: date, days: int, months: int) -> None:
    age = GrowthAge.between(born, on)
    assert (age.days, age.months) == (days, months)


@given(st.dates(date(2005, 1, 1), date(2025, 1, 1)), st.integers(0, 7000))
def test_months_are_counted_as_everywhere_in_the_program(born: date, days: int) -> None:
    on = born + timedelta(days=days)
    exact = age(born, on)
    assert GrowthAge.between(born, on) == GrowthAge(exact.total, exact.total_months)


def test_a_calendar_month_over_later_than_the_first_row_still_finds_it() -> None:
    """61 calendar months may be complete on day 1858, the tables by day end on day 1856."""
    age = GrowthAge.between(date(2019, 12, 15), date(2025, 1, 14))
    assert (age.days, age.months, age.standard, age.table_month) == (1857, 60, "2007", 61)


def test_ages_that_cannot_be() -> None:
    with pytest.raises(ValueError, match="before the birth"):
        GrowthAge.of_days(-1)
    with pytest.raises(ValueError, match="before the birth"):
        GrowthAge.between(date(2026, 1, 2), date(2026, 1, 1))
    with pytest.raises(ValueError, match="days are needed"):
        GrowthAge.of_months(60)


@pytest.mark.parametrize(
    ("days", "gestation", "expected"),
    [
        (100, 36 * 7 + 6, 100 - 22),  # a day before 37 weeks
        (100, 37 * 7, 100),
        (100, None, 100),
        (70, 30 * 7, 0),
        (69, 30 * 7, None),  # the day it was due is to come
        (730, 30 * 7, 660),  # the last day under 24 months of 30.4375 days
        (731, 30 * 7, 731),
    ],
)
def test_early_born_children_are_counted_from_the_day_they_were_due(
    rules: GrowthRules, days: int, gestation: int | None, expected: int | None
) -> None:
    found = corrected(GrowthAge.of_days(days), gestation, rules.prematurity)
    assert (found.days if found else None) == expected


def test_prematurity_ends_on_the_second_birthday(rules: GrowthRules) -> None:
    born = date(2024, 11, 21)
    before, after = (GrowthAge.between(born, day) for day in (date(2026, 11, 20), date(2026, 11, 21)))
    early = corrected(before, 210, rules.prematurity)
    assert early is not None
    assert before.days is not None
    assert early.days == before.days - 70
    assert corrected(after, 210, rules.prematurity) == after
    assert corrected(GrowthAge.of_months(61), 210, rules.prematurity) == GrowthAge.of_months(61)


# --- lying or standing ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "lying", "length", "standing"),
    [
        (730, True, 87.0, False),
        (730, False, 87.7, False),
        (730, None, 87.0, False),
        (731, True, 86.3, True),
        (731, False, 87.0, True),
        (731, None, 87.0, True),
        (1857, True, 86.3, True),
    ],
)
def test_length_measured_the_other_way_is_corrected(
    rules: GrowthRules, days: int, lying: bool | None, length: float, standing: bool
) -> None:
    found = judged(rules, child(days, length_cm=87.0, lying=lying, weight_kg=12.0))
    assert found.length_cm == pytest.approx(length)
    assert found.standing is standing
    assert found.bmi == pytest.approx(12.0 / (length / 100) ** 2)
    index = rules.indices["zwfl"]
    assert found.name(index) == ("BB/TB" if standing else "BB/PB")


def test_at_two_years_weight_is_held_against_height(rules: GrowthRules) -> None:
    """64 cm is in the table of lengths, not in that of heights."""
    assert "zwfl" in judged(rules, child(730, length_cm=64.0, weight_kg=7.0)).by_index
    found = judged(rules, child(731, length_cm=64.0, weight_kg=7.0))
    assert found.without == {"zwfl": "no_table_length"}


@pytest.mark.parametrize(("length", "there"), [(44.9, False), (45.0, True), (110.0, True), (110.1, False)])
def test_lengths_outside_the_table(rules: GrowthRules, length: float, there: bool) -> None:
    assert ("zwfl" in judged(rules, child(300, length_cm=length, weight_kg=8.0)).by_index) is there


def test_half_a_millimetre_counts(rules: GrowthRules) -> None:
    low, middle, high = (
        judged(rules, child(427, length_cm=length, weight_kg=7.8)).by_index["zwfl"].z for length in (74.0, 74.05, 74.1)
    )
    assert low > middle > high


# --- which indices ----------------------------------------------------------------------------------------------------


def everything(days: int) -> Measured:
    return child(days, weight_kg=18.0, length_cm=108.0, head_cm=50.0, arm_cm=16.0)


@pytest.mark.parametrize(
    ("days", "indices"),
    [
        (0, {"zlen", "zwei", "zwfl", "zbmi", "zhc"}),
        (90, {"zlen", "zwei", "zwfl", "zbmi", "zhc"}),
        (91, {"zlen", "zwei", "zwfl", "zbmi", "zhc", "zac"}),
        (1826, {"zlen", "zwei", "zwfl", "zbmi", "zhc", "zac"}),
        (1827, {"zlen", "zwei", "zwfl", "zbmi", "zhc", "zac"}),
        (1856, {"zlen", "zwei", "zwfl", "zbmi", "zhc", "zac"}),
        (1857, {"zlen", "zwei", "zbmi"}),
        (3682, {"zlen", "zwei", "zbmi"}),  # 120 months, the last one with a weight for age
        (3683, {"zlen", "zbmi"}),
        (6969, {"zlen", "zbmi"}),  # 228 months
        (6971, set()),
    ],
)
def test_every_age_has_its_indices(rules: GrowthRules, days: int, indices: set[str]) -> None:
    found = judged(rules, everything(days))
    assert set(found.by_index) == indices
    assert set(found.without) == set(INDICES) - indices


def test_61_months_told_as_months_and_as_days_are_the_same(rules: GrowthRules) -> None:
    days = everything(1857)
    months = replace(days, age=GrowthAge.of_months(61))
    assert judged(rules, days).scores == judged(rules, months).scores


def test_the_median_newborn_girl_has_z_0(rules: GrowthRules) -> None:
    found = judged(rules, child(0, GIRL, weight_kg=3.2322, length_cm=49.1477, head_cm=33.8787))
    assert {index: found.by_index[index].hundredths for index in ("zlen", "zwei", "zhc")} == {
        "zlen": 0,
        "zwei": 0,
        "zhc": 0,
    }
    assert found.by_index["zlen"].text == "0,00"


def test_a_negative_score_is_written_with_a_minus_sign(rules: GrowthRules) -> None:
    assert judged(rules, child(427, weight_kg=7.8)).by_index["zwei"].text == "−2,34"


def test_a_boy_taken_for_a_girl_has_other_scores(rules: GrowthRules) -> None:
    boy = child(400, BOY, weight_kg=9.2, length_cm=76.0, head_cm=45.5)
    one, other = (judged(rules, measured).by_index for measured in (boy, replace(boy, sex=GIRL)))
    assert all(one[index].hundredths < other[index].hundredths for index in ("zlen", "zwei", "zhc"))


def test_oedema_leaves_only_what_does_not_rest_on_weight(rules: GrowthRules) -> None:
    found = judged(rules, replace(everything(1000), oedema=True))
    assert set(found.by_index) == {"zlen", "zhc", "zac"}
    assert found.without == dict.fromkeys(("zwei", "zwfl", "zbmi"), "not_with_oedema")


def test_unknown_sex_has_no_scores(rules: GrowthRules) -> None:
    assert judged(rules, replace(everything(1000), sex=Sex.UNKNOWN)).scores == ()


# --- labels -----------------------------------------------------------------------------------------------------------

UNDER_FIVE = {
    "zlen": [
        (-301, "Sangat pendek"),
        (-300, "Pendek"),
        (-201, "Pendek"),
        (-200, "Normal"),
        (300, "Normal"),
        (301, "Tinggi"),
    ],
    "zwei": [
        (-301, "Berat badan sangat kurang"),
        (-300, "Berat badan kurang"),
        (-201, "Berat badan kurang"),
        (-200, "Berat badan normal"),
        (100, "Berat badan normal"),
        (101, "Risiko berat badan lebih"),
    ],
    "zhc": [(-201, "Mikrosefali"), (-200, "Normal"), (200, "Normal"), (201, "Makrosefali")],
}
WASTED = [
    (-301, "Gizi buruk"),
    (-300, "Gizi kurang"),
    (-201, "Gizi kurang"),
    (-200, "Gizi baik"),
    (100, "Gizi baik"),
    (101, "Berisiko gizi lebih"),
    (200, "Berisiko gizi lebih"),
    (201, "Gizi lebih"),
    (300, "Gizi lebih"),
    (301, "Obesitas"),
]
SCHOOL = [*WASTED[:5], (101, "Gizi lebih"), (200, "Gizi lebih"), (201, "Obesitas"), (301, "Obesitas")]
EDGES = [
    *((index, "2006", said, label) for index, edges in UNDER_FIVE.items() for said, label in edges),
    *((index, "2006", said, label) for index in ("zwfl", "zbmi") for said, label in WASTED),
    *(("zbmi", "2007", said, label) for said, label in SCHOOL),
]


@pytest.mark.parametrize(("index", "standard", "said", "label"), EDGES)
def test_labels_on_both_sides_of_every_bound(
    rules: GrowthRules, index: str, standard: str, said: int, label: str
) -> None:
    assert rules.scales[standard][index].band(said).label == label


@pytest.mark.parametrize("sd", [-3, -2])
def test_a_child_exactly_on_a_line_is_not_below_it(rules: GrowthRules, sd: int) -> None:
    """The float of the line itself may lie a hair below: it is judged as it is said, with two decimals."""
    for days in range(0, 1857, 58):
        length = at_z("zlen", "2006", GIRL, days, sd)
        score = judged(rules, child(days, GIRL, length_cm=length)).by_index["zlen"]
        assert score.hundredths == sd * 100
        assert score.band is not None
        assert score.band.label == {-3: "Pendek", -2: "Normal"}[sd]


def test_where_nothing_is_said_there_is_no_label(rules: GrowthRules) -> None:
    found = judged(rules, everything(2500)).by_index
    assert found["zlen"].band is None
    assert found["zwei"].band is None
    assert found["zbmi"].band is not None


@pytest.mark.parametrize(
    ("arm", "label"), [(11.4, "Gizi buruk"), (11.5, "Gizi kurang"), (12.4, "Gizi kurang"), (12.5, "Normal")]
)
def test_the_arm_is_judged_by_its_own_measure(rules: GrowthRules, arm: float, label: str) -> None:
    muac = judged(rules, child(400, arm_cm=arm)).muac
    assert muac is not None
    assert muac.label == label


@pytest.mark.parametrize(
    ("on", "there"),
    [(date(2026, 6, 9), False), (date(2026, 6, 10), True), (date(2030, 12, 9), True), (date(2030, 12, 10), False)],
)
def test_the_arm_is_judged_from_6_to_59_completed_months(rules: GrowthRules, on: date, there: bool) -> None:
    age = GrowthAge.between(date(2025, 12, 10), on)
    assert (judged(rules, Measured(sex=BOY, age=age, arm_cm=13.0)).muac is not None) is there


@pytest.mark.parametrize(
    ("index", "low", "high"),
    [("zlen", -6, 6), ("zwei", -6, 5), ("zwfl", -5, 5), ("zbmi", -5, 5), ("zhc", -5, 5), ("zac", -5, 5)],
)
def test_a_score_beyond_the_limits_is_doubtful_but_keeps_its_label(
    rules: GrowthRules, index: str, low: int, high: int
) -> None:
    assert rules.indices[index].flag == (low * 100, high * 100)
    days, length = 500, 80.0
    for z, doubtful in ((low - 0.02, True), (low, False), (high, False), (high + 0.02, True)):
        kind, position = ("lying", 800) if index == "zwfl" else ("2006", days)
        value = at_z(index, kind, BOY, position, z)
        name = {"zlen": "length_cm", "zhc": "head_cm", "zac": "arm_cm"}.get(index, "weight_kg")
        measures: dict[str, float | bool | None] = {"length_cm": length}
        measures[name] = value * 0.8**2 if index == "zbmi" else value
        score = judged(rules, child(days, BOY, **measures)).by_index[index]
        assert score.hundredths == round(z * 100)
        assert score.doubtful is doubtful
        assert (score.band is None) is (index == "zac")


# --- properties -------------------------------------------------------------------------------------------------------

sizes = st.none() | st.floats(0.3, 230, allow_nan=False)
children = st.builds(
    Measured,
    sex=st.sampled_from([BOY, GIRL]),
    age=st.integers(0, 7300).map(GrowthAge.of_days) | st.integers(61, 240).map(GrowthAge.of_months),
    weight_kg=sizes,
    length_cm=sizes,
    lying=st.none() | st.booleans(),
    oedema=st.booleans(),
    head_cm=sizes,
    arm_cm=sizes,
)


@given(children)
@example(Measured(sex=BOY, age=GrowthAge.of_days(731), weight_kg=1.0, length_cm=0.7, lying=True))
def test_every_measure_has_a_score_or_a_reason(reference: Reference, measured: Measured) -> None:
    found = judged(reference.growth, measured)
    assert not found.by_index.keys() & found.without.keys()
    assert set(found.without.values()) <= set(reference.growth.words)
    given_sizes = (measured.length_cm, measured.weight_kg, measured.head_cm, measured.arm_cm)
    both = None not in given_sizes[:2]
    asked = {
        index
        for index, there in zip(
            ("zlen", "zwei", "zwfl", "zbmi", "zhc", "zac"),
            (given_sizes[0], given_sizes[1], both or None, both or None, given_sizes[2], given_sizes[3]),
        )
        if there is not None
    }
    assert found.by_index.keys() | found.without.keys() == asked


@given(st.integers(0, 1856), st.sampled_from([BOY, GIRL]), st.lists(st.integers(5, 400), min_size=2, unique=True))
def test_who_weighs_more_has_higher_scores(reference: Reference, days: int, sex: Sex, tenths: list[int]) -> None:
    scores = [
        judged(reference.growth, child(days, sex, weight_kg=weight / 10, length_cm=80.0)).by_index
        for weight in sorted(tenths)
    ]
    for index in ("zwei", "zwfl", "zbmi"):
        assert all(one[index].z < other[index].z for one, other in pairwise(scores))
