"""Record numbers, given out inside the transaction that registers somebody."""

from __future__ import annotations

from collections.abc import Iterable

from ilp_desk.domain.numbering import (
    FAMILY_FOLDER,
    folder_number,
    place_codes,
    read_folder_number,
    running_number,
    running_serial,
)
from ilp_desk.domain.person import Family, Person
from ilp_desk.domain.site import Area, Facility, RelationshipCode
from ilp_desk.domain.text.identifiers import record_key
from ilp_desk.errors import InvalidInput
from ilp_desk.ports import UnitOfWork
from ilp_desk.rows.numbering import NumbersBeginning
from ilp_desk.services.papers import facility as site_of

RUNNING_COUNTER = "record"
FOLDER_COUNTER = "folder"
PLACE_COUNTER = "folder_place"


def next_record_number(uow: UnitOfWork, person: Person, family: Family | None, relationship: str) -> str:
    """The number for somebody who has none yet, by the site's scheme; never one that was ever given out or found.

    relationship: code of family_relationship (codes.toml). In the family-folder scheme a family without a folder gets
    one here: read the family again before changing it. Raises UserError (not set up), InvalidInput (area, family).
    """
    facility = site_of(uow)
    if facility.numbering != FAMILY_FOLDER:
        return _running(uow, facility)
    folder = _folder(uow, facility, person, family)
    taken = _places_in(uow, folder)
    table = sorted(uow.all(RelationshipCode), key=lambda row: (row.position, row.code))
    for code in place_codes(relationship, table, taken):
        if uow.draw(PLACE_COUNTER, f"{folder}-{code}") == 1:
            return f"{folder}-{code}"
    raise InvalidInput("family", f"Map keluarga {folder} sudah penuh. Buat keluarga baru untuk orang ini.")


def keep_numbers(uow: UnitOfWork, numbers: Iterable[str]) -> None:
    """Numbers found elsewhere (imported, on old folders) are taken: none of them is given out from now on.

    Call it for the numbers of people before they can be searched; for a long list, in one call.
    """
    facility = site_of(uow)
    highest = 0
    for number in numbers:
        if facility.numbering == FAMILY_FOLDER:
            found = read_folder_number(number, facility.folder_width)
            if found is not None:
                uow.raise_counter(PLACE_COUNTER, f"{found.folder}-{found.place}", 1)
                uow.raise_counter(FOLDER_COUNTER, found.village, int(found.serial))
        else:
            highest = max(highest, running_serial(number, facility.number_width) or 0)
    if highest:
        uow.raise_counter(RUNNING_COUNTER, "", highest)


def village_code(uow: UnitOfWork, area_uid: str | None) -> str | None:
    """WW of the village an area lies in; None outside the catchment. Raises InvalidInput("area_uid")."""
    area = uow.find(Area, area_uid)
    while area is not None and area.level != "village":
        area = uow.find(Area, area.parent_uid)
    if area is None:
        return None
    code = area.folder_code or area.code
    if not (len(code) == 2 and code.isascii() and code.isdigit()):
        raise InvalidInput(
            "area_uid",
            f"{area.name} belum punya kode map keluarga (2 angka). Minta admin mengisinya di Manajemen, Wilayah.",
        )
    return code


def _running(uow: UnitOfWork, facility: Facility) -> str:
    while True:
        number = running_number(uow.draw(RUNNING_COUNTER), facility.number_width, facility.number_separator)
        if record_key(number) not in uow.ask(NumbersBeginning(record_key(number))):
            return number


def _folder(uow: UnitOfWork, facility: Facility, person: Person, family: Family | None) -> str:
    """The folder of the family; a new one where it has none, or where somebody belongs to no family."""
    known = uow.find(Family, family.uid) if family is not None else None
    if known is not None and known.folder:
        return known.folder
    area_uid = (known.area_uid if known is not None else None) or person.area_uid
    village = village_code(uow, area_uid) or facility.outside_code
    while True:
        serial = uow.draw(FOLDER_COUNTER, village)
        folder = folder_number(village, serial, facility.folder_width)
        if not _places_in(uow, folder):
            break
    if known is not None:
        uow.change(known, folder=folder)
    return folder


def _places_in(uow: UnitOfWork, folder: str) -> frozenset[str]:
    """Places in a folder that somebody has or had; a running number that begins alike is not one of them."""
    begin = record_key(folder)
    found = uow.ask(NumbersBeginning(begin))
    return frozenset(key[-2:] for key in found if len(key) == len(begin) + 2)
