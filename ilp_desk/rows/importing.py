"""What an import asks the store, and how it went."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from ilp_desk.rows.question import Question

Kind = Literal["nik", "record_number", "bpjs", "person"]
"""By what somebody is recognised; person: folded name and birth date (`person_key`)."""


def person_key(folded: str, born_on: date) -> str:
    """The value of the kind `person`."""
    return f"{folded} {born_on.isoformat()}"


@dataclass(frozen=True, slots=True)
class Somebody:
    """Who has a number already. name: as written; folded: as compared; nik: empty where none is known."""

    name: str
    folded: str
    born_on: date | None
    nik: str


@dataclass(frozen=True, slots=True)
class Known:
    """What of a batch is there already: (kind, value) -> everybody who has it."""

    holders: Mapping[tuple[Kind, str], tuple[Somebody, ...]]


@dataclass(frozen=True, slots=True)
class WhatIsKnown(Question[Known]):
    """Looked up for a whole batch at once. names: folded; births: all birth dates of the batch."""

    niks: tuple[str, ...]
    record_numbers: tuple[str, ...]
    bpjs: tuple[str, ...]
    names: tuple[str, ...]
    births: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """How an import went, or would go, in rows.

    seen: read; added; skipped: already there, the same person; wrong: refused, also where a number belongs to somebody
    else. Of those added: suspected: like somebody who is there; noted: something was left empty or put elsewhere;
    unplaced: the village or hamlet is not in the area tree. places: its name and rows, the most frequent first.
    """

    seen: int = 0
    added: int = 0
    skipped: int = 0
    wrong: int = 0
    suspected: int = 0
    noted: int = 0
    unplaced: int = 0
    places: tuple[tuple[str, int], ...] = ()

    @property
    def remarked(self) -> bool:
        """Whether there is anything to say about single rows."""
        return bool(self.wrong or self.skipped or self.suspected or self.noted)


def counts_text(report: ImportReport, *, dry: bool) -> str:
    """The figures in one sentence."""
    return (
        f"{report.seen} baris: {report.added} {'akan ditambahkan' if dry else 'ditambahkan'} "
        f"({report.suspected} diduga ganda, {report.noted} dengan catatan), "
        f"{report.skipped} sudah ada, {report.wrong} ditolak."
    )


def facts_text(report: ImportReport, *, dry: bool) -> str:
    """The figures of earlier facts in one sentence."""
    added = "akan ditambahkan" if dry else "ditambahkan"
    return f"{report.seen} baris: {report.added} {added}, {report.skipped} sudah ada, {report.wrong} ditolak."


def places_text(report: ImportReport) -> str:
    """The villages and hamlets that are not ours; empty where there are none."""
    if not report.unplaced:
        return ""
    named = "; ".join(f"{name} ({rows})" for name, rows in report.places)
    more = "; dan lainnya" if sum(rows for _, rows in report.places) < report.unplaced else ""
    return (
        f"{report.unplaced} baris dengan desa atau dusun tidak dikenal: {named}{more}. "
        "Bila termasuk wilayah kerja, tambahkan dulu di Manajemen, Wilayah."
    )
