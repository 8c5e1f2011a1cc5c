"""What every stored record has in common, and the ids it is known by."""

from __future__ import annotations

import secrets
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from ilp_desk.errors import NeedsReason


def new_uid(ms: int | None = None, bits: Callable[[int], int] = secrets.randbits) -> str:
    """A UUIDv7 (RFC 9562): 48 bit Unix milliseconds, then random, so that ids made later sort later.

    ms: the instant to stamp, milliseconds since 1970 (now, if none; the stamp orders, it is never read as a date).
    bits: gives that many random bits; another source than the system's only for sample data.
    """
    stamp = (time.time_ns() // 1_000_000 if ms is None else ms) & 0xFFFF_FFFF_FFFF
    whole = stamp << 80 | 0x7 << 76 | bits(12) << 64 | 0b10 << 62 | bits(62)
    return str(uuid.UUID(int=whole))


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """A row that crosses the wall of `db`: known outside by `uid`, changed only through the unit of work.

    row_version: what the reader saw; a change on an older version is refused. The made_* fields and row_version are
    stamped by the unit of work, whatever the caller put there. Voided rows stay and are left out of every list.
    """

    uid: str
    row_version: int = 1
    made_at: datetime | None = None
    made_by: str | None = None
    made_desk: str = ""
    voided_at: datetime | None = None
    voided_by: str | None = None
    void_reason: str = ""
    replaces: str | None = None

    @property
    def live(self) -> bool:
        return self.voided_at is None


STAMPS = frozenset(
    {"row_version", "made_at", "made_by", "made_desk", "voided_at", "voided_by", "void_reason", "replaces"}
)
"""Fields of `Record` that the unit of work keeps; everything else is the caller's."""


def reason(text: str) -> str:
    """A reason in words, at least three letters; raises NeedsReason."""
    words = " ".join(text.split())
    if len(words) < 3:
        raise NeedsReason
    return words
