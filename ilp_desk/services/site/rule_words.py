"""A row of any reference file in words: titles of files, labels of columns, values as people write them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

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
    "pregnancy": "Kehamilan dan nifas",
    "priority": "Yang didahulukan",
    "referral_kinds": "Jenis rujukan",
    "routing": "Aturan tujuan pasien",
    "service_points": "Titik layanan awal",
    "services": "Layanan siklus hidup",
    "visit_reasons": "Alasan kunjungan dan layanan",
    "vitals": "Tanda vital dan batasnya",
}

SECTIONS: Mapping[str, str] = {
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
    "trimester": "trimester",
    "vaccine": "vaksin",
    "vital": "tanda vital",
    "weight_course": "arah berat badan",
    "words": "kalimat",
}

COLUMNS: Mapping[str, str] = {
    "act": "tindakan",
    "age_from": "umur mulai",
    "age_to": "sebelum umur",
    "ages": "pada umur",
    "all": "semua keadaan",
    "amount": "takaran",
    "any": "bila salah satu",
    "area": "keadaan wilayah",
    "base": "mulai dari",
    "because": "sebab",
    "below": "di bawah",
    "beside": "bersama",
    "boys": "laki-laki",
    "by": "dikerjakan",
    "choices": "pilihan",
    "chronic": "menahun",
    "classes": "kelas",
    "closes": "ditutup oleh",
    "cluster": "klaster",
    "codes": "kode",
    "counts_from": "dihitung mulai",
    "decimals": "angka desimal",
    "desk": "di loket",
    "each": "tiap kunjungan",
    "every": "jarak",
    "example": "contoh",
    "fact": "fakta",
    "family": "kelompok",
    "from": "dari",
    "girls": "perempuan",
    "group": "kelompok",
    "hint": "petunjuk",
    "how": "cara hitung",
    "icd": "ICD-10",
    "instead": "bila tutup",
    "instrument": "instrumen",
    "interval": "jarak",
    "items": "butir",
    "kader": "untuk kader",
    "kind": "jenis",
    "label": "nama",
    "late_after": "terlambat sesudah",
    "letter": "huruf",
    "level": "tingkat",
    "likely": "lazim",
    "live": "vaksin hidup",
    "max": "paling banyak",
    "meaning": "arti",
    "measure": "ukuran",
    "min": "paling sedikit",
    "missing": "yang kurang",
    "months": "bulan",
    "name": "nama",
    "none": "tidak satu pun",
    "notice": "disebut sejak",
    "number": "nomor",
    "of": "dari",
    "once": "sekali",
    "order": "urutan",
    "paper": "di kertas",
    "plain": "nama umum",
    "points": "poin",
    "possible": "mungkin",
    "rank": "urutan",
    "reason": "alasan",
    "recommended": "dianjurkan",
    "ref": "bagian",
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
    "sites": "tempat",
    "special": "nilai khusus",
    "standard": "baku",
    "steps": "langkah",
    "text": "kalimat",
    "title": "judul",
    "to": "sampai",
    "unit": "satuan",
    "until": "sampai",
    "urgency": "kepentingan",
    "vaccines": "vaksin",
    "valid_days": "berlaku hari",
    "when": "bila",
    "who": "siapa",
    "window": "waktu",
    "windows": "waktu",
    "words": "istilah",
}

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


def row_label(section: str, values: Mapping[str, Any], code: str) -> str:
    """What a row is called: by the first column that is a name, else its first word, else its code."""
    for column in _NAMES:
        if isinstance(values.get(column), str):
            return str(values[column])
    words = values.get("words")
    if code and isinstance(words, list) and words:
        return str(words[0])
    return code or section_title(section).capitalize()


def row_words(values: Mapping[str, Any], label: str) -> str:
    """The rule of a row in one line, its name left out."""
    parts = (f"{column_title(column)} {value_text(value)}" for column, value in values.items() if value != label)
    return "; ".join(parts)


def row_columns(values: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Every column with its label."""
    return tuple((column_title(column), value_text(value)) for column, value in values.items())


def value_text(value: Any) -> str:
    """A value as people write it: ya, 37,5, 31-01-2026, lists with commas."""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, Decimal):
        return format(value, "f").replace(".", ",")
    if isinstance(value, date):
        return day_text(value)
    if isinstance(value, Mapping):
        return ", ".join(f"{column_title(key)} {value_text(part)}" for key, part in value.items())
    if isinstance(value, list | tuple):
        nested = any(isinstance(part, Mapping | list) for part in value)
        return ("; " if nested else ", ").join(value_text(part) for part in value) or "tidak ada"
    return str(value)
