"""All instrument files together: each read by itself, then versions and cascades checked against one another."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from itertools import combinations, pairwise
from typing import Any

from ilp_desk.domain.person import Sex
from ilp_desk.domain.reference.base import R, Row, Table
from ilp_desk.domain.reference.instrument_rows import (
    Known,
    read_band,
    read_flag,
    read_follow,
    read_item,
    read_scale,
    read_score,
)
from ilp_desk.domain.reference.instruments import STATES, Band, Instrument, Instruments, Mode, Score, Who, Wording
from ilp_desk.domain.reference.overlay import lay_over
from ilp_desk.domain.reference.reading import BadReference, Fields, RowBase, Sheet

Raw = Mapping[str, Mapping[str, Any]]


def load_instruments(raw: Raw, site: Raw | None = None, signs: Collection[str] | None = None) -> Instruments:
    """All files of `resources/instruments` by name, with a site's own laid over or beside them; raises BadReference.

    A file is named by its code (phq9), an earlier version of it by code and version (phq9.2026.1). signs: the codes of
    danger_signs.toml, to check the signs items stand for.
    """
    own = site or {}
    rows: list[Instrument] = []
    kept: list[Instrument] = []
    for name in sorted({*raw, *own}):
        if name in raw and name in own:
            kept.append(read_instrument(name, raw[name], signs))
            rows.append(read_instrument(name, lay_over(raw[name], own[name], name), signs))
        else:
            rows.append(read_instrument(name, raw[name] if name in raw else own[name], signs))
    _check_versions(rows)
    return Instruments(rows=tuple(_with_cascades(rows)), kept=tuple(kept))


def read_instrument(name: str, raw: Mapping[str, Any], signs: Collection[str] | None = None) -> Instrument:
    """One file; raises BadReference."""
    sheet = Sheet(name, raw)
    known = Known(signs=None if signs is None else frozenset(signs))

    def scale(fields: Fields, base: RowBase) -> Row:
        known.scales[base["code"]] = read_scale(fields)
        return Row(**base)

    if sheet.has("scale"):
        sheet.table("scale", scale)
    head = sheet.section("instrument", lambda fields: _head(fields, name, sheet.header.version))
    known.result = str(head["result"])
    items = sheet.table("item", lambda fields, base: read_item(fields, base, known))
    scores = sheet.table("score", lambda fields, base: read_score(fields, base, known))
    if known.result not in known.scores:
        raise sheet.fail(f'"result": {known.result} tidak ada di [[score]]')
    bands = sheet.table("band", lambda fields, base: read_band(fields, base, known))
    instrument = Instrument(
        header=sheet.header,
        **head,
        items=items,
        scores=scores,
        bands=bands,
        flags=_maybe(sheet, "flag", lambda fields, base: read_flag(fields, base, known)),
        cascade=_maybe(sheet, "follow", lambda fields, base: read_follow(fields, base, known)),
    )
    sheet.finish()
    _check_whole(instrument, sheet)
    return instrument


def _head(fields: Fields, name: str, version: str) -> dict[str, Any]:
    code = fields.text("code")
    if name not in (code, f"{code}.{version}"):
        raise fields.fail(f'nama berkas harus "{code}.toml" atau "{code}.{version}.toml"')
    sex = fields.choice("sex", ("", Sex.MALE.value, Sex.FEMALE.value), "")
    states = fields.texts("states")
    if set(states) - set(STATES):
        raise fields.fail(f'"states" harus dari {", ".join(STATES)}')
    return {
        "code": code,
        "label": fields.text("label"),
        "short": fields.text("short"),
        "intro": fields.text("intro", ""),
        "mode": Mode(fields.choice("mode", tuple(Mode))),
        "wording": Wording(fields.choice("wording", tuple(Wording))),
        "sensitive": fields.flag("sensitive"),
        "who": Who(sex=Sex(sex) if sex else None, ages=fields.ages(), states=states),
        "result": fields.text("result", "total"),
    }


def _maybe(sheet: Sheet, key: str, make: Callable[[Fields, RowBase], R]) -> Table[R]:
    return sheet.table(key, make) if sheet.has(key) else Table(sheet.header, ())


def _check_whole(instrument: Instrument, sheet: Sheet) -> None:
    used = {code for score in instrument.scores for code in score.items}
    for item in instrument.items:
        if item.counts and item.code not in used:
            raise sheet.fail(f'item {item.code} tidak masuk skor mana pun; tulis "counts = false" bila memang begitu')
    for score in instrument.scores:
        bands = instrument.bands_of(score.code)
        if bands or score.code == instrument.result:
            _check_bands(bands, score, sheet)


def _check_bands(bands: Sequence[Band], score: Score, sheet: Sheet) -> None:
    """Each value the score can reach lies in exactly one band."""
    if not bands:
        raise sheet.fail(f"skor {score.code} belum punya [[band]]")
    if bands[0].low != score.low or bands[-1].high != score.high:
        raise sheet.fail(f"rentang skor {score.code} harus penuh dari {score.low} sampai {score.high}")
    for lower, upper in pairwise(bands):
        if upper.low <= lower.high:
            raise sheet.fail(f"rentang {lower.code} dan {upper.code} tumpang tindih")
        if upper.low != lower.high + score.grain:
            raise sheet.fail(f"ada nilai di antara rentang {lower.code} dan {upper.code} yang tidak masuk ke mana pun")


def _check_versions(rows: Sequence[Instrument]) -> None:
    for one, other in combinations(rows, 2):
        if one.code != other.code:
            continue
        if one.version == other.version:
            raise BadReference(other.header.name, "", f"versi {other.version} sudah dipakai {one.header.name}.toml")
        days = [row.header.validity for row in (one, other)]
        if any(a.valid_from and b.covers(a.valid_from) for a, b in (days, days[::-1])):
            raise BadReference(other.header.name, "", f"masa berlakunya tumpang tindih dengan {one.header.name}.toml")


def _with_cascades(rows: Sequence[Instrument]) -> list[Instrument]:
    """Each instrument with its cascade settled: what has a file is not on paper, and nobody comes round in a circle."""
    codes = {row.code for row in rows}
    leads: dict[str, set[str]] = {code: set() for code in codes}
    settled: list[Instrument] = []
    for row in rows:
        follows = []
        for follow in row.cascade:
            if follow.instrument not in codes and not follow.paper:
                reason = f'"instrument": {follow.instrument} tidak ada; tulis "paper = true" bila dikerjakan di kertas'
                raise BadReference(row.header.name, follow.code, reason)
            leads[row.code].add(follow.instrument)
            follows.append(replace(follow, paper=follow.instrument not in codes))
        settled.append(replace(row, cascade=Table(row.header, tuple(follows))))
    for row in rows:
        circle = _circle(row.code, leads, ())
        if circle:
            first = next(one for one in rows if one.code == circle[0])
            raise BadReference(first.header.name, "follow", f"lanjutannya berputar: {' → '.join(circle)}")
    return settled


def _circle(code: str, leads: Mapping[str, Collection[str]], way: tuple[str, ...]) -> tuple[str, ...]:
    """The way from a code back to itself; empty if there is none."""
    if code in way:
        return (*way[way.index(code) :], code)
    for following in sorted(leads.get(code, ())):
        found = _circle(following, leads, (*way, code))
        if found:
            return found
    return ()
