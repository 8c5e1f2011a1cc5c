"""Copies of the live, encrypted database, and the way back from one.

A copy's name says what it is worth: `.partial` while it is written, `.untested` until it was opened and compared, then
its own name. The same key opens it. It is one file without a journal, so it can lie on a stick or a network folder.
"""

from __future__ import annotations

import logging
import os
import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from db.keys import check_value
from db.sqlite_file import PAGE, damaged, opened, revision, snapshot, table_counts, telling
from ilp_desk.errors import DatabaseTrouble
from ilp_desk.settings import sync_folder

Progress = Callable[[int, int], None]
"""Called with pages done and pages in all; an exception raised in it cancels the copy."""

KEEP = 14
_log = logging.getLogger(__name__)
_STEP = 1024
_SPARE_BYTES = 2**20
_NAME = re.compile(r"desk-(?P<key>[0-9a-f]{6})-(?P<at>\d{8}-\d{6})(-\d+)?\.db(\.partial|\.untested)?")


@dataclass(frozen=True, slots=True)
class Copy:
    """A verified copy. rows: of all tables together; size in bytes; schema: its revision."""

    path: Path
    rows: int
    size: int
    schema: str


def back_up(
    database: Path, key: bytes, folder: Path, at: datetime, keep: int = KEEP, progress: Progress | None = None
) -> Copy:
    """Copy the database as it is at one moment while others go on working, verify it, keep the newest `keep`.

    at: local time, becomes part of the name. Copies of another database or key in the same folder are left alone.
    Raises DatabaseTrouble: target_unreachable, disk_full, copy_differs and those of opening the database.
    """
    _reach(folder, database)
    stem = f"desk-{check_value(key)[:6]}-{at:%Y%m%d-%H%M%S}"
    path, number = folder / f"{stem}.db", 1
    while any(folder.glob(f"{path.name}*")):
        number += 1
        path = folder / f"{stem}-{number}.db"
    with opened(database, key) as raw:
        copy = copy_of(raw, key, path, progress)
    _prune(folder, key, path, keep)
    return copy


def copies(folder: Path, key: bytes) -> tuple[Path, ...]:
    """The finished copies that this key opens, newest first."""
    found = [path for path in _ours(folder, key) if path.suffix == ".db"]
    return tuple(sorted(found, key=lambda path: path.name, reverse=True))


def copy_of(raw: Any, key: bytes, path: Path, progress: Progress | None = None) -> Copy:
    """Copy what an open connection sees to a new, verified file with the same key. Errors as of `back_up`."""
    partial = path.with_name(path.name + ".partial")
    untested = path.with_name(path.name + ".untested")
    try:
        with telling(), snapshot(raw):
            _room(raw, path.parent)
            _write(raw, key, partial, progress)
            expected = table_counts(raw)
        os.replace(partial, untested)
        copy = verify(untested, key, expected)
        os.replace(untested, path)
        sync_folder(path.parent)
    except OSError as trouble:
        raise _unreachable(path.parent) from trouble
    finally:
        _drop(partial)
        _drop(untested)
    return replace(copy, path=path)


def verify(path: Path, key: bytes, expected: Mapping[str, int] | None = None) -> Copy:
    """Open a copy and read every page of it; expected: rows of every table.

    Raises DatabaseTrouble: missing, wrong_key, damaged, unknown, copy_differs.
    """
    with opened(path, key) as raw:
        if raw.execute("PRAGMA cipher_integrity_check").fetchone() is not None:
            raise damaged()
        if raw.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise damaged()
        schema = revision(raw)
        if schema is None:
            raise DatabaseTrouble("unknown", "Berkas ini bukan salinan basis data ILP Desk. Pilih berkas lain.")
        counts = table_counts(raw)
        if expected is not None and counts != expected:
            raise DatabaseTrouble(
                "copy_differs", "Salinan tidak sama dengan aslinya dan dibuang. Ulangi, atau pilih tempat lain."
            )
        return Copy(path, sum(counts.values()), path.stat().st_size, schema)


def _write(raw: Any, key: bytes, partial: Path, progress: Progress | None) -> None:
    def step(_status: int, remaining: int, pages: int) -> None:
        if progress is not None:
            progress(pages - remaining, pages)

    try:
        with opened(partial, key, create=True) as target:
            # Nobody else knows this file and a crash leaves it .partial, so a journal would be for nothing.
            target.execute("PRAGMA locking_mode = EXCLUSIVE")
            target.execute("PRAGMA journal_mode = OFF")
            raw.backup(target, pages=_STEP, progress=step)
            target.execute("PRAGMA journal_mode = DELETE")
        with partial.open("rb+") as file:
            os.fsync(file.fileno())
    except DatabaseTrouble as trouble:
        if trouble.code == "disk_full":
            raise _full(partial.parent) from trouble
        if trouble.code in ("unreadable", "disk"):
            raise _unreachable(partial.parent) from trouble
        raise


def _reach(folder: Path, database: Path) -> None:
    """The folder must be there: making it would put copies on this disk while the stick is unplugged."""
    try:
        if folder.parent == database.parent:
            folder.mkdir(exist_ok=True, mode=0o700)
    except OSError as trouble:
        raise _unreachable(folder) from trouble
    if not folder.is_dir():
        raise _unreachable(folder)


def _room(raw: Any, folder: Path) -> None:
    (pages,) = raw.execute("PRAGMA page_count").fetchone()
    needed = pages * PAGE + _SPARE_BYTES
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise _full(folder, f": perlu {needed // 2**20 + 1} MB, tersisa {free // 2**20} MB")


def _full(folder: Path, figures: str = "") -> DatabaseTrouble:
    return DatabaseTrouble(
        "disk_full",
        f"Ruang di {folder} tidak cukup untuk salinan{figures}. Kosongkan ruang atau pilih tempat lain; "
        "data Anda sendiri tidak berubah.",
    )


def _unreachable(folder: Path) -> DatabaseTrouble:
    return DatabaseTrouble(
        "target_unreachable",
        f"Tempat salinan {folder} tidak dapat ditulis. Pasang lagi cakramnya atau pilih folder lain, lalu ulangi.",
    )


def _ours(folder: Path, key: bytes) -> list[Path]:
    mark = check_value(key)[:6]
    return [path for path in folder.iterdir() if (name := _NAME.fullmatch(path.name)) and name["key"] == mark]


def _prune(folder: Path, key: bytes, newest: Path, keep: int) -> None:
    """Leave the newest copies, and what others may still be writing: unfinished ones of the last day."""
    others = [path for path in copies(folder, key) if path != newest]
    for old in others[max(keep, 1) - 1 :]:
        _drop(old)
    for path in _ours(folder, key):
        name = _NAME.fullmatch(path.name)
        if path.suffix != ".db" and name and _day(name["at"]) < _day(newest.name.split("-", 2)[2]):
            _drop(path)


def _day(text: str) -> str:
    return text[:8]


def _drop(path: Path) -> None:
    """Remove what is no longer needed; where that fails the next back-up tries again."""
    try:
        path.unlink(missing_ok=True)
    except OSError:
        _log.warning("a superseded copy could not be removed")
