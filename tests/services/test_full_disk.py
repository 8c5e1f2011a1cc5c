"""The disk fills up in the middle of a morning: a sentence, nothing half there, and it goes on where it stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from db.integrity import check
from ilp_desk.domain.record import new_uid
from ilp_desk.domain.visit import QueueEntry, QueueEvent, Visit
from ilp_desk.errors import DatabaseTrouble
from ilp_desk.services.registration import RegisterVisit
from tests.full_disk import crowd, full_disk, register_all
from tests.house import KEY

if TYPE_CHECKING:
    from tests.house import House


def held(house: House) -> tuple[int, int, int]:
    return len(house.read(Visit)), len(house.read(QueueEntry)), len(house.read(QueueEvent))


def test_a_registration_that_found_no_room_never_happened_and_goes_through_later(house: House) -> None:
    orders = crowd(house)
    with full_disk(house), pytest.raises(DatabaseTrouble) as refused:
        register_all(house, orders)
    assert refused.value.code == "disk_full"
    assert "Kosongkan ruang" in refused.value.sentence
    done = len(house.read(Visit))
    assert held(house) == (done, done, done)
    again = house.desk.registration.register(house.actor("registration"), orders[done])
    assert (again.ticket, again.repeated) == (f"B-{done + 1:03d}", False)
    assert held(house) == (done + 1, done + 1, done + 1)
    assert all(found.ok for found in check(house.database, KEY))


def test_a_draft_that_found_no_room_leaves_the_one_before(house: House) -> None:
    doctor, examination = house.actor("doctor"), house.desk.examination
    person = house.person("Budi", "1980-01-01", "L")
    order = RegisterVisit(visit_uid=new_uid(), entry_uid=new_uid(), person_uid=person.uid)
    house.desk.registration.register(house.actor("registration"), order)
    examination.keep_draft(doctor, order.visit_uid, {"anamnesis": "demam"})
    long = {"anamnesis": "demam tiga hari, " * 5000}
    with full_disk(house), pytest.raises(DatabaseTrouble) as refused:
        examination.keep_draft(doctor, order.visit_uid, long)
    assert refused.value.code == "disk_full"
    kept = examination.draft(doctor, order.visit_uid)
    assert kept is not None
    assert kept.content == {"anamnesis": "demam"}
    examination.keep_draft(doctor, order.visit_uid, long)
    kept = examination.draft(doctor, order.visit_uid)
    assert kept is not None
    assert kept.content == long
