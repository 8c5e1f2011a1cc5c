"""The tetanus status of women, and Td in pregnancy."""

from __future__ import annotations

from datetime import date

import pytest

from ilp_desk.domain.immunization import (
    Dose,
    DoseSource,
    Plan,
    Recipient,
    TdState,
    TetanusStatus,
    asks_tetanus,
    td_in_pregnancy,
    tetanus_status,
)
from ilp_desk.domain.person import Precision, Sex
from ilp_desk.domain.reference import Reference, load
from resources import names, read
from tests.domain.vaccinating import child, days, dose, months, usual

TODAY = date(2026, 11, 21)
WOMAN = Recipient(born_on=date(1999, 2, 3), sex=Sex.FEMALE)


@pytest.fixture(scope="module")
def plan(reference: Reference) -> Plan:
    return Plan(reference.immunizations, TODAY)


def of(plan: Plan, *on: date, today: date = TODAY) -> TetanusStatus:
    return tetanus_status(WOMAN, [dose("td", day) for day in on], today, plan)


FIVE = [date(2016, 1, 10), date(2016, 2, 7), date(2016, 8, 7), date(2017, 8, 7), date(2018, 8, 7)]


@pytest.mark.parametrize("count", range(6))
def test_each_contact_at_its_least_interval_raises_the_status(plan: Plan, count: int) -> None:
    assert of(plan, *FIVE[:count]).level == count


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_a_day_too_early_does_not_raise_it(plan: Plan, number: int) -> None:
    found = of(plan, *FIVE[:number], FIVE[number] - days(1))
    assert found.level == number
    contact = found.contacts[-1]
    assert contact.level == 0
    assert contact.words.startswith(f"Tidak dihitung untuk T{number + 1}: jarak ")
    assert of(plan, *FIVE[:number], FIVE[number] + days(1)).level == number + 1


@pytest.mark.parametrize(("early", "level"), [(4, 2), (5, 1)])
def test_days_of_grace_hold_for_the_status_too(early: int, level: int) -> None:
    raw = {name: read(name) for name in names()}
    raw["immunizations"]["rules"]["grace_days"] = 4
    lenient = Plan(load(raw).immunizations, TODAY)
    assert of(lenient, FIVE[0], FIVE[1] - days(early)).level == level


@pytest.mark.parametrize(("count", "ends"), [(2, date(2019, 2, 7)), (3, date(2021, 8, 7)), (4, date(2027, 8, 7))])
def test_protection_ends_on_its_day(plan: Plan, count: int, ends: date) -> None:
    given = FIVE[:count]
    assert of(plan, *given).protected_until == ends
    assert of(plan, *given, today=ends - days(1)).protected
    assert not of(plan, *given, today=ends).protected
    assert not of(plan, *given, today=ends + days(1)).protected


def test_in_words(plan: Plan) -> None:
    assert of(plan).words == "Belum ada dosis tetanus yang dihitung."
    assert of(plan, *FIVE[:1]).words == "T1 sejak 10-01-2016."
    assert of(plan, *FIVE[:2]).words == "T2 sejak 07-02-2016, perlindungan habis 07-02-2019."
    assert of(plan, *FIVE[:4]).words == "T4 sejak 07-08-2017, terlindung sampai 07-08-2027."
    full = of(plan, *FIVE)
    assert full.words == "T5 sejak 07-08-2018, terlindung lebih dari 25 tahun."
    assert (full.next_level, full.earliest, full.protected, full.protected_until) == (0, None, True, None)


def test_one_dose_protects_nobody(plan: Plan) -> None:
    assert not of(plan, TODAY).protected


def test_after_t5_nothing_is_added(plan: Plan) -> None:
    found = of(plan, *FIVE, date(2026, 1, 1))
    assert (found.level, found.last) == (5, FIVE[-1])
    assert found.contacts[-1].words == "Sesudah T5 tidak menambah status."


# --- childhood

GIRL = child(date(2010, 5, 10), sex=Sex.FEMALE)


def childhood(count: int) -> list[Dose]:
    return usual("dpt_hb_hib", count, date(2010, 5, 10))


@pytest.mark.parametrize(("count", "level"), [(0, 0), (2, 0), (3, 2), (4, 3)])
def test_childhood_doses_are_credited(plan: Plan, count: int, level: int) -> None:
    found = tetanus_status(GIRL, childhood(count), TODAY, plan)
    assert found.level == level
    if count == 4:
        assert found.last == months(18, date(2010, 5, 10))


def test_the_whole_childhood_makes_t5(plan: Plan) -> None:
    school = [dose("dt", date(2017, 11, 15)), dose("td", date(2018, 11, 15)), dose("td", date(2021, 11, 15))]
    found = tetanus_status(GIRL, [*childhood(4), *school], TODAY, plan)
    assert (found.level, found.last) == (5, date(2018, 11, 15))
    assert [contact.level for contact in found.contacts] == [4, 5, 0]


