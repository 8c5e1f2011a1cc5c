"""The scheme of record numbers and the table of relationship codes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ilp_desk.domain.numbering import (
    FAMILY_FOLDER,
    RUNNING,
    SEPARATORS,
    folder_number,
    running_number,
    running_serial,
)
from ilp_desk.domain.person_form import tidy
from ilp_desk.domain.record import new_uid
from ilp_desk.domain.site import Area, Facility, RelationshipCode
from ilp_desk.domain.staff import MANAGERS
from ilp_desk.errors import Conflict, InvalidInput
from ilp_desk.ports import UnitOfWork
from ilp_desk.rows.numbering import LastDrawn
from ilp_desk.rows.site import HighestNumber, Numbering
from ilp_desk.services.numbering import RUNNING_COUNTER
from ilp_desk.services.papers import facility
from ilp_desk.work import Service, command, question

WIDTHS = range(4, 11)
FOLDER_WIDTHS = range(3, 7)


@dataclass(frozen=True, kw_only=True, slots=True)
class NumberingForm:
    """The scheme as typed. last_number: the last one used before this program (running), may be empty."""

    scheme: str = RUNNING
    width: int = 6
    separator: str = ""
    folder_width: int = 4
    outside_code: str = "99"
    last_number: str = ""


@dataclass(frozen=True, slots=True)
class RelationshipForm:
    """A line of the table: two digits, words, and the family relationship they are for."""

    code: str
    label: str
    standard: str


class NumberActs(Service):
    @question("site.numbering", MANAGERS)
    def numbering(self, uow: UnitOfWork) -> Numbering:
        """The scheme in force and where it stands. Reads all numbers: slow at a million people."""
        site = facility(uow)
        highest = max(uow.ask(HighestNumber(site.number_width)), uow.ask(LastDrawn(RUNNING_COUNTER)))
        running = site.numbering != FAMILY_FOLDER
        sample = (
            running_number(highest + 1, site.number_width, site.number_separator)
            if running
            else folder_number("01", 12, site.folder_width) + "-00"
        )
        without = tuple(a.name for a in uow.all(Area, level="village") if not (a.folder_code or len(a.code) == 2))
        return Numbering(
            facility_uid=site.uid,
            scheme=site.numbering,
            width=site.number_width,
            separator=site.number_separator,
            folder_width=site.folder_width,
            outside_code=site.outside_code,
            highest=highest,
            sample=sample,
            villages_without_code=without,
        )

    @command("site.save_numbering", MANAGERS)
    def save_numbering(self, uow: UnitOfWork, form: NumberingForm, seen: str = "") -> Facility:
        """Put a scheme in force; numbers given out before stay. Running numbers go on above the highest known one.

        seen: uid of the facility that was shown. Raises InvalidInput, Conflict.
        """
        _check(form)
        site = facility(uow)
        if seen not in ("", site.uid):
            raise Conflict
        for village in uow.all(Area, level="village"):
            if form.scheme == FAMILY_FOLDER and form.outside_code == (village.folder_code or village.code):
                raise InvalidInput(
                    "outside_code", f"Kode {form.outside_code} sudah dipakai {village.name}. Pilih yang lain."
                )
        saved = uow.amend(
            site,
            numbering=form.scheme,
            number_width=form.width,
            number_separator=form.separator,
            folder_width=form.folder_width,
            outside_code=form.outside_code,
        )
        if form.scheme == RUNNING:
            typed = running_serial(form.last_number, form.width) or 0
            highest = max(typed, uow.ask(HighestNumber(form.width)))
            if highest:
                uow.raise_counter(RUNNING_COUNTER, "", highest)
        elif not uow.all(RelationshipCode):
            for position, row in enumerate(self.reference.codes["kode_hubungan"]):
                uow.add(_record(RelationshipForm(row.code, row.label, row.standard), position))
        uow.about(saved.uid)
        uow.announce("site", saved.uid)
        return saved

    @question("site.relationship_codes", MANAGERS)
    def relationship_codes(self, uow: UnitOfWork) -> tuple[RelationshipForm, ...]:
        """The table in order; what a new site starts from, where there is none yet."""
        found = sorted(uow.all(RelationshipCode), key=lambda row: (row.position, row.code))
        rows: Sequence[RelationshipCode] = found
        if rows:
            return tuple(RelationshipForm(row.code, row.label, row.standard) for row in rows)
        return tuple(RelationshipForm(r.code, r.label, r.standard) for r in self.reference.codes["kode_hubungan"])

    @command("site.save_relationship_codes", MANAGERS)
    def save_relationship_codes(self, uow: UnitOfWork, table: Sequence[RelationshipForm]) -> None:
        """Replace the table; numbers given out stay as they are. Raises InvalidInput."""
        self._check_table(table)
        here = {row.code: row for row in uow.all(RelationshipCode)}
        wanted = {row.code: (position, row) for position, row in enumerate(table)}
        for code, old in here.items():
            if code not in wanted:
                uow.void(old, "dihapus dari tabel kode hubungan")
        for code, (position, row) in wanted.items():
            values = {"label": tidy(row.label), "standard": row.standard, "position": position}
            known = here.get(code)
            if known is None:
                uow.add(_record(row, position))
            elif any(getattr(known, name) != value for name, value in values.items()):
                uow.change(known, **values)
        site = facility(uow)
        uow.about(site.uid)
        uow.announce("site", site.uid)

    def _check_table(self, table: Sequence[RelationshipForm]) -> None:
        seen: set[str] = set()
        for row in table:
            if not (len(row.code) == 2 and row.code.isascii() and row.code.isdigit()):
                raise InvalidInput("code", f"Kode {row.code or '(kosong)'} harus 2 angka, misalnya 02.")
            if row.code in seen:
                raise InvalidInput("code", f"Kode {row.code} ada dua kali. Tiap kode hanya sekali.")
            if not tidy(row.label):
                raise InvalidInput("label", f"Isi arti kode {row.code}.")
            if row.standard not in self.reference.codes["family_relationship"]:
                raise InvalidInput("standard", f"Pilih hubungan keluarga untuk kode {row.code}.")
            seen.add(row.code)
        if not any(row.standard == "head" for row in table):
            raise InvalidInput("standard", "Harus ada kode untuk kepala keluarga.")


def _record(row: RelationshipForm, position: int) -> RelationshipCode:
    return RelationshipCode(
        uid=new_uid(), code=row.code, label=tidy(row.label), standard=row.standard, position=position
    )


def _check(form: NumberingForm) -> None:
    if form.scheme not in (RUNNING, FAMILY_FOLDER):
        raise InvalidInput("scheme", "Pilih cara penomoran.")
    if form.width not in WIDTHS:
        raise InvalidInput("width", f"Banyak angka {WIDTHS[0]} sampai {WIDTHS[-1]}.")
    if form.separator not in SEPARATORS:
        raise InvalidInput("separator", "Pilih tanpa pemisah, strip, atau titik.")
    if form.folder_width not in FOLDER_WIDTHS:
        raise InvalidInput("folder_width", f"Nomor urut keluarga {FOLDER_WIDTHS[0]} sampai {FOLDER_WIDTHS[-1]} angka.")
    if not (len(form.outside_code) == 2 and form.outside_code.isascii() and form.outside_code.isdigit()):
        raise InvalidInput("outside_code", "Kode luar wilayah harus 2 angka, misalnya 99.")
    if form.last_number.strip() and running_serial(form.last_number, form.width) is None:
        raise InvalidInput(
            "last_number", f"Nomor terakhir hanya angka, paling banyak {form.width} angka. Kosongkan bila belum ada."
        )
