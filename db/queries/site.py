"""What hangs on an area, a service point and the record numbers."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from db.models import desk, people, site
from db.queries.answering import answers
from db.search_index import Kind
from ilp_desk.domain.queueing import ENDED
from ilp_desk.rows.reference import VersionsLaid
from ilp_desk.rows.site import HighestNumber, PeopleIn, StillWaiting

AFTER_DIGITS = ":"
"""Sorts directly behind 9."""


@answers(PeopleIn)
def people_in(connection: Connection, question: PeopleIn) -> int:
    area = select(site.area.c.id).where(site.area.c.uid == question.area_uid).scalar_subquery()
    found = 0
    for table in (people.person, people.family):
        chosen = select(func.count()).select_from(table).where(table.c.area_id == area, table.c.voided_at.is_(None))
        found += int(connection.execute(chosen).scalar_one())
    return found


@answers(StillWaiting)
def still_waiting(connection: Connection, question: StillWaiting) -> int:
    q, p = desk.queue_entry, site.service_point
    chosen = (
        select(func.count())
        .select_from(q.join(p, p.c.id == q.c.service_point_id))
        .where(
            p.c.uid == question.service_point_uid,
            q.c.service_date == question.day,
            q.c.voided_at.is_(None),
            q.c.state.not_in([state.value for state in ENDED]),
        )
    )
    return int(connection.execute(chosen).scalar_one())


@answers(HighestNumber)
def highest_number(connection: Connection, question: HighestNumber) -> int:
    k = people.person_key
    chosen = select(k.c.value).where(
        k.c.kind == Kind.RECORD.value,
        k.c.value >= "0",
        k.c.value < AFTER_DIGITS,
        func.length(k.c.value) <= question.width,
    )
    numbers = (int(value) for value in connection.execute(chosen).scalars() if value.isascii() and value.isdigit())
    return max(numbers, default=0)


@answers(VersionsLaid)
def versions_laid(connection: Connection, question: VersionsLaid) -> tuple[tuple[str, str], ...]:
    f = site.site_file
    chosen = select(f.c.version, f.c.content).where(f.c.name == question.name).order_by(f.c.id)
    return tuple((version, content) for version, content in connection.execute(chosen))
