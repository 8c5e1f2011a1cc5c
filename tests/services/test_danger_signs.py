"""Danger signs told in the room: coded, kept, taken back, and heard by the alarms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from ilp_desk.domain.clinical import Observation
from ilp_desk.domain.record import new_uid
from ilp_desk.errors import IllegalStep
from ilp_desk.services.examination import Taking
from ilp_desk.services.registration import Circumstances, RegisterVisit

if TYPE_CHECKING:
    from ilp_desk.rows.encounter import Encounter
    from tests.house import House


@dataclass(frozen=True)
class Room:
    house: House
    order: RegisterVisit

    def sign(self, code: str, seen: bool = True, role: str = "nurse") -> None:
        self.house.hands.move(minutes=1)
        self.house.desk.examination.see_sign(self.house.actor(role), self.order.visit_uid, code, seen)

    def none(self) -> None:
        self.house.desk.examination.no_signs(self.house.actor("nurse"), self.order.visit_uid)

    def take(self, **typed: str) -> None:
        taking = Taking(uid=new_uid(), visit_uid=self.order.visit_uid, typed=typed)
        self.house.desk.examination.take(self.house.actor("nurse"), taking)

    def shown(self, role: str = "doctor") -> Encounter:
        return self.house.desk.examination.open(self.house.actor(role), self.order.entry_uid)

    def rules(self) -> list[str]:
        return [a.alarm.rule for a in self.shown().alarms]


def arrive(house: House, sign: str = "", **person: Any) -> Room:
    someone = house.person("Ahmad Fauzi", sex="L", **person)
    order = RegisterVisit(
        visit_uid=new_uid(),
        entry_uid=new_uid(),
        person_uid=someone.uid,
        circumstances=Circumstances(danger_sign=sign, emergency=bool(sign)),
    )
    house.desk.registration.register(house.actor("registration"), order)
    return Room(house, order)


def test_high_pressure_with_a_sign_is_a_crisis(house: House) -> None:
    room = arrive(house)
    room.take(blood_pressure="184/96")
    assert room.rules() == ["BP-VERY-HIGH"]
    room.sign("headache")
    assert room.rules() == ["BP-CRISIS", "sign.headache"]
    assert "sakit kepala berat" in room.shown().alarms[0].alarm.reason


def test_low_sugar_with_a_sign_is_red(house: House) -> None:
    room = arrive(house)
    room.take(glucose="66")
    room.sign("cold_sweat")
    assert room.rules()[0] == "GLUCOSE-LOW-SIGNS"


def test_a_sign_is_a_coded_result_and_no_taking(house: House) -> None:
    room = arrive(house)
    room.sign("headache")
    room.sign("headache")
    (found,) = house.read(Observation)
    assert (found.code, found.value, found.visit_uid) == ("danger_sign", "headache", room.order.visit_uid)
    shown = room.shown()
    assert (shown.signs, shown.signs_asked, shown.taken) == (frozenset({"headache"}), True, ())


def test_asked_and_none_is_something_else_than_not_asked(house: House) -> None:
    room = arrive(house)
    assert not room.shown().signs_asked
    room.none()
    room.none()
    assert (room.shown().signs, room.shown().signs_asked) == (frozenset(), True)
    assert [o.value for o in house.read(Observation)] == ["none"]
    room.sign("headache")
    assert [o.value for o in house.read(Observation)] == ["headache"]


def test_taken_back_it_stays_voided_and_the_question_stays_answered(house: House) -> None:
    room = arrive(house)
    room.sign("headache")
    room.sign("headache", False)
    assert [o.value for o in house.read(Observation)] == ["none"]
    assert (room.shown().signs, room.rules()) == (frozenset(), [])


def test_the_sign_seen_at_the_desk_counts_until_the_room_has_asked(house: House) -> None:
    room = arrive(house, "chest_pain")
    assert room.shown().signs == {"chest_pain"}
    assert room.rules() == ["sign.chest_pain"]
    room.sign("headache")
    assert room.shown().signs == {"chest_pain", "headache"}
    room.sign("chest_pain", False)
    assert room.shown().signs == {"headache"}
    room.none()
    assert room.rules() == []


def test_the_desk_s_sign_is_refuted_by_asking(house: House) -> None:
    room = arrive(house, "chest_pain")
    room.sign("chest_pain", False)
    assert (room.shown().signs, room.shown().signs_asked) == (frozenset(), True)


def test_whose_sign_it_is_decides_who_must_answer(house: House) -> None:
    room = arrive(house)
    room.sign("chest_pain", role="laboratory")
    assert [a.mine for a in room.shown("laboratory").alarms] == [True]
    assert [a.mine for a in room.shown("nurse").alarms] == [False]


def test_taking_a_measurement_back_leaves_the_signs(house: House) -> None:
    room = arrive(house)
    room.take(haemoglobin="11,4")
    room.sign("headache")
    nurse = house.actor("nurse")
    house.desk.examination.withdraw(nurse, "taking", room.shown().taken[0].uid, "salah orang")
    assert room.shown().signs == {"headache"}


def test_only_known_signs_and_only_in_an_open_visit(house: House) -> None:
    room = arrive(house)
    with pytest.raises(ValueError, match="nothing_known"):
        room.sign("nothing_known")
    house.desk.registration.cancel(house.actor("registration"), room.order.visit_uid, "pulang")
    with pytest.raises(IllegalStep):
        room.sign("headache")
    with pytest.raises(IllegalStep):
        room.none()


def test_the_letter_tells_the_signs_and_marks_only_what_was_measured(house: House) -> None:
    room = arrive(house)
    room.take(blood_pressure="184/96", pulse="80")
    room.sign("headache")
    desk, doctor = house.desk, house.actor("doctor")
    desk.examination.diagnose(doctor, room.order.visit_uid, new_uid(), "I10", "Hipertensi")
    start = desk.referrals.start(doctor, room.order.visit_uid)
    assert "Tanda bahaya: Sakit kepala berat" in start.fields["anamnesis"]
    assert [label for label, _, notable in start.measured if notable] == ["TD"]
