"""Which dose comes next in every series, from when, until when, and how it stands today, with the reason in words.

    plan = Plan(reference.immunizations, today)          # once a day
    items = due(recipient, doses, today, plan)

Where the birth is not known to the day the youngest possible age decides, so that nothing comes too early or is called
late too soon; `uncertain` says that another birth day would say otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from ilp_desk.domain.immunization.facts import Dose, Recipient
from ilp_desk.domain.immunization.history import Event, Progress, Walk, walk
from ilp_desk.domain.immunization.items import Due, Next, closing, opening
from ilp_desk.domain.immunization.objections import objected
from ilp_desk.domain.immunization.plan import Course, Line, Plan, Window, concerns, span_text
from ilp_desk.domain.person import Sex
from ilp_desk.domain.reference.immunization_rows import OPEN, DoseRule, DoseState
from ilp_desk.domain.text.dates import day_text

_DAY = timedelta(days=1)
_UNSURE = frozenset({DoseState.LATE, DoseState.CATCH_UP, DoseState.TOO_LATE})


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
    item = _plain(line, progress, following, found.lives, born, today, plan)
    if item.state in _UNSURE and not progress.counted and _unknown(found, following):
        words = plan.say("no_data", series=series.label, then=item.reason)
        item = item._replace(state=DoseState.NO_DATA, reason=words)
    return objected(item, line, progress, following, recipient, today, plan)


def _complete(line: Line, last: date | None, reason: str) -> Due:
    series = line.series
    state = DoseState.COMPLETE
    return Due(series.code, series.label, "", "", 0, state, False, None, None, None, None, last, (), reason)


# --- days


def _next(
    line: Line, progress: Progress, lives: list[Event], recipient: Recipient, born: date, today: date, plan: Plan
) -> Next:
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
) -> Next:  # fmt: skip
    rule = course.doses[len(progress.counted)]
    windows = _windows(rule, recipient, born, today, plan)
    days = plan.days(rule, born)
    floor = days.youngest
    spaced = live = None
    if progress.counted and rule.interval is not None:
        spaced = rule.interval.after(progress.counted[-1].latest)
        floor = max(floor, spaced)
    found = opening(windows, max(floor, today))
    if line.series.live and lives:
        live = _after_lives(lives, today, found, plan.rules.live_gap_days)
        if live is not None:
            floor = max(floor, live)
            found = opening(windows, max(floor, today))
    state, opens = found or (DoseState.TOO_LATE, None)
    if opens is not None and opens > today:
        state = DoseState.NOT_YET
    best = days.best if windows is days.windows else windows[0].start
    tidy_end = windows[0].end if windows[0].state is DoseState.ON_TIME else None
    return Next(rule, windows, floor, spaced, live, state, opens, windows[-1].end, best, tidy_end)


def _after_lives(lives: list[Event], today: date, found: tuple[DoseState, date] | None, gap: int) -> date | None:
    """From when the other injected live vaccines allow one more; on the same day they always do."""
    same_day = any(event.exact and event.latest == today for event in lives)
    before = max((event.latest for event in lives if not (event.exact and event.latest == today)), default=None)
    free = before + timedelta(days=gap) if before else None
    if not same_day or (found and found[1] == today and (free is None or free <= today)):
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


def _unknown(found: Walk, following: Next) -> bool:
    """Whether the time the first dose belonged to lies before anything the record knows."""
    covered, tidy_end = found.covered_from, following.tidy_end
    return covered is None or (tidy_end is not None and covered >= tidy_end)


# --- states and words


def _plain(
    line: Line, progress: Progress, following: Next, lives: list[Event], born: date, today: date, plan: Plan
) -> Due:
    rule, windows, state = following.rule, following.windows, following.state
    earliest = following.opens
    if state in OPEN:
        first = opening(windows, following.floor)
        earliest = first[1] if first else None
    since = following.tidy_end if state in _UNSURE else None
    if state in _UNSURE and earliest is not None:
        since = max(since, earliest) if since and progress.counted else since or earliest
    recommended = max(earliest, following.best) if earliest else None
    latest = following.end - _DAY
    late_on, lost_on = since, following.end
    if earliest is not None:
        late_on = since or max(following.tidy_end or earliest, earliest)
        lost_on = closing(windows, max(earliest, today))
    counted = progress.counted
    vaccines = rule.vaccines
    if line.branded and progress.brand:
        vaccines = (progress.brand,)
    series = line.series
    reason = _reason(line, progress, following, earliest, since, lives, today, plan)
    if rule.remark and state in OPEN and today >= rule.remark_from.after(born):
        reason = f"{reason} {rule.remark}"
    return Due(
        series.code, series.label, rule.code, rule.label, rule.number, state, state in OPEN, earliest, recommended,
        latest, since, counted[-1].latest if counted else None, vaccines, reason, late_on=late_on, lost_on=lost_on,
    )  # fmt: skip


def _reason(
    line: Line, progress: Progress, following: Next, earliest: date | None, since: date | None, lives: list[Event],
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
