"""Tables that keep the program honest: counters, audit, change feed, file facts."""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from db.models.shape import metadata
from db.types import Key, UtcDateTime

counter = Table(
    "counter",
    metadata,
    Column("name", Text, primary_key=True),
    Column("period", Text, primary_key=True),
    Column("value", Integer, nullable=False),
    sqlite_with_rowid=False,
)

audit = Table(
    "audit",
    metadata,
    Column("id", Key, primary_key=True),
    Column("desk", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("staff", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("content", Text, nullable=False),
    Column("hash", Text, nullable=False),
    UniqueConstraint("desk", "seq"),
    Index("ix_audit_subject", "subject"),
    Index("ix_audit_at", "at"),
)
"""One row a command (before and after of every record, canonical JSON) or a batch of readings.

hash chains the rows of a desk.
"""

audit_head = Table(
    "audit_head",
    metadata,
    Column("desk", Text, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("hash", Text, nullable=False),
)

change = Table(
    "change",
    metadata,
    Column("seq", Key, primary_key=True),
    Column("topic", Text, nullable=False),
    Column("uid", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("desk", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    sqlite_autoincrement=True,
)

draft = Table(
    "draft",
    metadata,
    Column("screen", Text, primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("staff_id", Key, ForeignKey("staff.id"), primary_key=True),
    Column("content", JSON, nullable=False),
    Column("saved_at", UtcDateTime, nullable=False),
)
"""What somebody typed and has not saved yet. The only rows that go away: they never were part of the record."""
