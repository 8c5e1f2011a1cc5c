"""A child's growth as a whole: every day of measuring with its z-scores, how the weight goes on, what to do about it.

Measures of one day stand together, whoever took them: the weight at the counter and the length in the room are one
point. Weights in grams, lengths in mm, as they are stored.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from ilp_desk.domain.growth.course import Mark, Weighing, kms_month, weight_course
from ilp_desk.domain.growth.measures import Assessment, GrowthAge, Measured, assess, corrected
from ilp_desk.domain.growth.tables import GrowthTables
from ilp_desk.domain.person import Sex
from ilp_desk.domain.reference.growth import GrowthRules
from ilp_desk.domain.reference.growth_care import Advice, Supplement

_LAST_MONTH = 228


@dataclass(frozen=True, kw_only=True, slots=True)
class Measures:
    """What was measured on one day. weight: g; height, head, arm: mm; lying: None where nobody wrote how.

    place: where, if it was not here; source: as of facts (here, import, other_facility, told). uid: of its record.
    """

    day: date
    weight: int | None = None
    height: int | None = None
    lying: bool | None = None
    head: int | None = None
    arm: int | None = None
    oedema: bool | None = None
    place: str = ""
    source: str = "here"
    uid: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """One day of measuring, judged. assessment: None before the day a child born early was due, and past the tables;
    corrected: its age counts from that day; mark: of the weight, while the KMS runs."""

    measures: Measures
    age: GrowthAge
    corrected: bool
    assessment: Assessment | None
    mark: Mark | None


def together(takings: Iterable[Measures]) -> tuple[Measures, ...]:
    """One row a day, by day; what was taken later the same day counts. takings: in order of taking."""
    days: dict[date, Measures] = {}
    for taken in takings:
        before = days.get(taken.day)
        days[taken.day] = taken if before is None else _joined(before, taken)
    return tuple(days[day] for day in sorted(days))


def _joined(before: Measures, now: Measures) -> Measures:
    return replace(
        now,
        weight=before.weight if now.weight is None else now.weight,
        height=before.height if now.height is None else now.height,
        lying=before.lying if now.height is None else now.lying,
        head=before.head if now.head is None else now.head,
        arm=before.arm if now.arm is None else now.arm,
        oedema=before.oedema if now.oedema is None else now.oedema,
    )


def child_points(
    born: date,
    sex: Sex,
    gestation_days: int | None,
    takings: Iterable[Measures],
    rules: GrowthRules,
    tables: GrowthTables,
) -> tuple[Point, ...]:
    """Every day of measuring since the birth, by day. gestation_days: at birth, None where it is not known."""
    days = [measures for measures in together(takings) if measures.day >= born]
    on_card = [m.weight is not None and kms_month(born, m.day) <= rules.last_kms_month for m in days]
    judged = [_judged(born, sex, gestation_days, measures, rules, tables) for measures in days]
    marks = iter(
        weight_course(
            born,
            sex,
            [
                Weighing(measures.day, measures.weight, _zwei(found))
                for measures, (_, _, found), marked in zip(days, judged, on_card)
                if marked and measures.weight is not None
            ],
            rules,
        )
    )
    return tuple(
        Point(measures, at, early, found, next(marks) if marked else None)
        for measures, (at, early, found), marked in zip(days, judged, on_card)
    )


def _judged(
    born: date, sex: Sex, gestation_days: int | None, measures: Measures, rules: GrowthRules, tables: GrowthTables
) -> tuple[GrowthAge, bool, Assessment | None]:
    lived = GrowthAge.between(born, measures.day)
    counted = corrected(lived, gestation_days, rules.prematurity)
    if counted is None or counted.months > _LAST_MONTH or sex is Sex.UNKNOWN:
        return lived, counted is not lived, None
    found = assess(
        Measured(
            sex=sex,
            age=counted,
            weight_kg=_tenths(measures.weight, 1000),
            length_cm=_tenths(measures.height, 10),
            lying=measures.lying,
            oedema=measures.oedema is True,
            head_cm=_tenths(measures.head, 10),
            arm_cm=_tenths(measures.arm, 10),
        ),
        rules,
        tables,
    )
    return lived, counted is not lived, found


def _tenths(value: int | None, scale: int) -> float | None:
    return None if value is None else value / scale


def _zwei(found: Assessment | None) -> int | None:
    score = found.by_index.get("zwei") if found is not None else None
    return score.hundredths if score is not None else None


def advice_for(point: Point, rules: GrowthRules) -> tuple[Advice, ...]:
    """What to do about the measures of a day, in the order of growth.toml; what another row replaces is left out."""
    found = point.assessment
    bands = {score.band.code for score in found.scores if score.band is not None} if found is not None else set()
    if found is not None and found.muac is not None:
        bands.add(found.muac.code)
    holding = [row for row in rules.advice if _holds(row, point, bands)]
    hidden = frozenset[str]().union(*(row.hides for row in holding))
    return tuple(row for row in holding if row.code not in hidden)


def _holds(row: Advice, point: Point, bands: set[str]) -> bool:
    if not row.months[0] <= point.age.months <= row.months[1]:
        return False
    match row.when:
        case "oedema":
            return point.measures.oedema is True
        case "below_red":
            return point.mark is not None and point.mark.below_red
        case "stayed":
            return point.mark is not None and point.mark.in_a_row >= row.times
        case "doubtful":
            return point.assessment is not None and any(score.doubtful for score in point.assessment.scores)
        case _:
            return not row.bands.isdisjoint(bands)


def supplements_at(months: int, rules: GrowthRules) -> tuple[Supplement, ...]:
    """What is given at this age, in completed months."""
    return tuple(row for row in rules.supplements if row.months[0] <= months <= row.months[1])
