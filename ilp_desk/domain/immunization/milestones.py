"""Complete statuses (IDL, IBL): whether, when, and what is missing; and the doses one visit or the next can bring."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from ilp_desk.domain.immunization.due import due
from ilp_desk.domain.immunization.facts import Dose, Recipient
from ilp_desk.domain.immunization.history import Progress, walk
from ilp_desk.domain.immunization.items import Due
from ilp_desk.domain.immunization.plan import Course, Plan, concerns, span_text
from ilp_desk.domain.reference.immunization_rows import DoseState, Milestone
from ilp_desk.domain.text.dates import day_text


class Reached(NamedTuple):
    """A complete status; code: its kind (idl, ibl).

    reached_on: the day the last missing dose was given; in_time: before the age it belongs to; impossible: some missing
    dose can never be given; missing: labels with numbers ("RV3").
    """

    code: str
    label: str
    reached_on: date | None
    in_time: bool
    impossible: bool
    missing: tuple[str, ...]
    words: str


class NextVisit(NamedTuple):
    """What is written into the mother's hand: the next day on which something is due, and what."""

    on: date
    doses: tuple[str, ...]


class Shot(NamedTuple):
    """One dose of a visit: series, dose label, vaccine (code), where, how much, how. site is empty where every site of
    the vaccine is taken: two injections then share a limb."""

    series: str
    dose_label: str
    vaccine: str
    site: str
    amount: str
    route: str


def milestones(recipient: Recipient, doses: Iterable[Dose], today: date, plan: Plan) -> tuple[Reached, ...]:
    """Every complete status, by the definition in force on the day the age it belongs to is reached."""
    if recipient.born_on is None or today < recipient.born[0]:
        return ()
    doses = tuple(doses)
    progress = walk(recipient, doses, today, plan).progress
    lost = {item.series for item in due(recipient, doses, today, plan) if _is_lost(item)}
    kinds = dict.fromkeys(row.kind for row in plan.table.milestones)
    found = (_in_force(kind, recipient, plan) for kind in kinds)
    return tuple(_reached(row, recipient, progress, lost, plan) for row in found if row is not None)


def next_visit(items: Sequence[Due], today: date) -> NextVisit | None:
    """The first recommended day after today with everything that is due by then; None where nothing follows."""
    coming = [item for item in items if item.recommended is not None and item.recommended > today]
    if not coming:
        return None
    on = min(item.recommended for item in coming if item.recommended is not None)
    return NextVisit(on, tuple(item.dose_label for item in coming if item.recommended == on))


def visit_plan(items: Sequence[Due], plan: Plan) -> tuple[Shot, ...]:
    """What may be given today in one visit: swallowed first, MR last, every injection at a site of its own."""
    known = ((item, next((code for code in item.vaccines if code in plan.vaccines), "")) for item in items)
    chosen = [(plan.vaccines[code], item) for item, code in known if item.possible and code]
    shots: list[Shot] = []
    taken: set[str] = set()
    for vaccine, item in sorted(chosen, key=lambda pair: (pair[0].order, plan.position[pair[1].series])):
        swallowed = vaccine.route == "oral"
        site = next((site for site in vaccine.sites if swallowed or site not in taken), "")
        if not swallowed:
            taken.add(site)
        shots.append(Shot(item.series, item.dose_label, vaccine.code, site, vaccine.amount, vaccine.route))
    return tuple(shots)


def _is_lost(item: Due) -> bool:
    never = item.state is DoseState.CONTRAINDICATED and item.earliest is None
    return item.state is DoseState.TOO_LATE or never


def _in_force(kind: str, recipient: Recipient, plan: Plan) -> Milestone | None:
    rows = [row for row in plan.table.milestones if row.kind == kind]
    return next((row for row in rows if row.validity.covers(row.by.after(recipient.born[1]))), None)


def _needs(milestone: Milestone, recipient: Recipient, plan: Plan) -> dict[str, int]:
    """Doses by series, with those of the milestones it includes; the larger number counts."""
    needs = dict(milestone.needs)
    for kind in milestone.includes:
        inner = _in_force(kind, recipient, plan)
        for series, number in _needs(inner, recipient, plan).items() if inner else ():
            needs[series] = max(number, needs.get(series, 0))
    return needs


def _reached(
    milestone: Milestone, recipient: Recipient, progress: dict[int, Progress], lost: set[str], plan: Plan
) -> Reached:
    days: list[date] = []
    missing: list[str] = []
    gone: list[str] = []
    needs = _needs(milestone, recipient, plan)
    for at, line in enumerate(plan.lines):
        series = line.series
        if series.code not in needs or not concerns(series, recipient.sex, recipient.areas):
            continue
        own = progress.get(at) or Progress()
        wanted = needs[series.code]
        if len(own.counted) >= wanted:
            days.append(own.counted[wanted - 1].latest)
        elif own.completed_on is not None:
            days.append(own.counted[-1].latest)
        else:
            labels = _labels(line.starts[0] if own.course is None else own.course, len(own.counted), wanted)
            missing += labels
            if series.code in lost:
                gone += labels
    limit = milestone.by.after(recipient.born[1])
    reached_on = max(days, default=None) if not missing else None
    in_time = reached_on is not None and reached_on < limit
    if reached_on is not None:
        name = "reached" if in_time else "reached_late"
    else:
        name = "impossible" if gone else "open"
    words = plan.say(
        name,
        label=milestone.label,
        on=day_text(reached_on),
        limit=span_text(milestone.by),
        missing=", ".join(gone or missing),
    )
    return Reached(milestone.kind, milestone.label, reached_on, in_time, bool(gone), tuple(missing), words)


def _labels(course: Course, counted: int, wanted: int) -> list[str]:
    return [dose.label for dose in course.doses[counted:wanted]]
