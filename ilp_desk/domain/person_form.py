"""The new-patient form, read field by field: what each text means, and the sentence beside it.

Pure and quick: a screen asks at every key. Nothing here knows who is registered already.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

from ilp_desk.domain.person import Precision, Sex
from ilp_desk.domain.text.ages import age, age_text, due_date, weeks_text
from ilp_desk.domain.text.dates import PartialDate, day_text
from ilp_desk.domain.text.hpht import past_due, read_hpht
from ilp_desk.domain.text.identifiers import (
    NIK_LENGTH,
    IdentifierError,
    kk_warning,
    nik_warnings,
    read_bpjs,
    read_kk,
    read_nik,
    read_phone,
)
from ilp_desk.domain.text.typed_dates import OLDEST, DateError, read_birth

State = Literal["", "ok", "warn", "error"]
LONGEST_NAME = 300
LONGEST_TEXT = 300
LONGEST_NUMBER = 40
"""An old record number; what is longer is no number."""
PLAIN_TEXTS: Final = (
    "birth_place",
    "mother_name",
    "outside_text",
    "address",
    "responsible_name",
    "old_origin",
    "nik_shared_reason",
)
UNSAID: Final = "?"
"""A disability was ticked and its kind not chosen yet."""
FOLDER: Final = re.compile(r"\s*(\d\d)-(\d{3,6})\s*", re.ASCII)
"""A family folder (WW-FFFF), typed where the KK number goes."""
_ABOUT: Final = re.compile(r"sekitar\s+(\d{4})", re.ASCII)
FERTILE = (9, 60)
"""Ages outside which a pregnancy is asked about again, completed years; practice, to be approved."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonForm:
    """Everything as typed. sex: L, P or ?; identity: known, none, newborn, unknown.

    area_uid: the smallest chosen part of the catchment; outside: lives elsewhere, then `outside_text` says where.
    """

    name: str = ""
    nik: str = ""
    nik_shared_reason: str = ""
    sex: str = "?"
    birth: str = ""
    birth_place: str = ""
    bpjs: str = ""
    payer: str = ""
    payer_fktp: str = "unknown"
    payer_status: str = "unknown"
    kk: str = ""
    family_uid: str = ""
    relationship: str = ""
    mother_name: str = ""
    mother_uid: str = ""
    birth_order: int | None = None
    area_uid: str = ""
    rt: str = ""
    rw: str = ""
    outside: bool = False
    outside_text: str = ""
    address: str = ""
    phone: str = ""
    occupation: str = ""
    education: str = ""
    religion: str = ""
    marital_status: str = ""
    disability: str = ""
    responsible_name: str = ""
    responsible_relation: str = ""
    responsible_phone: str = ""
    old_number: str = ""
    old_origin: str = ""
    pregnant: bool = False
    lmp: str = ""
    gravida: int | None = None
    para: int | None = None
    abortus: int | None = None
    identity: str = "known"
    later: bool = False


@dataclass(frozen=True, slots=True)
class Remark:
    """What stands beside a field. error: cannot be saved so; warn: can, but look; ok: understood."""

    state: State
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """The form understood. remarks by field name; age: text painted into the date field; pregnancy: weeks and HPL."""

    name: str
    nik: str
    nik_sex: Sex
    nik_births: tuple[date, ...]
    nik_district: str
    sex: Sex
    birth: PartialDate | None
    bpjs: str
    kk: str
    phone: str
    responsible_phone: str
    lmp: date | None
    age: str
    pregnancy: str
    remarks: dict[str, Remark] = field(default_factory=dict)
    missing: tuple[str, ...] = ()

    @property
    def errors(self) -> dict[str, str]:
        return {name: remark.sentence for name, remark in self.remarks.items() if remark.state == "error"}


def tidy(text: str) -> str:
    """Text as it is stored: one line, no control characters, outer and double spaces gone."""
    kept = "".join(c if unicodedata.category(c) not in ("Cc", "Cs") else " " for c in text)
    return " ".join(kept.split())


def old_numbers(text: str) -> tuple[str, ...]:
    """The old record numbers typed into one field, separated by commas or semicolons; doubles are dropped."""
    return tuple(dict.fromkeys(number for part in re.split("[,;]", text) if (number := tidy(part))))


