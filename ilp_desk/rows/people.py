"""People while they are being registered: likely duplicates, the family behind a KK, the tree of areas."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ilp_desk.domain.text.matching import Identity, Level
from ilp_desk.rows.question import Question


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody registered who may be the one being typed."""

    uid: str
    identity: Identity
    record_number: str
    area: str


@dataclass(frozen=True, slots=True)
class Candidates(Question[tuple[Candidate, ...]]):
    """People who share a number, or a birth date or likely name, with what is typed; at most some dozens.

    numbers: NIK, BPJS, KK, phone, as stored. uids: found by name search.
    """

    numbers: tuple[str, ...] = ()
    born: date | None = None
    uids: tuple[str, ...] = ()
    limit: int = 60


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A likely duplicate with its reasons in words."""

    uid: str
    name: str
    sex: str
    born: str
    record_number: str
    mother: str
    area: str
    level: Level
    same_nik: bool
    reasons: str


@dataclass(frozen=True, slots=True)
class FamilyFound:
    """The family behind a KK: what a new member takes over."""

    uid: str
    kk: str
    head_name: str
    members: tuple[str, ...]
    area_uid: str | None
    rt: str
    rw: str
    address: str
    folder: str


@dataclass(frozen=True, slots=True)
class AreaNode:
    """A part of the catchment, as the form's lists show it."""

    uid: str
    name: str
    level: str
    parent_uid: str | None


@dataclass(frozen=True, slots=True)
class SavedPerson:
    """After the commit: number and what is still to be completed."""

    uid: str
    name: str
    record_number: str
    row_version: int
    missing: tuple[str, ...]
