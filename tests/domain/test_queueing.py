"""Who is called next, and which steps an entry may take."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilp_desk.domain.queueing import (
    ENDED,
    LINE,
    TRANSITIONS,
    Served,
    Waiting,
    after,
    first_words,
    legal,
    order_queue,
    public_place,
    rank_at,
    steps,
    undoable,
)
from ilp_desk.domain.reference import Reference
from ilp_desk.domain.visit import QueueState, QueueStep
from ilp_desk.errors import IllegalStep

EIGHT = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)


def waiting(key: str, rank: int, minute: float, *, returned: bool = False, skipped: bool = False) -> Waiting:
    return Waiting(key=key, rank=rank, since=EIGHT + timedelta(minutes=minute), returned=returned, skipped=skipped)


def keys(reference: Reference, entries: list[Waiting], served: list[Served] | None = None) -> list[str]:
    return [entry.key for entry in order_queue(entries, served or [], reference.priority)]


def test_one_of_priority_then_two_regular(reference: Reference) -> None:
    line = [waiting(f"r{n}", 3, n) for n in range(5)] + [waiting(f"p{n}", 2, 10 + n) for n in range(3)]
    assert keys(reference, line) == ["p0", "r0", "r1", "p1", "r2", "r3", "p2", "r4"]


def test_turns_go_on_from_the_calls_of_the_day(reference: Reference) -> None:
    line = [waiting(f"r{n}", 3, n) for n in range(3)] + [waiting("p0", 2, 10)]
    assert keys(reference, line, [Served(2)]) == ["r0", "r1", "p0", "r2"]
    assert keys(reference, line, [Served(2), Served(3)]) == ["r0", "p0", "r1", "r2"]
    assert keys(reference, line, [Served(2), Served(3), Served(3)]) == ["p0", "r0", "r1", "r2"]


def test_calls_of_emergencies_and_returned_ones_do_not_use_up_a_turn(reference: Reference) -> None:
    line = [waiting("r0", 3, 0), waiting("p0", 2, 1)]
    assert keys(reference, line, [Served(2), Served(3), Served(0), Served(1), Served(3, returned=True)]) == ["r0", "p0"]


def test_emergency_then_urgent_then_back_from_the_laboratory_then_new_arrivals(reference: Reference) -> None:
    line = [
        waiting("regular", 3, 0),
        waiting("priority", 2, 1),
        waiting("back", 3, 30, returned=True),
        waiting("urgent", 1, 40),
        waiting("emergency", 0, 50),
    ]
    assert keys(reference, line) == ["emergency", "urgent", "back", "priority", "regular"]


def test_late_ones_stand_behind_who_came_up_to_half_an_hour_after_them(reference: Reference) -> None:
    line = [waiting("late", 4, 0), waiting("29", 3, 29), waiting("31", 3, 31)]
    assert keys(reference, line) == ["29", "late", "31"]


def test_skipped_ones_do_not_come_up_again_at_once(reference: Reference) -> None:
    line = [waiting("back", 3, 5, returned=True, skipped=True), waiting("r0", 3, 0), waiting("r1", 3, 1)]
    assert keys(reference, line) == ["r0", "r1", "back"]
    urgent = [waiting("urgent", 1, 5, skipped=True), waiting("r0", 3, 0)]
    assert keys(reference, urgent, [Served(2)]) == ["r0", "urgent"]


people = st.lists(st.tuples(st.integers(2, 4), st.integers(0, 240), st.booleans()), min_size=1, max_size=60)


@given(rows=people)
def test_everybody_in_line_is_called_once(reference: Reference, rows: list[tuple[int, int, bool]]) -> None:
    line = [waiting(f"{n:03d}", rank, at, returned=back) for n, (rank, at, back) in enumerate(rows)]
    ordered = order_queue(line, [], reference.priority)
    assert sorted(entry.key for entry in ordered) == sorted(entry.key for entry in line)
    assert order_queue(reversed(line), [], reference.priority) == ordered


@given(rows=people, rank=st.integers(2, 4))
def test_nobody_is_overtaken_for_ever(reference: Reference, rows: list[tuple[int, int, bool]], rank: int) -> None:
    """However many of priority and regular ones keep arriving behind somebody, their turn comes."""
    before = [waiting(f"a{n:03d}", ahead, -1 - at) for n, (ahead, at, _) in enumerate(rows)]
    line = [*before, waiting("me", rank, 0)]
    served: list[Served] = []
    # At most one of priority stands between two regular ones and at most two regular ones between two of priority;
    # a late one gives way to the 30 who come within half an hour.
    limit = 3 * (len(line) + 31)
    for called in range(limit):
        line += [waiting(f"p{called:03d}", 2, called + 0.5), waiting(f"r{called:03d}", 3, called + 0.6)]
        first = order_queue(line, served, reference.priority)[0]
        if first.key == "me":
            return
        line.remove(first)
        served.append(Served(first.rank, first.returned))
    pytest.fail("never called")


@given(state=st.one_of(st.none(), st.sampled_from(QueueState)), step=st.sampled_from(QueueStep))
def test_a_step_is_taken_by_the_table_or_refused_in_words(state: QueueState | None, step: QueueStep) -> None:
    if legal(state, step):
        assert after(state, step) is TRANSITIONS[state, step]
        return
    with pytest.raises(IllegalStep) as refused:
        after(state, step)
    assert refused.value.sentence.endswith(".")


@given(st.lists(st.sampled_from(QueueStep), max_size=12))
def test_no_order_of_steps_leads_out_of_an_ended_entry(order: list[QueueStep]) -> None:
    state: QueueState | None = None
    for step in order:
        if legal(state, step):
            assert state not in ENDED
            state = after(state, step)


@pytest.mark.parametrize(
    ("state", "step"),
    [
        (None, QueueStep.CALLED),
        (QueueState.WAITING, QueueStep.FINISHED),
        (QueueState.WAITING, QueueStep.ISSUED),
        (QueueState.WAITING, QueueStep.CAME_BACK),
        (QueueState.STARTED, QueueStep.CALLED),
        (QueueState.STARTED, QueueStep.SKIPPED),
        (QueueState.SENT_ON, QueueStep.CALLED),
        (QueueState.FINISHED, QueueStep.CALLED),
        (QueueState.VOIDED, QueueStep.STARTED),
    ],
)
def test_impossible_steps(state: QueueState | None, step: QueueStep) -> None:
    assert not legal(state, step)


def test_through_the_laboratory_and_back() -> None:
    state: QueueState | None = None
    for step in (
        QueueStep.ISSUED,
        QueueStep.CALLED,
        QueueStep.CALLED_AGAIN,
        QueueStep.STARTED,
        QueueStep.SENT_ON,
        QueueStep.CAME_BACK,
        QueueStep.CALLED,
        QueueStep.STARTED,
        QueueStep.FINISHED,
    ):
        state = after(state, step)
    assert state is QueueState.FINISHED


def test_from_every_state_that_is_not_ended_an_entry_can_be_ended() -> None:
    for state in set(QueueState) - ENDED:
        assert QueueStep.VOIDED in steps(state)
    for state in ENDED:
        assert not steps(state)


def test_whoever_stands_in_line_can_be_called() -> None:
    for state in LINE:
        assert legal(state, QueueStep.CALLED)


def test_only_the_last_step_can_be_taken_back() -> None:
    assert undoable(QueueState.WAITING, QueueStep.CALLED, QueueState.CALLED)
    assert not undoable(QueueState.WAITING, QueueStep.CALLED, QueueState.STARTED)
    assert not undoable(None, QueueStep.ISSUED, QueueState.WAITING)


def test_age_and_pregnancy_go_ahead_only_where_clusters_share_a_queue(reference: Reference) -> None:
    rules = reference.priority
    assert rank_at(2, ["pregnant"], rules, mixed=True) == 2
    assert rank_at(2, ["pregnant"], rules, mixed=False) == 3
    assert rank_at(2, ["pregnant", "disability"], rules, mixed=False) == 2
    assert rank_at(2, [], rules, mixed=False) == 3
    for rank in (0, 1, 3, 4):
        assert rank_at(rank, ["pregnant"], rules, mixed=False) == rank


def test_why_somebody_goes_ahead_in_words(reference: Reference) -> None:
    def said(rank: int, *groups: str, neutral: bool = False) -> str:
        return first_words(rank, groups, reference.priority, mixed=True, neutral=neutral)

    assert said(0, "pregnant") == "Gawat darurat"
    assert said(1) == "Segera"
    assert said(2, "elderly_70", "pregnant") == "Didahulukan: lansia 70 tahun ke atas, ibu hamil"
    assert said(2, "elderly_70", "pregnant", neutral=True) == "Didahulukan: lansia 70 tahun ke atas"
    assert said(2, "postpartum", "disability", neutral=True) == "Didahulukan"
    assert said(3, "elderly_70") == said(4) == ""


@pytest.mark.parametrize(
    ("name", "public", "rooms", "room", "discreet", "shown"),
    [
        ("Poli KIA", "", ("Ruang 2",), "Ruang 2", False, ("Poli KIA", "Ruang 2")),
        ("Laboratorium", "", ("Lab",), "Lab", False, ("Laboratorium", "")),
        ("Ruang infeksius", "", ("Ruang 7",), "Ruang 8", True, ("Ruang 8", "")),
        ("Ruang infeksius", "", ("Ruang 7",), "", True, ("Ruang 7", "")),
        ("Ruang infeksius", "", (), "", True, ("Ruang pelayanan", "")),
        ("Klinik VCT", "Poli Mawar", ("Ruang 9",), "Ruang 9", True, ("Poli Mawar", "Ruang 9")),
    ],
)
def test_what_the_waiting_room_may_know_of_a_place(
    name: str, public: str, rooms: tuple[str, ...], room: str, discreet: bool, shown: tuple[str, str]
) -> None:
    assert public_place(name, public, rooms, room, discreet=discreet) == shown
