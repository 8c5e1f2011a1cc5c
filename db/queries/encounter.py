"""What stands beside an examination: earlier visits, the trend of the blood pressure, names of colleagues."""

from __future__ import annotations

from sqlalchemy import Connection, func, select, tuple_

from db import mapper
from db.models import SHAPES, desk, people, site
from db.queries.answering import answers
from ilp_desk.domain.clinical import Pregnancy
from ilp_desk.rows.encounter import (
    FavouriteCodes,
    PastVisit,
    PastVisits,
    PregnantAt,
    PressurePoint,
    Pressures,
    StaffNames,
)


@answers(PastVisits)
def past_visits(connection: Connection, question: PastVisits) -> tuple[PastVisit, ...]:
    v, p = desk.visit, people.person
    chosen = (
        select(v.c.id, v.c.uid, v.c.service_date)
        .join(p, p.c.id == v.c.person_id)
        .where(p.c.uid == question.person_uid, v.c.voided_at.is_(None), v.c.state != "cancelled")
        .order_by(v.c.service_date.desc(), v.c.uid.desc())
        .limit(question.limit)
    )
    if question.without_uid:
        chosen = chosen.where(v.c.uid != question.without_uid)
    if question.before is not None:
        day, uid = question.before
        chosen = chosen.where(tuple_(v.c.service_date, v.c.uid) < tuple_(day, uid))
    visits = connection.execute(chosen).all()
    ids = [row.id for row in visits]
    d, q, vs, doc = desk.diagnosis, desk.queue_entry, desk.vital_signs, desk.document
    sp = site.service_point
    found: dict[int, list[tuple[str, str]]] = {}
    for row in connection.execute(
        select(d.c.visit_id, d.c.code, d.c.title)
        .where(d.c.visit_id.in_(ids), d.c.voided_at.is_(None))
        .order_by(d.c.primary.desc(), d.c.id)
    ):
        found.setdefault(row.visit_id, []).append((row.code, row.title))
    points = {
        row.visit_id: row.name
        for row in connection.execute(
            select(q.c.visit_id, sp.c.name)
            .join(sp, sp.c.id == q.c.service_point_id)
            .where(q.c.visit_id.in_(ids), q.c.voided_at.is_(None))
            .order_by(q.c.id.desc())
        )
    }
    pressures = {
        row.visit_id: f"TD {row.systolic}/{row.diastolic}"
        for row in connection.execute(
            select(vs.c.visit_id, vs.c.systolic, vs.c.diastolic)
            .where(vs.c.visit_id.in_(ids), vs.c.voided_at.is_(None), vs.c.systolic.is_not(None))
            .order_by(vs.c.id)
        )
    }
    letters: dict[int, int] = {
        row.visit_id: row.n
        for row in connection.execute(
            select(doc.c.visit_id, func.count().label("n"))
            .where(doc.c.visit_id.in_(ids), doc.c.voided_at.is_(None))
            .group_by(doc.c.visit_id)
        )
    }
    return tuple(
        PastVisit(
            row.uid,
            row.service_date,
            points.get(row.id, ""),
            ", ".join(f"{title} ({code})" for code, title in found.get(row.id, ())),
            pressures.get(row.id, ""),
            letters.get(row.id, 0),
            tuple(code for code, _ in found.get(row.id, ())),
        )
        for row in visits
    )


@answers(Pressures)
def pressures(connection: Connection, question: Pressures) -> tuple[PressurePoint, ...]:
    vs, p = desk.vital_signs, people.person
    rows = connection.execute(
        select(vs.c.taken_at, vs.c.systolic, vs.c.diastolic)
        .join(p, p.c.id == vs.c.person_id)
        .where(
            p.c.uid == question.person_uid,
            vs.c.voided_at.is_(None),
            vs.c.systolic.is_not(None),
            vs.c.diastolic.is_not(None),
        )
        .order_by(vs.c.taken_at.desc())
        .limit(question.limit)
    ).all()
    return tuple(PressurePoint(row.taken_at, row.systolic, row.diastolic) for row in reversed(rows))


@answers(StaffNames)
def staff_names(connection: Connection, question: StaffNames) -> dict[str, str]:
    s = site.staff
    found = connection.execute(select(s.c.uid, s.c.name).where(s.c.uid.in_(question.uids)))
    return {row.uid: row.name for row in found}


@answers(FavouriteCodes)
def favourite_codes(connection: Connection, question: FavouriteCodes) -> tuple[str, ...]:
    d = desk.diagnosis
    rows = connection.execute(
        select(d.c.code)
        .where(d.c.made_by == question.staff_uid, d.c.voided_at.is_(None))
        .group_by(d.c.code)
        .order_by(func.count().desc(), d.c.code)
        .limit(question.limit)
    )
    return tuple(row.code for row in rows)


@answers(PregnantAt)
def pregnant_at(connection: Connection, question: PregnantAt) -> dict[str, Pregnancy]:
    shape = SHAPES[Pregnancy]
    t, q, p, sp = shape.table, desk.queue_entry, people.person, site.service_point
    entries: dict[str, list[str]] = {}
    for row in connection.execute(
        select(q.c.uid, p.c.uid.label("person_uid"))
        .join(p, p.c.id == q.c.person_id)
        .join(sp, sp.c.id == q.c.service_point_id)
        .where(sp.c.uid == question.point_uid, q.c.service_date == question.day, q.c.voided_at.is_(None))
    ):
        entries.setdefault(row.person_uid, []).append(row.uid)
    # The last one read is the one that matters: an ongoing one after those that ended, the later after the earlier.
    chosen = (
        mapper.selection("pregnancy")
        .join(p, p.c.id == t.c.person_id)
        .where(p.c.uid.in_(entries), t.c.voided_at.is_(None))
        .order_by(t.c.ended_on.is_(None), t.c.lmp)
    )
    found: dict[str, Pregnancy] = {}
    for row in connection.execute(chosen):
        pregnancy = mapper.record_of(shape, row)
        found |= dict.fromkeys(entries[pregnancy.person_uid], pregnancy)
    return found
