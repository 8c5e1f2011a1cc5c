"""Daftar panggil: whom a kader is to call in, by RT."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ilp_desk.paperwork.common import Letterhead, Paperwork


@dataclass(frozen=True, kw_only=True)
class RecallEntry:
    """One person. who: `9 bln · P · ibu Rina`; services: names anybody may read; since: `terlambat 5 bln`."""

    name: str
    who: str
    address: str
    services: str
    since: str
    late: bool
    last_visit: str = ""
    contact: str = ""


@dataclass(frozen=True, kw_only=True)
class RecallBlock:
    """The people of one RT. title: `RT 02 / RW 01, Sungai Batang`."""

    title: str
    entries: tuple[RecallEntry, ...]


@dataclass(frozen=True, kw_only=True)
class RecallList(Paperwork):
    """A4. group: `Balita: imunisasi dan timbang`; area: where; counts: `38 terlambat · 61 waktunya bulan ini`;
    printed: who printed it and when."""

    kind: ClassVar[str] = "recall_list"
    title: ClassVar[str] = "Daftar panggil"

    letterhead: Letterhead
    group: str
    area: str
    counts: str
    day: str
    printed: str
    blocks: tuple[RecallBlock, ...]