def read_form(form: PersonForm, today: date, districts: Collection[str] = ()) -> Reading:
    """Understand a form. `missing` names what makes it incomplete (complete later), not what is wrong.

    districts: six-digit codes of the facility's own villages, to tell a NIK issued here from others; empty: not known.
    """
    remarks: dict[str, Remark] = {}
    name = tidy(form.name)
    if not name:
        remarks["name"] = Remark("error", "Isi nama. Bayi: tulis By. Ny. dan nama ibu.")
    elif len(name) > LONGEST_NAME:
        remarks["name"] = Remark(
            "error", f"Nama paling panjang {LONGEST_NAME} huruf, lebih {len(name) - LONGEST_NAME}."
        )
    elif not any(c.isalpha() for c in name):
        remarks["name"] = Remark("error", "Nama harus berisi huruf.")
    sex = Sex(form.sex) if form.sex in set(Sex) else Sex.UNKNOWN
    birth = _birth(form, today, remarks)
    nik, nik_sex, births, district = _nik(form, today, sex, birth, remarks, districts)
    if sex is Sex.UNKNOWN and form.identity in ("known", "none"):
        remarks["sex"] = Remark("error", "Pilih jenis kelamin.")
    if birth is None and "birth" not in remarks:
        wanted = "Isi tanggal lahir; bila tidak tahu, ketik mis. umur 40."
        remarks["birth"] = Remark("warn" if form.identity == "unknown" else "error", wanted)
    bpjs = _number(form.bpjs, "bpjs", read_bpjs, remarks)
    kk = _kk(form, remarks)
    if kk and kk_warning(kk):
        remarks["kk"] = Remark("warn", kk_warning(kk))
    if kk and kk == nik:
        remarks["kk"] = Remark("error", "No. KK sama dengan NIK. Periksa kartunya.")
    phone = _number(form.phone, "phone", read_phone, remarks)
    responsible_phone = _number(form.responsible_phone, "responsible_phone", read_phone, remarks)
    for part in ("rt", "rw"):
        text = getattr(form, part).strip()
        if text and not (text.isascii() and text.isdigit() and len(text) <= 3):
            remarks[part] = Remark("error", "Maks. 3 angka")
    _texts(form, remarks)
    if form.outside and not tidy(form.outside_text):
        remarks["outside_text"] = Remark("error", "Tulis desa atau kota asalnya.")
    if form.disability == UNSAID:
        remarks["disability"] = Remark("error", "Pilih jenisnya.")
    lmp, pregnancy = _pregnancy(form, today, sex, birth, remarks)
    return Reading(
        name=name,
        nik=nik,
        nik_sex=nik_sex,
        nik_births=births,
        nik_district=district,
        sex=sex,
        birth=birth,
        bpjs=bpjs,
        kk=kk,
        phone=phone,
        responsible_phone=responsible_phone,
        lmp=lmp,
        age=age_text(birth.day, birth.precision, today) if birth else "",
        pregnancy=pregnancy,
        remarks=remarks,
        missing=_missing(form, nik, birth),
    )


def _birth(form: PersonForm, today: date, remarks: dict[str, Remark]) -> PartialDate | None:
    if not form.birth.strip():
        return None
    about = _ABOUT.fullmatch(form.birth.strip().lower())
    if about and today.year - OLDEST <= int(about[1]) <= today.year:
        return PartialDate(min(date(int(about[1]), 7, 1), today), Precision.ESTIMATED)
    try:
        return read_birth(form.birth, today)
    except DateError as wrong:
        remarks["birth"] = Remark("error", wrong.sentence)
        return None


