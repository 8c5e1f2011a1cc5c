"""People while they are being registered: likely duplicates, the family behind a KK, the tree of areas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ilp_desk.domain.person import PersonStatus, Sex
from ilp_desk.domain.person_form import PersonForm
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

    numbers: NIK, BPJS, KK, phone, as stored. uids: found by name search. limit: for each of the three ways.
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
class Member:
    """Somebody in a family, as the desk shows it: nothing clinical. relationship: code of codes.toml."""

    uid: str
    name: str
    sex: Sex
    age: str
    relationship: str
    active: bool


@dataclass(frozen=True, slots=True)
class FamilyFound:
    """The family behind a KK or a folder: what a new member takes over. head_name: empty where nobody is its head."""

    uid: str
    kk: str
    head_name: str
    members: tuple[Member, ...]
    area_uid: str | None
    rt: str
    rw: str
    address: str
    folder: str

    @property
    def has_head(self) -> bool:
        return any(m.relationship == "head" and m.active for m in self.members)

    @property
    def mother(self) -> Member | None:
        """Whom a child of this family most likely has for its mother: the wife, or a woman who is the head."""
        women = [m for m in self.members if m.sex is Sex.FEMALE and m.relationship in ("wife", "head")]
        return next((m for m in women if m.relationship == "wife"), women[0] if women else None)


@dataclass(frozen=True, slots=True)
class AreaNode:
    """A part of the catchment, as the form's lists show it."""

    uid: str
    name: str
    level: str
    parent_uid: str | None


@dataclass(frozen=True, slots=True)
class DraftKept:
    """Something typed and never saved. at: 08.41, or 20-11-2026 08.41 where it is older than today."""

    subject: str
    content: Mapping[str, object]
    at: str


@dataclass(frozen=True, slots=True)
class Preparation:
    """What the new-patient sheet needs before the first key. districts: six-digit codes of the facility's villages.

    family_folder: record numbers are those of family folders. drafts: newest first.
    """

    areas: tuple[AreaNode, ...]
    districts: frozenset[str]
    family_folder: bool
    drafts: tuple[DraftKept, ...]


@dataclass(frozen=True, slots=True)
class OpenedPerson:
    """Somebody known, opened to be completed or changed.

    consent: not_asked, agreed or refused, consent_on: when; ongoing: a pregnancy that is not ended stands on record;
    unnamed: a baby or an unknown patient who has no real name yet; former: names this person had before.
    """

    uid: str
    form: PersonForm
    row_version: int
    record_number: str
    status: PersonStatus
    status_text: str
    consent: str
    consent_on: str
    ongoing: bool
    unnamed: bool
    former: tuple[str, ...]
    draft: DraftKept | None


@dataclass(frozen=True, slots=True)
class Household:
    """The family of somebody, to be registered in one go. uid: empty for somebody without one; kk: its last digits."""

    uid: str
    head_name: str
    kk: str
    kk_whole: str
    folder: str
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class SavedPerson:
    """After the commit: number and what is still to be completed."""

    uid: str
    name: str
    record_number: str
    row_version: int
    missing: tuple[str, ...]
