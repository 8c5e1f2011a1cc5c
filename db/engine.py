"""The encrypted database file: how it is opened, and what is read back to be sure.

Two engines on one file: one that writes (every transaction begins IMMEDIATE, so that nobody reads first and fails to
write later) and one that reads (deferred, a page cache large enough for the search of a million people).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from ilp_desk.errors import DatabaseTrouble

BUSY_MS = 30_000
WRITE_CACHE_KIB = 8 * 1024
READ_CACHE_KIB = 64 * 1024
"""Stated in README; at one million people the search grew sixfold with 2 MB and not at all with 64 MB."""


@dataclass(frozen=True, slots=True)
class Engines:
    write: Engine
    read: Engine

    def dispose(self) -> None:
        self.write.dispose()
        self.read.dispose()


def network_path(path: Path) -> bool:
    """Whether the path visibly lies on another machine (UNC, or a network file system known to this system)."""
    text = str(path.resolve()) if not str(path).startswith("\\\\") else str(path)
    if text.startswith(("\\\\", "//")):
        return True
    try:
        mounts = Path("/proc/mounts").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return False
    remote = re.compile(r"^(nfs\d?|cifs|smb\w*|sshfs|fuse\.sshfs|9p|afs|ncpfs)$")
    found = ("", "")
    for line in mounts:
        parts = line.split(" ")
        if len(parts) > 2:
            at = parts[1].replace("\\040", " ")
            inside = text == at or text.startswith(at.rstrip("/") + "/")
            if inside and len(at) >= len(found[0]):
                found = (at, parts[2])
    return bool(remote.match(found[1]))


def connect(path: Path, key: bytes, cache_kib: int) -> Any:
    """A raw SQLCipher connection with the ground rules of the file set and read back.

    key: 32 raw bytes. Raises DatabaseTrouble: wrong_key, damaged, busy, disk.
    """
    from sqlcipher3 import dbapi2

    try:
        raw = dbapi2.connect(str(path), check_same_thread=False, timeout=BUSY_MS / 1000, isolation_level=None)
        raw.execute("PRAGMA cipher_log_level = NONE")
        raw.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        raw.execute("PRAGMA foreign_keys = ON")
        raw.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
        raw.execute(f"PRAGMA cache_size = -{cache_kib}")
        raw.execute("PRAGMA temp_store = MEMORY")
        mode = raw.execute("PRAGMA journal_mode = WAL").fetchone()[0]
        raw.execute("PRAGMA synchronous = FULL")
        found = (
            mode,
            raw.execute("PRAGMA synchronous").fetchone()[0],
            raw.execute("PRAGMA foreign_keys").fetchone()[0],
        )
    except dbapi2.DatabaseError as trouble:
        raise explain(trouble) from trouble
    if found != ("wal", 2, 1):
        raise DatabaseTrouble(
            "pragmas", "Basis data tidak dapat dibuka dengan aman di tempat ini. Pindahkan ke cakram lokal."
        )
    return raw


def foreseen(trouble: Exception) -> DatabaseTrouble | None:
    """What a driver's error means for the person in front of it; None for a fault of the program itself."""
    text = str(trouble).lower()
    if "not a database" in text:
        return DatabaseTrouble(
            "wrong_key",
            "Kunci tidak cocok dengan basis data ini, atau berkasnya rusak. "
            "Pakai kode pemulihan, atau buka salinan cadangan.",
        )
    if "malformed" in text or "corrupt" in text:
        return DatabaseTrouble(
            "damaged",
            "Berkas basis data rusak. Jangan dipakai lagi; buka salinan cadangan terakhir dari menu pemulihan.",
        )
    if "disk is full" in text or "disk full" in text:
        return DatabaseTrouble(
            "disk_full",
            "Cakram penuh; data terakhir belum tersimpan. Kosongkan ruang, lalu simpan lagi. "
            "Tidak ada data lama yang hilang.",
        )
    if "locked" in text or "busy" in text:
        return DatabaseTrouble(
            "busy", "Basis data sedang dipakai proses lain lebih dari 30 detik. Tunggu sebentar, lalu coba lagi."
        )
    if "disk i/o error" in text:
        return DatabaseTrouble(
            "disk", "Cakram tidak dapat dibaca atau ditulis. Periksa sambungan dan ruangnya, lalu coba lagi."
        )
    if "readonly" in text or "unable to open" in text:
        return DatabaseTrouble(
            "unreadable", "Berkas basis data tidak dapat dibuka. Periksa apakah foldernya ada dan boleh ditulis."
        )
    return None


def explain(trouble: Exception) -> DatabaseTrouble:
    """The same where the file itself is being opened: whatever it is, somebody must be told."""
    return foreseen(trouble) or DatabaseTrouble(
        "unknown", "Berkas basis data tidak dapat dipakai. Hubungi pendamping teknis, atau buka salinan cadangan."
    )


def _engine(path: Path, key: bytes, cache_kib: int, begin: str, size: int) -> Engine:
    from sqlcipher3 import dbapi2

    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=lambda: connect(path, key, cache_kib),
        poolclass=QueuePool,
        pool_size=size,
        max_overflow=4,
        pool_reset_on_return="rollback",
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    return engine


def open_engines(path: Path, key: bytes) -> Engines:
    """Both engines of a file; raises DatabaseTrouble (network_path and those of `connect`)."""
    if network_path(path):
        raise DatabaseTrouble(
            "network_path",
            "Basis data tidak boleh diletakkan di folder jaringan. Pindahkan ke cakram komputer ini.",
        )
    return Engines(
        write=_engine(path, key, WRITE_CACHE_KIB, "BEGIN IMMEDIATE", 1),
        read=_engine(path, key, READ_CACHE_KIB, "BEGIN", 1),
    )
