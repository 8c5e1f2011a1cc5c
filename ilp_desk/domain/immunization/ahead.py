"""The doses after the next one, so that a whole series can be shown."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from ilp_desk.domain.immunization.facts import Recipient
from ilp_desk.domain.immunization.items import Due
from ilp_desk.domain.immunization.plan import Plan


class Ahead(NamedTuple):
    """A dose that follows the next one. starts: the first day it can be given if the one before is given at its best
    day; None where it then comes too late."""

    label: str
    starts: date | None


def ahead(item: Due, recipient: Recipient, today: date, plan: Plan) -> tuple[Ahead, ...]:
    """Those after the next dose; none where the series is complete or its next dose can never be given."""
    before = item.recommended
    if not item.number or before is None:
        return ()
    before = max(before, today)
    line = plan.lines[plan.position[item.series]]
    course = next(course for course in line.courses if any(dose.code == item.dose for dose in course.doses))
    found = []
    for rule in course.doses[item.number :]:
        days = plan.days(rule, min(recipient.born[1], today))
        starts = days.windows[0].start
        if rule.interval is not None:
            starts = max(starts, rule.interval.after(before))
        if starts >= days.windows[-1].end:
            found.append(Ahead(rule.label, None))
            break
        found.append(Ahead(rule.label, starts))
        before = starts
    return tuple(found)
