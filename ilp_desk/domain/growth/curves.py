"""The WHO curves as plain numbers, for a chart on screen or paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ilp_desk.domain.growth.measures import FIRST_MONTH, LAST_DAY
from ilp_desk.domain.growth.tables import RESTRICTED, GrowthTables, value_at
from ilp_desk.domain.person import Sex

SD_LINES: Final = (-3, -2, -1, 0, 1, 2, 3)
MONTH_DAYS: Final = 30.4375


@dataclass(frozen=True, slots=True)
class Curves:
    """x: months of age, or cm of length for weight for length; lines: SD -> value at each x, in the index's unit."""

    x: tuple[float, ...]
    lines: Mapping[int, tuple[float, ...]]


def by_age(tables: GrowthTables, index: str, sex: Sex, months: tuple[float, float], points: int = 121) -> Curves | None:
    """The lines of an index by age between two ages in months; None where WHO has no such table or no such ages.

    Up to 1856 days by day, from 61 months on by month. points: at most so many on the part by day.
    """
    low, high = months
    positions: list[tuple[float, str, int]] = []
    by_day = tables.get(index, "2006", sex)
    if by_day is not None:
        first, last = max(by_day.first, round(low * MONTH_DAYS)), min(LAST_DAY, round(high * MONTH_DAYS))
        if first <= last:
            count = max(2, min(points, last - first + 1))
            days = sorted({round(first + (last - first) * step / (count - 1)) for step in range(count)})
            positions += [(day / MONTH_DAYS, "2006", day) for day in days]
    by_month = tables.get(index, "2007", sex)
    if by_month is not None:
        until = min(by_month.last, int(high))
        positions += [(float(month), "2007", month) for month in range(max(FIRST_MONTH, round(low)), until + 1)]
    return _curves(tables, index, sex, positions)


def by_length(
    tables: GrowthTables, sex: Sex, *, standing: bool, length_cm: tuple[float, float] | None = None
) -> Curves | None:
    """Weight for length (standing=False, 45 to 110 cm) or height (65 to 120 cm), every half centimetre."""
    kind = "standing" if standing else "lying"
    table = tables.get("zwfl", kind, sex)
    if table is None:
        return None
    low, high = length_cm or (table.first / 10, table.last / 10)
    first, last = max(table.first, round(low * 10)), min(table.last, round(high * 10))
    return _curves(tables, "zwfl", sex, [(tenths / 10, kind, tenths) for tenths in range(first, last + 1, 5)])


def _curves(tables: GrowthTables, index: str, sex: Sex, positions: list[tuple[float, str, int]]) -> Curves | None:
    x: list[float] = []
    lines: dict[int, list[float]] = {sd: [] for sd in SD_LINES}
    for at, standard, position in positions:
        table = tables.get(index, standard, sex)
        lms = table.at(position) if table is not None else None
        if lms is None:
            continue
        x.append(at)
        for sd, line in lines.items():
            line.append(value_at(sd, lms, index in RESTRICTED))
    return Curves(tuple(x), {sd: tuple(line) for sd, line in lines.items()}) if x else None
