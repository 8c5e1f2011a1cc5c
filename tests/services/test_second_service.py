"""Somebody who is here already: another service, a turn for the worse, an afternoon visit, and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from ilp_desk.domain.record import new_uid
from ilp_desk.domain.visit import QueueEntry, QueueState, Visit, VisitState
from ilp_desk.errors import IllegalStep, InvalidInput
from ilp_desk.services.registration import Circumstances, RegisterVisit

if TYPE_CHECKING:
    from ilp_desk.domain.person import Person
    from ilp_desk.rows.arrival import Registered
    from tests.house import House

FIT = Circumstances(emergency=True, danger_sign="seizure")
CHEST = Circumstances(emergency=True, danger_sign="palpitations")
COUGH = Circumstances(infection=True, infection_sign="chronic_cough")


def register(house: House, person: Person, **fields: Any) -> Registered:
    order = RegisterVisit(visit_uid=new_uid(), entry_uid=new_uid(), person_uid=person.uid, **fields)
    return house.desk.registration.register(house.actor("registration"), order)


def add(house: House, done: Registered, point: str, asked: Circumstances | None = None, **more: Any) -> Registered:
    there = house.points[point].uid
    return house.desk.registration.add_service(
        house.actor("registration"), done.visit_uid, there, new_uid(), asked, **more
    )


def serve(house: House, entry_uid: str) -> None:
    clerk, doctor = house.actor("registration"), house.actor("doctor")
    house.desk.queueing.call(clerk, entry_uid, "Ruang 4")
    house.desk.queueing.start(doctor, entry_uid)
    house.desk.queueing.finish(doctor, entry_uid)


@pytest.fixture
def budi(house: House) -> Person:
    return house.person("Budi", "1980-01-01", "L")


def visit(house: House) -> Visit:
    (found,) = house.read(Visit)
    assert isinstance(found, Visit)
    return found


def entries(house: House) -> dict[str, QueueEntry]:
    names = {point.uid: code for code, point in house.points.items()}
    return {names[e.service_point_uid]: e for e in house.read(QueueEntry)}


def test_what_the_desk_saw_is_on_record(house: House, budi: Person) -> None:
    register(house, budi, circumstances=CHEST)
    register(house, house.person("Joko", "1981-01-01", "L"), circumstances=COUGH)
    heart, cough = house.read(Visit)
    assert (heart.danger_sign, heart.priority, heart.emergency) == ("palpitations", 1, False)
    assert (cough.infection_sign, cough.infectious, cough.danger_sign) == ("chronic_cough", True, "")


def test_who_collapses_while_waiting_stands_first_everywhere(house: House, budi: Person) -> None:
    done = register(house, budi)
    there = add(house, done, "gawat_darurat", FIT)
    assert (there.ticket, there.point, there.repeated) == (done.ticket, "Gawat darurat", False)
    now = visit(house)
    assert (now.emergency, now.priority, now.danger_sign) == (True, 0, "seizure")
    assert {code: e.rank for code, e in entries(house).items()} == {"dewasa": 0, "gawat_darurat": 0}


def test_a_sign_seen_where_they_wait_already_only_lets_them_go_ahead(house: House, budi: Person) -> None:
    done = register(house, budi)
    ahead = add(house, done, "dewasa", CHEST)
    assert (ahead.repeated, ahead.entry_uid) == (True, done.entry_uid)
    assert {code: e.rank for code, e in entries(house).items()} == {"dewasa": 1}
    with pytest.raises(InvalidInput, match="Sudah menunggu"):
        add(house, done, "dewasa", CHEST)


def test_a_suspicion_of_infection_is_kept_and_an_ordinary_service_takes_nobody_down(house: House, budi: Person) -> None:
    done = register(house, budi, circumstances=FIT)
    add(house, done, "infeksius", COUGH)
    add(house, done, "gigi", Circumstances(), complaint="sakit gigi")
    now = visit(house)
    assert (now.infectious, now.infection_sign, now.danger_sign, now.priority) == (True, "chronic_cough", "seizure", 0)
    assert now.complaint == "sakit gigi"
    assert entries(house)["gigi"].rank == 0


def test_who_is_ill_again_in_the_afternoon_is_taken_up_again(house: House, budi: Person) -> None:
    done = register(house, budi, complaint="pusing")
    serve(house, done.entry_uid)
    assert visit(house).state is VisitState.FINISHED
    house.hands.move(hours=5)
    shown = house.desk.registration.arrival(house.actor("registration"), budi.uid)
    assert shown.today is not None
    assert shown.today.state == "finished"
    again = add(house, done, "dewasa", Circumstances(), complaint="demam")
    assert (again.ticket, again.point) == (done.ticket, "Usia Produktif")
    now = visit(house)
    assert (now.state, now.finished_at, now.complaint) == (VisitState.OPEN, None, "pusing; demam")
    assert [e.state for e in house.read(QueueEntry)] == [QueueState.FINISHED, QueueState.WAITING]


def test_a_finished_visit_is_taken_up_again_through_the_emergency_too(house: House, budi: Person) -> None:
    done = register(house, budi)
    serve(house, done.entry_uid)
    add(house, done, "gawat_darurat", FIT)
    assert (visit(house).state, visit(house).priority) == (VisitState.OPEN, 0)
    serve(house, entries(house)["gawat_darurat"].uid)
    assert visit(house).state is VisitState.FINISHED


def test_a_cancelled_visit_stands_in_nobodys_way(house: House, budi: Person) -> None:
    clerk = house.actor("registration")
    done = register(house, budi)
    house.desk.registration.cancel(clerk, done.visit_uid, "salah hari")
    with pytest.raises(IllegalStep, match="dibatalkan"):
        add(house, done, "gigi")
    register(house, budi)
    again = house.read(Visit)[-1]
    assert (again.new_patient, again.first_this_year) == (True, True)


def test_who_was_called_in_vain_waits_again(house: House, budi: Person) -> None:
    clerk = house.actor("registration")
    done = register(house, budi)
    house.desk.queueing.call(clerk, done.entry_uid, "Ruang 4")
    house.desk.queueing.absent(clerk, done.entry_uid)
    add(house, done, "dewasa")
    assert [e.state for e in house.read(QueueEntry)] == [QueueState.VOIDED, QueueState.WAITING]


def test_undo_takes_back_only_the_service_that_was_added(house: House, budi: Person) -> None:
    clerk = house.actor("registration")
    done = register(house, budi)
    house.hands.move(minutes=30)
    more = add(house, done, "gawat_darurat", FIT)
    house.desk.registration.undo(clerk, more.entry_uid)
    now = visit(house)
    assert (now.state, now.emergency, now.priority, now.danger_sign) == (VisitState.OPEN, False, 3, "")
    found = entries(house)
    assert (found["dewasa"].state, found["dewasa"].rank) == (QueueState.WAITING, 3)
    assert found["gawat_darurat"].state is QueueState.VOIDED
    again = add(house, done, "gawat_darurat", FIT)
    house.hands.move(seconds=30)
    with pytest.raises(IllegalStep, match="10 detik"):
        house.desk.registration.undo(clerk, again.entry_uid)


def test_undo_of_an_afternoon_service_leaves_the_visit_finished(house: House, budi: Person) -> None:
    done = register(house, budi)
    serve(house, done.entry_uid)
    ended = visit(house).finished_at
    more = add(house, done, "gigi", complaint="sakit gigi")
    house.desk.registration.undo(house.actor("registration"), more.entry_uid)
    now = visit(house)
    assert (now.state, now.finished_at, now.complaint) == (VisitState.FINISHED, ended, "")


def test_undo_leaves_what_somebody_else_has_written_since(house: House, budi: Person) -> None:
    done = register(house, budi)
    more = add(house, done, "gigi", complaint="sakit gigi")
    add(house, done, "gawat_darurat", FIT)
    house.desk.registration.undo(house.actor("registration"), more.entry_uid)
    assert (visit(house).danger_sign, visit(house).priority) == ("seizure", 0)


def test_what_has_begun_is_not_undone(house: House, budi: Person) -> None:
    done = register(house, budi)
    more = add(house, done, "gigi")
    house.desk.queueing.start(house.actor("doctor"), more.entry_uid)
    with pytest.raises(IllegalStep, match="dimulai"):
        house.desk.registration.undo(house.actor("registration"), more.entry_uid)


def test_those_who_care_read_in_the_queue_what_the_desk_saw(house: House, budi: Person) -> None:
    register(house, budi, circumstances=Circumstances(infection=True, infection_sign="varicella"))
    for role, seen in (("nurse", "Cacar air"), ("registration", "")):
        (row,) = house.desk.queueing.line(house.actor(role), house.points["infeksius"].uid).waiting
        assert row.seen == seen


def test_undo_ends_a_visit_whose_other_service_was_finished_meanwhile(house: House, budi: Person) -> None:
    done = register(house, budi)
    more = add(house, done, "gigi")
    doctor = house.actor("doctor")
    house.desk.queueing.start(doctor, done.entry_uid)
    house.desk.queueing.finish(doctor, done.entry_uid)
    assert visit(house).state is VisitState.OPEN
    house.desk.registration.undo(house.actor("registration"), more.entry_uid)
    assert visit(house).state is VisitState.FINISHED
