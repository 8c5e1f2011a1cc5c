"""What follows from a child's measures: advice, vitamin A and deworming (growth.toml)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from ilp_desk.domain.reference.base import Row, Table
from ilp_desk.domain.reference.reading import Fields, RowBase, Sheet

WHENS = ("oedema", "below_red", "stayed", "band", "doubtful")
ADVICE_LEVELS = ("severe", "low", "high")
_OLDEST = 228
"""Completed months, the end of the WHO tables."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Advice(Row):
    """What to do about a finding. when: one of WHENS; times: so many T in a row; bands: codes of bands.

    months: completed months of age it holds for, both included. control_days: days until the next control. refer: to
    the nutritionist. hides: codes of advice that need not be said beside it.
    """

    when: str
    times: int
    bands: frozenset[str]
    months: tuple[int, int]
    title: str
    text: str
    level: str
    control_days: int
    refer: bool
    hides: frozenset[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Supplement(Row):
    """Something given by age. fact: as it is recorded (services.toml); group: those that count for one another;
    dose: in words; months: completed months of age, both included; gap_days: the earliest it is given again."""

    fact: str
    group: str
    label: str
    dose: str
    months: tuple[int, int]
    gap_days: int


def read_advice(sheet: Sheet, bands: Collection[str]) -> Table[Advice]:
    """bands: the codes there are."""
    table = sheet.table("advice", _advice)
    codes = {row.code for row in table}
    for row in table:
        if row.bands - set(bands):
            raise sheet.fail(f"[[advice]] {row.code}: pita {min(row.bands - set(bands))} tidak ada")
        if row.hides - codes:
            raise sheet.fail(f"[[advice]] {row.code}: {min(row.hides - codes)} tidak ada")
    return table


def read_supplements(sheet: Sheet) -> Table[Supplement]:
    return sheet.table("supplement", _supplement)


def _advice(fields: Fields, base: RowBase) -> Advice:
    when = fields.choice("when", WHENS)
    times = fields.integer("times") if when == "stayed" else 0
    if when == "stayed" and times < 1:
        raise fields.fail('"times" harus lebih dari 0')
    return Advice(
        **base,
        when=when,
        times=times,
        bands=frozenset(fields.texts("bands", required=True)) if when == "band" else frozenset(),
        months=_months(fields),
        title=fields.text("title"),
        text=fields.text("text"),
        level=fields.choice("level", ADVICE_LEVELS),
        control_days=_days(fields, "control_days"),
        refer=fields.flag("refer"),
        hides=frozenset(fields.texts("hides")),
    )


def _supplement(fields: Fields, base: RowBase) -> Supplement:
    return Supplement(
        **base,
        fact=fields.text("fact"),
        group=fields.text("group"),
        label=fields.text("label"),
        dose=fields.text("dose"),
        months=_months(fields),
        gap_days=_days(fields, "gap_days"),
    )


def _months(fields: Fields) -> tuple[int, int]:
    first, last = fields.integer("age_from_months", 0), fields.integer("age_to_months", _OLDEST)
    if not 0 <= first <= last:
        raise fields.fail('"age_from_months" harus sebelum "age_to_months"')
    return first, last


def _days(fields: Fields, key: str) -> int:
    days = fields.integer(key)
    if days < 1:
        raise fields.fail(f'"{key}" harus lebih dari 0')
    return days
