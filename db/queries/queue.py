"""Entries of a service point, and the calls the waiting room shows."""

from __future__ import annotations

from sqlalchemy import Connection, select

from db.models import desk, people, site
from db.queries.answering import answers
from db.queries.arrival import person_age, ticket
from ilp_desk.domain.visit import QueueState, QueueStep
from ilp_desk.rows.queue import Call, EntriesAt, QueueRow, RecentCalls


@answers(EntriesAt)
def entries_at(connection: Connection, question: EntriesAt) -> tuple[QueueRow, ...]:
    q, v, p, sp = desk.queue_entry, desk.visit, people.person, site.service_point
    rows = connection.execute(
        select(
            q,
            v.c.uid.label("visit_uid"),
            v.c.infectious,
            p.c.uid.label("person_uid"),
            p.c.name,
            p.c.sex,
            p.c.born_on,
            p.c.born_precision,
        )
        .join(v, v.c.id == q.c.visit_id)
        .join(p, p.c.id == q.c.person_id)
        .join(sp, sp.c.id == q.c.service_point_id)
        .where(q.c.service_date == question.day, sp.c.uid == question.point_uid, q.c.voided_at.is_(None))
        .order_by(q.c.id)
    )
    return tuple(
        QueueRow(
            entry_uid=row.uid,
            row_version=row.row_version,
            visit_uid=row.visit_uid,
            person_uid=row.person_uid,
            ticket=ticket(row.letter, row.number),
            letter=row.letter,
            name=row.name,
            sex=row.sex,
            age=person_age(row, question.day),
            rank=row.rank,
            returned=row.returned,
            state=QueueState(row.state),
            since=row.waiting_since,
            called_at=row.called_at,
            started_at=row.started_at,
            room=row.room,
            note=row.note,
            point_uid=question.point_uid,
            infectious=row.infectious,
        )
        for row in rows
    )


@answers(RecentCalls)
def recent_calls(connection: Connection, question: RecentCalls) -> tuple[Call, ...]:
    e, q, sp = desk.queue_event, desk.queue_entry, site.service_point
    rows = connection.execute(
        select(e.c.id, e.c.made_at, e.c.room, q.c.letter, q.c.number, sp.c.name)
        .join(q, q.c.id == e.c.entry_id)
        .join(sp, sp.c.id == q.c.service_point_id)
        .where(
            q.c.service_date == question.day,
            q.c.voided_at.is_(None),
            e.c.voided_at.is_(None),
            e.c.step.in_((QueueStep.CALLED.value, QueueStep.CALLED_AGAIN.value)),
        )
        .order_by(e.c.id.desc())
        .limit(question.limit)
    )
    return tuple(Call(ticket(r.letter, r.number), r.letter, r.name, r.room, r.made_at, r.id) for r in rows)