def test_without_the_fourth_dpt_the_third_school_dose_makes_t5(plan: Plan) -> None:
    school = [dose("dt", date(2017, 11, 15)), dose("td", date(2018, 11, 15)), dose("td", date(2021, 11, 15))]
    found = tetanus_status(GIRL, [*childhood(3), *school], TODAY, plan)
    assert [contact.level for contact in found.contacts] == [3, 4, 5]


def test_an_infant_dose_too_soon_gives_no_credit(plan: Plan) -> None:
    first = months(2, date(2010, 5, 10))
    given = [dose("dpt_hb_hib", first + days(gap)) for gap in (0, 28, 55)]
    assert tetanus_status(GIRL, given, TODAY, plan).level == 0


def test_told_void_doubled_and_impossible_doses_do_not_count(plan: Plan) -> None:
    day = FIVE[0]
    given = [
        dose("td", day, uid="a"),
        dose("tt", day, uid="b"),
        dose("td", FIVE[1], source=DoseSource.ORAL),
        dose("td", FIVE[1], void=True),
        dose("td", TODAY + days(1)),
        dose("td", date(1998, 1, 1)),
    ]
    found = tetanus_status(WOMAN, given, TODAY, plan)
    assert (found.level, [contact.dose.uid for contact in found.contacts]) == (1, ["a"])


def test_contacts_known_by_year_only(plan: Plan) -> None:
    given = [dose("tt", date(year, 1, 1), precision=Precision.YEAR) for year in (2019, 2020, 2021)]
    found = tetanus_status(WOMAN, given, TODAY, plan)
    assert (found.level, found.last, found.earliest) == (3, date(2021, 12, 31), date(2022, 12, 31))


# --- pregnancy

HPL = date(2027, 3, 1)


def test_td_today_where_nothing_was_given(plan: Plan) -> None:
    found = td_in_pregnancy(of(plan), TODAY, HPL, plan)
    assert (found.state, found.next_level, found.latest) == (TdState.NOW, 1, date(2027, 2, 15))
    assert found.words == "Td untuk T1 bisa diberikan hari ini, paling lambat 15-02-2027."


@pytest.mark.parametrize(
    ("first", "state"),
    [
        (date(2026, 10, 24), TdState.NOW),
        (date(2026, 10, 25), TdState.LATER),
        (date(2026, 11, 21), TdState.LATER),
    ],
)
def test_the_second_four_weeks_after_the_first(plan: Plan, first: date, state: TdState) -> None:
    assert td_in_pregnancy(of(plan, first), TODAY, HPL, plan).state is state


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2027, 2, 14), TdState.NOW),
        (date(2027, 2, 15), TdState.NOW),
        (date(2027, 2, 16), TdState.AFTER_BIRTH),
    ],
)
def test_two_weeks_before_the_birth_at_the_latest(plan: Plan, today: date, state: TdState) -> None:
    found = td_in_pregnancy(of(plan, *FIVE[:2], today=today), today, HPL, plan)
    assert found.state is state
    if state is TdState.AFTER_BIRTH:
        assert found.words == (
            "Td untuk T3 tidak sempat 2 minggu sebelum melahirkan: berikan sesudah melahirkan, mulai 01-03-2027."
        )


def test_the_interval_may_end_after_the_last_day(plan: Plan) -> None:
    first = date(2027, 1, 19)
    assert td_in_pregnancy(of(plan, first - days(1), today=first), first, HPL, plan).state is TdState.LATER
    assert td_in_pregnancy(of(plan, first, today=first), first, HPL, plan).state is TdState.AFTER_BIRTH


def test_t5_needs_none_and_without_hpl_the_limit_is_said(plan: Plan) -> None:
    assert td_in_pregnancy(of(plan, *FIVE), TODAY, HPL, plan).words == "Tidak perlu Td: sudah T5."
    open_ended = td_in_pregnancy(of(plan), TODAY, None, plan)
    assert (open_ended.state, open_ended.latest) == (TdState.NOW, None)
    assert "HPL belum ada" in open_ended.words
    later = td_in_pregnancy(of(plan, TODAY - days(1)), TODAY, None, plan)
    assert later.words.startswith("Td untuk T2 mulai 18-12-2026. HPL belum ada")


@pytest.mark.parametrize(
    ("born", "sex", "asked"),
    [
        (date(2011, 11, 22), Sex.FEMALE, False),
        (date(2011, 11, 21), Sex.FEMALE, True),
        (date(1976, 11, 22), Sex.FEMALE, True),
        (date(1976, 11, 21), Sex.FEMALE, False),
        (date(1999, 2, 3), Sex.MALE, False),
        (None, Sex.FEMALE, False),
    ],
)
def test_women_of_15_to_49_are_asked(plan: Plan, born: date | None, sex: Sex, asked: bool) -> None:
    assert asks_tetanus(Recipient(born_on=born, sex=sex), TODAY, plan) is asked
