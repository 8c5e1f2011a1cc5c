"""How record numbers are written: running (`00-12-47`), or by family folder (`WW-FFFF-SS`).

WW: village, FFFF: serial of the family in it, SS: place in the family. Source: practice of Puskesmas; which digits
stand for which place differs between them and is site data (`RelationshipCode`).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from ilp_desk.domain.text.identifiers import record_key

RUNNING = "running"
FAMILY_FOLDER = "family_folder"
SEPARATORS = ("", "-", ".")
SPOUSES = frozenset({"wife", "husband"})
"""One table row serves both: who is not the head is the spouse."""
FIRST_OTHER = 10
"""Whoever finds no place in the table gets the first free digits from here."""


class Place(Protocol):
    """A row of the site's table: two digits, and the family relationship they are for."""

    @property
    def code(self) -> str: ...

    @property
    def standard(self) -> str: ...


@dataclass(frozen=True, slots=True)
class FolderNumber:
    """A number of the family-folder scheme, taken apart."""

    village: str
    serial: str
    place: str

    @property
    def folder(self) -> str:
        return f"{self.village}-{self.serial}"


def running_number(serial: int, width: int, separator: str = "") -> str:
    """`running_number(1247, 6, "-")` is 00-12-47: at least `width` digits, in pairs from the right."""
    digits = f"{serial:0{width}d}"
    if not separator:
        return digits
    first = len(digits) % 2
    pairs = [digits[at : at + 2] for at in range(first, len(digits), 2)]
    return separator.join([digits[:first], *pairs] if first else pairs)


def running_serial(text: str, width: int) -> int | None:
    """The serial of a running number however it is separated; None: not one (letters, or more digits than `width`)."""
    key = record_key(text)
    return int(key) if key.isascii() and key.isdigit() and len(key) <= width else None


def folder_number(village: str, serial: int, width: int = 4) -> str:
    """`folder_number("01", 12)` is 01-0012."""
    return f"{village}-{serial:0{width}d}"


def read_folder_number(text: str, width: int = 4) -> FolderNumber | None:
    """A number of the family-folder scheme however it is separated; None: not one."""
    key = record_key(text)
    if not (key.isascii() and key.isdigit() and len(key) == width + 4):
        return None
    return FolderNumber(key[:2], key[2:-2], key[-2:])


def place_codes(relationship: str, table: Sequence[Place], taken: Collection[str]) -> tuple[str, ...]:
    """Two-digit codes for one more member of a family, best first; without those taken. Empty: the folder is full.

    First the codes of this relationship in the order of the table, then those of other relatives, then digits from
    FIRST_OTHER that the table says nothing about.
    """
    wanted = SPOUSES if relationship in SPOUSES else {relationship}
    own = [row.code for row in table if row.standard in wanted]
    named = {row.code for row in table}
    unnamed = [f"{n:02d}" for n in range(FIRST_OTHER, 100) if f"{n:02d}" not in named]
    others = [row.code for row in table if row.standard in {"relative", "other"}]
    return tuple(code for code in dict.fromkeys([*own, *others, *unnamed]) if code not in taken)
