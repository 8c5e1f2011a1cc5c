"""WHO growth tables and the arithmetic on them: from a measure to a z-score and back.

WHO Child Growth Standards, Methods and development (2006), chapter 7. Numbers are floats: the tables hold five digits,
a z-score is said with two decimals.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, floor, log

from ilp_desk.domain.person import Sex

LmsReader = Callable[[str, str], Mapping[str, tuple[int, Sequence[float], Sequence[float], Sequence[float]]]]
"""Gives one table (`resources.growth_lms`): name and by_day or by_month -> sex -> first position, L, M, S."""

RESTRICTED = frozenset({"zwei", "zwfl", "zbmi", "zac"})
"""Indices whose distribution is skewed: beyond ±3 SD the distance between 2 and 3 SD is the measure."""

_NAMES = {
    ("zlen", "2006"): ("lfa", "by_day"),
    ("zwei", "2006"): ("wfa", "by_day"),
    ("zbmi", "2006"): ("bmifa", "by_day"),
    ("zhc", "2006"): ("hcfa", "by_day"),
    ("zac", "2006"): ("acfa", "by_day"),
    ("zlen", "2007"): ("lfa", "by_month"),
    ("zwei", "2007"): ("wfa", "by_month"),
    ("zbmi", "2007"): ("bmifa", "by_month"),
    ("zwfl", "lying"): ("wfl", "by_day"),
    ("zwfl", "standing"): ("wfh", "by_day"),
}


Lms = tuple[float, float, float]
"""Power, median and coefficient of variation at one age or length."""


@dataclass(frozen=True, slots=True)
class LmsTable:
    """One table of one sex. first: position of its first row (days, months or millimetres); no row is missing."""

    first: int
    l: Sequence[float]  # noqa: E741
    m: Sequence[float]
    s: Sequence[float]

    @property
    def last(self) -> int:
        return self.first + len(self.m) - 1

    def at(self, position: float) -> Lms | None:
        """The row, between two rows their straight line; None outside the table."""
        offset = position - self.first
        row = int(offset)
        if offset < 0 or offset > len(self.m) - 1:
            return None
        part = offset - row
        if not part:
            return self.l[row], self.m[row], self.s[row]
        power, median, variation = (
            values[row] + part * (values[row + 1] - values[row]) for values in (self.l, self.m, self.s)
        )
        return power, median, variation


class GrowthTables:
    """All tables, each read when it is first asked for and kept: about 45 kB an index and sex."""

    def __init__(self, reader: LmsReader) -> None:
        self._reader = reader
        self._kept: dict[tuple[str, str, Sex], LmsTable | None] = {}
        self._sets: dict[tuple[Sex, str, str], Mapping[str, LmsTable]] = {}

    def get(self, index: str, standard: str, sex: Sex) -> LmsTable | None:
        """standard: 2006 or 2007; for zwfl lying or standing. None where WHO has no such table."""
        wanted = (index, standard, sex)
        if wanted not in self._kept:
            name = _NAMES.get((index, standard))
            read = self._reader(*name) if name is not None else {}
            for each in Sex:
                self._kept[index, standard, each] = LmsTable(*read[each]) if each in read else None
        return self._kept[wanted]

    def of(self, sex: Sex, standard: str, position: str) -> Mapping[str, LmsTable]:
        """By index, every table that holds for a child. position: lying or standing, for weight for length (2006)."""
        wanted = (sex, standard, position)
        found = self._sets.get(wanted)
        if found is None:
            kinds = {index: standard for index, known in _NAMES if known == standard}
            if standard == "2006":
                kinds["zwfl"] = position
            each = {index: self.get(index, kind, sex) for index, kind in kinds.items()}
            found = self._sets[wanted] = {index: table for index, table in each.items() if table is not None}
        return found


def zscore(value: float, lms: Lms, restricted: bool) -> float:
    """How many SD a measure lies from the median. restricted: the index is one of RESTRICTED. value must be above 0."""
    power, median, variation = lms
    z = ((value / median) ** power - 1) / (variation * power) if power else log(value / median) / variation
    if not restricted or -3 <= z <= 3:
        return z
    side = 1 if z > 0 else -1
    third = _at_sd(3 * side, lms)
    return side * 3 + (value - third) / abs(third - _at_sd(2 * side, lms))


def value_at(z: float, lms: Lms, restricted: bool) -> float:
    """The measure that lies so many SD from the median: the inverse of `zscore`."""
    if not restricted or -3 <= z <= 3:
        return _at_sd(z, lms)
    side = 1 if z > 0 else -1
    third = _at_sd(3 * side, lms)
    return third + (z - 3 * side) * abs(third - _at_sd(2 * side, lms))


def hundredths(number: float) -> int:
    """A number as it is said, in hundredths: halves away from zero, so that both sides of the median are alike."""
    return floor(number * 100 + 0.5) if number >= 0 else -floor(-number * 100 + 0.5)


def _at_sd(z: float, lms: Lms) -> float:
    power, median, variation = lms
    return median * (1 + power * variation * z) ** (1 / power) if power else median * exp(variation * z)
