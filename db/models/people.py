"""Tables of people and families, and of what search knows about them."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text

from db.models.shape import live, metadata, shape
from db.types import Key
from ilp_desk.domain.person import Consent, Family, FamilyMembership, NotSamePerson, OldNumber, Person

family = shape(Family, "family", {"area_uid": "area"}, index=(("kk",), ("folder",), ("area_id",)))
person = shape(
    Person,
    "person",
    {"family_uid": "family", "area_uid": "area", "mother_uid": "person", "merged_into": "person"},
    index=(("nik",), ("bpjs",), ("born_on",), ("family_id",), ("area_id",), ("merged_into_id",)),
    unique=((("record_number",), lambda t: live(t) & (t.c.record_number != "") & t.c.merged_into_id.is_(None)),),
)
family_membership = shape(
    FamilyMembership,
    "family_membership",
    {"person_uid": "person", "family_uid": "family"},
    index=(("person_id",), ("family_id",)),
)
old_number = shape(OldNumber, "old_number", {"person_uid": "person"}, index=(("person_id",),))
not_same_person = shape(
    NotSamePerson, "not_same_person", {"person_uid": "person", "other_uid": "person"}, index=(("person_id",),)
)
consent = shape(
    Consent, "consent", {"person_uid": "person", "visit_uid": "visit"}, index=(("person_id",), ("visit_id",))
)

Bytewise = Text().with_variant(Text(collation="C"), "postgresql")
"""Text whose index serves `LIKE 'begin%'` as a range: compared byte by byte, as SQLite does anyway."""

person_search = Table(
    "person_search",
    metadata,
    Column("person_id", Key, ForeignKey("person.id"), primary_key=True),
    Column("name", Bytewise, nullable=False),
    Column("words", Text, nullable=False),
    Index("ix_person_search_name", "name", "person_id"),
)
"""name: folded name; words: folded words of mother, head of family, address, area and year of birth that are not in the
name; a blank between them. A merged person keeps a row, so that the old name leads to the survivor; a voided one has none.
"""

person_key = Table(
    "person_key",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("value", Bytewise, primary_key=True),
    Column("person_id", Key, ForeignKey("person.id"), primary_key=True),
    Index("ix_person_key_person_id", "person_id"),
    sqlite_with_rowid=False,
)
"""Whatever is looked up by its beginning: NIK, BPJS, KK, record numbers old and new, phone (`db.search_index.Kind`)."""

search_word = Table(
    "search_word",
    metadata,
    Column("id", Key, primary_key=True),
    Column("word", Bytewise, nullable=False, unique=True),
    Column("uses", Integer, nullable=False),
)
"""The vocabulary: every folded word and how many people carry it; the rarest word of a question leads.

The empty word counts the people. Rows are never deleted, so whoever holds the vocabulary in memory learns what is new by
asking for ids above the highest one known.
"""
