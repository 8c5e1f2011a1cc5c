"""Arriving: who, where to, and a number."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from ilp_desk.domain.clinical import Allergy, Pregnancy
from ilp_desk.domain.person import Family, Person
from ilp_desk.domain.record import new_uid
from ilp_desk.domain.visit import QueueEntry, QueueState, Visit, VisitState
from ilp_desk.errors import IllegalStep, NeedsReason, NotAllowed
from ilp_desk.services.registration import AlreadyHere, AsksFirst, Circumstances, RegisterVisit

if TYPE_CHECKING:
    from ilp_desk.rows.arrival import Registered
    from tests.house import House


def order(person: Person, **fields: Any) -> RegisterVisit:
    return RegisterVisit(visit_uid=new_uid(), entry_uid=new_uid(), person_uid=person.uid, **fields)


def register(house: House, person: Person, **fields: Any) -> Registered:
    return house.desk.registration.register(house.actor("registration"), order(person, **fields))


def test_a_pregnant_woman_goes_to_kia_with_the_rule_in_words(house: House) -> None:
    siti = house.person("Siti Nurhaliza", "1999-02-03", allergy_state="present")
    house.put(
        Pregnancy(uid=new_uid(), person_uid=siti.uid, lmp=date(2026, 5, 9)),
        Allergy(uid=new_uid(), person_uid=siti.uid, taken_at=house.clock.now(), substance="amoksisilin"),
    )
    shown = house.desk.registration.arrival(house.actor("registration"), siti.uid)
    assert shown.pregnancy == "Hamil 28 mgg"
    assert shown.routed.name == "Poli KIA"
    assert shown.routed_reason == "Klaster 2, karena hamil 28 minggu (HPHT 09-05-2026)."
    assert shown.allergies == ("amoksisilin",)
    assert shown.age == "27 th 9 bln"
    done = register(house, siti)
    assert (done.ticket, done.point, done.room, done.ahead) == ("A-001", "Poli KIA", "Ruang 2", 0)


def test_numbers_go_up_and_those_ahead_are_counted(house: House) -> None:
    first = register(house, house.person("Budi", "1980-01-01", "L"))
    second = register(house, house.person("Joko", "1981-01-01", "L"))
    assert (first.ticket, second.ticket) == ("B-001", "B-002")
    assert second.ahead == 1


def test_sending_the_same_order_twice_registers_once(house: House) -> None:
    budi = house.person("Budi", "1980-01-01", "L")
    same = order(budi)
    clerk = house.actor("registration")
    once, again = house.desk.registration.register(clerk, same), house.desk.registration.register(clerk, same)
    assert again.repeated
    assert again.ticket == once.ticket
    assert len(house.read(Visit)) == 1


def test_a_second_visit_the_same_day_is_offered_as_a_second_service(house: House) -> None:
    budi = house.person("Budi", "1980-01-01", "L")
    done = register(house, budi)
    with pytest.raises(AlreadyHere):
        register(house, budi)
    more = house.desk.registration.add_service(
        house.actor("registration"), done.visit_uid, house.points["gigi"].uid, new_uid()
    )
    assert more.ticket == done.ticket
    assert more.point == "Gigi"


def test_somebody_recorded_as_dead_asks_first_and_the_answer_is_kept(house: House) -> None:
    gone = house.person("Rusdi", "1950-01-01", "L", status="dead", status_on=date(2025, 3, 1))
    shown = house.desk.registration.arrival(house.actor("registration"), gone.uid)
    assert shown.asks.startswith("Tercatat meninggal pada 01-03-2025")
    for nothing in ("", "  "):
        with pytest.raises(AsksFirst):
            register(house, gone, status_reason=nothing)
    assert register(house, gone, status_reason="orangnya hadir, salah catat").ticket == "C-001"
    assert house.read(Visit)[0].status_reason == "orangnya hadir, salah catat"


def test_another_place_than_the_rule_needs_a_reason(house: House) -> None:
    budi = house.person("Budi", "1980-01-01", "L")
    with pytest.raises(NeedsReason):
        register(house, budi, service_point_uid=house.points["gigi"].uid)
    done = register(house, budi, service_point_uid=house.points["gigi"].uid, override="sakit gigi")
    assert done.point == "Gigi"
    assert house.read(Visit)[0].override == "sakit gigi"


def test_an_emergency_goes_first_and_infection_apart(house: House) -> None:
    urgent = register(house, house.person("Budi", "1980-01-01", "L"), circumstances=Circumstances(emergency=True))
    assert urgent.point == "Gawat darurat"
    assert house.read(QueueEntry)[0].rank == 0
    coughing = register(house, house.person("Joko", "1980-01-01", "L"), circumstances=Circumstances(infection=True))
    assert coughing.point == "Ruang infeksius"


def test_undo_within_seconds_and_not_later(house: House) -> None:
    clerk = house.actor("registration")
    budi = house.person("Budi", "1980-01-01", "L")
    done = register(house, budi)
    house.desk.registration.undo(clerk, done.entry_uid)
    assert house.read(Visit)[0].state is VisitState.CANCELLED
    assert house.read(QueueEntry)[0].state is QueueState.VOIDED
    again = register(house, budi)
    assert again.ticket == "B-002"
    house.hands.move(seconds=30)
    with pytest.raises(IllegalStep):
        house.desk.registration.undo(clerk, again.entry_uid)
    with pytest.raises(NeedsReason):
        house.desk.registration.cancel(clerk, again.visit_uid, " ")
    house.desk.registration.cancel(clerk, again.visit_uid, "pulang karena antre lama")


def test_namesakes_and_family_are_shown_without_anything_clinical(house: House) -> None:
    family = Family(uid=new_uid(), kk="1306041206129007")
    house.put(family)
    mother = house.person("Siti Nurhaliza", "1999-02-03", family_uid=family.uid, relationship="wife")
    house.person("Ahmad Fauzi", "1995-01-01", "L", family_uid=family.uid, relationship="head")
    other = house.person("Sitti Nurhaliza", "1970-01-01")
    register(house, other)
    shown = house.desk.registration.arrival(house.actor("registration"), mother.uid)
    assert [n.name for n in shown.namesakes] == ["Sitti Nurhaliza"]
    assert [r.name for r in shown.family] == ["Ahmad Fauzi"]
    assert shown.spouse == "Ahmad Fauzi"


@pytest.mark.parametrize(
    ("waiting", "comes"),
    [
        ("Rahmat Hidayat", "Rahmad Hidayat"),
        ("Aminah", "Aminah Putri"),
        ("Hidayat Rahmat", "Rahmat Hidayat"),
        ("Moh. Yusuf", "Muhammad Jusuf"),
    ],
)
def test_names_that_are_easily_taken_for_each_other_are_told(house: House, waiting: str, comes: str) -> None:
    register(house, house.person(waiting, "1970-01-01"))
    register(house, house.person("Budi Santoso", "1980-01-01", "L"))
    someone = house.person(comes, "1999-01-01")
    shown = house.desk.registration.arrival(house.actor("registration"), someone.uid)
    assert [n.name for n in shown.namesakes] == [waiting]


@pytest.mark.parametrize(
    ("waiting", "comes"),
    [("Siti Aminah", "Siti Nurhaliza"), ("Muhammad Rizki", "Muhammad Fikri"), ("Budi Santoso", "Joko Santoso")],
)
def test_one_common_word_is_no_like_name(house: House, waiting: str, comes: str) -> None:
    register(house, house.person(waiting, "1970-01-01"))
    someone = house.person(comes, "1999-01-01")
    assert house.desk.registration.arrival(house.actor("registration"), someone.uid).namesakes == ()


def test_what_is_typed_about_the_payer_is_kept_with_its_time(house: House) -> None:
    budi = house.person("Budi", "1980-01-01", "L")
    register(house, budi, payer="jkn_pbi", payer_fktp="here", payer_status="active")
    kept = house.read(Person)[0]
    assert (kept.payer, kept.payer_fktp, kept.payer_status) == ("jkn_pbi", "here", "active")
    assert kept.payer_checked_at is not None


def test_a_check_of_the_payer_is_dated_even_where_nothing_is_new(house: House) -> None:
    clerk, registration = house.actor("registration"), house.desk.registration
    budi = house.person("Budi", "1980-01-01", "L")
    register(house, budi)
    assert registration.arrival(clerk, budi.uid).payer_checked == ""
    first = registration.check_payer(clerk, budi.uid, "", "unknown", "unknown")
    assert first == registration.arrival(clerk, budi.uid).payer_checked == "21-11-2026 08.14, Registration Contoh"
    house.hands.move(hours=2)
    registration.check_payer(clerk, budi.uid, "", "unknown", "unknown")
    assert registration.arrival(clerk, budi.uid).payer_checked == "21-11-2026 10.14, Registration Contoh"


def test_a_check_after_the_registration_is_on_the_visit_of_today_too(house: House) -> None:
    budi = house.person("Budi", "1980-01-01", "L")
    register(house, budi)
    house.desk.registration.check_payer(house.actor("registration"), budi.uid, "jkn_pbi", "here", "active")
    (visit,) = house.read(Visit)
    assert (visit.payer, visit.payer_fktp, visit.payer_status) == ("jkn_pbi", "here", "active")


def test_an_auditor_registers_nobody_whatever_else_they_are(house: House) -> None:
    budi = house.person("Budi", "1980-01-01", "L")
    with pytest.raises(NotAllowed):
        house.desk.registration.register(house.actor("registration", "auditor"), order(budi))
