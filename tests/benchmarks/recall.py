"""One slip, or the name spelled another way: is the person among the first 50? Against rapidfuzz over all names."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from random import Random

from rapidfuzz import fuzz, process

from tests.benchmarks.measure import Row, ms, p95, tell, timed
from tests.benchmarks.towns import Town

VARIANTS = Path(__file__).with_name("search_variants.toml")
FIRST = 50


def pairs() -> list[tuple[str, str]]:
    """(typed, stored) of the committed list."""
    groups = tomllib.loads(VARIANTS.read_text(encoding="utf-8"))["group"]
    return [(typed, stored) for group in groups for typed, stored in group["pairs"]]


def put_in(people: int, seed: int = 11) -> dict[int, str]:
    """Who in a town of so many people gets a name of the list: person id -> name."""
    names = dict.fromkeys(stored for _, stored in pairs())
    return dict(zip(Random(seed).sample(range(1, people + 1), len(names)), names))


def _as_written(name: str) -> str:
    return name.lower()


def _in_order(name: str) -> str:
    return " ".join(sorted(name.lower().split()))


def by_rapidfuzz(names: Sequence[str], asked: Sequence[tuple[str, str]], read: Callable[[str], str]) -> int:
    """How many stored names are among the first 50 by `fuzz.ratio` over all names, each name once."""
    choices = list(dict.fromkeys(map(read, names)))
    found = 0
    for typed, stored in asked:
        best = process.extract(read(typed), choices, scorer=fuzz.ratio, limit=FIRST)
        found += read(stored) in {name for name, _, _ in best}
    return found


def measure(town: Town, named: dict[int, str], many: int | None = None) -> list[Row]:
    """named: as of `put_in`, people whose names the town was built with."""
    asked = pairs()[:many]
    tell(f"spelling: {len(asked)} pairs")
    uids = dict(town.ask(f"SELECT name, uid FROM person WHERE id IN ({', '.join(map(str, named))})"))
    found, missed, spent = 0, [], []
    for typed, stored in asked:
        hits = town.desk.finding.find(town.clerk, typed, FIRST).hits
        spent.append(timed(partial(town.desk.finding.find, town.clerk, typed, FIRST)).cpu)
        if uids[stored] in {hit.uid for hit in hits}:
            found += 1
        else:
            missed.append(f"{typed} ({stored})")
    tell(f"not found: {', '.join(missed) or 'none'}")
    names = [name for (name,) in town.ask("SELECT name FROM person")]
    theirs = {label: by_rapidfuzz(names, asked, read) for label, read in (("", _as_written), ("sorted", _in_order))}
    best = max(theirs.values())
    share = found / best if best else 1.0
    slow = p95(spent)
    return [
        Row(
            f"one slip or a spelling variant, {len(asked)} committed pairs: among the first {FIRST}",
            "0.95 of rapidfuzz over all names; p95 50 ms",
            f"{found / len(asked):.3f}, rapidfuzz {best / len(asked):.3f} (the better of names as written and words in "
            f"order): {share:.2f}; p95 {ms(slow)}",
            share >= 0.95 and slow <= 50,
        )
    ]
