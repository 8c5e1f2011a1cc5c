"""A posyandu's weighing sheet row by row: whose row it is said to be, when, and what was measured.

The sizes are read by `growth_rows`, with sex and birth date of the child's own record where it was found.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from ilp_desk.domain.growth.child import Measures
from ilp_desk.domain.growth.measures import Measured
from ilp_desk.domain.growth.rows import COLUMNS, SIZES, BadRow, RowReader
from ilp_desk.domain.import_rows import SEXES
from ilp_desk.domain.reference import Reference
from ilp_desk.domain.text.names import fold
from ilp_desk.domain.text.typed_dates import DateError, read_day
from ilp_desk.errors import UserError

IDENTITY: Final[Mapping[str, tuple[str, ...]]] = {
    "nik": ("no ktp", "no nik", "nomor nik", "nik anak"),
    "record_number": ("no rm", "nomor rm", "no. rm", "rm", "no rekam medis"),
    "name": ("nama", "nama anak", "nama balita", "nama bayi", "nama lengkap"),
    "place": ("posyandu", "tempat", "nama posyandu"),
}
"""Columns that say whose row it is, and where, beside those of `growth_rows` -> other headings they go by."""

CALLED: Final[Mapping[str, str]] = {
    "sex": "jenis kelamin",
    "birth_date": "tanggal lahir",
    "measured_on": "tanggal ukur",
    "weight_kg": "berat",
    "length_height_cm": "panjang/tinggi",
    "head_cm": "lingkar kepala",
    "muac_cm": "LiLA",
}
"""Columns in the words of a posyandu, each a heading that is understood."""

_READ: Final = ("sex", "birth_date", "measured_on", "measure", "oedema", *SIZES)
_HERE: Final = {name: position for position, name in enumerate(_READ)}


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row as it stands in the sheet. line: of the file; cells: as they are; values: column -> text, where
    there is any."""

    line: int
    cells: tuple[str, ...]
    values: Mapping[str, str]

    def get(self, column: str) -> str:
        return self.values.get(column, "")

    @property
    def told(self) -> str:
        """Who it is about, in the words of the sheet."""
        parts = (self.get("name"), self.get("birth_date"), self.get("record_number") or self.get("nik"))
        return " · ".join(filter(None, parts)) or f"baris {self.line}"


@dataclass(frozen=True, slots=True)
class Swapped:
    """Two columns that look as if they had changed places, in so many rows."""

    less: str
    more: str
    rows: int


def sheet_columns(headings: Sequence[str]) -> dict[str, int]:
    """Column name -> position. Raises UserError where nothing says whose row it is, or every size is missing."""
    both = {**COLUMNS, **IDENTITY}
    known = {name: column for column, names in both.items() for name in (column, *names)}
    found: dict[str, int] = {}
    for position, heading in enumerate(headings):
        column = known.get(" ".join(heading.lower().replace("_", " ").split())) or known.get(heading.lower().strip())
        if column is not None:
            found.setdefault(column, position)
    if not {"nik", "record_number", "name"} & found.keys():
        raise UserError("Kolom anaknya tidak ada. Tambahkan nik, no rm, atau nama dan tanggal lahir, lalu ulangi.")
    if not SIZES.keys() & found.keys():
        raise UserError(
            f"Kolom ukuran tidak ada. Tambahkan salah satu: {', '.join(map(CALLED.__getitem__, SIZES))}, lalu ulangi."
        )
    return found


def sheet_row(line: int, cells: Sequence[str], where: Mapping[str, int]) -> SheetRow:
    """A row with what is filled; a lone dash says nothing."""
    filled: dict[str, str] = {}
    for name, at in where.items():
        text = " ".join(cells[at].split()).strip("'`") if at < len(cells) else ""
        if name in ("nik", "record_number"):
            text = text.removesuffix(".0")
        if text not in ("", "-"):
            filled[name] = text
    return SheetRow(line, tuple(cells), filled)


