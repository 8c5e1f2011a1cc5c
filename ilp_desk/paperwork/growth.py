"""A child's growth on one sheet: a curve, the judgement, the last days of measuring."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ilp_desk.domain.growth.plot import Plot
from ilp_desk.paperwork.common import Field, Letterhead, Paperwork, PatientBlock


@dataclass(frozen=True, kw_only=True)
class GrowthDay:
    """One day of measuring: `21-11-2026`, `14 bln 3 hr`, values as written, z-scores, N or T, where."""

    day: str
    age: str
    weight: str
    height: str
    head: str
    arm: str
    mark: str
    place: str = ""


@dataclass(frozen=True, kw_only=True)
class GrowthChart(Paperwork):
    """A4. chart: what the curve is, for whom, by which standard. judged: the lines of the last day, label and words
    (`BB/U`, `−2,35 · Berat badan kurang`), judged_on: that day; advice: title and what to do; control: `05-12-2026`;
    born: `lahir 34 mgg`, empty where it changes nothing. days: the newest last. note: whose words the labels are.
    """

    kind: ClassVar[str] = "growth_chart"
    title: ClassVar[str] = "Grafik pertumbuhan anak"

    letterhead: Letterhead
    patient: PatientBlock
    chart: str
    plot: Plot
    judged_on: str
    judged: tuple[Field, ...]
    advice: tuple[Field, ...]
    control: str
    born: str
    days: tuple[GrowthDay, ...]
    note: str
    printed: str
