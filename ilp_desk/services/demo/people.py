"""One invented person: name, birth, numbers, work, and how well all that is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

from ilp_desk.domain.person import Family, Person, PersonStatus, Precision, Sex
from ilp_desk.services.demo.names import Region, full_name
from ilp_desk.services.demo.source import Source, chosen, read

YEAR = 365.2425
PAYERS = {"jkn_pbi": 46.0, "jkn_pbi_apbd": 9.0, "jkn_pbpu": 13.0, "jkn_ppu": 16.0, "jkn_bp": 3.0, "self_pay": 13.0}
OCCUPATIONS = {
    Sex.MALE: {"farmer": 38, "fisher": 9, "self_employed": 20, "labourer": 14, "private": 12, "civil_servant": 7},
    Sex.FEMALE: {"homemaker": 58, "farmer": 14, "self_employed": 14, "private": 6, "civil_servant": 8},
}
SCHOOLS = {"0": 4.0, "1": 24.0, "2": 22.0, "3": 36.0, "4": 6.0, "6": 8.0}


def years(person: Person, on: date) -> float:
    """Age in years as a number; 30 where the birth date is not known."""
    return (on - person.born_on).days / YEAR if person.born_on else 30.0


class People:
    """Draws people; no two of them have the same NIK."""

    def __init__(self, source: Source, clerk: str) -> None:
        self.source, self.clerk = source, clerk
        self._dice = source.dice("people")
        self._niks: dict[str, int] = {}
        self._phones = 300
        self._cards = 0

    def draw(
        self, family: Family, home: Region, clan: str, sex: Sex, age: float, relationship: str, common: dict[str, Any]
    ) -> Person:
        """Somebody of a family. age: in years; clan: the family's name; common: fields all of the family share."""
        dice, today = self._dice, self.source.today
        born = today - timedelta(days=int(min(age, 99) * YEAR) + dice.randrange(0, 3))
        person = Person(
            uid=self.source.uid(),
            name=full_name(dice, home, sex, int(age), clan),
            sex=sex,
            born_on=born,
            birth_place=chosen(dice, {"Maninjau": 5, "Bukittinggi": 2, "Padang": 2, "Lubuk Basung": 2, "": 4}),
            family_uid=family.uid,
            relationship=relationship,
            area_uid=family.area_uid,
            address=family.address,
            rt=family.rt,
            rw=family.rw,
            mother_name=full_name(dice, home, Sex.FEMALE, 60) if dice.random() < 0.75 else "",
            religion="1" if not home.family else "2",
            made_by=self.clerk,
            made_desk=dice.choice(("Loket 1", "Loket 2")),
            **common,
        )
        return replace(person, **self._numbers_of(person, age), **self._life(sex, age), **self._known(born, age))

    def _numbers_of(self, person: Person, age: float) -> dict[str, Any]:
        dice = self._dice
        values: dict[str, Any] = {}
        if dice.random() < (0.94 if age > 0.3 else 0.2):
            values["nik"] = self.nik(person.born_on or self.source.today, person.sex)
        if person.payer.startswith("jkn"):
            self._cards += 1
            values["bpjs"] = f"0009{self._cards:09d}" if dice.random() < 0.92 else ""
            values["payer_fktp"] = chosen(dice, {"here": 82, "elsewhere": 8, "unknown": 10})
            values["payer_status"] = chosen(dice, {"active": 85, "inactive": 8, "unknown": 7})
        if age > 17 and dice.random() < 0.62:
            self._phones += 1
            values["phone"] = f"08120000{self._phones % 10_000:04d}"
        return values

    def nik(self, born: date, sex: Sex) -> str:
        """A number as the office gives it, but with a serial it never gives: 9001 and up."""
        day = born.day + (40 if sex is Sex.FEMALE else 0)
        front = f"{self._dice.choice(read('places')['districts'])}{day:02d}{born:%m%y}"
        self._niks[front] = serial = self._niks.get(front, 0) + 1
        return f"{front}9{serial % 1000:03d}"

    def _life(self, sex: Sex, age: float) -> dict[str, Any]:
        dice = self._dice
        if age < 6:
            return {"marital_status": "1"}
        if age < 19:
            return {"occupation": "student", "marital_status": "1", "education": "1" if age > 12 else "0"}
        work = "retired" if age > 66 and dice.random() < 0.4 else chosen(dice, OCCUPATIONS[sex])
        disability = chosen(dice, {"physical": 5, "visual": 3, "hearing": 3, "mental": 2})
        return {
            "occupation": work,
            "education": chosen(dice, SCHOOLS),
            "marital_status": "2" if age > 26 else "1",
            "disability": disability if dice.random() < 0.012 else "",
        }

    def _known(self, born: date, age: float) -> dict[str, Any]:
        """How well the birth date is known, and whether somebody is still among us."""
        dice = self._dice
        values: dict[str, Any] = {}
        if age > 45 and dice.random() < 0.12:
            values["born_on"] = born.replace(month=dice.choice((1, 7, 12)), day=1)
        elif age > 30 and dice.random() < 0.03:
            values |= {"born_on": born.replace(month=1, day=1), "born_precision": Precision.YEAR}
        elif age > 40 and dice.random() < 0.02:
            values |= {"born_on": born, "born_precision": Precision.ESTIMATED}
        if dice.random() < 0.004 + (age / 100) ** 3 * 0.25:
            on = self.source.day(dice.randrange(5, 700))
            if on > born:
                source = dice.choice(("keluarga", "surat kematian", "kader"))
                values |= {"status": PersonStatus.DEAD, "status_on": on, "status_source": source}
        elif dice.random() < 0.018:
            where = dice.choice(read("places")["moved_to"])
            values |= {"status": PersonStatus.MOVED, "status_on": self.source.day(dice.randrange(20, 700))}
            values |= {"status_place": where, "status_source": "keluarga"}
        return values


def child_of(child: Person, mother: Person | None, today: date, dice: Random) -> Person:
    """A child with its mother; newborns mostly have no name of their own yet."""
    if mother is None:
        return child
    values: dict[str, Any] = {"mother_name": mother.name}
    age = years(child, today)
    if age < 18:
        values |= {"mother_uid": mother.uid, "responsible_name": mother.name, "responsible_relation": "parent"}
        values["responsible_phone"] = mother.phone
    if age < 0.1 and dice.random() < 0.7:
        values |= {"name": f"By. Ny. {mother.name}", "identity": "newborn", "complete": False, "nik": ""}
    return replace(child, **values)
