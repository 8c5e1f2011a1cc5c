"""Rows of a patient list from elsewhere: which column means what, and each row as a form.

A column is known by its heading, in the words clerks and other programs use; a clerk may say otherwise.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ilp_desk.domain.import_places import Places
from ilp_desk.domain.person_form import PersonForm, Reading, read_form, tidy

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
    "pembantu": "helper",
    "lainnya": "other",
}
PAYERS: Mapping[str, str] = {
    "pbi": "jkn_pbi",
    "bpjs pbi": "jkn_pbi",
    "jkn pbi": "jkn_pbi",
    "jkn pbi apbn": "jkn_pbi",
    "bpjs pbi apbn": "jkn_pbi",
    "pbi apbd": "jkn_pbi_apbd",
    "bpjs pbi apbd": "jkn_pbi_apbd",
    "jkn pbi apbd": "jkn_pbi_apbd",
    "ppu": "jkn_ppu",
    "bpjs ppu": "jkn_ppu",
    "jkn ppu": "jkn_ppu",
    "pbpu": "jkn_pbpu",
    "bpjs pbpu": "jkn_pbpu",
    "jkn pbpu": "jkn_pbpu",
    "bpjs mandiri": "jkn_pbpu",
    "jkn mandiri": "jkn_pbpu",
    "jkn mandiri pbpu": "jkn_pbpu",
    "bpjs bp": "jkn_bp",
    "jkn bp": "jkn_bp",
    "jkn bukan pekerja": "jkn_bp",
    "jkn bukan pekerja bp": "jkn_bp",
    "umum": "self_pay",
    "bayar sendiri": "self_pay",
    "tunai": "self_pay",
    "jamkesda": "jamkesda",
    "asuransi lain": "other_insurance",
    "asuransi swasta": "other_insurance",
    "program": "program",
    "program gratis": "program",
    "gratis": "free",
    "gratis puskesmas": "free",
}
"""Plain words -> payer of codes.toml. What names no kind of JKN (BPJS, JKN, non PBI) is left to be asked."""

OCCUPATIONS: Mapping[str, str] = {
    "tidak bekerja": "none",
    "belum bekerja": "none",
    "belum/tidak bekerja": "none",
    "mengurus rumah tangga": "homemaker",
    "ibu rumah tangga": "homemaker",
    "irt": "homemaker",
    "pelajar": "student",
    "mahasiswa": "student",
    "pelajar/mahasiswa": "student",
    "pelajar atau mahasiswa": "student",
    "pns": "civil_servant",
    "pegawai negeri": "civil_servant",
    "pegawai negeri sipil": "civil_servant",
    "pegawai negeri sipil pns": "civil_servant",
    "tni": "military_police",
    "polri": "military_police",
    "tni/polri": "military_police",
    "tni atau polri": "military_police",
    "bumn": "state_company",
    "karyawan bumn": "state_company",
    "swasta": "private",
    "karyawan swasta": "private",
    "pegawai swasta": "private",
    "wiraswasta": "self_employed",
    "wirausaha": "self_employed",
    "pedagang": "self_employed",
    "perdagangan": "self_employed",
    "wirausaha atau pedagang": "self_employed",
    "petani": "farmer",
    "pekebun": "farmer",
    "petani/pekebun": "farmer",
    "petani atau pekebun": "farmer",
    "nelayan": "fisher",
    "nelayan/perikanan": "fisher",
    "buruh": "labourer",
    "buruh harian lepas": "labourer",
    "buruh tani": "labourer",
    "buruh tani/perkebunan": "labourer",
    "pensiunan": "retired",
    "lain lain": "other",
    "lainnya": "other",
}
"""Plain words, those of the identity card above all -> occupation of codes.toml."""

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
NUMBERS: Mapping[str, str] = {"nik": "NIK", "kk": "No. KK", "bpjs": "No. BPJS", "rt": "RT", "rw": "RW"}
"""Fields whose sentences do not say which number is meant."""
WANTED = ("name", "sex", "birth")
"""Without these columns nothing can be imported."""


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One row understood. line: of the file, the heading is line 1. problems: sentences; empty: it can be imported.

    record_number: as in the file, kept. notes: sentences on what is imported otherwise than it stands in the file.
    unknown_place: the village or hamlet that is not in the area tree, else empty.
    """

    line: int
    cells: tuple[str, ...]
    form: PersonForm
    reading: Reading
    record_number: str
    problems: tuple[str, ...]
    notes: tuple[str, ...] = ()
    unknown_place: str = ""


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


