"""The WHO tables as they are read, and the arithmetic on them: published values, a second source, properties."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rcpchgrowth.who import WHO_2007_DATA, WHO_CHILD_DATA, WHO_INFANTS_DATA

from ilp_desk.domain.growth.tables import RESTRICTED, GrowthTables, hundredths, value_at, zscore
from ilp_desk.domain.person import Sex
from resources import growth_lms

TABLES = GrowthTables(growth_lms)
BOY, GIRL = Sex.MALE, Sex.FEMALE

# index, standard: first and last position
RANGES = {
    ("zlen", "2006"): (0, 1856),
    ("zwei", "2006"): (0, 1856),
    ("zbmi", "2006"): (0, 1856),
    ("zhc", "2006"): (0, 1856),
    ("zac", "2006"): (91, 1856),
    ("zlen", "2007"): (61, 228),
    ("zwei", "2007"): (61, 120),
    ("zbmi", "2007"): (61, 228),
    ("zwfl", "lying"): (450, 1100),
    ("zwfl", "standing"): (650, 1200),
}
KINDS = sorted(RANGES)


@pytest.mark.parametrize("kind", KINDS, ids="-".join)
@pytest.mark.parametrize("sex", [BOY, GIRL])
def test_every_table_begins_and_ends_where_who_says(kind: tuple[str, str], sex: Sex) -> None:
    table = TABLES.get(*kind, sex)
    assert table is not None
    first, last = RANGES[kind]
    assert (table.first, table.last) == (first, last)
    assert table.at(first - 1) is None
    assert table.at(last + 1) is None
    assert table.at(last + 0.5) is None
    assert table.at(first) is not None
    assert table.at(last) is not None


@pytest.mark.parametrize(
    ("index", "standard", "sex", "position", "median"),
    [
        ("zwei", "2006", BOY, 365, 9.6460),
        ("zwei", "2006", BOY, 366, 9.6535),
        ("zwei", "2006", GIRL, 0, 3.2322),
        ("zlen", "2006", BOY, 365, 75.7391),
        ("zlen", "2006", BOY, 366, 75.7781),
        ("zbmi", "2006", BOY, 731, 16.0189),
        ("zhc", "2006", BOY, 365, 46.0637),
        ("zlen", "2007", BOY, 120, 137.7795),
        ("zbmi", "2007", GIRL, 228, 21.4269),
    ],
)
def test_published_medians(index: str, standard: str, sex: Sex, position: int, median: float) -> None:
    table = TABLES.get(index, standard, sex)
    assert table is not None
    found = table.at(position)
    assert found is not None
    assert found[1] == median


def second_source() -> Mapping[tuple[str, str, Sex], Mapping[int, Mapping[str, float]]]:
    """The tables of the other package by index, standard and sex, with the position in days or months."""
    found: dict[tuple[str, str, Sex], dict[int, Mapping[str, float]]] = {}
    names = {"height": "zlen", "weight": "zwei", "bmi": "zbmi", "ofc": "zhc"}
    for data, standard, per_year in (
        (WHO_INFANTS_DATA, "2006", 365.25),
        (WHO_CHILD_DATA, "2006", 365.25),
        (WHO_2007_DATA, "2007", 12),
    ):
        for name, index in names.items():
            for word, sex in (("male", BOY), ("female", GIRL)):
                rows: Sequence[Mapping[str, float]] = data["measurement"].get(name, {}).get(word, ())
                kept = found.setdefault((index, standard, sex), {})
                kept.update({round(row["decimal_age"] * per_year): row for row in rows})
    return found


def test_a_second_source_has_the_same_tables() -> None:
    """14,856 rows by day and 792 by month; the one that differs is a slip of the other: it holds the boys' row."""
    compared = 0
    different = []
    for (index, standard, sex), rows in second_source().items():
        table = TABLES.get(index, standard, sex)
        if table is None:
            continue
        for position in range(table.first, table.last + 1):
            row = rows.get(position)
            if row is None:
                continue
            compared += 1
            if table.at(position) != (row["L"], row["M"], row["S"]):
                different.append((index, standard, sex, position))
    assert compared == 14_856 + 792
    assert different == [("zlen", "2006", GIRL, 1827)]


def test_between_two_rows_is_their_straight_line() -> None:
    table = TABLES.get("zwfl", "lying", BOY)
    assert table is not None
    below, between, above = table.at(700), table.at(700.5), table.at(701)
    assert below is not None
    assert between is not None
    assert above is not None
    assert isclose(between[1], (below[1] + above[1]) / 2)


