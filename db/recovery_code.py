"""The recovery code: the database key as people can write it down.

160 random bits and 20 check bits in Crockford's base 32, nine groups of four. The key is derived from the code, so a
code and a database file are enough to open it, whatever became of this computer. The check bits are the number modulo a
prime just below 2^20: every slip in one sign and every swap of two neighbours is found, of other slips all but one in a
million.
"""

from __future__ import annotations

import secrets
import unicodedata

from ilp_desk.errors import InvalidInput

_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUE = {sign: value for value, sign in enumerate(_SIGNS)} | {"O": 0, "I": 1, "L": 1}
_BITS = 160
_CHECK_BITS = 20
_PRIME = 1_048_573
_LENGTH = (_BITS + _CHECK_BITS) // 5
_GROUP = 4
_SALT = b"ILP Desk database key"
_PURPOSE = b"recovery code 1"


def new_recovery_code() -> str:
    """A fresh code, as printed: `7K2P-...`, nine groups."""
    return _written(secrets.randbits(_BITS))


def key_from_code(text: str) -> bytes:
    """The 32-byte key of a code, however it was typed (small letters, blanks, dashes, O for 0, I or L for 1).

    Raises InvalidInput("recovery_code", sentence) where a sign is wrong, missing or too many.
    """
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    secret = _number(text).to_bytes(_BITS // 8, "big")
    return HKDF(algorithm=SHA256(), length=32, salt=_SALT, info=_PURPOSE).derive(secret)


def _written(number: int) -> str:
    whole = number << _CHECK_BITS | number % _PRIME
    signs = "".join(_SIGNS[whole >> 5 * place & 31] for place in reversed(range(_LENGTH)))
    return "-".join(signs[at : at + _GROUP] for at in range(0, _LENGTH, _GROUP))


def _sound(values: list[int]) -> bool:
    number, check = _split(values)
    return number % _PRIME == check


def _split(values: list[int]) -> tuple[int, int]:
    whole = 0
    for value in values:
        whole = whole << 5 | value
    return whole >> _CHECK_BITS, whole & (1 << _CHECK_BITS) - 1


def _number(text: str) -> int:
    signs = [
        sign
        for sign in unicodedata.normalize("NFKC", text).upper()
        if not sign.isspace() and unicodedata.category(sign) not in ("Pd", "Cf", "Cc") and sign not in "_.·"
    ]
    for at, sign in enumerate(signs):
        if sign not in _VALUE:
            raise _refused(f"Tanda “{sign}” di kelompok ke-{at // _GROUP + 1} tidak dipakai dalam kode pemulihan.")
    if len(signs) != _LENGTH:
        raise _refused(f"Kode pemulihan terdiri dari {_LENGTH} tanda; yang terbaca {len(signs)}.")
    values = [_VALUE[sign] for sign in signs]
    if not _sound(values):
        groups = _suspects(values)
        where = " atau ".join(f"ke-{group}" for group in groups)
        raise _refused(
            f"Ada satu tanda yang keliru, tampaknya di kelompok {where}."
            if groups
            else "Ada tanda yang keliru atau tertukar dalam kode ini."
        )
    return _split(values)[0]


def _suspects(values: list[int]) -> list[int]:
    """Groups (1 to 9) in which one other sign would make the code sound."""
    found = []
    for at, kept in enumerate(values):
        group = at // _GROUP + 1
        if group in found:
            continue
        for other in range(32):
            values[at] = other
            if other != kept and _sound(values):
                found.append(group)
                break
        values[at] = kept
    return found


def _refused(what: str) -> InvalidInput:
    return InvalidInput("recovery_code", f"{what} Bandingkan lagi dengan lembar kode pemulihan.")
