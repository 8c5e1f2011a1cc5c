"""Invented Indonesian names of several regions, written as people write them: in more than one way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from random import Random

from ilp_desk.domain.person import Sex
from ilp_desk.services.demo.source import read, words

RESPELLED = 0.15
"""How often a word that is written in several ways is written in another than the usual one."""
FLAT = 4
"""Names stand in the order of how common they are; the larger this is, the less that counts."""


@dataclass(frozen=True, slots=True)
class Region:
    """Words of one region by sex; family: names that go from the father to the children."""

    first: Mapping[Sex, tuple[str, ...]]
    last: Mapping[Sex, tuple[str, ...]]
    family: tuple[str, ...]
    single: float


@cache
def regions() -> tuple[tuple[Region, ...], tuple[float, ...]]:
    """All regions and how many families come from each."""
    rows = read("names")["region"]
    found = tuple(
        Region(
            first={Sex.FEMALE: words(row["female"]), Sex.MALE: words(row["male"])},
            last={Sex.FEMALE: words(row.get("female_last", "")), Sex.MALE: words(row.get("male_last", ""))},
            family=words(row.get("family", "")),
            single=row["single"],
        )
        for row in rows
    )
    return found, tuple(row["weight"] for row in rows)


@cache
def _spellings() -> Mapping[str, tuple[str, ...]]:
    return {word: words(others) for word, others in read("names")["spelling"].items()}


@cache
def _titles() -> Mapping[str, tuple[str, ...]]:
    return {kind: words(text) for kind, text in read("names")["titles"].items()}


def region(dice: Random) -> Region:
    """Where a family comes from."""
    found, weights = regions()
    return dice.choices(found, weights)[0]


def full_name(dice: Random, home: Region, sex: Sex, years: int, clan: str = "") -> str:
    """A name of one to three words; years: older people carry titles more often. clan: the family's name, if any."""
    while True:
        first = _written(dice, _common(dice, home.first[sex]))
        parts = [first]
        lasts = (clan,) if clan else home.last[sex]
        if lasts and (clan or dice.random() >= home.single):
            parts.append(_written(dice, _common(dice, lasts)))
            if dice.random() < 0.14:
                parts.insert(1, _written(dice, _common(dice, home.first[sex])))
        if len(set(parts)) == len(parts) and not _of_the_cast(parts):
            return _titled(dice, " ".join(parts), sex, years)


def _common(dice: Random, names: tuple[str, ...]) -> str:
    return dice.choices(names, cum_weights=_weights(len(names)))[0]


@cache
def _weights(many: int) -> tuple[float, ...]:
    return tuple(accumulate(1 / (rank + FLAT) for rank in range(many)))


def _of_the_cast(parts: list[str]) -> bool:
    """Whether somebody would be called like the people of the pictures (Siti Nur...)."""
    begun = {part[:3].casefold() for part in parts}
    return bool(begun & {"sit", "st."}) and bool(begun & {"nur", "noe"})


def _written(dice: Random, word: str) -> str:
    others = _spellings().get(word)
    if others is None or dice.random() >= RESPELLED:
        return word
    return dice.choice(others)


def _titled(dice: Random, name: str, sex: Sex, years: int) -> str:
    if years >= 50 and dice.random() < 0.07:
        titles = _titles()["female" if sex is Sex.FEMALE else "male"]
        return f"{dice.choice(titles)} {name}"
    if 23 <= years < 65 and dice.random() < 0.012:
        return f"{name}, {dice.choice(_titles()['degree'])}"
    return name
