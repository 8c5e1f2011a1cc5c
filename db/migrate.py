"""Brings the database file to the schema of this program: makes it, upgrades it, or says in words why not.

A file that is up to date costs one small query; Alembic and SQLAlchemy are imported only where there is work to do.
"""

from __future__ import annotations

import os
import secrets
from enum import StrEnum
from pathlib import Path
from typing import Any

from db.migrations import REVISION
from db.sqlite_file import opened, refuse_network, revision, told
from ilp_desk.errors import DatabaseTrouble
from ilp_desk.settings import sync_folder

SCRIPTS = Path(__file__).parent / "migrations"


class Outcome(StrEnum):
    CURRENT = "current"
    CREATED = "created"
    UPGRADED = "upgraded"


def migrate(path: Path, key: bytes, *, create: bool = True) -> Outcome:
    """Make sure the file exists and has this program's schema.

    create: whether a missing file may be made. An older file is copied first (`desk.before-0002.db`, verified); the
    copy stays. Raises DatabaseTrouble: missing, newer, unknown, migration_failed, in_use, network_path, wrong_key,
    damaged, disk_full and others of opening and copying.
    """
    if create and not path.exists():
        return _create(path, key)
    with opened(path, key) as raw:
        found = _known(revision(raw))
    if found == REVISION:
        return Outcome.CURRENT
    return _upgrade(path, key)


def _known(found: str | None) -> str:
    if found is None or not (len(found) == 4 and found.isdecimal()) or found == "0000":
        raise DatabaseTrouble(
            "unknown",
            "Isi berkas ini tidak dikenal sebagai basis data ILP Desk. Pilih berkas yang benar atau salinan cadangan.",
        )
    if found > REVISION:
        raise DatabaseTrouble(
            "newer",
            "Basis data ini sudah dipakai ILP Desk yang lebih baru. Perbarui program di komputer ini, lalu buka lagi; "
            "data tidak diubah.",
        )
    return found


def _create(path: Path, key: bytes) -> Outcome:
    """The new file gets its name only when it is whole, and never takes the place of another."""
    refuse_network(path)
    beside = [path.with_name(path.name + end) for end in ("-wal", "-journal")]
    if any(one.exists() and one.stat().st_size for one in beside):
        raise DatabaseTrouble(
            "missing",
            f"Berkas {path.name} tidak ada, tetapi sisa tulisannya ada di {path.parent}. "
            "Kembalikan berkas itu ke folder ini, atau buka salinan cadangan; jangan hapus apa pun.",
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        made = path.with_name(f"{path.name}.new-{secrets.token_hex(4)}")
        try:
            with opened(made, key, create=True) as raw:
                raw.execute("PRAGMA journal_mode = WAL")
                _run(raw)
            first = _take_name(made, path)
        finally:
            made.unlink(missing_ok=True)
    except OSError as trouble:
        raise DatabaseTrouble(
            "unreadable",
            f"Basis data tidak dapat dibuat di {path.parent}. Periksa ruang cakram dan izin folder itu.",
        ) from trouble
    return Outcome.CREATED if first else migrate(path, key, create=False)


def _take_name(made: Path, path: Path) -> bool:
    """Whether the name was still free: of two programs that start at once one makes the file, the other opens it."""
    try:
        # A link refuses to replace; a rename would, except on Windows.
        if os.name == "posix":
            os.link(made, path)
        else:
            made.rename(path)
    except FileExistsError:
        return False
    except OSError:
        if path.exists():
            return False
        made.rename(path)  # a file system without links
    sync_folder(path.parent)
    return True


def _upgrade(path: Path, key: bytes) -> Outcome:
    from db.backup import copy_of

    with opened(path, key, alone=True) as raw:
        if _known(revision(raw)) == REVISION:
            return Outcome.CURRENT  # another program was faster
        kept = _free_name(path.with_name(f"{path.stem}.before-{REVISION}{path.suffix}"))
        copy_of(raw, key, kept)
        try:
            _run(raw)
        except Exception as trouble:
            if isinstance(trouble, DatabaseTrouble) and trouble.code == "disk_full":
                raise
            raise DatabaseTrouble(
                "migration_failed",
                "Pembaruan basis data gagal dan dibatalkan; isi lama tetap utuh. Pakai dulu versi program sebelumnya, "
                f"simpan salinan {kept.name} di {kept.parent}, dan hubungi pendamping teknis.",
            ) from trouble
    return Outcome.UPGRADED


def _free_name(path: Path) -> Path:
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return free


def _run(raw: Any) -> None:
    """Every revision that is missing, in one transaction, checked before it is committed."""
    from alembic import command
    from alembic.config import Config
    from sqlalchemy import create_engine, event
    from sqlalchemy.exc import DBAPIError
    from sqlalchemy.pool import StaticPool
    from sqlcipher3 import dbapi2

    engine = create_engine(
        "sqlite://", module=dbapi2, creator=lambda: raw, poolclass=StaticPool, pool_reset_on_return=None
    )
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    # A table is rebuilt by copying, which enforced references would take for a deletion.
    raw.execute("PRAGMA foreign_keys = OFF")
    try:
        with engine.begin() as connection:
            config = Config(attributes={"connection": connection})
            config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
            command.upgrade(config, "head")
            if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                raise DatabaseTrouble(
                    "references", "Pembaruan ini memutus hubungan antardata; hubungi pendamping teknis."
                )
            if revision(raw) != REVISION:
                raise DatabaseTrouble("unknown", "Pembaruan ini tidak lengkap; pasang ulang program.")
    except DBAPIError as trouble:
        raise told(trouble) from trouble
