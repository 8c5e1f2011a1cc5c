"""Registrations while a list of people is being imported by another process, against the same with nobody beside."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import time
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


def registrations(town: Town, people: list[str]) -> tuple[list[float], int]:
    """Wall milliseconds of each, at a steady pace, and how often the desk was told that the file is busy."""
    spent, refused = [], 0
    for person_uid in people:
        due, asked = time.monotonic() + PACE, order(person_uid)
        began = time.perf_counter()
        while not _registered(town, asked):
            refused += 1
        spent.append((time.perf_counter() - began) * MS)
        time.sleep(max(0.0, due - time.monotonic()))
    return spent, refused


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
    """`ilp-desk import patients` at work."""

    def __init__(self, town: Town, path: Path) -> None:
        words = ["--data", str(town.folder), "import", "patients", str(path), "--progress"]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "ilp_desk", *words], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        self.done, self.began = self._step(), time.monotonic()

    def _step(self) -> int:
        """Rows read so far, when it next tells."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        said = json.loads(line or "{}")
        if "done" not in said:
            raise RuntimeError(f"the import ended: {line!r}")
        return int(said["done"])

    def stop(self) -> float:
        """End it; gives rows a second."""
        before, seconds = self.done, time.monotonic() - self.began
        self.process.terminate()
        out, _ = self.process.communicate()
        steps = [said["done"] for line in out.splitlines() if "done" in (said := json.loads(line))]
        return (max(steps, default=before) - before) / seconds


def measure(town: Town, many: int, rows: int) -> list[Row]:
    """many: registrations of each side; rows: of the list, more than can be imported meanwhile."""
    tell(f"registration during an import: {many} of each")
    people = somebody_to_register(town, 2 * many + 10, seed=31)
    registrations(town, people[:10])
    path = town.folder / "list.csv"
    write_list(path, rows)
    idle, _ = registrations(town, people[10 : 10 + many])
    work = Import(town, path)
    try:
        busy, refused = registrations(town, people[10 + many :])
    finally:
        speed = work.stop()
    ratio = p95(busy) / p95(idle)
    measured = f"{times(ratio)} ({ms(p95(busy))} against {ms(p95(idle))})"
    note = f"medians {ms(middle(busy))} and {ms(middle(idle))}; {speed:,.0f} rows/s were imported meanwhile"
    if refused:
        note += f"; told {refused} times that the file was busy for 30 s"
    return [Row("registration p95 during an import", "3x idle", measured, ratio <= 3 and not refused, note)]
