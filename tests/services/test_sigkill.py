"""The program is ended without warning, again and again, in the middle of its work."""

from __future__ import annotations

import os

import pytest

from db.sqlite_file import opened
from tests.house import KEY, House
from tests.services.arrivals import Door, crowd, half_done
from tests.services.killing import killed_again_and_again


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is a thing of POSIX systems")
def test_twenty_kills_lose_nothing_that_was_told_and_leave_nothing_half_done(house: House) -> None:
    assert killed_again_and_again(house, rounds=20) >= 20


def test_what_is_half_done_would_be_found(house: House) -> None:
    """The look at the database after a kill sees a lost registration, a half one and a counter behind."""
    told: list[str] = []
    door = Door(house.database, KEY, house.actor("registration").staff_uid, "Loket 1")
    door.register(crowd(house.store, 3), told.append)
    house.desk.close()
    assert half_done(house.database, KEY, told) == []
    assert half_done(house.database, KEY, [told[0].replace("-001", "-009")]) != []
    with opened(house.database, KEY) as raw:
        raw.execute("UPDATE counter SET value = 2 WHERE name LIKE 'queue:%'")
    assert half_done(house.database, KEY, told) == ["counters that are not at the highest number: 1"]
    with opened(house.database, KEY) as raw:
        raw.execute("UPDATE counter SET value = 3 WHERE name LIKE 'queue:%'")
        raw.execute("PRAGMA foreign_keys = OFF")
        raw.execute("DELETE FROM queue_entry WHERE number = 3")
    names = [line.rpartition(": ")[0] for line in half_done(house.database, KEY, told[:2])]
    assert "visits without an entry" in names
    assert "counters that are not at the highest number" in names
