"""What answers mean: every worked answer, every band's edges, what rises whatever the total, half-filled forms."""

from __future__ import annotations

import copy
import itertools
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilp_desk.domain.alarms import AlarmFacts, alarms
from ilp_desk.domain.reference import Reference
from ilp_desk.domain.reference.instrument_files import load_instruments, read_instrument
from ilp_desk.domain.reference.instruments import How, Instrument, Item, Kind, Meaning
from ilp_desk.domain.reference.signs import Level
from ilp_desk.domain.scoring import (
    Incomplete,
    OutOfRange,
    decimal_text,
    next_item,
    read_answers,
    score,
    shown_items,
    so_far,
)
from ilp_desk.domain.text.ages import age
from tests.domain.instrument_files import RAW, SHIPPED, Case, worked

TODAY = date(2026, 11, 21)
CASES = worked()
CODES = SHIPPED.codes()


def shipped(code: str) -> Instrument:
    found = SHIPPED.on(code, TODAY)
    assert found is not None
    return found


def base(code: str) -> dict[str, object]:
    """Answers that are complete: those of the first worked row."""
    return dict(next(case.answers for case in CASES if case.instrument == code))


# --- worked answers


@pytest.mark.parametrize("case", CASES, ids=str)
def test_worked_answers(case: Case) -> None:
    result = score(shipped(case.instrument), case.answers)
    assert (result.total, result.band.code) == (case.total, case.band)
    values = {one.code: one.value for one in result.scores}
    assert {code: values[code] for code in case.scores} == case.scores
    if case.flags is not None:
        assert [flag.code for flag in result.flags] == case.flags
    if case.lifted is not None:
        assert ([result.lifted.code] if result.lifted else []) == case.lifted
    if case.signs is not None:
        assert list(result.signs) == case.signs
    if case.follow is not None:
        assert [follow.instrument for follow in result.follow] == case.follow


def reachable(instrument: Instrument) -> set[Decimal]:
    """The totals answers can make, where not every whole number between the lowest and the highest is one."""
    own = instrument.scores[instrument.result]
    if own.how is not How.SUM or own.scores:
        return {own.low + step for step in range(int(own.high - own.low) + 1)}
    totals = {Decimal(own.base)}
    for code in own.items:
        points = {option.points for option in instrument.items[code].options}
        totals = {total + more for total in totals for more in points}
    return totals


@pytest.mark.parametrize("code", CODES)
def test_every_edge_of_every_band_has_a_worked_answer(code: str) -> None:
    instrument = shipped(code)
    possible = reachable(instrument)
    worked_totals = {case.total for case in CASES if case.instrument == code}
    for band in instrument.bands_of(instrument.result):
        inside = [total for total in possible if band.low <= total <= band.high]
        assert {min(inside), max(inside)} <= worked_totals, band.code


@pytest.mark.parametrize("code", CODES)
def test_every_flag_and_every_follow_up_is_met_by_a_worked_answer(code: str) -> None:
    instrument = shipped(code)
    results = [score(instrument, case.answers) for case in CASES if case.instrument == code]
    assert {flag.code for flag in instrument.flags} == {flag.code for result in results for flag in result.flags}
    assert {row.instrument for row in instrument.cascade} == {f.instrument for result in results for f in result.follow}


# --- what a person may answer


def answer_of(item: Item) -> st.SearchStrategy[object]:
    if item.kind is not Kind.NUMBER:
        return st.sampled_from([option.value for option in item.options])
    factor = 10**item.decimals
    low, high = int(item.low * factor), int(item.high * factor)
    return st.integers(low, high).map(lambda number: Decimal(number).scaleb(-item.decimals))


@st.composite
def filled(draw: st.DrawFn, code: str | None = None) -> tuple[Instrument, dict[str, object]]:
    """An instrument and an answer to every item, shown or not."""
    instrument = shipped(code or draw(st.sampled_from(CODES)))
    return instrument, {item.code: draw(answer_of(item)) for item in instrument.items}


