"""Databases to measure on: migrated, encrypted, furnished, filled with a town, with the search index of the program."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

from db.engine import open_engines
from db.keys import write_key_file
from db.migrate import migrate
from db.search_index import rebuild
from ilp_desk.bootstrap import open_desk
from ilp_desk.clock import Clock, fixed
from ilp_desk.desk import Desk
from ilp_desk.domain.site import ServicePoint
from ilp_desk.domain.staff import Actor, Role, Staff
from ilp_desk.services.passwords import Argon2Passwords
from tests.benchmarks.measure import tell
from tests.benchmarks.people import populate
from tests.house import KEY, MORNING, Hands, House, furnish

PASSWORD = "ukur-2026-pagi"
USER = "registration"


@dataclass
class Town:
    """A database of so many people, its services, and somebody at the desk. folder: as `--data` wants it."""

    folder: Path
    people: int
    house: House

    @property
    def desk(self) -> Desk:
        return self.house.desk

    @property
    def database(self) -> Path:
        return self.house.database

    @property
    def clerk(self) -> Actor:
        return self.house.actor("registration")

    def ask(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """Rows of a statement of the measurement's own."""
        with self.house.store._engines.read.connect() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(statement, values)]

    def sample(self, many: int, seed: int) -> list[int]:
        """Ids of so many people, spread over the town."""
        return Random(seed).sample(range(1, self.people + 1), many)

    def close(self) -> None:
        self.house.desk.close()


def build(folder: Path, people: int, names: dict[int, str] | None = None, seed: int = 1) -> Town:
    """Fill a new folder, or open the town that is there already. names: of chosen people, put in before the index."""
    if folder.exists():
        return _opened(folder, people)
    began = time.perf_counter()
    folder.mkdir(parents=True)
    path = folder / "desk.db"
    migrate(path, KEY)
    write_key_file(folder / "desk.key", KEY)
    engines = open_engines(path, KEY)
    with engines.write.begin() as connection:
        populate(connection, people, seed, MORNING.date())
        for person_id, name in (names or {}).items():
            connection.exec_driver_sql("UPDATE person SET name = ? WHERE id = ?", (name, person_id))
    filled = time.perf_counter()
    with engines.write.begin() as connection:
        rebuild(connection)
    engines.dispose()
    town = _opened(folder, people, new=True)
    tell(f"{people:,} people: filled in {filled - began:.0f} s, indexed in {time.perf_counter() - filled:.0f} s, "
         f"{path.stat().st_size / 2**20:,.0f} MB")  # fmt: skip
    return town


def _opened(folder: Path, people: int, *, new: bool = False) -> Town:
    desk = open_desk(folder / "desk.db", KEY, morning_clock())
    town = Town(folder, people, House(desk, Hands(MORNING), folder, desk.tools.store))
    if new:
        furnish(town.house)
        hashed = Argon2Passwords().make(PASSWORD)
        with town.house.store.writing(town.clerk, "bench.password") as uow:
            uow.change(uow.get(Staff, town.house.staff[Role.REGISTRATION].uid), password=hashed)
        return town
    town.house.staff = {someone.roles[0]: someone for someone in town.house.read(Staff)}
    town.house.points = {point.code: point for point in town.house.read(ServicePoint)}
    return town


def morning_clock() -> Clock:
    """The morning the town was made for, standing still."""
    return fixed(datetime(MORNING.year, MORNING.month, MORNING.day, MORNING.hour, MORNING.minute, tzinfo=UTC))
