"""Entries of a service point, the service points of a day, and the calls the waiting room shows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection, Subquery, and_, case, exists, func, select

from db.models import desk, people, site
from db.queries.answering import answers
from db.queries.arrival import person_age, ticket
from ilp_desk.domain.queueing import LINE
from ilp_desk.domain.visit import QueueState, QueueStep
from ilp_desk.rows.queue import CallMade, CallsOf, EntriesAt, QueuePoint, QueuePoints, QueueRow

_LINE = tuple(sorted(state.value for state in LINE))
_INSIDE = (QueueState.CALLED.value, QueueState.STARTED.value)
_CALLS = (QueueStep.CALLED.value, QueueStep.CALLED_AGAIN.value)


@answers(EntriesAt)
def entries_at(connection: Connection, question: EntriesAt) -> tuple[QueueRow, ...]:
    q, v, p, sp = desk.queue_entry, desk.visit, people.person, site.service_point
    found = connection.execute(
        select(
            q,
            v.c.uid.label("visit_uid"),
            v.c.infectious,
            v.c.danger_sign,
            v.c.infection_sign,
            v.c.priority_groups,
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
    ).all()
    elsewhere = _elsewhere(connection, question)
    rows = []
    for row in found:
        made = QueueRow(
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
            ended_at=row.ended_at,
            groups=tuple(row.priority_groups),
            danger_sign=row.danger_sign,
            infection_sign=row.infection_sign,
        )
        rows.append(_with_others(made, row.id, row.sent_from_id, elsewhere.get(row.visit_id, ())))
    return tuple(rows)


@dataclass(frozen=True, slots=True)
class _Other:
    """An entry of the same visit at another service point."""

    entry_id: int
    sent_from_id: int | None
    point: str
    state: str


def _elsewhere(connection: Connection, question: EntriesAt) -> dict[int, tuple[_Other, ...]]:
    """What the visits in this queue have elsewhere on the same day, oldest first, by visit."""
    q, other, sp = desk.queue_entry, desk.queue_entry.alias("other"), site.service_point
    here, there = sp.alias("here"), sp.alias("there")
    rows = connection.execute(
        select(other.c.visit_id, other.c.id, other.c.sent_from_id, there.c.name, other.c.state)
        .select_from(q)
        .join(here, here.c.id == q.c.service_point_id)
        .join(other, and_(other.c.visit_id == q.c.visit_id, other.c.id != q.c.id))
        .join(there, there.c.id == other.c.service_point_id)
        .where(
            q.c.service_date == question.day,
            here.c.uid == question.point_uid,
            q.c.voided_at.is_(None),
            other.c.voided_at.is_(None),
        )
        .order_by(other.c.id)
    )
    found: dict[int, tuple[_Other, ...]] = {}
    for row in rows:
        one = _Other(row.id, row.sent_from_id, row.name, row.state)
        found[row.visit_id] = (*found.get(row.visit_id, ()), one)
    return found


def _with_others(row: QueueRow, entry_id: int, sent_from_id: int | None, others: tuple[_Other, ...]) -> QueueRow:
    """The row with the places it was sent from and to, and where else its person is being seen now."""
    by = next((o.point for o in others if o.entry_id == sent_from_id), "")
    to = next((o.point for o in reversed(others) if o.sent_from_id == entry_id), "")
    busy = next((o.point for o in others if o.state in _INSIDE), "")
    return replace(row, sent_by=by, sent_to=to, busy_at=busy)


@answers(QueuePoints)
def queue_points(connection: Connection, question: QueuePoints) -> tuple[QueuePoint, ...]:
    q, sp = desk.queue_entry, site.service_point
    in_line, inside = q.c.state.in_(_LINE), q.c.state.in_(_INSIDE)
    rows = connection.execute(
        select(
            sp,
            func.count(case((in_line, q.c.id))).label("waiting"),
            func.min(case((in_line, q.c.waiting_since))).label("oldest"),
            func.count(case((inside, q.c.id))).label("inside"),
        )
        .outerjoin(
            q,
            and_(q.c.service_point_id == sp.c.id, q.c.service_date == question.day, q.c.voided_at.is_(None)),
        )
        .where(sp.c.active, sp.c.voided_at.is_(None))
        .group_by(sp.c.id)
        .order_by(sp.c.position, sp.c.id)
    )
    return tuple(
        QueuePoint(
            r.uid,
            r.code,
            r.name,
            r.public_name,
            r.cluster,
            r.letter,
            tuple(r.rooms),
            r.waiting,
            r.oldest,
            r.inside,
        )
        for r in rows
    )


@answers(CallsOf)
def calls_of(connection: Connection, question: CallsOf) -> tuple[CallMade, ...]:
    e, q, sp = desk.queue_event, desk.queue_entry, site.service_point
    newest = _newest_calls(question.day)
    rows = connection.execute(
        select(e.c.id, e.c.made_at, e.c.room, q.c.letter, q.c.number, sp.c.uid)
        .join(newest, newest.c.id == e.c.id)
        .join(q, q.c.id == e.c.entry_id)
        .join(sp, sp.c.id == q.c.service_point_id)
        .order_by(e.c.id.desc())
    )
    return tuple(CallMade(r.id, r.made_at, ticket(r.letter, r.number), r.uid, r.room) for r in rows)


def _newest_calls(day: date) -> Subquery:
    """The id of the last call of each entry of a day, without those taken back: a call taken back is followed by an
    event that says so."""
    e, q, back = desk.queue_event, desk.queue_entry, desk.queue_event.alias("back")
    taken_back = exists().where(
        back.c.entry_id == e.c.entry_id,
        back.c.id > e.c.id,
        back.c.step == QueueStep.UNDONE.value,
        back.c.before == QueueState.CALLED.value,
    )
    return (
        select(func.max(e.c.id).label("id"))
        .join(q, q.c.id == e.c.entry_id)
        .where(q.c.service_date == day, q.c.voided_at.is_(None), e.c.step.in_(_CALLS), ~taken_back)
        .group_by(e.c.entry_id)
        .subquery()
    )