def unused(headings: Sequence[str], taken: Collection[str]) -> tuple[str, ...]:
    """Headings of columns nothing is read from, in the order of the file. taken: the headings that are read."""
    return tuple(dict.fromkeys(h for h in headings if h.strip() and h not in taken))


def cell_of(field: str, cells: Sequence[str], mapping: Mapping[str, int]) -> str:
    """What a row says about a field; a lone dash says nothing."""
    column = mapping.get(field)
    text = tidy(cells[column]) if column is not None and column < len(cells) else ""
    return "" if text == "-" else text


def understand(line: int, cells: Sequence[str], mapping: Mapping[str, int], places: Places, today: date) -> ImportRow:
    """Read one row; never raises. places: the catchment."""

    def cell(field: str) -> str:
        return cell_of(field, cells, mapping)

    place = places.find(cell("village"), cell("hamlet"))
    form = PersonForm(
        name=cell("name"),
        sex=SEXES.get(cell("sex").lower(), "?"),
        birth=cell("birth"),
        birth_place=cell("birth_place"),
        nik=_digits(cell("nik")),
        kk=_digits(cell("kk")),
        relationship=RELATIONSHIPS.get(cell("relationship").lower(), "other" if cell("relationship") else ""),
        bpjs=_digits(cell("bpjs")),
        payer=PAYERS.get(_plain(cell("payer")), ""),
        occupation=OCCUPATIONS.get(_plain(cell("occupation")), ""),
        mother_name=cell("mother_name"),
        phone=cell("phone"),
        area_uid=place.area_uid,
        outside=bool(place.outside),
        outside_text=place.outside,
        address=_joined(cell("address"), place.rest),
        rt=_short(cell("rt")),
        rw=_short(cell("rw")),
        later=True,
    )
    reading = read_form(form, today)
    problems = [_told(field, sentence) for field, sentence in reading.errors.items()]
    if cell("sex") and form.sex == "?":
        problems = [p for p in problems if p != reading.errors["sex"]]
        problems.append(f"Jenis kelamin “{cell('sex')}” tidak dikenal: tulis L atau P.")
    notes = [place.note]
    if cell("payer") and not form.payer:
        notes.append(f"Penjamin “{cell('payer')}” belum jelas jenisnya: dikosongkan, tanyakan saat orangnya datang.")
    if form.relationship == "other" and cell("relationship").lower() not in RELATIONSHIPS:
        notes.append(f"Hubungan keluarga “{cell('relationship')}” tidak dikenal: dicatat sebagai lainnya.")
    if cell("occupation") and not form.occupation:
        notes.append(f"Pekerjaan “{cell('occupation')}” tidak dikenal: dikosongkan.")
    return ImportRow(
        line,
        tuple(cells),
        form,
        reading,
        cell("record_number"),
        tuple(problems),
        tuple(note for note in notes if note),
        place.unknown,
    )


def _told(field: str, sentence: str) -> str:
    """A sentence that stands beside its field on the screen; away from it, a number has to be named."""
    return f"{NUMBERS[field]}: {sentence}" if field in NUMBERS else sentence


def _plain(heading: str) -> str:
    return " ".join("".join(c if c.isalnum() or c == "/" else " " for c in heading.lower()).split())


def _joined(address: str, rest: str) -> str:
    """The address with a part that may stand in it already."""
    if rest.casefold() in address.casefold():
        return address
    return f"{address}, {rest}" if address else rest


def _digits(text: str) -> str:
    """Numbers as spreadsheets spoil them: a leading apostrophe, a decimal nought, blanks."""
    cleaned = text.strip("'` ").removesuffix(".0")
    return "" if cleaned in ("-", "0") else cleaned


def _short(text: str) -> str:
    return text.strip("'` ").removesuffix(".0")