@given(filled())
def test_complete_answers_give_a_result_with_exactly_one_band(form: tuple[Instrument, dict[str, object]]) -> None:
    instrument, answers = form
    result = score(instrument, answers)
    holding = [b for b in instrument.bands_of(instrument.result) if b.low <= result.total <= b.high]
    assert len(holding) == 1
    assert result.band is holding[0] or result.lifted is not None
    assert result.acts
    for one in result.scores:
        assert instrument.scores[one.code].low <= one.value <= one.high
        assert (one.band is not None) is bool(instrument.bands_of(one.code))


WORSE_WITH_MORE = ("phq-9", "epds", "srq-20", "phq-4", "gds-4", "kspr", "skilas", "tb-adult", "tb-child", "mtbs")
BETTER_WITH_MORE = ("barthel", "mini-cog", "kpsp")


def counting(instrument: Instrument) -> list[Item]:
    return [item for item in instrument.items if item.options and item.counts]


SEVERITY = {meaning: place for place, meaning in enumerate(Meaning)}


@pytest.mark.parametrize("code", [*WORSE_WITH_MORE, *BETTER_WITH_MORE])
@given(data=st.data())
def test_an_answer_with_more_points_never_turns_the_result_round(code: str, data: st.DataObject) -> None:
    instrument, answers = data.draw(filled(code))
    worst = {one.code: max(one.options, key=lambda option: option.points).value for one in counting(instrument)}
    chosen = data.draw(st.sampled_from(sorted(worst) or ["yes"]))
    more = {**answers, chosen: worst.get(chosen, 10)}
    before, after = (SEVERITY[score(instrument, given).band.meaning] for given in (answers, more))
    if code in WORSE_WITH_MORE:
        assert after >= before
    else:
        assert after <= before


@given(form=filled(), data=st.data())
def test_a_missing_answer_is_named(form: tuple[Instrument, dict[str, object]], data: st.DataObject) -> None:
    instrument, answers = form
    gone = data.draw(st.sampled_from([item for item in shown_items(instrument, answers) if item.required]))
    del answers[gone.code]
    with pytest.raises(Incomplete) as refused:
        score(instrument, answers)
    assert refused.value.field == refused.value.items[0] == gone.code
    assert gone.text in refused.value.sentence


# --- refused answers


@pytest.mark.parametrize(
    ("code", "item", "answer", "said"),
    [
        ("phq-9", "q3", "4", "Tidur terganggu atau berlebihan: jawaban 4 tidak ada. Pilih 0 (Tidak pernah)"),
        ("phq-9", "q3", -1, "jawaban -1 tidak ada"),
        ("phq-9", "q3", True, "jawaban yes tidak ada"),
        ("srq-20", "q1", "mungkin", "Pilih yes (Ya), no (Tidak)"),
        ("kpsp", "yes", 11, "Jumlah jawaban ya: 11 di luar batas 0 sampai 10"),
        ("kpsp", "yes", -1, "di luar batas"),
        ("kpsp", "yes", "9,5", "tulis bilangan bulat"),
        ("kpsp", "yes", "banyak", "tulis angkanya"),
        ("kpsp", "yes", True, "tulis angkanya"),
        ("kpsp", "yes", float("nan"), "di luar batas"),
        ("kpsp", "yes", Decimal("1e999999"), "di luar batas"),
        ("kpsp", "form", "7", "jawaban 7 tidak ada"),
        ("mtbm", "temperature", Decimal("36.55"), "paling banyak 1 angka di belakang koma"),
        ("puma", "age", 39, "Umur: 39 di luar batas 40 sampai 130 tahun"),
    ],
)
def test_an_answer_that_cannot_be_is_named(code: str, item: str, answer: object, said: str) -> None:
    with pytest.raises(OutOfRange) as refused:
        score(shipped(code), {**base(code), item: answer})
    assert refused.value.items == (item,)
    assert refused.value.field == item
    assert said in refused.value.sentence


def test_an_item_the_instrument_does_not_have_is_named() -> None:
    with pytest.raises(OutOfRange, match="PHQ-9 tidak punya item q10") as refused:
        score(shipped("phq-9"), {**base("phq-9"), "q10": "0"})
    assert refused.value.items == ("q10",)


