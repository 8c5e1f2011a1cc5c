"""Rows of a patient list from elsewhere: which column means what, and each row as a form.

A column is known by its heading, in the words clerks and other programs use; a clerk may say otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ilp_desk.domain.person_form import PersonForm, Reading, read_form, tidy
from ilp_desk.domain.text.names import fold

FIELDS: Mapping[str, tuple[str, ...]] = {
    "name": ("nama", "nama pasien", "nama lengkap", "name"),
    "sex": ("jenis kelamin", "jk", "l/p", "lp", "kelamin", "sex"),
    "birth": ("tanggal lahir", "tgl lahir", "lahir", "tgl_lahir", "birth date"),
    "birth_place": ("tempat lahir", "tmp lahir", "tmp_lahir"),
    "nik": ("nik", "no ktp", "no_ktp", "nomor ktp", "no nik"),
    "kk": ("no kk", "kk", "nomor kk", "no_kk", "kartu keluarga"),
    "relationship": ("hubungan keluarga", "hubungan", "status keluarga", "shdk"),
    "bpjs": ("no bpjs", "bpjs", "no jkn", "no peserta", "no_peserta", "nomor kartu"),
    "payer": ("penjamin", "cara bayar", "jenis bayar", "kd_pj"),
    "record_number": ("no rm", "nomor rm", "no rekam medis", "rm", "no_rkm_medis", "no_rm"),
    "mother_name": ("nama ibu", "ibu kandung", "nama ibu kandung", "nm_ibu"),
    "phone": ("telepon", "no hp", "hp", "no telp", "no_tlp", "telp", "whatsapp"),
    "address": ("alamat", "jalan"),
    "rt": ("rt",),
    "rw": ("rw",),
    "hamlet": ("dusun", "jorong", "lingkungan"),
    "village": ("desa", "kelurahan", "nagari", "desa/kelurahan", "kel/desa"),
    "occupation": ("pekerjaan",),
}
"""Field -> headings, the first one is used in the template."""

RELATIONSHIPS: Mapping[str, str] = {
    "kepala keluarga": "head",
    "kk": "head",
    "suami": "husband",
    "istri": "wife",
    "isteri": "wife",
    "anak": "child",
    "menantu": "child_in_law",
    "cucu": "grandchild",
    "orang tua": "parent",
    "orangtua": "parent",
    "mertua": "parent_in_law",
    "famili lain": "relative",
    "lainnya": "other",
}
PAYERS: Mapping[str, str] = {
    "jkn": "jkn_pbi",
    "bpjs": "jkn_pbi",
    "bpjs pbi": "jkn_pbi",
    "jkn pbi": "jkn_pbi",
    "bpjs non pbi": "jkn_pbpu",
    "jkn mandiri": "jkn_pbpu",
    "umum": "self_pay",
    "mandiri": "self_pay",
    "gratis": "free",
}
SEXES: Mapping[str, str] = {
    "l": "L",
    "laki-laki": "L",
    "laki laki": "L",
    "lk": "L",
    "pria": "L",
    "m": "L",
    "1": "L",
    "p": "P",
    "perempuan": "P",
    "pr": "P",
    "wanita": "P",
    "f": "P",
    "2": "P",
}
WANTED = ("name", "sex", "birth")
"""Without these columns nothing can be imported."""


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One row understood. line: of the file, the heading is line 1. problems: sentences; empty: it can be imported.

    record_number: as in the file, kept. village, hamlet: names to be found in the area tree.
    """

    line: int
    cells: tuple[str, ...]
    form: PersonForm
    reading: Reading
    record_number: str
    village: str
    hamlet: str
    problems: tuple[str, ...]


def template() -> tuple[str, ...]:
    """Headings of an empty list to be filled."""
    return tuple(names[0].title().replace("Nik", "NIK").replace("Kk", "KK") for names in FIELDS.values())


def guess(headings: Sequence[str]) -> dict[str, int]:
    """Field -> column, by the headings; the first column that fits."""
    known = {_plain(name): field for field, names in FIELDS.items() for name in (*names, field)}
    found: dict[str, int] = {}
    for column, heading in enumerate(headings):
        field = known.get(_plain(heading))
        if field is not None:
            found.setdefault(field, column)
    return found


def unmapped(mapping: Mapping[str, int]) -> tuple[str, ...]:
    """Wanted fields without a column, by the name of the template."""
    return tuple(FIELDS[field][0] for field in WANTED if field not in mapping)


def understand(line: int, cells: Sequence[str], mapping: Mapping[str, int], today: date) -> ImportRow:
    """Read one row; never raises."""

    def cell(field: str) -> str:
        column = mapping.get(field)
        return tidy(cells[column]) if column is not None and column < len(cells) else ""

    form = PersonForm(
        name=cell("name"),
        sex=SEXES.get(cell("sex").lower(), "?"),
        birth=cell("birth"),
        birth_place=cell("birth_place"),
        nik=_digits(cell("nik")),
        kk=_digits(cell("kk")),
        relationship=RELATIONSHIPS.get(cell("relationship").lower(), "other" if cell("relationship") else ""),
        bpjs=_digits(cell("bpjs")),
        payer=PAYERS.get(cell("payer").lower(), ""),
        mother_name=cell("mother_name"),
        phone=cell("phone"),
        address=cell("address"),
        rt=_short(cell("rt")),
        rw=_short(cell("rw")),
        later=True,
    )
    reading = read_form(form, today)
    problems = list(reading.errors.values())
    if cell("sex") and form.sex == "?":
        problems = [p for p in problems if p != reading.errors.get("sex")]
        problems.append(f"Jenis kelamin “{cell('sex')}” tidak dikenal: tulis L atau P.")
    return ImportRow(
        line, tuple(cells), form, reading, cell("record_number"), cell("village"), cell("hamlet"), tuple(problems)
    )


def placed(row: ImportRow, areas: Mapping[tuple[str, str], str], villages: Mapping[str, str]) -> ImportRow:
    """The row with its area: hamlet in village, else the village; a village that is not ours lives outside.

    areas: (folded village, folded hamlet) -> uid; villages: folded village -> uid.
    """
    village, hamlet = fold(row.village), fold(row.hamlet)
    if not village:
        return row
    uid = areas.get((village, hamlet)) or villages.get(village)
    if uid is None:
        where = ", ".join(p for p in (row.hamlet, row.village) if p)
        return replace(row, form=replace(row.form, outside=True, outside_text=where))
    return replace(row, form=replace(row.form, area_uid=uid))


def _plain(heading: str) -> str:
    return " ".join("".join(c if c.isalnum() or c == "/" else " " for c in heading.lower()).split())


def _digits(text: str) -> str:
    """Numbers as spreadsheets spoil them: a leading apostrophe, a decimal nought, blanks."""
    cleaned = text.strip("'` ").removesuffix(".0")
    return "" if cleaned in ("-", "0") else cleaned


def _short(text: str) -> str:
    return text.strip("'` ").removesuffix(".0")
