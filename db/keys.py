"""`desk.key`: how this computer keeps the 32-byte key of the database.

The key is held in one slot: the computer's own safe (DPAPI on Windows, a file only its owner reads elsewhere), or a
start passphrase that wraps it (Argon2id, AES-GCM). Beside it stands a short check value, so that a wrong code is told
from a foreign database. The recovery code needs no slot: the key is derived from it (`db.recovery_code`).
While the key is being changed the file holds two, until the database has said which one it is.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from db.key_slots import Cost, check_value, machine_slot, open_slot, passphrase_slot, typed
from db.recovery_code import key_from_code, new_recovery_code
from ilp_desk.errors import DatabaseTrouble, InvalidInput
from ilp_desk.settings import write_atomically

__all__ = [
    "KEY_VARIABLE",
    "Cost",
    "check_value",
    "find_key",
    "keep_only",
    "key_from_code",
    "known_check_values",
    "needs_passphrase",
    "new_recovery_code",
    "read_key",
    "read_keys",
    "write_key_file",
]

KEY_VARIABLE = "ILP_DESK_KEY_FILE"
SHORTEST_PASSPHRASE = 10
_FORMAT = 1
_log = logging.getLogger(__name__)


def _no_key() -> DatabaseTrouble:
    return DatabaseTrouble(
        "no_key",
        "Berkas kunci desk.key tidak ada di komputer ini. Data Anda tidak hilang: "
        "ketik kode pemulihan yang dicetak saat penyiapan.",
    )


def _damaged_key() -> DatabaseTrouble:
    return DatabaseTrouble(
        "key_damaged",
        "Berkas kunci desk.key rusak. Data Anda tidak hilang: ketik kode pemulihan, berkas kunci akan dibuat ulang.",
    )


def write_key_file(
    path: Path,
    key: bytes,
    coming: bytes | None = None,
    *,
    passphrase: str | None = None,
    cost: Cost | None = None,
) -> None:
    """Write `desk.key`, atomically: the key in force and, while it is being changed, the one to come (`coming`).

    passphrase: asked for at every start, instead of the computer's own safe. Raises InvalidInput("passphrase") where it
    is too short, DatabaseTrouble("key_unwritable").
    """
    if passphrase is not None and len(typed(passphrase)) < SHORTEST_PASSPHRASE:
        raise InvalidInput(
            "passphrase", f"Kata sandi pembuka minimal {SHORTEST_PASSPHRASE} tanda. Pakai beberapa kata."
        )
    slots = [
        {"check": check_value(one)}
        | (machine_slot(one) if passphrase is None else passphrase_slot(one, passphrase, cost or Cost()))
        for one in (key, coming)
        if one is not None
    ]
    _write(path, slots)


def needs_passphrase(path: Path) -> bool:
    """Whether the start passphrase must be asked for. Raises DatabaseTrouble: no_key, key_damaged."""
    return any(slot.get("slot") == "passphrase" for slot in _slots(path))


def read_keys(path: Path, passphrase: str | None = None) -> tuple[bytes, ...]:
    """The key in force and, if a change was interrupted, the one to come.

    Raises DatabaseTrouble: no_key, key_damaged, key_elsewhere, needs_passphrase, wrong_passphrase.
    """
    slots = _slots(path)
    _narrow(path)
    keys = []
    for slot in slots:
        try:
            key = open_slot(slot, passphrase)
        except (KeyError, TypeError, ValueError) as trouble:
            raise _damaged_key() from trouble
        if len(key) != 32 or check_value(key) != slot.get("check"):
            raise _damaged_key()
        keys.append(key)
    return tuple(keys)


def read_key(path: Path, passphrase: str | None = None) -> bytes:
    """The key in force; errors as of `read_keys`."""
    return read_keys(path, passphrase)[0]


def find_key(path: Path, passphrase: str | None = None, environ: Mapping[str, str] | None = None) -> bytes:
    """The key for tools and for the start: from the file named by ILP_DESK_KEY_FILE, else from `desk.key`.

    That file holds the recovery code or 64 hex digits. Errors as of `read_keys`, and InvalidInput("recovery_code").
    """
    named = (os.environ if environ is None else environ).get(KEY_VARIABLE)
    if not named:
        return read_key(path, passphrase)
    file = Path(named)
    try:
        text = file.read_text(encoding="utf-8-sig").strip()
    except (OSError, UnicodeDecodeError) as trouble:
        raise DatabaseTrouble(
            "no_key", f"Berkas {KEY_VARIABLE} tidak dapat dibaca. Periksa letak dan izinnya."
        ) from trouble
    _narrow(file)
    if len(text) == 64 and set(text.lower()) <= set("0123456789abcdef"):
        return bytes.fromhex(text)
    return key_from_code(text)


def known_check_values(path: Path) -> tuple[str, ...]:
    """Check values of the keys in the file, without opening any slot. Errors: no_key, key_damaged."""
    return tuple(str(slot.get("check")) for slot in _slots(path))


def keep_only(path: Path, key: bytes) -> None:
    """Drop the other key from the file, once the database has said that this is the one. Errors as of `read_keys`."""
    _write(path, [slot for slot in _slots(path) if slot.get("check") == check_value(key)])


def _write(path: Path, slots: list[dict[str, Any]]) -> None:
    whole = {"program": "ILP Desk", "format": _FORMAT, "keys": slots, "sum": _sum(slots)}
    try:
        write_atomically(path, json.dumps(whole, indent=1).encode("ascii"))
    except OSError as trouble:
        raise DatabaseTrouble(
            "key_unwritable",
            f"Berkas kunci tidak dapat ditulis di {path.parent}. Periksa ruang cakram dan izin folder itu.",
        ) from trouble


def _slots(path: Path) -> list[dict[str, Any]]:
    try:
        text = path.read_bytes()
    except FileNotFoundError as trouble:
        raise _no_key() from trouble
    except OSError as trouble:
        raise DatabaseTrouble(
            "key_unreadable",
            "Berkas kunci desk.key tidak boleh dibaca akun ini. Masuklah dengan akun komputer yang menyiapkan "
            "program, atau ketik kode pemulihan.",
        ) from trouble
    try:
        found = json.loads(text)
        slots = found["keys"]
        sound = found["format"] == _FORMAT and isinstance(slots, list) and 1 <= len(slots) <= 2
        if not sound or not all(isinstance(slot, dict) for slot in slots) or found["sum"] != _sum(slots):
            raise _damaged_key()
    except (KeyError, TypeError, ValueError, RecursionError) as trouble:
        raise _damaged_key() from trouble
    return list(slots)


def _sum(slots: list[dict[str, Any]]) -> str:
    """Tells a damaged file from a wrong passphrase."""
    return hashlib.sha256(json.dumps(slots, sort_keys=True).encode("utf-8")).hexdigest()[:16]


def _narrow(path: Path) -> None:
    """A key file others could read is closed to them; that it was open is worth a line in the log."""
    if os.name != "posix":
        return
    try:
        if path.stat().st_mode & 0o077:
            path.chmod(0o600)
            _log.warning("key file was readable by other accounts of this computer; closed to them")
    except OSError:
        _log.warning("key file is readable by other accounts of this computer and could not be closed to them")
