"""The way back from a copy. The database in use is put aside under another name, never written to."""

from __future__ import annotations

import os
import secrets
import shutil
from datetime import datetime
from pathlib import Path

from db.backup import Progress, copy_of
from db.migrations import REVISION
from db.sqlite_file import opened, refuse_network, revision
from ilp_desk.errors import DatabaseTrouble
from ilp_desk.settings import sync_folder

_JOURNALS = ("-wal", "-journal")


def restore(copy: Path, key: bytes, database: Path, at: datetime, progress: Progress | None = None) -> Path | None:
    """Put a verified copy in the place of the database; gives the name the old one now has (None: there was none).

    at: local time, for that name. At every moment the place holds the old file or the new one, whole. An older copy is
    upgraded by the `migrate` that has to follow. Raises DatabaseTrouble: newer, in_use, network_path,
    target_unreachable and those of opening and copying.
    """
    refuse_network(database)
    fresh = database.with_name(f"{database.name}.restored-{secrets.token_hex(4)}")
    try:
        database.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with opened(copy, key) as raw:
            if (revision(raw) or "") > REVISION:
                raise DatabaseTrouble(
                    "newer", "Salinan ini dibuat ILP Desk yang lebih baru. Perbarui program dulu, lalu pulihkan lagi."
                )
            copy_of(raw, key, fresh, progress)
        aside = _put_aside(database, key, at) if database.exists() else None
        os.replace(fresh, database)
        sync_folder(database.parent)
    except OSError as trouble:
        raise DatabaseTrouble(
            "target_unreachable",
            f"Salinan tidak dapat ditaruh di {database.parent}. Tutup semua jendela ILP Desk, periksa izin folder, "
            "lalu ulangi; basis data lama tidak berubah.",
        ) from trouble
    finally:
        fresh.unlink(missing_ok=True)
    return aside


def _put_aside(database: Path, key: bytes, at: datetime) -> Path:
    """A second name for the old file and what it has not written back yet; then only the old file is left in place."""
    aside, number = database.with_name(f"{database.stem}.replaced-{at:%Y%m%d-%H%M%S}{database.suffix}"), 1
    while aside.exists():
        number += 1
        aside = database.with_name(f"{database.stem}.replaced-{at:%Y%m%d-%H%M%S}-{number}{database.suffix}")
    # Before anything opens the file: SQLite removes the journal of a file it cannot read.
    sides = [(Path(f"{database}{side}"), Path(f"{aside}{side}")) for side in _JOURNALS]
    for here, there in sides:
        if here.exists():
            _second_name(here, there)
    written_back = False
    try:
        written_back = _settled(database, key)
        _second_name(database, aside)
    finally:
        if written_back or not aside.exists():
            for _, there in sides:
                there.unlink(missing_ok=True)
    sync_folder(database.parent)
    # Left beside the new file these would be taken for its own.
    for side in (*_JOURNALS, "-shm"):
        Path(f"{database}{side}").unlink(missing_ok=True)
    return aside


def _settled(database: Path, key: bytes) -> bool:
    """Make sure nobody has the old file open, and write back its journal; False: it is damaged and taken as it lies."""
    try:
        with opened(database, key, alone=True) as raw:
            raw.execute("PRAGMA journal_mode = DELETE")
    except DatabaseTrouble as trouble:
        if trouble.code in ("in_use", "busy"):
            raise
        return False
    return True


def _second_name(here: Path, there: Path) -> None:
    try:
        os.link(here, there)
    except OSError:
        shutil.copy2(here, there)  # a file system without links
        with there.open("rb+") as file:
            os.fsync(file.fileno())
