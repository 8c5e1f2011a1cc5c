"""What is due: every state, its first and last day, and that an unknown past is never late."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilp_desk.domain.due.rules import Answer, DueState, Fact, Item, Life, compiled, in_order, services_due
from ilp_desk.domain.due.words import reason_text, state_text
from ilp_desk.domain.person import Precision, Sex
from ilp_desk.domain.reference import Reference
from ilp_desk.domain.text.dates import PartialDate

TODAY = date(2026, 11, 21)
LONG = date(1990, 1, 1)


def born(day: date, precision: Precision = Precision.DAY) -> PartialDate:
    return PartialDate(day, precision)


def facts(*given_: Fact) -> dict[str, tuple[Fact, ...]]:
    found: dict[str, tuple[Fact, ...]] = {}
    for fact in sorted(given_, key=lambda f: f.on):
        found[fact.code] = (*found.get(fact.code, ()), fact)
    return found


def due(reference: Reference, life: Life, today: date = TODAY) -> dict[str, Item]:
    items = services_due(life, today, compiled(reference.services, today))
    found = {item.service.code: item for item in items}
    assert len(found) == len(items), "one item for each service"
    return found


WOMAN = Life(sex=Sex.FEMALE, born=born(date(1986, 5, 4)))
NEWBORN = Life(sex=Sex.MALE, born=born(date(2026, 11, 1)), known_since=date(2026, 11, 1))


def test_an_empty_history_has_no_data_and_nothing_late(reference: Reference) -> None:
    items = due(reference, WOMAN)
    assert len(items) > 15
    assert {item.state for item in items.values()} == {DueState.NO_DATA}
    assert reason_text(items["blood_pressure"]) == "belum pernah tercatat, setiap tahun"


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2027, 3, 11), DueState.DONE),
        (date(2027, 3, 12), DueState.DUE),
        (date(2027, 4, 11), DueState.DUE),
        (date(2027, 4, 12), DueState.LATE),
    ],
)
def test_once_a_year(reference: Reference, today: date, state: DueState) -> None:
    life = replace(WOMAN, facts=facts(Fact("blood_pressure", date(2026, 3, 12))))
    item = due(reference, life, today)["blood_pressure"]
    assert item.state is state
    assert reason_text(item) == "terakhir 12-03-2026, setiap tahun"
    assert (item.due_on, item.late_on) == (date(2027, 3, 12), date(2027, 4, 12))


def test_a_leap_day_comes_back_on_the_first_of_march(reference: Reference) -> None:
    life = replace(WOMAN, facts=facts(Fact("blood_pressure", date(2024, 2, 29))))
    assert due(reference, life, date(2025, 2, 28))["blood_pressure"].state is DueState.DONE
    assert due(reference, life, date(2025, 3, 1))["blood_pressure"].state is DueState.DUE


def test_a_fact_of_which_only_the_year_is_known_is_late_only_when_it_surely_is(reference: Reference) -> None:
    told = Fact("exam_eye", date(2025, 1, 1), Precision.YEAR, where="RS Contoh")
    life = replace(WOMAN, facts=facts(told))
    item = due(reference, life, date(2026, 6, 1))["eye"]
    assert item.state is DueState.DUE
    assert reason_text(item) == "terakhir 2025 di RS Contoh, setiap tahun"
    assert due(reference, life, date(2027, 1, 30))["eye"].state is DueState.DUE
    assert due(reference, life, date(2027, 1, 31))["eye"].state is DueState.LATE


@pytest.mark.parametrize(
    ("age_days", "state"),
    [(0, DueState.UPCOMING), (2, DueState.UPCOMING), (3, DueState.DUE), (7, DueState.DUE), (8, DueState.LOST)],
)
def test_the_second_neonatal_visit(reference: Reference, age_days: int, state: DueState) -> None:
    birth = TODAY - timedelta(days=age_days)
    life = Life(sex=Sex.FEMALE, born=born(birth), known_since=birth)
    assert due(reference, life)["neonatal_2"].state is state


def test_a_visit_closes_its_own_window_and_no_other(reference: Reference) -> None:
    contact = Fact("contact_neonatal", date(2026, 11, 2))
    items = due(reference, replace(NEWBORN, facts=facts(contact)), date(2026, 11, 6))
    assert items["neonatal_1"].state is DueState.DONE
    assert items["neonatal_2"].state is DueState.DUE
    assert items["neonatal_3"].state is DueState.UPCOMING


def test_what_was_missed_before_the_record_began_has_no_data(reference: Reference) -> None:
    late_comer = replace(NEWBORN, known_since=date(2026, 11, 15))
    items = due(reference, late_comer, date(2026, 11, 15))
    assert "neonatal_1" not in items
    assert items["shk"].state is DueState.NO_DATA
    assert items["neonatal_3"].state is DueState.NO_DATA


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2027, 1, 31), DueState.UPCOMING),
        (date(2027, 2, 1), DueState.DUE),
        (date(2027, 2, 28), DueState.DUE),
        (date(2027, 3, 1), DueState.LATE),
        (date(2027, 3, 31), DueState.LATE),
    ],
)
def test_vitamin_a_in_february(reference: Reference, today: date, state: DueState) -> None:
    life = Life(sex=Sex.MALE, born=born(date(2025, 10, 1)), known_since=date(2025, 10, 1))
    assert due(reference, life, today)["vitamin_a_red"].state is state


def test_vitamin_a_is_told_again_before_august_and_closed_by_the_capsule(reference: Reference) -> None:
    life = Life(sex=Sex.MALE, born=born(date(2025, 1, 1)), known_since=date(2025, 1, 1))
    assert "vitamin_a_red" not in due(reference, life, date(2027, 4, 1))
    given_ = replace(life, facts=facts(Fact("given_vitamin_a_red", date(2027, 2, 3))))
    assert due(reference, given_, date(2027, 2, 20))["vitamin_a_red"].state is DueState.DONE


def test_the_form_of_an_age_stays_open_until_the_next_one(reference: Reference) -> None:
    life = Life(sex=Sex.MALE, born=born(date(2026, 1, 10)), known_since=date(2026, 1, 10))
    assert due(reference, life, date(2026, 4, 9))["kpsp"].state is DueState.UPCOMING
    assert due(reference, life, date(2026, 4, 10))["kpsp"].state is DueState.DUE
    assert due(reference, life, date(2026, 5, 10))["kpsp"].state is DueState.LATE
    done = replace(life, facts=facts(Fact("instrument:kpsp", date(2026, 6, 1))))
    assert due(reference, done, date(2026, 7, 9))["kpsp"].state is DueState.DONE
    assert due(reference, done, date(2026, 7, 10))["kpsp"].state is DueState.DUE


def test_pregnancy_and_nifas_bring_their_own(reference: Reference) -> None:
    hpht = date(2026, 5, 9)
    life = replace(WOMAN, conditions=frozenset({"pregnant"}), hpht=hpht, known_since=LONG)
    items = due(reference, life)
    assert items["anc_blood_pressure"].state is DueState.DUE
    assert items["anc_doctor_first"].state is DueState.LOST
    assert items["anc_doctor_third"].state is DueState.DUE
    assert "body_mass" not in items
    assert "anc_presentation" not in items, "from 36 weeks"
    nifas = replace(WOMAN, conditions=frozenset({"postpartum"}), delivered_on=date(2026, 11, 18), known_since=LONG)
    items = due(reference, nifas)
    assert (items["pnc_1"].state, items["pnc_2"].state) == (DueState.LOST, DueState.DUE)


def test_a_known_illness_has_its_own_rhythm(reference: Reference) -> None:
    ill = replace(WOMAN, conditions=frozenset({"hypertension"}), facts=facts(Fact("blood_pressure", date(2026, 10, 1))))
    items = due(reference, ill)
    assert "blood_pressure" not in items
    assert items["hypertension_control"].state is DueState.LATE
    assert items["lipid"].state is DueState.NO_DATA


def test_the_interval_follows_the_last_result(reference: Reference) -> None:
    wife = replace(WOMAN, conditions=frozenset({"ever_married"}))
    for value, next_on in (("negatif", date(2030, 1, 5)), ("positif bukan 16/18", date(2023, 1, 5))):
        life = replace(wife, facts=facts(Fact("exam_hpv_dna", date(2020, 1, 5), value=value)))
        assert due(reference, life)["cervix"].due_on == next_on


def test_the_tests_of_a_bride_and_a_groom(reference: Reference) -> None:
    both = {"premarital", "premarital_hiv", "premarital_syphilis", "premarital_hbsag"}
    for sex, wanted in ((Sex.FEMALE, {*both, "premarital_hb"}), (Sex.MALE, both)):
        life = replace(WOMAN, sex=sex, conditions=frozenset({"engaged"}))
        found = {code for code in due(reference, life) if code.startswith("premarital")}
        assert found == wanted
        assert not any(code.startswith("premarital") for code in due(reference, replace(life, conditions=frozenset())))
    engaged = replace(WOMAN, conditions=frozenset({"engaged"}))
    tested = replace(engaged, facts=facts(Fact("exam_hiv", TODAY)))
    assert due(reference, tested)["premarital_hiv"].state is DueState.DONE


def test_a_result_the_rule_does_not_know_is_asked_again_after_a_year(reference: Reference) -> None:
    woman = replace(WOMAN, conditions=frozenset({"ever_married"}))
    older, newer = Fact("exam_hpv_dna", date(2020, 1, 1), value="negatif"), Fact("exam_hpv_dna", TODAY, value="?")
    item = due(reference, replace(woman, facts=facts(older, newer)))["cervix"]
    assert (item.state, item.due_on) == (DueState.DONE, date(2027, 11, 21))
    item = due(reference, replace(woman, facts=facts(older)))["cervix"]
    assert item.due_on == date(2030, 1, 1)


@pytest.mark.parametrize(
    ("method", "again"),
    [
        ("suntik 1 bulan", date(2026, 3, 29)),
        ("suntik 3 bulan", date(2026, 5, 24)),
        ("pil", date(2026, 4, 1)),
        ("implan", date(2029, 3, 1)),
        ("IUD", date(2034, 3, 1)),
        ("", date(2027, 3, 1)),
    ],
)
def test_contraception_comes_back_by_its_method(reference: Reference, method: str, again: date) -> None:
    given = facts(Fact("given_contraception", date(2026, 3, 1), value=method))
    user = replace(WOMAN, conditions=frozenset({"uses_contraception"}), facts=given)
    for day, state in ((again - timedelta(days=1), DueState.DONE), (again, DueState.DUE)):
        assert due(reference, user, day)["contraception"].state is state


def test_refused_and_put_off(reference: Reference) -> None:
    base = replace(WOMAN, facts=facts(Fact("exam_eye", date(2025, 1, 5))))
    refused = replace(base, answers={"eye": Answer(date(2026, 11, 1), reason="tidak sempat")})
    item = due(reference, refused)["eye"]
    assert (item.state, state_text(item)) == (DueState.REFUSED, "ditolak 01-11-2026")
    assert reason_text(item).endswith("tidak sempat")
    assert due(reference, refused, date(2027, 11, 1))["eye"].state is DueState.LATE
    later = replace(base, answers={"eye": Answer(date(2026, 11, 1), until=date(2026, 12, 1))})
    assert state_text(due(reference, later)["eye"]) == "ditunda sampai 01-12-2026"
    assert due(reference, later, date(2026, 12, 1))["eye"].state is DueState.LATE
    done = replace(later, facts=facts(Fact("exam_eye", date(2026, 11, 20))))
    assert due(reference, done)["eye"].state is DueState.DONE


@pytest.mark.parametrize("precision", [Precision.YEAR, Precision.ESTIMATED, Precision.MONTH])
def test_nobody_is_late_for_a_birthday_that_is_not_known(reference: Reference, precision: Precision) -> None:
    life = Life(sex=Sex.MALE, born=born(date(2024, 6, 1), precision), known_since=LONG)
    assert DueState.LATE not in {item.state for item in due(reference, life).values()}


def test_nothing_is_due_for_the_dead_and_the_unborn(reference: Reference) -> None:
    assert due(reference, replace(WOMAN, active=False)) == {}
    assert due(reference, replace(WOMAN, born=born(date(2027, 1, 1)))) == {}


def test_without_a_birth_date_only_what_needs_no_age_is_told(reference: Reference) -> None:
    items = due(reference, replace(WOMAN, born=None, conditions=frozenset({"psychosis"})))
    assert set(items) == {"mental_state"}


def test_late_comes_first(reference: Reference) -> None:
    life = replace(WOMAN, facts=facts(Fact("exam_skin", date(2020, 1, 1)), Fact("waist", date(2026, 11, 20))))
    ordered = [item.state for item in in_order(due(reference, life).values())]
    assert ordered[0] is DueState.LATE
    assert ordered[-1] is DueState.DONE


@st.composite
def lives(draw: st.DrawFn) -> Life:
    birth = draw(st.dates(date(1930, 1, 1), date(2026, 12, 31)))
    codes = ["blood_pressure", "weight", "instrument:kpsp", "contact_neonatal", "exam_hpv_dna", "haemoglobin"]
    made = draw(
        st.lists(
            st.builds(
                Fact,
                st.sampled_from(codes),
                st.dates(date(1930, 1, 1), TODAY),
                st.sampled_from(list(Precision)),
                st.sampled_from(["", "negatif"]),
            ),
            max_size=8,
        )
    )
    return Life(
        sex=draw(st.sampled_from(list(Sex))),
        born=draw(st.one_of(st.none(), st.builds(PartialDate, st.just(birth), st.sampled_from(list(Precision))))),
        known_since=draw(st.one_of(st.none(), st.dates(date(2000, 1, 1), TODAY))),
        conditions=frozenset(
            draw(st.sets(st.sampled_from(["pregnant", "postpartum", "hypertension", "ever_married"])))
        ),
        hpht=draw(st.one_of(st.none(), st.dates(date(2026, 1, 1), TODAY))),
        delivered_on=draw(st.one_of(st.none(), st.dates(date(2026, 1, 1), TODAY))),
        facts=facts(*made),
    )


@given(life=lives())
def test_every_item_has_one_state_and_words(reference: Reference, life: Life) -> None:
    for item in due(reference, life).values():
        assert state_text(item)
        assert reason_text(item)
        if life.known_since is None and item.last is None:
            assert item.state in (DueState.NO_DATA, DueState.UPCOMING, DueState.DUE)


@given(life=lives())
def test_an_unknown_past_is_never_late(reference: Reference, life: Life) -> None:
    items = due(reference, replace(life, known_since=None, facts={}))
    assert all(item.state not in (DueState.LATE, DueState.LOST) for item in items.values())


@given(life=lives(), data=st.data())
def test_recording_what_closes_an_item_closes_it(reference: Reference, life: Life, data: st.DataObject) -> None:
    open_ones = [
        item
        for item in due(reference, life).values()
        if item.state in (DueState.DUE, DueState.LATE, DueState.NO_DATA) and not item.service.closes[0].value
    ]
    if not open_ones:
        return
    item = data.draw(st.sampled_from(open_ones))
    code = item.service.closes[0].fact
    everything = [fact for many in life.facts.values() for fact in many]
    after = due(reference, replace(life, facts=facts(*everything, Fact(code, TODAY))))[item.service.code]
    assert after.state is DueState.DONE


@given(life=lives(), ahead=st.integers(0, 400))
def test_a_done_item_stays_done_within_its_interval(reference: Reference, life: Life, ahead: int) -> None:
    fresh = {code: many for code, many in life.facts.items() if code != "waist"}
    done = replace(life, facts=fresh | {"waist": (Fact("waist", TODAY),)})
    then = TODAY + timedelta(days=ahead)
    item = due(reference, done, then).get("waist")
    if item is not None:
        assert (item.state is DueState.DONE) == (then < date(2027, 11, 21))
