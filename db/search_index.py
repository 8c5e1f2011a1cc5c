"""What search knows about people, derived from their records: name and words, numbers, and the vocabulary of all.

`index_person` runs inside the transaction that changed somebody and touches only what differs. It must be called again
for everybody whose family, mother or area was renamed. `rebuild` makes everything anew, for maintenance and after a
bulk load.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import BindParameter, Connection, Select, bindparam, delete, func, insert, select, update

from db.full_text import full_text
from db.models import people, site
from db.unit_of_work import upsert
from db.vocabulary import EVERYBODY
from ilp_desk.domain.person import Precision
from ilp_desk.domain.text.identifiers import mask, phone_key, record_key, short_record_key
from ilp_desk.domain.text.names import text_tokens, tokens

CHUNK = 4_000
KEYS_AT_ONCE = 400_000


class Kind(StrEnum):
    """What a key of `person_key` is. SHORT: a record number without its zeros in front; FOLDER: a family's number."""

    NIK = "nik"
    KK = "kk"
    BPJS = "bpjs"
    RECORD = "record"
    SHORT = "short"
    FOLDER = "folder"
    PHONE = "phone"


IDENTIFYING = frozenset({Kind.NIK, Kind.BPJS, Kind.RECORD})
"""A whole number of these kinds means one person; a KK or folder means a family, a telephone whoever answers."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is stored to find one person by, and to show them in a list.

    row: of `person_search`; keys: (kind, value); vocabulary: the words, with EVERYBODY for whoever counts as a person.
    """

    row: dict[str, Any]
    keys: frozenset[tuple[str, str]]
    vocabulary: frozenset[str]


NOBODY = Entry({}, frozenset(), frozenset())

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
    known = [column.label(f"known_{column.name}") for column in _s.c]
    return select(
        _p.c.id, _p.c.uid, _p.c.name, _p.c.sex, _p.c.voided_at, _p.c.born_on, _p.c.born_precision, _p.c.nik, _p.c.bpjs,
        _p.c.phone, _p.c.record_number, _p.c.mother_name, _mother.c.name.label("mother"), _p.c.relationship,
        _p.c.outside, _p.c.address, _p.c.rt, _p.c.rw, _p.c.status, _p.c.merged_into_id, _f.c.kk, _f.c.head_name,
        _f.c.folder, _f.c.address.label("family_address"), _f.c.rt.label("family_rt"), _f.c.rw.label("family_rw"),
        *names, *known,
    ).select_from(joined)  # fmt: skip


_ids: BindParameter[Any] = bindparam("ids", expanding=True)
_SOURCES = _sources().where(_p.c.id.in_(_ids))
_SOURCES_AFTER = _sources().where(_p.c.id > bindparam("after"), _p.c.voided_at.is_(None)).order_by(_p.c.id).limit(CHUNK)
_o = people.old_number
_OLD = select(_o.c.person_id, _o.c.number).where(_o.c.voided_at.is_(None), _o.c.person_id.in_(_ids))
_OLD_BETWEEN = select(_o.c.person_id, _o.c.number).where(
    _o.c.voided_at.is_(None), _o.c.person_id.between(bindparam("first"), bindparam("last"))
)
_KNOWN_KEYS = select(people.person_key).where(people.person_key.c.person_id.in_(_ids))


def entry_of(row: Any, old: Sequence[str]) -> Entry:
    """The entry of a live person, from a row of `_sources`. old: former record numbers, and former names."""
    name = tokens(row.name)
    words = dict.fromkeys(word for word in _words(row, old) if word not in name)
    stored = {
        "person_id": row.id,
        "name": " ".join(name),
        "words": " ".join(words),
        "uid": row.uid,
        "shown": row.name,
        "sex": row.sex,
        "born_on": row.born_on,
        "born_precision": row.born_precision,
        "record_number": row.record_number,
        "number": f"NIK {mask(row.nik)}" if row.nik else f"BPJS {mask(row.bpjs)}" if row.bpjs else "",
        "mother": row.mother_name or row.mother or "",
        "kin": _kin(row),
        "area": row.outside or row.area0 or "",
        "rt_rw": _rt_rw(row.rt or row.family_rt, row.rw or row.family_rw),
        "status": row.status,
        "merged_into_id": row.merged_into_id,
        "voided": False,
    }
    counted = () if row.merged_into_id is not None else (EVERYBODY,)
    return Entry(stored, _keys(row, old), frozenset((*name, *words, *counted)))


def _words(row: Any, old: Sequence[str]) -> Iterator[str]:
    """Folded words beside the name. An estimated birth may lie half a year off and is not found by its year."""
    for former in old:
        if not any(char.isdigit() for char in former):
            yield from tokens(former)
    yield from _relative_words(row.mother_name or row.mother or "")
    yield from _relative_words(row.head_name or "")
    areas = (row.outside,) if row.outside else (row.area0, row.area1, row.area2, row.area3)
    yield from _place_words(
        row.address or row.family_address or "", row.rt or row.family_rt or "", row.rw or row.family_rw or "", areas
    )
    if row.born_on is not None and row.born_precision != Precision.ESTIMATED:
        yield str(row.born_on.year)


_relative_words = lru_cache(maxsize=4096)(tokens)
"""A family shares its head, its mother and its address: read once for all of its members."""


@lru_cache(maxsize=4096)
def _place_words(address: str, rt: str, rw: str, areas: tuple[str | None, ...]) -> tuple[str, ...]:
    numbered = " ".join(f"{kind} {number}" for kind, number in (("rt", rt), ("rw", rw)) if number)
    return tuple(word for text in (address, numbered, *areas) if text for word in text_tokens(text))


def _keys(row: Any, old: Sequence[str]) -> frozenset[tuple[str, str]]:
    found = {
        (Kind.NIK, row.nik),
        (Kind.BPJS, row.bpjs),
        (Kind.KK, row.kk),
        (Kind.PHONE, phone_key("".join(filter(str.isdigit, row.phone)))),
    }
    for number in (row.record_number, *old):
        if number:
            key = record_key(number)
            found |= {(Kind.RECORD, key), (Kind.SHORT, short_record_key(number))} - {(Kind.SHORT, key)}
    folder = record_key(row.folder or "")
    if not record_key(row.record_number).startswith(folder):
        found.add((Kind.FOLDER, folder))
    return frozenset((str(kind), value) for kind, value in found if value)


def _kin(row: Any) -> str:
    if not row.head_name:
        return ""
    return f"suami {row.head_name}" if row.relationship == "wife" else f"KK {row.head_name}"


def _rt_rw(rt: str | None, rw: str | None) -> str:
    return " / ".join(filter(None, (rt and f"RT {rt}", rw and f"RW {rw}")))


# -- one person, a few people

_INSERT = insert(people.person_search)
_CHANGE = update(_s).where(_s.c.person_id == bindparam("_person"))
_REMOVE = delete(_s).where(_s.c.person_id == bindparam("_person"))
_k = people.person_key
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
        before = _known(row, known_keys.get(row.id, set()))
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


def _known(row: Any, keys: set[tuple[str, str]]) -> Entry:
    """What the index holds of a person so far."""
    if row.known_person_id is None:
        return NOBODY
    stored = {column.name: getattr(row, f"known_{column.name}") for column in _s.c}
    counted = () if row.known_merged_into_id is not None or row.known_voided else (EVERYBODY,)
    words = frozenset((*row.known_name.split(), *row.known_words.split(), *counted))
    return Entry(stored, frozenset(keys), words)


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
