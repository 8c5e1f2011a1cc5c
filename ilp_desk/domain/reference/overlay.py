"""A Puskesmas lays rows of its own over ours: same files, same columns, only what differs."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

from ilp_desk.domain.reference.reading import BadReference, Sheet

_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")
_HEADER = frozenset({"version", "valid_from", "valid_to", "source", "status"})


def parse(name: str, text: str) -> dict[str, Any]:
    """A site's file as plain data; raises BadReference with the line that is no TOML."""
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        # Python tells the place in English words; what it holds against it, it tells no clerk.
        found = _PLACE.search(str(error))
        where = f"di baris {found[1]}, kolom {found[2]}" if found else "di akhir berkas"
        raise BadReference(name, "", f"penulisannya salah {where}") from error


def lay_over(ours: Mapping[str, Any], site: Mapping[str, Any], name: str) -> dict[str, Any]:
    """A site's file over ours; raises BadReference where its header is not in order.

    A row with a code of ours changes the columns it names, `off = true` takes it out, any other row comes after ours.
    Where a code of ours stands several times, valid_from and valid_to say which row is meant.
    Sections are changed value by value. Rows the site wrote carry its source and status, the version names both files.
    """
    header = Sheet(name, site).header
    stamp = {"source": header.source, "status": header.status.value}
    merged: dict[str, Any] = dict(ours)
    for key, value in site.items():
        before = ours.get(key)
        if key in _HEADER:
            continue
        if isinstance(value, list) and isinstance(before, list | None):
            _refuse_twice(value, key, name)
            merged[key] = _lay_rows(before or [], value, stamp)
        elif isinstance(before, Mapping) and isinstance(value, Mapping):
            merged[key] = {**before, **value}
        else:
            merged[key] = value
    merged["version"] = f"{ours.get('version', '')}+{header.version}"
    return merged


def changes(ours: Mapping[str, Any], site: Mapping[str, Any]) -> tuple[str, ...]:
    """What a site's file says otherwise than ours: "list/code" of its rows, "section/key" of its values."""
    found: dict[str, None] = {}
    for key, value in site.items():
        before = ours.get(key)
        if key in _HEADER:
            continue
        if isinstance(value, list) and isinstance(before, list | None):
            for row in value:
                if not _says_nothing_new(row, before or []):
                    found[f"{key}/{_code(row)}"] = None
        elif isinstance(value, Mapping) and isinstance(before, Mapping | None):
            known = before or {}
            found |= {f"{key}/{part}": None for part in value if part not in known or known[part] != value[part]}
        else:
            found[key] = None
    return tuple(found)


def only(site: Mapping[str, Any], wanted: Collection[str]) -> dict[str, Any]:
    """A site's file with nothing but these `changes`; none wanted: the whole file."""
    if not wanted:
        return dict(site)
    keep = frozenset(wanted)
    left: dict[str, Any] = {}
    for key, value in site.items():
        if key in _HEADER or key in keep:
            left[key] = value
        elif isinstance(value, list):
            left[key] = [row for row in value if f"{key}/{_code(row)}" in keep]
        elif isinstance(value, Mapping):
            left[key] = {part: said for part, said in value.items() if f"{key}/{part}" in keep}
    return {key: value for key, value in left.items() if key in _HEADER or value not in ([], {})}


def _code(row: Any) -> str:
    return str(row.get("code", "")) if isinstance(row, Mapping) else ""


def _says_nothing_new(row: Any, ours: list[Any]) -> bool:
    """Whether a row is one of ours, or a part of one."""
    if not isinstance(row, Mapping) or "code" not in row:
        return False
    return any(isinstance(known, Mapping) and {**known, **row} == known for known in ours)


def _refuse_twice(rows: list[Any], key: str, name: str) -> None:
    """One code twice for the same days: which of the two is meant?"""
    found: set[tuple[str, tuple[str, str]]] = set()
    for row in rows:
        code = _code(row)
        if code and (code, _days(row)) in found:
            raise BadReference(name, f"{key} {code}", '"code" sudah dipakai baris lain pada masa berlaku yang sama')
        if code:
            found.add((code, _days(row)))


def _lay_rows(ours: list[Any], site: list[Any], stamp: Mapping[str, str]) -> list[Any]:
    """Rows that are no tables, or have no code, are passed on: reading them says what is wrong."""
    written: dict[str, list[Any]] = {}
    for row in site:
        written.setdefault(_code(row), []).append(row)
    places: dict[int, list[Any]] = {}
    more = [{**stamp, **row} if isinstance(row, Mapping) else row for row in written.pop("", [])]
    for code, own in written.items():
        at = [place for place, row in enumerate(ours) if _code(row) == code]
        rows = _laid([ours[place] for place in at], own, stamp)
        if not at:
            more += rows
        elif len(rows) == len(at):
            places |= {place: [row] for place, row in zip(at, rows)}
        else:
            places |= {place: rows if place == at[0] else [] for place in at}
    result = [laid for place, row in enumerate(ours) for laid in places.get(place, [row])]
    return [row for row in (*result, *more) if not (isinstance(row, Mapping) and row.get("off") is True)]


def _laid(ours: list[Any], site: list[Any], stamp: Mapping[str, str]) -> list[Any]:
    """The rows of one code. Where it stands several times, a row is known by its validity too; unknown ones replace."""
    if len(ours) == len(site) == 1:
        return [{**ours[0], **stamp, **site[0]}]
    if any(row.get("off") is True and "valid_from" not in row and "valid_to" not in row for row in site):
        return []
    days = [_days(row) for row in ours]
    if len(ours) < 2 or any(_days(row) not in days for row in site):
        return [{**stamp, **row} for row in site]
    own = {_days(row): {**stamp, **row} for row in site}
    return [{**row, **own.get(_days(row), {})} for row in ours]


def _days(row: Mapping[str, Any]) -> tuple[str, str]:
    return str(row.get("valid_from", "")), str(row.get("valid_to", ""))
