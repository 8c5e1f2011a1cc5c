"""A row of any reference file in words: titles of files, labels of columns, values as people write them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from ilp_desk.domain.text.dates import day_text
from ilp_desk.services.site.rule_terms import COLUMNS, KINDS, SECTIONS, VALUES

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
    "recall": "Daftar panggil",
    "referral_kinds": "Jenis rujukan",
    "routing": "Aturan tujuan pasien",
    "service_points": "Titik layanan awal",
    "services": "Layanan siklus hidup",
    "visit_reasons": "Alasan kunjungan dan layanan",
    "vitals": "Tanda vital dan batasnya",
}

_LIMIT = re.compile(r"\w+ (<|>|<=|>=|=) ")
_PLACE = re.compile(r"\{[^}]*\}")
_ASIDE = frozenset(COLUMNS[name] for name in ("bundle", "ref", "plain", "urgency", "number"))
_NAMED = ("states", "specials")
"""Tables that give codes a name."""
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


def glossary(files: Iterable[Mapping[str, Any]], instruments: Iterable[Mapping[str, Any]] = ()) -> dict[str, str]:
    """What a code of one file is called where another file names it; the first that says so counts."""
    found: dict[str, str] = {}
    for raw in files:
        for section, rows in raw.items():
            if section in _NAMED and isinstance(rows, Mapping):
                found |= {code: str(label) for code, label in rows.items()}
            for row in rows if isinstance(rows, list) else ():
                code, label = row.get("code", ""), _called(row)
                if label and (len(code) > 2 or (len(code) == 2 and code.isalpha())):
                    found.setdefault(code, label)
    heads = [raw["instrument"] for raw in instruments if isinstance(raw.get("instrument"), Mapping)]
    found |= {f"instrument:{head['code']}": _called(head) for head in heads}
    return {**found, **VALUES}


def own_words(raw: Mapping[str, Any]) -> dict[str, str]:
    """What the items, scores and choices of one instrument are called; other instruments have the same codes."""
    found: dict[str, str] = {}
    for rows in raw.values():
        for row in rows if isinstance(rows, list) else ():
            if isinstance(row, Mapping) and "code" in row:
                found[str(row["code"])] = _called(row) or str(row.get("text", row["code"]))
    return found


def _called(row: Mapping[str, Any]) -> str:
    label = row.get("short") or row.get("label") or row.get("name")
    return label if isinstance(label, str) else ""


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
    """The rule of a row in one line: its name and what does not tell of the rule left out."""
    return "; ".join(f"{name} {value}" for name, value in columns if value != label and name not in _ASIDE)


def row_columns(values: Mapping[str, Any], words: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Every column with its label; what has none and is a sentence is called so. words: what codes are called."""
    return tuple((_column(column, value), value_text(value, words)) for column, value in values.items())


def _column(column: str, value: Any) -> str:
    return "kalimat" if column not in COLUMNS and isinstance(value, str) and " " in value else column_title(column)


def value_text(value: Any, words: Mapping[str, str]) -> str:
    """A value as people write it: ya, 37,5, 31-01-2026, lists with commas, codes by their name."""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, Decimal):
        return format(value, "f").replace(".", ",")
    if isinstance(value, date):
        return day_text(value)
    if isinstance(value, Mapping):
        named = {key: part for key, part in value.items() if key != "value" or "label" not in value}
        return ", ".join(f"{column_title(key)} {value_text(part, words)}" for key, part in named.items())
    if isinstance(value, list | tuple):
        parts = [value_text(part, words) for part in value]
        return ("; " if any(", " in part for part in parts) else ", ").join(parts) or "tidak ada"
    if isinstance(value, str) and value.startswith("sign "):
        return words.get(value[5:], value)
    if isinstance(value, str) and ":" in value and value.partition(":")[0] in KINDS:
        return _fact(value, words)
    if isinstance(value, str) and "{" in value:
        return _PLACE.sub("…", value)
    if isinstance(value, str) and _LIMIT.match(value):
        return " ".join(words.get(part, part) for part in value.split(" "))
    return words.get(str(value), str(value))


def _fact(value: str, words: Mapping[str, str]) -> str:
    """`instrument:epds` is EPDS, `dose:td` is dosis Td, `follow:ad-8` is diminta hasil skrining AD-8."""
    kind, _, code = value.partition(":")
    called = words.get(f"instrument:{code}") if kind != "dose" else words.get(code)
    return f"{KINDS[kind]} {called or code.upper()}".strip()
