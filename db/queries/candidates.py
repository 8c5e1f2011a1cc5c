"""Who may be the person being typed."""

from __future__ import annotations

from sqlalchemy import Connection, or_, select
from sqlalchemy.sql.elements import ColumnElement

from db.models import people, site
from db.queries.answering import answers
from ilp_desk.domain.person import Precision, Sex
from ilp_desk.domain.text.dates import PartialDate
from ilp_desk.domain.text.matching import Identity
from ilp_desk.rows.people import Candidate, Candidates


@answers(Candidates)
def candidates(connection: Connection, question: Candidates) -> tuple[Candidate, ...]:
    p, f, a, k = people.person, people.family, site.area, people.person_key
    ways: list[ColumnElement[bool]] = []
    if question.numbers:
        ways.append(p.c.id.in_(select(k.c.person_id).where(k.c.value.in_(question.numbers))))
    if question.born is not None:
        ways.append(p.c.born_on == question.born)
    if question.uids:
        ways.append(p.c.uid.in_(question.uids))
    if not ways:
        return ()
    rows = connection.execute(
        select(p, f.c.kk, a.c.name.label("area_name"))
        .join(f, f.c.id == p.c.family_id, isouter=True)
        .join(a, a.c.id == p.c.area_id, isouter=True)
        .where(or_(*ways), p.c.voided_at.is_(None), p.c.merged_into_id.is_(None))
        .limit(question.limit)
    )
    return tuple(
        Candidate(
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
        for row in rows
    )
