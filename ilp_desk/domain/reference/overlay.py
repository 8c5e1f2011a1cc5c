"""A Puskesmas lays rows of its own over ours: same files, same columns, only what differs."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

from ilp_desk.domain.reference.reading import BadReference, Sheet

_HEADER = frozenset({"version", "valid_from", "valid_to", "source", "status"})


def parse(name: str, text: str) -> dict[str, Any]:
    """A site's file as plain data; raises BadReference with the line that is no TOML."""
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise BadReference(name, "", f"penulisannya salah ({error})") from error


def lay_over(ours: Mapping[str, Any], site: Mapping[str, Any], name: str) -> dict[str, Any]:
    """A site's file over ours; raises BadReference where its header is not in order.

    A row with a code of ours changes the columns it names, `off = true` takes it out, any other row comes after ours.
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
    return isinstance(row, Mapping) and any(isinstance(known, Mapping) and {**known, **row} == known for known in ours)


def _lay_rows(ours: list[Any], site: list[Any], stamp: Mapping[str, str]) -> list[Any]:
    """Rows that are no tables, or have no code, are passed on: reading them says what is wrong."""
    written: dict[Any, list[Any]] = {}
    for row in site:
        code = row.get("code") if isinstance(row, Mapping) else None
        written.setdefault(code, []).append({**stamp, **row} if isinstance(row, Mapping) else row)
    result: list[Any] = []
    for row in ours:
        changes = written.pop(row.get("code"), None) if isinstance(row, Mapping) else None
        if changes is None:
            result.append(row)
        elif len(changes) == 1:
            result.append({**row, **changes[0]})
        else:
            result += changes
    for rows in written.values():
        result += rows
    return [row for row in result if not (isinstance(row, Mapping) and row.get("off") is True)]
