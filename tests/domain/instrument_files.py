"""The shipped instruments and their worked answers, for the tests of reading and of scoring."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from ilp_desk.domain.reference.instrument_files import load_instruments
from resources import instrument_names, read, read_instrument

WORKED = Path(__file__).resolve().parent.parent / "instruments"

RAW: dict[str, dict[str, Any]] = {name: read_instrument(name) for name in instrument_names()}
SIGNS = frozenset(str(row["code"]) for row in read("danger_signs")["sign"])
SHIPPED = load_instruments(RAW, signs=SIGNS)


@dataclass(frozen=True)
class Case:
    """One row of worked answers; None: the row does not say."""

    instrument: str
    name: str
    answers: dict[str, object]
    total: Decimal
    band: str
    scores: dict[str, Decimal] = field(default_factory=dict)
    flags: list[str] | None = None
    lifted: list[str] | None = None
    signs: list[str] | None = None
    follow: list[str] | None = None

    def __str__(self) -> str:
        return f"{self.instrument}: {self.name}"


def worked() -> list[Case]:
    """Every row of tests/instruments/*.toml; its answers are laid over the base of its file."""
    cases = []
    for file in sorted(WORKED.glob("*.toml")):
        raw = tomllib.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)
        for row in raw["case"]:
            answers = {**raw["base"], **row.pop("answers")}
            cases.append(Case(instrument=raw["instrument"], answers=answers, **row))
    return cases
