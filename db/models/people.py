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

person_search = Table(
    "person_search",
    metadata,
    Column("person_id", Key, ForeignKey("person.id"), primary_key=True),
    Column("name", Text, nullable=False),
    Column("words", Text, nullable=False),
    Index("ix_person_search_name", "name", "person_id"),
)
"""name: folded name; words: folded tokens of name, mother, head of family, address and area, blank between them."""

person_key = Table(
    "person_key",
    metadata,
    Column("value", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("person_id", Key, ForeignKey("person.id"), primary_key=True),
    Index("ix_person_key_person_id", "person_id"),
    sqlite_with_rowid=False,
)
"""Whatever is looked up by digits: NIK, BPJS, KK, record numbers old and new, phone, birth date (ddmmyyyy)."""

search_word = Table(
    "search_word",
    metadata,
    Column("word", Text, primary_key=True),
    Column("uses", Integer, nullable=False),
    sqlite_with_rowid=False,
)
"""The vocabulary: every folded word and how many people carry it; the rarest word of a question leads."""
