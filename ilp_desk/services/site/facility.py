"""The facility itself, how far its set-up is, and which reference files it works by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from ilp_desk.domain.person_form import tidy
from ilp_desk.domain.record import new_uid
from ilp_desk.domain.site import Area, Facility, ServicePoint
from ilp_desk.domain.staff import EVERYONE, MANAGERS, Staff
from ilp_desk.domain.text.dates import day_text, time_text
from ilp_desk.errors import Conflict, InvalidInput, UserError
from ilp_desk.paperwork import QueueTicket
from ilp_desk.ports import UnitOfWork
from ilp_desk.rows.site import SetupProgress
from ilp_desk.work import Service, command, question

ZONES: Mapping[str, str] = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}
IDLE_MINUTES = range(1, 61)
LARGEST_LOGO = 1_000_000
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")


@dataclass(frozen=True, kw_only=True, slots=True)
class FacilityForm:
    """What is typed about the facility; logos as PNG or JPEG. ticket_services: open services on the queue ticket."""

    name: str
    code: str = ""
    authority: str = ""
    department: str = ""
    address: str = ""
    phone: str = ""
    city: str = ""
    zone: str = "Asia/Jakarta"
    letter_code: str = "PKM"
    letter_prefix: str = "440"
    head_uid: str | None = None
    logo_left: bytes | None = None
    logo_right: bytes | None = None
    ticket_note: str = ""
    ticket_services: bool = False


class FacilityActs(Service):
    @question("site.facility", EVERYONE)
    def facility(self, uow: UnitOfWork) -> Facility | None:
        """The facility in force, None before the set-up."""
        return _current(uow)

    @command("site.save_facility", MANAGERS)
    def save_facility(self, uow: UnitOfWork, form: FacilityForm, seen: str = "") -> Facility:
        """Put the facility in force as typed; the first time the set-up goes on until `finish_setup`.

        seen: uid of the facility that was shown. Raises InvalidInput, Conflict.
        """
        values = _checked(form)
        if form.head_uid is not None:
            uow.get(Staff, form.head_uid)
        known = _current(uow)
        if known is None:
            saved = uow.add(Facility(uid=new_uid(), ready=False, **values))
        elif seen not in ("", known.uid):
            raise Conflict
        else:
            saved = uow.amend(known, **values)
        return _said(uow, saved)

    @command("site.save_idle", MANAGERS)
    def save_idle(self, uow: UnitOfWork, minutes: int) -> Facility:
        """After how many minutes without a key the desk locks itself. Raises InvalidInput."""
        if minutes not in IDLE_MINUTES:
            raise InvalidInput("idle", f"Isi {IDLE_MINUTES[0]} sampai {IDLE_MINUTES[-1]} menit.")
        return _said(uow, uow.amend(_must(uow), idle_minutes=minutes))

    @question("site.setup_progress", EVERYONE)
    def setup_progress(self, uow: UnitOfWork) -> SetupProgress:
        """How far the first set-up is."""
        known = _current(uow)
        staff = uow.all(Staff, active=True)
        return SetupProgress(
            facility=known is not None,
            villages=len(uow.all(Area, level="village")),
            points=len(uow.all(ServicePoint, active=True)),
            managers=sum(1 for s in staff if MANAGERS & set(s.roles) and s.password),
            ready=known is not None and known.ready,
        )

    @command("site.finish_setup", MANAGERS)
    def finish_setup(self, uow: UnitOfWork) -> Facility:
        """The recovery code was typed back: the desk opens from now on. Raises UserError where something is missing."""
        known = _must(uow)
        if not uow.all(Area, level="village"):
            raise UserError("Isi sedikitnya satu desa atau nagari di wilayah kerja.")
        if not uow.all(ServicePoint, active=True):
            raise UserError("Pilih sedikitnya satu titik layanan.")
        if not any(MANAGERS & set(s.roles) and s.password for s in uow.all(Staff, active=True)):
            raise UserError("Buat akun admin atau kepala dengan kata sandi.")
        return known if known.ready else _said(uow, uow.amend(known, ready=True))

    @question("site.test_ticket", MANAGERS)
    def test_ticket(self, uow: UnitOfWork, width_mm: int) -> bytes:
        """A queue ticket nobody has, as printer commands, to try a printer with."""
        now = self.tools.clock.local(uow.now)
        ticket = QueueTicket(
            facility=_must(uow).name,
            number="A-000",
            cluster_letter="A",
            cluster_name="Uji printer",
            service_point="Kertas uji, bukan nomor antrean",
            issued_at=f"{day_text(now.date())} {time_text(now)}",
            width_mm=width_mm,
        )
        return self.tools.renderer.escpos(ticket, width_mm)


def _current(uow: UnitOfWork) -> Facility | None:
    found = uow.all(Facility)
    return found[-1] if found else None


def _must(uow: UnitOfWork) -> Facility:
    known = _current(uow)
    if known is None:
        raise UserError("Isi dulu data Puskesmas.")
    return known


def _said(uow: UnitOfWork, saved: Facility) -> Facility:
    uow.about(saved.uid)
    uow.announce("site", saved.uid)
    return saved


def _checked(form: FacilityForm) -> dict[str, Any]:
    values: dict[str, Any] = {
        field.name: tidy(value) if isinstance(value := getattr(form, field.name), str) else value
        for field in fields(form)
        if field.name != "head_uid"
    }
    values["head_uid"] = form.head_uid
    if not values["name"]:
        raise InvalidInput("name", "Isi nama Puskesmas.")
    if not values["letter_code"]:
        raise InvalidInput("letter_code", "Isi kode untuk nomor surat, misalnya PKM-MNJ.")
    if form.zone not in ZONES:
        raise InvalidInput("zone", "Pilih WIB, WITA, atau WIT.")
    for side in ("logo_left", "logo_right"):
        picture = values[side]
        if picture is not None and (len(picture) > LARGEST_LOGO or not picture.startswith(_PICTURES)):
            raise InvalidInput(side, "Logo harus gambar PNG atau JPEG, paling besar 1 MB. Pilih berkas lain.")
    return values
