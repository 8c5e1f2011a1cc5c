"""What of an import batch is there already."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, select

from db.models import people
from db.queries.answering import answers
from ilp_desk.rows.importing import Known, WhatIsKnown

AT_ONCE = 500


def _chunks(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(values), AT_ONCE):
        yield values[start : start + AT_ONCE]


@answers(WhatIsKnown)
def what_is_known(connection: Connection, question: WhatIsKnown) -> Known:
    p, f, s = people.person, people.family, people.person_search
    standing = p.c.voided_at.is_(None) & p.c.merged_into_id.is_(None)

    def by(column: Any, values: Sequence[Any]) -> dict[str, str]:
        found: dict[str, str] = {}
        for some in _chunks(values):
            found |= {
                row[0]: row[1] for row in connection.execute(select(column, p.c.uid).where(column.in_(some), standing))
            }
        return found

    families: dict[str, str] = {}
    for some in _chunks(question.kks):
        rows = connection.execute(select(f.c.kk, f.c.uid).where(f.c.kk.in_(some), f.c.voided_at.is_(None)))
        families |= {row.kk: row.uid for row in rows}
    alike: dict[Any, str] = {}
    for some in _chunks(question.names):
        rows = connection.execute(
            select(s.c.name, p.c.born_on, p.c.uid).join(p, p.c.id == s.c.person_id).where(s.c.name.in_(some), standing)
        )
        alike |= {(row.name, row.born_on): row.uid for row in rows if row.born_on is not None}
    return Known(
        by(p.c.nik, question.niks),
        by(p.c.record_number, question.record_numbers),
        by(p.c.bpjs, question.bpjs),
        families,
        alike,
    )
