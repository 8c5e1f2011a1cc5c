"""The result of a screening instrument on one sheet (hasil skrining)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ilp_desk.paperwork.common import Field, Letterhead, Paperwork, PatientBlock, Signature


@dataclass(frozen=True, kw_only=True)
class GivenAnswer:
    """One item as it was answered. group: its domain, or empty; points: as they count, empty where they do not."""

    text: str
    answer: str
    group: str = ""
    points: str = ""


@dataclass(frozen=True, kw_only=True)
class ResultSheet(Paperwork):
    """A4. instrument: its full name; version: `versi 2026.1, redaksi singkat, belum redaksi resmi`; asked: when and by
    whom; band: what the result is called; score: `Skor AKS 9 dari 20`; scores: further ones; warnings: what rose
    whatever the score; acts: what to do next; follow: the instruments that come next, with their reasons."""

    kind: ClassVar[str] = "result"
    title: ClassVar[str] = "Hasil skrining"

    letterhead: Letterhead
    patient: PatientBlock
    instrument: str
    version: str
    asked: str
    band: str
    score: str
    answers: tuple[GivenAnswer, ...]
    signature: Signature
    scores: tuple[Field, ...] = ()
    warnings: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    follow: tuple[str, ...] = ()
    note: str = ""
    uid: str = ""
