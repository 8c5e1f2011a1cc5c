"""A Puskesmas lays rows of its own over ours: same files, same columns, only what differs."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from ilp_desk.domain.reference.reading import BadReference, Sheet


def parse(name: str, text: str) -> dict[str, Any]:
    """A site's file as plain data; raises BadReference with the line that is no TOML."""
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise BadReference(name, "", f"penulisannya salah ({error})") from error


def lay_over(ours: Mapping[str, Any], site: Mapping[str, Any], name: str) -> dict[str, Any]:
    """A site's file over ours: rows with our code replace ours, others come after them, a row with `off = true` is
    taken out; single values and sections replace ours value by value. The version names both."""
    own = Sheet(name, site).header.version
    merged: dict[str, Any] = dict(ours)
    for key, value in site.items():
        before = ours.get(key)
        if isinstance(before, list) and isinstance(value, list):
            merged[key] = _lay_rows(before, value)
        elif isinstance(before, Mapping) and isinstance(value, Mapping):
            merged[key] = {**before, **value}
        else:
            merged[key] = value
    merged["version"] = f"{ours.get('version', '')}+{own}"
    return merged


def _lay_rows(ours: list[Any], site: list[Any]) -> list[Any]:
    replaced = {row.get("code") for row in site if isinstance(row, Mapping)}
    kept = [row for row in ours if not isinstance(row, Mapping) or row.get("code") not in replaced]
    at_place = {row.get("code"): position for position, row in enumerate(ours) if isinstance(row, Mapping)}
    result: list[Any] = list(kept)
    for row in site:
        if isinstance(row, Mapping) and row.get("off") is True:
            continue
        place = at_place.get(row.get("code")) if isinstance(row, Mapping) else None
        if place is None:
            result.append(row)
        else:
            result.insert(min(place, len(result)), row)
    return result
