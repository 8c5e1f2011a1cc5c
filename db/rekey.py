"""Another recovery code for a database, and the way in with a code when `desk.key` is lost.

Changing the code changes the key, so every page of the file is written anew. `desk.key` first holds both keys, then the
file changes in one transaction, then `desk.key` holds the new one: whenever the power goes, one of its keys opens the
file. Copies made before keep the old key: whoever changes a code because others saw it makes a new copy and puts the
old ones away.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from db.backup import copy_of, verify
from db.keys import (
    KEY_VARIABLE,
    Cost,
    check_value,
    find_key,
    keep_only,
    key_from_code,
    known_check_values,
    needs_passphrase,
    read_keys,
    write_key_file,
)
from db.sqlite_file import connect, damaged, opened
from ilp_desk.errors import DatabaseTrouble, InvalidInput


def settled_key(
    database: Path, key_file: Path, passphrase: str | None = None, environ: Mapping[str, str] | None = None
) -> bytes:
    """The key to open this database with: as `keys.find_key`, and a change that was cut off is brought to its end.

    Errors as of `find_key`; where a change was cut off also those of opening the database.
    """
    found = os.environ if environ is None else environ
    if found.get(KEY_VARIABLE):
        return find_key(key_file, passphrase, found)
    keys = read_keys(key_file, passphrase)
    if len(keys) == 1:
        return keys[0]
    trouble = None
    for key in keys:
        try:
            connect(database, key).close()
        except DatabaseTrouble as refused:
            trouble = trouble or refused
        else:
            keep_only(key_file, key)
            return key
    raise trouble or damaged()


def change_recovery_code(
    database: Path, key_file: Path, code: str, *, passphrase: str | None = None, cost: Cost | None = None
) -> None:
    """Make `code` (a new one, printed and typed back) the recovery code of this database.

    passphrase: of the key file, if it asks for one; it stays. Nobody else may have the database open. Raises
    InvalidInput, DatabaseTrouble: in_use, disk_full, code_unchanged and those of reading the key and opening the
    database; then the old code holds.
    """
    coming = key_from_code(code)
    old = settled_key(database, key_file, passphrase, {})
    if coming == old:
        raise InvalidInput("recovery_code", "Kode ini sudah berlaku sekarang. Buat kode yang baru dulu.")
    phrase = passphrase if needs_passphrase(key_file) else None
    kept = database.with_name(f"{database.stem}.before-new-code{database.suffix}")
    with opened(database, old, alone=True) as raw:
        kept.unlink(missing_ok=True)
        copy_of(raw, old, kept)
        write_key_file(key_file, old, coming, passphrase=phrase, cost=cost)
        # In WAL mode a cut leaves the old file or the new one; the answer says ok even where the disk was full.
        raw.execute("PRAGMA journal_mode = WAL")
        raw.execute(f"PRAGMA rekey = \"x'{coming.hex()}'\"")
    if settled_key(database, key_file, passphrase, {}) != coming:
        kept.unlink()
        raise DatabaseTrouble(
            "code_unchanged",
            "Kode pemulihan belum diganti; kode lama tetap berlaku. Periksa ruang cakram, lalu ulangi.",
        )
    try:
        verify(database, coming)
    except DatabaseTrouble as trouble:
        raise damaged(f"; isinya utuh di {kept.name}, yang dibuka dengan kode lama") from trouble
    kept.unlink()


def recover(
    database: Path, key_file: Path, code: str, *, passphrase: str | None = None, cost: Cost | None = None
) -> bytes:
    """Open the database with its recovery code and write `desk.key` anew; gives the key.

    passphrase: to be asked for from now on, None for the computer's own safe. Raises InvalidInput where the code has a
    slip, DatabaseTrouble: wrong_code, foreign_file, missing, damaged ...
    """
    key = key_from_code(code)
    try:
        connect(database, key).close()
    except DatabaseTrouble as trouble:
        if trouble.code == "wrong_key":
            raise _whose_fault(key_file, key) from trouble
        raise
    write_key_file(key_file, key, passphrase=passphrase, cost=cost)
    return key


def _whose_fault(key_file: Path, key: bytes) -> DatabaseTrouble:
    """The code has no slip and does not open the file: another code, or another file?"""
    try:
        known = known_check_values(key_file)
    except DatabaseTrouble:
        known = ()
    if check_value(key) in known:
        return DatabaseTrouble(
            "foreign_file",
            "Kode ini benar untuk komputer ini, tetapi berkas basis datanya milik tempat lain atau rusak. "
            "Pilih berkas yang benar, atau buka salinan cadangan terakhir.",
        )
    return DatabaseTrouble(
        "wrong_code",
        "Kode ini tertulis benar, tetapi bukan kode untuk basis data ini. Pakai lembar kode yang dicetak terakhir.",
    )
