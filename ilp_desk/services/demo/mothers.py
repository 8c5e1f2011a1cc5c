"""Visits of pregnancies, birth plans and births of the cast, as cast.toml has them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time
from typing import Any

from ilp_desk.domain.clinical import Pregnancy
from ilp_desk.domain.due.records import CareRecord
from ilp_desk.domain.immunization.records import GivenDose
from ilp_desk.domain.maternity.records import AntenatalContact, BirthPlan, Delivery, Infant
from ilp_desk.domain.person import Person
from ilp_desk.domain.record import Record
from ilp_desk.domain.visit import Visit
from ilp_desk.services.demo.source import Source, read
from ilp_desk.services.demo.town import Town

NOON = 12 * 60
POSTNATAL, NEONATAL = "contact_postnatal", "contact_neonatal"


class Mothers:
    """midwife: who wrote it down."""

    def __init__(self, source: Source, town: Town, visits: Iterable[Visit], midwife: str) -> None:
        self._source, self._town, self._midwife = source, town, midwife
        self._visits = {(visit.person_uid, visit.service_date): visit for visit in visits}
        self._pregnancies = {pregnancy.person_uid: pregnancy for pregnancy in town.pregnancies}

    def records(self) -> tuple[Sequence[Record], ...]:
        """Kind by kind, each after those it refers to."""
        contacts: list[Record] = []
        plans: list[Record] = []
        births: list[Record] = []
        infants: list[Record] = []
        care: list[Record] = []
        doses: list[Record] = []
        for family in read("cast")["family"]:
            for row in family["person"]:
                person = self._town.keys[row["key"]]
                pregnancy = self._pregnancies.get(person.uid)
                care += [self._care(person, code, days) for code, days in row.get("attended", ())]
                doses += [self._dose(person, code, days) for code, days in row.get("shots", ())]
                if pregnancy is None:
                    continue
                for each in row.get("visit", ()):
                    if "contact" in each:
                        contacts.append(self._contact(pregnancy, each["days"], each["contact"]))
                contacts += [self._contact(pregnancy, each["days"], each) for each in row.get("elsewhere", ())]
                if "plan" in row:
                    plans.append(self._plan(pregnancy, row["plan"]))
                if "delivery" in row:
                    delivery, infant = self._birth(pregnancy, row["delivery"])
                    births.append(delivery)
                    infants.append(infant)
        return contacts, plans, births, infants, care, doses

    def _stamp(self, day: date) -> dict[str, Any]:
        at = self._source.on(day, NOON)
        return {"uid": self._source.uid(at), "made_at": at, "made_by": self._midwife}

    def _contact(self, pregnancy: Pregnancy, days: int, row: Mapping[str, Any]) -> AntenatalContact:
        day = self._source.day(days)
        visit = None if row.get("place") else self._visits.get((pregnancy.person_uid, day))
        told = {name: value for name, value in row.items() if name not in ("days", "by")}
        return AntenatalContact(
            person_uid=pregnancy.person_uid,
            pregnancy_uid=pregnancy.uid,
            visit_uid=visit.uid if visit else None,
            taken_at=self._source.on(day, NOON),
            on=day,
            performer=row.get("by", ""),
            source="other_facility" if row.get("place") else "here",
            **told,
            **self._stamp(day),
        )

    def _plan(self, pregnancy: Pregnancy, row: Mapping[str, Any]) -> BirthPlan:
        day = self._source.day(9)
        stamp = self._stamp(day)
        return BirthPlan(person_uid=pregnancy.person_uid, pregnancy_uid=pregnancy.uid, on=day, **row, **stamp)

    def _birth(self, pregnancy: Pregnancy, row: Mapping[str, Any]) -> tuple[Delivery, Infant]:
        day = pregnancy.ended_on or self._source.today
        hour: time = row["at"]
        at = self._source.on(day, hour.hour * 60 + hour.minute)
        names = ("birth_place", "place_name", "helper", "way", "condition", "early_feeding")
        delivery = Delivery(
            person_uid=pregnancy.person_uid,
            pregnancy_uid=pregnancy.uid,
            on=day,
            born_at=at,
            **{name: row[name] for name in names if name in row},
            **self._stamp(day),
        )
        child = self._town.keys[row["baby"]]
        infant = Infant(
            person_uid=pregnancy.person_uid,
            delivery_uid=delivery.uid,
            child_uid=child.uid,
            order=1,
            sex=child.sex.value,
            weight=row["weight"],
            length=row["length"],
            **self._stamp(day),
        )
        return delivery, infant

    def _care(self, person: Person, code: str, days: int) -> CareRecord:
        day = self._source.day(days)
        at = self._source.on(day, NOON)
        return CareRecord(person_uid=person.uid, taken_at=at, code=code, on=day, **self._stamp(day))

    def _dose(self, person: Person, code: str, days: int) -> GivenDose:
        day = self._source.day(days)
        at = self._source.on(day, NOON)
        return GivenDose(person_uid=person.uid, taken_at=at, code=code, on=day, **self._stamp(day))
