"""Papers and referrals as lists show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from ilp_desk.domain.document import ReferralState
from ilp_desk.domain.referral_rules import Clash
from ilp_desk.rows.question import Question


@dataclass(frozen=True, slots=True)
class ReferralRow:
    """One referral letter of the list. age and sex as words; waits: days since issue without a reply."""

    uid: str
    row_version: int
    document_uid: str
    person_uid: str
    visit_uid: str
    number: str
    issued_on: date
    name: str
    record_number: str
    kind: str
    destination: str
    specialty: str
    diagnosis: str
    state: ReferralState
    external_number: str
    consent: str
    waits: int


@dataclass(frozen=True, slots=True)
class Referrals(Question[tuple[ReferralRow, ...]]):
    """Letters newest first. text: in number, name, record number or destination; states: empty means all.

    before: issued_at and uid of the last row of the page before.
    """

    today: date
    text: str = ""
    states: tuple[ReferralState, ...] = ()
    visit_uid: str = ""
    person_uid: str = ""
    before: tuple[datetime, str] | None = None
    limit: int = 50


@dataclass(frozen=True, slots=True)
class Destination:
    """A facility of the directory, for the letter."""

    uid: str
    name: str
    kind: str
    city: str
    phone: str
    specialties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LetterStart:
    """What a new letter of an open visit starts from: field code -> text, taken from what stands in the record.

    diagnoses: (code, title, primary). clashes: contradictions among them. signers: uid and name of who may sign.
    """

    person_uid: str
    visit_uid: str
    name: str
    age_sex: str
    record_number: str
    fields: dict[str, str]
    diagnoses: tuple[tuple[str, str, bool], ...]
    allergy_words: str
    vitals_at: str
    clashes: tuple[Clash, ...]
    destinations: tuple[Destination, ...]
    signers: tuple[tuple[str, str], ...]
    signer_uid: str
    red: bool


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A paper that was issued: kind, number, when, by whom; void says why."""

    uid: str
    kind: str
    number: str
    issued_at: datetime
    by: str
    copies: int
    void: str


@dataclass(frozen=True, slots=True)
class Documents(Question[tuple[DocumentRow, ...]]):
    """Papers of a person or a visit, newest first, voided ones included."""

    person_uid: str = ""
    visit_uid: str = ""


@dataclass(frozen=True, slots=True)
class Issued:
    """A letter that stands: its document, its number and its pages."""

    referral_uid: str
    document_uid: str
    number: str
    pdf: bytes
    missing: tuple[str, ...]

    @property
    def name(self) -> str:
        """For a file: the number without signs a file system refuses."""
        return self.number.replace("/", "-")
