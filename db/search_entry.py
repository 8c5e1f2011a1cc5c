"""What search stores of one person, and what that is derived from: the record, its family, its mother, its areas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, func, select

from db.models import people, site
from db.vocabulary import EVERYBODY
from ilp_desk.domain.person import Precision
from ilp_desk.domain.text.identifiers import mask, phone_key, record_key, short_record_key
from ilp_desk.domain.text.names import text_tokens, tokens


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

_p, _f, _s = people.person, people.family, people.person_search
_mother = people.person.alias("mother")
_areas = [site.area.alias(f"area{level}") for level in range(4)]


def sources() -> Select[Any]:
    """Everything an entry is made of, and what is stored of the person so far (known_*)."""
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


def entry_of(row: Any, old: Sequence[str]) -> Entry:
    """The entry of a live person, from a row of `sources`. old: former record numbers, and former names."""
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


def known_entry(row: Any, keys: set[tuple[str, str]]) -> Entry:
    """What the index holds of a person so far."""
    if row.known_person_id is None:
        return NOBODY
    stored = {column.name: getattr(row, f"known_{column.name}") for column in _s.c}
    counted = () if row.known_merged_into_id is not None or row.known_voided else (EVERYBODY,)
    words = frozenset((*row.known_name.split(), *row.known_words.split(), *counted))
    return Entry(stored, frozenset(keys), words)
