"""Which recorded doses count, as which dose of which series, and why the others do not.

    for judged in history(recipient, doses, today, plan): ...

A date known only by month or year counts where some day of it would: what is due next is then reckoned from its last
day. A dose that does not count stays in the record; the interval runs from the last one that counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from operator import itemgetter
from typing import NamedTuple

from ilp_desk.domain.immunization.facts import Dose, DoseSource, Recipient
from ilp_desk.domain.immunization.plan import Course, Line, Plan, Product, span_text
from ilp_desk.domain.person import Precision
from ilp_desk.domain.reference.immunization_rows import DoseRule, DoseState
from ilp_desk.domain.text.dates import PartialDate, day_text


class Reason(StrEnum):
    """Why a dose counts or not; the name of its sentence in [words]."""

    COUNTED = "counted"
    EXTRA = "extra"
    VOID = "void"
    ORAL = "oral"
    BEFORE_BIRTH = "before_birth"
    IN_FUTURE = "in_future"
    UNKNOWN_VACCINE = "unknown_vaccine"
    NO_SERIES = "no_series"
    CAMPAIGN = "campaign"
    SAME_DAY = "same_day"
    TOO_YOUNG = "too_young"
    TOO_OLD = "too_old"
    TOO_SOON = "too_soon"
    LIVE_GAP = "live_gap"
    OTHER_BRAND = "other_brand"


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """One dose for one series. number, label: of the dose it counts as or would have; timing: of a counted one whose
    day is known, by the age it was given at. series is empty where it belongs to none."""

    dose: Dose
    series: str
    reason: Reason
    number: int
    label: str
    words: str
    timing: DoseState | None

    @property
    def counted(self) -> bool:
        return self.reason is Reason.COUNTED


class Counted(NamedTuple):
    """A counted dose: `at` the first day it can have been and count, `latest` the last it can have been."""

    dose: Dose
    at: date
    latest: date


class Progress:
    """How far one series has come."""

    __slots__ = ("brand", "completed_on", "counted", "course")

    def __init__(self) -> None:
        self.counted: list[Counted] = []
        self.course: Course | None = None
        self.brand = ""
        self.completed_on: date | None = None


class Event(NamedTuple):
    """A dose with the first and the last day it can have been; sorts in the order in which doses are judged."""

    latest: date
    earliest: date
    rank: int
    code: str
    uid: str
    void: bool
    campaign: bool
    hours: int
    dose: Dose

    @property
    def exact(self) -> bool:
        return self.dose.precision is Precision.DAY


class Verdict(NamedTuple):
    """What was found of one dose for one line (-1: none); places: for its sentence."""

    event: Event
    line: int
    reason: Reason
    rule: DoseRule | None
    places: Mapping[str, object]


class Walk(NamedTuple):
    """The history gone through once. progress: by line of the plan; usable: doses that were really given, lives: those
    of them that are injected and live, both in order of days; covered_from: since when the record knows of doses, None:
    never."""

    verdicts: list[Verdict]
    progress: dict[int, Progress]
    usable: list[Event]
    lives: list[Event]
    covered_from: date | None


_RANKS = {source: rank for rank, source in enumerate(DoseSource)}
_order = itemgetter(*range(8))
_NONE: Mapping[str, object] = {}


def history(recipient: Recipient, doses: Iterable[Dose], today: date, plan: Plan) -> tuple[Judged, ...]:
    """Every dose with every series it may count for, in order of days. The order they come in does not matter."""
    return tuple(_judged(verdict, recipient, plan) for verdict in walk(recipient, doses, today, plan).verdicts)


def walk(recipient: Recipient, doses: Iterable[Dose], today: date, plan: Plan) -> Walk:
    """The same without words, for further rules."""
    found = Walk([], {}, [], [], None)
    covered = recipient.known_since
    for event in sorted((event_of(dose, recipient, today) for dose in doses), key=_order):
        dose = event.dose
        general = _general(event, recipient, today, plan)
        if general is not None:
            found.verdicts.append(Verdict(event, -1, general, None, _NONE))
            continue
        found.usable.append(event)
        product = plan.products[dose.code]
        if product.live:
            found.lives.append(event)
        if dose.campaign and not plan.rules.campaign_counts:
            found.verdicts.append(Verdict(event, -1, Reason.CAMPAIGN, None, _NONE))
            continue
        if covered is None or event.latest < covered:
            covered = event.latest
        _enter(event, product, recipient, plan, found)
    return found._replace(covered_from=covered)


def event_of(dose: Dose, recipient: Recipient, today: date) -> Event:
    """The days a dose can have been: not after today and not before the birth, where the date leaves that open."""
    earliest = latest = dose.on
    if dose.precision is not Precision.DAY:
        known = PartialDate(dose.on, dose.precision)
        earliest, latest = known.earliest, known.latest
        if earliest <= today < latest:
            latest = today
        if earliest < recipient.born[0] <= latest:
            earliest = recipient.born[0]
    hours = -1 if dose.age_hours is None else dose.age_hours
    return Event(latest, earliest, _RANKS[dose.source], dose.code, dose.uid, dose.void, dose.campaign, hours, dose)


def _general(event: Event, recipient: Recipient, today: date, plan: Plan) -> Reason | None:
    """What keeps a dose out of every series."""
    dose = event.dose
    if dose.void:
        return Reason.VOID
    if dose.code not in plan.products:
        return Reason.UNKNOWN_VACCINE
    if event.earliest > today:
        return Reason.IN_FUTURE
    if event.latest < recipient.born[0]:
        return Reason.BEFORE_BIRTH
    if dose.source is DoseSource.ORAL and not plan.rules.oral_history_counts:
        return Reason.ORAL
    return None


def _enter(event: Event, product: Product, recipient: Recipient, plan: Plan, found: Walk) -> None:
    if not product.lines:
        found.verdicts.append(Verdict(event, -1, Reason.NO_SERIES, None, _NONE))
        return
    lines = plan.lines
    inside = [at for at in product.lines if not lines[at].aged or not _outside(event, lines[at], recipient)]
    if not inside:
        at = product.lines[0]
        found.verdicts.append(_misfit(event, at, plan.lines[at], recipient))
    for at in inside:
        progress = found.progress.get(at)
        if progress is None:
            progress = found.progress[at] = Progress()
        found.verdicts.append(_judge(event, product, at, progress, recipient, plan, found.lives))


def _outside(event: Event, line: Line, recipient: Recipient) -> bool:
    series = line.series
    if event.latest < series.span_from.after(recipient.born[0]):
        return True
    return series.span_to is not None and event.earliest >= series.span_to.after(recipient.born[1])


def _misfit(event: Event, at: int, line: Line, recipient: Recipient) -> Verdict:
    series, rule = line.series, line.starts[0].doses[0]
    if series.span_to is not None and event.earliest >= series.span_to.after(recipient.born[1]):
        return Verdict(event, at, Reason.TOO_OLD, rule, {"limit": span_text(series.span_to)})
    return _young(event, at, rule, series.span_from.after(recipient.born[0]))


def _young(event: Event, at: int, rule: DoseRule, earliest: date) -> Verdict:
    places = {"days": (earliest - event.latest).days, "earliest": day_text(earliest)}
    return Verdict(event, at, Reason.TOO_YOUNG, rule, places)


def _judge(
    event: Event, product: Product, at: int, progress: Progress, recipient: Recipient, plan: Plan, lives: list[Event]
) -> Verdict:
    line, counted = plan.lines[at], progress.counted
    exact = event.exact
    if exact and counted and counted[-1].latest == event.latest and counted[-1].dose.precision is Precision.DAY:
        return Verdict(event, at, Reason.SAME_DAY, None, _NONE)
    if progress.completed_on is not None:
        return Verdict(event, at, Reason.EXTRA, None, _NONE)
    course = progress.course or _course(line, event, product, recipient)
    rule = course.doses[len(counted)]
    if line.branded and progress.brand and product.brand and progress.brand != product.brand:
        other = plan.products[progress.brand].label
        return Verdict(event, at, Reason.OTHER_BRAND, rule, {"other": other})
    series = line.series
    old_enough = plan.days(rule, recipient.born[0]).youngest
    if not counted and series.code in product.earlier:
        old_enough = product.earlier[series.code].after(recipient.born[0])
    allowed = plan.graced(old_enough)
    if event.latest < allowed:
        return _young(event, at, rule, old_enough)
    first = max(event.earliest, allowed)
    completing = series.completing_from is not None and event.earliest >= series.completing_from
    if counted and rule.interval is not None and not completing:
        far_enough = rule.interval.after(counted[-1].at)
        allowed = plan.graced(far_enough)
        if event.latest < allowed:
            gap, short = (event.latest - counted[-1].at).days, (far_enough - event.latest).days
            places = {"gap": gap, "days": short, "earliest": day_text(far_enough)}
            return Verdict(event, at, Reason.TOO_SOON, rule, places)
        first = max(first, allowed)
    if product.live and exact:
        near = _near(event, lives, plan.rules.live_gap_days)
        if near is not None:
            places = {"gap": (event.latest - near.latest).days, "other": plan.products[near.code].label}
            return Verdict(event, at, Reason.LIVE_GAP, rule, {**places, "limit": plan.rules.live_gap_days})
    counted.append(Counted(event.dose, first, event.latest))
    progress.course = course
    progress.brand = progress.brand or product.brand
    if completing or len(counted) == len(course.doses):
        progress.completed_on = first
    return Verdict(event, at, Reason.COUNTED, rule, _NONE)


def _course(line: Line, event: Event, product: Product, recipient: Recipient) -> Course:
    """The schedule the first counted dose chooses: by its brand, by its day, by the age at it."""
    for course in line.courses:
        schedule = course.schedule
        if product.brand in schedule.brands:
            return course
        if schedule.started_before is not None and event.latest < schedule.started_before:
            return course
    for course in line.starts:
        start_to = course.schedule.start_to
        if start_to is None or event.earliest < start_to.after(recipient.born[1]):
            return course
    return line.starts[-1]


def _near(event: Event, lives: list[Event], gap: int) -> Event | None:
    """Another injected live dose fewer than `gap` days before, not on the same day."""
    for other in reversed(lives):
        if other.exact and 0 < (event.latest - other.latest).days < gap:
            return other
    return None


# --- words


def _judged(verdict: Verdict, recipient: Recipient, plan: Plan) -> Judged:
    event, rule = verdict.event, verdict.rule
    series = plan.lines[verdict.line].series if verdict.line >= 0 else None
    places = {
        "dose": rule.label if rule else "",
        "series": series.label if series else "",
        "code": event.dose.code,
        "born": day_text(recipient.born_on, recipient.born_precision),
        **verdict.places,
    }
    counted = verdict.reason is Reason.COUNTED and rule is not None
    return Judged(
        dose=event.dose,
        series=series.code if series else "",
        reason=verdict.reason,
        number=rule.number if rule else 0,
        label=rule.label if rule else "",
        words=plan.say(verdict.reason, **places),
        timing=_timing(event, rule, recipient) if counted and rule else None,
    )


def _timing(event: Event, rule: DoseRule, recipient: Recipient) -> DoseState | None:
    """Of a dose whose day and birth are known to the day; None outside all windows."""
    born = recipient.born_on
    if born is None or not event.exact or recipient.born_precision is not Precision.DAY:
        return None
    hours = event.dose.age_hours
    if rule.on_time_hours and hours is not None and event.latest < rule.windows[-1].end.after(born):
        return DoseState.ON_TIME if hours < rule.on_time_hours else DoseState.LATE
    for window in rule.windows:
        if window.start.after(born) <= event.latest < window.end.after(born):
            return window.state
    return None
