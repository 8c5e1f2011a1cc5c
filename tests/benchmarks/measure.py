"""What all measurements share: CPU time of a call, medians and percentiles, and the rows of the table."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median, quantiles

MS = 1_000.0


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. met: None where there is nothing to be kept, or nothing was measured."""

    what: str
    budget: str
    measured: str
    met: bool | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """How long something took, in milliseconds: cpu of this thread (user and system), wall as on the clock."""

    cpu: float
    wall: float


def timed(work: Callable[[], object]) -> Span:
    """Carry it out and measure it. The collector runs as it does at the desk."""
    wall, cpu = time.perf_counter(), time.thread_time()
    work()
    return Span((time.thread_time() - cpu) * MS, (time.perf_counter() - wall) * MS)


def p95(values: Sequence[float]) -> float:
    return quantiles(values, n=20, method="inclusive")[-1] if len(values) > 1 else values[0]


def middle(values: Sequence[float]) -> float:
    return median(values)


def ms(value: float) -> str:
    """`0.42 ms`, `12 ms`, `3.1 s`: three digits at most."""
    if value >= MS:
        return f"{value / MS:.1f} s"
    return f"{value:.2f} ms" if value < 10 else f"{value:.0f} ms"


def times(ratio: float) -> str:
    return f"{ratio:,.0f}x" if ratio >= 100 else f"{ratio:.1f}x"


def tell(text: str) -> None:
    """Progress, beside the table."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def table(rows: Sequence[Row]) -> str:
    """The rows as Markdown."""
    lines = ["| what | budget | measured | kept |", "|---|---|---|---|"]
    for row in rows:
        kept = {True: "yes", False: "**no**", None: "-"}[row.met]
        measured = f"{row.measured}; {row.note}" if row.note else row.measured
        lines.append(f"| {row.what} | {row.budget} | {measured} | {kept} |")
    return "\n".join(lines)
