"""The patient search as it is typed: CPU time at the 95th percentile, and how it grows with the town."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from random import Random

from tests.benchmarks.measure import Row, middle, ms, p95, tell, timed, times
from tests.benchmarks.names import CODAS, ONSETS, VOWELS
from tests.benchmarks.towns import Town

BUDGETS = {
    "digits": (2.0, 1.5),
    "one word": (2.0, 1.5),
    "several words in any order": (5.0, 4.0),
    "a name nobody has": (5.0, 4.0),
}
"""Kind of question -> (CPU milliseconds at the 95th percentile, growth aimed at)."""


def questions(town: Town, many: int, seed: int) -> dict[str, list[str]]:
    """What is typed while people of this town are looked for, of each kind so many."""
    rng = Random(seed)
    wanted = ", ".join(map(str, town.sample(min(town.people, many * 6), seed)))
    known = town.ask(f"SELECT name, nik, bpjs, record_number, phone FROM person WHERE id IN ({wanted})")
    rng.shuffle(known)
    asked: dict[str, list[str]] = {kind: [] for kind in BUDGETS}
    for name, *numbers in known:
        written = [number for number in numbers if number]
        words = [word for word in name.split() if len(word) > 2]
        if written:
            number = rng.choice(written)
            asked["digits"].append(number[: rng.randrange(min(4, len(number)), len(number) + 1)])
        if words:
            asked["one word"].append(_begun(rng, rng.choice(words)))
        if len(words) > 1:
            some = rng.sample(words, rng.randrange(2, len(words) + 1))
            asked["several words in any order"].append(" ".join(_begun(rng, word) for word in some))
        strange = [_unheard_of(rng) for _ in range(rng.randrange(1, 3))]
        asked["a name nobody has"].append(" ".join(words[: rng.randrange(2)] + strange))
    return {kind: texts[:many] for kind, texts in asked.items()}


def _begun(rng: Random, word: str) -> str:
    """The word as far as it is typed: two letters or more."""
    return word[: rng.randrange(2, len(word) + 1)]


def _unheard_of(rng: Random) -> str:
    """A word that sounds like a name and is too long to be one."""
    return "".join(rng.choice(ONSETS) + rng.choice(VOWELS) for _ in range(rng.randrange(4, 6))) + rng.choice(CODAS)


def spans(towns: Sequence[Town], asked: Sequence[Mapping[str, list[str]]], rounds: int) -> list[dict[str, list[float]]]:
    """CPU milliseconds of every single call in each town; each question is asked once beforehand, to warm up.

    The towns take turns, question by question.
    """
    found: list[dict[str, list[float]]] = [{kind: [] for kind in BUDGETS} for _ in towns]
    for number in range(rounds + 1):
        for kind in BUDGETS:
            for place in range(max(len(typed[kind]) for typed in asked)):
                for town, typed, spent in zip(towns, asked, found):
                    if place < len(typed[kind]):
                        span = timed(partial(town.desk.finding.find, town.clerk, typed[kind][place]))
                        if number:
                            spent[kind].append(span.cpu)
    return found


def measure(large: Town, small: Town, many: int, rounds: int) -> list[Row]:
    """A row for each kind of question."""
    tell(f"search: {many} questions of {len(BUDGETS)} kinds, {rounds} rounds")
    towns = (large, small)
    asked = [questions(town, many, seed=3) for town in towns]
    of_large, of_small = spans(towns, asked, rounds)
    rows = []
    for kind, (budget, aim) in BUDGETS.items():
        top, below = p95(of_large[kind]), p95(of_small[kind])
        measured = f"{ms(top)} (median {ms(middle(of_large[kind]))})"
        note = f"{times(top / below)} of {small.people:,} people (aim {aim:g}x); of {len(of_large[kind]):,} warm calls"
        rows.append(
            Row(f"search among {large.people:,}, {kind}: CPU p95", f"{budget:g} ms", measured, top <= budget, note)
        )
    return rows
