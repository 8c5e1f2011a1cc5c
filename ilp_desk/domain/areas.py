"""The tree of the catchment: desa/nagari, below it dusun/jorong, RW, RT, and the Pustu and Posyandu that serve them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ilp_desk.domain.site import Area

LEVELS: Mapping[str, str] = {
    "village": "Desa/nagari",
    "hamlet": "Dusun/jorong",
    "rw": "RW",
    "rt": "RT",
    "pustu": "Pustu",
    "posyandu": "Posyandu",
}
"""Levels with their words, in the order of a list."""

BELOW: Mapping[str, tuple[str, ...]] = {
    "": ("village",),
    "village": ("hamlet", "rw", "rt", "pustu", "posyandu"),
    "hamlet": ("rw", "rt", "pustu", "posyandu"),
    "rw": ("rt", "posyandu"),
    "rt": ("posyandu",),
    "pustu": (),
    "posyandu": (),
}
"""What may stand below what; RT and RW may be left out. The empty level is the catchment itself."""

NUMBERED = frozenset({"rw", "rt"})
HOMES = ("village", "hamlet")
"""Levels a neighbourhood (RW, RT) stands in; the smaller the nearer."""
MOST_AT_ONCE = 60


@dataclass(frozen=True, slots=True)
class AreaLine:
    """A node in the order of reading. depth: 0 for a village; path: its own and the names above it, outermost first."""

    area: Area
    depth: int
    path: tuple[str, ...]


def in_order(areas: Iterable[Area]) -> tuple[AreaLine, ...]:
    """The whole tree, each node under its parent, by position, level and name."""
    known = list(areas)
    uids = {area.uid for area in known}
    children: dict[str | None, list[Area]] = {}
    for area in known:
        parent = area.parent_uid if area.parent_uid in uids else None
        children.setdefault(parent, []).append(area)
    order = list(LEVELS)
    lines: list[AreaLine] = []

    def walk(parent: str | None, above: tuple[str, ...]) -> None:
        for area in sorted(children.get(parent, ()), key=lambda a: (order.index(a.level), a.position, a.name)):
            path = (*above, spoken(area))
            lines.append(AreaLine(area, len(above), path))
            walk(area.uid, path)

    walk(None, ())
    return tuple(lines)


def spoken(area: Area) -> str:
    """Its name as it is said: RW 02, Posyandu Melati, Gasang."""
    word = LEVELS[area.level]
    if area.level in ("village", "hamlet") or area.name.casefold().startswith(word.casefold()):
        return area.name
    return f"{word} {area.name}"


def read_names(level: str, text: str) -> tuple[str, ...]:
    """The names typed in one go: `Gasang; Bancah`, or for RW and RT `1-5`, `01, 02`; RW and RT in two digits.

    Doubles are dropped. A range that runs backwards or is longer than MOST_AT_ONCE is taken as a plain name.
    """
    names: list[str] = []
    for part in re.split(r"[;\n]" if level not in NUMBERED else r"[;,\n]", text):
        typed = " ".join(part.split())
        if level in NUMBERED:
            typed = re.sub(rf"^{LEVELS[level]}\s*", "", typed, flags=re.IGNORECASE)
            names += _numbers(typed)
        elif typed:
            names.append(typed)
    return tuple(dict.fromkeys(names))


def numbered(level: str, name: str) -> str:
    """The number of an RW or RT, however it is written: `2`, `02`, `RW 02` and `002` are 02; other names in capitals."""
    words = re.sub(rf"^{LEVELS[level]}[\s.]*", "", name.strip(), flags=re.IGNORECASE)
    return f"{int(words):02d}" if words.isascii() and words.isdigit() else words.upper()


def _numbers(typed: str) -> Sequence[str]:
    span = re.fullmatch(r"([0-9]{1,3})\s*[-–]\s*([0-9]{1,3})", typed)
    if span:
        first, last = int(span[1]), int(span[2])
        if first <= last < first + MOST_AT_ONCE:
            return [f"{number:02d}" for number in range(first, last + 1)]
    if re.fullmatch(r"[0-9]{1,3}", typed):
        return [f"{int(typed):02d}"]
    return [typed] if typed else []
