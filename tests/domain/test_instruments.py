"""The shipped instrument files, how bad ones are refused, and how a site lays the official wording over them."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilp_desk.domain.person import Sex
from ilp_desk.domain.reference import BadReference
from ilp_desk.domain.reference.base import Status
from ilp_desk.domain.reference.instrument_files import load_instruments, read_instrument
from ilp_desk.domain.reference.instruments import Instrument, Mode, Wording
from ilp_desk.domain.scoring import score
from ilp_desk.domain.text.ages import age
from resources import instrument_text, text
from tests.domain.instrument_files import RAW, SHIPPED, SIGNS, worked

Raw = dict[str, Any]
TODAY = date(2026, 11, 21)
FIRST_SET = (
    "barthel epds gds-4 kpsp kspr mini-cog mtbm mtbs phq-4 phq-9 puma skilas smoking srq-20 tb-adult tb-child"
).split()


@pytest.fixture
def raw() -> Raw:
    return copy.deepcopy(RAW)


def site_file(**content: Any) -> Raw:
    return {
        "version": "PKM.1",
        "valid_from": date(2026, 12, 1),
        "source": "SK Kepala Puskesmas",
        "status": "confirmed",
    } | content


# --- what is shipped


def test_the_first_set_is_there_and_in_force() -> None:
    assert SHIPPED.codes() == tuple(FIRST_SET)
    assert {row.code for row in SHIPPED.in_force(TODAY)} == set(FIRST_SET)


def test_before_its_first_day_an_instrument_is_not_offered() -> None:
    assert SHIPPED.on("phq-4", date(2025, 2, 9)) is None
    assert SHIPPED.on("phq-4", date(2025, 2, 10)) is not None
    assert SHIPPED.on("phq-8", TODAY) is None
    assert SHIPPED.at("phq-4", "2019.1") is None


def test_our_words_are_marked_as_not_official() -> None:
    assert {row.wording for row in SHIPPED.rows} == {Wording.OURS}


def test_answers_about_the_mind_and_about_tb_stay_in_the_room() -> None:
    sensitive = {row.code for row in SHIPPED.rows if row.sensitive}
    assert sensitive == {"epds", "gds-4", "phq-4", "phq-9", "srq-20", "tb-adult", "tb-child"}
    inside = {(row.code, item.code) for row in SHIPPED.rows for item in row.items if item.sensitive}
    assert inside == {("kspr", "sti"), ("skilas", "sad"), ("skilas", "no_interest")}


def test_figures_from_practice_wait_for_approval() -> None:
    confirmed = {row.code for row in SHIPPED.rows if row.header.status is Status.CONFIRMED}
    assert confirmed == {"skilas"}


@pytest.mark.parametrize(
    ("code", "sex", "born", "states", "fits"),
    [
        ("skilas", Sex.MALE, date(1966, 11, 21), (), True),
        ("skilas", Sex.MALE, date(1966, 11, 22), (), False),
        ("skilas", Sex.MALE, None, (), True),
        ("tb-child", Sex.MALE, date(2011, 11, 22), (), True),
        ("tb-child", Sex.MALE, date(2011, 11, 21), (), False),
        ("tb-adult", Sex.MALE, date(2011, 11, 21), (), True),
        ("mtbm", Sex.FEMALE, date(2026, 9, 22), (), True),
        ("mtbm", Sex.FEMALE, date(2026, 9, 21), (), False),
        ("mtbs", Sex.FEMALE, date(2026, 9, 21), (), True),
        ("mtbs", Sex.FEMALE, date(2021, 11, 22), (), True),
        ("mtbs", Sex.FEMALE, date(2021, 11, 21), (), False),
        ("kpsp", Sex.FEMALE, date(2020, 11, 21), (), True),
        ("kpsp", Sex.FEMALE, date(2020, 10, 21), (), False),
        ("epds", Sex.FEMALE, date(1999, 1, 1), ("pregnant",), True),
        ("epds", Sex.FEMALE, date(1999, 1, 1), ("postpartum",), True),
        ("epds", Sex.FEMALE, date(1999, 1, 1), (), False),
        ("epds", Sex.MALE, date(1999, 1, 1), ("pregnant",), False),
        ("epds", Sex.UNKNOWN, date(1999, 1, 1), ("pregnant",), True),
    ],
)
def test_whom_an_instrument_is_for(code: str, sex: Sex, born: date | None, states: tuple[str, ...], fits: bool) -> None:
    instrument = SHIPPED.on(code, TODAY)
    assert instrument is not None
    assert instrument.who.fits(sex, age(born, TODAY) if born else None, states) is fits


def test_the_services_that_are_due_name_instruments_there_are() -> None:
    named = set(re.findall(r'"instrument:([\w-]+)"', text("services")))
    assert named
    assert named <= set(SHIPPED.codes())


def test_the_text_of_a_file_can_be_given_to_a_site() -> None:
    assert instrument_text("skilas").startswith("# SKILAS")


# --- bad files

Break = Callable[[Raw], None]


def change(file: str, table: str, code: str, /, **columns: Any) -> Break:
    def act(raw: Raw) -> None:
        next(row for row in raw[file][table] if row["code"] == code).update(columns)

    return act


def head(file: str, **columns: Any) -> Break:
    return lambda raw: raw[file]["instrument"].update(columns)


def lose(file: str, table: str, code: str | None = None) -> Break:
    def act(raw: Raw) -> None:
        if code is None:
            del raw[file][table]
        else:
            raw[file][table] = [row for row in raw[file][table] if row["code"] != code]

    return act


def strip(file: str, table: str, code: str, column: str) -> Break:
    def act(raw: Raw) -> None:
        del next(row for row in raw[file][table] if row["code"] == code)[column]

    return act


def leads(file: str, to: str) -> Break:
    row = {"code": f"to-{to}", "instrument": to, "label": to, "because": "uji"}
    return lambda raw: raw[file].setdefault("follow", []).append(row)


def both(*acts: Break) -> Break:
    def act(raw: Raw) -> None:
        for one in acts:
            one(raw)

    return act


BROKEN: list[tuple[Break, str, str, str]] = [
    # the whole file
    (lambda raw: raw["phq-9"].update(pertanyaan=[]), "phq-9", "", '"pertanyaan" tidak dikenal'),
    (lose("phq-9", "item"), "phq-9", "", '"item" belum diisi'),
    (lose("phq-9", "band"), "phq-9", "", '"band" belum diisi'),
    (lose("phq-9", "instrument"), "phq-9", "", "[instrument] belum ada"),
    (head("phq-9", code="phq9"), "phq-9", "instrument", 'nama berkas harus "phq9.toml"'),
    (head("phq-9", mode="ditanya"), "phq-9", "instrument", '"mode" harus salah satu dari'),
    (head("phq-9", wording="resmi"), "phq-9", "instrument", '"wording" harus salah satu dari'),
    (head("phq-9", sex="W"), "phq-9", "instrument", '"sex" harus salah satu dari'),
    (head("phq-9", states=["hamil"]), "phq-9", "instrument", '"states" harus dari'),
    (head("phq-9", result="jumlah"), "phq-9", "", "jumlah tidak ada di [[score]]"),
    (head("phq-9", cut=10), "phq-9", "instrument", '"cut" tidak dikenal'),
    # items
    (change("phq-9", "item", "q2", teks="x"), "phq-9", "item ke-2 (q2)", '"teks" tidak dikenal'),
    (change("phq-9", "item", "q2", kind="text"), "phq-9", "item ke-2 (q2)", '"kind" harus salah satu dari'),
    (change("phq-9", "item", "q2", scale="x"), "phq-9", "item ke-2 (q2)", '"scale": x tidak ada'),
    (change("phq-9", "item", "q2", points=1), "phq-9", "item ke-2 (q2)", '"points" tidak dikenal'),
    (change("phq-9", "item", "q2", code="q1"), "phq-9", "item ke-2 (q1)", "sudah dipakai"),
    (change("phq-9", "item", "q2", fact="tinggi"), "phq-9", "(q2)", '"fact" harus salah satu dari'),
    (change("phq-9", "item", "q2", valid_from=date(2027, 1, 1)), "phq-9", "(q2)", "masa berlaku ditulis di kepala"),
    (change("gds-4", "item", "empty", points=-1), "gds-4", "(empty)", "tidak boleh kurang dari 0"),
    (change("mtbs", "item", "seizure", sign="kejang"), "mtbs", "(seizure)", "kejang tidak ada di danger_signs.toml"),
    (change("phq-9", "scale", "often", choices=[]), "phq-9", "scale ke-1 (often)", "sedikitnya dua pilihan"),
    (
        change("phq-9", "scale", "often", choices=[{"value": "0", "label": "a"}, {"value": "0", "label": "b"}]),
        "phq-9",
        "(often)",
        'ada "value" yang sama',
    ),
    (
        change("phq-9", "scale", "often", choices=[{"value": "0", "label": "a", "point": 1}] * 2),
        "phq-9",
        "(often) choices ke-1",
        '"point" tidak dikenal',
    ),
    (change("puma", "item", "age", min=60, max=40), "puma", "(age)", "yang kecil dulu"),
    (change("puma", "item", "age", decimals=4), "puma", "(age)", '"decimals" harus 0 sampai 3'),
    (change("puma", "item", "age", steps=[{"to": 49, "points": 0}]), "puma", "(age)", "langkah terakhir"),
    (
        change("puma", "item", "age", steps=[{"to": 59, "points": 1}, {"to": 49, "points": 0}, {"points": 2}]),
        "puma",
        "(age)",
        "batasnya harus naik",
    ),
    # what the record knows
    (change("kspr", "item", "old", yes_if={}), "kspr", "(old) yes_if", '"from", "to", atau "below"'),
    (change("kspr", "item", "lost", yes_if={"from": 1}), "kspr", "(lost)", '"yes_if" perlu "fact"'),
    (change("kspr", "item", "old", yes_if={"above": 35}), "kspr", "(old) yes_if", '"from", "to", atau "below"'),
    (strip("kpsp", "item", "form", "round_up_days"), "kpsp", "(form)", "kpsp_form"),
    (change("kpsp", "item", "form", round_up_days=32), "kpsp", "(form)", "1 sampai 31"),
    (change("skilas", "item", "sad", round_up_days=1), "skilas", "(sad)", "hanya untuk"),
    # conditions
    (
        change("puma", "item", "sticks", shown_if={"item": "rokok", "is": ["yes"]}),
        "puma",
        "(sticks)",
        "rokok tidak ada",
    ),
    (
        change("puma", "item", "smoked", shown_if={"item": "sticks", "from": 1}),
        "puma",
        "(smoked) shown_if",
        "sticks tidak ada",
    ),
    (
        change("puma", "item", "sticks", shown_if={"item": "smoked", "is": ["ya"]}),
        "puma",
        "(sticks)",
        "ya bukan jawaban",
    ),
    (change("puma", "item", "sticks", shown_if={"item": "smoked"}), "puma", "(sticks)", '"is" belum diisi'),
    (change("puma", "item", "sticks", shown_if={"item": "age", "from": 131}), "puma", "(sticks)", "(40 sampai 130)"),
    (change("puma", "item", "sticks", shown_if={"item": "age"}), "puma", "(sticks)", '"from" atau "to"'),
    (change("puma", "item", "sticks", shown_if={}), "puma", "(sticks)", "sebut satu saja"),
    # scores
    (change("phq-4", "score", "phq2", items=["q1", "q9"]), "phq-4", "score ke-1 (phq2)", '"items": q9 tidak ada'),
    (change("phq-4", "score", "phq2", items=["q1", "q1"]), "phq-4", "(phq2)", "disebut dua kali"),
    (change("phq-4", "score", "phq2", items=["q1"]), "phq-4", "", "item q2 tidak masuk skor mana pun"),
    (change("phq-4", "score", "phq2", items=[]), "phq-4", "(phq2)", '"items" atau "scores" belum diisi'),
    (change("phq-4", "score", "phq2", how="rata-rata"), "phq-4", "(phq2)", '"how" harus salah satu dari'),
    (change("phq-4", "score", "phq2", scores=["gad2"]), "phq-4", "(phq2)", '"scores": gad2 tidak ada'),
    (change("phq-4", "score", "depression", scores=["phq2", "gad2"]), "phq-4", "(depression)", "harus satu saja"),
    (change("puma", "score", "pack_years", divisor=3), "puma", "(pack_years)", "membagi habis 1000"),
    (change("puma", "score", "pack_years", items=["sticks", "cough"]), "puma", "(pack_years)", "harus angka semua"),
    (change("puma", "score", "total", scores=["pack_years"]), "puma", "(total)", "hanya nilai bulat"),
    # bands
    (change("phq-9", "band", "mild", to=10), "phq-9", "", "rentang mild dan moderate tumpang tindih"),
    (change("phq-9", "band", "mild", to=8), "phq-9", "", "di antara rentang mild dan moderate"),
    (change("phq-9", "band", "severe", to=26), "phq-9", "", "harus penuh dari 0 sampai 27"),
    (change("phq-9", "band", "severe", to=28), "phq-9", "(severe)", "di luar nilai yang mungkin (0 sampai 27)"),
    (change("phq-9", "band", "minimal", **{"from": 1}), "phq-9", "", "harus penuh dari 0 sampai 27"),
    (change("phq-9", "band", "mild", **{"from": 9, "to": 5}), "phq-9", "(mild)", "lebih besar daripada"),
    (change("phq-9", "band", "mild", to=Decimal("9.5")), "phq-9", "(mild)", "harus kelipatan 1"),
    (change("phq-9", "band", "mild", to=Decimal("NaN")), "phq-9", "(mild)", '"to" harus angka'),
    (change("puma", "item", "age", max=Decimal("Infinity")), "puma", "(age)", '"max" harus angka'),
    (change("phq-9", "band", "mild", meaning="sedang"), "phq-9", "(mild)", '"meaning" harus salah satu dari'),
    (change("phq-9", "band", "mild", score="x"), "phq-9", "(mild)", '"score": x tidak ada'),
    (lose("phq-9", "band", "moderate"), "phq-9", "", "di antara rentang mild dan moderately_severe"),
    (lose("smoking", "band", "smoke"), "smoking", "", "rentang skor exposure harus penuh"),
    (strip("phq-9", "band", "mild", "act"), "phq-9", "(mild)", '"act" belum diisi'),
    # flags
    (change("phq-9", "flag", "self_harm", when={"item": "q10", "is": ["1"]}), "phq-9", "(self_harm)", "q10 tidak ada"),
    (change("phq-9", "flag", "self_harm", when={"item": "q9", "is": ["4"]}), "phq-9", "(self_harm)", "4 bukan jawaban"),
    (
        change("phq-9", "flag", "self_harm", when={"band": ["mild"]}),
        "phq-9",
        "(self_harm)",
        "satu item atau satu score",
    ),
    (strip("phq-9", "flag", "self_harm", "when"), "phq-9", "(self_harm)", "satu item atau satu score"),
    (change("phq-9", "flag", "self_harm", lifts_to="berat"), "phq-9", "(self_harm)", "berat bukan rentang hasil"),
    # what follows
    (change("skilas", "follow", "mood_gds", instrument="gds-5"), "skilas", "mood_gds", "gds-5 tidak ada"),
    (
        change("skilas", "follow", "mood_gds", when={"score": "mood", "from": 2}),
        "skilas",
        "(mood_gds) when",
        "di luar nilai yang mungkin (0 sampai 1)",
    ),
    (
        change("skilas", "follow", "mood_gds", when={"score": "hati", "from": 1}),
        "skilas",
        "(mood_gds)",
        "hati tidak ada",
    ),
    (
        change("skilas", "follow", "mood_gds", when={"band": ["buruk"]}),
        "skilas",
        "(mood_gds) when",
        "buruk bukan rentang hasil",
    ),
    (leads("phq-9", "phq-9"), "phq-9", "follow", "phq-9 → phq-9"),
    (leads("gds-4", "skilas"), "gds-4", "follow", "lanjutannya berputar: gds-4 → skilas → gds-4"),
    (both(leads("phq-9", "srq-20"), leads("srq-20", "phq-4")), "phq-4", "follow", "phq-4 → phq-9 → srq-20 → phq-4"),
]


@pytest.mark.parametrize(("act", "file", "row", "reason"), BROKEN)
def test_a_bad_file_is_refused_with_file_row_and_reason(raw: Raw, act: Break, file: str, row: str, reason: str) -> None:
    act(raw)
    with pytest.raises(BadReference) as refused:
        load_instruments(raw, signs=SIGNS)
    assert refused.value.file == file
    assert row in refused.value.row
    assert reason in refused.value.reason
    assert refused.value.sentence.startswith(f"Berkas acuan {file}.toml")


def places(value: object, way: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The way to every value of a file, at any depth."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, below in inside:
        yield (*way, key)
        yield from places(below, (*way, key))


PLACES = [(file, way) for file in RAW for way in places(RAW[file])]
JUNK = [None, "", "x", 7, -1, True, [], [1], ["x"], {}, {"x": 1}, Decimal("0.5"), Decimal("NaN"), date(2026, 1, 1)]


@given(place=st.sampled_from(PLACES), junk=st.sampled_from(JUNK))
def test_no_junk_gets_past_as_anything_but_a_sentence(place: tuple[str, tuple[str | int, ...]], junk: object) -> None:
    file, way = place
    raw: Raw = copy.deepcopy(RAW[file])
    target: Any = raw
    for key in way[:-1]:
        target = target[key]
    target[way[-1]] = junk
    try:
        outcome: object = read_instrument(file, raw, SIGNS)
    except BadReference as refused:
        outcome = refused
    assert isinstance(outcome, Instrument | BadReference)


# --- versions


def later(raw: Raw, **header: Any) -> Raw:
    file: Raw = copy.deepcopy(raw["phq-9"])
    return file | {"version": "2027.1", "valid_from": date(2027, 1, 1)} | header


def test_two_versions_take_turns(raw: Raw) -> None:
    old = raw["phq-9"] | {"valid_to": date(2026, 12, 31)}
    found = load_instruments({**raw, "phq-9": later(raw), "phq-9.2026.1": old})
    versions = {day: found.on("phq-9", day) for day in (date(2026, 12, 31), date(2027, 1, 1))}
    assert [row.version for row in versions.values() if row] == ["2026.1", "2027.1"]


@pytest.mark.parametrize(
    ("last", "header", "reason"),
    [
        (date(2027, 1, 1), {}, "masa berlakunya tumpang tindih dengan phq-9.toml"),
        (None, {}, "masa berlakunya tumpang tindih dengan phq-9.toml"),
        (date(2026, 12, 31), {"version": "2026.1"}, "versi 2026.1 sudah dipakai phq-9.toml"),
    ],
)
def test_two_versions_of_the_same_days_or_name_are_refused(
    raw: Raw, last: date | None, header: Raw, reason: str
) -> None:
    old = raw["phq-9"] | ({"valid_to": last} if last else {})
    with pytest.raises(BadReference) as refused:
        load_instruments({**raw, "phq-9": later(raw, **header), "phq-9.2026.1": old})
    assert (refused.value.file, refused.value.reason) == ("phq-9.2026.1", reason)


def test_a_file_of_another_version_than_its_name_says_is_refused(raw: Raw) -> None:
    with pytest.raises(BadReference, match=r'phq-9\.2025\.toml, instrument: nama berkas harus "phq-9\.toml"'):
        load_instruments({**raw, "phq-9.2025": later(raw)})


# --- what a site lays over


def test_a_site_lays_the_official_wording_over_ours(raw: Raw) -> None:
    words = {"code": "q1", "text": "Redaksi resmi butir satu"}
    own = site_file(instrument={"wording": "official"}, item=[words])
    found = load_instruments(raw, {"phq-9": own}, SIGNS)
    instrument = found.on("phq-9", TODAY)
    assert instrument is not None
    assert instrument.wording is Wording.OFFICIAL
    assert (instrument.version, instrument.mode) == ("2026.1+PKM.1", Mode.SELF)
    assert instrument.items["q1"].text == "Redaksi resmi butir satu"
    assert (instrument.items["q1"].status, instrument.items["q2"].status) == (Status.CONFIRMED, Status.TO_BE_APPROVED)
    assert [item.code for item in instrument.items] == [row["code"] for row in raw["phq-9"]["item"]]


def test_answers_given_before_the_site_had_its_own_keep_our_version(raw: Raw) -> None:
    lower = [{"code": "low", "to": 4}, {"code": "distress", "from": 5}]
    found = load_instruments(raw, {"srq-20": site_file(band=lower)})
    answers = next(case.answers for case in worked() if case.instrument == "srq-20" and case.total == 5)
    now, before = found.on("srq-20", TODAY), found.at("srq-20", "2026.1")
    assert now is not None
    assert before is not None
    assert (score(now, answers).band.code, score(before, answers).band.code) == ("distress", "low")
    assert found.codes() == SHIPPED.codes()


def test_a_site_adds_an_instrument_and_what_was_on_paper_is_on_paper_no_more(raw: Raw) -> None:
    gad = copy.deepcopy(raw["gds-4"]) | site_file()
    gad["instrument"] |= {"code": "gad-7"}
    found = load_instruments(raw, {"gad-7": gad})
    assert "gad-7" in found.codes()
    before, after = SHIPPED.on("phq-4", TODAY), found.on("phq-4", TODAY)
    assert before is not None
    assert after is not None
    assert [row.paper for row in before.cascade] == [False, True]
    assert [row.paper for row in after.cascade] == [False, False]


def test_a_bad_file_of_a_site_is_refused(raw: Raw) -> None:
    with pytest.raises(BadReference, match=r"phq-9\.toml: rentang mild dan moderate tumpang tindih"):
        load_instruments(raw, {"phq-9": site_file(band=[{"code": "mild", "to": 12}])})
    with pytest.raises(BadReference, match=r'phq-9\.toml: "source" belum diisi'):
        load_instruments(raw, {"phq-9": {"version": "1"}})
