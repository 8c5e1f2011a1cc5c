"""What holds for every history, and a few children followed from birth on."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ilp_desk.domain.immunization import (
    Contraindication,
    Deferral,
    Dose,
    DoseSource,
    DoseState,
    Plan,
    Recipient,
    Refusal,
    due,
    history,
    milestones,
    next_visit,
    td_in_pregnancy,
    tetanus_status,
    visit_plan,
)
from ilp_desk.domain.person import Precision, Sex
from ilp_desk.domain.reference import Reference
from ilp_desk.domain.text.dates import PartialDate
from tests.domain.vaccinating import child, days, dose, item, months

TODAY = date(2026, 11, 21)
CODES = (
    "hb0 bcg opv dpt_hb_hib hexavalent pcv rv rotavac rotarix ipv mr mmr je varicella dt td tt hpv td_school cacar"
).split()
SERIES = ["", "live", "mr", "rv", "dpt_hb_hib", "pcv", "cacar"]
OPEN = {DoseState.ON_TIME, DoseState.LATE, DoseState.CATCH_UP}


@pytest.fixture(scope="module")
def plan(reference: Reference) -> Plan:
    return Plan(reference.immunizations, TODAY)


some_days = st.dates(date(2005, 1, 1), date(2027, 12, 31))
near = st.integers(-400, 5000).map(timedelta)
precisions = st.sampled_from([Precision.DAY, Precision.DAY, Precision.DAY, *Precision])


@st.composite
def recipients(draw: st.DrawFn) -> Recipient:
    born = draw(st.dates(date(2006, 1, 1), TODAY))
    return Recipient(
        born_on=born,
        born_precision=draw(precisions),
        sex=draw(st.sampled_from(Sex)),
        areas=draw(st.sampled_from([frozenset(), frozenset({"je_endemic"})])),
        school_class=draw(st.integers(0, 12)),
        known_since=draw(st.none() | st.just(born) | some_days),
        no_live=draw(st.sampled_from(["", "", "", "hamil"])),
        contraindications=draw(
            st.lists(
                st.builds(Contraindication, series=st.sampled_from(SERIES), until=st.none() | some_days), max_size=1
            ).map(tuple)
        ),
        deferrals=draw(
            st.lists(st.builds(Deferral, series=st.sampled_from(SERIES), until=some_days), max_size=1).map(tuple)
        ),
        refusals=draw(
            st.lists(st.builds(Refusal, series=st.sampled_from(SERIES), on=some_days), max_size=1).map(tuple)
        ),
    )


@st.composite
def lives(draw: st.DrawFn) -> tuple[Recipient, list[Dose]]:
    """Somebody with doses on all kinds of days, most of them after the birth."""
    recipient = draw(recipients())
    assert recipient.born_on is not None
    doses = draw(
        st.lists(
            st.builds(
                Dose,
                code=st.sampled_from(CODES),
                on=near.map(lambda gap: recipient.born_on + gap),  # type: ignore[operator]
                precision=precisions,
                source=st.sampled_from([DoseSource.HERE, *DoseSource]),
                void=st.sampled_from([False, False, False, True]),
                campaign=st.sampled_from([False, False, False, True]),
                age_hours=st.none() | st.integers(0, 200),
            ),
            max_size=14,
        )
    )
    return recipient, doses


@given(life=lives(), today=some_days)
def test_nothing_raises_and_every_series_has_one_state(
    plan: Plan, life: tuple[Recipient, list[Dose]], today: date
) -> None:
    recipient, doses = life
    items = due(recipient, doses, today, plan)
    assert len({row.series for row in items}) == len(items)
    for row in items:
        assert row.reason
        assert "{" not in row.reason
        assert row.possible <= (row.state in OPEN or row.state is DoseState.NO_DATA)
        if row.possible:
            assert row.earliest is not None
            assert row.latest is not None
            assert row.earliest <= today <= row.latest
        if row.state is DoseState.NOT_YET:
            assert row.earliest is not None
            assert row.earliest > today
        if row.state in {DoseState.LATE, DoseState.CATCH_UP}:
            assert row.since is not None
            assert row.since <= today
    assert {id(row.dose) for row in history(recipient, doses, today, plan)} == {id(one) for one in doses}
    milestones(recipient, doses, today, plan)
    visit_plan(items, plan)
    coming = next_visit(items, today)
    assert coming is None or coming.on > today
    status = tetanus_status(recipient, doses, today, plan)
    assert 0 <= status.level <= 5
    td_in_pregnancy(status, today, None, plan)


@given(life=lives(), data=st.data())
def test_the_order_of_the_history_does_not_matter(
    plan: Plan, life: tuple[Recipient, list[Dose]], data: st.DataObject
) -> None:
    recipient, doses = life
    other = data.draw(st.permutations(doses))
    assert due(recipient, doses, TODAY, plan) == due(recipient, other, TODAY, plan)
    assert history(recipient, doses, TODAY, plan) == history(recipient, other, TODAY, plan)
    assert milestones(recipient, doses, TODAY, plan) == milestones(recipient, other, TODAY, plan)
    assert tetanus_status(recipient, doses, TODAY, plan) == tetanus_status(recipient, other, TODAY, plan)


@given(life=lives(), today=st.dates(date(2006, 1, 1), date(2027, 12, 31)), data=st.data())
def test_what_is_due_and_given_on_its_day_counts_and_moves_on(
    plan: Plan, life: tuple[Recipient, list[Dose]], today: date, data: st.DataObject
) -> None:
    recipient, doses = life
    doses = [one for one in doses if PartialDate(one.on, one.precision).latest <= today]
    waiting = [
        row
        for row in due(recipient, doses, today, plan)
        if row.possible or (row.state is DoseState.NOT_YET and row.earliest is not None)
    ]
    assume(waiting)
    row = data.draw(st.sampled_from(waiting))
    assert row.earliest is not None
    day = max(today, row.earliest)
    given_dose = dose(row.vaccines[0], day, uid="given")
    later = [*doses, given_dose]
    (judged,) = [
        one for one in history(recipient, later, day, plan) if one.dose is given_dose and one.series == row.series
    ]
    assert (judged.counted, judged.number) == (True, row.number), judged.words
    after = [one for one in due(recipient, later, day, plan) if one.series == row.series]
    for one in after:
        assert one.state is DoseState.COMPLETE or one.number == row.number + 1


@given(recipient=recipients(), today=some_days)
def test_an_unknown_past_is_never_late(plan: Plan, recipient: Recipient, today: date) -> None:
    stranger = Recipient(
        born_on=recipient.born_on,
        born_precision=recipient.born_precision,
        sex=recipient.sex,
        areas=recipient.areas,
        school_class=recipient.school_class,
    )
    states = {row.state for row in due(stranger, [], today, plan)}
    assert states <= {DoseState.NO_DATA, DoseState.NOT_YET, DoseState.ON_TIME}


@given(life=lives(), gap=st.integers(0, 900), code=st.sampled_from(CODES))
def test_a_later_dose_leaves_the_earlier_ones_as_they_were(
    plan: Plan, life: tuple[Recipient, list[Dose]], gap: int, code: str
) -> None:
    recipient, doses = life
    doses = [one for one in doses if one.precision is Precision.DAY and one.on < TODAY]
    later = dose(code, TODAY + timedelta(days=gap), uid="later")
    before = history(recipient, doses, later.on, plan)
    after = [row for row in history(recipient, [*doses, later], later.on, plan) if row.dose is not later]
    assert after == list(before)


# --- followed from birth


def follow(plan: Plan, person: Recipient, visits: list[date]) -> list[tuple[str, date]]:
    """Gives on every visit what may be given, in the order of the plan; returns what was given."""
    doses: list[Dose] = []
    given_on: list[tuple[str, date]] = []
    for day in visits:
        for shot in visit_plan(due(person, doses, day, plan), plan):
            doses.append(dose(shot.vaccine, day))
            given_on.append((shot.dose_label, day))
    assert all(row.counted for row in history(person, doses, visits[-1], plan))
    return given_on


def test_a_child_who_comes_when_told_is_complete_in_time(plan: Plan) -> None:
    born = date(2024, 2, 29)
    person = child(born)
    doses: list[Dose] = []
    day = born
    visits = []
    while day < months(24, born):
        visits.append(day)
        for shot in visit_plan(due(person, doses, day, plan), plan):
            doses.append(dose(shot.vaccine, day))
        coming = next_visit(due(person, doses, day, plan), day)
        if coming is None:
            break
        day = coming.on
    idl, ibl = milestones(person, doses, months(24, born), plan)
    assert (idl.in_time, ibl.in_time) == (True, True)
    assert visits[:4] == [born, date(2024, 4, 29), date(2024, 5, 29), date(2024, 6, 29)]
    assert len(visits) == 7


def test_the_child_of_the_picture(plan: Plan) -> None:
    """Fourteen months old: a DPT given after 23 days, RV3 forgotten, PCV3 late."""
    person = child(date(2025, 9, 18))
    first, second, third, fourth = date(2025, 10, 20), date(2025, 11, 20), date(2025, 12, 22), date(2026, 1, 26)
    measles = date(2026, 6, 22)
    doses = [dose("hb0", date(2025, 9, 18), age_hours=6), dose("bcg", first)]
    doses += [dose("opv", day) for day in (first, second, third, fourth)]
    doses += [dose("dpt_hb_hib", day) for day in (second, date(2025, 12, 13), third, fourth)]
    doses += [dose(code, day) for code in ("pcv", "rotavac") for day in (second, third)]
    doses += [dose("ipv", fourth), dose("ipv", measles), dose("mr", measles)]
    (early,) = [row for row in history(person, doses, TODAY, plan) if not row.counted]
    assert (early.dose.on, early.label) == (date(2025, 12, 13), "DPT-HB-Hib 2")
    assert "jarak 23 hari" in early.words
    items = due(person, doses, TODAY, plan)
    states = {row.series: row.state.value for row in items if row.state is not DoseState.COMPLETE}
    assert states == {"dpt_hb_hib": "not_yet", "pcv": "late", "rv": "too_late", "mr": "not_yet"}
    late = item(person, doses, TODAY, plan, "pcv")
    assert late.since == date(2026, 10, 18)
    assert [shot.dose_label for shot in visit_plan(items, plan)] == ["PCV3"]
    coming = next_visit(items, TODAY)
    assert coming is not None
    assert (coming.on, coming.doses) == (date(2027, 3, 18), ("DPT-HB-Hib lanjutan", "MR2"))
    assert milestones(person, doses, TODAY, plan)[0].words == "IDL belum: RV3 tidak bisa dikejar."


def test_a_child_first_seen_at_two_years_catches_up(plan: Plan) -> None:
    born = date(2024, 1, 31)
    start = date(2026, 2, 10)
    given_on = follow(
        plan, child(born), [start, start + days(28), start + days(56), date(2027, 3, 10), date(2028, 4, 10)]
    )
    by_day: dict[date, list[str]] = {}
    for label, day in given_on:
        by_day.setdefault(day, []).append(label)
    assert by_day[start] == ["OPV1", "IPV1", "DPT-HB-Hib 1", "PCV1", "MR1"]
    assert by_day[start + days(28)] == ["OPV2", "IPV2", "DPT-HB-Hib 2"]
    assert by_day[start + days(56)] == ["OPV3", "DPT-HB-Hib 3"]
    assert by_day[date(2027, 3, 10)] == ["OPV4", "MR2"]
    assert by_day[date(2028, 4, 10)] == ["DPT-HB-Hib lanjutan"]


def test_a_schoolgirl_from_class_one_to_nine(plan: Plan) -> None:
    born = date(2017, 4, 2)
    doses: list[Dose] = []
    seen = []
    for school_class in range(1, 10):
        year = 2023 + school_class
        for day in (date(year, 8, 15), date(year, 11, 15)):
            person = child(born, sex=Sex.FEMALE, school_class=school_class)
            for shot in visit_plan(due(person, doses, day, plan), plan):
                doses.append(dose(shot.vaccine, day))
                seen.append((school_class, shot.dose_label, shot.vaccine))
    assert seen == [
        (1, "MR kelas 1", "mr"),
        (1, "DT kelas 1", "dt"),
        (2, "Td kelas 2", "td"),
        (5, "HPV", "hpv"),
        (5, "Td kelas 5", "td"),
    ]
    status = tetanus_status(child(born, sex=Sex.FEMALE), doses, date(2033, 1, 1), plan)
    assert status.level == 3
