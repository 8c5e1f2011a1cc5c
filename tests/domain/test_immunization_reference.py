"""The immunization file: every row of the schedule stands in it, and a bad one is refused with file, row and reason."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from ilp_desk.domain.immunization import DoseState, Plan, due, milestones
from ilp_desk.domain.reference import BadReference, Reference, load
from ilp_desk.domain.reference.base import Status
from ilp_desk.domain.reference.immunization_rows import PLACES, WORDS
from resources import names, read
from tests.domain.vaccinating import child, days, dose, item, months, usual

Raw = dict[str, Any]
Break = Callable[[Raw], None]
FILE = "immunizations"


@pytest.fixture(scope="module")
def shipped() -> Raw:
    return {name: read(name) for name in names()}


@pytest.fixture
def raw(shipped: Raw) -> Raw:
    return {**shipped, FILE: copy.deepcopy(shipped[FILE])}


# Sections 2.6, 3.2 and 3.5 of the domain reference.
DOSES = {
    "hb0": ["HB0"],
    "bcg": ["BCG"],
    "opv": ["OPV1", "OPV2", "OPV3", "OPV4"],
    "dpt_hb_hib": ["DPT-HB-HIB1", "DPT-HB-HIB2", "DPT-HB-HIB3", "DPT-HB-HIB4"],
    "pcv-infant": ["PCV1", "PCV2", "PCV3"],
    "pcv-12-23": ["PCV1-12", "PCV2-12"],
    "pcv-24": ["PCV1-24"],
    "rv-3": ["RV1", "RV2", "RV3"],
    "rv-2": ["RV1", "RV2"],
    "ipv": ["IPV1", "IPV2"],
    "mr": ["MR1", "MR2"],
    "je": ["JE"],
    "mr_school": ["MR-SCHOOL"],
    "td_school": ["DT1", "TD2", "TD5"],
    "hpv-1": ["HPV"],
    "hpv-2": ["HPV", "HPV2"],
}
CONFIRMED = {"BCG", "PCV1-12", "PCV1-24"}


def test_every_dose_of_the_schedule_stands_in_the_file(reference: Reference) -> None:
    table = reference.immunizations
    found = {
        schedule.code: [dose.code for dose in table.doses if schedule.code in dose.schedules]
        for schedule in table.schedules
    }
    assert found == DOSES
    assert [row.code for row in table.tetanus] == ["T1", "T2", "T3", "T4", "T5"]
    assert [(row.code, row.kind) for row in table.milestones] == [
        ("IDL-2025", "idl"),
        ("IDL-2026", "idl"),
        ("IBL", "ibl"),
    ]


def test_only_what_a_stored_source_says_is_confirmed(reference: Reference) -> None:
    table = reference.immunizations
    assert {row.code for row in table.doses if row.status is Status.CONFIRMED} == CONFIRMED
    assert all(row.status is Status.CONFIRMED for row in table.tetanus)
    assert all(row.status is Status.TO_BE_APPROVED for row in (*table.vaccines, *table.credits, *table.milestones))
    assert table.rules.grace_days == 0


def test_every_vaccine_of_the_schedule_can_be_given(reference: Reference) -> None:
    table = reference.immunizations
    for row in table.doses:
        for code in row.vaccines:
            vaccine = table.vaccines[code]
            assert vaccine.route in {"IM", "SC", "ID", "oral"}
            assert vaccine.amount
            assert vaccine.sites


def test_the_words_have_no_place_nobody_fills(reference: Reference) -> None:
    filled = dict.fromkeys(PLACES, "isi")
    for name in WORDS:
        said = reference.immunizations.words[name].format_map(filled)
        assert "{" not in said


def section(key: str, **values: Any) -> Break:
    def act(raw: Raw) -> None:
        raw[FILE][key].update(values)

    return act


def row(table: str, code: str, **values: Any) -> Break:
    def act(raw: Raw) -> None:
        (found,) = [one for one in raw[FILE][table] if one["code"] == code]
        found.update(values)

    return act


def without(table: str, code: str, *columns: str) -> Break:
    def act(raw: Raw) -> None:
        rows = raw[FILE][table]
        (found,) = [one for one in rows if one["code"] == code]
        for column in columns:
            del found[column]
        if not columns:
            rows.remove(found)

    return act


def more(table: str, **values: Any) -> Break:
    def act(raw: Raw) -> None:
        raw[FILE][table].append(values)

    return act


def window(state: str, start: str, end: str) -> dict[str, str]:
    return {"state": state, "from": start, "to": end}


TWO = [window("on_time", "2 bln", "4 bln"), window("late", "3 bln", "12 bln")]
BROKEN: list[tuple[Break, str, str]] = [
    (row("schedule", "mr", series="campak"), "mr", "campak tidak ada di [[series]]"),
    (row("schedule", "rv-2", brands=["x"]), "rv-2", "x tidak ada di [[vaccine]]"),
    (row("vaccine", "mr", series=["campak"]), "mr", "campak tidak ada di [[series]]"),
    (row("vaccine", "mmr", counts_as=["campak"]), "mmr", "campak tidak ada di [[vaccine]]"),
    (row("vaccine", "hexavalent", earlier=[{"series": "polio", "from": "42 hr"}]), "hexavalent", "polio tidak ada"),
    (row("vaccine", "mr", live="hidup"), "(mr)", "no, oral, parenteral"),
    (row("vaccine", "mr", counts_as=["mmr"]), "mr", '"counts_as" berputar'),
    (row("vaccine", "mr", counts_as=["mr"]), "mr", '"counts_as" berputar'),
    (row("dose", "MR1", schedules=["x"]), "mr", "1, 2, 3"),
    (row("dose", "MR1", vaccines=["x"]), "MR1", "x tidak ada di [[vaccine]]"),
    (row("dose", "MR1", windows=[]), "(MR1)", '"windows" tidak boleh kosong'),
    (row("dose", "MR1", windows=TWO), "(MR1)", "bertumpang tindih"),
    (row("dose", "MR1", windows=[window("late", "9 bln", "9 bln")]), "(MR1)", '"to" harus sesudah "from"'),
    (row("dose", "MR1", windows=[window("merah", "9 bln", "12 bln")]), "(MR1)", "catch_up, late, on_time"),
    (row("dose", "MR1", windows=[window("late", "9 bulan", "12 bln")]), "(MR1)", "6 bln, atau 1 th"),
    (row("dose", "MR1", recommended="8 bln"), "(MR1)", '"recommended" harus di dalam'),
    (row("dose", "MR1", number=0), "(MR1)", "paling sedikit 1"),
    (row("dose", "MR2", number=3), "mr", "tanpa lompatan"),
    (row("dose", "MR2", number=1), "MR2", "sudah dipakai MR1 di jadwal mr"),
    (without("dose", "MR2", "interval"), "MR2", '"interval" sejak dosis sebelumnya'),
    (row("dose", "HPV", classes=[{"state": "late", "class": 0}]), "(HPV)", "kelas 1 sampai 12"),
    (row("dose", "HPV", classes=[{"state": "late", "class": 5, "month": 13}]), "(HPV)", "bulan 1 sampai 12"),
    (
        row("dose", "HPV", classes=[{"state": "late", "class": 5, "class_to": 6}, {"state": "late", "class": 6}]),
        "(HPV)",
        "bertumpang tindih",
    ),
    (row("dose", "HPV", klas=1), "(HPV)", '"klas" tidak dikenal'),
    (without("schedule", "mr"), "mr", "belum ada [[schedule]]"),
    (row("schedule", "pcv-infant", start_to="13 bln"), "pcv-12-23", "bertumpang tindih"),
    (row("schedule", "pcv-24", start_to="23 bln"), "(pcv-24)", '"start_to" harus sesudah'),
    (row("series", "mr", listed_to="0 hr"), "(mr)", '"listed_to" harus sesudah'),
    (row("series", "mr", span_from="7 th"), "(mr)", '"span_to" harus sesudah'),
    (row("milestone", "IBL", includes=["idl", "ibl"]), "IBL", '"includes" berputar'),
    (row("milestone", "IBL", includes=["x"]), "IBL", "x tidak ada di [[milestone]]"),
    (row("milestone", "IBL", needs=[]), "(IBL)", '"needs" tidak boleh kosong'),
    (row("milestone", "IBL", needs=[{"series": "x", "doses": 1}]), "IBL", "x tidak ada di [[series]]"),
    (without("milestone", "IDL-2025", "valid_to"), "IDL-2026", "sudah dipakai IDL-2025"),
    (row("tetanus", "T3", level=4), "T1", "berurutan"),
    (row("credit", "DPT3", series="dpt"), "DPT3", "dpt tidak ada"),
    (row("credit", "DPT3", level=6), "DPT3", "paling tinggi 5"),
    (section("rules", school_year_month=13), "rules", "bulan 1 sampai 12"),
    (section("rules", grace_days=-1), "rules", "paling sedikit 0"),
    (section("rules", tetanus_to="10 th"), "rules", '"tetanus_to" harus sesudah'),
    (section("words", counted="{vaksin}"), "words", "{vaksin} tidak dikenal"),
    (section("states", lain="x"), "states", '"lain" tidak dikenal'),
]


@pytest.mark.parametrize(("act", "where", "reason"), BROKEN)
def test_a_bad_file_is_refused_whole(raw: Raw, act: Break, where: str, reason: str) -> None:
    act(raw)
    with pytest.raises(BadReference) as refused:
        load(raw)
    assert refused.value.file == FILE
    assert where in refused.value.row
    assert reason in refused.value.reason


def site(**tables: Any) -> Raw:
    header = {"version": "PKM.1", "valid_from": date(2026, 12, 1), "source": "SK Dinkes", "status": "confirmed"}
    return {FILE: header | tables}


def test_a_site_lays_a_wider_window_over_ours(raw: Raw) -> None:
    wide = [window("on_time", "4 bln", "5 bln"), window("late", "5 bln", "9 bln")]
    own = load(raw, site(dose=[{"code": "RV3", "windows": wide}])).immunizations
    given = usual("rv", 2)
    assert item(child(), given, months(8), Plan(own, months(8)), "rv").state is DoseState.LATE
    ours = load(raw).immunizations
    assert item(child(), given, months(8), Plan(ours, months(8)), "rv").state is DoseState.TOO_LATE
    assert own.doses["RV3"].status is Status.CONFIRMED
    assert own.header.version.endswith("+PKM.1")


def test_a_site_leaves_pcv_out_of_idl(raw: Raw) -> None:
    """As a provincial guide does."""
    needs = [{"series": "mr", "doses": 1}]
    table = load(raw, site(milestone=[{"code": "IDL-2026", "needs": needs}])).immunizations
    (idl, _) = milestones(
        child(date(2025, 6, 1)), usual("mr", 1, date(2025, 6, 1)), months(24), Plan(table, months(24))
    )
    assert idl.in_time


def test_a_site_asks_a_tuberculin_test_before_a_late_bcg(raw: Raw) -> None:
    said = "Uji tuberkulin dulu."
    table = load(raw, site(dose=[{"code": "BCG", "remark": said, "remark_from": "6 bln"}])).immunizations
    plan = Plan(table, months(6))
    assert item(child(), [], months(6), plan, "bcg").reason.endswith(f"masih boleh sampai 09-05-2025. {said}")
    assert said not in item(child(), [], months(6) - days(1), plan, "bcg").reason
    assert said not in item(child(), [], months(12), plan, "bcg").reason


def test_a_row_that_changes_on_a_day(raw: Raw) -> None:
    """From 2027 MR1 is late only from eleven months on; a day before it is not so yet."""
    old = next(one for one in raw[FILE]["dose"] if one["code"] == "MR1")
    windows = [window("on_time", "9 bln", "11 bln"), window("late", "11 bln", "60 bln")]
    raw[FILE]["dose"].append(old | {"windows": windows, "valid_from": date(2027, 1, 1)})
    old["valid_to"] = date(2026, 12, 31)
    table = load(raw).immunizations
    person = child(date(2026, 3, 1))
    before, after = date(2026, 12, 31), date(2027, 1, 1)
    assert item(person, [], before, Plan(table, before), "mr").state is DoseState.ON_TIME
    assert item(person, [], date(2027, 1, 15), Plan(table, before), "mr").state is DoseState.LATE
    assert item(person, [], date(2027, 1, 15), Plan(table, after), "mr").state is DoseState.ON_TIME


def test_a_series_out_of_force_is_not_shown(raw: Raw) -> None:
    for one in raw[FILE]["series"]:
        if one["code"] == "rv":
            one["valid_from"] = date(2027, 1, 1)
    table = load(raw).immunizations
    person, day = child(date(2026, 9, 1)), date(2026, 12, 1)
    assert "rv" not in {found.series for found in due(person, [], day, Plan(table, day))}
    assert "rv" in {found.series for found in due(person, [], day, Plan(table, date(2027, 1, 1)))}


def test_many_birthdays_do_not_fill_the_memory(reference: Reference, monkeypatch: pytest.MonkeyPatch) -> None:
    day = date(2026, 11, 21)
    small, plain = Plan(reference.immunizations, day), Plan(reference.immunizations, day)
    given = [dose("mr", date(2026, 11, 1))]
    people = [child(date(2025, month, 1)) for month in range(1, 13)]
    wanted = [due(person, given, day, plain) for person in people]
    monkeypatch.setattr("ilp_desk.domain.immunization.plan.KEPT", 20)
    assert [due(person, given, day, small) for person in people] == wanted
    assert len(small._days) <= 20 < len(plain._days)
