"""A row of any reference file in words: titles of files, labels of columns, values as people write them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from ilp_desk.domain.staff import ROLE_LABELS
from ilp_desk.domain.text.dates import day_text

TITLES: Mapping[str, str] = {
    "alarms": "Alarm merah dan kuning",
    "clusters": "Klaster pelayanan",
    "codes": "Daftar pilihan",
    "consents": "Teks persetujuan",
    "contradictions": "Pertentangan diagnosis",
    "danger_signs": "Tanda bahaya dan tanda infeksi",
    "growth": "Pertumbuhan anak",
    "icd10_id": "Istilah diagnosis ICD-10",
    "immunizations": "Imunisasi",
    "life_stages": "Tahap siklus hidup",
    "observations": "Hasil pemeriksaan lain",
    "antenatal": "Pemeriksaan kehamilan (ANC)",
    "certificates": "Batas surat keterangan",
    "pregnancy": "Kehamilan dan akhirnya",
    "priority": "Yang didahulukan",
    "referral_kinds": "Jenis rujukan",
    "routing": "Aturan tujuan pasien",
    "service_points": "Titik layanan awal",
    "services": "Layanan siklus hidup",
    "visit_reasons": "Alasan kunjungan dan layanan",
    "vitals": "Tanda vital dan batasnya",
}

SECTIONS: Mapping[str, str] = {
    "advice": "tindak lanjut",
    "age_limit": "batas menurut umur",
    "alarm": "alarm",
    "band": "batas hasil",
    "condition": "keadaan",
    "dose": "dosis",
    "fact": "fakta",
    "flag": "tanda",
    "follow": "lanjutan",
    "gain": "kenaikan minimal",
    "index": "indeks",
    "instrument": "instrumen",
    "item": "butir",
    "limit_alarm": "alarm batas",
    "limits": "batas",
    "measuring": "cara ukur",
    "milestone": "capaian",
    "order": "urutan",
    "outcome": "hasil akhir",
    "prematurity": "lahir kurang bulan",
    "reply": "balasan",
    "rule": "aturan",
    "rules": "aturan umum",
    "scale": "skala",
    "schedule": "jadwal",
    "score": "skor",
    "sensitive": "rahasia",
    "series": "seri",
    "service": "layanan",
    "settings": "pengaturan",
    "sign": "tanda bahaya",
    "specials": "nilai khusus",
    "states": "keadaan",
    "supplement": "vitamin A dan obat cacing",
    "trimester": "trimester",
    "vaccine": "vaksin",
    "vital": "tanda vital",
    "weight_course": "arah berat badan",
    "words": "kalimat",
}

COLUMNS: Mapping[str, str] = {
    "act": "tindakan",
    "action": "tindak lanjut",
    "adds": "menambah",
    "age_from": "umur mulai",
    "age_from_months": "umur mulai (bulan)",
    "age_to": "sebelum umur",
    "age_to_months": "sampai umur (bulan)",
    "ages": "pada umur",
    "all": "semua keadaan",
    "amount": "takaran",
    "any": "bila salah satu",
    "area": "keadaan wilayah",
    "bands": "pita",
    "base": "mulai dari",
    "because": "sebab",
    "below": "di bawah",
    "beside": "bersama",
    "boys": "laki-laki",
    "bundle": "disebut bersama",
    "by": "dikerjakan",
    "carried_days": "lama kehamilan (hari)",
    "choices": "pilihan",
    "chronic": "menahun",
    "classes": "kelas",
    "closes": "ditutup oleh",
    "cluster": "klaster",
    "code": "kode",
    "codes": "kode",
    "confirm_after_days": "dipastikan sejak hari",
    "contacts": "kunjungan",
    "control_days": "kontrol sesudah (hari)",
    "counts_from": "dihitung mulai",
    "days": "hari",
    "decimals": "angka desimal",
    "desk": "di loket",
    "dose": "takaran",
    "doctor": "oleh dokter dengan USG",
    "each": "tiap kunjungan",
    "engine": "dihitung oleh",
    "every": "jarak",
    "example": "contoh",
    "fact": "fakta",
    "family": "kelompok",
    "from": "dari",
    "from_day": "sejak hari",
    "gap_days": "jarak paling dekat (hari)",
    "girls": "perempuan",
    "group": "kelompok",
    "hides": "menggantikan",
    "hint": "petunjuk",
    "how": "cara hitung",
    "icd": "ICD-10",
    "instead": "bila tutup",
    "instrument": "instrumen",
    "interval": "jarak",
    "intro": "pengantar",
    "iron_tablets": "tablet tambah darah",
    "items": "butir",
    "kader": "untuk kader",
    "kind": "jenis",
    "label": "nama",
    "late_after": "terlambat sesudah",
    "late_from_days": "jarak rapat sejak hari",
    "late_spacing_days": "jarak rapat (hari)",
    "letter": "huruf",
    "level": "tingkat",
    "likely": "lazim",
    "live": "vaksin hidup",
    "longest_days": "paling lama (hari)",
    "lost_for": "disebut setelah terlewat",
    "ticket": "boleh disebut di nomor antrean",
    "marital_status": "status kawin",
    "max": "paling banyak",
    "meaning": "arti",
    "measure": "ukuran",
    "min": "paling sedikit",
    "missing": "yang kurang",
    "mode": "cara isi",
    "months": "bulan",
    "most": "paling banyak",
    "name": "nama",
    "newborn_until": "dikenal sejak lahir sampai umur",
    "none": "tidak satu pun",
    "notice": "disebut sejak",
    "number": "nomor",
    "of": "dari",
    "once": "sekali",
    "order": "urutan",
    "paper": "di kertas",
    "plain": "nama umum",
    "points": "poin",
    "positive": "temuan",
    "possible": "mungkin",
    "postpartum": "dihitung nifas",
    "pure_first_until": "K1 murni sampai hari",
    "rank": "urutan",
    "reason": "alasan",
    "recommended": "dianjurkan",
    "ref": "bagian",
    "refer": "rujuk ke gizi",
    "refusal_holds": "penolakan berlaku",
    "required": "wajib",
    "rooms": "ruang",
    "route": "cara",
    "scale": "skala",
    "schedules": "jadwal",
    "score": "skor",
    "scores": "skor",
    "sensitive": "rahasia",
    "sentence": "kalimat",
    "series": "seri",
    "service_point": "titik layanan",
    "services": "layanan",
    "sex": "jenis kelamin",
    "short": "singkatan",
    "shown_if": "ditanya bila",
    "sign": "tanda",
    "signs": "tanda",
    "since": "sejak",
    "sites": "tempat",
    "spacing_days": "jarak (hari)",
    "special": "nilai khusus",
    "spm": "SPM nomor",
    "standard": "baku",
    "start_within": "mulai dalam hari",
    "steps": "langkah",
    "term_days": "HPL pada hari",
    "text": "kalimat",
    "times": "berapa kali",
    "title": "judul",
    "to": "sampai",
    "to_day": "sampai hari",
    "unit": "satuan",
    "until": "sampai",
    "urgency": "kepentingan",
    "vaccines": "vaksin",
    "valid_days": "berlaku hari",
    "value": "nilai",
    "viable_weeks": "batas keguguran (minggu)",
    "when": "bila",
    "who": "siapa",
    "window": "waktu",
    "windows": "waktu",
    "with": "disertai",
    "wording": "redaksi",
    "words": "istilah",
}

VALUES: Mapping[str, str] = {
    "red": "merah",
    "yellow": "kuning",
    "yes_no": "ya atau tidak",
    "choice": "pilihan",
    "number": "angka",
    "sum": "jumlah",
    "count": "banyaknya",
    "steps": "bertingkat",
    "max": "tertinggi",
    "self": "diisi sendiri",
    "asked": "ditanya petugas",
    "observed": "diamati petugas",
    "ours": "kata-kata program",
    "official": "redaksi resmi",
    "ok": "wajar",
    "watch": "perlu dipantau",
    "act": "perlu tindakan",
    "*": "semua",
    "pregnant": "hamil",
    "postpartum": "nifas",
    **{role.value: label for role, label in ROLE_LABELS.items()},
}
"""Values that stand in no file with a name."""

_LIMIT = re.compile(r"\w+ (<|>|<=|>=|=) ")
_PLACE = re.compile(r"\{[^}]*\}")
_NAMES = ("label", "name", "title", "text", "short", "sentence", "reason")


def file_title(name: str, raw: Mapping[str, Any]) -> str:
    """What a file is called in the management; an instrument by its own label."""
    head = raw.get("instrument")
    if name not in TITLES and isinstance(head, Mapping):
        return str(head.get("label", name))
    return TITLES.get(name, name)


def section_title(section: str) -> str:
    return SECTIONS.get(section, section.replace("_", " "))


def column_title(column: str) -> str:
    return COLUMNS.get(column, column.replace("_", " "))


def glossary(files: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """What a code of one file is called where another file names it; the first that says so counts."""
    found: dict[str, str] = {}
    for raw in files:
        for rows in raw.values():
            for row in rows if isinstance(rows, list) else ():
                code, label = row.get("code", ""), row.get("short") or row.get("label") or row.get("name")
                if len(code) > 2 and isinstance(label, str):
                    found.setdefault(code, label)
    return {**found, **VALUES}


def row_label(section: str, values: Mapping[str, Any], code: str, words: Mapping[str, str]) -> str:
    """What a row is called: its first column that is a name; an alarm what it watches, in whom; else its code.

    words: what codes are called (`glossary`).
    """
    if "family" in values:
        parts = (values[column] for column in ("family", "level", "who") if values.get(column))
        text = ", ".join(value_text(part, words) for part in parts)
        return text[:1].upper() + text[1:]
    for column in _NAMES:
        if isinstance(values.get(column), str):
            return _PLACE.sub("…", values[column])
    own = values.get("words")
    if code and isinstance(own, list) and own:
        return str(own[0])
    return code or section_title(section).capitalize()


def row_words(columns: Iterable[tuple[str, str]], label: str) -> str:
    """The rule of a row in one line, its name left out."""
    return "; ".join(f"{name} {value}" for name, value in columns if value != label)


def row_columns(values: Mapping[str, Any], words: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Every column with its label. words: what codes are called (`glossary`)."""
    return tuple((column_title(column), value_text(value, words)) for column, value in values.items())


def value_text(value: Any, words: Mapping[str, str]) -> str:
    """A value as people write it: ya, 37,5, 31-01-2026, lists with commas, codes by their name."""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, Decimal):
        return format(value, "f").replace(".", ",")
    if isinstance(value, date):
        return day_text(value)
    if isinstance(value, Mapping):
        return ", ".join(f"{column_title(key)} {value_text(part, words)}" for key, part in value.items())
    if isinstance(value, list | tuple):
        parts = [value_text(part, words) for part in value]
        return ("; " if any(", " in part for part in parts) else ", ").join(parts) or "tidak ada"
    if isinstance(value, str) and value.startswith("sign "):
        return words.get(value[5:], value)
    if isinstance(value, str) and _LIMIT.match(value):
        return " ".join(words.get(part, part) for part in value.split(" "))
    return words.get(str(value), str(value))
