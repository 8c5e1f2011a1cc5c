"""The directory of facilities people are referred to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ilp_desk.domain.person_form import tidy
from ilp_desk.domain.record import new_uid
from ilp_desk.domain.site import Partner
from ilp_desk.domain.staff import EVERYONE, MANAGERS
from ilp_desk.errors import Conflict, InvalidInput
from ilp_desk.ports import UnitOfWork
from ilp_desk.work import Service, command, question

KINDS: Mapping[str, str] = {
    "hospital": "Rumah sakit",
    "puskesmas": "Puskesmas",
    "clinic": "Klinik",
    "laboratory": "Laboratorium",
}
FARTHEST_KM = 2000


@dataclass(frozen=True, kw_only=True, slots=True)
class PartnerForm:
    """A partner as typed. uid empty: a new one; specialties: codes; distance_km: as typed, may be empty."""

    uid: str = ""
    name: str
    kind: str = "hospital"
    code: str = ""
    city: str = ""
    address: str = ""
    phone: str = ""
    specialties: tuple[str, ...] = ()
    distance_km: str = ""


class PartnerActs(Service):
    @question("site.partners", EVERYONE)
    def partners(self, uow: UnitOfWork) -> tuple[Partner, ...]:
        """The whole directory, those in use first, in order."""
        return tuple(sorted(uow.all(Partner), key=lambda p: (not p.active, p.position, p.name.casefold())))

    @command("site.save_partner", MANAGERS)
    def save_partner(self, uow: UnitOfWork, form: PartnerForm, row_version: int = 0) -> Partner:
        """Add or change a partner. Raises InvalidInput, Conflict."""
        name = tidy(form.name)
        if not name:
            raise InvalidInput("name", "Isi nama fasilitas tujuan.")
        if form.kind not in KINDS:
            raise InvalidInput("kind", "Pilih jenis fasilitas.")
        if any(p.active and p.uid != form.uid and p.name.casefold() == name.casefold() for p in uow.all(Partner)):
            raise InvalidInput("name", f"{name} sudah ada dalam direktori.")
        offered = self.reference.codes["specialty"]
        values: dict[str, Any] = {
            "name": name,
            "kind": form.kind,
            "code": tidy(form.code),
            "city": tidy(form.city),
            "address": tidy(form.address),
            "phone": tidy(form.phone),
            "specialties": tuple(code for code in dict.fromkeys(form.specialties) if code in offered),
            "distance_km": _kilometres(form.distance_km),
        }
        known = uow.find(Partner, form.uid)
        if known is None:
            position = max((p.position for p in uow.all(Partner)), default=0) + 1
            saved = uow.add(Partner(uid=form.uid or new_uid(), position=position, **values))
        elif known.row_version != row_version:
            raise Conflict
        else:
            saved = uow.change(known, **values)
        uow.about(saved.uid)
        uow.announce("site", saved.uid)
        return saved

    @command("site.activate_partner", MANAGERS)
    def activate_partner(self, uow: UnitOfWork, uid: str, active: bool) -> Partner:
        """Offer a partner again, or no longer; letters written to it stay."""
        saved = uow.change(uow.get(Partner, uid), active=active)
        uow.about(uid)
        uow.announce("site", uid)
        return saved


def _kilometres(text: str) -> int | None:
    typed = text.strip().casefold().removesuffix("km").strip()
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit() and int(typed) <= FARTHEST_KM):
        raise InvalidInput("distance_km", "Jarak dalam km bulat, misalnya 24.")
    return int(typed)
