"""People in bulk for measurements: whole families with areas, numbers, births and deaths, the same for the same seed.

Written past the services straight into the tables, as nobody wants to register a million people; the search index is
built by the program's own `db.search_index.rebuild`. `ilp-desk demo` makes a small town worth looking at; this makes a
large one worth measuring. NIK have serial 9xxx.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import MISSING, fields
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Table, insert

from db.models import NAMED, metadata
from tests.benchmarks.names import BABIES, PLACES, invented, respelled

VILLAGES = 24
HAMLETS = 5
DISTRICTS = ("130604", "130605", "130606", "130611", "137103", "320417")
MADE_AT = "2024-01-02 03:04:05.000000"
CHUNK = 20_000
OLDEST = 92 * 365

Row = dict[str, Any]


def uid(rng: Random, serial: int) -> str:
    """A UUIDv7, in order of making."""
    bits = (1_704_164_645_000 + serial) << 80 | 0x7 << 76 | rng.getrandbits(12) << 64 | 0b10 << 62 | rng.getrandbits(62)
    return str(UUID(int=bits))


def blank(name: str) -> Row:
    """A row of a record kind with every default of the record, by column."""
    shape = NAMED[name]
    by_field = {spec.name: spec for spec in fields(shape.kind)}
    row: Row = {}
    for slot in shape.slots:
        value: Any = by_field[slot.field].default
        if value is MISSING:
            value = None
        elif isinstance(value, tuple | dict):
            value = json.dumps(value)
        elif slot.write is not None and value is not None:
            value = slot.write(value)
        row[slot.column] = value
    return row | {"made_at": MADE_AT, "made_desk": "Loket 1"}


class Bulk:
    """Rows on their way into one table, as tuples, past every type of SQLAlchemy."""

    def __init__(self, connection: Connection, table: Table) -> None:
        self.connection, self.blank = connection, {"id": None, **blank(table.name)}
        compiled = insert(table).compile(dialect=connection.dialect, column_keys=list(self.blank))
        self.statement = str(compiled)
        self.order: list[str] = list(compiled.positiontup or ())
        self.rows: list[tuple[Any, ...]] = []

    def put(self, **values: Any) -> None:
        row = self.blank | values
        self.rows.append(tuple(row[column] for column in self.order))
        if len(self.rows) >= CHUNK:
            self.flush()

    def flush(self) -> None:
        if self.rows:
            self.connection.exec_driver_sql(self.statement, self.rows)
            self.rows.clear()


class Town:
    """Draws families until there are enough people."""

    def __init__(self, people: int, seed: int, today: date) -> None:
        self.rng, self.people, self.today = Random(seed), people, today
        self.niks: dict[str, int] = {}

    def area_rows(self) -> Iterator[Row]:
        """Villages (ids 1 to VILLAGES) and after them their hamlets."""
        names = [f"{a} {b}" for a in PLACES[10:] for b in PLACES[:10]]
        self.rng.shuffle(names)
        for village in range(1, VILLAGES + 1):
            yield {"id": village, "uid": uid(self.rng, village), "name": names[village], "level": "village",
                   "code": f"{village:02d}"}  # fmt: skip
        for number in range(VILLAGES * HAMLETS):
            yield {"id": VILLAGES + 1 + number, "uid": uid(self.rng, 100 + number), "name": names[40 + number],
                   "level": "hamlet", "parent_id": 1 + number // HAMLETS}  # fmt: skip

    def families(self) -> Iterator[tuple[Row, list[Row]]]:
        """A family and its people, ids already given, mother and head named in them."""
        person_id = family_id = 0
        while person_id < self.people:
            family_id += 1
            family = self._family(family_id)
            members = self._members(family)[: self.people - person_id]
            for member in members:
                person_id += 1
                member |= {"id": person_id, "uid": uid(self.rng, person_id), "family_id": family_id}
                member["record_number"] = f"{person_id:07d}"
            yield family, members

    def _family(self, family_id: int) -> Row:
        rng = self.rng
        hamlet = rng.randrange(VILLAGES * HAMLETS)
        address = ""
        if rng.random() < 0.6:
            address = f"{rng.choice(('Jl.', 'Gg.', 'Jl.', 'Komp.'))} {rng.choice(PLACES)} No. {rng.randrange(1, 150)}"
        return {
            "id": family_id,
            "uid": uid(rng, 5_000_000 + family_id),
            "kk": rng.choice(DISTRICTS) + f"{self._some_day():%d%m%y}9{family_id % 1000:03d}",
            "area_id": VILLAGES + 1 + hamlet,
            "address": address,
            "rt": f"{rng.randrange(1, 13):02d}",
            "rw": f"{rng.randrange(1, 9):02d}",
        }

    def _some_day(self) -> date:
        return self.today - timedelta(days=self.rng.randrange(20 * 365))

    def _members(self, family: Row) -> list[Row]:
        rng = self.rng
        widow = rng.random() < 0.16
        head_age = rng.triangular(21 * 365, OLDEST, 40 * 365)
        head = self._person(family, "P" if widow else "L", int(head_age), "head")
        family["head_name"] = head["name"]
        members = [head]
        mother = head
        if not widow and rng.random() < 0.85:
            mother = self._person(family, "P", max(17 * 365, int(head_age - rng.gauss(3, 3) * 365)), "wife")
            members.append(mother)
        for _ in range(rng.choices((0, 1, 2, 3, 4), (18, 26, 32, 17, 7))[0]):
            days = int(head_age - rng.uniform(19, 42) * 365)
            if days < 0:
                continue
            child = self._person(family, rng.choice("LP"), days, "child")
            child["mother_name"] = mother["name"]
            if days < 40 and rng.random() < 0.7:
                child["name"] = rng.choice(BABIES).format(mother["name"])
            members.append(child)
        return members

    def _person(self, family: Row, sex: str, days: int, relationship: str) -> Row:
        rng = self.rng
        days = min(days, OLDEST)
        born = self.today - timedelta(days=days)
        row: Row = {
            "name": invented(rng, sex),
            "sex": sex,
            "born_on": born.isoformat(),
            "relationship": relationship,
            "area_id": family["area_id"],
            "address": family["address"],
            "rt": family["rt"],
            "rw": family["rw"],
            "mother_name": invented(rng, "P") if rng.random() < 0.7 else "",
            "payer": "JKN",
        }
        if rng.random() < 0.05:
            row |= {"area_id": None, "outside": f"{rng.choice(PLACES)} {rng.choice(PLACES)}, kecamatan lain"}
        if days > 40 * 365 and rng.random() < 0.2:
            row |= {"born_on": f"{born.year}-{rng.choice(('01-01', '07-01', '12-31'))}"}
        elif rng.random() < 0.02:
            row |= {"born_on": f"{born.year}-01-01", "born_precision": "year"}
        if days > 60 and rng.random() < 0.88:
            row["nik"] = self._nik(born, sex)
        if rng.random() < 0.7:
            row["bpjs"] = f"000{rng.randrange(10**10):010d}"
        if days > 15 * 365 and rng.random() < 0.55:
            row["phone"] = f"08{rng.choice(('12', '13', '21', '52', '57', '77', '95'))}{rng.randrange(10**8):08d}"
        dice = rng.random()
        if dice < 0.02 * (1 + days / OLDEST):
            row |= {"status": "dead", "status_on": self.today.isoformat()}
        elif dice > 0.985:
            row["status"] = "moved"
        return row

    def old_number(self) -> str:
        """As another Puskesmas, or an older book, wrote it: 00417/05/98."""
        rng = self.rng
        return f"{rng.randrange(10**5):05d}/{rng.randrange(1, 13):02d}/{rng.randrange(98, 120) % 100:02d}"

    def _nik(self, born: date, sex: str) -> str:
        front = f"{self.rng.choice(DISTRICTS)}{born.day + (40 if sex == 'P' else 0):02d}{born:%m%y}"
        serial = self.niks[front] = self.niks.get(front, 0) + 1
        return f"{front}9{serial % 1000:03d}"


def populate(connection: Connection, people: int, seed: int = 1, today: date = date(2026, 11, 21)) -> None:
    """Fill an empty, migrated database; the search index is not built yet (`db.search_index.rebuild`)."""
    town = Town(people, seed, today)
    areas, families, persons, old = (
        Bulk(connection, metadata.tables[name]) for name in ("area", "family", "person", "old_number")
    )
    for row in town.area_rows():
        areas.put(**row)
    areas.flush()
    olds = 0
    for family, members in town.families():
        families.put(**family)
        for member in members:
            if town.rng.random() < 0.01:
                member["name"] = respelled(town.rng, member["name"])
            persons.put(**member)
            if town.rng.random() < 0.08:
                olds += 1
                old.put(id=olds, uid=uid(town.rng, 8_000_000 + olds), person_id=member["id"], number=town.old_number())
        if len(persons.rows) + 10 > CHUNK or len(families.rows) + 1 >= CHUNK:
            for bulk in (families, persons, old):
                bulk.flush()
    for bulk in (families, persons, old):
        bulk.flush()


def arrivals(connection: Connection, many: int, seed: int = 1, today: date = date(2026, 11, 21)) -> None:
    """People waiting today: a service point, and as many visits with a queue entry, spread over all people."""
    rng = Random(seed)
    everybody = connection.exec_driver_sql("SELECT max(id) FROM person").scalar_one()
    tables = [metadata.tables[name] for name in ("service_point", "visit", "queue_entry")]
    point, visit, entry = (Bulk(connection, table) for table in tables)
    point.put(id=1, uid=uid(rng, 1), code="dewasa", name="Usia Produktif", cluster="usia_produktif", letter="B")
    point.flush()
    now = f"{today} 01:14:00.000000"
    chosen = rng.sample(range(1, everybody + 1), min(many, everybody))
    for number, person_id in enumerate(chosen, 1):
        visit.put(id=number, uid=uid(rng, 9_000_000 + number), person_id=person_id, service_date=str(today),
                  arrived_at=now, reason="sick", cluster="usia_produktif", rule="age")  # fmt: skip
        entry.put(id=number, uid=uid(rng, 9_500_000 + number), visit_id=number, person_id=person_id, letter="B",
                  service_point_id=1, service_date=str(today), number=number, waiting_since=now)  # fmt: skip
    visit.flush()
    entry.flush()
