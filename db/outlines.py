"""What is kept of people so that lists of many are quick: where they live, and the days of their services.

Derived from the record, outside the audit, like the search index. A unit of work marks whoever it wrote about (`mark`,
`settle`) as the last thing before the commit; what is marked is made anew by whoever reads it, or in quiet moments.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, select, update

from db.models import people, site
from db.models.recall import person_outline
from db.models.shape import Shape
from ilp_desk.domain.areas import HOMES, numbered
from ilp_desk.domain.due.outlines import STALE
from ilp_desk.rows.recall import OutlineMade

SILENT = frozenset(
    "queue_entry queue_event document print_job referral consent old_number not_same_person family_membership "
    "alarm_answer note recall_contact".split()
)
"""Records about people that say nothing of what is due for them."""
PLACED_BY = frozenset({"area_uid", "rt", "rw"})
CHUNK = 500

_p, _o, _a = people.person, person_outline, site.area
_ids: BindParameter[Any] = bindparam("ids", expanding=True)
_MARK = update(_o).where(_o.c.person_id == bindparam("_person")).values(holds_until=STALE, marks=_o.c.marks + 1)
_DEPTH = 4
_tree = [_a.alias(f"a{n}") for n in range(_DEPTH)]


@cache
def _homes() -> Any:
    """Of these people: their own words for RT and RW, and level, id, name of the areas they live in, inmost first."""
    joined: Any = _p.outerjoin(_tree[0], _tree[0].c.id == _p.c.area_id)
    for below, above in pairwise(_tree):
        joined = joined.outerjoin(above, above.c.id == below.c.parent_id)
    columns = [column for one in _tree for column in (one.c.level, one.c.id, one.c.name)]
    return select(_p.c.id, _p.c.rt, _p.c.rw, *columns).select_from(joined).where(_p.c.id.in_(_ids))


@cache
def fields_naming_people(shape: Shape[Any]) -> tuple[str, ...]:
    """Fields of a record kind that say whom it is about; none where it says nothing of what is due."""
    if shape.table.name in SILENT or shape.table.name == "person":
        return ()
    return tuple(slot.field for slot in shape.slots if slot.refers == "person")


def mark(connection: Connection, person_ids: Iterable[int]) -> None:
    """Something was written about these people."""
    rows = [{"_person": person_id} for person_id in sorted(person_ids)]
    if rows:
        connection.execute(_MARK, rows)


def settle(connection: Connection, person_ids: Iterable[int]) -> None:
    """These people are new, or live somewhere else."""
    wanted = sorted(person_ids)
    for start in range(0, len(wanted), CHUNK):
        found = connection.execute(_homes(), {"ids": wanted[start : start + CHUNK]}).all()
        rows = [_row(row) for row in found]
        if rows:
            connection.execute(_settling(connection), rows)


def settle_those_in(connection: Connection, area_ids: Iterable[int]) -> None:
    """These areas are called otherwise."""
    chosen = select(_p.c.id).where(_p.c.area_id.in_(sorted(area_ids)))
    settle(connection, connection.execute(chosen).scalars().all())


def settle_missing(connection: Connection) -> int:
    """After people were written past the unit of work: a row for everybody who has none; gives their number."""
    after = done = 0
    chosen = (
        select(_p.c.id)
        .join(_o, _o.c.person_id == _p.c.id, isouter=True)
        .where(_p.c.id > bindparam("after"), _o.c.person_id.is_(None))
        .order_by(_p.c.id)
        .limit(CHUNK)
    )
    while ids := connection.execute(chosen, {"after": after}).scalars().all():
        settle(connection, ids)
        after, done = ids[-1], done + len(ids)
    return done


def _row(row: Any) -> dict[str, Any]:
    home, numbers = None, {"rw": row.rw, "rt": row.rt}
    for level, area_id, name in (row[3 + 3 * n : 6 + 3 * n] for n in range(_DEPTH)):
        if level in numbers:
            numbers[level] = name
        elif level in HOMES:
            home = area_id
            break
    return {"person_id": row.id, "home_id": home, **{level: numbered(level, n) for level, n in numbers.items()}}


@cache
def _statement(insertion: Any) -> Any:
    place: dict[str, BindParameter[Any]] = {name: bindparam(name) for name in ("person_id", "home_id", "rw", "rt")}
    statement = insertion(_o).values(**place, rules="", days=b"", holds_until=STALE, marks=0)
    new = statement.excluded
    return statement.on_conflict_do_update(
        index_elements=[_o.c.person_id],
        set_={
            "home_id": new.home_id,
            "rw": new.rw,
            "rt": new.rt,
            "holds_until": new.holds_until,
            "marks": _o.c.marks + 1,
        },
    )


def _settling(connection: Connection) -> Any:
    from db.unit_of_work import upsert

    return _statement(upsert(connection))


_KEEP = (
    update(_o)
    .where(_o.c.person_id == bindparam("_person"), _o.c.marks == bindparam("_marks"))
    .values(rules=bindparam("_rules"), holds_until=bindparam("_until"), days=bindparam("_days"))
)


def keep(connection: Connection, rules: str, made: Sequence[OutlineMade]) -> None:
    """Keep what was made anew, but for those about whom something was written since it was read."""
    rows = [
        {"_person": one.number, "_marks": one.marks, "_rules": rules, "_until": one.until, "_days": one.days}
        for one in made
    ]
    if rows:
        connection.execute(_KEEP, rows)
