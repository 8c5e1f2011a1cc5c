"""Which record numbers are in use."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, select

from db.models import people, plumbing
from db.queries.answering import answers
from db.search_index import Kind
from db.vocabulary import AFTER
from ilp_desk.rows.numbering import LastDrawn, NumbersBeginning

_k = people.person_key
_BEGINNING = select(_k.c.value).where(
    _k.c.value >= bindparam("first"), _k.c.value < bindparam("after"), _k.c.kind == Kind.RECORD.value
)


@answers(NumbersBeginning)
def numbers_beginning(connection: Connection, question: NumbersBeginning) -> frozenset[str]:
    span = {"first": question.key, "after": question.key + AFTER}
    return frozenset(connection.execute(_BEGINNING, span).scalars())


@answers(LastDrawn)
def last_drawn(connection: Connection, question: LastDrawn) -> int:
    c = plumbing.counter
    chosen = select(c.c.value).where(c.c.name == question.counter, c.c.period == question.period)
    return int(connection.execute(chosen).scalar() or 0)