def test_all_that_is_missing_is_counted() -> None:
    with pytest.raises(Incomplete) as refused:
        score(shipped("phq-9"), {"q1": "0", "q2": None})
    assert refused.value.items == tuple(f"q{number}" for number in range(2, 10))
    assert "dan 5 lagi" in refused.value.sentence


def test_answers_may_come_as_other_programs_write_them() -> None:
    instrument = shipped("srq-20")
    answers = {**base("srq-20"), "q1": True, "q2": "ya", "q3": " Yes ", "q4": False, "q5": "Tidak"}
    assert score(instrument, answers).total == 3
    assert read_answers(instrument, answers)["q1"] == "yes"
    assert score(shipped("phq-9"), {**base("phq-9"), "q1": 2}).total == 2
    assert score(shipped("mtbm"), {**base("mtbm"), "temperature": "37,5"}).total == 1
    assert score(shipped("mtbm"), {**base("mtbm"), "temperature": 37.4}).total == 0


# --- going through a form


def test_the_next_item_follows_the_answers() -> None:
    puma = shipped("puma")
    answers: dict[str, object] = {"sex": "L", "age": 55}
    asked = next_item(puma, answers)
    assert asked is not None
    assert asked.code == "smoked"
    after_no, after_yes = (next_item(puma, {**answers, "smoked": word}) for word in ("no", "yes"))
    assert after_no is not None
    assert after_yes is not None
    assert (after_no.code, after_yes.code) == ("dyspnoea", "sticks")


def test_after_the_last_item_the_first_gap_comes_again() -> None:
    phq = shipped("phq-9")
    answers = base("phq-9")
    del answers["q2"]
    gap = next_item(phq, answers, after="q9")
    assert gap is not None
    assert gap.code == "q2"
    assert next_item(phq, base("phq-9")) is None


def test_an_optional_item_is_offered_once_and_not_asked_for_again() -> None:
    mtbs = shipped("mtbs")
    offered = next_item(mtbs, base("mtbs"))
    assert offered is not None
    assert offered.code == "spo2"
    assert next_item(mtbs, base("mtbs"), after="spo2") is None


@given(filled())
def test_answering_the_next_item_each_time_completes_the_form(form: tuple[Instrument, dict[str, object]]) -> None:
    instrument, answers = form
    given_so_far: dict[str, object] = {}
    for _ in instrument.items:
        item = next_item(instrument, given_so_far)
        if item is None:
            break
        given_so_far[item.code] = answers[item.code]
    assert next_item(instrument, given_so_far) is None
    assert score(instrument, given_so_far) == score(instrument, answers)


def test_half_a_form_shows_boxes_alarms_and_what_will_follow() -> None:
    state = so_far(shipped("skilas"), {"recall": "wrong", "orientation": "right", "chair": "yes"})
    assert (state.answered, state.shown) == (3, 10)
    assert {one.code: one.value for one in state.scores if one.value} == {"cognitive": 1, "boxes": 1}
    assert all(one.band is None for one in state.scores)
    assert [row.instrument for row in state.follow] == ["mini-cog", "ad-8", "frailty", "sarc-calf", "iadl"]
    assert [flag.level for flag in so_far(shipped("phq-9"), {"q9": "1"}).flags] == [Level.RED]
    assert so_far(shipped("mtbs"), {"seizure": "yes"}).signs == ("seizure",)


def test_half_a_form_does_not_promise_what_a_further_answer_may_undo() -> None:
    assert so_far(shipped("kpsp"), {"form": "24"}).follow == ()
    told = so_far(shipped("kpsp"), {"form": "24", "yes": 8})
    assert [row.instrument for row in told.follow] == ["m-chat-r", "kmpe", "gpph"]


def test_what_hangs_on_a_question_not_asked_yet_is_open() -> None:
    raw = copy.deepcopy(RAW["puma"])
    light = {"score": "pack_years", "to": 10}
    raw["flag"] = [{"code": "light", "level": "yellow", "label": "x", "act": "y", "when": light}]
    puma = read_instrument("puma", raw)
    assert so_far(puma, {"sex": "L", "age": 50}).flags == ()
    assert [flag.code for flag in so_far(puma, {"smoked": "no"}).flags] == ["light"]