def test_what_who_has_no_table_for() -> None:
    assert TABLES.get("zhc", "2007", BOY) is None
    assert TABLES.get("zac", "2007", GIRL) is None
    assert TABLES.get("zwei", "2006", Sex.UNKNOWN) is None
    assert "zwfl" not in TABLES.of(BOY, "2007", "standing")


def test_a_table_is_read_once_and_when_it_is_wanted_and_the_package_lets_it_go() -> None:
    asked: list[tuple[str, str]] = []

    def reader(name: str, period: str) -> Mapping[str, tuple[int, Sequence[float], Sequence[float], Sequence[float]]]:
        asked.append((name, period))
        return growth_lms(name, period)

    tables = GrowthTables(reader)
    assert asked == []
    tables.get("zwei", "2006", BOY)
    tables.get("zwei", "2006", GIRL)
    assert asked == [("wfa", "by_day")]
    assert "pygrowup.tables.by_day.wfa" not in sys.modules
    _, power, *_ = growth_lms("wfa", "by_day")["L"]
    assert sys.getsizeof(power) < 20_000


rows = st.sampled_from(KINDS).flatmap(
    lambda kind: st.tuples(st.just(kind), st.sampled_from([BOY, GIRL]), st.integers(*RANGES[kind]))
)


def lms_at(row: tuple[tuple[str, str], Sex, int]) -> tuple[float, float, float]:
    kind, sex, position = row
    table = TABLES.get(*kind, sex)
    assert table is not None
    found = table.at(position)
    assert found is not None
    return found


@given(rows)
def test_the_median_has_z_0(row: tuple[tuple[str, str], Sex, int]) -> None:
    lms = lms_at(row)
    assert zscore(lms[1], lms, row[0][0] in RESTRICTED) == 0


@given(rows, st.floats(-6, 6))
def test_the_measure_at_z_has_that_z(row: tuple[tuple[str, str], Sex, int], z: float) -> None:
    lms, restricted = lms_at(row), row[0][0] in RESTRICTED
    assert isclose(zscore(value_at(z, lms, restricted), lms, restricted), z, abs_tol=1e-9)


@given(rows, st.lists(st.floats(-8, 8), min_size=2, max_size=6, unique=True))
def test_who_measures_more_has_a_higher_z(row: tuple[tuple[str, str], Sex, int], spread: list[float]) -> None:
    lms, restricted = lms_at(row), row[0][0] in RESTRICTED
    values = sorted(lms[1] * (1 + part * lms[2] / 2) for part in spread)
    found = [zscore(value, lms, restricted) for value in values if value > 0]
    assert all(one <= other for one, other in pairwise(found))


@given(rows, st.sampled_from([-3, 3]))
def test_at_3_sd_the_two_rules_meet(row: tuple[tuple[str, str], Sex, int], sd: int) -> None:
    lms, restricted = lms_at(row), row[0][0] in RESTRICTED
    edge = value_at(sd, lms, restricted)
    below, above = (zscore(edge * (1 + step), lms, restricted) for step in (-1e-9, 1e-9))
    assert isclose(below, sd, abs_tol=1e-6)
    assert isclose(above, sd, abs_tol=1e-6)
    assert below < above


def test_beyond_3_sd_a_step_is_the_distance_from_2_to_3() -> None:
    lms = lms_at((("zwei", "2006"), BOY, 365))
    step = value_at(3, lms, True) - value_at(2, lms, True)
    assert isclose(value_at(4, lms, True), value_at(3, lms, True) + step)
    assert isclose(zscore(value_at(3, lms, True) + 2 * step, lms, True), 5)


def test_without_a_power_the_logarithm_holds() -> None:
    assert isclose(zscore(10.0, (1e-9, 9.0, 0.1), True), zscore(10.0, (0.0, 9.0, 0.1), True), abs_tol=1e-6)
    assert isclose(value_at(2, (1e-9, 9.0, 0.1), False), value_at(2, (0.0, 9.0, 0.1), False), abs_tol=1e-6)


@pytest.mark.parametrize(
    ("number", "said"), [(0.125, 13), (-0.125, -13), (-2.0049, -200), (-1.9951, -200), (-2.0051, -201), (-0.004, 0)]
)
def test_halves_are_said_away_from_zero(number: float, said: int) -> None:
    assert hundredths(number) == said
