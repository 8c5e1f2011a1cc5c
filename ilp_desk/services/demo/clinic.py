"""What is written down in a visit: vital signs, notes, the diagnosis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from ilp_desk.domain.clinical import Diagnosis, Note, Observation, Pregnancy, VitalSigns
from ilp_desk.domain.document import Document, Referral
from ilp_desk.domain.person import Consent, Person
from ilp_desk.domain.reference import Reference
from ilp_desk.domain.routing import Routing, RoutingFacts, route
from ilp_desk.domain.site import ServicePoint
from ilp_desk.domain.staff import Staff
from ilp_desk.domain.visit import QueueEntry, QueueEvent, Visit
from ilp_desk.domain.vitals import check_vital, kept
from ilp_desk.ports import UnitOfWork
from ilp_desk.services.demo.people import YEAR
from ilp_desk.services.demo.place import Place
from ilp_desk.services.demo.source import Source, between, read

Row = Mapping[str, Any]
CARERS = {
    "kia": ("yenni", "hadi"),
    "mtbs": ("yenni", "hadi"),
    "imunisasi": ("yenni",),
    "remaja": ("andri", "mira"),
    "dewasa": ("mira", "andri"),
    "lansia": ("andri", "mira"),
    "infeksius": ("hadi",),
    "gawat_darurat": ("hadi",),
    "gigi": ("sinta",),
    "lab": ("wulan",),
    "farmasi": ("wulan",),
}
"""Usernames of those who work at a service point; the first of them does most of it."""


@dataclass
class Care:
    """Everything that came of visits, to be stored kind by kind; later: entries that were sent on from others."""

    visits: list[Visit] = field(default_factory=list)
    entries: list[QueueEntry] = field(default_factory=list)
    later: list[QueueEntry] = field(default_factory=list)
    events: list[QueueEvent] = field(default_factory=list)
    vitals: list[VitalSigns] = field(default_factory=list)
    observations: list[Observation] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    diagnoses: list[Diagnosis] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    consents: list[Consent] = field(default_factory=list)
    referrals: list[Referral] = field(default_factory=list)

    def store(self, uow: UnitOfWork) -> None:
        uow.add_many(self.visits)
        uow.add_many(self.entries)
        uow.add_many(self.later)
        uow.add_many(sorted(self.events, key=attrgetter("made_at")))
        for records in (
            self.vitals,
            self.observations,
            self.notes,
            self.diagnoses,
            self.documents,
            self.consents,
            self.referrals,
        ):
            uow.add_many(records)


class Clinic:
    """Writes visits down. titles: Indonesian name of an ICD-10 code."""

    def __init__(self, source: Source, place: Place, reference: Reference, titles: Mapping[str, str]) -> None:
        self.source, self.place, self.reference = source, place, reference
        self._titles = titles
        self._dice = source.dice("clinic")
        self._rows: Mapping[str, Row] = {row["code"]: row for row in read("conditions")["condition"]}

    def condition(self, code: str) -> Row:
        return self._rows[code]

    def route(self, person: Person, pregnancy: Pregnancy | None, asked: Row, on: date) -> Routing:
        """Where somebody goes who asks for this (reason, service, danger, infection), by the rules of the day."""
        ongoing = pregnancy is not None and (pregnancy.ended_on is None or pregnancy.ended_on > on)
        facts = RoutingFacts(
            sex=person.sex,
            born_on=person.born_on,
            born_precision=person.born_precision,
            reason=asked.get("reason", "service_only" if asked.get("service") else "sick"),
            service=asked.get("service", ""),
            danger_sign=asked.get("danger", ""),
            emergency=bool(asked.get("danger")),
            infection=asked.get("infection", False),
            pregnant=ongoing,
            lmp=pregnancy.lmp if ongoing and pregnancy else None,
            delivered_on=pregnancy.ended_on if pregnancy and not ongoing else None,
            disability=bool(person.disability),
        )
        return route(facts, on, self.reference)

    def carer(self, point: ServicePoint) -> tuple[Staff, str]:
        """Who works at a service point, and the room."""
        names = CARERS.get(point.code, ("hadi",))
        username = names[0] if len(names) == 1 or self._dice.random() < 0.75 else names[1]
        return self.place.staff[username], point.rooms[0] if point.rooms else ""

    def write(
        self,
        care: Care,
        visit: Visit,
        row: Row,
        at: datetime,
        by: Staff,
        room: str,
        pressure: Sequence[int] = (),
    ) -> VitalSigns:
        """All of an examination. row: of conditions.toml, other words perhaps laid over it."""
        taken = self.measure(care, visit, row, at, by, room, pressure)
        about = _about(visit, at, by, room)
        if "haemoglobin" in row:
            self.result(care, visit, {"haemoglobin": row["haemoglobin"]}, at, by, room)
        care.notes.extend(
            Note(uid=self.source.uid(at), section=section, text=row[section], **about)
            for section in ("anamnesis", "examination", "therapy")
            if row.get(section)
        )
        course = "old" if row.get("needs") else "new"
        title = self._titles[row["code"]]
        care.diagnoses.append(
            Diagnosis(uid=self.source.uid(at), code=row["code"], title=title, primary=True, course=course, **about)
        )
        return taken

    def measure(
        self, care: Care, visit: Visit, row: Row, at: datetime, by: Staff, room: str, pressure: Sequence[int] = ()
    ) -> VitalSigns:
        """Vital signs alone: somebody has begun, the rest is still to be written."""
        taken = self._vitals(visit, row, pressure, _about(visit, at, by, room))
        care.vitals.append(taken)
        return taken

    def result(self, care: Care, visit: Visit, found: Mapping[str, str], at: datetime, by: Staff, room: str) -> None:
        """Results by code of observations.toml, as somebody types them."""
        about = _about(visit, at, by, room)
        for code, text in found.items():
            unit = self.reference.measures[code].unit
            care.observations.extend(
                Observation(
                    uid=self.source.uid(at), code=part.code, value=kept(part, self.reference), unit=unit, **about
                )
                for part in check_vital(code, text, None, self.reference).parts
            )

    def _vitals(self, visit: Visit, row: Row, pressure: Sequence[int], about: dict[str, Any]) -> VitalSigns:
        dice = self._dice
        age = (visit.age_days or 0) / YEAR
        weight, height, systolic, diastolic, pulse, breaths = between(read("conditions")["growth"]["rows"], age)
        build = dice.gauss(1, 0.09)
        values: dict[str, Any] = {
            "pulse": round(pulse * dice.gauss(1, 0.07)) + row.get("pulse", 0),
            "respiration": round(breaths * dice.gauss(1, 0.06)),
            "temperature": 365 + dice.randrange(0, 5) + row.get("temperature", 0),
            "spo2": dice.choice((97, 98, 98, 99, 99)),
            "weight": round(weight * build, 1 if age > 2 else 2) * 1000,
            "height": round(height * (1 + (build - 1) / 4)) * 10,
        }
        values["weight"] = round(values["weight"])
        if age >= 12:
            upper = round(systolic * dice.gauss(1, 0.06) + row.get("systolic", 0))
            lower = round(diastolic * dice.gauss(1, 0.06) + row.get("diastolic", 0))
            values["systolic"], values["diastolic"] = pressure or (upper, min(lower, upper - 20))
        if row.get("glucose"):
            values |= {"glucose": 110 + dice.randrange(row["glucose"] * 2), "glucose_kind": "random"}
        if age < 2:
            values["position"] = "L"
        return VitalSigns(uid=self.source.uid(about["taken_at"]), **values, **about)


def _about(visit: Visit, at: datetime, by: Staff, room: str) -> dict[str, Any]:
    """What every clinical fact says of itself."""
    about: dict[str, Any] = {"person_uid": visit.person_uid, "visit_uid": visit.uid, "taken_at": at}
    return about | {"made_at": at, "made_by": by.uid, "made_desk": room}
