"""Is the database whole, and is it what was written? Reads everything, changes nothing, lets others work meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from db.audit_check import audit_breaks
from db.migrations import REVISION
from db.sqlite_file import opened, revision, snapshot, telling
from ilp_desk.errors import DatabaseTrouble

GUARDS = (
    "audit_head_forward",
    "audit_head_not_removed",
    "audit_not_changed",
    "audit_not_removed",
    "audit_not_replaced",
    "queue_event_not_changed",
    "queue_event_not_removed",
    "queue_event_not_replaced",
)
"""Triggers without which rows could be changed or removed unseen."""

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was checked. code: open, pages, cipher, references, schema, guards, audit, search."""

    code: str
    ok: bool
    sentence: str


def check(path: Path, key: bytes) -> tuple[Finding, ...]:
    """All findings, in a fixed order. A file that cannot be opened gives the one finding that says why."""
    return tuple(findings(path, key))


def findings(path: Path, key: bytes) -> Iterator[Finding]:
    """The findings one by one, as they come: at a million people this takes minutes and is shown step by step.

    Where the schema is not this program's, what would need it is left out.
    """
    try:
        with opened(path, key) as raw, snapshot(raw):
            yield Finding("open", True, "Basis data terbuka dengan kunci ini.")
            for code, step in _STEPS:
                found = _tried(code, step, raw)
                yield found
                if code == "schema" and not found.ok:
                    return
    except DatabaseTrouble as trouble:
        yield Finding("open", False, trouble.sentence)


def _tried(code: str, step: Callable[[Any], Finding], raw: Any) -> Finding:
    """A step that cannot even be carried out has found something."""
    try:
        with telling():
            return step(raw)
    except DatabaseTrouble as trouble:
        return Finding(code, False, trouble.sentence)


def _pages(raw: Any) -> Finding:
    # The full text is looked at by the same check; it can be made anew from the rows, so it is told with the search.
    broken = [line for line in _quick_check(raw) if "fts5" not in line.lower()]
    if broken:
        return Finding(
            "pages",
            False,
            f"Susunan basis data rusak di {len(broken)} tempat. Buka salinan cadangan terakhir yang baik.",
        )
    return Finding("pages", True, "Susunan basis data utuh.")


def _quick_check(raw: Any) -> list[str]:
    return [str(row[0]) for row in raw.execute("PRAGMA quick_check") if row[0] != "ok"]


def _cipher(raw: Any) -> Finding:
    # Read twice: a page that another program is just writing back looks broken for a moment, a broken one stays so.
    broken = _broken_pages(raw) and _broken_pages(raw)
    if broken:
        return Finding(
            "cipher",
            False,
            f"{broken} halaman terenkripsi rusak atau diubah dari luar. Buka salinan cadangan terakhir.",
        )
    return Finding("cipher", True, "Semua halaman terenkripsi sesuai tanda tangannya.")


def _broken_pages(raw: Any) -> int:
    return len(raw.execute("PRAGMA cipher_integrity_check").fetchall())


def _references(raw: Any) -> Finding:
    tables: dict[str, int] = {}
    for row in raw.execute("PRAGMA foreign_key_check"):
        tables[row[0]] = tables.get(row[0], 0) + 1
    if tables:
        where = ", ".join(f"{table} ({count})" for table, count in sorted(tables.items())[:_SHOWN])
        return Finding(
            "references", False, f"Ada data yang menunjuk ke data yang tidak ada: {where}. Hubungi pendamping teknis."
        )
    return Finding("references", True, "Hubungan antardata lengkap.")


def _schema(raw: Any) -> Finding:
    found = revision(raw)
    if found == REVISION:
        return Finding("schema", True, f"Versi basis data {found}, sesuai program ini.")
    return Finding(
        "schema",
        False,
        f"Versi basis data {found or 'tidak diketahui'}, program ini memakai {REVISION}. Perbarui program.",
    )


def _guards(raw: Any) -> Finding:
    present = {row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
    missing = [name for name in GUARDS if name not in present]
    if missing:
        return Finding(
            "guards", False, f"Pengaman jejak audit dilepas: {', '.join(missing)}. Laporkan kepada kepala Puskesmas."
        )
    return Finding("guards", True, "Pengaman jejak audit terpasang.")


def _audit(raw: Any) -> Finding:
    rows, breaks = audit_breaks(raw)
    if breaks:
        shown = "; ".join(breaks[:_SHOWN])
        more = f"; dan {len(breaks) - _SHOWN} lagi" if len(breaks) > _SHOWN else ""
        return Finding(
            "audit",
            False,
            f"Jejak audit tidak utuh: {shown}{more}. Laporkan kepada kepala Puskesmas; simpan berkas ini.",
        )
    return Finding("audit", True, f"Jejak audit utuh: {_number(rows)} catatan.")


def _search(raw: Any) -> Finding:
    torn = any("fts5" in str(row[0]).lower() for row in raw.execute("PRAGMA quick_check('person_words')"))
    people, found, lost, strangers, counted = raw.execute(
        """
        SELECT (SELECT count(*) FROM person WHERE voided_at IS NULL),
               (SELECT count(*) FROM person_search),
               (SELECT count(*) FROM person WHERE voided_at IS NULL
                    AND id NOT IN (SELECT person_id FROM person_search)),
               (SELECT count(*) FROM person_search
                    WHERE person_id NOT IN (SELECT id FROM person WHERE voided_at IS NULL)),
               (SELECT coalesce(max(uses), 0) FROM search_word WHERE word = '')
        """
    ).fetchone()
    if torn or lost or strangers or counted != people:
        return Finding(
            "search",
            False,
            f"Indeks pencarian tidak sesuai: {_number(people)} orang, {_number(found)} di indeks. "
            "Jalankan ilp-desk check --rebuild-search.",
        )
    return Finding("search", True, f"Indeks pencarian sesuai: {_number(people)} orang.")


def _number(value: int) -> str:
    return f"{value:,}".replace(",", ".")


_STEPS: tuple[tuple[str, Callable[[Any], Finding]], ...] = (
    ("pages", _pages),
    ("cipher", _cipher),
    ("references", _references),
    ("schema", _schema),
    ("guards", _guards),
    ("audit", _audit),
    ("search", _search),
)
