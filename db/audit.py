"""The audit trail: one row a command, chained per desk so that a change, a gap or another order is found."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select

from db.models import plumbing

SECRET = frozenset({"password"})
"""Fields whose values never enter the audit, not even hashed."""

_HEAD = select(plumbing.audit_head.c.seq, plumbing.audit_head.c.hash).where(
    plumbing.audit_head.c.desk == bindparam("_desk")
)
_MOVE = (
    plumbing.audit_head.update()
    .where(plumbing.audit_head.c.desk == bindparam("_desk"))
    .values(seq=bindparam("_seq"), hash=bindparam("_hash"))
)


def plain(field: str, value: Any) -> Any:
    """A value as it may stand in the audit's JSON."""
    if field in SECRET:
        return "***"
    if isinstance(value, bytes):
        return "sha256:" + hashlib.sha256(value).hexdigest()
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, Mapping):
        return {str(k): plain("", v) for k, v in value.items()}
    if isinstance(value, tuple | list | frozenset):
        return [plain("", v) for v in value]
    return value.isoformat()


def canonical(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def stamp(at: datetime) -> str:
    """The instant as it enters the chain: UTC, microseconds."""
    return at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def chained(previous: str, desk: str, seq: int, at: str, staff: str, act: str, subject: str, content: str) -> str:
    """The hash of a row: SHA-256 over the hash before it and everything the row says."""
    text = "\x1f".join((previous, desk, str(seq), at, staff, act, subject, content))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


class Chain:
    """Appends rows to the chain of one desk within one transaction."""

    def __init__(self, connection: Connection, desk: str) -> None:
        self._connection, self._desk = connection, desk
        head = connection.execute(_HEAD, {"_desk": desk}).one_or_none()
        self._new = head is None
        self._seq: int = 0 if head is None else head.seq
        self._hash: str = "" if head is None else head.hash

    def append(self, at: datetime, staff: str, act: str, subject: str, content: Any) -> None:
        text = canonical(content)
        self._seq += 1
        self._hash = chained(self._hash, self._desk, self._seq, stamp(at), staff, act, subject, text)
        row = {
            "desk": self._desk,
            "seq": self._seq,
            "at": at,
            "staff": staff,
            "act": act,
            "subject": subject,
            "content": text,
            "hash": self._hash,
        }
        self._connection.execute(plumbing.audit.insert(), row)

    def close(self) -> None:
        """Move the head: the truncation of a tail shows as well."""
        if self._new:
            row = {"desk": self._desk, "seq": self._seq, "hash": self._hash}
            self._connection.execute(plumbing.audit_head.insert(), row)
        else:
            self._connection.execute(_MOVE, {"_desk": self._desk, "_seq": self._seq, "_hash": self._hash})