def _nik(
    form: PersonForm,
    today: date,
    sex: Sex,
    birth: PartialDate | None,
    remarks: dict[str, Remark],
    districts: Collection[str],
) -> tuple[str, Sex, tuple[date, ...], str]:
    nothing: tuple[str, Sex, tuple[date, ...], str] = ("", Sex.UNKNOWN, (), "")
    if not form.nik.strip():
        return nothing
    if _is_words(form.nik):
        remarks["nik"] = Remark("error", f"NIK berisi {NIK_LENGTH} angka. Nama ditulis di isian Nama.")
        return nothing
    try:
        nik = read_nik(form.nik, today)
    except IdentifierError as wrong:
        remarks["nik"] = Remark("error", wrong.sentence)
        return nothing
    warnings = nik_warnings(nik, sex, birth)
    if warnings:
        remarks["nik"] = Remark("warn", warnings[0])
    else:
        said = ["Perempuan" if nik.sex is Sex.FEMALE else "Laki-laki", f"lahir {day_text(nik.births[0])}"]
        if districts:
            said.append("Kec. sini" if nik.district in districts else "terbit di luar wilayah")
        remarks["nik"] = Remark("ok", " · ".join(said))
    return nik.number, nik.sex, nik.births, nik.district


def _is_words(text: str) -> bool:
    """More letters than digits: somebody's name, no number with a slip in it."""
    return sum(c.isalpha() for c in text) > sum(c.isdigit() for c in text)


def _number(text: str, name: str, read: object, remarks: dict[str, Remark]) -> str:
    if not text.strip():
        return ""
    try:
        number: str = read(text)  # type: ignore[operator]
    except IdentifierError as wrong:
        remarks[name] = Remark("error", wrong.sentence)
        return ""
    remarks[name] = Remark("ok")
    return number


def _kk(form: PersonForm, remarks: dict[str, Remark]) -> str:
    """The KK number; where a family folder was typed instead, its family must have been found (`family_uid`)."""
    if not FOLDER.fullmatch(form.kk):
        return _number(form.kk, "kk", read_kk, remarks)
    if form.family_uid:
        remarks["kk"] = Remark("ok")
    else:
        remarks["kk"] = Remark("error", "Map keluarga ini belum ada. Periksa nomornya, atau isi No. KK.")
    return ""


def _texts(form: PersonForm, remarks: dict[str, Remark]) -> None:
    """No plain text is longer than can be shown and printed."""
    for name in PLAIN_TEXTS:
        over = len(tidy(getattr(form, name))) - LONGEST_TEXT
        if over > 0:
            remarks[name] = Remark("error", f"Paling panjang {LONGEST_TEXT} huruf, lebih {over}.")
    for number in old_numbers(form.old_number):
        if len(number) > LONGEST_NUMBER:
            remarks["old_number"] = Remark(
                "error", f"Satu nomor paling panjang {LONGEST_NUMBER} tanda. Pisahkan beberapa nomor dengan koma."
            )


def _pregnancy(
    form: PersonForm, today: date, sex: Sex, birth: PartialDate | None, remarks: dict[str, Remark]
) -> tuple[date | None, str]:
    if not form.pregnant:
        return None, ""
    if sex is Sex.MALE:
        remarks["pregnant"] = Remark("error", "Jenis kelamin laki-laki; hapus tanda hamil atau betulkan jenis kelamin.")
        return None, ""
    if birth is not None and birth.precision is Precision.DAY and birth.day <= today:
        years = age(birth.day, today).years
        if not FERTILE[0] <= years <= FERTILE[1]:
            remarks["pregnant"] = Remark("warn", f"Umur {years} tahun dan hamil: pastikan.")
    try:
        lmp = read_hpht(form.lmp, today)
    except DateError as wrong:
        remarks["lmp"] = Remark("error", wrong.sentence)
        return None, ""
    if past_due(lmp, today):
        remarks["lmp"] = Remark("warn", "Sudah lewat HPL. Tanyakan apakah sudah melahirkan.")
    return lmp, f"{weeks_text(lmp, today)}, HPL {day_text(due_date(lmp))}"


def _missing(form: PersonForm, nik: str, birth: PartialDate | None) -> tuple[str, ...]:
    """What a complete record still wants, in words."""
    wanted = (
        (not nik and form.identity not in ("newborn", "none"), "NIK"),
        (birth is None or birth.precision is not Precision.DAY, "tanggal lahir"),
        (not tidy(form.mother_name) and not form.mother_uid, "nama ibu"),
        (not form.outside and not form.area_uid, "wilayah"),
        (not form.kk.strip() and not form.family_uid, "No. KK"),
        (not form.payer, "penjamin"),
        (not form.phone.strip(), "telepon"),
    )
    return tuple(word for absent, word in wanted if absent)
