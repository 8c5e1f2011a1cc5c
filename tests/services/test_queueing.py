"""Calling, skipping, sending on, coming back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ilp_desk.domain.record import new_uid
from ilp_desk.domain.visit import QueueEntry, QueueState, Visit, VisitState
from ilp_desk.errors import IllegalStep, InvalidInput
from ilp_desk.services.queueing import NobodyWaits
from ilp_desk.services.registration import RegisterVisit

if TYPE_CHECKING:
    from tests.house import House


def arrive(house: House, name: str, born: str = "1980-01-01") -> str:
    """Register somebody of a working age; gives the entry."""
    person = house.person(name, born, "L")
    entry_uid = new_uid()
    house.desk.registration.register(
        house.actor("registration"), RegisterVisit(visit_uid=new_uid(), entry_uid=entry_uid, person_uid=person.uid)
    )
    return entry_uid


def names(house: House, point: str = "dewasa") -> list[str]:
    line = house.desk.queueing.line(house.actor("nurse"), house.points[point].uid)
    return [row.name for row in line.waiting]


def test_called_in_order_and_shown_on_the_board_without_a_name(house: House) -> None:
    nurse = house.actor("nurse")
    arrive(house, "Budi")
    arrive(house, "Joko")
    called = house.desk.queueing.call_next(nurse, house.points["dewasa"].uid, "Ruang 4")
    assert (called.ticket, called.state, called.room) == ("B-001", QueueState.CALLED, "Ruang 4")
    board = house.desk.queueing.board(nurse)
    assert [(c.ticket, c.point, c.room) for c in board.calls] == [("B-001", "Usia Produktif", "Ruang 4")]
    assert "Budi" not in repr(board)
    house.desk.queueing.call_next(nurse, house.points["dewasa"].uid, "Ruang 4")
    with pytest.raises(NobodyWaits):
        house.desk.queueing.call_next(nurse, house.points["dewasa"].uid, "Ruang 4")


def test_skipped_lines_up_again_and_undo_gives_the_place_back(house: House) -> None:
    nurse = house.actor("nurse")
    first = arrive(house, "Budi")
    arrive(house, "Joko")
    house.desk.queueing.call(nurse, first, "Ruang 4")
    house.desk.queueing.skip(nurse, first)
    assert names(house) == ["Joko", "Budi"]
    house.desk.queueing.undo(nurse, first)
    assert house.read(QueueEntry, uid=first)[0].state is QueueState.CALLED


def test_back_from_the_laboratory_ahead_of_new_arrivals(house: House) -> None:
    nurse, lab = house.actor("nurse"), house.actor("laboratory")
    budi = arrive(house, "Budi")
    house.desk.queueing.start(nurse, budi, "Ruang 4")
    arrive(house, "Joko")
    at_lab = new_uid()
    there = house.desk.queueing.send_on(nurse, budi, house.points["lab"].uid, at_lab, "Hb")
    assert there.ticket == "B-001"
    house.desk.queueing.start(lab, at_lab, "Lab")
    house.desk.queueing.finish(lab, at_lab)
    assert names(house) == ["Budi", "Joko"]


def test_to_the_pharmacy_for_good_closes_the_visit_at_the_end(house: House) -> None:
    nurse, pharmacist = house.actor("nurse"), house.actor("pharmacy")
    budi = arrive(house, "Budi")
    house.desk.queueing.start(nurse, budi)
    drugs = new_uid()
    house.desk.queueing.send_on(nurse, budi, house.points["farmasi"].uid, drugs, returns=False)
    assert house.read(Visit)[0].state is VisitState.OPEN
    house.desk.queueing.start(pharmacist, drugs)
    house.desk.queueing.finish(pharmacist, drugs)
    assert house.read(Visit)[0].state is VisitState.FINISHED


def test_twice_to_the_laboratory_keeps_the_number(house: House) -> None:
    nurse = house.actor("nurse")
    budi = arrive(house, "Budi")
    house.desk.queueing.start(nurse, budi)
    lab = house.points["lab"].uid
    for _ in range(2):
        entry = new_uid()
        assert house.desk.queueing.send_on(nurse, budi, lab, entry).ticket == "B-001"
        with pytest.raises(InvalidInput):
            house.desk.queueing.send_on(nurse, budi, lab, new_uid())
        house.desk.queueing.start(nurse, entry)
        house.desk.queueing.finish(nurse, entry)
        house.desk.queueing.start(nurse, budi)


def test_a_step_that_is_not_legal_is_refused(house: House) -> None:
    nurse = house.actor("nurse")
    budi = arrive(house, "Budi")
    with pytest.raises(IllegalStep):
        house.desk.queueing.finish(nurse, budi)
    house.desk.queueing.start(nurse, budi)
    house.desk.queueing.finish(nurse, budi)
    with pytest.raises(IllegalStep):
        house.desk.queueing.call(nurse, budi, "Ruang 4")


def test_who_was_marked_absent_and_is_found_reopens_the_visit(house: House) -> None:
    nurse = house.actor("nurse")
    budi = arrive(house, "Budi")
    house.desk.queueing.absent(nurse, budi)
    assert names(house) == []
    house.desk.queueing.call(nurse, budi, "Ruang 4")
    house.desk.queueing.start(nurse, budi)
    house.desk.queueing.finish(nurse, budi)
    assert house.read(Visit)[0].state is VisitState.FINISHED
