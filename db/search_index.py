"""What search knows about people, derived from their records: name and words, numbers, and the vocabulary of all.

`index_person` runs inside the transaction that changed somebody and touches only what differs. It must be called again
for everybody whose family, mother or area was renamed. `rebuild` makes everything anew, for maintenance and after a
bulk load.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, delete, func, insert, select, update

from db.full_text import full_text
from db.models import people, site
from db.unit_of_work import upsert
from db.vocabulary import EVERYBODY
from ilp_desk.domain.person import Precision
from ilp_desk.domain.text.identifiers import phone_key, record_key, short_record_key
from ilp_desk.domain.text.names import text_tokens, tokens


CHUNK = 4_000
KEYS_AT_ONCE = 400_000


class Kind(StrEnum):
    """What a key of `person_key` is; SHORT: a record number without its zeros in front."""

    NIK = "nik"
    KK = "kk"
    BPJS = "bpjs"
    RECORD = "record"
    SHORT = "short"
    PHONE = "phone"


IDENTIFYING = frozenset({Kind.NIK, Kind.BPJS, Kind.RECORD})
"""A whole number of these kinds means one person; a KK means a family, a telephone whoever answers."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is stored to find one person by. words: without those of the name; keys: (value, kind)."""

    name: str
    words: str
    keys: frozenset[tuple[str, Kind]]

    @property
    def vocabulary(self) -> frozenset[str]:
        return frozenset((*self.name.split(), *self.words.split()))


# -- reading what an entry is made of

_p, _f, _s = people.person, people.family, people.person_search
_mother = people.person.alias("mother")
_areas = [site.area.alias(f"area{level}") for level in range(4)]


def _sources() -> Select[Any]:
    joined: Any = _p.outerjoin(_f, _f.c.id == _p.c.family_id).outerjoin(_mother, _mother.c.id == _p.c.mother_id)
    smallest = func.coalesce(_p.c.area_id, _f.c.area_id)
    for area, inner in zip(_areas, [None, *_areas]):
        joined = joined.outerjoin(area, area.c.id == (smallest if inner is None else inner.c.parent_id))
    joined = joined.outerjoin(_s, _s.c.person_id == _p.c.id)
    names = [area.c.name.label(f"area{level}") for level, area in enumerate(_areas)]
    return select(
        _p.c.id, _p.c.name, _p.c.voided_at, _p.c.born_on, _p.c.born_precision, _p.c.nik, _p.c.bpjs, _p.c.phone,
        _p.c.record_number, _p.c.mother_name, _mother.c.name.label("mother"), _p.c.outside, _p.c.address, _p.c.rt,
        _p.c.rw, _f.c.kk, _f.c.head_name, _f.c.folder, _f.c.address.label("family_address"), _f.c.rt.label("family_rt"),
        _f.c.rw.label("family_rw"), *names, _s.c.name.label("known_name"), _s.c.words.label("known_words"),
    ).select_from(joined)  # fmt: skip


_ids = bindparam("ids", expanding=True)
_SOURCES = _sources().where(_p.c.id.in_(_ids))
_SOURCES_AFTER = (
    _sources().where(_p.c.id > bindparam("after"), _p.c.voided_at.is_(None)).order_by(_p.c.id).limit(CHUNK)
)
_o = people.old_number
_OLD = select(_o.c.person_id, _o.c.number).where(_o.c.voided_at.is_(None), _o.c.person_id.in_(_ids))
_OLD_BETWEEN = select(_o.c.person_id, _o.c.number).where(
    _o.c.voided_at.is_(None), _o.c.person_id.between(bindparam("first"), bindparam("last"))
)
_KNOWN_KEYS = select(people.person_key).where(people.person_key.c.person_id.in_(_ids))


def _year(born: date | None, precision: str) -> tuple[str, ...]:
    """The year somebody was born in, as a word; an estimate may lie half a year off and is not found by its year."""
    return () if born is None or precision == Precision.ESTIMATED else (str(born.year),)


def entry_of(row: Row[Any], old_numbers: Iterable[str]) -> Entry:
    """The entry of a live person, from a row of `_sources`."""
    name = tokens(row.name)
    place = [row.outside] if row.outside else [area for area in (row.area0, row.area1, row.area2, row.area3) if area]
    words = (
        *tokens(row.mother_name or row.mother or ""),
        *tokens(row.head_name or ""),
        *text_tokens(row.address or row.family_address or ""),
        *text_tokens(f"rt {row.rt or row.family_rt or ''}"),
        *text_tokens(f"rw {row.rw or row.family_rw or ''}"),
        *(word for area in place for word in text_tokens(area)),
        *_year(row.born_on, row.born_precision),
    )
    keys = {(row.nik, Kind.NIK), (row.bpjs, Kind.BPJS), (row.kk, Kind.KK)}
    if row.phone:
        keys.add((phone_key(row.phone), Kind.PHONE))
    for number in (row.record_number, row.folder or "", *old_numbers):
        keys |= {(record_key(number), Kind.RECORD), (short_record_key(number), Kind.SHORT)}
    kept = frozenset(
        (value, kind)
        for value, kind in keys
        if value and not (kind is Kind.SHORT and (value, Kind.RECORD) in keys)
    )
    others = dict.fromkeys(word for word in words if word not in name and word not in {"rt", "rw"})
    return Entry(" ".join(name), " ".join(others), kept)


