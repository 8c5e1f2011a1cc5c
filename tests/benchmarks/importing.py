"""Registrations while a list of people is being imported by another process, between two blocks with nobody beside."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from ilp_desk.domain.import_rows import FIELDS
from ilp_desk.errors import DatabaseTrouble
from ilp_desk.services.registration import RegisterVisit
from tests.benchmarks.measure import MS, Row, middle, ms, p95, tell, times
from tests.benchmarks.names import invented
from tests.benchmarks.registering import order, somebody_to_register
from tests.benchmarks.starting import ROOT
from tests.benchmarks.towns import Town

PACE = 0.05
"""Seconds from one registration to the next: twenty desks, each busy."""
LONGEST = 120.0
"""Seconds a block may take; what was not registered by then is told."""
SHOWN = tuple(headings[0] for headings in FIELDS.values())


def write_list(path: Path, people: int, seed: int = 21) -> None:
    """A CSV of people nobody has seen yet."""
    rng = Random(seed)
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, list(FIELDS), restval="", delimiter=";")
        file.write(";".join(SHOWN) + "\n")
        for number in range(people):
            sex = rng.choice("LP")
            day, month, year = rng.randrange(1, 29), rng.randrange(1, 13), rng.randrange(1950, 2020)
            born = f"{day + 40 * (sex == 'P'):02d}{month:02d}{year % 100:02d}"
            out.writerow({
                "name": invented(rng, sex), "sex": sex, "birth": f"{day:02d}-{month:02d}-{year}",
                "nik": f"1399{number // 1000:02d}{born}9{number % 1000:03d}",
                "mother_name": invented(rng, "P"), "address": f"Jl. Contoh No. {rng.randrange(1, 200)}",
                "rt": f"{rng.randrange(1, 12):02d}", "rw": f"{rng.randrange(1, 6):02d}",
            })  # fmt: skip


@dataclass(slots=True)
class Block:
    """Registrations one after the other at a steady pace. spent: wall milliseconds of each; refused: how often the desk
    was told that the file is busy; left: how many there was no time for."""

    spent: list[float]
    refused: int = 0
    left: int = 0


def registrations(town: Town, people: Sequence[str], longest: float = LONGEST) -> Block:
    block, end = Block([]), time.monotonic() + longest
    for number, person_uid in enumerate(people):
        due, asked, done = time.monotonic() + PACE, order(person_uid), False
        began = time.perf_counter()
        while not done and time.monotonic() < end:
            done = _registered(town, asked)
            block.refused += not done
        if not done:
            block.left = len(people) - number
            break
        block.spent.append((time.perf_counter() - began) * MS)
        time.sleep(max(0.0, due - time.monotonic()))
    return block


def _registered(town: Town, asked: RegisterVisit) -> bool:
    """False where others held the file for longer than the program waits."""
    try:
        town.desk.registration.register(town.clerk, asked)
    except DatabaseTrouble as trouble:
        if trouble.code != "busy":
            raise
        return False
    return True


class Import:
    """`ilp-desk import patients` at work, from the first rows it has stored. done: rows read so far."""

    def __init__(self, town: Town, path: Path) -> None:
        words = ["--data", str(town.folder), "import", "patients", str(path), "--progress"]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "ilp_desk", *words], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        self.done, self._begun = 0, threading.Event()
        self._ear = threading.Thread(target=self._listen, daemon=True)
        self._ear.start()
        self._begun.wait()
        self._before, self._since = self.done, time.monotonic()

    def _listen(self) -> None:
        """An import nobody listens to would stop as soon as the pipe is full."""
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self.done = json.loads(line).get("done", self.done)
            self._begun.set()
        self._begun.set()

    def must_go_on(self) -> None:
        """Raises RuntimeError where it has ended, or never began: then nothing was measured beside it."""
        if not self.done or self._process.poll() is not None:
            raise RuntimeError(f"the import had ended after {self.done} rows ({self._process.poll()}): a longer list")

    def speed(self) -> float:
        """Rows a second since it began."""
        return (self.done - self._before) / (time.monotonic() - self._since)

    def stop(self) -> None:
        with self._process:
            self._process.terminate()
            self._ear.join()


def measure(town: Town, many: int, rows: int) -> list[Row]:
    """many: registrations during the import, and as many without it, half before and half afterwards.

    rows: of the list, more than can be imported meanwhile. Raises RuntimeError where they were not enough.
    """
    tell(f"registration during an import: {many} of each")
    people = somebody_to_register(town, 2 * many + 10, seed=31)
    path = town.folder / "list.csv"
    write_list(path, rows)
    registrations(town, people[:10])
    half = 10 + many // 2
    first, beside, last = people[10:half], people[half : half + many], people[half + many :]
    before = registrations(town, first)
    work = Import(town, path)
    try:
        busy = registrations(town, beside)
        work.must_go_on()
        speed = work.speed()
    finally:
        work.stop()
    idle = before.spent + registrations(town, last).spent
    ratio = p95(busy.spent) / p95(idle)
    measured = f"{times(ratio)} ({ms(p95(busy.spent))} against {ms(p95(idle))})"
    note = (
        f"medians {ms(middle(busy.spent))} and {ms(middle(idle))}, by the clock; idle, busy, idle; {speed:,.0f} rows/s "
        "were imported meanwhile"
    )
    if busy.refused:
        note += f"; told {busy.refused} times that the file was busy for 30 s"
    if busy.left:
        note += f"; no time for {busy.left} of {many}"
    kept = ratio <= 3 and not busy.refused and not busy.left
    return [Row("registration p95 during an import", "3x idle", measured, kept, note)]
