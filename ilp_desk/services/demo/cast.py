"""The people of the pictures: written by hand in cast.toml, entered before everybody else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ilp_desk.domain.person import Family, OldNumber, Person, Sex
from ilp_desk.services.demo.health import Health
from ilp_desk.services.demo.people import People
from ilp_desk.services.demo.place import Place
from ilp_desk.services.demo.source import Source, read
from ilp_desk.services.demo.town import Builder, Town, membership, record_number

ENTERED_DAYS = 690
PLAIN = ("name", "relationship", "birth_place", "bpjs", "occupation", "education", "phone", "payer", "identity")


@dataclass(frozen=True, slots=True)
class PastNote:
    """A visit of somebody of the cast, as cast.toml has it."""

    person: str
    days: int
    row: Mapping[str, Any]


class Cast:
    """Enters families and keeps their earlier visits for `past`."""

    def __init__(self, source: Source, place: Place, people: People, health: Health) -> None:
        self._source, self._place, self._people, self._health = source, place, people, health
        self._dice = source.dice("cast")
        self.visits: list[PastNote] = []

    def enter(self, town: Town, builder: Builder) -> None:
        """Put everybody into the town, with what is known about them."""
        for row in read("cast")["family"]:
            made = self._source.minute(-ENTERED_DAYS * 1440)
            family = Family(
                uid=self._source.uid(made),
                kk=row["kk"],
                head_name=next(
                    p["name"] for p in row["person"] if p["relationship"] == "head" or len(row["person"]) == 1
                ),
                area_uid=self._place.homes[row["area"]].uid,
                address=row.get("address", ""),
                rt=row["rt"],
                rw=row["rw"],
                made_at=made,
                made_by=self._people.clerk,
            )
            town.families.append(family)
            for someone in row["person"]:
                self._person(town, builder, family, someone)

    def _person(self, town: Town, builder: Builder, family: Family, row: Mapping[str, Any]) -> None:
        born: date = row["born"] if "born" in row else self._source.day(row["born_days"])
        made = self._source.minute(-1440 * min(ENTERED_DAYS, (self._source.today - born).days) - 30)
        sex = Sex(row["sex"])
        nik = row.get("nik", "")
        kin = row.get("responsible", ("", "", ""))
        person = Person(
            uid=self._source.uid(made),
            sex=sex,
            born_on=born,
            nik=self._people.nik(born, sex) if nik is True else nik,
            record_number=record_number(self._place, row["record"]),
            family_uid=family.uid,
            area_uid=family.area_uid,
            address=family.address,
            rt=family.rt,
            rw=family.rw,
            mother_name=row.get("mother", ""),
            mother_uid=town.keys[row["mother_key"]].uid if "mother_key" in row else None,
            payer_fktp="here" if row["payer"].startswith("jkn") else "unknown",
            payer_status="active" if row["payer"].startswith("jkn") else "unknown",
            payer_checked_at=made if row["payer"].startswith("jkn") else None,
            responsible_name=kin[0],
            responsible_relation=kin[1],
            responsible_phone=kin[2],
            complete=row.get("identity", "known") == "known",
            religion="1",
            made_at=made,
            made_by=self._people.clerk,
            made_desk="Loket 1",
            **{name: row[name] for name in PLAIN if name in row},
        )
        person = self._known(town, person, row)
        town.people.append(person)
        town.keys[row["key"]] = person
        town.memberships.append(membership(self._source, person, family, made))
        if "old_number" in row:
            town.old_numbers.append(
                OldNumber(
                    uid=self._source.uid(made),
                    person_uid=person.uid,
                    number=row["old_number"],
                    origin="kartu lama",
                    made_at=made,
                )
            )
        if row.get("consent"):
            town.consents.append(builder.consent(person, made, "agreed"))
        if "pregnancy" in row:
            town.pregnancies.append(self._health.pregnancy(person, **row["pregnancy"]))
        self.visits.extend(PastNote(person.uid, visit["days"], visit) for visit in row.get("visit", ()))

    def _known(self, town: Town, person: Person, row: Mapping[str, Any]) -> Person:
        """Allergies: a list, empty for asked and none; problems: codes, or the word none."""
        states: dict[str, Any] = {}
        if "allergies" in row:
            found = [self._health.allergy(person, substance, reaction) for substance, reaction in row["allergies"]]
            town.allergies.extend(found)
            states["allergy_state"] = "present" if found else "none"
        if "problem_codes" in row:
            town.problems.extend(self._health.problem(person, code, self._dice) for code in row["problem_codes"])
            states["problem_state"] = "present"
        elif "problems" in row:
            states["problem_state"] = row["problems"]
        return replace(person, **states)
