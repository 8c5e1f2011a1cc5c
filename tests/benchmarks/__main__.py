"""`python -m tests.benchmarks [--scale full|tiny] [--only NAME]`: all measurements; the table as Markdown on stdout."""

from __future__ import annotations

import argparse
import os
import platform
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks import (
    calling,
    growing,
    importing,
    offering,
    papers,
    peer,
    recall,
    registering,
    searching,
    starting,
    windows,
)
from tests.benchmarks.measure import Row, table, tell
from tests.benchmarks.towns import Town, build

NAMES = (
    "search",
    "spelling",
    "like",
    "registration",
    "import",
    "papers",
    "start",
    "growth",
    "gaps",
    "due",
    "calling",
    "weighing",
)


@dataclass(frozen=True, slots=True)
class Scale:
    """How much of everything."""

    people: int
    fewer: int
    questions: int
    like: int
    pairs: int | None
    rounds: int
    beside: int
    rows: int
    papers: int
    starts: int
    patients: tuple[int, int]
    acts: int
    due: tuple[int, int, int]
    weighings: int


SCALES = {
    "full": Scale(
        1_000_000, 10_000, 200, 5, None, 300, 200, 60_000, 60, 11, (100, 300), 20, (4_000, 6_000, 400), 100_000
    ),
    "tiny": Scale(2_000, 1_000, 3, 1, 6, 4, 3, 400, 2, 1, (2, 3), 2, (150, 20, 5), 200),
}


class Bench:
    """One run. folder: where the databases are made, or lie already."""

    def __init__(self, folder: Path, scale: Scale) -> None:
        self.folder, self.scale = folder, scale
        self.named = recall.put_in(scale.people)
        self.rows: dict[str, list[Row]] = {}

    def run(self, wanted: tuple[str, ...]) -> list[Row]:
        """The rows of these measurements, in the order of NAMES."""
        morning = self._begin_morning() if "growth" in wanted else None
        with self._towns() if set(wanted) - {"growth", "papers", "due", "weighing"} else nullcontext() as towns:
            if morning is not None:
                # It may go on while databases are filled, never while something is measured.
                self.rows["growth"] = windows.grown(morning)
            if towns is not None:
                self._at_the_towns(*towns, wanted)
        if "papers" in wanted:
            self.rows["papers"] = papers.measure(self.scale.papers)
        if "due" in wanted:
            self.rows["due"] = offering.measure(*self.scale.due)
        if "weighing" in wanted:
            self.rows["weighing"] = growing.measure(rounds=3, rows=self.scale.weighings)
        return [row for name in NAMES for row in self.rows.get(name, [])]

    def _begin_morning(self) -> windows.Day:
        folder, fewer = self.folder / "morning", self.scale.fewer
        build(folder, fewer).close()
        return windows.begin_growth(folder, fewer, *self.scale.patients)

    @contextmanager
    def _towns(self) -> Iterator[tuple[Town, Town]]:
        large = build(self.folder / "large", self.scale.people, self.named)
        small = build(self.folder / "small", self.scale.fewer)
        try:
            yield large, small
        finally:
            large.close()
            small.close()

    def _at_the_towns(self, large: Town, small: Town, wanted: tuple[str, ...]) -> None:
        scale = self.scale
        works: dict[str, Callable[[], list[Row]]] = {
            "search": lambda: searching.measure(large, small, scale.questions, rounds=3),
            "spelling": lambda: recall.measure(large, self.named, scale.pairs),
            "registration": lambda: registering.measure(large, scale.rounds),
            "import": lambda: importing.measure(large, scale.beside, scale.rows),
            "like": lambda: peer.measure(large, scale.like, rounds=2),
            "start": lambda: starting.measure(small, large, scale.starts, max(scale.starts // 4, 1)),
            "gaps": lambda: windows.measure_gaps(large, scale.acts, scale.rows),
            "calling": lambda: calling.measure(large, scale.questions),
        }
        for name, work in works.items():
            if name in wanted:
                self.rows[name] = work()


def machine() -> str:
    """What it was measured on."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    load = f", load {os.getloadavg()[0]:.1f} at the end" if hasattr(os, "getloadavg") else ""
    return f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {cores} cores{load}"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--scale", choices=SCALES, default="full")
    parser.add_argument("--only", choices=NAMES, action="append", help="may be repeated")
    parser.add_argument(
        "--keep", type=Path, metavar="FOLDER", help="make the databases there, or use those from before"
    )
    args = parser.parse_args(arguments)
    began = time.monotonic()
    wanted = tuple(args.only or NAMES)
    with TemporaryDirectory(prefix="ilp-desk-bench-") as temporary:
        rows = Bench(args.keep or Path(temporary), SCALES[args.scale]).run(wanted)
    print(table(rows))
    print(
        f"\nScale {args.scale}; {machine()}; {(time.monotonic() - began) / 60:.0f} minutes. Times of a call are CPU of"
    )
    print("its thread, with the collector running; both sides of a comparison took turns in one run.")
    missed = [row for row in rows if row.met is False]
    tell(f"{len(missed)} of {len(rows)} budgets missed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
