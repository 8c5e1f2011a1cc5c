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
    """The number of an RW or RT: `2`, `02`, `RW 02` and `002` are 02; other names in capitals."""
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


class Serving:
    """Which posyandu serves whom: the one named by the smallest area around a home, else the only one that stands in
    it."""

    def __init__(self, areas: Iterable[Area]) -> None:
        self._by_uid = {area.uid: area for area in areas}
        self._numbered: dict[tuple[str, str, str], Area] = {}
        standing: dict[str, list[str]] = {}
        for area in self._by_uid.values():
            if area.level in NUMBERED:
                self._numbered[self._place(area)] = area
            elif area.level == "posyandu" and area.parent_uid is not None:
                standing.setdefault(area.parent_uid, []).append(area.uid)
        self._only = {uid: found[0] for uid, found in standing.items() if len(found) == 1}
        self._known: dict[tuple[str, str, str], str | None] = {}

    def posyandu(self, home: str, rw: str, rt: str) -> str | None:
        """The uid of the posyandu of those who live there. home: uid of a hamlet or village; rw, rt: `numbered`."""
        place = home, rw, rt
        if place not in self._known:
            self._known[place] = self._find(*place)
        return self._known[place]

    def _find(self, home: str, rw: str, rt: str) -> str | None:
        around = [self._numbered.get((home, rw, rt)), self._numbered.get((home, rw, "")), self._by_uid.get(home)]
        while around[-1] is not None and around[-1].parent_uid is not None:
            around.append(self._by_uid.get(around[-1].parent_uid))
        for area in around:
            if area is not None and (found := area.posyandu_uid or self._only.get(area.uid)):
                return found
        return None

    def _place(self, area: Area) -> tuple[str, str, str]:
        numbers = {"rw": "", "rt": ""}
        above: Area | None = area
        while above is not None and above.level in NUMBERED:
            numbers[above.level] = numbered(above.level, above.name)
            above = self._by_uid.get(above.parent_uid or "")
        return (above.uid if above is not None else ""), numbers["rw"], numbers["rt"]
