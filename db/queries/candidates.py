"""Who may be the person being typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, select

from db.models import people, site
from db.queries.answering import answers
from db.search_index import Kind
from ilp_desk.domain.person import Precision, Sex
from ilp_desk.domain.text.dates import PartialDate
from ilp_desk.domain.text.matching import Identity
from ilp_desk.rows.people import Candidate, Candidates

NUMBERS = (Kind.NIK.value, Kind.BPJS.value, Kind.KK.value, Kind.PHONE.value)


@answers(Candidates)
def candidates(connection: Connection, question: Candidates) -> tuple[Candidate, ...]:
    """Numbers first, then likely names, then the birthday: thousands are recorded as born on the first of January, and
    they must not push out whoever has the same NIK."""
    p, k = people.person, people.person_key
    found: dict[str, Candidate] = {}
    if question.numbers:
        same = select(k.c.person_id).where(k.c.kind.in_(NUMBERS), k.c.value.in_(question.numbers))
        found |= _read(connection, p.c.id.in_(same), question.limit)
    if question.uids:
        found |= _read(connection, p.c.uid.in_(question.uids), question.limit)
    if question.born is not None:
        found |= _read(connection, p.c.born_on == question.born, question.limit)
    return tuple(found.values())


def _read(connection: Connection, which: ColumnElement[bool], limit: int) -> dict[str, Candidate]:
    p, f, a = people.person, people.family, site.area
    rows: Sequence[Any] = connection.execute(
        select(p, f.c.kk, a.c.name.label("area_name"))
        .join(f, f.c.id == p.c.family_id, isouter=True)
        .join(a, a.c.id == p.c.area_id, isouter=True)
        .where(which, p.c.voided_at.is_(None), p.c.merged_into_id.is_(None))
        .limit(limit)
    ).all()
    return {row.uid: _candidate(row) for row in rows}


def _candidate(row: Any) -> Candidate:
    return Candidate(
        row.uid,
        Identity(
            name=row.name,
            sex=Sex(row.sex),
            birth=PartialDate(row.born_on, Precision(row.born_precision)) if row.born_on else None,
            nik=row.nik,
            bpjs=row.bpjs,
            kk=row.kk or "",
            mother=row.mother_name,
            phone=row.phone,
            area=" ".join(filter(None, (row.area_name, row.rt, row.rw))) or row.outside,
            birth_order=row.birth_order,
        ),
        row.record_number,
        row.area_name or row.outside,
    )
