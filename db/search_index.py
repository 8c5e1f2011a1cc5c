"""What search knows about people, derived from their records: name and words, numbers, and the vocabulary of all.

`index_person` runs inside the transaction that changed somebody and touches only what differs. It must be called again
for everybody whose family, mother or area was renamed. `rebuild` makes everything anew, for maintenance and after a
bulk load.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, delete, func, insert, select, update

from db.full_text import full_text
from db.models import people
from db.search_entry import IDENTIFYING, NOBODY, Entry, Kind, entry_of, known_entry, sources
from db.unit_of_work import upsert

__all__ = ["IDENTIFYING", "Kind", "index_people", "index_person", "rebuild"]

CHUNK = 4_000
KEYS_AT_ONCE = 400_000

_p, _s, _k = people.person, people.person_search, people.person_key
_ids: BindParameter[Any] = bindparam("ids", expanding=True)
_SOURCES = sources().where(_p.c.id.in_(_ids))
_SOURCES_AFTER = sources().where(_p.c.id > bindparam("after"), _p.c.voided_at.is_(None)).order_by(_p.c.id).limit(CHUNK)
_o = people.old_number
_OLD = select(_o.c.person_id, _o.c.number).where(_o.c.voided_at.is_(None), _o.c.person_id.in_(_ids))
_OLD_BETWEEN = select(_o.c.person_id, _o.c.number).where(
    _o.c.voided_at.is_(None), _o.c.person_id.between(bindparam("first"), bindparam("last"))
)
_KNOWN_KEYS = select(_k).where(_k.c.person_id.in_(_ids))

# -- one person, a few people

_INSERT = insert(people.person_search)
_CHANGE = update(_s).where(_s.c.person_id == bindparam("_person"))
_REMOVE = delete(_s).where(_s.c.person_id == bindparam("_person"))
_ADD_KEY = insert(_k)
_DROP_KEY = delete(_k).where(
    _k.c.kind == bindparam("_kind"), _k.c.value == bindparam("_value"), _k.c.person_id == bindparam("_person")
)


def index_person(connection: Connection, person_id: int) -> None:
    """Bring the index up to date for one person, in the transaction that changed them."""
    index_people(connection, (person_id,))


def index_people(connection: Connection, person_ids: Sequence[int]) -> None:
    """The same for several people (a family, a batch of an import; some hundreds at most)."""
    wanted = {"ids": list(person_ids)}
    rows = connection.execute(_SOURCES, wanted).all()
    old = _by_person(connection.execute(_OLD, wanted).all())
    known_keys: dict[int, set[tuple[str, str]]] = {}
    if any(row.known_person_id is not None for row in rows):
        for kind, value, person_id in connection.execute(_KNOWN_KEYS, wanted).all():
            known_keys.setdefault(person_id, set()).add((kind, value))
    uses: Counter[str] = Counter()
    added, gained, lost = [], [], []
    for row in rows:
        before = known_entry(row, known_keys.get(row.id, set()))
        after = NOBODY if row.voided_at is not None else entry_of(row, old.get(row.id, ()))
        uses.update(after.vocabulary - before.vocabulary)
        uses.subtract(before.vocabulary - after.vocabulary)
        gained += [{"kind": kind, "value": v, "person_id": row.id} for kind, v in sorted(after.keys - before.keys)]
        lost += [{"_kind": kind, "_value": v, "_person": row.id} for kind, v in sorted(before.keys - after.keys)]
        if not before.row and after.row:
            added.append(after.row)
        elif before.row and not after.row:
            connection.execute(_REMOVE, {"_person": row.id})
        elif before.row != after.row:
            changed = {column: value for column, value in after.row.items() if before.row[column] != value}
            connection.execute(_CHANGE.values(changed), {"_person": row.id})
    for statement, values in ((_INSERT, added), (_DROP_KEY, lost), (_ADD_KEY, gained)):
        if values:
            connection.execute(statement, values)
    _count(connection, uses)


def _by_person(rows: Iterable[Any]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for person_id, number in rows:
        found.setdefault(person_id, []).append(number)
    return found


def _count(connection: Connection, uses: Counter[str]) -> None:
    """Add to the counts of words, in the order of the words (fewer pages, and the same order in every transaction)."""
    moved = [{"word": word, "uses": by} for word, by in sorted(uses.items()) if by]
    if moved:
        connection.execute(_counting(upsert(connection)), moved)


@cache
def _counting(insertion: Any) -> Any:
    w = people.search_word
    statement = insertion(w)
    return statement.on_conflict_do_update(index_elements=[w.c.word], set_={"uses": w.c.uses + statement.excluded.uses})


# -- everybody

Progress = Callable[[int, int], None]
"""Told (people done, people in all) from time to time; raising stops the work and with it the transaction."""


def _entries(connection: Connection) -> Iterator[Entry]:
    after = 0
    while rows := connection.execute(_SOURCES_AFTER, {"after": after}).all():
        span = {"first": rows[0].id, "last": rows[-1].id}
        old = _by_person(connection.execute(_OLD_BETWEEN, span).all())
        for row in rows:
            yield entry_of(row, old.get(row.id, ()))
        after = rows[-1].id


def rebuild(connection: Connection, progress: Progress | None = None) -> int:
    """Forget and make the whole index anew, in one transaction; gives the number of records in it."""
    total = connection.execute(select(func.count()).select_from(_p).where(_p.c.voided_at.is_(None))).scalar_one()
    text = full_text(connection)
    text.detach(connection)
    connection.execute(delete(_s))
    connection.execute(delete(_k))
    connection.execute(update(people.search_word).values(uses=0))
    uses: Counter[str] = Counter()
    rows: list[dict[str, Any]] = []
    keys: list[tuple[str, str, int]] = []
    done = 0
    for done, entry in enumerate(_entries(connection), 1):
        rows.append(entry.row)
        keys += [(kind, value, entry.row["person_id"]) for kind, value in entry.keys]
        uses.update(entry.vocabulary)
        if len(rows) == CHUNK:
            connection.execute(_INSERT, rows)
            rows.clear()
            if progress is not None:
                progress(done, total)
        if len(keys) > KEYS_AT_ONCE:
            _add_keys(connection, keys)
    if rows:
        connection.execute(_INSERT, rows)
    _add_keys(connection, keys)
    _count(connection, uses)
    text.attach(connection)
    if progress is not None:
        progress(done, total)
    return done


def _add_keys(connection: Connection, keys: list[tuple[str, str, int]]) -> None:
    """In their own order: one walk through the index instead of a jump for each."""
    keys.sort()
    if keys:
        connection.execute(_ADD_KEY, [{"kind": k, "value": v, "person_id": p} for k, v, p in keys])
    keys.clear()
