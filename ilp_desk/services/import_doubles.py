"""Whether a row of an import is somebody who is there already: in the database, or earlier in the same file.

A dry run stores nothing, so the file is always looked at first, from memory: then it tells the same as the real run.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from ilp_desk.domain.import_rows import ImportRow
from ilp_desk.domain.text.names import fold
from ilp_desk.rows.importing import Kind, Known, person_key

UNIQUE: tuple[Kind, ...] = ("nik", "record_number")
"""Numbers of one person only."""
LIKENESS: dict[Kind, str] = {"bpjs": "No. BPJS sama", "person": "nama mirip dan tanggal lahir sama"}
WORDS: dict[Kind, str] = {"nik": "NIK", "record_number": "No. RM"}


class Fate(StrEnum):
    """What becomes of a row. SUSPECTED is added all the same; THERE: the same person, skipped."""

    ADDED = "added"
    SUSPECTED = "suspected"
    THERE = "there"
    REFUSED = "refused"

    @property
    def kept(self) -> bool:
        return self in (Fate.ADDED, Fate.SUSPECTED)


@dataclass(frozen=True, slots=True)
class Who:
    """Enough of somebody to be told from others. name, nik: digests; born: ordinal; 0: not known. where: for people."""

    name: int
    born: int
    nik: int
    where: str


class Holders(Protocol):
    def holders(self, kind: Kind, value: str) -> tuple[Who, ...]: ...


class Digests:
    """Digest -> row number: an open-addressed table in two arrays, a third of the memory of a dict."""

    def __init__(self, slots: int = 1024) -> None:
        self._digests, self._rows, self._count = array("q", [0]) * slots, array("i", [0]) * slots, 0

    def find(self, digest: int) -> int | None:
        """The row, or None."""
        slot = self._slot(digest)
        return self._rows[slot] if self._digests[slot] else None

    def add(self, digest: int, row: int) -> None:
        """Note a digest (not 0); the first row that has it stays."""
        if 2 * self._count >= len(self._digests):
            self._grow()
        slot = self._slot(digest)
        if not self._digests[slot]:
            self._digests[slot], self._rows[slot] = digest, row
            self._count += 1

    def _slot(self, digest: int) -> int:
        """Where the digest stands, or the free place where it would."""
        slots = len(self._digests)
        slot = digest % slots
        while self._digests[slot] not in (0, digest):
            slot = (slot + 1) % slots
        return slot

    def _grow(self) -> None:
        bigger = Digests(2 * len(self._digests))
        for digest, row in zip(self._digests, self._rows):
            if digest:
                bigger.add(digest, row)
        self._digests, self._rows = bigger._digests, bigger._rows


class Seen:
    """Who the file held so far. Digests instead of texts: 1,000,000 rows with all four numbers take some 150 MB."""

    def __init__(self) -> None:
        self._found = Digests()
        self._lines, self._borns = array("i"), array("i")
        self._names, self._niks = array("q"), array("q")

    def add(self, row: ImportRow) -> None:
        """Remember a row that is imported."""
        who, number = who_is(row), len(self._lines)
        self._lines.append(row.line)
        self._borns.append(who.born)
        self._names.append(who.name)
        self._niks.append(who.nik)
        for kind, value in keys_of(row).items():
            self._found.add(_digest(kind + value), number)

    def holders(self, kind: Kind, value: str) -> tuple[Who, ...]:
        number = self._found.find(_digest(kind + value))
        if number is None:
            return ()
        where = f"baris {self._lines[number]}"
        return (Who(self._names[number], self._borns[number], self._niks[number], where),)


@dataclass(frozen=True, slots=True)
class Stored:
    """Those of a batch who are in the database."""

    known: Known

    def holders(self, kind: Kind, value: str) -> tuple[Who, ...]:
        return tuple(
            Who(_digest(s.folded), s.born_on.toordinal() if s.born_on else 0, _digest(s.nik), s.name)
            for s in self.known.holders.get((kind, value), ())
        )


def who_is(row: ImportRow) -> Who:
    """The person of a row that can be read."""
    birth = row.reading.birth
    born = birth.day.toordinal() if birth else 0
    return Who(_digest(fold(row.reading.name)), born, _digest(row.reading.nik), f"baris {row.line}")


def keys_of(row: ImportRow) -> dict[Kind, str]:
    """By what this person is recognised; only what the row has."""
    read = row.reading
    person = person_key(fold(read.name), read.birth.day) if read.birth else ""
    every: dict[Kind, str] = {
        "nik": read.nik,
        "record_number": row.record_number,
        "bpjs": read.bpjs,
        "person": person,
    }
    return {kind: value for kind, value in every.items() if value}


def judge(row: ImportRow, places: tuple[Holders, ...]) -> tuple[Fate, tuple[str, ...]]:
    """What becomes of a row, and the sentences about it. places: where to look for the same person, in this order."""
    if row.problems:
        return Fate.REFUSED, row.problems
    me, keys = who_is(row), keys_of(row)
    for place in places:
        for kind in UNIQUE:
            others = place.holders(kind, keys[kind]) if kind in keys else ()
            same = next((other for other in others if not _another(kind, me, other)), None)
            if same is not None:
                return Fate.THERE, (f"Sudah ada: {WORDS[kind]} sama dengan {same.where}.",)
            if others:
                whose = others[0].where
                return Fate.REFUSED, (f"{WORDS[kind]} ini milik orang lain: {whose}. Periksa kartunya, lalu betulkan.",)
    for place in places:
        for kind, words in LIKENESS.items():
            others = place.holders(kind, keys[kind]) if kind in keys else ()
            if others:
                return Fate.SUSPECTED, (f"Mungkin ganda: {words} dengan {others[0].where}.", *row.notes)
    return Fate.ADDED, row.notes


def _another(kind: Kind, me: Who, other: Who) -> bool:
    """Whether the holder of the same number is somebody else. A NIK is trusted more: names are often misspelt."""
    name, born = _differ(me.name, other.name), _differ(me.born, other.born)
    if kind == "nik":
        return name and born
    return name or born or _differ(me.nik, other.nik)


def _differ(one: int, other: int) -> bool:
    return one != other and 0 not in (one, other)


def _digest(text: str) -> int:
    """64 bits, with which millions of texts do not meet; 0 stands for no text."""
    return hash(text)
