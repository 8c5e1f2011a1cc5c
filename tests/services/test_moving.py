"""A visit that was opened on the wrong person goes to the right one, judged by who they are."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from ilp_desk.domain.record import new_uid
from ilp_desk.domain.visit import QueueEntry, Visit
from ilp_desk.errors import IllegalStep
from ilp_desk.services.registration import AlreadyHere, AsksFirst, Circumstances, RegisterVisit

if TYPE_CHECKING:
    from ilp_desk.domain.person import Person
    from ilp_desk.rows.arrival import Moved, Registered
    from tests.house import House


def register(house: House, person: Person, **fields: Any) -> Registered:
    order = RegisterVisit(visit_uid=new_uid(), entry_uid=new_uid(), person_uid=person.uid, **fields)
    return house.desk.registration.register(house.actor("registration"), order)


def move(house: House, done: Registered, right: Person, **more: Any) -> Moved:
    clerk = house.actor("registration")
    return house.desk.registration.move(clerk, done.visit_uid, right.uid, "salah pilih nama", **more)


def visit(house: House) -> Visit:
    (found,) = house.read(Visit)
    assert isinstance(found, Visit)
    return found


@pytest.fixture
def young(house: House) -> Person:
    return house.person("Siti Aminah", "1990-01-01", payer="jkn_pbi", payer_fktp="here", payer_status="active")


@pytest.fixture
def old(house: House) -> Person:
    return house.person("Siti Amina", "1950-01-01", payer="general", payer_fktp="elsewhere", payer_status="inactive")


def test_the_number_stays_and_the_rule_is_asked_for_the_right_person(house: House, young: Person, old: Person) -> None:
    done = register(house, young, payer="jkn_pbi", payer_fktp="here", payer_status="active")
    moved = move(house, done, old)
    assert (moved.person_uid, moved.ticket, moved.point, moved.elsewhere) == (
        old.uid,
        done.ticket,
        "Usia Produktif",
        "Lansia",
    )
    now = visit(house)
    assert (now.cluster, now.priority, now.priority_groups) == ("lansia", 2, ("elderly_70",))
    assert "76 th" in now.rule_words
    assert (now.payer, now.payer_fktp, now.payer_status) == ("general", "elsewhere", "inactive")
    assert now.age_days == (date(2026, 11, 21) - date(1950, 1, 1)).days
    (entry,) = house.read(QueueEntry)
    assert (entry.person_uid, entry.rank) == (old.uid, 2)
    assert house.desk.registration.arrival(house.actor("registration"), young.uid).today is None


def test_the_same_place_is_not_spoken_of(house: House, young: Person) -> None:
    twin = house.person("Siti Aminah", "1991-01-01")
    assert move(house, register(house, young), twin).elsewhere == ""


def test_new_and_first_this_year_are_those_of_the_right_person(house: House, young: Person, old: Person) -> None:
    earlier = register(house, old)
    house.desk.registration.cancel(house.actor("registration"), earlier.visit_uid, "pulang")
    register(house, old)
    house.hands.move(days=1)
    done = register(house, young)
    move(house, done, old)
    now = house.read(Visit)[-1]
    assert (now.new_patient, now.first_this_year) == (False, False)


def test_reasons_are_kept_side_by_side(house: House, young: Person, old: Person) -> None:
    done = register(house, young, service_point_uid=house.points["gigi"].uid, override="sakit gigi")
    moved = move(house, done, old)
    now = visit(house)
    assert (now.override, now.moved_reason, now.cluster) == ("sakit gigi", "salah pilih nama", "lintas_klaster")
    assert moved.elsewhere == ""


def test_what_was_seen_stays_true_of_whoever_stands_there(house: House, young: Person, old: Person) -> None:
    done = register(house, young, circumstances=Circumstances(emergency=True, danger_sign="seizure"))
    move(house, done, old)
    now = visit(house)
    assert (now.emergency, now.priority, now.danger_sign) == (True, 0, "seizure")
    assert house.read(QueueEntry)[0].rank == 0


def test_somebody_recorded_as_moved_asks_first(house: House, young: Person) -> None:
    away = house.person("Siti Amina", "1985-01-01", status="moved")
    done = register(house, young)
    with pytest.raises(AsksFirst):
        move(house, done, away)
    assert visit(house).person_uid == young.uid
    move(house, done, away, status_reason="sudah kembali")
    assert visit(house).status_reason == "sudah kembali"


def test_nobody_gets_two_visits_and_care_that_began_is_not_moved(house: House, young: Person, old: Person) -> None:
    done = register(house, young)
    register(house, old)
    with pytest.raises(AlreadyHere):
        move(house, done, old)
    house.desk.queueing.start(house.actor("doctor"), done.entry_uid)
    with pytest.raises(IllegalStep):
        move(house, done, house.person("Siti Amin", "1985-01-01"))
