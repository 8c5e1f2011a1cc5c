"""What a morning in the real window costs: growth of memory, and gaps in which the window could do nothing else."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.benchmarks.importing import write_list
from tests.benchmarks.measure import Row, tell
from tests.benchmarks.starting import ROOT
from tests.benchmarks.towns import Town

FIRST, LAST = 100, 300
GROWTH = 5 * 2**20
DONE = ("search", "save", "room", "print", "import")
"""What is done while ticks are counted; print: a referral letter and a card, shown and painted."""


class Day:
    """`tests.benchmarks.day` in a process of its own, from now until its answer is asked for."""

    def __init__(self, what: str, folder: Path, people: int, *words: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.benchmarks.day", what, str(folder), str(people), *words],
            cwd=ROOT,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
            stdout=subprocess.PIPE,
            text=True,
        )

    def said(self) -> dict[str, Any]:
        """What it measured. Raises RuntimeError where it ended without, or the window had something to complain of."""
        out, _ = self._process.communicate()
        if self._process.returncode != 0 or not out:
            raise RuntimeError(f"the morning ended with {self._process.returncode}")
        found: dict[str, Any] = json.loads(out)
        faults = [fault for fault in found["faults"] if "log:" in fault]
        if faults:
            raise RuntimeError("; ".join(faults))
        return found


def begin_growth(folder: Path, people: int, first: int = FIRST, last: int = LAST) -> Day:
    """Starts the morning; it takes minutes and needs no quiet, as only memory is measured. Others do: wait for it."""
    tell(f"a morning of {last} patients, while the databases are filled")
    return Day("growth", folder, people, str(first), str(last))


def grown(day: Day) -> list[Row]:
    said = day.said()
    first, last = said["patients"]
    before, after = said[f"after {first}"], said[f"after {last}"]
    return [
        Row(
            f"growth of memory from patient {first} to {last} of a scripted morning",
            "5 MB",
            f"{(after - before) / 2**20:.1f} MB ({before / 2**20:.0f} to {after / 2**20:.0f} MB)",
            after - before <= GROWTH,
            "unique set, page cache filled beforehand; each was registered, called, measured, diagnosed and sent home "
            f"in the window, with {said['letters']} letters",
        )
    ]


def measure_gaps(town: Town, many: int, rows: int) -> list[Row]:
    """many: of each thing that is done; rows: of the list that is imported meanwhile."""
    tell(f"gaps between ticks of the window: {many} of each act")
    town.close()
    path = town.folder / "people.csv"
    write_list(path, rows, seed=23)
    said = Day("ticks", town.folder, town.people, str(path), str(many)).said()
    parts = [f"{what} {said[what]['largest']:.0f} ms" for what in DONE]
    over = sum(said[what]["over"] for what in DONE)
    ticks = sum(said[what]["ticks"] for what in DONE)
    return [
        Row(
            "largest gap between ticks of the window",
            "reported, aim 50 ms",
            ", ".join(parts),
            None,
            f"{over} of {ticks:,} gaps longer than 50 ms; {town.people:,} people",
        )
    ]
