"""Reads the audit's chains from end to end and says where they do not hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from db.audit import chained

# Whatever somebody put there from outside, a row is compared as text.
_ROWS = """
    SELECT CAST(desk AS TEXT), CAST(seq AS INTEGER), CAST(at AS TEXT), CAST(staff AS TEXT), CAST(act AS TEXT),
           CAST(subject AS TEXT), CAST(content AS TEXT), CAST(hash AS TEXT)
    FROM audit ORDER BY id
"""
_HEADS = "SELECT desk, seq, hash FROM audit_head"
_BATCH = 2_000


@dataclass(slots=True)
class _Link:
    """The end of one desk's chain as read so far."""

    seq: int = 0
    hash: str = ""
    breaks: list[str] = field(default_factory=list)


def audit_breaks(raw: Any) -> tuple[int, tuple[str, ...]]:
    """Rows read, and a few words for each place where a chain breaks.

    A changed row, a missing one, another order and a cut end are found. Not found: a chain of which every row after
    some point, and its head, was written anew by somebody who has the key and took the guards off and on again; against
    that only an earlier copy helps.
    """
    from sqlcipher3 import dbapi2

    try:
        return _walk(raw)
    except dbapi2.OperationalError:
        # Somebody put there what is no text; read again in a way that takes anything, at a third of the speed.
        raw.text_factory = _lenient
        try:
            return _walk(raw)
        finally:
            raw.text_factory = str


def _lenient(content: bytes) -> str:
    return content.decode("utf-8", "replace")


def _walk(raw: Any) -> tuple[int, tuple[str, ...]]:
    links: dict[str, _Link] = {}
    rows = 0
    # Rows are numbered as they are written, so one walk in their own order meets every chain in order.
    for desk, seq, at, staff, act, subject, content, stored in _rows(raw):
        rows += 1
        link = links.get(desk)
        if link is None:
            link = links[desk] = _Link()
        if seq != link.seq + 1:
            link.breaks.append(f"{desk}: setelah catatan {link.seq} datang {seq}")
        elif chained(link.hash, desk, seq, _stamp(at), staff, act, subject, content) != stored:
            link.breaks.append(f"{desk}: catatan {seq} diubah")
        # Goes on from what is stored, so that one change is told once.
        link.seq, link.hash = seq, stored
    heads = {row[0]: (row[1], row[2]) for row in raw.execute(_HEADS)}
    for desk in sorted(links.keys() | heads.keys()):
        link = links.setdefault(desk, _Link())
        head = heads.get(desk)
        if head is None:
            link.breaks.append(f"{desk}: tanda akhirnya hilang")
        elif head != (link.seq, link.hash):
            link.breaks.append(f"{desk}: berakhir di catatan {link.seq}, seharusnya {head[0]}")
    return rows, tuple(words for desk in sorted(links) for words in links[desk].breaks)


def _rows(raw: Any) -> Iterator[tuple[Any, ...]]:
    cursor = raw.execute(_ROWS)
    while batch := cursor.fetchmany(_BATCH):
        yield from batch


def _stamp(at: str) -> str:
    """The instant as `db.audit.stamp` wrote it into the chain, from the text SQLite holds."""
    return f"{at.replace(' ', 'T', 1)}Z"
