"""The referral letter (surat rujukan)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ilp_desk.paperwork.common import Field, Letterhead, Paperwork, PatientBlock, Signature


@dataclass(frozen=True)
class Vital:
    """One cell of the table of measurements, unit in the value (`36,7 °C`); notable: printed bold (outside limits)."""

    label: str
    value: str
    notable: bool = False


@dataclass(frozen=True)
class Diagnosis:
    """code: ICD-10, empty for a working diagnosis in words; note: `utama`, `baru`, `suspek` ..."""

    code: str
    name: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ReferralLetter(Paperwork):
    """A4 with tear-off reply slip (PMK 16/2024 Ps 17: both facilities and unit, identity, resume, reason).

    uid: of the document; the QR holds `ILP1:<uid>` and nothing else. kind_line: `RUJUKAN GAWAT DARURAT`.
    contacted: who took the call and what was said. external_number: BPJS or SISRUTE number; "" prints "belum ada,
    menyusul"; None where none is expected. details: further lines beside the address (planned visit, TACC ...).
    valid_until: a date, on outpatient letters. short_number: how the reply slip names the letter.
    added: said on a copy only, what was completed after the letter was issued.
    anamnesis, examination, supporting, therapy, reason, transport: running text, any length, newlines kept.
    """

    kind: ClassVar[str] = "referral"
    title: ClassVar[str] = "Surat rujukan"

    uid: str
    letterhead: Letterhead
    number: str
    short_number: str
    kind_line: str
    to_unit: str
    to_facility: str
    patient: PatientBlock
    diagnoses: tuple[Diagnosis, ...]
    reason: str
    signature: Signature
    contacted: str = ""
    external_label: str = "Nomor BPJS"
    external_number: str | None = None
    details: tuple[Field, ...] = ()
    examined_at: str = ""
    anamnesis: str = ""
    examination: str = ""
    vitals: tuple[Vital, ...] = ()
    supporting: str = ""
    allergies: str = ""
    therapy: str = ""
    transport: str = ""
    consent: str = ""
    added: str = ""
    valid_until: str = ""
