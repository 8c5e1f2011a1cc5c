"""People and families as the desk knows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from ilp_desk.domain.record import Record


class Sex(StrEnum):
    MALE = "L"
    FEMALE = "P"
    UNKNOWN = "?"


class Precision(StrEnum):
    """How well a date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    ESTIMATED = "estimated"


class PersonStatus(StrEnum):
    """Anything but ACTIVE stops due lists, recall and family hints, reversibly."""

    ACTIVE = "active"
    DEAD = "dead"
    MOVED = "moved"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True, slots=True)
class Person(Record):
    """One human being.

    sex: at birth, as on the identity card. born_on: the date, or the first day of the month or year it is known by
    (`born_precision`). record_number: this Puskesmas' own number, given at commit. area_uid: the smallest known part of
    the catchment's tree; outside: text for those who live elsewhere (then area_uid is None).
    baby_of: uid of the mother of a child not named yet. complete: False = "lengkapi nanti".
    """

    name: str
    sex: Sex
    born_on: date | None = None
    born_precision: Precision = Precision.DAY
    birth_place: str = ""
    nik: str = ""
    nik_shared_reason: str = ""
    bpjs: str = ""
    phone: str = ""
    record_number: str = ""
    mother_name: str = ""
    mother_uid: str | None = None
    birth_order: int | None = None
    family_uid: str | None = None
    relationship: str = ""
    area_uid: str | None = None
    outside: str = ""
    address: str = ""
    rt: str = ""
    rw: str = ""
    payer: str = ""
    payer_fktp: str = "unknown"
    payer_status: str = "unknown"
    payer_checked_at: datetime | None = None
    payer_checked_by: str | None = None
    occupation: str = ""
    education: str = ""
    religion: str = ""
    marital_status: str = ""
    disability: str = ""
    responsible_name: str = ""
    responsible_relation: str = ""
    responsible_phone: str = ""
    allergy_state: str = "not_asked"
    problem_state: str = "not_asked"
    status: PersonStatus = PersonStatus.ACTIVE
    status_on: date | None = None
    status_place: str = ""
    status_source: str = ""
    identity: str = "known"
    complete: bool = True
    merged_into: str | None = None

    @property
    def active(self) -> bool:
        return self.status is PersonStatus.ACTIVE


@dataclass(frozen=True, kw_only=True, slots=True)
class Family(Record):
    """A household. kk: 16 digits or empty; folder: its number in the family-folder scheme (WW-FFFF), else empty."""

    kk: str = ""
    head_name: str = ""
    area_uid: str | None = None
    address: str = ""
    rt: str = ""
    rw: str = ""
    folder: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class FamilyMembership(Record):
    """That a person belonged to a family from a day to a day (open: `until` is None); moving keeps the history."""

    person_uid: str
    family_uid: str
    relationship: str = ""
    since: date
    until: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class OldNumber(Record):
    """A record number somebody had before: in an older system, a family folder, another scheme. Searchable."""

    person_uid: str
    number: str
    origin: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class NotSamePerson(Record):
    """Two people were judged to be different, so the duplicate warning stays quiet about this pair."""

    person_uid: str
    other_uid: str
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Consent(Record):
    """An answer to a consent text.

    kind: general, data, referral; answer: agreed, refused; text_version: which text was shown; signer and relation: who
    signed; witness: name; visit_uid: where it belongs to one visit (referral). clauses: of the clauses answered by
    themselves, code -> agreed, refused. note: why it was refused.
    """

    person_uid: str
    kind: str
    answer: str
    signer: str
    relation: str
    witness: str = ""
    text_version: str
    visit_uid: str | None = None
    clauses: dict[str, str] | None = None
    note: str = ""
