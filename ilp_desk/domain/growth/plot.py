"""A growth chart as plain numbers, ready to be drawn on screen or paper: lines, points, axes with their words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil, floor
from typing import Final

from ilp_desk.domain.growth.curves import Curves, by_age, by_length
from ilp_desk.domain.growth.tables import GrowthTables
from ilp_desk.domain.person import Sex

OUTER: Final = (-3, 3)
_STEPS: Final = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0)
_MOST_TICKS: Final = 10
_YEAR: Final = 12


@dataclass(frozen=True, slots=True)
class Span:
    """One range of a chart: months of age, or cm of length. standing: which table, for weight for length."""

    code: str
    label: str
    low: float
    high: float
    step: float
    standing: bool = False
    years: bool = False


BY_AGE: Final = (
    Span("half", "0–6 bln", 0, 6, 1),
    Span("two", "0–24 bln", 0, 24, 2),
    Span("five", "0–60 bln", 0, 60, 6),
    Span("school", "5–19 th", 60, 228, 12, years=True),
)
BY_LENGTH: Final = (
    Span("lying", "PB 45–110 cm", 45, 110, 5),
    Span("standing", "TB 65–120 cm", 65, 120, 5, standing=True),
)


@dataclass(frozen=True, slots=True)
class PlotPoint:
    """x, y: in the units of the axes; level: of its band, empty without one; mark: N, T and the like; said: lines that
    tell of it (day and value; z-score and what it means)."""

    x: float
    y: float
    level: str
    mark: str
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plot:
    """One chart in one range. x, y: the span of the axes; ticks: value and words; curves: SD -> value at each curve_x.

    label: of the range; x_title, y_title: what the axes are.
    """

    code: str
    label: str
    x: tuple[float, float]
    y: tuple[float, float]
    x_ticks: tuple[tuple[float, str], ...]
    y_ticks: tuple[tuple[float, str], ...]
    x_title: str
    y_title: str
    curve_x: tuple[float, ...]
    curves: Mapping[int, tuple[float, ...]]
    points: tuple[PlotPoint, ...]


def plot(span: Span, curves: Curves, points: Iterable[PlotPoint], y_title: str) -> Plot:
    """The curves of a range, with the points that lie in it."""
    shown = tuple(point for point in points if span.low <= point.x <= span.high)
    values = [value for sd in OUTER for value in curves.lines[sd]] + [point.y for point in shown]
    step = _step(max(values) - min(values))
    low, high = floor(min(values) / step) * step, ceil(max(values) / step) * step
    by_length = span in BY_LENGTH
    return Plot(
        code=span.code,
        label=span.label,
        x=(span.low, span.high),
        y=(low, high),
        x_ticks=_x_ticks(span),
        y_ticks=tuple((at, number_text(at)) for at in _every(low, high, step)),
        x_title=("Tinggi badan (cm)" if span.standing else "Panjang badan (cm)") if by_length else _age_title(span),
        y_title=y_title,
        curve_x=curves.x,
        curves=curves.lines,
        points=shown,
    )


def _age_title(span: Span) -> str:
    return "Umur (tahun)" if span.years else "Umur (bulan)"


def _x_ticks(span: Span) -> tuple[tuple[float, str], ...]:
    scale = _YEAR if span.years else 1
    return tuple((at, number_text(at / scale)) for at in _every(span.low, span.high, span.step))


def _every(low: float, high: float, step: float) -> list[float]:
    return [round(low + step * n, 6) for n in range(round((high - low) / step) + 1)]


def _step(height: float) -> float:
    return next((step for step in _STEPS if height / step <= _MOST_TICKS), _STEPS[-1])


def number_text(value: float) -> str:
    """12 or 7,5: no needless decimals, decimal comma."""
    return f"{value:.1f}".removesuffix(".0").replace(".", ",")


def usual_span(spans: Sequence[Span], at: float) -> Span:
    """The shortest range that has room for this age or length; the last one past them all."""
    fitting = [span for span in spans if span.low <= at <= span.high]
    return min(fitting, key=lambda span: span.high - span.low, default=spans[-1])


class CurveBook:
    """The curves of every index, sex and range, computed when first wanted and kept."""

    def __init__(self, tables: GrowthTables) -> None:
        self._tables = tables
        self.curves = lru_cache(maxsize=128)(self._curves)

    def _curves(self, index: str, sex: Sex, span: Span) -> Curves | None:
        if span in BY_LENGTH:
            return by_length(self._tables, sex, standing=span.standing, length_cm=(span.low, span.high))
        return by_age(self._tables, index, sex, (span.low, span.high))
