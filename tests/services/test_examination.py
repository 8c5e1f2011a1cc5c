"""The room: what is measured, written, diagnosed, and how it ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pytest

from ilp_desk.domain.clinical import Diagnosis, Note, Observation, Pregnancy, VitalSigns
from ilp_desk.domain.record import new_uid
from ilp_desk.domain.reference.signs import Level
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
    red = [a.alarm for a in shown.alarms if a.alarm.level is Level.RED]
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
    for alarm in (raised.alarm for raised in room.open().alarms):
        with pytest.raises(NeedsReason):
            examination.answer_alarm(midwife, room.visit_uid, alarm, "ignored")
        examination.answer_alarm(midwife, room.visit_uid, alarm, "done", "dirujuk ke RSUD")
    examination.finish(midwife, room.entry_uid)
    assert room.house.read(Visit)[0].state is VisitState.FINISHED
    with pytest.raises(IllegalStep):
        examination.write(midwife, room.visit_uid, "plan", "kontrol")


def test_other_figures_want_an_answer_of_their_own(room: Room) -> None:
    examination, midwife = room.house.desk.examination, room.house.actor("midwife")
    examination.diagnose(midwife, room.visit_uid, new_uid(), "O14.1", "Preeklamsia berat")
    room.take(blood_pressure="170/112")
    for raised in room.open().alarms:
        examination.answer_alarm(midwife, room.visit_uid, raised.alarm, "done", "nifedipin 10 mg")
    assert all(raised.answered for raised in room.open().alarms)
    room.take(pulse="88")
    assert all(raised.answered for raised in room.open().alarms), "another measure asks for nothing"
    room.take(blood_pressure="184/118")
    assert [raised.answered for raised in room.open().alarms if raised.alarm.level is Level.RED] == [""]
    with pytest.raises(NotFinished, match="merah"):
        examination.finish(midwife, room.entry_uid)


def red(room: Room, role: str = "midwife") -> list[tuple[str, str]]:
    """Figures and time of the red alarms that want an answer."""
    standing = room.open(role).alarms
    return [(a.alarm.reason, a.alarm.at) for a in standing if a.alarm.level is Level.RED and not a.answered]


def test_a_red_alarm_on_record_stands_until_answered_whatever_is_measured_after_it(room: Room) -> None:
    examination, midwife = room.house.desk.examination, room.house.actor("midwife")
    examination.diagnose(midwife, room.visit_uid, new_uid(), "O14.1", "Preeklamsia berat")
    room.take(blood_pressure="165/112")
    room.house.hands.move(minutes=20)
    room.take(blood_pressure="118/76")
    (words, at), *more = red(room)
    assert (words.startswith("TD 165/112"), at, more) == (True, room.open().taken[0].at, [])
    with pytest.raises(NotFinished, match="merah"):
        examination.finish(midwife, room.entry_uid)
    alarm = next(a.alarm for a in room.open().alarms if a.alarm.at)
    examination.answer_alarm(midwife, room.visit_uid, alarm, "ignored", "salah ukur")
    assert red(room) == []
    (told,) = room.open().answered
    assert (told.about, told.words) == (alarm.reason, "Diabaikan: salah ukur")
    examination.finish(midwife, room.entry_uid)


def test_a_red_alarm_of_a_withdrawn_taking_asks_for_nothing(room: Room) -> None:
    examination, midwife = room.house.desk.examination, room.house.actor("midwife")
    room.take(blood_pressure="165/112")
    room.house.hands.move(minutes=20)
    room.take(blood_pressure="118/76")
    examination.withdraw(midwife, "taking", room.open().taken[0].uid, "salah orang")
    assert red(room) == []


def test_setting_a_later_figure_aside_does_not_answer_the_one_before_it(room: Room) -> None:
    examination, midwife = room.house.desk.examination, room.house.actor("midwife")
    for pressure in ("165/112", "190/120"):
        room.take(blood_pressure=pressure)
        room.house.hands.move(minutes=10)
    assert len(red(room)) == 1, "one about the same thing is asked about at a time"
    examination.answer_alarm(midwife, room.visit_uid, room.open().alarms[0].alarm, "ignored", "manset kecil")
    assert [words[:10] for words, _ in red(room)] == ["TD 165/112"]
    room.take(blood_pressure="172/114")
    last = next(a.alarm for a in room.open().alarms if a.alarm.reason.startswith("TD 172/114"))
    examination.answer_alarm(midwife, room.visit_uid, last, "done", "MgSO4, dirujuk")
    assert red(room) == [], "what was done about the last was done about those before it"


def test_an_analyst_answers_what_they_measured_and_leaves_the_rest_to_the_clinician(room: Room) -> None:
    desk, analyst, midwife = room.house.desk, room.house.actor("laboratory"), room.house.actor("midwife")
    lab = room.house.points["lab"].uid
    room.take(blood_pressure="170/112")
    there = desk.queueing.send_on(midwife, room.entry_uid, lab, new_uid(), "Hb")
    desk.queueing.start(analyst, there.uid, "Lab")
    assert [raised.mine for raised in room.open("laboratory").alarms] == [False]
    assert desk.examination.missing(analyst, there.uid) == ()
    room.take("laboratory", haemoglobin="6,2")
    own = [raised.alarm for raised in room.open("laboratory").alarms if raised.mine]
    assert [alarm.code for alarm in own] == ["haemoglobin"]
    with pytest.raises(NotFinished, match="merah"):
        desk.examination.finish(analyst, there.uid)
    desk.examination.answer_alarm(analyst, room.visit_uid, own[0], "done", "dilaporkan ke bidan")
    desk.examination.finish(analyst, there.uid)
    desk.examination.diagnose(midwife, room.visit_uid, new_uid(), "O14.1", "Preeklamsia berat")
    assert any("merah" in sentence for sentence in desk.examination.missing(midwife, room.entry_uid))


@pytest.mark.parametrize("chosen", ["home", "referred", "died"])
def test_how_a_visit_ends_is_what_was_chosen(room: Room, chosen: str) -> None:
    examination, midwife = room.house.desk.examination, room.house.actor("midwife")
    examination.diagnose(midwife, room.visit_uid, new_uid(), "Z34.9", "Pengawasan kehamilan normal")
    with room.house.store.writing(midwife, "test.referred") as uow:
        uow.change(uow.get(Visit, room.visit_uid), discharge="referred")
    examination.finish(midwife, room.entry_uid, chosen)
    assert room.house.read(Visit)[0].discharge == chosen


def test_who_decides_nothing_leaves_how_the_visit_ends(room: Room) -> None:
    examination, midwife = room.house.desk.examination, room.house.actor("midwife")
    examination.diagnose(midwife, room.visit_uid, new_uid(), "Z34.9", "Pengawasan kehamilan normal")
    with room.house.store.writing(midwife, "test.referred") as uow:
        uow.change(uow.get(Visit, room.visit_uid), discharge="referred")
    examination.finish(midwife, room.entry_uid)
    assert room.house.read(Visit)[0].discharge == "referred"


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


def test_after_a_birth_the_alarms_of_the_weeks_after_it_stand(house: House) -> None:
    desi = house.person("Desi Marlina", "1996-03-05")
    house.put(
        Pregnancy(
            uid=new_uid(), person_uid=desi.uid, lmp=date(2026, 2, 5), ended_on=date(2026, 11, 12), outcome="birth"
        )
    )
    order = RegisterVisit(visit_uid=new_uid(), entry_uid=new_uid(), person_uid=desi.uid)
    house.desk.registration.register(house.actor("registration"), order)
    house.desk.queueing.start(house.actor("midwife"), order.entry_uid, "Ruang 2")
    room = Room(house, desi.uid, order.visit_uid, order.entry_uid)
    room.take(blood_pressure="162/110")
    shown = room.open()
    assert shown.postpartum
    assert shown.pregnancy is None
    assert shown.alarms[0].alarm.rule == "POSTPARTUM-BP-RED"


def test_takings_are_shown_one_by_one_and_the_latest_value_counts(room: Room) -> None:
    room.take(blood_pressure="162/108", urine_protein="++", glucose="HI")
    room.house.hands.move(minutes=20)
    room.take("doctor", blood_pressure="138/84")
    shown = room.open()
    first, second = shown.taken
    assert first.values == {"blood_pressure": "162/108", "glucose": "HI", "urine_protein": "++"}
    assert (first.by, first.mine) == ("Midwife Contoh", True)
    assert second.values == {"blood_pressure": "138/84"}
    assert second.at > first.at
    assert (shown.values["systolic"], shown.values["glucose"]) == (138, "HI")


def test_a_taking_sent_twice_is_one_even_without_vital_signs(room: Room) -> None:
    taking = Taking(uid=new_uid(), visit_uid=room.visit_uid, typed={"haemoglobin": "10,2", "urine_protein": "+"})
    for _ in range(2):
        room.house.desk.examination.take(room.house.actor("laboratory"), taking)
    assert [o.code for o in room.house.read(Observation)] == ["haemoglobin", "urine_protein"]
    assert [one.uid for one in room.open().taken] == [taking.uid]


def test_a_taking_is_taken_back_whole_and_with_a_reason(room: Room) -> None:
    examination, midwife = room.house.desk.examination, room.house.actor("midwife")
    room.take(blood_pressure="162/108", urine_protein="++")
    room.house.hands.move(minutes=5)
    room.take(blood_pressure="120/80")
    wrong = room.open().taken[0]
    with pytest.raises(NeedsReason):
        examination.withdraw(midwife, "taking", wrong.uid, "x")
    examination.withdraw(midwife, "taking", wrong.uid, "salah orang")
    shown = room.open()
    assert [one.values for one in shown.taken] == [{"blood_pressure": "120/80"}]
    assert shown.alarms == ()


def test_a_colleagues_complaint_and_plan_are_not_written_over(room: Room) -> None:
    examination, midwife, doctor = room.house.desk.examination, room.house.actor("midwife"), room.house.actor("doctor")
    examination.write_complaint(midwife, room.visit_uid, "pusing dan mual", "pusing")
    with pytest.raises(SomebodyElseWrote):
        examination.write_complaint(doctor, room.visit_uid, "sakit kepala", "pusing")
    examination.write_complaint(doctor, room.visit_uid, "pusing dan mual", "pusing")
    examination.plan_next(midwife, room.visit_uid, date(2026, 12, 5), "kontrol", (None, ""))
    with pytest.raises(SomebodyElseWrote):
        examination.plan_next(doctor, room.visit_uid, date(2026, 11, 28), "", (None, ""))
    assert room.open().next_visit_on == date(2026, 12, 5)


def test_the_same_text_twice_is_written_once(room: Room) -> None:
    examination, midwife = room.house.desk.examination, room.house.actor("midwife")
    first = examination.write(midwife, room.visit_uid, "therapy", "Fe 1x1\nKalsium 2x500 mg")
    again = examination.write(midwife, room.visit_uid, "therapy", "Fe 1x1\nKalsium 2x500 mg ", "")
    assert first is not None
    assert again == first
    assert first.text == "Fe 1x1\nKalsium 2x500 mg"


def test_hidden_signs_do_not_reach_the_record(room: Room) -> None:
    examination, midwife = room.house.desk.examination, room.house.actor("midwife")
    examination.write(midwife, room.visit_uid, "anamnesis", "pu\x00sing\x07 'sejak' kemarin\n😀 \u202bعربي")
    examination.add_allergy(midwife, room.person_uid, new_uid(), "amok\x1bsisilin")
    shown = room.open()
    assert shown.sections[0].note.text == "pu sing  'sejak' kemarin\n😀 \u202bعربي"
    assert shown.allergies[0].substance == "amok sisilin"


def test_without_the_primary_diagnosis_the_next_one_is_primary(room: Room) -> None:
    examination, doctor = room.house.desk.examination, room.house.actor("doctor")
    first = examination.diagnose(doctor, room.visit_uid, new_uid(), "O13", "Hipertensi dalam kehamilan")
    examination.diagnose(doctor, room.visit_uid, new_uid(), "O99.0", "Anemia")
    examination.withdraw(doctor, "diagnosis", first.uid, "salah pilih")
    assert [(d.code, d.primary) for d in room.open().diagnoses] == [("O99.0", True)]
    with pytest.raises(NotAllowed):
        examination.withdraw(room.house.actor("pharmacy"), "diagnosis", room.open().diagnoses[0].uid, "tidak jelas")


def test_a_condition_that_is_over_leaves_the_list_and_stays_on_record(room: Room) -> None:
    examination, midwife = room.house.desk.examination, room.house.actor("midwife")
    made = examination.add_problem(midwife, room.person_uid, new_uid(), "Tuberkulosis paru", "A15.0")
    ended = examination.end_problem(midwife, made.uid)
    assert examination.end_problem(midwife, made.uid) == ended
    assert ended.resolved_on == date(2026, 11, 21)
    shown = room.open()
    assert (shown.problems, shown.problem_state) == ((), "none")


def test_codes_are_found_by_indonesian_words_and_favourites_come_first(room: Room) -> None:
    examination, doctor = room.house.desk.examination, room.house.actor("doctor")
    assert examination.find_codes(doctor, "O14.1")[0].code == "O14.1"
    assert "I10" in [hit.code for hit in examination.find_codes(doctor, "darah tinggi")]
    examination.diagnose(doctor, room.visit_uid, new_uid(), "J06.9", "ISPA")
    favourites = examination.favourites(doctor)
    assert favourites == ("J06.9",)
    offered = examination.find_codes(doctor, "", favourites)
    assert [(hit.code, hit.favourite) for hit in offered] == [("J06.9", True)]


def test_the_rooms_queue_hints_at_pregnancy_and_childbirth(room: Room) -> None:
    house = room.house
    house.desk.examination.keep_draft(house.actor("doctor"), room.visit_uid, {"plan": {"text": "kontrol"}})
    hints = house.desk.examination.hints(house.actor("midwife"), house.points["kia"].uid)
    assert (hints.words, hints.drafts) == ({room.entry_uid: "hamil 28 mgg"}, frozenset())
    mine = house.desk.examination.hints(house.actor("doctor"), house.points["kia"].uid)
    assert mine.drafts == {room.visit_uid}
    assert [p.code for p in house.desk.examination.places(house.actor("pharmacy"))][:2] == ["kia", "mtbs"]


def test_sent_on_to_the_pharmacy_the_visit_still_ends_in_order(room: Room) -> None:
    house, midwife = room.house, room.house.actor("midwife")
    examination, queueing = house.desk.examination, house.desk.queueing
    assert examination.missing(midwife, room.entry_uid) == (
        "Belum ada diagnosis. Isi sedikitnya satu (Z00 untuk kunjungan sehat).",
    )
    examination.diagnose(midwife, room.visit_uid, new_uid(), "Z34.9", "Pengawasan kehamilan normal")
    assert examination.missing(midwife, room.entry_uid) == ()
    there = queueing.send_on(midwife, room.entry_uid, house.points["farmasi"].uid, new_uid(), returns=False)
    examination.finish(midwife, room.entry_uid, "home")
    assert house.read(Visit)[0].state is VisitState.OPEN
    pharmacist = house.actor("pharmacy")
    queueing.start(pharmacist, there.uid, "Farmasi")
    examination.finish(pharmacist, there.uid, "")
    done = house.read(Visit)[0]
    assert (done.state, done.discharge) == (VisitState.FINISHED, "home")


def test_who_was_sent_here_knows_by_whom_and_why(room: Room) -> None:
    house, midwife = room.house, room.house.actor("midwife")
    lab = house.desk.queueing.send_on(midwife, room.entry_uid, house.points["lab"].uid, new_uid(), "periksa Hb")
    shown = house.desk.examination.open(house.actor("laboratory"), lab.uid)
    assert (shown.sender, shown.note, shown.point_code) == ("Poli KIA", "periksa Hb", "lab")


def test_results_from_elsewhere_are_shown_as_they_were_told(room: Room) -> None:
    at = room.house.clock.now()
    told = (("urine_protein", "++"), ("haemoglobin", "104"), ("urine_glucose", "jejak"), ("ferritin", "12 ng/mL"))
    for code, value in told:
        room.house.put(
            Observation(
                uid=new_uid(),
                person_uid=room.person_uid,
                visit_uid=room.visit_uid,
                taken_at=at,
                code=code,
                value=value,
                source="import",
            )
        )
    shown = room.open()
    assert shown.taken[0].values == {
        "urine_protein": "++",
        "haemoglobin": "10,4",
        "urine_glucose": "jejak",
        "ferritin": "12 ng/mL",
    }
    assert set(shown.values) == {"urine_protein", "haemoglobin"}


def test_who_is_sent_on_with_an_unanswered_red_alarm_is_marked_where_they_wait(room: Room) -> None:
    house, lab = room.house, room.house.points["lab"].uid
    midwife, analyst = house.actor("midwife"), house.actor("laboratory")
    sent = new_uid()
    room.take(blood_pressure="165/112")
    house.desk.queueing.send_on(midwife, room.entry_uid, lab, sent, returns=True)
    assert house.desk.examination.hints(analyst, lab).red == {sent}
    alarm = room.open().alarms[0].alarm
    house.desk.examination.answer_alarm(midwife, room.visit_uid, alarm, "done", "MgSO4")
    assert house.desk.examination.hints(analyst, lab).red == frozenset()
