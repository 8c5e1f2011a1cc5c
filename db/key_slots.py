"""The slots of `desk.key`: how one key is locked away, and opened again.

owner: as it is, in a file only its owner reads. dpapi: in the safe of Windows. passphrase: wrapped by AES-GCM with a
key that Argon2id makes of the start passphrase.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from db import dpapi
from ilp_desk.errors import DatabaseTrouble


@dataclass(frozen=True, slots=True)
class Cost:
    """What one try of a passphrase costs: passes, KiB of memory, lanes (RFC 9106, second recommended option)."""

    passes: int = 3
    memory_kib: int = 64 * 1024
    lanes: int = 4

    @property
    def bearable(self) -> bool:
        """A damaged file must not ask for all memory or for an hour."""
        return 1 <= self.passes <= 64 and 8 * self.lanes <= self.memory_kib <= 2**20 and 1 <= self.lanes <= 16


def check_value(key: bytes) -> str:
    """Sixteen hex digits by which a key is recognised; they say nothing about it."""
    return hashlib.sha256(b"ILP Desk key check\x00" + key).hexdigest()[:16]


def _plain(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def _bytes(slot: Mapping[str, Any], name: str) -> bytes:
    return base64.b64decode(slot[name], validate=True)


def machine_slot(key: bytes) -> dict[str, Any]:
    if not dpapi.AVAILABLE:
        return {"slot": "owner", "key": _plain(key)}
    try:
        return {"slot": "dpapi", "key": _plain(dpapi.protect(key))}
    except dpapi.SafeRefused as trouble:
        raise DatabaseTrouble(
            "key_unwritable", "Windows menolak menyimpan kunci untuk akun ini. Pakai kata sandi pembuka saja."
        ) from trouble


def typed(passphrase: str) -> str:
    return unicodedata.normalize("NFKC", passphrase).strip()


def _wrapping_key(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    from argon2.low_level import Type, hash_secret_raw

    if not cost.bearable or len(salt) < 8:
        raise ValueError("cost out of bounds")
    return hash_secret_raw(
        typed(passphrase).encode("utf-8", "surrogatepass"),
        salt,
        time_cost=cost.passes,
        memory_cost=cost.memory_kib,
        parallelism=cost.lanes,
        hash_len=32,
        type=Type.ID,
    )


def passphrase_slot(key: bytes, passphrase: str, cost: Cost) -> dict[str, Any]:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    wrapped = AESGCM(_wrapping_key(passphrase, salt, cost)).encrypt(nonce, key, check_value(key).encode("ascii"))
    return {
        "slot": "passphrase",
        "passes": cost.passes,
        "memory_kib": cost.memory_kib,
        "lanes": cost.lanes,
        "salt": _plain(salt),
        "nonce": _plain(nonce),
        "key": _plain(wrapped),
    }


def open_slot(slot: Mapping[str, Any], passphrase: str | None) -> bytes:
    kind = slot["slot"]
    if kind == "owner":
        return _bytes(slot, "key")
    if kind == "dpapi":
        sealed = _bytes(slot, "key")
        try:
            return dpapi.unprotect(sealed)
        except dpapi.SafeRefused as trouble:
            raise DatabaseTrouble(
                "key_elsewhere",
                "Berkas kunci ini dibuat di komputer atau akun Windows lain. "
                "Ketik kode pemulihan untuk membuka data di sini.",
            ) from trouble
    if kind == "passphrase":
        return _unwrap(slot, passphrase)
    raise ValueError("unknown slot")


def _unwrap(slot: Mapping[str, Any], passphrase: str | None) -> bytes:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if passphrase is None:
        raise DatabaseTrouble("needs_passphrase", "Ketik kata sandi pembuka untuk membuka data.")
    cost = Cost(int(slot["passes"]), int(slot["memory_kib"]), int(slot["lanes"]))
    wrapping = _wrapping_key(passphrase, _bytes(slot, "salt"), cost)
    try:
        return AESGCM(wrapping).decrypt(_bytes(slot, "nonce"), _bytes(slot, "key"), str(slot["check"]).encode("ascii"))
    except InvalidTag as trouble:
        raise DatabaseTrouble(
            "wrong_passphrase",
            "Kata sandi pembuka salah. Periksa huruf besar-kecil, lalu ketik lagi; bila lupa, pakai kode pemulihan.",
        ) from trouble
