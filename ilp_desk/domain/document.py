"""Papers that left the desk, and the referral behind a letter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from ilp_desk.domain.record import Record


class ReferralState(StrEnum):
    ISSUED = "issued"
    SENT = "sent"
    RECEIVED = "received"
    REPLIED = "replied"
    CLOSED = "closed"
    VOIDED = "voided"


@dataclass(frozen=True, kw_only=True, slots=True)
class Document(Record):
    """A numbered paper with frozen content: a reprint draws `content` again and says SALINAN.

    kind: referral, sick_note, consent, card ...; number: as printed; serial: the counter behind it, per kind and year;
    form_version: which layout; copies: how often it was printed.
    """

    kind: str
    person_uid: str
    visit_uid: str | None = None
    number: str = ""
    serial: int = 0
    year: int = 0
    form_version: str = "1"
    content: dict[str, object]
    issued_at: datetime
    issued_by: str = ""
    copies: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Referral(Record):
    """A referral from letter to reply.

    kind: code of referral_kinds.toml (emergency, vertical, horizontal, diagnostic). external_number: of BPJS or
    SISRUTE, stored, never minted here. consent_uid: the answer of patient or family (None: an emergency completes it
    later). reply_*: what came back, typed.
    """

    person_uid: str
    visit_uid: str
    document_uid: str
    kind: str
    destination: str
    destination_uid: str | None = None
    specialty: str = ""
    diagnosis_code: str
    diagnosis_title: str
    state: ReferralState = ReferralState.ISSUED
    valid_until: date | None = None
    external_number: str = ""
    consent_uid: str | None = None
    reply_on: date | None = None
    reply_diagnosis: str = ""
    reply_therapy: str = ""
    reply_plan: str = ""
    reply_doctor: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class PrintJob(Record):
    """One paper sent, or to be sent, to one printer. state: waiting, sent, failed; error in words."""

    what: str
    subject_uid: str
    printer: str
    state: str = "waiting"
    copies: int = 1
    error: str = ""
