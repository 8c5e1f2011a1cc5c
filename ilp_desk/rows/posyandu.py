"""A posyandu's sheet as it is shown before it is imported, and what it asks the store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ilp_desk.domain.growth.child import Measures
from ilp_desk.domain.growth.posyandu import SheetRow, Swapped
from ilp_desk.domain.person import PersonStatus, Precision
from ilp_desk.rows.question import Question


@dataclass(frozen=True, slots=True)
class ChildRow:
    """A child a row may be about."""

    uid: str
    name: str
    sex: str
    born_on: date | None
    born_precision: Precision
    record_number: str
    status: PersonStatus
    status_on: date | None


@dataclass(frozen=True, slots=True)
class Children(Question[tuple[ChildRow, ...]]):
    """These people, merged ones left out. Any of: uids, NIKs, record numbers, folded name with birth date."""

    uids: tuple[str, ...] = ()
    niks: tuple[str, ...] = ()
    record_numbers: tuple[str, ...] = ()
    names: tuple[tuple[str, date], ...] = ()


@dataclass(frozen=True, slots=True)
class ChildrenBy(Question[Mapping[tuple[str, str], tuple[ChildRow, ...]]]):
    """The same, by what they were asked by: (nik, ...), (record_number, ...), (name, folded and birth date)."""

    asked: Children


class Fate(StrEnum):
    """READY: will be imported. THERE: stands on record already. OTHER: imported before with other figures. CHECK: the
    child has to be confirmed or chosen by hand. WRONG: cannot be imported."""

    READY = "ready"
    THERE = "there"
    OTHER = "other"
    CHECK = "check"
    WRONG = "wrong"


@dataclass(frozen=True, kw_only=True, slots=True)
class PreviewRow:
    """One row of the sheet as understood.

    child: whose it is, empty while nobody is; child_words: `Rizki Ramadhan · 14 bln · RM ...`; sizes: `7,8 kg · 74 cm`;
    judged: `BB/U −2,35 · Gizi kurang`, level: of it; sentence: what is to be done; candidates: who it may be; measures:
    what will be recorded; replaces: uid of the taking an earlier import made.
    """

    row: SheetRow
    fate: Fate
    told: str
    child: str = ""
    child_words: str = ""
    day: str = ""
    sizes: str = ""
    judged: str = ""
    level: str = ""
    sentence: str = ""
    candidates: tuple[ChildRow, ...] = ()
    measures: Measures | None = None
    replaces: str = ""

    @property
    def line(self) -> int:
        return self.row.line


@dataclass(frozen=True, slots=True)
class Preview:
    """A sheet as understood. swapped: columns that seem to have changed places."""

    rows: tuple[PreviewRow, ...]
    swapped: tuple[Swapped, ...]

    def count(self, *fates: Fate) -> int:
        return sum(1 for row in self.rows if row.fate in fates)
