"""Rounds of SIGKILL against a process that registers people. Only where there is such a thing as SIGKILL."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from multiprocessing.connection import Connection
from random import Random

from tests.house import KEY, House
from tests.services.arrivals import Door, crowd, half_done

EACH = 80
"""People a round has; its process is killed long before the last."""
LONGEST_WAIT = 0.012
"""Seconds after the last line that was waited for: up to about three registrations."""


def killed_again_and_again(house: House, rounds: int, seed: int = 1) -> int:
    """Kill a registering process so many times; gives how many registrations it had told of.

    After every round the database is looked at as a whole; raises AssertionError with what is not as it should be.
    """
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["db.migrate", "db.vault", "printing.renderer", "tests.services.arrivals"])
    rng, people = Random(seed), crowd(house.store, rounds * EACH)
    door = Door(house.database, KEY, house.actor("registration").staff_uid, "Loket 1")
    house.desk.close()
    told: list[str] = []
    for number in range(rounds):
        here, there = processes.Pipe(duplex=False)
        mine = people[number * EACH : (number + 1) * EACH]
        child = processes.Process(target=_register, args=(door, mine, there))
        child.start()
        there.close()
        with here:
            told += _until_killed(child.pid or 0, here, rng)
        child.join()
        assert child.exitcode == -signal.SIGKILL, f"round {number} ended by itself: {child.exitcode}"
        assert half_done(house.database, KEY, told) == [], f"round {number}"
    return len(told)


def _register(door: Door, people: list[str], there: Connection) -> None:
    door.register(people, there.send)


def _until_killed(pid: int, here: Connection, rng: Random) -> list[str]:
    """Everything the process said until it was killed at some moment, also what it said in between."""
    lines = [here.recv() for _ in range(rng.randrange(1, EACH // 3))]
    time.sleep(rng.uniform(0, LONGEST_WAIT))
    os.kill(pid, signal.SIGKILL)
    try:
        while True:
            lines.append(here.recv())
    except (EOFError, OSError):
        return lines
