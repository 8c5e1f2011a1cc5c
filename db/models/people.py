"""Tables of people and families, and of what search knows about them."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, Table, Text

from db.models.shape import live, metadata, shape
from db.types import Key
from ilp_desk.domain.person import Consent, Family, FamilyMembership, NotSamePerson, OldNumber, Person

family = shape(Family, "family", {"area_uid": "area"}, index=(("kk",), ("folder",), ("area_id",)))
person = shape(
    Person,
    "person",
    {"family_uid": "family", "area_uid": "area", "mother_uid": "person", "merged_into": "person"},
    index=(("nik",), ("bpjs",), ("born_on",), ("family_id",), ("area_id",)),
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
    Column("uid", Text, nullable=False),
    Column("shown", Text, nullable=False),
    Column("sex", Text, nullable=False),
    Column("born_on", Date, nullable=True),
    Column("born_precision", Text, nullable=False),
    Column("record_number", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("mother", Text, nullable=False),
    Column("kin", Text, nullable=False),
    Column("area", Text, nullable=False),
    Column("rt_rw", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("merged_into_id", Key, ForeignKey("person.id"), nullable=True),
    Column("voided", Boolean, nullable=False),
    Index("ix_person_search_name", "name", "person_id", "born_on"),
)
"""One row holds all a list shows of a person, so that fifty hits cost fifty pages, not a hundred and fifty.

name: folded name; words: folded words of mother, head of family, address, area and year of birth that are not in the
name; a blank between them. shown: the name as written; number: NIK or BPJS, masked; kin: husband or head of family, as
words; the rest as in `person`, of which this is a copy kept by `db.search_index`. status, merged_into_id and voided
follow by themselves (a trigger). A merged person keeps a row, so that the old name leads to the survivor.
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

The empty word counts the people. Rows are never deleted, so whoever holds the vocabulary in memory learns what is new
by asking for ids above the highest one known.
"""
