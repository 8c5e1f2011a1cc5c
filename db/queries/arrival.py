"""What the arrival panel asks: namesakes and family today, the pregnancy that matters, the queue strip, the counts."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Connection, func, select

from db import mapper
from db.models import SHAPES, desk, people, site
from db.queries.answering import answers
from ilp_desk.domain.clinical import Pregnancy
from ilp_desk.domain.person import Precision
from ilp_desk.domain.queueing import LINE
from ilp_desk.domain.text.ages import age_text
from ilp_desk.domain.text.likeness import name_likeness
from ilp_desk.rows.arrival import (
    DayCounts,
    FamilyToday,
    LatestPregnancy,
    Namesake,
    NamesakesToday,
    PointLoad,
    PointLoads,
    Registration,
    Relative,
    WaitingAhead,
)

TAKEN_FOR = 0.7
"""How alike two names are from which one is easily called for the other: a name within the other is as much."""
WAITING = tuple(state.value for state in LINE)


def ticket(letter: str, number: int) -> str:
    return f"{letter}-{number:03d}"


def person_age(row: Any, day: date) -> str:
    return age_text(row.born_on, Precision(row.born_precision), day)


def _first_tickets(connection: Connection, day: date, person_ids: list[int]) -> dict[int, str]:
    """The first ticket of the day of each person."""
    q = desk.queue_entry
    rows = connection.execute(
        select(q.c.person_id, q.c.letter, q.c.number)
        .where(q.c.service_date == day, q.c.person_id.in_(person_ids), q.c.voided_at.is_(None))
        .order_by(q.c.id.desc())
    )
    return {row.person_id: ticket(row.letter, row.number) for row in rows}


@answers(NamesakesToday)
def namesakes_today(connection: Connection, question: NamesakesToday) -> tuple[Namesake, ...]:
    p, s, v = people.person, people.person_search, desk.visit
    name = connection.execute(
        select(s.c.name).join(p, p.c.id == s.c.person_id).where(p.c.uid == question.person_uid)
    ).scalar()
    if not name:
        return ()
    mine = tuple(name.split(" "))
    others = connection.execute(
        select(p.c.id, p.c.name, p.c.born_on, p.c.born_precision, s.c.name.label("folded"))
        .join(v, v.c.person_id == p.c.id)
        .join(s, s.c.person_id == p.c.id)
        .where(
            v.c.service_date == question.day,
            v.c.voided_at.is_(None),
            v.c.state != "cancelled",
            p.c.uid != question.person_uid,
        )
        .order_by(p.c.name)
    ).all()
    judged = [(name_likeness(mine, tuple(row.folded.split(" "))), row) for row in others]
    like = [row for points, row in sorted(judged, key=lambda one: -one[0]) if points >= TAKEN_FOR]
    tickets = _first_tickets(connection, question.day, [row.id for row in like])
    return tuple(Namesake(row.name, tickets.get(row.id, ""), person_age(row, question.day)) for row in like)


@answers(FamilyToday)
def family_today(connection: Connection, question: FamilyToday) -> tuple[Relative, ...]:
    p, f = people.person, people.family
    rows = connection.execute(
        select(p.c.id, p.c.uid, p.c.name, p.c.relationship, p.c.born_on, p.c.born_precision)
        .join(f, f.c.id == p.c.family_id)
        .where(
            f.c.uid == question.family_uid,
            p.c.uid != question.person_uid,
            p.c.status == "active",
            p.c.voided_at.is_(None),
            p.c.merged_into_id.is_(None),
        )
        .order_by(p.c.born_on, p.c.id)
    ).all()
    tickets = _first_tickets(connection, question.day, [row.id for row in rows])
    return tuple(
        Relative(
            row.uid,
            row.name,
            row.relationship,
            person_age(row, question.day),
            tickets.get(row.id, ""),
        )
        for row in rows
    )


@answers(LatestPregnancy)
def latest_pregnancy(connection: Connection, question: LatestPregnancy) -> Pregnancy | None:
    shape = SHAPES[Pregnancy]
    t, p = shape.table, people.person
    row = connection.execute(
        mapper.selection("pregnancy")
        .join(p, p.c.id == t.c.person_id)
        .where(p.c.uid == question.person_uid, t.c.voided_at.is_(None))
        .order_by(t.c.ended_on.is_(None).desc(), t.c.lmp.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else mapper.record_of(shape, row)


@answers(WaitingAhead)
def waiting_ahead(connection: Connection, question: WaitingAhead) -> int:
    q = desk.queue_entry
    mine = connection.execute(
        select(q.c.id, q.c.service_point_id, q.c.service_date, q.c.rank).where(q.c.uid == question.entry_uid)
    ).one()
    ahead = (q.c.rank < mine.rank) | ((q.c.rank == mine.rank) & (q.c.id < mine.id))
    return int(
        connection.execute(
            select(func.count())
            .select_from(q)
            .where(
                q.c.service_date == mine.service_date,
                q.c.service_point_id == mine.service_point_id,
                q.c.state.in_(WAITING),
                q.c.voided_at.is_(None),
                ahead,
            )
        ).scalar_one()
    )


@answers(DayCounts)
def day_counts(connection: Connection, question: DayCounts) -> Registration:
    v, r = desk.visit, desk.referral
    states: dict[Any, int] = {
        row.state: row.n
        for row in connection.execute(
            select(v.c.state, func.count().label("n"))
            .where(v.c.service_date == question.day, v.c.voided_at.is_(None))
            .group_by(v.c.state)
        )
    }
    referred = connection.execute(
        select(func.count())
        .select_from(r)
        .join(v, v.c.id == r.c.visit_id)
        .where(v.c.service_date == question.day, r.c.voided_at.is_(None), r.c.state != "voided")
    ).scalar_one()
    return Registration(states.get("open", 0) + states.get("finished", 0), states.get("finished", 0), int(referred))


@answers(PointLoads)
def point_loads(connection: Connection, question: PointLoads) -> tuple[PointLoad, ...]:
    sp, q = site.service_point, desk.queue_entry
    today = (q.c.service_date == question.day) & q.c.voided_at.is_(None)
    waiting = {
        row.service_point_id: row
        for row in connection.execute(
            select(q.c.service_point_id, func.count().label("n"), func.min(q.c.waiting_since).label("oldest"))
            .where(today, q.c.state.in_(WAITING))
            .group_by(q.c.service_point_id)
        )
    }
    called: dict[int, Any] = {}
    for row in connection.execute(
        select(q.c.service_point_id, q.c.letter, q.c.number, q.c.room)
        .where(today, q.c.called_at.is_not(None))
        .order_by(q.c.called_at)
    ):
        called[row.service_point_id] = row
    points = connection.execute(
        select(sp.c.id, sp.c.uid, sp.c.code, sp.c.name, sp.c.cluster, sp.c.letter)
        .where(sp.c.active, sp.c.voided_at.is_(None))
        .order_by(sp.c.position, sp.c.id)
    )
    loads = []
    for point in points:
        wait, call = waiting.get(point.id), called.get(point.id)
        loads.append(
            PointLoad(
                point.uid,
                point.code,
                point.name,
                point.cluster,
                point.letter,
                wait.n if wait else 0,
                wait.oldest if wait else None,
                ticket(call.letter, call.number) if call else "",
                call.room if call else "",
            )
        )
    return tuple(loads)
