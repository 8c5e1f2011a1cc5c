"""People by a number or its beginning, and by the day they were born."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, select

from db.candidates import Candidates
from db.models import people
from db.search_index import IDENTIFYING, Kind
from db.vocabulary import AFTER
from ilp_desk.domain.text.dates import PartialDate
from ilp_desk.domain.text.identifiers import record_key
from ilp_desk.domain.text.search import Identifier, Number

_k, _p = people.person_key, people.person
_KEYS = (
    select(_k.c.value, _k.c.kind, _k.c.person_id)
    .where(_k.c.kind == bindparam("kind"), _k.c.value >= bindparam("first"), _k.c.value < bindparam("last"))
    .order_by(_k.c.value, _k.c.person_id)
    .limit(bindparam("most"))
)
_BORN = (
    select(_p.c.id)
    .where(_p.c.born_on >= bindparam("first"), _p.c.born_on <= bindparam("last"), _p.c.voided_at.is_(None))
    .order_by(_p.c.born_on, _p.c.id)
    .limit(bindparam("most"))
)

_KINDS: dict[Identifier, tuple[Kind, ...]] = {
    Identifier.NIK: (Kind.NIK,),
    Identifier.KK: (Kind.KK,),
    Identifier.BPJS: (Kind.BPJS,),
    Identifier.RECORD: (Kind.RECORD, Kind.SHORT, Kind.FOLDER),
    Identifier.PHONE: (Kind.PHONE,),
    Identifier.IHS: (),
}


class Key(NamedTuple):
    value: str
    kind: str
    person_id: int


def by_number(connection: Connection, number: Number, found: Candidates) -> None:
    """Whoever has this whole number and, if it can be a date, whoever was born then; failing them what begins so."""
    keys = keys_like(connection, number, found.limit)
    wanted = {number.digits, number.record, number.phone} - {""}
    found.exact = {key.person_id for key in keys if key.kind in IDENTIFYING and key.value in wanted}
    found.add(key.person_id for key in keys if key.person_id in found.exact)
    if number.birth is not None:
        found.add(born(connection, number.birth, found.limit))
    if not found.exact:
        found.add(key.person_id for key in keys)


def by_record_text(connection: Connection, text: str, found: Candidates) -> None:
    """A record number of another scheme, with separators that read like something else (123/05/99)."""
    wanted = record_key(text)
    if len(wanted) >= 3 and any(char.isdigit() for char in wanted):
        keys = _range(connection, wanted, (Kind.RECORD, Kind.SHORT), found.limit)
        found.exact = {key.person_id for key in keys if key.value == wanted and key.kind == Kind.RECORD}
        found.add(found.exact or [key.person_id for key in keys])


def keys_like(connection: Connection, number: Number, most: int) -> list[Key]:
    """Keys that begin with a number, whole ones first; as many as `most` of each kind it can be."""
    kinds = [kind for identifier in number.kinds for kind in _KINDS[identifier]]
    plain = [kind for kind in kinds if kind is not Kind.PHONE]
    keys = _range(connection, number.record, plain, most) if number.record else []
    if number.phone and Kind.PHONE in kinds:
        keys += _range(connection, number.phone, (Kind.PHONE,), most)
    return sorted(keys)


def born(connection: Connection, birth: PartialDate, most: int) -> list[int]:
    asked = {"first": birth.earliest, "last": birth.latest, "most": most}
    return list(connection.execute(_BORN, asked).scalars().all())


def _range(connection: Connection, value: str, kinds: Sequence[Kind], most: int) -> list[Key]:
    keys: list[Key] = []
    for kind in kinds:
        asked = {"kind": str(kind), "first": value, "last": value + AFTER, "most": most}
        keys += [Key(*row) for row in connection.execute(_KEYS, asked).all()]
    return keys
