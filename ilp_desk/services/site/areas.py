"""The tree of the catchment."""

from __future__ import annotations

from dataclasses import dataclass

from ilp_desk.domain.areas import BELOW, LEVELS, AreaLine, in_order, read_names, spoken
from ilp_desk.domain.person_form import tidy
from ilp_desk.domain.record import new_uid
from ilp_desk.domain.site import Area, Facility
from ilp_desk.domain.staff import EVERYONE, MANAGERS
from ilp_desk.errors import Conflict, InvalidInput
from ilp_desk.ports import UnitOfWork
from ilp_desk.rows.site import PeopleIn
from ilp_desk.work import Service, command, question


@dataclass(frozen=True, kw_only=True, slots=True)
class AreaForm:
    """A node as typed. code: of Kemendagri; folder_code: two digits of a village in the family-folder scheme;
    posyandu_uid: the posyandu that serves the people there, empty: as in the area above."""

    name: str
    code: str = ""
    folder_code: str = ""
    posyandu_uid: str = ""


class AreaActs(Service):
    @question("site.areas", EVERYONE)
    def areas(self, uow: UnitOfWork) -> tuple[AreaLine, ...]:
        """The whole tree in reading order."""
        return in_order(uow.all(Area))

    @command("site.add_areas", MANAGERS)
    def add_areas(self, uow: UnitOfWork, parent_uid: str | None, level: str, text: str) -> tuple[Area, ...]:
        """Add what is typed in one go below a node (None: the catchment), `1-5` for RW or RT. Raises InvalidInput.

        A village gets the next free folder code.
        """
        parent = uow.get(Area, parent_uid) if parent_uid else None
        if level not in BELOW[parent.level if parent else ""]:
            raise InvalidInput("level", f"{LEVELS.get(level, level)} tidak dapat ditaruh di sini. Pilih induk lain.")
        names = tuple(filter(None, map(tidy, read_names(level, text))))
        if not names:
            raise InvalidInput("name", f"Ketik nama {LEVELS[level]}.")
        siblings = uow.all(Area, parent_uid=parent_uid, level=level) if parent_uid else _villages(uow)
        for name in names:
            _refuse_double(name, siblings)
        made = []
        for position, name in enumerate(names, len(siblings)):
            folder = _free_folder_code(uow) if level == "village" else ""
            area = Area(
                uid=new_uid(), name=name, level=level, parent_uid=parent_uid, position=position, folder_code=folder
            )
            made.append(uow.add(area))
            uow.announce("site", area.uid)
        uow.about(parent_uid or made[0].uid)
        return tuple(made)

    @command("site.save_area", MANAGERS)
    def save_area(self, uow: UnitOfWork, uid: str, form: AreaForm, row_version: int) -> Area:
        """Rename a node, give it its codes. Raises InvalidInput, Conflict."""
        known = uow.get(Area, uid)
        if known.row_version != row_version:
            raise Conflict
        name, code, folder = tidy(form.name), tidy(form.code), tidy(form.folder_code)
        if not name:
            raise InvalidInput("name", f"Isi nama {LEVELS[known.level]}.")
        others = uow.all(Area, parent_uid=known.parent_uid, level=known.level) if known.parent_uid else _villages(uow)
        _refuse_double(name, [other for other in others if other.uid != uid])
        if code and not code.replace(".", "").isdigit():
            raise InvalidInput("code", "Kode wilayah hanya angka dan titik, misalnya 13.06.04.2001.")
        if known.level == "village":
            self._check_folder_code(uow, known, folder)
        serving = self._serving(uow, known, form.posyandu_uid)
        saved = uow.change(known, name=name, code=code, folder_code=folder, posyandu_uid=serving)
        uow.about(uid)
        uow.announce("site", uid)
        return saved

    @command("site.remove_area", MANAGERS)
    def remove_area(self, uow: UnitOfWork, uid: str) -> None:
        """Take an empty node out of use. Raises InvalidInput where somebody lives in it or something stands below."""
        known = uow.get(Area, uid)
        below = uow.all(Area, parent_uid=uid)
        if below:
            raise InvalidInput("name", f"Masih ada {len(below)} bagian di bawah {spoken(known)}. Hapus itu dulu.")
        served = uow.all(Area, posyandu_uid=uid)
        if served:
            raise InvalidInput(
                "name", f"{spoken(known)} melayani {len(served)} wilayah. Pilih posyandu lain di sana dulu."
            )
        people = uow.ask(PeopleIn(uid))
        if people:
            raise InvalidInput(
                "name",
                f"{people} orang dan keluarga tercatat di {spoken(known)}. Pindahkan dulu, atau ganti namanya saja.",
            )
        uow.void(known, "dihapus dari wilayah")
        uow.about(uid)
        uow.announce("site", uid)

    def _serving(self, uow: UnitOfWork, known: Area, posyandu_uid: str) -> str | None:
        if not posyandu_uid:
            return None
        found = uow.find(Area, posyandu_uid)
        if found is None or found.level != "posyandu" or not found.live or "posyandu" not in BELOW[known.level]:
            raise InvalidInput("posyandu_uid", "Pilih posyandu yang ada di wilayah ini.")
        return found.uid

    def _check_folder_code(self, uow: UnitOfWork, known: Area, folder: str) -> None:
        if not (len(folder) == 2 and folder.isascii() and folder.isdigit()):
            raise InvalidInput("folder_code", "Kode map keluarga harus 2 angka, misalnya 01.")
        for facility in uow.all(Facility):
            if facility.outside_code == folder:
                raise InvalidInput("folder_code", f"Kode {folder} dipakai untuk luar wilayah. Pilih yang lain.")
        for other in _villages(uow):
            if other.uid != known.uid and other.folder_code == folder:
                raise InvalidInput("folder_code", f"Kode {folder} sudah dipakai {other.name}. Pilih yang lain.")


def _villages(uow: UnitOfWork) -> tuple[Area, ...]:
    return uow.all(Area, level="village")


def _refuse_double(name: str, siblings: tuple[Area, ...] | list[Area]) -> None:
    for other in siblings:
        if other.name.casefold() == name.casefold():
            raise InvalidInput("name", f"{spoken(other)} sudah ada di sini. Pakai nama lain.")


def _free_folder_code(uow: UnitOfWork) -> str:
    taken = {area.folder_code or area.code for area in _villages(uow)}
    taken |= {facility.outside_code for facility in uow.all(Facility)}
    return next((f"{n:02d}" for n in range(1, 100) if f"{n:02d}" not in taken), "")
