"""What is known about the health of the people of the town: allergies, lasting illness, pregnancies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from random import Random

from ilp_desk.domain.clinical import Allergy, Pregnancy, Problem
from ilp_desk.domain.person import Person, Sex
from ilp_desk.services.demo.people import years
from ilp_desk.services.demo.source import Source, chosen, read
from ilp_desk.services.demo.town import Town

EXPECTING = 0.06
"""How many of the younger wives expect a child."""
OVERDUE_EACH = 8
CARRIED = 279
"""Days from the HPHT to the birth of those who have given birth."""


class Health:
    """Goes through the town once. titles: Indonesian name of an ICD-10 code; midwife, doctor: who wrote it down."""

    def __init__(self, source: Source, titles: Mapping[str, str], midwife: str, doctor: str) -> None:
        self._source, self._titles = source, titles
        self._midwife, self._doctor = midwife, doctor
        self._dice = source.dice("health")
        self._allergies = {row["substance"]: row["weight"] for row in read("conditions")["allergy"]}

    def tell(self, town: Town, first: int) -> None:
        """Write it down for everybody from position `first` on."""
        for position in range(first, len(town.people)):
            town.people[position] = self._one(town, town.people[position])
        self._mothers(town, town.people[first:])

    def _one(self, town: Town, person: Person) -> Person:
        dice = self._dice
        age = years(person, self._source.today)
        allergy, problem = "not_asked", "not_asked"
        if dice.random() < 0.62:
            allergy = "present" if dice.random() < 0.06 else "none"
        if allergy == "present":
            for substance in sorted({chosen(dice, self._allergies) for _ in range(dice.choice((1, 1, 1, 2)))}):
                town.allergies.append(self._allergy(person, substance))
        codes = [row["code"] for row in read("conditions")["problem"] if dice.random() < _share(row["share"], age)]
        if codes:
            problem = "present"
            town.problems.extend(self.problem(person, code, dice) for code in codes)
        elif allergy != "not_asked" and dice.random() < 0.7:
            problem = "none"
        if (allergy, problem) == ("not_asked", "not_asked"):
            return person
        return replace(person, allergy_state=allergy, problem_state=problem)

    def _allergy(self, person: Person, substance: str) -> Allergy:
        row = next(row for row in read("conditions")["allergy"] if row["substance"] == substance)
        return self.allergy(person, substance, row["reaction"], row.get("kind", "drug"))

    def allergy(self, person: Person, substance: str, reaction: str, kind: str = "drug") -> Allergy:
        at = person.made_at or self._source.at
        return Allergy(
            uid=self._source.uid(at),
            person_uid=person.uid,
            taken_at=at,
            substance=substance,
            reaction=reaction,
            kind=kind,
            source="told",
            made_at=at,
            made_by=self._doctor,
        )

    def problem(self, person: Person, code: str, dice: Random) -> Problem:
        """A lasting illness, known by the year it began in."""
        at = person.made_at or self._source.at
        earliest = (person.born_on or self._source.today).year
        since = max(earliest, self._source.today.year - dice.randrange(1, 12))
        return Problem(
            uid=self._source.uid(at),
            person_uid=person.uid,
            taken_at=at,
            title=self._titles[code],
            code=code,
            since=self._source.today.replace(year=since, month=1, day=1),
            since_precision="year",
            made_at=at,
            made_by=self._doctor,
        )

    def _mothers(self, town: Town, people: list[Person]) -> None:
        dice, today, expecting = self._dice, self._source.today, 0
        children: dict[str, list[Person]] = {}
        for person in people:
            if person.mother_uid:
                children.setdefault(person.mother_uid, []).append(person)
        for person in people:
            if person.sex is not Sex.FEMALE or not person.active or not 17 <= years(person, today) < 45:
                continue
            born = sorted(years(child, today) for child in children.get(person.uid, ()))
            if born and born[0] < 2:
                self._gave_birth(town, person, int(born[0] * 365.2425), len(born))
            elif person.relationship == "wife" and dice.random() < EXPECTING:
                expecting += 1
                # Some have passed their day and have not been seen since.
                days = dice.randrange(283, 300) if expecting % OVERDUE_EACH == 0 else dice.randrange(20, 280)
                para = len(born)
                town.pregnancies.append(self.pregnancy(person, lmp_days=days, gravida=para + 1, para=para))

    def _gave_birth(self, town: Town, mother: Person, days_ago: int, para: int) -> None:
        town.pregnancies.append(
            self.pregnancy(mother, lmp_days=days_ago + CARRIED, birth_days=days_ago, gravida=para, para=para)
        )

    def pregnancy(
        self,
        person: Person,
        *,
        lmp_days: int,
        birth_days: int | None = None,
        gravida: int | None = None,
        para: int | None = None,
        abortus: int = 0,
    ) -> Pregnancy:
        """lmp_days, birth_days: how many days ago."""
        at = self._source.minute(-1440 * min(lmp_days, 30) - 60)
        return Pregnancy(
            uid=self._source.uid(at),
            person_uid=person.uid,
            lmp=self._source.day(lmp_days),
            gravida=gravida,
            para=para,
            abortus=abortus,
            ended_on=None if birth_days is None else self._source.day(birth_days),
            outcome="" if birth_days is None else "birth",
            made_at=at,
            made_by=self._midwife,
        )


def _share(rows: list[list[float]], age: float) -> float:
    """The share at this age: that of the last row that begins at or below it."""
    return next((share for begin, share in reversed(rows) if age >= begin), 0.0)
