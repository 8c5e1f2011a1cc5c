"""Reading a record: newest first, by pages, and noted."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from ilp_desk.domain.clinical import Diagnosis
from ilp_desk.domain.immunization.records import ObjectionKind
from ilp_desk.domain.record import new_uid
from ilp_desk.domain.visit import Visit
from ilp_desk.errors import NotAllowed
from ilp_desk.services.discretion import GUARDED
from ilp_desk.services.examination import Taking
from ilp_desk.services.life_cycle.care import Answered
from ilp_desk.services.life_cycle.immunizations import Given, Stands
from ilp_desk.services.registration import RegisterVisit
from tests.printing.reading import text
from tests.referral_case import Case, refer

if TYPE_CHECKING:
    from ilp_desk.domain.staff import Actor
    from tests.house import House


def lived(house: House, days: int) -> str:
    """Somebody with a visit on each of so many days; gives the uid."""
    siti = house.person("Siti Nurhaliza", "1999-02-03")
    for n in range(days):
        visit = Visit(
            uid=new_uid(),
            person_uid=siti.uid,
            service_date=date(2026, 1, 1) + timedelta(days=n),
            arrived_at=house.clock.now(),
            reason="sick",
            cluster="ibu_anak",
            rule="R21-ADULT",
            complaint=f"keluhan {n}",
        )
        said = Diagnosis(
            uid=new_uid(),
            person_uid=siti.uid,
            visit_uid=visit.uid,
            taken_at=house.clock.now(),
            code="J06.9",
            title="ISPA",
            primary=True,
        )
        house.put(visit, said)
    return siti.uid


def test_pages_join_without_a_gap_or_a_double(house: House) -> None:
    uid, doctor = lived(house, 45), house.actor("doctor")
    days: list[date] = []
    before = None
    while True:
        page = house.desk.history.visits(doctor, uid, before)
        days += [v.day for v in page.visits]
        before = page.before
        if before is None:
            break
    assert days == [date(2026, 1, 1) + timedelta(days=n) for n in reversed(range(45))]


def test_one_visit_is_shown_whole(house: House) -> None:
    uid, doctor = lived(house, 1), house.actor("doctor")
    past = house.desk.history.visits(doctor, uid).visits[0]
    assert past.diagnoses == "ISPA (J06.9)"
    shown = house.desk.history.visit(doctor, past.visit_uid)
    assert (shown.complaint, shown.reason) == ("keluhan 0", "Sakit")
    head = house.desk.history.person(doctor, uid)
    assert (head.name, head.age, head.allergy_state) == ("Siti Nurhaliza", "27 th 9 bln", "not_asked")


def test_the_clerk_does_not_read_records(house: House) -> None:
    uid = lived(house, 1)
    with pytest.raises(NotAllowed):
        house.desk.history.person(house.actor("registration"), uid)


@pytest.mark.parametrize("role", ["laboratory", "pharmacy", "head"])
def test_what_is_sensitive_stays_with_those_who_treat(house: House, role: str) -> None:
    case = refer(house, codes={"B20": "Penyakit HIV"})
    doctor, other, desk = house.actor("doctor"), house.actor(role), house.desk
    desk.examination.write(doctor, case.visit_uid, "therapy", "ARV lini pertama")
    desk.examination.add_problem(doctor, case.person_uid, new_uid(), "HIV", "B20")
    letter = case.issue()
    words = ("HIV", "B20", "ARV")

    def said(actor: Actor) -> str:
        summary = text(desk.documents.summary(actor, case.person_uid).pdf)
        read = (
            desk.history.person(actor, case.person_uid),
            desk.history.visits(actor, case.person_uid),
            desk.history.visit(actor, case.visit_uid),
            desk.referrals.list(actor),
            desk.referrals.read(actor, letter.referral_uid),
        )
        return f"{read} {summary}"

    assert all(word in said(doctor) for word in words)
    for word in words:
        assert word not in said(other), word
    assert GUARDED in said(other)
    assert desk.history.visit(other, case.visit_uid).guarded
    assert not desk.referrals.read(other, letter.referral_uid).clinical
    with pytest.raises(NotAllowed):
        desk.documents.reprint(other, letter.document_uid)
    assert "B20" in text(desk.documents.reprint(doctor, letter.document_uid).pdf)


def test_what_is_not_sensitive_is_read_by_all_who_read_records(house: House) -> None:
    uid, head = lived(house, 1), house.actor("head")
    past = house.desk.history.visits(head, uid).visits[0]
    assert past.diagnoses == "ISPA (J06.9)"
    assert not house.desk.history.visit(head, past.visit_uid).guarded


def test_an_earlier_visit_is_guarded_in_the_laboratorys_room_too(house: House) -> None:
    case = refer(house, codes={"B20": "Penyakit HIV"})
    house.desk.examination.finish(house.actor("midwife"), _answered(case), "home")
    house.hands.move(days=1)
    again = RegisterVisit(visit_uid=new_uid(), entry_uid=new_uid(), person_uid=case.person_uid)
    house.desk.registration.register(house.actor("registration"), again)
    seen = {role: house.desk.examination.open(house.actor(role), again.entry_uid) for role in ("doctor", "laboratory")}
    assert [v.diagnoses for v in seen["doctor"].history] == ["Penyakit HIV (B20)"]
    assert [v.diagnoses for v in seen["laboratory"].history] == [GUARDED]


def _answered(case: Case) -> str:
    """The entry of a visit whose alarms have all been answered."""
    examination, midwife = case.house.desk.examination, case.house.actor("midwife")
    for raised in examination.open(midwife, case.entry_uid).alarms:
        examination.answer_alarm(midwife, case.visit_uid, raised.alarm, "done", "dirujuk")
    return case.entry_uid


def test_an_answered_alarm_reads_as_what_was_seen_and_what_was_done(house: House) -> None:
    case = refer(house)
    _answered(case)
    shown = house.desk.history.visit(house.actor("doctor"), case.visit_uid)
    midwife = house.actor("midwife").name
    assert shown.alarms == (f"TD 162/108: sistol ≥160 pada kehamilan. Ditangani 08.14, {midwife}: dirujuk.",)


def test_a_visit_names_what_was_given_measured_and_said(house: House) -> None:
    child, midwife, desk = house.person("Rizki Contoh", "2025-09-18", "L"), house.actor("midwife"), house.desk
    order = RegisterVisit(visit_uid=new_uid(), entry_uid=new_uid(), person_uid=child.uid)
    desk.registration.register(house.actor("registration"), order)
    desk.queueing.start(midwife, order.entry_uid, "Ruang 2")
    here = order.visit_uid
    sizes = {"weight": "8,4", "height": "74,5"}
    desk.examination.take(midwife, Taking(uid=new_uid(), visit_uid=here, typed=sizes, position="L", oedema=True))
    asked, dose = ("well", "no_reaction"), new_uid()
    given = Given(
        uid=dose, visit_uid=here, vaccine="mr", batch="MR01", expiry="30-06-2027", site="lengan kiri", screening=asked
    )
    desk.immunizations.give(midwife, given)
    desk.care.record(midwife, new_uid(), child.uid, here, "given_vitamin_a_red")
    stands = Stands(
        uid=new_uid(), person_uid=child.uid, kind=ObjectionKind.REFUSAL, series="pcv", why="takut", visit_uid=here
    )
    desk.immunizations.objection(midwife, stands)
    later = Answered(
        uid=new_uid(), person_uid=child.uid, service="deworming", why="mual", until=date(2026, 12, 1), visit_uid=here
    )
    desk.care.answer(midwife, later)
    expected = (
        "MR1, batch MR01, lengan kiri",
        "Vitamin A merah 200.000 IU",
        "Ditolak: PCV (takut)",
        "Ditunda: Obat cacing sampai 01-12-2026 (mual)",
    )
    assert desk.history.visit(midwife, here).given == expected
    assert desk.examination.open(midwife, order.entry_uid).given == expected
    page = text(desk.documents.summary(midwife, child.uid).pdf)
    for words in ("berat 8,4 kg", "74,5 cm terlentang", "edema kedua kaki", "MR1, batch MR01", "Ditolak: PCV"):
        assert words in page, words
    desk.immunizations.withdraw(midwife, "dose", dose, "salah anak")
    assert desk.history.visit(midwife, here).given == expected[1:]


@pytest.mark.parametrize(("role", "told"), [("midwife", True), ("laboratory", False)])
def test_a_sensitive_service_given_is_told_to_those_who_treat(house: House, role: str, told: bool) -> None:
    woman, midwife, desk = house.person("Ani Contoh", "1995-02-03"), house.actor("midwife"), house.desk
    order = RegisterVisit(visit_uid=new_uid(), entry_uid=new_uid(), person_uid=woman.uid)
    desk.registration.register(house.actor("registration"), order)
    desk.queueing.start(midwife, order.entry_uid, "Ruang 2")
    services = desk.reference.services
    code = next(c.fact for s in services.services if s.sensitive for c in s.closes if c.fact in services.facts)
    desk.care.record(midwife, new_uid(), woman.uid, order.visit_uid, code)
    given = desk.history.visit(house.actor(role), order.visit_uid).given
    assert (services.facts[code].label in given) is told
    if role != "midwife":
        assert desk.care.records(house.actor(role), woman.uid) == ()
