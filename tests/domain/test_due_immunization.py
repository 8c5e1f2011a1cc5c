"""Immunization among the services that are due: states, days that can be kept, what may be given, what follows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ilp_desk.domain.due.immunization import plan_of, recipient_of, rules_of, tetanus_vaccine
from ilp_desk.domain.due.outlines import number as number_of
from ilp_desk.domain.due.outlines import outline_of, unpack
from ilp_desk.domain.due.rules import Answer, DueState, Item, Life, services_due
from ilp_desk.domain.due.words import reason_text, state_text
from ilp_desk.domain.immunization import (
    EVERYTHING,
    LIVE,
    Contraindication,
    Deferral,
    Dose,
    DoseSource,
    OnRecord,
    Refusal,
    advice,
    ahead,
    due,
    judged,
)
from ilp_desk.domain.person import Precision, Sex
from ilp_desk.domain.reference import Reference
from ilp_desk.domain.text.dates import PartialDate
from tests.domain.vaccinating import BORN, child, dose, months

TODAY = date(2026, 11, 21)


def life(born: date = BORN, *doses: Dose, sex: Sex = Sex.MALE, known: bool = True, **record: Any) -> Life:
    return Life(
        sex=sex,
        born=PartialDate(born),
        known_since=born if known else None,
        immunization=replace(OnRecord(doses=doses), **record),
    )


def items(reference: Reference, someone: Life, today: date) -> dict[str, Item]:
    found = [item for item in services_due(someone, today, rules_of(reference, today)) if item.told is not None]
    parts = {item.told.part: item for item in found if item.told is not None}
    assert len(parts) == len(found), "one item for each series"
    return parts


@pytest.mark.parametrize(
    ("today", "state", "words"),
    [
        (months(2) - timedelta(days=31), None, ""),
        (months(2) - timedelta(days=30), DueState.UPCOMING, "mulai 10-07-2024"),
        (months(2) - timedelta(days=1), DueState.UPCOMING, "mulai 10-07-2024"),
        (months(2), DueState.DUE, "jatuh tempo"),
        (months(3) - timedelta(days=1), DueState.DUE, "jatuh tempo"),
        (months(3), DueState.LATE, "terlambat sejak 10-08-2024"),
        (months(12) - timedelta(days=1), DueState.LATE, "terlambat sejak 10-08-2024"),
        (months(12), DueState.LATE, "kejar sejak 10-08-2024"),
        (months(60) - timedelta(days=1), DueState.LATE, "kejar sejak 10-08-2024"),
        (months(60), DueState.LOST, "tidak boleh lagi"),
        (months(60) + timedelta(days=59), DueState.LOST, "tidak boleh lagi"),
        (months(60) + timedelta(days=60), None, ""),
    ],
)
def test_the_first_dpt_from_month_to_month(
    reference: Reference, today: date, state: DueState | None, words: str
) -> None:
    item = items(reference, life(), today).get("dpt_hb_hib")
    assert (item.state if item else None) is state
    assert (state_text(item) if item else "") == words
    if item is not None and state is not DueState.LOST:
        assert (item.due_on, item.late_on, item.lost_on) == (months(2), months(3), months(60))
        assert item.service.code == "immunization_child"


def test_an_unknown_past_is_no_data_and_its_days_are_not_known(reference: Reference) -> None:
    found = items(reference, life(known=False), months(14))
    assert {item.state for item in found.values()} == {DueState.NO_DATA}
    assert {(item.due_on, item.late_on, item.lost_on) for item in found.values()} == {(None, None, None)}
    copied = items(reference, life(known=False, copied=True), months(14))
    assert copied["dpt_hb_hib"].state is DueState.LATE


def test_a_dose_told_from_memory_closes_nothing(reference: Reference) -> None:
    told = dose("bcg", months(1), source=DoseSource.ORAL)
    assert items(reference, life(BORN, told, known=False), months(3))["bcg"].state is DueState.NO_DATA
    assert items(reference, life(BORN, dose("bcg", months(1))), months(3))["bcg"].state is DueState.DONE


def test_what_stands_against_a_series_is_its_state(reference: Reference) -> None:
    until = months(5)
    bad = Contraindication(series="pcv", reason="syok")
    found = items(reference, life(contraindications=(bad,)), months(4))
    assert (found["pcv"].state, state_text(found["pcv"])) == (DueState.LOST, "kontraindikasi")
    assert reason_text(found["pcv"]) == "PCV kontraindikasi: syok."
    assert found["ipv"].state is DueState.DUE
    for record in (
        {"contraindications": (replace(bad, until=until),)},
        {"deferrals": (Deferral(series=EVERYTHING, until=until),)},
    ):
        someone = life(**record)
        assert items(reference, someone, until - timedelta(days=1))["pcv"].state is DueState.POSTPONED
        assert items(reference, someone, until)["pcv"].state is DueState.LATE


def test_a_refusal_is_offered_again_after_a_year(reference: Reference) -> None:
    someone = life(refusals=(Refusal(series="mr", on=date(2025, 3, 1)),))
    assert items(reference, someone, date(2026, 2, 28))["mr"].state is DueState.REFUSED
    assert state_text(items(reference, someone, date(2026, 2, 28))["mr"]) == "ditolak 01-03-2025"
    assert items(reference, someone, date(2026, 3, 1))["mr"].state is DueState.LATE


def test_an_answer_to_the_whole_service_holds_for_each_series(reference: Reference) -> None:
    answer = Answer(months(4), months(5), "demam")
    someone = replace(life(), answers={"immunization_child": answer})
    found = items(reference, someone, months(4) + timedelta(days=3))
    assert {found[part].state for part in ("dpt_hb_hib", "pcv", "ipv")} == {DueState.POSTPONED}
    given_since = replace(someone, immunization=OnRecord(doses=(dose("ipv", months(4) + timedelta(days=1)),)))
    assert items(reference, given_since, months(4) + timedelta(days=3))["pcv"].state is DueState.LATE


def test_girls_and_boys_at_school(reference: Reference) -> None:
    born = date(2015, 11, 21)
    girl = items(reference, life(born, sex=Sex.FEMALE, known=False, copied=True), TODAY)
    boy = items(reference, life(born, known=False, copied=True), TODAY)
    assert girl["hpv"].state is DueState.DUE
    assert "hpv" not in boy
    assert girl["hpv"].service.code == boy["td_school"].service.code == "immunization_school"
    day_before = items(reference, life(born, sex=Sex.FEMALE, copied=True), TODAY - timedelta(days=1))
    assert day_before["hpv"].state is DueState.UPCOMING


# Women


def woman(*doses: Dose, hpht: date | None = None, **record: Any) -> Life:
    conditions = frozenset({"pregnant"}) if hpht else frozenset()
    someone = life(date(1999, 2, 3), *doses, sex=Sex.FEMALE, known=False, **record)
    return replace(someone, conditions=conditions, hpht=hpht)


def test_the_t_status_is_asked_from_15_until_50(reference: Reference) -> None:
    for years, asked in ((15, True), (50, False)):
        birthday = date(1976 if years == 50 else 2011, 11, 21)
        someone = replace(woman(), born=PartialDate(birthday))
        assert ("td" in items(reference, someone, TODAY)) is asked
        assert ("td" in items(reference, someone, TODAY - timedelta(days=1))) is not asked


def test_a_refusal_of_one_woman_is_not_told_of_another(reference: Reference) -> None:
    first, second = life(date(1999, 2, 3), sex=Sex.FEMALE), life(date(1988, 7, 8), sex=Sex.FEMALE)
    refusing = replace(first, answers={"td_woman": Answer(TODAY)})
    states = [items(reference, one, TODAY)["td"].state for one in (refusing, second, first, refusing)]
    assert states == [DueState.REFUSED, DueState.NO_DATA, DueState.NO_DATA, DueState.REFUSED]


def test_td_between_pregnancies_and_in_one(reference: Reference) -> None:
    first = dose("td", date(2026, 10, 1))
    assert items(reference, woman(), TODAY)["td"].state is DueState.NO_DATA
    between = items(reference, woman(first), TODAY)["td"]
    assert (between.service.code, between.state, between.due_on) == ("td_woman", DueState.DUE, date(2026, 10, 29))
    soon = items(reference, woman(first), date(2026, 10, 28))["td"]
    assert (soon.state, state_text(soon)) == (DueState.UPCOMING, "mulai 29-10-2026")
    carrying = items(reference, woman(first, hpht=date(2026, 9, 1)), TODAY)["td"]
    assert (carrying.service.code, carrying.state) == ("anc_td", DueState.DUE)
    assert carrying.lost_on == date(2026, 9, 1) + timedelta(days=280 - 14 + 1)
    assert items(reference, woman(first, hpht=date(2026, 9, 1)), carrying.lost_on)["td"].state is DueState.LOST


@pytest.mark.parametrize(
    ("record", "state"),
    [
        ({"deferrals": (Deferral(series="td_school", until=date(2026, 12, 1)),)}, DueState.POSTPONED),
        ({"refusals": (Refusal(series=EVERYTHING, on=date(2026, 11, 1)),)}, DueState.REFUSED),
        ({"contraindications": (Contraindication(series="td_school", reason="syok"),)}, DueState.LOST),
        ({"contraindications": (Contraindication(series=LIVE),)}, DueState.DUE),
    ],
)
def test_what_stands_against_td_is_told_of_women(reference: Reference, record: dict[str, Any], state: DueState) -> None:
    someone = woman(dose("td", date(2026, 6, 1)), **record)
    assert items(reference, someone, TODAY)["td"].state is state


def test_no_live_vaccine_for_a_pregnant_girl(reference: Reference) -> None:
    plan = plan_of(reference, TODAY)
    someone = recipient_of(woman(hpht=date(2026, 9, 1)), TODAY, reference.services, plan)
    assert advice(dose("mmr", TODAY), (), someone, TODAY, plan).forbidden == "MMR kontraindikasi: sedang hamil."
    assert advice(dose("td", TODAY), (), someone, TODAY, plan).forbidden == ""
    assert tetanus_vaccine(reference) == "td"


# Giving


@pytest.mark.parametrize(
    ("given_on", "counts", "doubtful"),
    [
        (BORN + timedelta(days=41), (), True),
        (BORN + timedelta(days=42), ("DPT-HB-Hib 1",), True),
        (months(2) - timedelta(days=1), ("DPT-HB-Hib 1",), True),
        (months(2), ("DPT-HB-Hib 1",), False),
    ],
)
def test_a_dose_before_its_time_is_doubted_even_where_it_would_count(
    reference: Reference, given_on: date, counts: tuple[str, ...], doubtful: bool
) -> None:
    plan = plan_of(reference, given_on)
    found = advice(dose("dpt_hb_hib", given_on), (), child(), given_on, plan)
    assert found.counts == counts
    assert bool(found.doubts) is doubtful


def test_a_combined_vaccine_counts_for_each_of_its_series(reference: Reference) -> None:
    plan = plan_of(reference, months(4))
    counts, doubts = judged(dose("hexavalent", months(4)), (), child(), months(4), plan)
    assert counts == ("DPT-HB-Hib 1", "IPV1")
    assert doubts == ()


def test_the_doses_after_the_next_one(reference: Reference) -> None:
    today = months(2)
    plan = plan_of(reference, today)
    found = {item.series: ahead(item, child(), today, plan) for item in due(child(), (), today, plan)}
    assert [(one.label, one.starts) for one in found["dpt_hb_hib"]] == [
        ("DPT-HB-Hib 2", months(3)),
        ("DPT-HB-Hib 3", months(4)),
        ("DPT-HB-Hib lanjutan", months(18)),
    ]
    late = months(5) - timedelta(days=1)
    plan = plan_of(reference, late)
    rota = next(item for item in due(child(), (dose("rotavac", months(4)),), late, plan) if item.series == "rv")
    assert [one.starts for one in ahead(rota, child(), late, plan)] == [late + timedelta(days=28)]
    assert ahead(rota._replace(number=0), child(), late, plan) == ()


def test_a_dose_that_would_then_come_too_late_is_told(reference: Reference) -> None:
    today = months(7) - timedelta(days=10)
    plan = plan_of(reference, today)
    second = next(item for item in due(child(), (dose("rotavac", months(4)),), today, plan) if item.series == "rv")
    assert [(one.label, one.starts) for one in ahead(second, child(), today, plan)] == [("RV3", None)]


# Properties

VACCINES = ("bcg", "opv", "dpt_hb_hib", "pcv", "rotavac", "ipv", "mr", "hexavalent", "td", "hpv")
DAYS = st.integers(0, 6000)
doses = st.lists(
    st.builds(
        lambda code, day, rough: dose(code, BORN + timedelta(days=day), precision=rough),
        st.sampled_from(VACCINES),
        st.integers(0, 3000),
        st.sampled_from((Precision.DAY, Precision.DAY, Precision.MONTH)),
    ),
    max_size=14,
)


@settings(max_examples=60, deadline=None)
@given(given_doses=doses, at=DAYS, further=st.lists(st.integers(1, 400), max_size=6), female=st.booleans())
def test_kept_days_tell_the_state_until_they_are_made_anew(
    reference: Reference, given_doses: list[Dose], at: int, further: list[int], female: bool
) -> None:
    today = BORN + timedelta(days=at)
    known = tuple(one for one in given_doses if one.on <= today and one.precision is Precision.DAY)
    someone = life(BORN, *known, sex=Sex.FEMALE if female else Sex.MALE)
    rules = rules_of(reference, today)
    outline = outline_of(someone, today, rules)
    kept = {one.name: one for one in unpack(outline.days) if one.name}
    assert outline.until > today
    for days in (0, *further):
        later = today + timedelta(days=days)
        if later >= outline.until:
            continue
        for item in services_due(someone, later, rules_of(reference, later)):
            if item.told is not None and item.state in (DueState.DUE, DueState.LATE, DueState.NO_DATA):
                assert kept[item.told.name].state(number_of(later)) is item.state


@settings(max_examples=60, deadline=None)
@given(given_doses=doses, at=DAYS)
def test_giving_what_is_due_closes_it_or_brings_the_next_dose(
    reference: Reference, given_doses: list[Dose], at: int
) -> None:
    today = BORN + timedelta(days=at)
    plan = plan_of(reference, today)
    known = tuple(one for one in given_doses if one.on < today and one.precision is Precision.DAY)
    recipient = child()
    for item in due(recipient, known, today, plan):
        if not item.possible:
            continue
        new = dose(item.vaccines[0], today)
        found = advice(new, known, recipient, today, plan)
        assert found.forbidden == ""
        assert item.dose_label in found.counts
        after = next(one for one in due(recipient, (*known, new), today, plan) if one.series == item.series)
        assert (after.number, after.possible) != (item.number, True)