@given(form=filled(), data=st.data())
def test_what_half_a_form_says_is_in_the_result(
    form: tuple[Instrument, dict[str, object]], data: st.DataObject
) -> None:
    """Answered from the top, as people do: what has risen does not go away again."""
    instrument, answers = form
    cut = data.draw(st.integers(0, len(answers)))
    state = so_far(instrument, dict(itertools.islice(answers.items(), cut)))
    result = score(instrument, answers)
    assert {flag.code for flag in state.flags} <= {flag.code for flag in result.flags}
    assert {row.instrument for row in state.follow} <= {row.instrument for row in result.follow}
    assert set(state.signs) <= set(result.signs)
    assert state.band is None or result.lifted is not None or state.band == result.band


# --- the act comes first


def test_an_alarm_of_one_item_comes_before_what_the_band_asks_for() -> None:
    result = score(shipped("phq-9"), {**base("phq-9"), "q9": "3", "q1": "3"})
    assert result.band.code == "mild"
    assert result.acts[0].startswith("Jangan tinggalkan sendirian")
    assert result.acts[1] == result.band.act


def test_a_band_that_nothing_can_undo_shows_before_the_end() -> None:
    quiet = so_far(shipped("mtbs"), {"age": 14, "seizure": "no"})
    assert quiet.band is None
    sick = so_far(shipped("mtbs"), {"age": 14, "seizure": "yes"})
    assert sick.band is not None
    assert (sick.band.code, sick.signs) == ("danger", ("seizure",))
    five = {f"q{number}": "yes" for number in range(1, 6)}
    assert so_far(shipped("srq-20"), five).band is None
    distress = so_far(shipped("srq-20"), {**five, "q6": "yes"}).band
    assert distress is not None
    assert distress.code == "distress"
    assert so_far(shipped("kpsp"), {"form": "24", "yes": 10}).band is None, "a number may still be corrected"


def test_beside_a_red_alarm_nothing_is_said_that_calms() -> None:
    result = score(shipped("phq-9"), {**base("phq-9"), "q9": "1"})
    assert result.band.meaning is Meaning.OK
    assert [act[:11] for act in result.acts] == ["Jangan ting"]


def test_a_further_score_that_is_not_in_order_adds_its_act() -> None:
    acts = score(shipped("smoking"), {**base("smoking"), "exposed": "yes"}).acts
    assert acts == ("Dukung tetap tidak merokok.", "Ajak keluarga membuat rumah bebas asap rokok.")


def test_red_comes_before_yellow_and_the_flag_that_lifts_is_named() -> None:
    raw = copy.deepcopy(RAW["epds"])
    first = {"code": "tired", "level": "yellow", "label": "x", "act": "y", "when": {"score": "total", "from": 1}}
    raw["flag"].insert(0, first)
    result = score(read_instrument("epds", raw), {**base("epds"), "q10": "3"})
    assert [flag.level.value for flag in result.flags] == ["red", "yellow"]
    assert result.lifted is not None
    assert result.total == 3
    assert (result.lifted.code, result.band.code) == ("self_harm_often", "possible")


def test_an_instrument_may_follow_on_a_band_also_on_a_lifted_one() -> None:
    raw = copy.deepcopy(RAW["epds"])
    row = {"code": "next", "instrument": "wawancara", "label": "x", "because": "y", "paper": True}
    raw["follow"] = [row | {"when": {"band": ["possible"]}}]
    epds = read_instrument("epds", raw)
    assert score(epds, base("epds")).follow == ()
    assert [follow.instrument for follow in score(epds, {**base("epds"), "q10": "3"}).follow] == ["wawancara"]
    assert so_far(epds, {"q10": "3"}).follow == ()


