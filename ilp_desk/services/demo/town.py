"""Families and the people in them: the cast of the pictures first, then as many more as wanted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from ilp_desk.domain.clinical import Allergy, Pregnancy, Problem
from ilp_desk.domain.numbering import running_number
from ilp_desk.domain.person import Consent, Family, FamilyMembership, OldNumber, Person, Sex
from ilp_desk.services.demo.names import Region, region
from ilp_desk.services.demo.people import PAYERS, People, child_of, years
from ilp_desk.services.demo.place import Place
from ilp_desk.services.demo.source import Source, chosen, read, words

YEARS_BACK = 2


@dataclass
class Town:
    """People and what stands on record about them; keys: people of the cast by their key."""

    families: list[Family] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    memberships: list[FamilyMembership] = field(default_factory=list)
    pregnancies: list[Pregnancy] = field(default_factory=list)
    allergies: list[Allergy] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    old_numbers: list[OldNumber] = field(default_factory=list)
    consents: list[Consent] = field(default_factory=list)
    keys: dict[str, Person] = field(default_factory=dict)
    highest: int = 0
    """The highest serial of a record number given out."""


class Builder:
    """Draws families until there are enough people, after those that were put in by hand (`town`)."""

    def __init__(self, source: Source, place: Place, town: Town, people: People, consent: str) -> None:
        self.source, self.place, self.town = source, place, town
        self._dice = source.dice("town")
        self._version = consent
        self._people = people
        self._streets = words(read("places")["streets"])

    def fill(self, many: int) -> None:
        """Add families until the town has exactly so many people."""
        numbers = self._numbers(many - len(self.town.people))
        for number in numbers:
            self.town.highest = max(self.town.highest, number)
        waiting = iter(numbers)
        while len(self.town.people) < many:
            self._household(waiting, many - len(self.town.people))

    def _numbers(self, many: int) -> list[int]:
        """Serials of record numbers in the order they were given, with the gaps that years leave."""
        taken = {int(person.record_number.replace("-", "")) for person in self.town.people}
        top = max(146_000, many * 4)
        self.town.highest = max(taken, default=0)
        return sorted(self._dice.sample([n for n in range(200, top) if n not in taken], many))

    def _household(self, numbers: Iterator[int], room: int) -> None:
        dice = self._dice
        home = region(dice)
        clan = dice.choice(home.family) if home.family else ""
        outside = dice.choice(read("places")["outside"]) if dice.random() < 0.05 else ""
        family = self._family(outside)
        made = self.source.minute(-dice.uniform(3 * 1440, YEARS_BACK * 365 * 1440))
        members = self._members(family, home, clan, outside)[:room]
        family = replace(family, head_name=members[0].name if members[0].relationship == "head" else "", made_at=made)
        self.town.families.append(family)
        for member in members:
            self._enter(member, family, made, next(numbers))

    def _family(self, outside: str) -> Family:
        dice = self._dice
        village = dice.choice(self.place.villages)
        area = village if dice.random() < 0.15 else dice.choice(self.place.hamlets(village))
        serial = 9000 + len(self.town.families) % 1000
        issued = f"{dice.randrange(1, 29):02d}{dice.randrange(1, 13):02d}{dice.randrange(6, 26):02d}"
        return Family(
            uid=self.source.uid(),
            kk=f"{dice.choice(read('places')['districts'])}{issued}{serial}" if dice.random() < 0.93 else "",
            area_uid=None if outside else area.uid,
            address=f"{dice.choice(self._streets)} No. {dice.randrange(1, 90)}" if dice.random() < 0.55 else "",
            rt=f"{dice.randrange(1, 7):02d}",
            rw=f"{dice.randrange(1, 4):02d}",
            made_by=self._people.clerk,
            made_desk="Loket 1",
        )

    def _members(self, family: Family, home: Region, clan: str, outside: str) -> list[Person]:
        dice = self._dice
        age = dice.triangular(22, 88, 41)
        widow = dice.random() < 0.15
        common: dict[str, Any] = {"outside": outside, "payer": chosen(dice, PAYERS)}
        head = self._people.draw(family, home, clan, Sex.FEMALE if widow else Sex.MALE, age, "head", common)
        found, mother = [head], head if widow else None
        if not widow and dice.random() < 0.86:
            mother = self._people.draw(family, home, "", Sex.FEMALE, max(17.5, age - dice.gauss(3, 3)), "wife", common)
            found.append(mother)
        for _ in range(dice.choices((0, 1, 2, 3, 4), (16, 25, 33, 18, 8))[0]):
            child_age = (years(mother, self.source.today) if mother else age) - dice.uniform(18, 40)
            if 0 <= child_age < 45:
                sex = dice.choice((Sex.MALE, Sex.FEMALE))
                child = self._people.draw(family, home, clan, sex, child_age, "child", common)
                found.append(child_of(child, mother, self.source.today, dice))
        if dice.random() < 0.08 and age < 60:
            found.append(self._people.draw(family, home, "", Sex.FEMALE, age + dice.uniform(20, 30), "parent", common))
        return found

    def _enter(self, person: Person, family: Family, made: datetime, serial: int) -> None:
        """Give somebody a number, a membership and what was written down about them; dead ones came before."""
        dice, town = self._dice, self.town
        if person.born_on and made.date() < person.born_on:
            made = self.source.on(person.born_on, 600)
        made = min(made, self.source.minute(-600))
        checked = person.payer_status != "unknown"
        person = replace(
            person,
            record_number=record_number(self.place, serial),
            made_at=made,
            payer_checked_at=made if checked else None,
            payer_checked_by=self._people.clerk if checked else None,
        )
        town.people.append(person)
        town.memberships.append(membership(self.source, person, family, made))
        if dice.random() < 0.08:
            number = f"L{dice.randrange(10_000):04d}/{dice.randrange(9, 24):02d}"
            town.old_numbers.append(
                OldNumber(
                    uid=self.source.uid(made), person_uid=person.uid, number=number, origin="kartu lama", made_at=made
                )
            )
        if dice.random() < 0.45:
            town.consents.append(self.consent(person, made, "agreed" if dice.random() < 0.985 else "refused"))

    def consent(self, person: Person, made: datetime, answer: str) -> Consent:
        """The general consent somebody signed, a child's by a parent."""
        child = years(person, self.source.today) < 18
        return Consent(
            uid=self.source.uid(made),
            person_uid=person.uid,
            kind="general",
            answer=answer,
            signer=(person.responsible_name or person.mother_name or person.name) if child else person.name,
            relation="parent" if child else "self",
            text_version=self._version,
            made_at=made,
            made_by=self._people.clerk,
            made_desk="Loket 1",
        )


def record_number(place: Place, serial: int) -> str:
    """The number as the sample site writes it: 00-12-47-01."""
    return running_number(serial, place.facility.number_width, place.facility.number_separator)


def membership(source: Source, person: Person, family: Family, made: datetime) -> FamilyMembership:
    return FamilyMembership(
        uid=source.uid(made),
        person_uid=person.uid,
        family_uid=family.uid,
        relationship=person.relationship,
        since=made.date(),
        made_at=made,
        made_by=person.made_by,
        made_desk=person.made_desk,
    )
