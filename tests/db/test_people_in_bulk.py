"""The people made for measurements: the same for the same seed, invented, and found by the program's own search."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from db.engine import open_engines
from db.queries.patient_search import find_patients
from db.search_index import rebuild
from ilp_desk.rows.patients import FindPatients
from tests.benchmarks.people import arrivals, populate
from tests.house import KEY

TODAY = date(2026, 11, 21)
COLUMNS = "name, sex, born_on, nik, bpjs, phone, record_number, uid, status"


def town(empty: Path, folder: Path, seed: int) -> list[tuple[object, ...]]:
    folder.mkdir()
    shutil.copy(empty, folder / "desk.db")
    engines = open_engines(folder / "desk.db", KEY)
    with engines.write.begin() as connection:
        populate(connection, 400, seed, TODAY)
        arrivals(connection, 20, seed, TODAY)
        assert rebuild(connection) == 400
    with engines.read.connect() as connection:
        people = [tuple(row) for row in connection.exec_driver_sql(f"SELECT {COLUMNS} FROM person ORDER BY id")]
        chips = 0
        for name, *_, uid, _ in people[::7]:
            hits = find_patients(connection, FindPatients(str(name), TODAY)).hits
            assert uid in [hit.uid for hit in hits], name
            chips += sum(bool(hit.chip) for hit in hits)
        assert chips, "some of them wait today"
    engines.dispose()
    return people


@pytest.fixture
def empty(_empty_database: Path) -> Path:
    return _empty_database


def test_the_same_seed_makes_the_same_people_and_each_is_found(empty: Path, tmp_path: Path) -> None:
    first = town(empty, tmp_path / "a", seed=3)
    assert town(empty, tmp_path / "b", seed=3) == first
    assert town(empty, tmp_path / "c", seed=4) != first
    assert all(str(nik)[12] == "9" for _, _, _, nik, *_ in first if nik), "invented: the serial begins with 9"
    assert {str(status) for *_, status in first} >= {"active", "dead"}
