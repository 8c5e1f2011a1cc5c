"""The tetanus status of a woman (T1 to T5) from childhood credits and contacts, and the next Td, also in pregnancy.

Contacts raise the status in order of their days where the interval of the next level is kept; the class they were given
in does not matter.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from ilp_desk.domain.immunization.facts import Dose, Recipient
from ilp_desk.domain.immunization.history import Event, Progress, Walk, event_of, walk
from ilp_desk.domain.immunization.plan import Plan, span_text
from ilp_desk.domain.reference.immunization_rows import TetanusLevel
from ilp_desk.domain.text.dates import day_text


class Contact(NamedTuple):
    """One dose with tetanus in it: which level it made (0: none), and why in words."""

    dose: Dose
    level: int
    words: str


class TetanusStatus(NamedTuple):
    """level 0 to 5 since `last`. protected: on the day asked; protected_until None: never, or lasting. next_level 0: no
    more is wanted; earliest: from when it may be given, None: any day."""

    level: int
    last: date | None
    protected: bool
    protected_until: date | None
    next_level: int
    earliest: date | None
    contacts: tuple[Contact, ...]
    words: str


class TdState(StrEnum):
    """Td in a pregnancy: not needed, possible today, later in time, or only after the birth."""

    DONE = "done"
    NOW = "now"
    LATER = "later"
    AFTER_BIRTH = "after_birth"


class TdInPregnancy(NamedTuple):
    """earliest, latest: the days between which it may be given; latest None: the expected birth is not known."""

    state: TdState
    next_level: int
    earliest: date | None
    latest: date | None
    words: str


class _Step(NamedTuple):
    """Something that can raise the status, in order of days."""

    event: Event
    credit: int
    """The level a childhood series stands for, 0 for a contact."""


def asks_tetanus(recipient: Recipient, today: date, plan: Plan) -> bool:
    """Whether the T-status of somebody of this age and sex is asked."""
    early, late = recipient.born
    if recipient.born_on is None or recipient.sex != "P":
        return False
    return plan.rules.tetanus_from.after(early) <= today < plan.rules.tetanus_to.after(late)


def tetanus_status(recipient: Recipient, doses: Iterable[Dose], today: date, plan: Plan) -> TetanusStatus:
    """The status on a day. Void doses, doses told from memory and doses on impossible days do not count."""
    doses = tuple(doses)
    found = walk(recipient, doses, today, plan)
    level, last, contacts = 0, None, []
    first_possible = date.min
    for step in _steps(found, recipient, today, plan):
        event, top = step.event, len(plan.levels)
        if step.credit:
            if step.credit > level:
                level, last, first_possible = step.credit, event.latest, event.earliest
            continue
        if level >= top:
            contacts.append(Contact(event.dose, 0, plan.say("t_after_five")))
            continue
        row = plan.levels[level]
        far_enough = row.interval.after(first_possible) if level else date.min
        if level and event.latest < plan.graced(far_enough):
            words = plan.say(
                "t_too_soon", level=row.code, gap=(event.latest - first_possible).days, earliest=day_text(far_enough)
            )
            contacts.append(Contact(event.dose, 0, words))
            continue
        level, last, first_possible = level + 1, event.latest, max(event.earliest, far_enough)
        contacts.append(Contact(event.dose, level, plan.say("t_contact", level=row.code)))
    return _status(level, last, tuple(contacts), today, plan)


def td_in_pregnancy(status: TetanusStatus, today: date, expected_birth: date | None, plan: Plan) -> TdInPregnancy:
    """Whether a Td fits into this pregnancy: the last one some days before the birth expected (HPL)."""
    latest = None
    if expected_birth is not None:
        latest = expected_birth - timedelta(days=plan.rules.td_before_delivery_days)
    if not status.next_level:
        words = plan.say("td_done", level=level_code(status.level, plan))
        return TdInPregnancy(TdState.DONE, 0, None, latest, words)
    earliest = max(today, status.earliest or today)
    if latest is not None and earliest > latest:
        after = max(earliest, expected_birth) if expected_birth else earliest
        state, name, shown = TdState.AFTER_BIRTH, "td_after", after
    elif earliest > today:
        state, name, shown = TdState.LATER, "td_later" if latest else "td_later_open", earliest
    else:
        state, name, shown = TdState.NOW, "td_now" if latest else "td_now_open", earliest
    level = level_code(status.next_level, plan)
    words = plan.say(name, level=level, earliest=day_text(shown), latest=day_text(latest))
    return TdInPregnancy(state, status.next_level, shown, latest, words)


def _steps(found: Walk, recipient: Recipient, today: date, plan: Plan) -> list[_Step]:
    """Credits where the series had reached them, and every contact, in order of days; one contact a day."""
    steps: list[_Step] = []
    for credit in plan.credits:
        at = plan.position.get(credit.series)
        progress = found.progress.get(at, Progress()) if at is not None else Progress()
        if len(progress.counted) >= credit.doses:
            counted = progress.counted[credit.doses - 1]
            event = event_of(counted.dose, recipient, today)._replace(earliest=counted.at)
            steps.append(_Step(event, credit.level))
    days: set[date] = set()
    for event in found.usable:
        if not plan.products[event.code].tetanus or (event.exact and event.latest in days):
            continue
        if event.exact:
            days.add(event.latest)
        steps.append(_Step(event, 0))
    return sorted(steps, key=lambda step: (step.event.latest, step.event.earliest, -step.credit))


def _status(level: int, last: date | None, contacts: tuple[Contact, ...], today: date, plan: Plan) -> TetanusStatus:
    top = len(plan.levels)
    if not level or last is None:
        return TetanusStatus(0, None, False, None, 1 if top else 0, None, contacts, plan.say("t_none"))
    row = plan.levels[level - 1]
    until = row.protection.after(last) if row.protection else None
    following = plan.levels[level] if level < top else None
    return TetanusStatus(
        level=level,
        last=last,
        protected=until is not None and (row.lasting or today < until),
        protected_until=None if row.lasting else until,
        next_level=following.level if following else 0,
        earliest=following.interval.after(last) if following else None,
        contacts=contacts,
        words=_status_words(row, last, until, today, plan),
    )


def _status_words(row: TetanusLevel, last: date, until: date | None, today: date, plan: Plan) -> str:
    if until is None or row.protection is None:
        name = "t_level"
    elif row.lasting:
        name = "t_lasting"
    else:
        name = "t_protected" if today < until else "t_expired"
    limit = span_text(row.protection) if row.protection else ""
    return plan.say(name, level=row.code, last=day_text(last), until=day_text(until), limit=limit)


def level_code(level: int, plan: Plan) -> str:
    """`T3`; empty for none."""
    return plan.levels[level - 1].code if level else ""
