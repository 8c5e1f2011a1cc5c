"""What is due, as the desk, the room and the family see it; facts recorded close it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from ilp_desk.domain.clinical import Pregnancy
from ilp_desk.domain.due.records import CareRecord, ServiceAnswer
from ilp_desk.domain.person import Family, PersonStatus, Precision
from ilp_desk.domain.record import new_uid
from ilp_desk.errors import IllegalStep, InvalidInput, NeedsReason
from ilp_desk.rows.care import CareOf, DueLine
from ilp_desk.services.examination import Taking
from ilp_desk.services.life_cycle.care import Answered
from ilp_desk.services.life_cycle.earlier import Earlier
from ilp_desk.services.registration import RegisterVisit
from ilp_desk.services.site import FacilityForm

if TYPE_CHECKING:
    from ilp_desk.domain.person import Person
    from tests.house import House

TODAY = date(2026, 11, 21)


def visit(house: House, person: Person, room: str = "dewasa") -> RegisterVisit:
    order = RegisterVisit(visit_uid=new_uid(), entry_uid=new_uid(), person_uid=person.uid)
    house.desk.registration.register(house.actor("registration"), order)
    house.desk.queueing.start(house.actor("midwife"), order.entry_uid, room)
    return order


def room(house: House, person: Person) -> dict[str, DueLine]:
    return {line.service: line for line in house.desk.care.due(house.actor("midwife"), person.uid)}


@pytest.fixture
def budi(house: House) -> Person:
    return house.person("Budi Santoso", "1980-01-01", "L")


def test_a_measure_taken_closes_what_it_closes(house: House, budi: Person) -> None:
    assert room(house, budi)["blood_pressure"].state == "no_data"
    order = visit(house, budi)
    taking = Taking(uid=new_uid(), visit_uid=order.visit_uid, typed={"blood_pressure": "120/80", "weight": "70"})
    house.desk.examination.take(house.actor("midwife"), taking)
    lines = room(house, budi)
    assert (lines["blood_pressure"].state, lines["body_mass"].state) == ("done", "done")
    assert lines["blood_pressure"].reason == "terakhir 21-11-2026, setiap tahun"
    assert lines["eye"].state == "no_data"


def test_what_was_done_elsewhere_counts_with_its_place(house: House, budi: Person) -> None:
    midwife = house.actor("midwife")
    told = Earlier(
        uid=new_uid(), person_uid=budi.uid, code="exam_eye", on=date(2026, 3, 1), precision=Precision.MONTH,
        place="RS Contoh",
    )  # fmt: skip
    house.desk.care.earlier(midwife, told)
    house.desk.care.earlier(midwife, told)
    line = room(house, budi)["eye"]
    assert (line.state, line.reason) == ("done", "terakhir Mar 2026 di RS Contoh, setiap tahun")


@pytest.mark.parametrize(
    ("code", "on", "field"),
    [
        ("exam_eye", date(2026, 11, 22), "on"),
        ("exam_eye", date(1979, 12, 31), "on"),
        ("weight", date(2026, 1, 1), "code"),
        ("x", date(2026, 1, 1), "code"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(house: House, budi: Person, code: str, on: date, field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        house.desk.care.earlier(house.actor("midwife"), Earlier(uid=new_uid(), person_uid=budi.uid, code=code, on=on))
    assert refused.value.field == field
    assert refused.value.sentence.endswith(".")


def test_refused_and_put_off_with_a_reason(house: House, budi: Person) -> None:
    care, midwife = house.desk.care, house.actor("midwife")
    said = Answered(uid=new_uid(), person_uid=budi.uid, service="eye", why="")
    with pytest.raises(NeedsReason):
        care.answer(midwife, said)
    with pytest.raises(InvalidInput):
        care.answer(midwife, replace(said, until=TODAY, why="nanti saja"))
    with pytest.raises(InvalidInput):
        care.answer(midwife, replace(said, service="no-such", why="tidak mau"))
    for _ in range(2):
        care.answer(midwife, replace(said, until=TODAY + timedelta(days=10), why="bulan depan"))
    assert len(house.read(ServiceAnswer)) == 1
    assert room(house, budi)["eye"].words == "ditunda sampai 01-12-2026"
    care.answer(midwife, replace(said, uid=new_uid(), why="tidak mau"))
    assert room(house, budi)["eye"].state == "refused"


def test_the_desk_sees_few_neutral_lines(house: House) -> None:
    siti = house.person("Siti Nurhaliza", "1999-02-03")
    house.put(Pregnancy(uid=new_uid(), person_uid=siti.uid, lmp=date(2026, 5, 9)))
    lines = house.desk.care.arrival(house.actor("registration"), siti.uid).lines
    names = [line.name for line in lines]
    assert names[0] == "Pemeriksaan kehamilan (ANC)"
    assert "Laboratorium kehamilan" in names
    assert len(names) == len(set(names)) <= 8
    assert not any(word in " ".join(names) for word in ("HIV", "sifilis", "jiwa", "IVA"))
    assert all(line.reason == "" for line in lines)


def test_the_family_line_leaves_sensitive_services_out(house: House, budi: Person) -> None:
    family = Family(uid=new_uid(), head_name="Budi Santoso")
    house.put(family)
    wife = house.person("Ani Lestari", "1985-05-05", family_uid=family.uid)
    child = house.person("Adi", "2025-06-01", "L", family_uid=family.uid)
    father = house.person("Budi Hartono", "1980-01-01", "L", family_uid=family.uid)
    clerk = house.actor("registration")
    rows = {row.person_uid: row for row in house.desk.care.arrival(clerk, father.uid).family}
    assert set(rows) == {wife.uid, child.uid}
    assert rows[child.uid].age == "1 th"
    said = " ".join(name for row in rows.values() for name in row.names)
    assert "SADANIS" not in said
    assert all(len(row.names) <= 3 for row in rows.values())
    assert house.desk.care.arrival(clerk, budi.uid).family == ()


def test_of_the_family_the_most_urgent_comes_first_with_its_lateness(house: House) -> None:
    family = Family(uid=new_uid(), head_name="Budi Santoso")
    house.put(family)
    father = house.person("Budi Hartono", "1980-01-01", "L", family_uid=family.uid)
    house.person("Ani Lestari", "1985-05-05", family_uid=family.uid)
    nurse = house.actor("nurse")
    child = house.person("Adi", "2025-06-01", "L", family_uid=family.uid)
    house.person("Almarhumah", "1950-01-01", family_uid=family.uid, status=PersonStatus.DEAD)
    told = Earlier(uid=new_uid(), person_uid=child.uid, code="exam_hearing_child", on=date(2025, 12, 1))
    house.desk.care.earlier(nurse, told)
    rows = house.desk.care.arrival(house.actor("registration"), father.uid).family
    assert [row.name for row in rows] == ["Adi", "Ani Lestari"]
    assert any("terlambat" in name for name in rows[0].names)
    assert not any("terlambat" in name for name in rows[1].names)


def test_what_somebody_says_of_themselves_brings_its_services(house: House, budi: Person) -> None:
    care, midwife = house.desk.care, house.actor("midwife")
    assert "premarital" not in room(house, budi)
    care.told(midwife, budi.uid, "engaged", True)
    assert room(house, budi)["premarital"].state == "no_data"
    care.told(midwife, budi.uid, "engaged", False)
    assert "premarital" not in room(house, budi)
    with pytest.raises(InvalidInput):
        care.told(midwife, budi.uid, "hypertension", True)


def test_an_examination_is_recorded_once(house: House, budi: Person) -> None:
    order, uid = visit(house, budi), new_uid()
    for _ in range(2):
        house.desk.care.record(house.actor("dentist"), uid, budi.uid, order.visit_uid, "exam_dental", "karies 2")
    assert room(house, budi)["dental"].reason == "terakhir 21-11-2026 (karies 2), setiap tahun"
    with pytest.raises(InvalidInput):
        house.desk.care.record(house.actor("dentist"), new_uid(), budi.uid, order.visit_uid, "blood_pressure")


def test_nothing_is_recorded_in_the_visit_of_another_or_one_that_is_over(house: House, budi: Person) -> None:
    order, other = visit(house, budi), house.person("Ani Lestari", "1985-05-05")
    care, dentist, uid = house.desk.care, house.actor("dentist"), new_uid()
    with pytest.raises(IllegalStep, match="milik orang lain"):
        care.record(dentist, new_uid(), other.uid, order.visit_uid, "exam_dental")
    care.record(dentist, uid, budi.uid, order.visit_uid, "exam_dental")
    house.desk.examination.diagnose(house.actor("doctor"), order.visit_uid, new_uid(), "K02.9", "Karies gigi")
    house.desk.examination.finish(house.actor("doctor"), order.entry_uid, "home")
    care.record(dentist, uid, budi.uid, order.visit_uid, "exam_dental")
    with pytest.raises(IllegalStep, match="sudah selesai"):
        care.record(dentist, new_uid(), budi.uid, order.visit_uid, "exam_dental")


def test_what_was_recorded_by_mistake_is_taken_back_and_stays_on_record(house: House, budi: Person) -> None:
    order, uid = visit(house, budi), new_uid()
    care, dentist = house.desk.care, house.actor("dentist")
    care.record(dentist, uid, budi.uid, order.visit_uid, "exam_dental")
    with pytest.raises(NeedsReason):
        care.withdraw(dentist, uid, "")
    for _ in range(2):
        care.withdraw(dentist, uid, "salah orang")
    assert room(house, budi)["dental"].state == "no_data"
    assert house.read(CareRecord) == ()


def test_an_answer_by_mistake_is_listed_and_taken_back(house: House, budi: Person) -> None:
    care, midwife, uid = house.desk.care, house.actor("midwife"), new_uid()
    care.answer(midwife, Answered(uid=uid, person_uid=budi.uid, service="eye", why="takut"))
    (line,) = care.records(midwife, budi.uid)
    assert line.words.endswith(": ditolak 21-11-2026, takut")
    with pytest.raises(NeedsReason):
        care.withdraw(midwife, uid, "")
    care.withdraw(midwife, uid, "salah layanan")
    assert care.records(midwife, budi.uid) == ()
    assert room(house, budi)["eye"].state == "no_data"


def test_nothing_is_done_after_death(house: House) -> None:
    died = house.person("Almarhum", "1950-01-01", "L", status=PersonStatus.DEAD, status_on=date(2026, 10, 1))
    midwife = house.actor("midwife")
    for on, fits in ((date(2026, 10, 1), True), (date(2026, 10, 2), False)):
        told = Earlier(uid=new_uid(), person_uid=died.uid, code="exam_eye", on=on)
        if fits:
            house.desk.care.earlier(midwife, told)
            continue
        with pytest.raises(InvalidInput) as refused:
            house.desk.care.earlier(midwife, told)
        assert refused.value.sentence.startswith("Tanggal itu sesudah meninggal (01-10-2026).")
    month = Earlier(
        uid=new_uid(), person_uid=died.uid, code="exam_ear", on=date(2026, 10, 1), precision=Precision.MONTH
    )
    house.desk.care.earlier(midwife, month)
    with pytest.raises(InvalidInput):
        house.desk.care.record(midwife, new_uid(), died.uid, "", "exam_eye")


def ticket_of(house: House, entry_uid: str) -> bytes:
    return house.desk.documents.ticket(house.actor("registration"), entry_uid).escpos


def test_the_ticket_names_services_only_where_the_puskesmas_wants_it_and_never_a_secret_one(house: House) -> None:
    woman = house.person("Ani Lestari", "1985-05-05", marital_status="2")
    house.desk.care.told(house.actor("midwife"), woman.uid, "uses_contraception", True)
    order = visit(house, woman)
    assert b"Tanyakan juga" not in ticket_of(house, order.entry_uid)
    site, head = house.desk.site, house.actor("head")
    known = site.facility(head)
    assert known is not None
    assert known.ticket_services is False
    site.save_facility(head, FacilityForm(name=known.name, letter_code="PKM", ticket_services=True))
    said = ticket_of(house, order.entry_uid)
    assert b"Tanyakan juga hari ini:" in said
    assert b"Skrining tahunan (CKG)" in said
    assert not any(word in said for word in (b"KB", b"IVA", b"SADANIS", b"PHQ", b"hipertensi"))
    child = house.person("Adi", "2026-01-05", "L")
    assert b"Timbang dan ukur" in ticket_of(house, visit(house, child, "kia").entry_uid)


def test_a_line_says_what_is_complete_and_which_result_asks_for_something(house: House) -> None:
    woman = house.person("Ani Lestari", "1960-01-01", marital_status="2")
    lines = room(house, woman)
    assert dict(lines["eye"].guide) == {
        "Lengkapnya": "Visus dan pinhole; di atas 40 th katarak dengan senter",
        "Perlu tindakan": "Visus < 6/18 (0,3)",
        "Tindakan": "Rujuk",
    }
    assert [heading for heading, _ in lines["waist"].guide] == ["Perlu tindakan"]
    assert lines["activity"].guide == ()
    assert (lines["dental"].cluster, lines["tb"].cluster, lines["eye"].cluster) == ("Lintas Klaster", "Klaster 4", "")


def test_every_measure_that_closes_a_service_is_read(house: House) -> None:
    """Of vital signs each column is read by its name; other results are read as they are."""
    reference = house.desk.reference
    order = visit(house, house.person("Ani Lestari", "1995-05-05"))
    closing = {row.fact for service in reference.services.services for row in service.closes}
    measures = (*reference.measures.vitals, *reference.measures.observations)
    typed = {one.code: one.example for one in measures if one.code in closing}
    taking = Taking(
        uid=new_uid(), visit_uid=order.visit_uid, typed=typed, confirmed=frozenset(typed), glucose_kind="random"
    )
    house.desk.examination.take(house.actor("midwife"), taking)
    with house.store.reading(house.actor("midwife"), "test") as uow:
        row = uow.ask(CareOf((order.person_uid,)))[order.person_uid]
    assert {fact.code for fact in row.facts} >= typed.keys()
    assert len(typed) > 12


def test_sensitive_services_are_for_those_who_treat_alone(house: House) -> None:
    rani = house.person("Rani", "1990-05-17", "P", marital_status="married")
    treated = {line.service for line in house.desk.care.due(house.actor("midwife"), rani.uid) if line.sensitive}
    assert treated
    for role in ("laboratory", "pharmacy"):
        lines = house.desk.care.due(house.actor(role), rani.uid)
        assert lines
        assert not any(line.sensitive for line in lines)


def test_one_capsule_a_round_the_blue_one_before_the_birthday_counts_for_the_red(house: House) -> None:
    house.hands.move(days=(date(2027, 2, 5) - TODAY).days)
    child, midwife = house.person("Anak Contoh", "2026-02-15", "L"), house.actor("midwife")
    order = visit(house, child)
    house.desk.care.record(midwife, new_uid(), child.uid, order.visit_uid, "given_vitamin_a_blue")
    house.hands.move(days=12)
    assert room(house, child)["vitamin_a_red"].state == "done"
    house.hands.move(days=170)
    assert room(house, child)["vitamin_a_red"].state == "due"