def test_a_reversed_choice_gives_its_points_from_the_other_end() -> None:
    raw = copy.deepcopy(RAW["phq-9"])
    raw["item"][0]["reversed"] = True
    phq = read_instrument("phq-9", raw)
    assert [score(phq, {**base("phq-9"), "q1": value}).total for value in "0123"] == [3, 2, 1, 0]


# --- versions


def test_a_corrected_instrument_is_a_new_version_and_old_answers_keep_theirs() -> None:
    old, new = copy.deepcopy(RAW["gds-4"]), copy.deepcopy(RAW["gds-4"])
    old["valid_to"] = date(2026, 12, 31)
    new |= {"version": "2027.1", "valid_from": date(2027, 1, 1)}
    new["band"] = [row for row in new["band"] if row["code"] != "unsure"]
    new["band"][1]["from"] = 1
    both = load_instruments({**RAW, "gds-4.2026.1": old, "gds-4": new})
    answers = {**base("gds-4"), "empty": "yes"}
    told = {}
    for day in (date(2026, 12, 31), date(2027, 1, 1)):
        instrument = both.on("gds-4", day)
        assert instrument is not None
        told[instrument.version] = score(instrument, answers).band.code
    assert told == {"2026.1": "unsure", "2027.1": "likely"}
    then = both.at("gds-4", "2026.1")
    assert then is not None
    assert score(then, answers).version == "2026.1"
    assert score(then, answers).band.code == "unsure"


# --- one number, one place


@pytest.mark.parametrize("breaths", [29, 30, 59, 60])
@pytest.mark.parametrize("tenths", [354, 355, 359, 360, 374, 375])
def test_the_form_of_young_infants_and_the_alarms_agree(reference: Reference, breaths: int, tenths: int) -> None:
    facts = AlarmFacts(on=TODAY, age=age(date(2026, 10, 10), TODAY))
    values: dict[str, int | str] = {"respiration": breaths, "temperature": tenths}
    red = [alarm for alarm in alarms(values, facts, reference) if alarm.level is Level.RED]
    answers = {**base("mtbm"), "respiration": breaths, "temperature": Decimal(tenths) / 10}
    assert score(shipped("mtbm"), answers).total == len(red)


@pytest.mark.parametrize(("months", "born"), [(11, date(2025, 11, 22)), (12, date(2025, 11, 21))])
@pytest.mark.parametrize("breaths", [39, 40, 49, 50])
def test_the_form_of_children_and_the_alarms_agree(reference: Reference, months: int, born: date, breaths: int) -> None:
    facts = AlarmFacts(on=TODAY, age=age(born, TODAY))
    found = [alarm for alarm in alarms({"respiration": breaths}, facts, reference) if "MTBS" in alarm.act]
    item = "respiration_infant" if months < 12 else "respiration_child"
    answers = {**base("mtbs"), "age": months, item: breaths}
    assert score(shipped("mtbs"), answers).total == len(found)


@pytest.mark.parametrize(("percent", "level"), [(91, 2), (92, 0)])
def test_oxygen_of_children_and_the_alarms_agree(reference: Reference, percent: int, level: int) -> None:
    facts = AlarmFacts(on=TODAY, age=age(date(2024, 11, 21), TODAY))
    red = [a for a in alarms({"spo2": percent}, facts, reference) if a.level is Level.RED]
    assert score(shipped("mtbs"), {**base("mtbs"), "spo2": percent}).total == level == 2 * len(red)


def test_a_red_danger_sign_is_never_a_light_result(reference: Reference) -> None:
    for instrument in SHIPPED.rows:
        for item in instrument.items:
            if item.sign and reference.signs.dangers[item.sign].level is Level.RED:
                result = score(instrument, {**base(instrument.code), item.code: "yes"})
                assert result.band.meaning is Meaning.ACT, (instrument.code, item.code)


@pytest.mark.parametrize(
    ("number", "text"), [("12", "12"), ("12.50", "12,5"), ("0", "0"), ("30.10", "30,1"), ("NaN", "NaN"), ("1E2", "100")]
)
def test_numbers_as_people_write_them(number: str, text: str) -> None:
    assert decimal_text(Decimal(number)) == text
