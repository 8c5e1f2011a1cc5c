"""Consent papers. They are printed to be signed: no box on them is ever ticked by the program."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ilp_desk.paperwork.common import Field, Letterhead, Paperwork, PatientBlock


@dataclass(frozen=True)
class ConsentClause:
    """A numbered paragraph. choice: it asks for its own Setuju / Tidak setuju, ticked by hand."""

    heading: str
    text: str
    choice: bool = False


@dataclass(frozen=True, kw_only=True)
class ConsentSigner:
    """Who signs. relation: `Pasien sendiri`, `Suami`, `Ibu kandung`; what is empty becomes a line to write on."""

    name: str = ""
    relation: str = ""
    identity: str = ""
    phone: str = ""
    address: str = ""


@dataclass(frozen=True, kw_only=True)
class GeneralConsent(Paperwork):
    """Persetujuan umum, A4. text_version: of the clauses. release_to: persons who may be told, as far as known.

    place_date: `Maninjau, 21 November 2026`. uid: of the document ("" for none).
    """

    kind: ClassVar[str] = "general_consent"
    title: ClassVar[str] = "Persetujuan umum"

    letterhead: Letterhead
    patient: PatientBlock
    clauses: tuple[ConsentClause, ...]
    text_version: str
    place_date: str
    number: str = ""
    release_to: tuple[Field, ...] = ()
    signer: ConsentSigner = ConsentSigner()
    witness: str = ""
    uid: str = ""


@dataclass(frozen=True, kw_only=True)
class ReferralConsent(Paperwork):
    """Consent to a referral, A4; `ReferralRefusal` is its refusal.

    referral: destination, kind, diagnosis, as lines. explained: what was explained (benefit, risk of going and of
    staying, alternatives, costs). explainer: what stands over the name of who did, `Bidan yang menjelaskan,`. reason:
    of a refusal only, "" leaves a line to write on. time: when it was signed. note: `Dilengkapi setelah keadaan gawat
    darurat tertangani.`
    """

    kind: ClassVar[str] = "referral_consent"
    title: ClassVar[str] = "Persetujuan rujukan"
    refused: ClassVar[bool] = False

    letterhead: Letterhead
    patient: PatientBlock
    referral: tuple[Field, ...]
    explained: tuple[str, ...]
    place_date: str
    explainer: str
    doctor: str
    doctor_identifiers: str = ""
    number: str = ""
    time: str = ""
    signer: ConsentSigner = ConsentSigner()
    witnesses: tuple[str, str] = ("", "")
    reason: str = ""
    note: str = ""
    text_version: str = ""
    uid: str = ""


@dataclass(frozen=True, kw_only=True)
class ReferralRefusal(ReferralConsent):
    """Patient or family refused the referral."""

    kind: ClassVar[str] = "referral_refusal"
    title: ClassVar[str] = "Penolakan rujukan"
    refused: ClassVar[bool] = True
