"""Tables of calling people in, and the days of the life cycle that are kept for it."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, LargeBinary, Table, Text

from db.models.shape import metadata, shape
from db.types import Key
from ilp_desk.domain.due.recall import RecallContact

recall_contact = shape(RecallContact, "recall_contact", {"person_uid": "person"}, index=(("person_id",),))

person_outline = Table(
    "person_outline",
    metadata,
    Column("person_id", Key, ForeignKey("person.id"), primary_key=True),
    Column("home_id", Key, ForeignKey("area.id"), nullable=True),
    Column("rw", Text, nullable=False),
    Column("rt", Text, nullable=False),
    Column("rules", Text, nullable=False),
    Column("holds_until", Date, nullable=False),
    Column("days", LargeBinary, nullable=False),
    Column("marks", Integer, nullable=False),
    Index("ix_person_outline_home_id", "home_id", "rw", "rt"),
    Index("ix_person_outline_rules", "rules", "holds_until"),
)
"""Derived from the record, outside the audit, like the search index: the days from which the state of every service of
a person follows (`ilp_desk.domain.due.outlines`), and where the person lives.

home_id: hamlet, else village; rw, rt: two digits. rules: fingerprint of the rules the days were found by; holds_until:
the first day on which they have to be found anew; long ago: something was written about this person since. marks: how
often that was, so that what was worked out meanwhile is not kept.
"""
