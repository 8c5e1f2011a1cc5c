"""Which dose comes next in every series, from when, until when, and how it stands today, with the reason in words.

    plan = Plan(reference.immunizations, today)          # once a day
    items = due(recipient, doses, today, plan)

Where the birth is not known to the day the youngest possible age decides, so that nothing comes too early or is called
late too soon; `uncertain` says that another birth day would say otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from ilp_desk.domain.immunization.facts import EVERYTHING, LIVE, Contraindication, Dose, Recipient
from ilp_desk.domain.immunization.history import Event, Progress, Walk, walk
from ilp_desk.domain.immunization.plan import Course, Line, Plan, Window, concerns, span_text
from ilp_desk.domain.person import Sex
from ilp_desk.domain.reference.immunization_rows import OPEN, DoseRule, DoseState
from ilp_desk.domain.text.dates import day_text

_DAY = timedelta(days=1)
_UNSURE = frozenset({DoseState.LATE, DoseState.CATCH_UP, DoseState.TOO_LATE})
_SETTLED = frozenset({DoseState.COMPLETE, DoseState.TOO_LATE})


class Due(NamedTuple):
    """One series for one person on a day; `dose`, `number` and the days are those of the next dose.

    series, dose: codes; number counts from 1, 0 where the series is complete. possible: may be given today. earliest:
    first day it may be given, None: never; recommended: the best day from then on; latest: the last day; since: from
    when it is late. last: the last day the dose before can have been. vaccines: codes, the first by choice.
    """

    series: str
    label: str
    dose: str
    dose_label: str
    number: int
    state: DoseState
    possible: bool
    earliest: date | None
    recommended: date | None
    latest: date | None
    since: date | None
    last: date | None
    vaccines: tuple[str, ...]
    reason: str
    uncertain: bool = False


class _Next(NamedTuple):
    """The next dose of a series as days and rules leave it, before anybody objects."""

    rule: DoseRule
    windows: Sequence[Window]
    floor: date
    """Not before this day: age, interval and other live vaccines."""
    spaced: date | None
    """The day the interval since the dose before ends."""
    live: date | None
    """The day the distance to another live vaccine ends."""
    state: DoseState
    opens: date | None
    """From today on the first day it may be given."""
    end: date
    """From this day on never."""
    best: date
    """The day of the recommended age."""
    tidy_end: date | None
    """From this day on the dose is late."""


def due(recipient: Recipient, doses: Iterable[Dose], today: date, plan: Plan) -> tuple[Due, ...]:
    """One item for every series that is shown at this age; empty before the birth and where it is not known."""
    early, late = recipient.born
    if recipient.born_on is None or today < early or today >= plan.oldest.after(late):
        return ()
    found = walk(recipient, doses, today, plan)
    late = min(late, today)
    items = []
    for at, (start, end) in enumerate(plan.shown(late)):
        line = plan.lines[at]
        if not start <= today < end or not concerns(line.series, recipient.sex, recipient.areas):
            continue
        progress = found.progress.get(at) or Progress()
        item = _item(line, progress, found, recipient, late, today, plan)
        if early != late:
            other = _item(line, progress, found, recipient, early, today, plan).state
            if other is not item.state:
                item = _doubted(item, other, recipient, plan)
        items.append(item)
    return tuple(items)


def _doubted(item: Due, other: DoseState, recipient: Recipient, plan: Plan) -> Due:
    born = day_text(recipient.born_on, recipient.born_precision)
    note = plan.say("uncertain_birth", born=born, state=plan.state_word(other))
    return item._replace(reason=f"{item.reason} {note}", uncertain=True)


def _item(
    line: Line, progress: Progress, found: Walk, recipient: Recipient, born: date, today: date, plan: Plan
) -> Due:
    series = line.series
    if progress.completed_on is not None:
        last = progress.counted[-1]
        since = day_text(last.dose.on, last.dose.precision)
        return _complete(line, last.latest, plan.say("complete", series=series.label, since=since))
    if series.sex and recipient.sex is Sex.UNKNOWN:
        reason = plan.say("no_sex", series=series.label)
        return _complete(line, None, reason)._replace(state=DoseState.NO_DATA)
    following = _next(line, progress, found.lives, recipient, born, today, plan)
    item = _plain(line, progress, following, found.lives, today, plan)
    if item.state in _UNSURE and not progress.counted and _unknown(found, following):
        words = plan.say("no_data", series=series.label, then=item.reason)
        item = item._replace(state=DoseState.NO_DATA, reason=words)
    return _objections(item, line, progress, following, recipient, today, plan)


def _complete(line: Line, last: date | None, reason: str) -> Due:
    series = line.series
    state = DoseState.COMPLETE
    return Due(series.code, series.label, "", "", 0, state, False, None, None, None, None, last, (), reason)


# --- days


def _next(
    line: Line, progress: Progress, lives: list[Event], recipient: Recipient, born: date, today: date, plan: Plan
) -> _Next:
    """The next dose; somebody who has not begun takes the first schedule that can still begin."""
    courses = (progress.course,) if progress.course else line.starts
    made = chosen = _dose(courses[0], line, progress, lives, recipient, born, today, plan)
    for course in courses[1:]:
        if chosen.opens is not None:
            break
        chosen = _dose(course, line, progress, lives, recipient, born, today, plan)
    if not progress.counted and len(courses) > 1:
        last = _windows(courses[-1].doses[0], recipient, born, today, plan)[-1].end
        chosen = chosen._replace(end=max(chosen.end, last), best=made.best, tidy_end=made.tidy_end)
    return chosen


def _dose(
    course: Course, line: Line, progress: Progress, lives: list[Event], recipient: Recipient, born: date, today: date,
    plan: Plan,
) -> _Next:  # fmt: skip
    rule = course.doses[len(progress.counted)]
    windows = _windows(rule, recipient, born, today, plan)
    days = plan.days(rule, born)
    floor = days.youngest
    spaced = live = None
    if progress.counted and rule.interval is not None:
        spaced = rule.interval.after(progress.counted[-1].latest)
        floor = max(floor, spaced)
    opening = _opening(windows, max(floor, today))
    if line.series.live and lives:
        live = _after_lives(lives, today, opening, plan.rules.live_gap_days)
        if live is not None:
            floor = max(floor, live)
            opening = _opening(windows, max(floor, today))
    state, opens = opening or (DoseState.TOO_LATE, None)
    if opens is not None and opens > today:
        state = DoseState.NOT_YET
    best = days.best if windows is days.windows else windows[0].start
    tidy_end = windows[0].end if windows[0].state is DoseState.ON_TIME else None
    return _Next(rule, windows, floor, spaced, live, state, opens, windows[-1].end, best, tidy_end)


def _after_lives(lives: list[Event], today: date, opening: tuple[DoseState, date] | None, gap: int) -> date | None:
    """From when the other injected live vaccines allow one more; on the same day they always do."""
    same_day = any(event.exact and event.latest == today for event in lives)
    before = max((event.latest for event in lives if not (event.exact and event.latest == today)), default=None)
    free = before + timedelta(days=gap) if before else None
    if not same_day or (opening and opening[1] == today and (free is None or free <= today)):
        return free
    return today + timedelta(days=gap)


def _windows(rule: DoseRule, recipient: Recipient, born: date, today: date, plan: Plan) -> Sequence[Window]:
    if not recipient.school_class or not rule.classes:
        return plan.days(rule, born).windows
    first = plan.rules.school_year_month
    year = today.year - (today.month < first) - recipient.school_class
    made = []
    for window in rule.classes:
        month = window.month or first
        start = date(year + window.first + (month < first), month, 1)
        made.append(Window(window.state, start, date(year + window.last + 1, first, 1)))
    return made


def _opening(windows: Sequence[Window], start: date) -> tuple[DoseState, date] | None:
    """The first day from `start` on that lies in a window, with its state."""
    for window in windows:
        if start < window.end:
            return window.state, max(start, window.start)
    return None


def _unknown(found: Walk, following: _Next) -> bool:
    """Whether the time the first dose belonged to lies before anything the record knows."""
    covered, tidy_end = found.covered_from, following.tidy_end
    return covered is None or (tidy_end is not None and covered >= tidy_end)


# --- states and words


def _plain(line: Line, progress: Progress, following: _Next, lives: list[Event], today: date, plan: Plan) -> Due:
    rule, windows, state = following.rule, following.windows, following.state
    earliest = following.opens
    if state in OPEN:
        first = _opening(windows, following.floor)
        earliest = first[1] if first else None
    since = following.tidy_end if state in _UNSURE else None
    if state in _UNSURE and earliest is not None:
        since = max(since, earliest) if since and progress.counted else since or earliest
    recommended = max(earliest, following.best) if earliest else None
    latest = following.end - _DAY
    counted = progress.counted
    vaccines = rule.vaccines
    if line.branded and progress.brand:
        vaccines = (progress.brand,)
    series = line.series
    return Due(
        series.code, series.label, rule.code, rule.label, rule.number, state, state in OPEN, earliest, recommended,
        latest, since, counted[-1].latest if counted else None, vaccines,
        _reason(line, progress, following, earliest, since, lives, today, plan),
    )  # fmt: skip


def _reason(
    line: Line, progress: Progress, following: _Next, earliest: date | None, since: date | None, lives: list[Event],
    today: date, plan: Plan,
) -> str:  # fmt: skip
    rule, windows, state = following.rule, following.windows, following.state
    dose, latest = rule.label, day_text(following.end - _DAY)
    if state is DoseState.NOT_YET:
        begins = day_text(earliest)
        if following.live is not None and following.live == earliest:
            other = lives[-1]
            return plan.say(
                "not_yet_live", dose=dose, earliest=begins, limit=plan.rules.live_gap_days,
                other=plan.products[other.code].label, last=_day(other.dose),
            )  # fmt: skip
        if following.spaced is not None and following.spaced == earliest and rule.interval is not None:
            before = progress.counted[-1].dose
            return plan.say(
                "not_yet_after", dose=dose, earliest=begins, interval=span_text(rule.interval),
                before=plan.products[before.code].label, last=_day(before),
            )  # fmt: skip
        return plan.say("not_yet", dose=dose, earliest=begins)
    if state is DoseState.TOO_LATE:
        if following.floor >= following.end > today:
            return plan.say("no_room", dose=dose, earliest=day_text(following.floor), latest=latest)
        return plan.say(line.series.too_late, dose=dose, until=day_text(following.end))
    if state is DoseState.ON_TIME:
        tidy = next(window.end for window in windows if today < window.end) - _DAY
        return plan.say("on_time", dose=dose, earliest=day_text(earliest), tidy=day_text(tidy))
    return plan.say(state, dose=dose, since=day_text(since), latest=latest)


def _day(dose: Dose) -> str:
    return day_text(dose.on, dose.precision)


# --- what stands against it


def _objections(
    item: Due, line: Line, progress: Progress, following: _Next, recipient: Recipient, today: date, plan: Plan
) -> Due:
    if item.state in _SETTLED:
        return item
    words = plan.say
    contra = _contraindication(line, recipient, today)
    if contra is not None and (contra.until is None or item.possible):
        if contra.until is None:
            reason = words("contraindicated", series=item.label, why=contra.reason or words("why_unsaid"))
            return item._replace(
                state=DoseState.CONTRAINDICATED, possible=False, earliest=None, recommended=None, reason=reason
            )
        until = day_text(contra.until)
        reason = words(
            "contraindicated_until", series=item.label, until=until, why=contra.reason or words("why_unsaid")
        )
        return _held(item, DoseState.CONTRAINDICATED, contra.until, following, reason)
    if not item.possible:
        return item
    for refusal in recipient.refusals:
        answered = any(one.latest >= refusal.on for one in progress.counted)
        if _about(refusal.series, line) and refusal.on <= today and not answered:
            why = refusal.reason or words("why_unsaid")
            reason = words("refused", dose=item.dose_label, on=day_text(refusal.on), why=why)
            return item._replace(state=DoseState.REFUSED, possible=False, reason=reason)
    deferrals = [row for row in recipient.deferrals if _about(row.series, line) and today < row.until]
    if deferrals:
        longest = max(deferrals, key=lambda row: (row.until, row.reason))
        why = longest.reason or words("why_unsaid")
        reason = words("deferred", dose=item.dose_label, until=day_text(longest.until), why=why)
        return _held(item, DoseState.DEFERRED, longest.until, following, reason)
    return item


def _contraindication(line: Line, recipient: Recipient, today: date) -> Contraindication | None:
    """The one that lasts longest."""
    standing = [
        row for row in recipient.contraindications
        if _about(row.series, line) and (row.until is None or today < row.until)
    ]  # fmt: skip
    if recipient.no_live and line.living:
        standing.append(Contraindication(series=LIVE, reason=recipient.no_live))
    return max(standing, key=lambda row: (row.until or date.max, row.reason), default=None)


def _about(series: str, line: Line) -> bool:
    return series in (EVERYTHING, line.series.code) or (series == LIVE and line.living)


def _held(item: Due, state: DoseState, until: date, following: _Next, reason: str) -> Due:
    """Not today; offered again from `until` on, if a window is left."""
    opening = _opening(following.windows, max(until, following.floor))
    again = opening[1] if opening else None
    return item._replace(state=state, possible=False, earliest=again, recommended=again, reason=reason)
