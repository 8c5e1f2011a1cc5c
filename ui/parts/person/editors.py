"""The plain editors of the form about a person, with their labels, in the order of the eye."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QWidget

from ilp_desk.domain.reference import Reference
from ui.parts.person.home import TEXT_ROOM
from ui.parts.person.number_edit import NumberEdit
from ui.widgets import Combo, DateEdit, LineEdit

LABELS: Mapping[str, str] = {
    "nik": "NIK",
    "name": "Nama lengkap sesuai KTP/KK",
    "sex": "Jenis kelamin",
    "nik_shared_reason": "Alasan NIK sama dengan orang lain",
    "birth": "Tanggal lahir",
    "birth_place": "Tempat lahir",
    "bpjs": "No. BPJS",
    "payer": "Penjamin",
    "kk": "No. KK",
    "relationship": "Hubungan keluarga",
    "mother_name": "Nama ibu kandung",
    "rt": "RT",
    "rw": "RW",
    "phone": "Telepon / WhatsApp",
    "address": "Alamat",
    "occupation": "Pekerjaan",
    "old_number": "No. RM lama",
    "old_origin": "Asal nomor lama",
    "responsible_name": "Penanggung jawab",
    "responsible_relation": "Hubungan penanggung jawab",
    "responsible_phone": "Telepon penanggung jawab",
    "education": "Pendidikan",
    "religion": "Agama",
    "marital_status": "Status kawin",
}
Places = Sequence[Sequence[tuple[str, int]]]
"""Rows of (field, span); twelve columns a row."""
MAIN: Places = (
    (("nik", 4), ("name", 5), ("sex", 3)),
    (("nik_shared_reason", 12),),
    (("birth", 3), ("birth_place", 3), ("bpjs", 3), ("payer", 3)),
    (("kk", 4), ("relationship", 4), ("mother_name", 4)),
    (("home", 6), ("rt", 1), ("rw", 1), ("phone", 4)),
    (("address", 8), ("occupation", 4)),
    (("old_number", 6), ("old_origin", 6)),
)
FURTHER: Places = (
    (("responsible_name", 5), ("responsible_relation", 4), ("responsible_phone", 3)),
    (("education", 4), ("religion", 4), ("marital_status", 4)),
)
"""Seldom asked for, shown on demand."""
_HINTS: Mapping[str, str] = {
    "birth": "3/2/99 atau umur 40",
    "nik_shared_reason": "mis. KTP tertukar, sedang diurus",
    "old_number": "beberapa nomor: pisahkan dengan koma",
    "old_origin": "mis. map lama, Puskesmas lain",
}
_CODES: Mapping[str, str] = {
    "payer": "payer",
    "relationship": "family_relationship",
    "occupation": "occupation",
    "responsible_relation": "responsible_relation",
    "education": "education",
    "religion": "religion",
    "marital_status": "marital_status",
}
"""Fields chosen from a table of codes.toml."""
NUMBERS = frozenset({"nik", "bpjs", "kk", "phone", "responsible_phone"})
"""Fields that are shown by their last digits once they are on record."""
SEXES = (("P", "Perempuan"), ("L", "Laki-laki"))


def columns(places: Places, fields: Mapping[str, QWidget]) -> list[list[tuple[QWidget, int]]]:
    """Places with their widgets, as `Columns` takes them."""
    return [[(fields[name], span) for name, span in row] for row in places]


def make_editors(
    reference: Reference, understand_birth: Callable[[str], tuple[str, str]]
) -> dict[str, LineEdit | Combo]:
    """An editor for each of LABELS, by the name the field has in PersonForm."""

    def make(name: str) -> LineEdit | Combo:
        if name == "sex":
            return Combo(SEXES, placeholder="Pilih")
        if name in _CODES:
            rows = [(row.code, row.label) for row in reference.codes[_CODES[name]]]
            return Combo([("", "–"), *rows], placeholder="Pilih")
        if name == "birth":
            return DateEdit(understand=understand_birth, placeholder=_HINTS[name])
        if name in NUMBERS:
            return NumberEdit(max_length=TEXT_ROOM)
        return LineEdit(placeholder=_HINTS.get(name, ""), max_length=TEXT_ROOM)

    return {name: make(name) for name in LABELS}
