"""Measures of people, whoever took them where, and what is known of a child's birth."""

from __future__ import annotations

from sqlalchemy import Connection, or_, select

from db.models import desk, maternity, people
from db.queries.answering import answers
from ilp_desk.rows.growth import BirthOf, BirthRow, MeasureRow, MeasuresOf

AT_ONCE = 500


@answers(MeasuresOf)
def measures_of(connection: Connection, question: MeasuresOf) -> tuple[MeasureRow, ...]:
    vs, p, v = desk.vital_signs, people.person, desk.visit
    found: list[MeasureRow] = []
    for start in range(0, len(question.person_uids), AT_ONCE):
        some = question.person_uids[start : start + AT_ONCE]
        statement = (
            select(
                p.c.uid.label("person_uid"), vs.c.uid, v.c.service_date, vs.c.taken_at, vs.c.weight, vs.c.height,
                vs.c.position, vs.c.head, vs.c.arm, vs.c.oedema, vs.c.place, vs.c.source,
            )
            .join(p, p.c.id == vs.c.person_id)
            .join(v, v.c.id == vs.c.visit_id, isouter=True)
            .where(
                p.c.uid.in_(some),
                vs.c.voided_at.is_(None),
                or_(*(vs.c[name].is_not(None) for name in ("weight", "height", "head", "arm", "oedema"))),
            )
            .order_by(vs.c.taken_at, vs.c.id)
        )  # fmt: skip
        found += [
            MeasureRow(
                person_uid=row.person_uid,
                uid=row.uid,
                on=row.service_date,
                at=row.taken_at,
                weight=row.weight,
                height=row.height,
                position=row.position,
                head=row.head,
                arm=row.arm,
                oedema=row.oedema,
                place=row.place,
                source=row.source,
            )
            for row in connection.execute(statement)
        ]
    return tuple(found)


@answers(BirthOf)
def birth_of(connection: Connection, question: BirthOf) -> BirthRow | None:
    i, d, g, p = maternity.infant, maternity.delivery, desk.pregnancy, people.person
    statement = (
        select(d.c.on, g.c.lmp, i.c.weight, i.c.length)
        .join(d, d.c.id == i.c.delivery_id)
        .join(g, g.c.id == d.c.pregnancy_id)
        .join(p, p.c.id == i.c.child_id)
        .where(p.c.uid == question.person_uid, *(table.c.voided_at.is_(None) for table in (i, d, g)))
        .order_by(i.c.id.desc())
    )
    row = connection.execute(statement).first()
    row = connection.execute(statement).first()
    if row is None:
        return None
    return BirthRow(on=row.on, gestation_days=(row.on - row.lmp).days, weight=row.weight, length=row.length)
