"""Which index SQLite takes: nobody reads all people to find a few of them."""

from __future__ import annotations

import pytest

from db.sqlite_file import opened
from tests.house import KEY, House

MANY = ", ".join("?" * 40)
BORN = "'1990-01-01', '1990-01-02'"
NAMED = f"s.name IN ({MANY}) AND s.born_on IN ({BORN})"
KEYED = f"SELECT person_id FROM person_key WHERE kind = 'nik' AND value IN ({MANY})"
LIVE = "p.voided_at IS NULL AND p.merged_into_id IS NULL"


@pytest.mark.parametrize(
    ("asked", "index"),
    [
        (f"FROM person p WHERE p.nik IN ({MANY}) AND {LIVE}", "ix_person_nik"),
        (f"FROM person p WHERE p.bpjs IN ({MANY}) AND {LIVE}", "ix_person_bpjs"),
        (f"FROM person p WHERE p.uid IN ({MANY}) AND {LIVE}", "sqlite_autoindex_person_1"),
        (
            f"FROM person p WHERE p.record_number IN ({MANY}) AND p.record_number != '' AND {LIVE}",
            "uq_person_record_number",
        ),
        (
            f"FROM person_search s JOIN person p ON p.id = s.person_id WHERE {NAMED} AND {LIVE} ORDER BY p.id",
            "COVERING INDEX ix_person_search_name",
        ),
        (
            f"FROM person p WHERE p.id IN ({KEYED}) AND {LIVE}",
            "INTEGER PRIMARY KEY (rowid=?)",
        ),
    ],
)
def test_some_of_all_people_are_looked_up(house: House, asked: str, index: str) -> None:
    """Of whom nothing is said in `merged_into_id` is nearly everybody: an index there would be taken for a good one."""
    with opened(house.database, KEY) as raw:
        steps = raw.execute(f"EXPLAIN QUERY PLAN SELECT p.uid {asked}", ["x"] * 40).fetchall()
    said = [detail for *_, detail in steps]
    assert any(index in detail for detail in said), said
    assert not any(detail.startswith("SCAN") for detail in said), said
