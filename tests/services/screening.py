"""Somebody in a room whose instruments are answered, for the tests of services, paper and window."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from ilp_desk.domain.assessment import Assessment
from ilp_desk.domain.clinical import Pregnancy
from ilp_desk.domain.record import new_uid
from ilp_desk.services.examination import Taking
from ilp_desk.services.life_cycle.assessments import SaveAssessment
from ilp_desk.services.registration import RegisterVisit
from tests.domain.instrument_files import worked

if TYPE_CHECKING:
    from ilp_desk.domain.person import Person
    from ilp_desk.rows.assessments import OpenInstrument
    from ilp_desk.rows.care import DueLine
    from tests.house import House

FIRST = {case.instrument: case for case in reversed(worked())}
"""The first worked case of each instrument."""

FITS: Mapping[str, tuple[str, str]] = {
    "barthel": ("1954-12-30", "P"),
    "skilas": ("1954-12-30", "P"),
    "gds-4": ("1954-12-30", "P"),
    "mini-cog": ("1954-12-30", "P"),
    "kpsp": ("2024-11-01", "L"),
    "tb-child": ("2024-11-01", "L"),
    "mtbs": ("2025-05-01", "L"),
    "mtbm": ("2026-11-01", "L"),
    "puma": ("1970-01-01", "L"),
}
"""Birth date and sex of somebody each instrument is for; everybody else is a woman of 1990."""


@dataclass(frozen=True)
class Screening:
    """One person in a room."""

    house: House
    person: Person
    visit_uid: str
    entry_uid: str

    def take(self, **typed: str) -> None:
        self.house.hands.move(minutes=1)
        taking = Taking(uid=new_uid(), visit_uid=self.visit_uid, typed=typed)
        self.house.desk.examination.take(self.house.actor("nurse"), taking)

    def open(self, code: str, role: str = "nurse") -> OpenInstrument:
        return self.house.desk.assessments.open(self.house.actor(role), self.visit_uid, code)

    def answered(self, code: str, answers: Mapping[str, Any], **more: Any) -> SaveAssessment:
        given = {item: str(answer) for item, answer in answers.items()}
        version = more.pop("version", "2026.1")
        uid = more.pop("uid", None) or new_uid()
        return SaveAssessment(
            uid=uid, visit_uid=self.visit_uid, instrument=code, version=version, answers=given, **more
        )

    def save(self, code: str, answers: Mapping[str, Any], role: str = "nurse", **more: Any) -> Assessment:
        self.house.hands.move(minutes=1)
        return self.house.desk.assessments.save(self.house.actor(role), self.answered(code, answers, **more))

    def due(self, role: str = "nurse") -> dict[str, DueLine]:
        lines = self.house.desk.care.due(self.house.actor(role), self.person.uid)
        return {line.service: line for line in lines}


def come(house: House, born: str = "1990-05-17", sex: str = "P", name: str = "Siti Nurmala") -> Screening:
    """Somebody arrives and is in the room."""
    someone = house.person(name, born, sex)
    order = RegisterVisit(visit_uid=new_uid(), entry_uid=new_uid(), person_uid=someone.uid)
    house.desk.registration.register(house.actor("registration"), order)
    house.desk.queueing.start(house.actor("doctor"), order.entry_uid, "Ruang 5")
    return Screening(house, someone, order.visit_uid, order.entry_uid)


def come_for(house: House, code: str) -> Screening:
    """Somebody whom an instrument is for."""
    screening = come(house, *FITS.get(code, ("1990-05-17", "P")))
    if code in ("epds", "kspr"):
        house.put(Pregnancy(uid=new_uid(), person_uid=screening.person.uid, lmp=date(2026, 5, 9), gravida=1))
    return screening
