"""Who works here, in which roles, and what each role may do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ilp_desk.domain.record import Record


class Role(StrEnum):
    REGISTRATION = "registration"
    NURSE = "nurse"
    MIDWIFE = "midwife"
    DOCTOR = "doctor"
    DENTIST = "dentist"
    LABORATORY = "laboratory"
    PHARMACY = "pharmacy"
    HEAD = "head"
    ADMIN = "admin"
    AUDITOR = "auditor"


ROLE_LABELS = {
    Role.REGISTRATION: "Pendaftaran",
    Role.NURSE: "Perawat",
    Role.MIDWIFE: "Bidan",
    Role.DOCTOR: "Dokter",
    Role.DENTIST: "Dokter gigi",
    Role.LABORATORY: "Laboratorium",
    Role.PHARMACY: "Farmasi",
    Role.HEAD: "Kepala Puskesmas",
    Role.ADMIN: "Admin",
    Role.AUDITOR: "Auditor",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Staff(Record):
    """A person who works here. password: Argon2id hash, never the word itself; failures: wrong tries in a row."""

    name: str
    username: str
    roles: tuple[Role, ...]
    profession: str = ""
    sip: str = ""
    nip: str = ""
    password: str = ""
    must_change: bool = False
    active: bool = True
    failures: int = 0
    locked_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, as what, and where: every command carries one."""

    staff_uid: str
    name: str
    roles: frozenset[Role]
    desk: str

    @property
    def clinician(self) -> bool:
        return bool(self.roles & CLINICIANS)


CLINICIANS = frozenset({Role.NURSE, Role.MIDWIFE, Role.DOCTOR, Role.DENTIST})
CARE = CLINICIANS | {Role.LABORATORY, Role.PHARMACY}
EVERYONE = frozenset(Role)
DESK = frozenset({Role.REGISTRATION, Role.NURSE, Role.MIDWIFE, Role.DOCTOR, Role.DENTIST})
MANAGERS = frozenset({Role.HEAD, Role.ADMIN})
