"""The rows of any reference file as they run: where from, how sure, and a mark of their content."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from ilp_desk.domain.reference.base import Status, Validity
from ilp_desk.domain.reference.overlay import lay_over

_HEADER = frozenset({"version", "valid_from", "valid_to", "source", "status", "defaults"})
_OF_ROW = frozenset({"code", "source", "status", "valid_from", "valid_to", "off"})


class Origin(StrEnum):
    """Who wrote it: we, the Puskesmas, or both (its changes to a row of ours)."""

    OURS = "ours"
    SITE = "site"
    BOTH = "both"


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One row, or one section as a whole (code empty). off: a row of ours the Puskesmas took out.

    values: its columns as plain data; digest: the same as long as the content is.
    """

    section: str
    code: str
    values: Mapping[str, Any]
    source: str
    status: Status
    validity: Validity
    origin: Origin
    off: bool = False
    digest: str = ""

    def waits(self, approved: frozenset[str]) -> bool:
        """Whether the head has to approve it still: what is not confirmed, and whatever the Puskesmas wrote itself."""
        return (self.status is not Status.CONFIRMED or self.origin is not Origin.OURS) and self.digest not in approved


def entries(name: str, ours: Mapping[str, Any] | None, site: Mapping[str, Any] | None) -> tuple[Entry, ...]:
    """Every row and section of a file that passed, in the order of the file. ours None: an instrument of the site."""
    own = site or {}
    merged = own if ours is None else ours if site is None else lay_over(ours, site, name)
    found: list[Entry] = []
    for key, value in merged.items():
        if key in _HEADER:
            continue
        before, laid = (ours or {}).get(key), own.get(key)
        if isinstance(value, list) and all(isinstance(row, Mapping) and "code" in row for row in value):
            found += _rows(name, key, merged, before or [], laid or [])
        else:
            origin = _origin(key in (ours or {}), key in own)
            header = merged if origin is Origin.OURS else own
            values = dict(value) if isinstance(value, Mapping) else {key: value}
            found.append(
                _entry(name, key, {}, header["source"], header["status"], {"values": values, "origin": origin})
            )
    return tuple(found)


def origin_of(ours: object, site: object) -> Origin:
    """Where a whole file is from."""
    return _origin(ours is not None, site is not None)


def _origin(ours: bool, site: bool) -> Origin:
    return Origin.BOTH if ours and site else Origin.SITE if site else Origin.OURS


def _rows(
    name: str, key: str, merged: Mapping[str, Any], before: Iterable[Any], laid: Iterable[Any]
) -> Iterable[Entry]:
    usual: Mapping[str, Any] = merged.get("defaults", {}).get(key, {})
    source, status = usual.get("source", merged["source"]), usual.get("status", merged["status"])
    known, written = ({row["code"] for row in rows} for rows in (before, laid))
    for row in merged[key]:
        origin = _origin(row["code"] in known, row["code"] in written)
        yield _entry(name, key, row, source, status, {"origin": origin})
    gone = {row["code"] for row in laid if row.get("off") is True}
    for row in before:
        if row["code"] in gone:
            yield _entry(name, key, row, source, status, {"origin": Origin.BOTH, "off": True})


def _entry(name: str, key: str, row: Mapping[str, Any], source: str, status: str, more: Mapping[str, Any]) -> Entry:
    values = more.get("values", {column: value for column, value in row.items() if column not in _OF_ROW})
    validity = Validity(valid_from=row.get("valid_from"), valid_to=row.get("valid_to"))
    said, code, off = row.get("source", source), row.get("code", ""), more.get("off", False)
    whole = [name, key, code, values, said, validity.valid_from, validity.valid_to, off]
    text = json.dumps(_plain(whole), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return Entry(
        section=key,
        code=code,
        values=values,
        source=said,
        status=Status(row.get("status", status)),
        validity=validity,
        origin=more["origin"],
        off=off,
        digest=hashlib.sha256(text.encode("utf-8")).hexdigest(),
    )


def _plain(value: Any) -> Any:
    """Plain JSON in which 37.5 and 37.50 are the same, and 1 and true are not."""
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    if isinstance(value, int | Decimal):
        return {"number": format(Decimal(value).normalize(), "f")}
    return {"day": value.isoformat()} if isinstance(value, date) else str(value)
