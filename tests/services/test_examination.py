"""The room: what is measured, written, diagnosed, and how it ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pytest

from ilp_desk.domain.clinical import Diagnosis, Note, Pregnancy, VitalSigns
from ilp_desk.domain.record import new_uid
from ilp_desk.domain.visit import Visit, VisitState
from ilp_desk.errors import IllegalStep, InvalidInput, NeedsReason, NotAllowed
from ilp_desk.services.examination import NotFinished, SomebodyElseWrote, Taking, UnlikelyValue
from ilp_desk.services.registration import RegisterVisit

if TYPE_CHECKING:
    from ilp_desk.rows.encounter import Encounter
    from tests.house import House


@dataclass
class Room:
    """A pregnant woman in Ruang 2."""

    house: House
    person_uid: str
    visit_uid: str
    entry_uid: str

    def open(self, role: str = "midwife") -> Encounter:
        return self.house.desk.examination.open(self.house.actor(role), self.entry_uid)

    def take(self, role: str = "midwife", confirmed: frozenset[str] = frozenset(), **typed: str) -> None:
        taking = Taking(uid=new_uid(), visit_uid=self.visit_uid, typed=typed, confirmed=confirmed)
        self.house.desk.examination.take(self.house.actor(role), taking)


@pytest.fixture
def room(house: House) -> Room:
    siti = house.person("Siti Nurhaliza", "1999-02-03")
    house.put(Pregnancy(uid=new_uid(), person_uid=siti.uid, lmp=date(2026, 5, 9), gravida=2, para=1, abortus=0))
    order = RegisterVisit(visit_uid=new_uid(), entry_uid=new_uid(), person_uid=siti.uid, complaint="pusing")
    house.desk.registration.register(house.actor("registration"), order)
    house.desk.queueing.start(house.actor("midwife"), order.entry_uid, "Ruang 2")
    return Room(house, siti.uid, order.visit_uid, order.entry_uid)


def test_the_banner_tells_the_pregnancy(room: Room) -> None:
    shown = room.open()
    assert shown.pregnancy_words == "G2P1A0 · 28 mgg 0 hr · HPL 13-02-2027"
    assert shown.complaint == "pusing"
    assert shown.allergy_state == "not_asked"


def test_vital_signs_are_kept_in_base_units_and_raise_the_alarm(room: Room) -> None:
    room.take(blood_pressure="162/108", temperature="36,7", weight="68,4", urine_protein="++", spo2="98")
    taken = room.house.read(VitalSigns)[0]
    assert (taken.systolic, taken.diastolic, taken.temperature, taken.weight) == (162, 108, 367, 68400)
    shown = room.open()
    assert shown.observations[0].code == "urine_protein"
    red = [a for a in shown.alarms if a.level == "red"]
    assert red
    assert red[0].act
    assert red[0].version


def test_impossible_is_refused_and_unlikely_is_asked_once(room: Room) -> None:
    with pytest.raises(InvalidInput) as refused:
        room.take(blood_pressure="1200/80")
    assert refused.value.field == "blood_pressure"
    with pytest.raises(UnlikelyValue):
        room.take(pulse="200")
    room.take(confirmed=frozenset({"pulse"}), pulse="200")
    assert room.house.read(VitalSigns)[0].confirmed == ("pulse",)


def test_a_reading_that_is_no_number_is_kept_as_it_is(room: Room) -> None:
    room.take(glucose="HI")
    assert room.house.read(VitalSigns)[0].special == {"glucose": "HI"}


def test_two_people_write_in_one_visit_and_hear_of_each_other(room: Room) -> None:
    examination = room.house.desk.examination
    midwife, doctor = room.house.actor("midwife"), room.house.actor("doctor")
    examination.write(midwife, room.visit_uid, "anamnesis", "Pusing tiga hari.")
    with pytest.raises(SomebodyElseWrote):
        examination.write(doctor, room.visit_uid, "anamnesis", "Pusing.", seen_uid="")
    standing = room.open("doctor").sections[0]
    assert (standing.by, standing.mine) == ("Midwife Contoh", False)
    assert room.open("doctor").colleagues[0].startswith("Midwife Contoh: catatan")
    examination.write(doctor, room.visit_uid, "anamnesis", "Pusing tiga hari, bengkak.", standing.note.uid)
    assert [s.note.text for s in room.open().sections] == ["Pusing tiga hari, bengkak."]


def test_diagnoses_have_one_primary_and_no_double(room: Room) -> None:
    examination, doctor = room.house.desk.examination, room.house.actor("doctor")
    first = examination.diagnose(doctor, room.visit_uid, new_uid(), "O14.1", "Preeklamsia berat")
    second = examination.diagnose(doctor, room.visit_uid, new_uid(), "O99.0", "Anemia", "old")
    with pytest.raises(InvalidInput):
        examination.diagnose(doctor, room.visit_uid, new_uid(), "O14.1", "Preeklamsia berat")
    assert (first.primary, second.primary) == (True, False)
    examination.change_diagnosis(doctor, second.uid, primary=True)
    assert [(d.code, d.primary) for d in room.house.read(Diagnosis)] == [("O14.1", False), ("O99.0", True)]
    examination.withdraw(doctor, "diagnosis", second.uid, "salah pilih")
    assert [d.code for d in room.house.read(Diagnosis)] == ["O14.1"]


def test_allergies_are_asked_none_or_present(room: Room) -> None:
    examination, midwife = room.house.desk.examination, room.house.actor("midwife")
    examination.no_allergy(midwife, room.person_uid)
    assert room.open().allergy_state == "none"
    made = examination.add_allergy(midwife, room.person_uid, new_uid(), "amoksisilin", "gatal")
    assert room.open().allergy_state == "present"
    with pytest.raises(InvalidInput):
        examination.add_allergy(midwife, room.person_uid, new_uid(), "Amoksisilin")
    with pytest.raises(InvalidInput):
        examination.no_allergy(midwife, room.person_uid)
    with pytest.raises(NeedsReason):
        examination.withdraw(midwife, "allergy", made.uid, "")
    examination.withdraw(midwife, "allergy", made.uid, "salah orang")
    assert room.open().allergy_state == "not_asked"


def test_finishing_wants_a_diagnosis_and_an_answer_to_red(room: Room) -> None:
    examination, midwife = room.house.desk.examination, room.house.actor("midwife")
    room.take(blood_pressure="170/112")
    with pytest.raises(NotFinished, match="diagnosis"):
        examination.finish(midwife, room.entry_uid)
    examination.diagnose(midwife, room.visit_uid, new_uid(), "O14.1", "Preeklamsia berat")
    with pytest.raises(NotFinished, match="merah"):
        examination.finish(midwife, room.entry_uid)
    for alarm in room.open().alarms:
        with pytest.raises(NeedsReason):
            examination.answer_alarm(midwife, room.visit_uid, alarm.rule, alarm.level, alarm.version, "ignored")
        examination.answer_alarm(
            midwife, room.visit_uid, alarm.rule, alarm.level, alarm.version, "done", "dirujuk ke RSUD"
        )
    examination.finish(midwife, room.entry_uid)
    assert room.house.read(Visit)[0].state is VisitState.FINISHED
    with pytest.raises(IllegalStep):
        examination.write(midwife, room.visit_uid, "plan", "kontrol")


def test_a_draft_comes_back_to_its_writer_only_and_leaves_no_text_in_the_audit(room: Room) -> None:
    examination, midwife = room.house.desk.examination, room.house.actor("midwife")
    examination.keep_draft(midwife, room.visit_uid, {"anamnesis": "rahasia sekali"})
    kept = examination.draft(midwife, room.visit_uid)
    assert kept is not None
    assert kept.content == {"anamnesis": "rahasia sekali"}
    assert examination.draft(room.house.actor("doctor"), room.visit_uid) is None
    examination.drop_draft(midwife, room.visit_uid)
    assert examination.draft(midwife, room.visit_uid) is None


def test_the_plan_lies_ahead(room: Room) -> None:
    examination, midwife = room.house.desk.examination, room.house.actor("midwife")
    with pytest.raises(InvalidInput):
        examination.plan_next(midwife, room.visit_uid, date(2026, 11, 21))
    examination.plan_next(midwife, room.visit_uid, date(2026, 12, 5), "kontrol tensi")
    assert room.open().next_visit_on == date(2026, 12, 5)


def test_a_clerk_does_not_write_in_the_record(room: Room) -> None:
    with pytest.raises(NotAllowed):
        room.house.desk.examination.write(room.house.actor("registration"), room.visit_uid, "anamnesis", "x")
    assert room.house.read(Note) == ()
