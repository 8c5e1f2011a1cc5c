"""Many desks draw numbers at the same time."""

from __future__ import annotations

import multiprocessing

from ilp_desk.domain.visit import QueueEntry, Visit
from tests.house import KEY, House
from tests.services.arrivals import Door, crowd

PROCESSES, EACH = 16, 200


def _draw(door: Door, people: list[str]) -> list[str]:
    return door.register(people)


def test_sixteen_programs_draw_two_hundred_numbers_each_and_none_twice(house: House) -> None:
    people = crowd(house.store, PROCESSES * EACH)
    staff = house.actor("registration").staff_uid
    work = [
        (Door(house.database, KEY, staff, f"Loket {number}"), people[number * EACH : (number + 1) * EACH])
        for number in range(PROCESSES)
    ]
    with multiprocessing.get_context("spawn").Pool(PROCESSES) as pool:
        drawn = [ticket for tickets in pool.starmap(_draw, work, chunksize=1) for ticket in tickets]
    assert sorted(int(ticket.split("-")[1]) for ticket in drawn) == list(range(1, PROCESSES * EACH + 1))
    assert len({ticket.split("-")[0] for ticket in drawn}) == 1
    assert {entry.ticket for entry in house.read(QueueEntry)} == set(drawn)
    assert len(house.read(Visit)) == PROCESSES * EACH