# -- one person, a few people

_INSERT = insert(people.person_search)
_CHANGE = (
    update(people.person_search)
    .where(people.person_search.c.person_id == bindparam("_person"))
    .values(name=bindparam("_name"), words=bindparam("_words"))
)
_REMOVE = delete(people.person_search).where(people.person_search.c.person_id == bindparam("_person"))
_ADD_KEY = insert(people.person_key)
_DROP_KEY = delete(people.person_key).where(
    people.person_key.c.value == bindparam("_value"),
    people.person_key.c.kind == bindparam("_kind"),
    people.person_key.c.person_id == bindparam("_person"),
)


def index_person(connection: Connection, person_id: int) -> None:
    """Bring the index up to date for one person, in the transaction that changed them."""
    index_people(connection, (person_id,))


def index_people(connection: Connection, person_ids: Sequence[int]) -> None:
    """The same for several people (a family, a batch of an import; some hundreds at most)."""
    wanted = {"ids": list(person_ids)}
    rows = connection.execute(_SOURCES, wanted).all()
    old: dict[int, list[str]] = {}
    for person_id, number in connection.execute(_OLD, wanted):
        old.setdefault(person_id, []).append(number)
    known_keys: dict[int, set[tuple[str, str]]] = {}
    if any(row.known_name is not None for row in rows):
        for kind, value, person_id in connection.execute(_KNOWN_KEYS, wanted):
            known_keys.setdefault(person_id, set()).add((value, kind))
    uses: Counter[str] = Counter()
    added, changed, removed, keys, lost = [], [], [], [], []
    for row in rows:
        before: frozenset[str] = frozenset()
        if row.known_name is not None:
            before = Entry(row.known_name, row.known_words, frozenset()).vocabulary | {EVERYBODY}
        if row.voided_at is not None:
            fresh, after = Entry("", "", frozenset()), frozenset[str]()
            if before:
                removed.append({"_person": row.id})
        else:
            fresh = entry_of(row, old.get(row.id, ()))
            after = fresh.vocabulary | {EVERYBODY}
            if not before:
                added.append({"person_id": row.id, "name": fresh.name, "words": fresh.words})
            elif (row.known_name, row.known_words) != (fresh.name, fresh.words):
                changed.append({"_person": row.id, "_name": fresh.name, "_words": fresh.words})
        uses.update(after - before)
        uses.subtract(before - after)
        had = known_keys.get(row.id, set())
        keys += [{"value": v, "kind": str(k), "person_id": row.id} for v, k in sorted(fresh.keys - had)]
        lost += [{"_value": v, "_kind": k, "_person": row.id} for v, k in sorted(had - fresh.keys)]
    for statement, values in ((_INSERT, added), (_CHANGE, changed), (_REMOVE, removed), (_DROP_KEY, lost), (_ADD_KEY, keys)):
        if values:
            connection.execute(statement, values)
    _count(connection, uses)


def _count(connection: Connection, uses: Counter[str]) -> None:
    """Add to the counts of words, in the order of the words (fewer pages, and the same order in every transaction)."""
    w = people.search_word
    moved = [{"word": word, "uses": by} for word, by in sorted(uses.items()) if by]
    if moved:
        statement = upsert(connection)(w)
        statement = statement.on_conflict_do_update(
            index_elements=[w.c.word], set_={"uses": w.c.uses + statement.excluded.uses}
        )
        connection.execute(statement, moved)


# -- everybody

Progress = Callable[[int, int], None]
"""Told (people done, people in all) from time to time; raising stops the work and with it the transaction."""


def _entries(connection: Connection) -> Iterator[tuple[int, Entry]]:
    after = 0
    while rows := connection.execute(_SOURCES_AFTER, {"after": after}).all():
        old: dict[int, list[str]] = {}
        span = {"first": rows[0].id, "last": rows[-1].id}
        for person_id, number in connection.execute(_OLD_BETWEEN, span):
            old.setdefault(person_id, []).append(number)
        for row in rows:
            yield row.id, entry_of(row, old.get(row.id, ()))
        after = rows[-1].id


def rebuild(connection: Connection, progress: Progress | None = None) -> int:
    """Forget and make the whole index anew, in one transaction; gives the number of people in it."""
    total = connection.execute(select(func.count()).select_from(_p).where(_p.c.voided_at.is_(None))).scalar_one()
    text = full_text(connection)
    text.detach(connection)
    connection.execute(delete(people.person_search))
    connection.execute(delete(people.person_key))
    connection.execute(update(people.search_word).values(uses=0))
    uses: Counter[str] = Counter()
    rows: list[dict[str, Any]] = []
    keys: list[tuple[str, str, int]] = []
    done = 0
    for done, (person_id, entry) in enumerate(_entries(connection), 1):
        rows.append({"person_id": person_id, "name": entry.name, "words": entry.words})
        keys += [(str(kind), value, person_id) for value, kind in entry.keys]
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
    uses[EVERYBODY] = done
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
