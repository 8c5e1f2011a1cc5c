"""Until the sign-in window is painted, until there are rows, and the memory of it, against a bare window."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from db.engine import READ_CACHE_KIB, WRITE_CACHE_KIB
from tests.benchmarks.measure import Row, middle, ms, tell, times
from tests.benchmarks.towns import PASSWORD, USER, Town

ROOT = Path(__file__).parents[2]
CACHES = (READ_CACHE_KIB + WRITE_CACHE_KIB) * 1024
"""The page caches stated in README, one reading and one writing connection; bytes."""


def environment(compiled: str) -> dict[str, str]:
    """Both sides alike: offscreen, everything compiled beforehand, as on a desk that was opened before."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "XDG_", "ILP_"))}
    return {**kept, "QT_QPA_PLATFORM": "offscreen", "PYTHONPYCACHEPREFIX": compiled, "XDG_CONFIG_HOME": compiled}


def opened(what: list[str], environ: dict[str, str]) -> dict[str, Any]:
    """Open a window in a process of its own; `at` becomes milliseconds since the process was started."""
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.opening", *what],
        cwd=ROOT, env=environ, capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    said: dict[str, Any] = json.loads(done.stdout)
    for name in ("first", "ready"):
        if name in said:
            said[name] = {"wall": (said[name]["at"] - began) * 1000, "cpu": said[name]["cpu"] * 1000}
    return said


def measure(small: Town, large: Town, rounds: int, few: int) -> list[Row]:
    """The bare window and the desk in turns; a turn before them compiles.

    rounds: with the small town; few: with the large one, for the memory it takes.
    """
    tell(f"start: {rounds} rounds, {few} with the large town")
    bare: list[dict[str, Any]] = []
    desk: list[dict[str, Any]] = []
    full: list[dict[str, Any]] = []
    with TemporaryDirectory(prefix="ilp-desk-pyc-") as compiled:
        environ = environment(compiled)
        for town, found, many in ((small, desk, rounds), (large, full, few)):
            town.close()
            account = ["desk", str(town.folder), USER, PASSWORD]
            if not bare:
                opened(["bare"], environ)
                opened(account, environ)
            for _ in range(many):
                bare.append(opened(["bare"], environ))
                found.append(opened(account, environ))
    return [
        _first(bare, desk),
        _ready(bare, desk, small),
        _ready(bare, full, large),
        _memory(bare, desk, full, small, large),
    ]


def _median(found: list[dict[str, Any]], name: str, part: str) -> float:
    return middle([one[name][part] for one in found])


def _first(bare: list[dict[str, Any]], desk: list[dict[str, Any]]) -> Row:
    wall = _median(desk, "first", "wall") / _median(bare, "first", "wall")
    cpu = _median(desk, "first", "cpu") / _median(bare, "first", "cpu")
    measured = f"{times(wall)} ({ms(_median(desk, 'first', 'wall'))} against {ms(_median(bare, 'first', 'wall'))})"
    return Row(
        "first paint of the sign-in window",
        "1.3x a bare PySide6 window",
        measured,
        wall <= 1.3,
        f"by the clock; CPU {times(cpu)}",
    )


def _ready(bare: list[dict[str, Any]], desk: list[dict[str, Any]], town: Town) -> Row:
    """desk: as opened with this town."""
    hashing = middle([one["argon2"] for one in desk]) * 1000
    floor = _median(bare, "first", "wall")
    mine = middle([one["ready"]["wall"] - one["argon2"] * 1000 for one in desk])
    cpu = _median(desk, "ready", "cpu") / _median(bare, "first", "cpu")
    return Row(
        f"signed in, a name typed, rows on the screen, with {town.people:,} people",
        "4.5x a bare PySide6 window",
        f"{times(mine / floor)} ({ms(mine)} against {ms(floor)})",
        mine <= 4.5 * floor,
        f"by the clock, Argon2, {ms(hashing)}, taken out; CPU {times(cpu)} with it",
    )


def _memory(
    bare: list[dict[str, Any]], desk: list[dict[str, Any]], full: list[dict[str, Any]], small: Town, large: Town
) -> Row:
    floor, mine, most = (middle([one["memory"] for one in found]) for found in (bare, desk, full))
    budget = 2.5 * floor + CACHES
    return Row(
        "memory when ready (unique set)",
        "2.5x a bare window plus the page cache",
        f"{_mb(mine)} with {small.people:,} people, {_mb(most)} with {large.people:,}; allowed {_mb(budget)}",
        max(mine, most) <= budget,
        f"bare window {_mb(floor)}, page cache {_mb(CACHES)}",
    )


def _mb(size: float) -> str:
    return f"{size / 2**20:.0f} MB"
