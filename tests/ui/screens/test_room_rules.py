"""What the room works out without a window: dates of the plan, measures asked for, order of several queues."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilp_desk.domain.clinical import Pregnancy
from ilp_desk.domain.record import new_uid
from ilp_desk.domain.text.ages import Age, age
from ilp_desk.domain.text.dates import day_text
from ilp_desk.domain.text.typed_dates import DateError
from ilp_desk.domain.visit import QueueState
from ilp_desk.rows.encounter import Encounter, RoomPlace
from ilp_desk.rows.queue import Line, QueueRow
from ui.parts.room.measures import shown, usual_option
from ui.parts.room.place_sheet import rooms_of
from ui.parts.room.plan_date import plan_words, read_plan, understood
from ui.parts.room.queue_panel import RoomLine, chips, rows_of
from ui.parts.room.send_sheet import in_order

if TYPE_CHECKING:
    from collections.abc import Sequence

TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)


# The next visit


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("7", date(2026, 11, 28)),
        ("+14 hr", date(2026, 12, 5)),
        ("2 mgg", date(2026, 12, 5)),
        ("1 bln", date(2026, 12, 21)),
        ("3 bulan", date(2027, 2, 21)),
        ("5-12-2026", date(2026, 12, 5)),
        ("05122026", date(2026, 12, 5)),
    ],
)
def test_the_next_visit_is_a_date_or_a_time_from_now(typed: str, day: date) -> None:
    assert read_plan(typed, TODAY) == day
    assert understood(typed, TODAY) == (day_text(day), plan_words(day, TODAY))


def test_a_month_from_the_last_day_stays_in_the_month() -> None:
    assert read_plan("1 bln", date(2026, 1, 31)) == date(2026, 2, 28)


@pytest.mark.parametrize("typed", ["20-11-2026", "0", "99-99-2026", "besok lusa", "800 hr", "2026"])
def test_a_day_that_is_none_or_not_ahead_is_refused_in_words(typed: str) -> None:
    with pytest.raises(DateError) as refused:
        read_plan(typed, TODAY)
    assert len(refused.value.sentence) > 10
    assert understood(typed, TODAY) == ("", "")


@given(st.text(max_size=40))
def test_whatever_is_typed_as_a_day_is_read_or_refused(typed: str) -> None:
    try:
        day = read_plan(typed, TODAY)
    except DateError:
        return
    assert day is None or day > TODAY


@given(st.integers(1, 600))
def test_days_from_now_are_days_from_now(days: int) -> None:
    assert read_plan(f"{days} hr", TODAY) == TODAY + timedelta(days=days)


# The measures


def visit(born: date, sex: str = "P", *, weeks: int | None = None, point: str = "kia") -> Encounter:
    """As much of a visit as the grid looks at."""
    pregnancy = None
    if weeks is not None:
        pregnancy = Pregnancy(uid=new_uid(), person_uid="p", lmp=TODAY - timedelta(weeks=weeks))
    who = SimpleNamespace(sex=sex, pregnancy=pregnancy, point_code=point, exact_age=age(born, TODAY))
    return cast(Encounter, who)


def codes(who: Encounter) -> list[str]:
    return [row.code for row in shown(who)]


def test_a_pregnant_woman_is_asked_for_what_belongs_to_pregnancy() -> None:
    asked = codes(visit(date(1999, 2, 3), weeks=28))
    assert {"blood_pressure", "arm", "fundus", "fetal_heart", "urine_protein", "presentation"} <= set(asked)
    assert "waist" not in asked


def test_an_infant_is_asked_for_its_head_and_not_for_a_blood_pressure() -> None:
    baby = visit(date(2026, 11, 12), "L")
    assert "head" in codes(baby)
    assert not {"blood_pressure", "waist", "fundus", "glucose"} & set(codes(baby))
    assert usual_option("position", baby) == "L"


def test_from_two_years_height_is_measured_standing() -> None:
    assert usual_option("position", visit(date(2024, 11, 22))) == "L"
    assert usual_option("position", visit(date(2024, 11, 21))) == "H"


def test_an_old_man_is_asked_for_waist_and_sugar() -> None:
    asked = codes(visit(date(1950, 2, 3), "L"))
    assert {"blood_pressure", "waist", "glucose", "spo2"} <= set(asked)
    assert not {"arm", "head", "fundus"} & set(asked)


def test_the_laboratory_is_asked_for_results() -> None:
    asked = codes(visit(date(1999, 2, 3), weeks=28, point="lab"))
    assert {"haemoglobin", "urine_protein", "glucose"} <= set(asked)
    assert "blood_pressure" not in asked


@given(st.dates(date(1905, 1, 1), TODAY), st.sampled_from("LP?"), st.one_of(st.none(), st.integers(0, 42)))
def test_no_measure_is_asked_twice(born: date, sex: str, weeks: int | None) -> None:
    asked = codes(visit(born, sex, weeks=weeks))
    assert asked
    assert len(asked) == len(set(asked))


def test_who_has_no_known_age_is_asked_as_an_adult() -> None:
    who = cast(Encounter, SimpleNamespace(sex="L", pregnancy=None, point_code="dewasa", exact_age=None))
    assert "blood_pressure" in codes(who)
    assert isinstance(usual_option("position", who), str)
    assert Age(30, 0, 0, 10950).years == 30


# The queue of a room


def entry(ticket: str, state: QueueState, minutes: int, rank: int = 3, **more: object) -> QueueRow:
    row = QueueRow(
        entry_uid=ticket,
        row_version=1,
        visit_uid=ticket,
        person_uid=ticket,
        ticket=ticket,
        letter=ticket[0],
        name="Siti",
        sex="P",
        age="27 th",
        rank=rank,
        returned=False,
        state=state,
        since=NOW + timedelta(minutes=minutes),
        called_at=None,
        started_at=None,
        room="",
        note="",
        point_uid="p",
        infectious=False,
    )
    return replace(row, **more)  # type: ignore[arg-type]


def line(
    point: str, waiting: Sequence[QueueRow] = (), inside: Sequence[QueueRow] = (), away: Sequence[QueueRow] = ()
) -> Line:
    return Line(point, point, "A", ("Ruang 2",), tuple(waiting), tuple(inside), tuple(away), ())


def tickets(answer: RoomLine) -> list[str]:
    return [row.entry.ticket for row in rows_of(answer, "Ruang 2")]


def test_who_is_inside_stands_first_and_who_is_elsewhere_last() -> None:
    here = entry("A-001", QueueState.STARTED, 0, room="Ruang 2")
    there = entry("A-002", QueueState.STARTED, 0, room="Ruang 3")
    lab = entry("A-003", QueueState.SENT_ON, 0)
    answer = RoomLine((line("KIA", [entry("A-004", QueueState.WAITING, 0)], [there, here], [lab]),), {})
    assert tickets(answer) == ["A-001", "A-004", "A-002", "A-003"]


def test_the_order_of_one_point_is_the_services_own() -> None:
    late_but_first = [entry("A-009", QueueState.CAME_BACK, 50), entry("A-001", QueueState.WAITING, 0)]
    assert tickets(RoomLine((line("KIA", late_but_first),), {})) == ["A-009", "A-001"]


def test_of_two_points_the_urgent_go_first_then_who_waits_longest() -> None:
    kia = line("KIA", [entry("A-001", QueueState.WAITING, 5), entry("A-002", QueueState.WAITING, 20)])
    imm = line("Imunisasi", [entry("I-001", QueueState.WAITING, 30, rank=1), entry("I-002", QueueState.WAITING, 10)])
    assert tickets(RoomLine((kia, imm), {})) == ["I-001", "A-001", "I-002", "A-002"]


@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 90)), max_size=6),
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 90)), max_size=6),
)
def test_two_points_together_lose_nobody_and_keep_each_points_order(
    one: list[tuple[int, int]], other: list[tuple[int, int]]
) -> None:
    first = [entry(f"A-{n:03d}", QueueState.WAITING, since, rank) for n, (rank, since) in enumerate(one)]
    second = [entry(f"B-{n:03d}", QueueState.WAITING, since, rank) for n, (rank, since) in enumerate(other)]
    mixed = tickets(RoomLine((line("KIA", first), line("MTBS", second)), {}))
    assert sorted(mixed) == sorted(e.ticket for e in (*first, *second))
    assert [t for t in mixed if t.startswith("A")] == [e.ticket for e in first]
    assert [t for t in mixed if t.startswith("B")] == [e.ticket for e in second]


def test_chips_say_why_somebody_is_not_like_the_others() -> None:
    def words(row: QueueRow, *, waiting: bool = True) -> list[str]:
        return [chip.text for chip in chips(row, waiting=waiting)]

    plain = entry("A-001", QueueState.WAITING, 0)
    back = replace(plain, returned=True, state=QueueState.CAME_BACK, sent_to="Laboratorium")
    assert words(plain) == []
    assert words(back) == ["dari lab"]
    assert words(replace(back, sent_to="Gigi")) == ["dari Gigi"]
    assert words(replace(plain, rank=0, infectious=True)) == ["menular", "darurat"]
    assert words(replace(plain, first="Didahulukan: lansia")) == ["didahulukan"]
    assert words(replace(plain, first="Didahulukan: lansia"), waiting=False) == []


def test_a_room_serves_the_points_that_name_it() -> None:
    def place(code: str, *rooms: str) -> RoomPlace:
        return RoomPlace(code, code, code, "ibu_anak", "A", rooms)

    rooms = rooms_of([place("kia", "Ruang 2", "Ruang 3"), place("mtbs", "Ruang 3"), place("farmasi")])
    assert [(r.name, [p.code for p in r.points]) for r in rooms] == [
        ("Ruang 2", ["kia"]),
        ("Ruang 3", ["kia", "mtbs"]),
        ("farmasi", ["farmasi"]),
    ]


def test_the_usual_destinations_come_first_whatever_their_code() -> None:
    def place(code: str, send_order: int = 0) -> RoomPlace:
        return RoomPlace(code, code, code, "ibu_anak", "A", (), send_order=send_order)

    listed = in_order([place("kia"), place("gigi_2", 3), place("apotek", 2), place("lab_kecil", 1), place("gizi")])
    assert [p.code for p in listed] == ["lab_kecil", "apotek", "gigi_2", "kia", "gizi"]
