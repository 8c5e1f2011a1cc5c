"""Earlier doses, services and screenings from a list: headings, and one row understood."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ilp_desk.domain.earlier import Kind, plain
from ilp_desk.domain.import_rows import cell_of
from ilp_desk.domain.text.dates import PartialDate
from ilp_desk.domain.text.typed_dates import DateError, read_birth, read_done

FIELDS: Mapping[str, tuple[str, ...]] = {
    "nik": ("nik", "no ktp", "no_ktp", "nomor ktp", "no nik", "nik anak"),
    "record_number": ("no rm", "nomor rm", "no rekam medis", "rm", "no_rkm_medis", "no_rm"),
    "name": ("nama", "nama pasien", "nama lengkap", "nama anak", "name"),
    "birth": ("tanggal lahir", "tgl lahir", "lahir", "tgl_lahir", "birth date"),
    "what": ("layanan", "vaksin", "imunisasi", "antigen", "jenis imunisasi", "skrining", "kode", "service", "vaccine"),
    "on": ("tanggal", "tanggal pemberian", "tgl imunisasi", "tanggal imunisasi", "tgl", "tanggal layanan", "date"),
    "value": ("hasil", "nilai", "skor", "result"),
    "place": ("tempat", "faskes", "tempat imunisasi", "pos", "posyandu", "lokasi", "place"),
}
"""Field -> headings, the first one is used in the template."""
LABELS: Mapping[str, str] = {
    "nik": "NIK",
    "record_number": "No. RM",
    "name": "Nama",
    "birth": "Tanggal lahir",
    "what": "Layanan, vaksin, atau instrumen",
    "on": "Tanggal dilakukan",
    "value": "Hasil",
    "place": "Tempat",
}
WANTED = ("what", "on")
"""Without these columns nothing can be imported."""
WHO = "nik, no rm, atau nama dengan tanggal lahir"


@dataclass(frozen=True, slots=True)
class FactRow:
    """One row understood. line: of the file, the heading is line 1. problems: sentences; empty: it can be looked up.

    what: as it stands there, folded by `plain`; kind, when: what was done and on which day, None where that cannot be
    read.
    """

    line: int
    cells: tuple[str, ...]
    nik: str
    record_number: str
    name: str
    born: PartialDate | None
    what: str
    kind: Kind | None
    when: PartialDate | None
    value: str
    place: str
    problems: tuple[str, ...]


def guess(headings: Sequence[str]) -> dict[str, int]:
    """Field -> column, by the headings; the first column that fits."""
    known = {plain(name): field for field, names in FIELDS.items() for name in (*names, field)}
    found: dict[str, int] = {}
    for column, heading in enumerate(headings):
        field = known.get(plain(heading))
        if field is not None:
            found.setdefault(field, column)
    return found


def unmapped(mapping: Mapping[str, int]) -> tuple[str, ...]:
    """What is wanted and has no column, in the words of the template."""
    lacking = [FIELDS[field][0] for field in WANTED if field not in mapping]
    if not ("nik" in mapping or "record_number" in mapping or ("name" in mapping and "birth" in mapping)):
        lacking.append(WHO)
    return tuple(lacking)


def template() -> tuple[str, ...]:
    """Headings of an empty list to be filled."""
    return tuple(LABELS[field] if field in ("nik", "record_number") else names[0].title() for field, names in
                 FIELDS.items())  # fmt: skip


def understand(
    line: int, cells: Sequence[str], mapping: Mapping[str, int], kinds: Mapping[str, Kind], today: date
) -> FactRow:
    """Read one row; never raises. kinds: by their names (`ilp_desk.domain.earlier.by_name`)."""

    def cell(field: str) -> str:
        return cell_of(field, cells, mapping)

    problems: list[str] = []
    what = cell("what")
    kind = kinds.get(plain(what)) if what else None
    if kind is None:
        problems.append(
            f"“{what}” tidak dikenal. Tulis nama atau kode vaksin, layanan, atau instrumen seperti di program."
            if what
            else "Kolom layanan kosong. Tulis apa yang diberikan atau diperiksa."
        )
    when = None
    try:
        when = read_done(cell("on"), today)
    except DateError as error:
        problems.append(error.sentence)
    born = None
    if cell("birth"):
        try:
            born = read_birth(cell("birth"), today)
        except DateError as error:
            problems.append(error.sentence)
    nik, number, name = _digits(cell("nik")), cell("record_number").strip("'` "), cell("name")
    if not (nik or number or (name and born is not None)):
        problems.append(f"Orangnya belum dapat dicari: isi {WHO}.")
    return FactRow(
        line, tuple(cells), nik, number, name, born, plain(what), kind, when, cell("value"), cell("place"),
        tuple(problems),
    )  # fmt: skip


def _digits(text: str) -> str:
    """A NIK as spreadsheets spoil it: a leading apostrophe, a decimal nought, blanks."""
    return text.strip("'` ").removesuffix(".0").replace(" ", "")
