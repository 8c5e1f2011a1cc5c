"""Children by what a posyandu's sheet says of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select

from db.models import people
from db.queries.answering import answers
from ilp_desk.domain.person import PersonStatus, Precision
from ilp_desk.domain.text.names import fold
from ilp_desk.rows.importing import person_key
from ilp_desk.rows.posyandu import Children, ChildrenBy, ChildRow

AT_ONCE = 500


@answers(Children)
def children(connection: Connection, question: Children) -> tuple[ChildRow, ...]:
    p = people.person
    return tuple(_row(row) for row in _in(connection, _chosen(), p.c.uid, question.uids))


@answers(ChildrenBy)
def children_by(connection: Connection, question: ChildrenBy) -> Mapping[tuple[str, str], tuple[ChildRow, ...]]:
    p, s, asked = people.person, people.person_search, question.asked
    found: dict[tuple[str, str], list[ChildRow]] = defaultdict(list)
    for row in _in(connection, _chosen(), p.c.nik, asked.niks):
        found["nik", row.nik].append(_row(row))
    # Said again for the engine: the index holds no empty numbers.
    for row in _in(connection, _chosen().where(p.c.record_number != ""), p.c.record_number, asked.record_numbers):
        found["record_number", row.record_number].append(_row(row))
    births = sorted({born for _, born in asked.names})
    alike = _chosen().join(s, s.c.person_id == p.c.id).where(s.c.born_on.in_(births))
    for row in _in(connection, alike, s.c.name, sorted({name for name, _ in asked.names})):
        found["name", person_key(fold(row.name), row.born_on)].append(_row(row))
    return {key: tuple(rows) for key, rows in found.items()}


def _chosen() -> Any:
    p = people.person
    return (
        select(
            p.c.uid, p.c.name, p.c.sex, p.c.born_on, p.c.born_precision, p.c.record_number, p.c.nik, p.c.status,
            p.c.status_on,
        )
        .where(p.c.voided_at.is_(None), p.c.merged_into_id.is_(None))
        .order_by(p.c.id)
    )  # fmt: skip


def _in(connection: Connection, statement: Any, column: Any, values: Sequence[Any]) -> list[Any]:
    rows: list[Any] = []
    for start in range(0, len(values), AT_ONCE):
        rows += connection.execute(statement.where(column.in_(values[start : start + AT_ONCE])))
    return rows


def _row(row: Any) -> ChildRow:
    return ChildRow(
        uid=row.uid,
        name=row.name,
        sex=row.sex,
        born_on=row.born_on,
        born_precision=Precision(row.born_precision),
        record_number=row.record_number,
        status=PersonStatus(row.status),
        status_on=row.status_on,
    )
