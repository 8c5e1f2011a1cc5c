"""The people the search is tried on: invented, few, and awkward in every way names and numbers are."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from ilp_desk.bootstrap import SYSTEM, open_desk
from ilp_desk.clock import Clock
from ilp_desk.domain.person import Family, OldNumber, Person, Precision
from ilp_desk.domain.record import new_uid
from ilp_desk.rows.patients import Found
from tests.house import KEY, MORNING, Hands, House, furnish

KK = "1306040612069007"
FAMILIES: dict[str, dict[str, Any]] = {
    "fauzi": {"kk": KK, "head_name": "Ahmad Fauzi", "address": "Jl. Melati No. 17", "rt": "02", "rw": "1"},
    "rusdi": {"kk": "1306040612069008", "head_name": "Rusdi", "folder": "01-0055"},
}
PEOPLE: dict[str, dict[str, Any]] = {
    "siti": {
        "name": "Siti Nurhaliza", "born": "1999-02-03", "nik": "1306044302999001", "bpjs": "0001234567890",
        "phone": "081234567190", "record_number": "00124701", "family": "fauzi", "relationship": "wife",
        "mother_name": "Rosmaini",
    },
    "fauzi": {
        "name": "Ahmad Fauzi", "born": "1995-01-01", "sex": "L", "nik": "1306040101959002", "record_number": "00124700",
        "family": "fauzi", "relationship": "head",
    },
    "alif": {
        "name": "Moh. Alif", "born": "2025-04-10", "sex": "L", "record_number": "00124702", "family": "fauzi",
        "relationship": "child", "mother_name": "Siti Nurhaliza",
    },
    "jannah": {"name": "Siti Nurjannah", "born": "1962-08-17", "bpjs": "0001234500471", "record_number": "00031901"},
    "nuraini": {"name": "Hj. Siti Nur Aini, S.Pd.", "born": "1985-11-09", "nik": "1306044911859003"},
    "baya": {
        "name": "Sitti Nurbaya", "born": "1993-05-21", "family": "rusdi", "relationship": "wife",
        "record_number": "01-0055-02", "area": "hamlet",
    },
    "mala": {"name": "Siti Nurmala", "born": "1954-12-30", "status": "dead", "status_on": date(2025, 1, 1)},
    "mala2": {"name": "Siti Nurmala", "born": "1960-12-30", "record_number": "00010800"},
    "haliza": {"name": "Nurhaliza Siti Rahma", "born": "2001-07-07"},
    "djoko": {"name": "Djoko Soesilo", "born": "1950-07-01", "sex": "L", "old": "00417/05/98"},
    "joko": {
        "name": "Joko Susilo", "born": "1988-03-12", "sex": "L", "nik": "1306041203889004", "phone": "0852 0000 0190",
    },
    "abdul": {"name": "Abdurrahman Wahid", "born": "1970-09-07", "sex": "L", "outside": "Lubuk Basung"},
    "made": {"name": "I Made Wirawan", "born": "1979-06-15", "sex": "L", "status": "moved"},
    "one": {"name": "Sulastri", "born": "1979-01-01", "precision": Precision.YEAR},
    "baby": {"name": "By. Ny. Desi Marlina", "born": "2026-11-15", "sex": "?", "mother_name": "Desi Marlina"},
    "desi": {"name": "Desi Marlina", "born": "1996-02-29", "old": "Desi Susanti"},
    "odd": {"name": "Nu'man O’Brien-Saleh 😀", "born": None, "sex": "L"},
    "long": {"name": " ".join(["Panjang"] * 37), "born": "1990-01-02"},
    "void": {"name": "Siti Nurhaliza", "born": "1999-02-03", "nik": "1306044302999001"},
    "first": {"name": "Jaenab Lama", "born": "1968-04-04", "nik": "1306044404689005", "merged_into": "second"},
    "second": {"name": "Zaenab Tengah", "born": "1968-04-04", "merged_into": "third"},
    "third": {"name": "Zainab Baru", "born": "1968-04-04", "nik": "1306044404689005", "record_number": "00000077"},
}  # fmt: skip


class SearchTown:
    """A house with these people in it; `found` gives whom a text leads to by the names above."""

    def __init__(self, house: House) -> None:
        self.house = house
        families = {name: Family(uid=new_uid(), **values) for name, values in FAMILIES.items()}
        house.put(*families.values())
        self.uids: dict[str, str] = {}
        for key, values in reversed(PEOPLE.items()):
            given = dict(values)
            old, family = given.pop("old", ""), given.pop("family", None)
            merged, area = given.pop("merged_into", None), given.pop("area", None)
            person = house.person(
                given.pop("name"), given.pop("born"), given.pop("sex", "P"),
                family_uid=families[family].uid if family else None,
                area_uid=house.areas[area].uid if area else None,
                born_precision=given.pop("precision", Precision.DAY),
                merged_into=self.uids[merged] if merged else None,
                **given,
            )  # fmt: skip
            self.uids[key] = person.uid
            if old:
                house.put(OldNumber(uid=new_uid(), person_uid=person.uid, number=old))
                self.index(key)
        self.void("void")
        self.index("void")
        self.keys = {uid: key for key, uid in self.uids.items()}

    def find(self, text: str, limit: int = 50) -> Found:
        return self.house.desk.finding.find(self.house.actor("registration"), text, limit)

    def found(self, text: str) -> list[str]:
        return [self.keys[hit.uid] for hit in self.find(text).hits]

    def index(self, *keys: str) -> None:
        with self.house.store.writing(SYSTEM, "test.search") as uow:
            for key in keys:
                uow.index_person(self.uids[key])

    def change(self, key: str, *, index: bool = True, **values: Any) -> None:
        with self.house.store.writing(SYSTEM, "test.search") as uow:
            uow.change(uow.get(Person, self.uids[key]), **values)
            if index:
                uow.index_person(self.uids[key])

    def void(self, key: str) -> None:
        with self.house.store.writing(SYSTEM, "test.search") as uow:
            uow.void(uow.get(Person, self.uids[key]), "salah daftar")


@contextmanager
def search_town(empty: Path, folder: Path) -> Iterator[SearchTown]:
    shutil.copy(empty, folder / "desk.db")
    hands = Hands(MORNING)
    desk = open_desk(folder / "desk.db", KEY, Clock("Asia/Jakarta", hands))
    house = House(desk, hands, folder, desk.tools.store)
    furnish(house)
    yield SearchTown(house)
    desk.close()