@dataclass(frozen=True, slots=True)
class Who:
    """What of a child decides how its row is read."""

    sex: str
    born: date | None


class SheetReader:
    """Reads the sizes of a sheet. usual: the day of the posyandu, for rows without one of their own."""

    def __init__(self, reference: Reference, today: date, usual: date | None) -> None:
        self._reader = RowReader(_HERE, reference, today, CALLED)
        self._today, self._usual = today, usual

    def day(self, row: SheetRow) -> date:
        """When it was measured; raises BadRow."""
        told = row.get("measured_on")
        if not told and self._usual is not None:
            return self._usual
        if not told:
            raise BadRow("Tanggal ukur belum ada. Isi kolomnya, atau tanggal posyandu di atas.")
        return self._date("measured_on", told)

    def born(self, row: SheetRow) -> date | None:
        """The birth date the sheet tells; None where it tells none. Raises BadRow."""
        told = row.get("birth_date")
        return self._date("birth_date", told) if told else None

    def measures(self, row: SheetRow, who: Who, place: str) -> tuple[Measures, Measured]:
        """What is to be recorded of a child, and the same as the growth rules read it; raises BadRow."""
        on = self.day(row)
        born = who.born or self.born(row)
        if born is None:
            raise BadRow("Tanggal lahirnya belum diketahui. Pilih anaknya dulu.")
        sex = who.sex if who.sex in ("L", "P") else row.get("sex")
        told = {"sex": sex, "birth_date": born.isoformat(), "measured_on": on.isoformat()}
        measured = self._reader.read([told.get(name, row.get(name)) for name in _READ])
        return (
            Measures(
                day=on,
                weight=_base(measured.weight_kg, 1000),
                height=_base(measured.length_cm, 10),
                lying=measured.lying,
                head=_base(measured.head_cm, 10),
                arm=_base(measured.arm_cm, 10),
                oedema=measured.oedema if row.get("oedema") else None,
                place=row.get("place") or place,
                source="import",
            ),
            measured,
        )

    def _date(self, column: str, text: str) -> date:
        try:
            return read_day(text, self._today)
        except DateError as error:
            raise BadRow(f"{CALLED[column]} “{text}”: {error.sentence}.") from error


def differs(row: SheetRow, name: str, who: Who, told_born: date | None) -> str:
    """Why the child that was found may be another one than the sheet means; empty where nothing speaks against it."""
    said = row.get("name")
    if told_born is not None and who.born is not None and told_born != who.born:
        return "Tanggal lahir di lembar lain daripada di rekam medis. Pastikan anaknya sama."
    if said and not _alike(said, name):
        return f"Di rekam medis namanya {name}. Pastikan anaknya sama."
    sex = SEXES.get(row.get("sex").lower(), "")
    if sex and who.sex in ("L", "P") and sex != who.sex:
        return "Jenis kelamin di lembar lain daripada di rekam medis. Pastikan anaknya sama."
    return ""


def _alike(one: str, other: str) -> bool:
    """Whether one name holds the other: a sheet often has only the first."""
    first, second = set(fold(one).split()), set(fold(other).split())
    return bool(first) and (first <= second or second <= first)


def same_sizes(told: Measures, known: Measures) -> bool:
    """Whether everything the sheet tells stands on record already, oedema and lying or standing too."""
    if told.oedema is not None and told.oedema != bool(known.oedema):
        return False
    if told.height is not None and None not in (told.lying, known.lying) and told.lying != known.lying:
        return False
    pairs = ((told.weight, known.weight), (told.height, known.height), (told.head, known.head), (told.arm, known.arm))
    return all(said is None or said == kept for said, kept in pairs)


def swap(row: SheetRow, less: str, more: str) -> SheetRow:
    """The row with two columns exchanged."""
    values = dict(row.values)
    values[less], values[more] = row.get(more), row.get(less)
    return replace(row, values=values)


def _base(value: float | None, scale: int) -> int | None:
    return None if value is None else round(value * scale)
