"""A whole little Puskesmas for tests: real encrypted database, every service, somebody in each role."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from ilp_desk.bootstrap import SYSTEM, open_desk
from ilp_desk.clock import Clock
from ilp_desk.desk import Desk
from ilp_desk.domain.person import Person, PersonStatus, Sex
from ilp_desk.domain.record import Record, new_uid
from ilp_desk.domain.site import Area, Facility, Partner, ServicePoint
from ilp_desk.domain.staff import Actor, Role, Staff

KEY = bytes(range(32))
MORNING = datetime(2026, 11, 21, 1, 14, tzinfo=UTC)
"""08.14 in western Indonesia."""

POINTS = (
    ("kia", "Poli KIA", "ibu_anak", "A", ("Ruang 2",)),
    ("mtbs", "MTBS anak sakit", "ibu_anak", "A", ("Ruang 3",)),
    ("dewasa", "Usia Produktif", "usia_produktif", "B", ("Ruang 4",)),
    ("lansia", "Lansia", "lansia", "C", ("Ruang 5",)),
    ("infeksius", "Ruang infeksius", "klaster_4", "D", ("Ruang 7",)),
    ("gawat_darurat", "Gawat darurat", "lintas_klaster", "E", ("Tindakan",)),
    ("gigi", "Gigi", "lintas_klaster", "E", ("Gigi",)),
    ("lab", "Laboratorium", "lintas_klaster", "E", ("Lab",)),
    ("farmasi", "Farmasi", "lintas_klaster", "E", ("Farmasi",)),
)


class Hands:
    """A clock source that stands still until it is moved; each reading is a second later than the one before."""

    def __init__(self, start: datetime) -> None:
        self.at = start

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at

    def move(self, **passed: float) -> None:
        self.at += timedelta(**passed)


@dataclass
class House:
    """desk: all services; hands: move the clock; folder: where database and files lie."""

    desk: Desk
    hands: Hands
    folder: Path
    store: Any
    staff: dict[Role, Staff] = field(default_factory=dict)
    points: dict[str, ServicePoint] = field(default_factory=dict)
    areas: dict[str, Area] = field(default_factory=dict)
    facility: Facility | None = None

    @property
    def database(self) -> Path:
        return self.folder / "desk.db"

    @property
    def clock(self) -> Clock:
        return self.desk.clock

    def actor(self, *roles: str, desk: str = "Loket 1") -> Actor:
        """Somebody with these roles (one staff row for the first of them)."""
        chosen = [Role(role) for role in roles]
        someone = self.staff[chosen[0]]
        return Actor(someone.uid, someone.name, frozenset(chosen), desk)

    def put(self, *records: Record) -> None:
        """Store records as they are, as the set-up would."""
        with self.store.writing(SYSTEM, "test.put") as uow:
            for record in records:
                uow.add(record)

    def person(self, name: str, born: str | None = "1990-05-17", sex: str = "P", **fields: Any) -> Person:
        """A registered person, found by search."""
        someone = Person(
            uid=new_uid(),
            name=name,
            sex=Sex(sex),
            born_on=date.fromisoformat(born) if born else None,
            status=PersonStatus(fields.pop("status", "active")),
            **fields,
        )
        with self.store.writing(SYSTEM, "test.person") as uow:
            made: Person = uow.add(someone)
            uow.index_person(made.uid)
        return made

    def read(self, kind: type[Record], **equals: Any) -> tuple[Any, ...]:
        """Live records of a kind, straight from the store."""
        with self.store.reading(SYSTEM, "test.read") as uow:
            found: tuple[Any, ...] = uow.all(kind, **equals)
        return found


def furnish(house: House) -> None:
    """Facility, staff, areas, service points and two partner hospitals, all invented."""
    with house.store.writing(SYSTEM, "test.furnish") as uow:
        house.facility = uow.add(
            Facility(
                uid=new_uid(),
                name="Puskesmas Contoh",
                code="P9999",
                authority="PEMERINTAH KABUPATEN CONTOH",
                department="DINAS KESEHATAN",
                address="Jl. Contoh No. 1",
                phone="(0000) 00000",
                city="Contoh",
                letter_code="PKM-CTH",
            )
        )
        for role in Role:
            house.staff[role] = uow.add(
                Staff(uid=new_uid(), name=f"{role.value.title()} Contoh", username=role.value, roles=(role,))
            )
        village = uow.add(Area(uid=new_uid(), name="Contoh Hilir", level="village", code="01"))
        hamlet = uow.add(Area(uid=new_uid(), name="Gasang", level="hamlet", parent_uid=village.uid))
        house.areas = {"village": village, "hamlet": hamlet}
        offered = house.desk.reference.service_points
        for position, (code, name, cluster, letter, rooms) in enumerate(POINTS):
            house.points[code] = uow.add(
                ServicePoint(
                    uid=new_uid(),
                    code=code,
                    name=name,
                    cluster=cluster,
                    letter=letter,
                    rooms=rooms,
                    mixed=cluster == "lintas_klaster",
                    position=position,
                    comes_back=offered[code].comes_back,
                    send_order=offered[code].send_order,
                )
            )
        for name, specialties in (("RSUD Contoh", ("obstetrics", "internal")), ("RS Contoh Timur", ("paediatrics",))):
            uow.add(Partner(uid=new_uid(), name=name, city="Contoh", specialties=specialties))


@pytest.fixture(scope="session")
def _empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One migrated, empty database a session; tests copy it."""
    from db.migrate import migrate

    path = tmp_path_factory.mktemp("template") / "desk.db"
    migrate(path, KEY)
    return path


@pytest.fixture
def house(_empty_database: Path, tmp_path: Path) -> Iterator[House]:
    """A furnished house of its own for each test."""
    shutil.copy(_empty_database, tmp_path / "desk.db")
    hands = Hands(MORNING)
    desk = open_desk(tmp_path / "desk.db", KEY, Clock("Asia/Jakarta", hands))
    made = House(desk, hands, tmp_path, desk.tools.store)
    furnish(made)
    yield made
    desk.close()
