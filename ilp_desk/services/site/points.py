"""Service points: where people wait, under which letter, in which rooms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ilp_desk.domain.person_form import tidy
from ilp_desk.domain.record import new_uid
from ilp_desk.domain.reference.places import ServicePointDefault
from ilp_desk.domain.site import ServicePoint
from ilp_desk.domain.staff import EVERYONE, MANAGERS
from ilp_desk.errors import Conflict, InvalidInput
from ilp_desk.ports import UnitOfWork
from ilp_desk.rows.site import StillWaiting
from ilp_desk.work import Service, command, question


@dataclass(frozen=True, kw_only=True, slots=True)
class PointForm:
    """A service point as typed. uid empty: a new one; rooms: in the order they are offered.

    public_name: what the waiting room and the voice call it; empty: its name, or its room where that tells too much.
    comes_back: who is sent there usually goes back to the sender.
    """

    uid: str = ""
    name: str
    cluster: str
    letter: str
    rooms: tuple[str, ...] = ()
    mixed: bool = False
    public_name: str = ""
    comes_back: bool = False


class PointActs(Service):
    @question("site.points", EVERYONE)
    def points(self, uow: UnitOfWork) -> tuple[ServicePoint, ...]:
        """All service points, those in use first, in order."""
        return tuple(sorted(uow.all(ServicePoint), key=lambda p: (not p.active, p.position, p.name)))

    def offered_points(self) -> tuple[ServicePointDefault, ...]:
        """What a new site may start from, in order."""
        return tuple(sorted(self.reference.service_points, key=lambda p: p.order))

    @command("site.adopt_points", MANAGERS)
    def adopt_points(self, uow: UnitOfWork, codes: Sequence[str]) -> tuple[ServicePoint, ...]:
        """Take service points over from the reference, with the letter of their cluster; those here already stay.

        Raises InvalidInput for an empty choice.
        """
        if not codes:
            raise InvalidInput("points", "Pilih sedikitnya satu titik layanan.")
        here = {point.code: point for point in uow.all(ServicePoint)}
        made = []
        for offer in self.offered_points():
            if offer.code not in codes:
                continue
            known = here.get(offer.code)
            if known is not None:
                made.append(known if known.active else uow.change(known, active=True))
                continue
            letter = self.reference.clusters[offer.cluster].letter
            made.append(
                uow.add(
                    ServicePoint(
                        uid=new_uid(),
                        code=offer.code,
                        name=offer.label,
                        cluster=offer.cluster,
                        letter=letter,
                        rooms=offer.rooms,
                        mixed=offer.mixed,
                        comes_back=offer.comes_back,
                        send_order=offer.send_order,
                        position=offer.order,
                    )
                )
            )
        for point in made:
            uow.announce("site", point.uid)
        return tuple(made)

    @command("site.save_point", MANAGERS)
    def save_point(self, uow: UnitOfWork, form: PointForm, row_version: int = 0) -> ServicePoint:
        """Add or change a service point. Raises InvalidInput, Conflict."""
        name, letter = tidy(form.name), form.letter.strip().upper()
        if not name:
            raise InvalidInput("name", "Isi nama titik layanan.")
        if form.cluster not in self.reference.clusters:
            raise InvalidInput("cluster", "Pilih klasternya.")
        if not re.fullmatch(r"[A-Z]", letter):
            raise InvalidInput("letter", "Huruf antrean: satu huruf, A sampai Z.")
        others = [p for p in uow.all(ServicePoint) if p.uid != form.uid]
        if any(p.active and p.name.casefold() == name.casefold() for p in others):
            raise InvalidInput("name", f"Titik layanan {name} sudah ada. Pakai nama lain.")
        values: dict[str, Any] = {
            "name": name,
            "cluster": form.cluster,
            "letter": letter,
            "rooms": tuple(dict.fromkeys(filter(None, map(tidy, form.rooms)))),
            "mixed": form.mixed,
            "public_name": tidy(form.public_name),
            "comes_back": form.comes_back,
        }
        known = uow.find(ServicePoint, form.uid)
        if known is None:
            code = _free_code(name, {p.code for p in others})
            position = max((p.position for p in others), default=0) + 1
            saved = uow.add(ServicePoint(uid=form.uid or new_uid(), code=code, position=position, **values))
        elif known.row_version != row_version:
            raise Conflict
        else:
            saved = uow.change(known, **values)
        uow.about(saved.uid)
        uow.announce("site", saved.uid)
        return saved

    @command("site.activate_point", MANAGERS)
    def activate_point(self, uow: UnitOfWork, uid: str, active: bool) -> ServicePoint:
        """Use a service point again, or no longer. Raises InvalidInput where people wait, or where it is the last."""
        known = uow.get(ServicePoint, uid)
        if not active:
            waiting = uow.ask(StillWaiting(uid, uow.today))
            if waiting:
                raise InvalidInput("name", f"{waiting} orang masih dalam antrean {known.name}. Selesaikan dulu.")
            if len(uow.all(ServicePoint, active=True)) == 1 and known.active:
                raise InvalidInput("name", "Ini titik layanan terakhir. Tambahkan yang lain dulu.")
        saved = uow.change(known, active=active)
        uow.about(uid)
        uow.announce("site", uid)
        return saved

    @command("site.order_points", MANAGERS)
    def order_points(self, uow: UnitOfWork, uids: Sequence[str]) -> None:
        """The order in which the screens show them; what is not named keeps its place behind."""
        order = {uid: position for position, uid in enumerate(uids, 1)}
        for point in uow.all(ServicePoint):
            position = order.get(point.uid, point.position)
            if position != point.position:
                uow.change(point, position=position)
                uow.announce("site", point.uid)


def _free_code(name: str, taken: set[str]) -> str:
    """A code made of the name: `Poli Mata` is poli_mata, a second one poli_mata_2."""
    base = re.sub(r"[^a-z0-9]+", "_", name.casefold()).strip("_") or "titik"
    numbered = (base if n == 1 else f"{base}_{n}" for n in range(1, len(taken) + 2))
    return next(code for code in numbered if code not in taken)
