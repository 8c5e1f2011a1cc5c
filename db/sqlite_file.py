"""Raw connections for keeping the file safe: upgrading, copying, checking. Daily work goes through `db.engine`.

Unlike the engine these never make a file and never change how one is journalled, so a copy on a stick stays one file.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ilp_desk.errors import DatabaseTrouble

PAGE = 4096
_BUSY_MS = 30_000
_ALONE_MS = 1_000
_CACHE_KIB = 32 * 1024


def damaged(detail: str = "") -> DatabaseTrouble:
    return DatabaseTrouble(
        "damaged",
        f"Berkas basis data rusak{detail}. Jangan dipakai lagi; buka salinan cadangan terakhir dari menu pemulihan.",
    )


def told(trouble: Exception) -> DatabaseTrouble:
    """What a driver's error means for people."""
    # Imported late: SQLAlchemy comes with it, and a start that goes well needs none of this.
    from db.engine import explain

    if "disk i/o error" in str(trouble).lower():
        return DatabaseTrouble(
            "disk",
            "Cakram tidak dapat dibaca atau ditulis. Periksa sambungan dan ruangnya, lalu coba lagi; "
            "bila terulang, buka salinan cadangan di komputer lain.",
        )
    return explain(trouble)


def refuse_network(path: Path) -> None:
    """Raises DatabaseTrouble("network_path"): a database is made on a disk of this computer or not at all."""
    from db.engine import network_path

    if network_path(path.absolute()):
        raise DatabaseTrouble(
            "network_path", "Basis data tidak boleh diletakkan di folder jaringan. Pilih folder di cakram komputer ini."
        )


@contextmanager
def telling() -> Iterator[None]:
    """Turns errors of the driver into DatabaseTrouble."""
    from sqlcipher3 import dbapi2

    try:
        yield
    except dbapi2.Error as trouble:
        raise told(trouble) from trouble


def connect(path: Path, key: bytes, *, create: bool = False, alone: bool = False) -> Any:
    """A keyed connection, autocommit, read once so that a wrong key or damage shows here.

    alone: nobody else may have the file open, now or until this closes. create: the file is made, only for its owner,
    and must not be there. Raises DatabaseTrouble: missing, wrong_key, not_encrypted, damaged, in_use, unreadable, disk.
    """
    from sqlcipher3 import dbapi2

    if create:
        _make(path)
    else:
        _expect(path)
    raw = None
    try:
        raw = dbapi2.connect(
            f"{path.absolute().as_uri()}?mode=rw",
            uri=True,
            check_same_thread=False,
            isolation_level=None,
            timeout=(_ALONE_MS if alone else _BUSY_MS) / 1000,
        )
        raw.execute("PRAGMA cipher_log_level = NONE")
        raw.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        raw.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        raw.execute("PRAGMA temp_store = MEMORY")
        raw.execute("PRAGMA synchronous = FULL")
        if alone:
            # In WAL mode this holds only if it is set before the first page is read.
            raw.execute("PRAGMA locking_mode = EXCLUSIVE")
            raw.execute("BEGIN IMMEDIATE")
            raw.execute("ROLLBACK")
        raw.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except dbapi2.Error as trouble:
        if raw is not None:
            raw.close()
        raise _why(path, trouble, alone) from trouble
    return raw


@contextmanager
def opened(path: Path, key: bytes, *, create: bool = False, alone: bool = False) -> Iterator[Any]:
    """A connection as of `connect`, closed in the end; the driver's errors are told as DatabaseTrouble."""
    raw = connect(path, key, create=create, alone=alone)
    try:
        with telling():
            yield raw
    finally:
        raw.close()


@contextmanager
def snapshot(raw: Any) -> Iterator[None]:
    """Everything read inside is of one moment, whatever others write meanwhile."""
    raw.execute("BEGIN")
    try:
        raw.execute("SELECT count(*) FROM sqlite_master").fetchone()
        yield
    finally:
        raw.execute("ROLLBACK")


def revision(raw: Any) -> str | None:
    """The schema revision written in the file; None where there is none."""
    if raw.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone() is None:
        return None
    row = raw.execute("SELECT version_num FROM alembic_version").fetchone()
    return None if row is None else str(row[0])


def table_counts(raw: Any) -> dict[str, int]:
    """Rows of every ordinary table."""
    names = raw.execute(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' ORDER BY name"
    ).fetchall()
    return {name: raw.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for (name,) in names}  # noqa: S608


def _make(path: Path) -> None:
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except OSError as trouble:
        raise DatabaseTrouble(
            "unreadable", f"Berkas tidak dapat dibuat di {path.parent}. Periksa ruang cakram dan izin folder itu."
        ) from trouble


def _expect(path: Path) -> None:
    try:
        size = path.stat().st_size
    except OSError as trouble:
        raise DatabaseTrouble(
            "missing",
            f"Basis data tidak ditemukan di {path}. Periksa foldernya, atau buka salinan cadangan.",
        ) from trouble
    # SQLite would take an empty file for a new database; here it can only be what is left of one.
    if size == 0:
        raise damaged(" (kosong)")


def _why(path: Path, trouble: Exception, alone: bool) -> DatabaseTrouble:
    told_so = told(trouble)
    if told_so.code == "busy" and alone:
        return DatabaseTrouble(
            "in_use",
            "Basis data masih dibuka program lain. Tutup ILP Desk di semua jendela komputer ini, lalu coba lagi.",
        )
    if told_so.code != "wrong_key":
        return told_so
    try:
        with path.open("rb") as file:
            head = file.read(16)
        broken = path.stat().st_size % PAGE != 0
    except OSError:
        return told_so
    if head == b"SQLite format 3\x00":
        return DatabaseTrouble(
            "not_encrypted", "Berkas ini bukan basis data ILP Desk: isinya tidak terenkripsi. Pilih berkas yang benar."
        )
    if broken or not any(head):
        return damaged()
    return told_so
