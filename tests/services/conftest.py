"""A house at work for the tests that go through every service."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from ilp_desk.bootstrap import open_desk
from ilp_desk.clock import Clock
from ilp_desk.desk import Desk
from ilp_desk.services.passwords import Argon2Passwords
from tests.house import KEY, MORNING, Hands, House, furnish
from tests.services.samples.morning import Morning


@pytest.fixture(scope="module")
def morning(_empty_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Morning]:
    """One house for a whole module: making one for each of some hundred samples would take minutes."""
    hands = Hands(MORNING)
    opened: list[Desk] = []

    def fresh(folder: Path) -> Desk:
        shutil.copy(_empty_database, folder / "desk.db")
        desk = open_desk(folder / "desk.db", KEY, Clock("Asia/Jakarta", hands), Argon2Passwords(1, 8, 1))
        opened.append(desk)
        return desk

    place = tmp_path_factory.mktemp("morning")
    desk = fresh(place)
    house = House(desk, hands, place, desk.tools.store)
    furnish(house)
    yield Morning(house, lambda: fresh(tmp_path_factory.mktemp("empty")))
    for one in opened:
        one.close()
