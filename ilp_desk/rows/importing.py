"""What an import asks the store: which numbers are known already."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ilp_desk.rows.question import Question


@dataclass(frozen=True, slots=True)
class Known:
    """What of a batch is there already: NIK, record numbers, BPJS -> person; KK -> family; (name, birth) -> person."""

    niks: dict[str, str]
    record_numbers: dict[str, str]
    bpjs: dict[str, str]
    families: dict[str, str]
    people: dict[tuple[str, date], str]


@dataclass(frozen=True, slots=True)
class WhatIsKnown(Question[Known]):
    """Looked up for a whole batch at once. births: all birth dates of the batch; names are compared folded."""

    niks: tuple[str, ...]
    record_numbers: tuple[str, ...]
    bpjs: tuple[str, ...]
    kks: tuple[str, ...]
    births: tuple[date, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """How an import went, or would go. duplicates: (line, what it is like); errors: (line, reasons).

    seen: rows read; added, skipped (already there with the same NIK or record number), wrong.
    """

    seen: int = 0
    added: int = 0
    skipped: int = 0
    wrong: int = 0
    suspected: int = 0
