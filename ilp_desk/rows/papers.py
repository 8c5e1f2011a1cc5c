"""Papers and referrals as lists show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from ilp_desk.domain.document import Referral, ReferralState
from ilp_desk.domain.referral_rules import Clash
from ilp_desk.rows.question import Question


@dataclass(frozen=True, slots=True)
class ReferralRow:
    """One referral letter of the list. issued_on: the service date; waits: days since then without a reply; late: that
    is too long. consent: agreed, refused, or empty while it is to be completed."""

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
    late: bool


@dataclass(frozen=True, slots=True)
class Referrals(Question[tuple[ReferralRow, ...]]):
    """Letters newest first. text: in number, name, record number or destination; states: empty means all.

    late_before: open letters of an earlier service date are late; late: only those. document_uid: the letter a scanned
    code stands for. before: uid of the last row of the page before.
    """

    today: date
    late_before: date
    text: str = ""
    states: tuple[ReferralState, ...] = ()
    visit_uid: str = ""
    person_uid: str = ""
    document_uid: str = ""
    before: str = ""
    late: bool = False
    limit: int = 50


@dataclass(frozen=True, slots=True)
class ReferralCounts:
    """How many letters stand in each state; late: open ones whose reply takes too long."""

    states: dict[ReferralState, int]
    late: int


@dataclass(frozen=True, slots=True)
class CountReferrals(Question[ReferralCounts]):
    """late_before as in `Referrals`."""

    late_before: date


@dataclass(frozen=True, slots=True)
class ReferralDetail:
    """One referral beside the list. issued: `21-11-2026 09.05`; consent: who agreed, in words; consent_open: it is
    still to be completed; kin: the responsible person on record, to be offered as signer; clinical: False where
    diagnosis and reply are kept from the reader; draft, consent_draft: a reply and a consent the reader left
    unfinished."""

    referral: Referral
    number: str
    kind: str
    issued: str
    issued_on: date
    signer: str
    name: str
    sex: str
    age: str
    record_number: str
    kin: str
    kin_relation: str
    consent: str
    consent_open: bool
    waits: int
    late: bool
    clinical: bool
    copies: int
    void_reason: str
    draft: Mapping[str, object] | None = None
    consent_draft: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True)
class Destination:
    """A facility of the directory, for the letter. units: to whom there a letter may be addressed, in words."""

    uid: str
    name: str
    kind: str
    city: str
    phone: str
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LetterStart:
    """What a new letter of an open visit starts from: field code -> text, taken from what stands in the record.

    diagnoses: (code, title, primary). measured: (label, value, notable). clashes: contradictions among the diagnoses.
    units: to whom a letter may be addressed anywhere. signers: uid and name of who may sign; signer_uid: who does
    unless somebody else is chosen, or empty. kin: the responsible person on record. red: an emergency, or a red alarm
    stands, answered or not. before: letters of this visit that are not voided.
    """

    person_uid: str
    visit_uid: str
    name: str
    sex: str
    age: str
    record_number: str
    jkn: bool
    fields: dict[str, str]
    diagnoses: tuple[tuple[str, str, bool], ...]
    allergy_words: str
    allergic: bool
    measured: tuple[tuple[str, str, bool], ...]
    measured_at: str
    clashes: tuple[Clash, ...]
    destinations: tuple[Destination, ...]
    units: tuple[str, ...]
    signers: tuple[tuple[str, str], ...]
    signer_uid: str
    kin: str
    kin_relation: str
    red: bool
    before: tuple[ReferralRow, ...]


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
