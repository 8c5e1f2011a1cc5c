"""What of an import batch is there already."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, select

from db.models import people
from db.queries.answering import answers
from ilp_desk.domain.text.names import fold
from ilp_desk.rows.importing import Kind, Known, Somebody, WhatIsKnown, person_key

AT_ONCE = 500


def _chunks(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(values), AT_ONCE):
        yield values[start : start + AT_ONCE]


@answers(WhatIsKnown)
def what_is_known(connection: Connection, question: WhatIsKnown) -> Known:
    p, s = people.person, people.person_search
    standing = p.c.voided_at.is_(None) & p.c.merged_into_id.is_(None)
    chosen = select(p.c.name, p.c.born_on, p.c.nik, p.c.record_number, p.c.bpjs).where(standing).order_by(p.c.id)
    found: dict[tuple[Kind, str], tuple[Somebody, ...]] = {}

    def note(kind: Kind, value: str, row: Any) -> None:
        somebody = Somebody(row.name, fold(row.name), row.born_on, row.nik)
        found[kind, value] = (*found.get((kind, value), ()), somebody)

    for some in _chunks(question.niks):
        for row in connection.execute(chosen.where(p.c.nik.in_(some))):
            note("nik", row.nik, row)
    for some in _chunks(question.record_numbers):
        # Said again for the engine: the index holds no empty numbers.
        for row in connection.execute(chosen.where(p.c.record_number.in_(some), p.c.record_number != "")):
            note("record_number", row.record_number, row)
    for some in _chunks(question.bpjs):
        for row in connection.execute(chosen.where(p.c.bpjs.in_(some))):
            note("bpjs", row.bpjs, row)
    # Hundreds share a common name: the index that holds both spares looking at each of them.
    alike = chosen.join(s, s.c.person_id == p.c.id).where(s.c.born_on.in_(question.births))
    for some in _chunks(question.names):
        for row in connection.execute(alike.where(s.c.name.in_(some))):
            note("person", person_key(fold(row.name), row.born_on), row)
    return Known(found)
