"""A person's record on a few pages (ringkasan riwayat)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ilp_desk.paperwork.common import Field, Letterhead, Paperwork, PatientBlock, Signature


@dataclass(frozen=True, kw_only=True)
class Problem:
    """A known problem: code and name, since when, how it stands (`aktif`, `selesai`)."""

    name: str
    code: str = ""
    since: str = ""
    status: str = ""


@dataclass(frozen=True, kw_only=True)
class VisitLine:
    """One visit: `21-11-2026`, `Poli KIA`, complaint, diagnoses, measures, therapy, who."""

    date: str
    place: str
    complaint: str = ""
    diagnoses: str = ""
    vitals: str = ""
    therapy: str = ""
    performer: str = ""


@dataclass(frozen=True, kw_only=True)
class PatientSummary(Paperwork):
    """A4. identity: lines beyond the patient block (mother, phone, KK, old numbers, consent). allergies: as recorded,
    also `Tidak ada yang diketahui` or `Belum ditanyakan`. pregnancy: the one going on, or nifas; empty without.
    problem_note: said below the problems,
    the like. visits: newest first. purpose: why it was printed.
    """

    kind: ClassVar[str] = "summary"
    title: ClassVar[str] = "Ringkasan riwayat"

    letterhead: Letterhead
    patient: PatientBlock
    allergies: str
    signature: Signature
    identity: tuple[Field, ...] = ()
    problems: tuple[Problem, ...] = ()
    problem_note: str = ""
    pregnancy: str = ""
    visits: tuple[VisitLine, ...] = ()
    purpose: str = ""
    uid: str = ""
