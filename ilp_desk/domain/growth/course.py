"""How a child's weight goes on from month to month, as the KMS judges it: N, T, twice T, below the red line.

The month is that of the KMS: calendar months since the month of birth, whatever the day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ilp_desk.domain.person import Sex
from ilp_desk.domain.reference.growth import GrowthRules


class Course(StrEnum):
    """ROSE: N, naik. STAYED: T, tidak naik. FIRST: B, weighed for the first time. MISSED: O, not weighed the month
    before, so not to be judged. AGAIN: weighed once more the same month, the last one counts."""

    ROSE = "N"
    STAYED = "T"
    FIRST = "B"
    MISSED = "O"
    AGAIN = ""


@dataclass(frozen=True, slots=True)
class Weighing:
    """One weighing. weight: grams; zwei: weight for age in hundredths of an SD, None with oedema."""

    day: date
    weight: int
    zwei: int | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """What is said of one weighing. gain, least: grams, since the weighing that counts before; in_a_row: how many
    times T up to this one; below_red: weight for age below the red line (BGM)."""

    weighing: Weighing
    month: int
    course: Course
    gain: int | None
    least: int | None
    in_a_row: int
    below_red: bool

    def refer(self, after: int) -> bool:
        """To the Puskesmas: below the red line, or so many times T in a row."""
        return self.below_red or self.in_a_row >= after


def kms_month(born: date, on: date) -> int:
    """The column of the KMS; the month of birth is 0. ValueError before the birth."""
    if on < born:
        raise ValueError(f"{on} is before the birth on {born}")
    return (on.year - born.year) * 12 + on.month - born.month


def weight_course(born: date, sex: Sex, weighings: Sequence[Weighing], rules: GrowthRules) -> tuple[Mark, ...]:
    """Every weighing, by day, with its mark. A month without a judgement ends a row of T."""
    ordered = sorted(weighings, key=lambda weighing: weighing.day)
    marks: list[Mark] = []
    before: Weighing | None = None
    in_a_row = 0
    for position, weighing in enumerate(ordered):
        month = kms_month(born, weighing.day)
        last_of_month = position + 1 == len(ordered) or kms_month(born, ordered[position + 1].day) != month
        gain = least = None
        if not last_of_month:
            course = Course.AGAIN
        elif before is None:
            course = Course.FIRST
        else:
            gain = weighing.weight - before.weight
            least = _least(kms_month(born, before.day), month, sex, rules)
            course = _judge(gain, least, before, weighing, rules)
        if course is not Course.AGAIN:
            in_a_row = in_a_row + 1 if course is Course.STAYED else 0
            before = weighing
        below_red = weighing.zwei is not None and weighing.zwei < rules.weight_course.red_line
        marks.append(Mark(weighing, month, course, gain, least, in_a_row, below_red))
    return tuple(marks)


def _least(before: int, month: int, sex: Sex, rules: GrowthRules) -> int | None:
    """The KBM of the months between, grams; None where it cannot be said."""
    row = rules.least_gain(month)
    if row is None or sex is Sex.UNKNOWN or (month - before > 1 and not row.times_months):
        return None
    return (row.boys if sex is Sex.MALE else row.girls) * (month - before)


def _judge(gain: int, least: int | None, before: Weighing, now: Weighing, rules: GrowthRules) -> Course:
    if least is None:
        return Course.MISSED
    if gain >= least:
        return Course.ROSE
    follows = before.zwei is not None and now.zwei is not None and now.zwei >= before.zwei
    return Course.ROSE if follows and gain > 0 and rules.weight_course.follow_curve else Course.STAYED
