"""The card's few lines, and what a service opens: from rows alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from ilp_desk.domain.reference import Reference, load
from ilp_desk.rows.care import DueLine
from resources import names, read
from ui.parts.room.due_groups import LOOKS, groups_of, late_for, one_line, open_count
from ui.parts.room.due_ways import Way, ways_of

TODAY = date(2026, 11, 21)
VIEWS = ("immunization", "instrument", "growth", "pregnancy")


@pytest.fixture(scope="module")
def reference() -> Reference:
    return load({name: read(name) for name in names()})


def line(service: str, state: str = "due", **fields: object) -> DueLine:
    plain = DueLine(
        service=service,
        name=service.title(),
        state=state,
        words=LOOKS[state][2],
        reason="setiap tahun",
        urgency=2,
        roles=("nurse",),
        closes=((f"exam_{service}", service),),
    )
    return replace(plain, **fields)  # type: ignore[arg-type]


def told(*lines: DueLine) -> list[tuple[str, str, str]]:
    return [(group.state, group.title, group.note) for group in groups_of(lines, TODAY)]


def test_done_today_stands_first_and_done_before_is_left_out() -> None:
    lines = (
        line("mata", "late", late_on=date(2026, 9, 20)),
        line("gigi", "done", last_on=TODAY),
        line("kulit", "done", last_on=date(2026, 11, 20)),
    )
    assert told(*lines) == [("done", "gigi", ""), ("late", "Mata", "terlambat 2 bln")]


def test_four_of_a_bundle_in_one_state_are_one_line_and_three_are_three() -> None:
    four = [line(f"s{n}", "no_data", bundle="ckg", bundle_name="Skrining tahunan (CKG)") for n in range(4)]
    assert told(*four) == [("no_data", "Skrining tahunan (CKG)", "4 belum ada data")]
    assert len(told(*four[:3])) == 3
    (group,) = groups_of(four, TODAY)
    assert group.short == "4"
    assert group.hint.count("\n") == 3


def test_what_can_be_done_is_folded_only_where_there_is_no_room() -> None:
    doses = [line("immunization_child", "late", part=f"p{n}", bundle_name="Imunisasi") for n in range(8)]
    assert len(told(*doses[:7])) == 7
    assert told(*doses) == [("late", "Imunisasi", "8 terlambat")]
    assert len(told(*doses[:6], line("gigi", "lost"))) == 7
    assert told(*doses[:7], line("gigi", "lost"))[0] == ("late", "Imunisasi", "7 terlambat")
    assert len({group.key for group in groups_of(doses[:3], TODAY)}) == 3


@pytest.mark.parametrize(("count", "shown", "last"), [(7, 7, ""), (8, 7, "2 lagi"), (12, 7, "6 lagi")])
def test_seven_lines_at_most_and_the_rest_is_counted(count: int, shown: int, last: str) -> None:
    groups = groups_of([line(f"s{n}") for n in range(count)], TODAY)
    assert len(groups) == shown
    assert (groups[-1].title if last else "") == last
    assert sum(len(group.lines) for group in groups) + (int(last.split()[0]) if last else 0) == count


def test_what_is_not_open_is_one_line_by_its_words() -> None:
    lines = (line("a"), line("b", "lost"), line("c", "refused"), line("d", "upcoming"), line("e", "lost"))
    assert told(*lines)[-1] == ("upcoming", "4 lagi", "1 akan datang · 2 tidak mungkin lagi · 1 ditolak")


def test_in_one_sentence() -> None:
    lines = (line("a", "late"), line("b", "no_data"), line("c", "done"), line("d", "lost"))
    assert (open_count(lines), one_line(lines)) == (2, "2 layanan terbuka, 1 terlambat")
    assert one_line(lines[2:]) == "Tidak ada layanan yang terbuka"
    assert one_line(()).endswith("periksa tanggal lahirnya"), "nothing is done where nothing could be told"
    assert late_for(line("a", "late"), TODAY) == ""


@pytest.mark.parametrize(
    ("fact", "bundle", "way"),
    [
        ("dose:mr", "", Way("view", "immunization", "mr")),
        ("instrument:phq-4", "ckg", Way("view", "instrument", "phq-4")),
        ("weight", "growth", Way("view", "growth", "weight")),
        ("weight", "ckg", Way("field", "weight")),
        ("blood_pressure", "anc", Way("field", "blood_pressure")),
        ("contact_antenatal", "anc", Way("view", "pregnancy", "contact_antenatal")),
        ("contact_postnatal", "pnc", Way("view", "pregnancy", "contact_postnatal")),
        ("exam_dental", "ckg", Way("sheet", "exam_dental")),
    ],
)
def test_each_fact_has_its_way(reference: Reference, fact: str, bundle: str, way: Way) -> None:
    assert ways_of(line("x", closes=((fact, ""),), bundle=bundle), reference, VIEWS) == (way,)


def test_without_a_view_a_fact_is_recorded_and_a_measure_typed(reference: Reference) -> None:
    assert ways_of(line("x", closes=(("contact_antenatal", ""),), bundle="anc"), reference, ()) == (
        Way("sheet", "contact_antenatal"),
    )
    assert ways_of(line("x", closes=(("weight", ""),), bundle="growth"), reference, ()) == (Way("field", "weight"),)
    assert ways_of(line("x", closes=(("dose:mr", ""),)), reference, ()) == ()


def test_every_service_of_the_file_can_be_closed(reference: Reference) -> None:
    for service in reference.services.services:
        closes = tuple((closing.fact, "") for closing in service.closes)
        assert ways_of(line(service.code, closes=closes, bundle=service.bundle), reference, VIEWS), service.code
