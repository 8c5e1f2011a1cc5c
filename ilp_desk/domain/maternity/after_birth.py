"""The visits after a birth: KF1 to KF4 of the mother, KN1 to KN3 of the baby, by the hour where it is known.

    visits_after(born, held, now, rules)

Days decide, as in the rules of what is due; where the hour of the birth is known, a first visit before its hours is
none, and one after them is said to be late.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from ilp_desk.domain.reference.pregnancies import AfterBirth
from ilp_desk.domain.text.dates import day_text, time_text


class WindowState(StrEnum):
    DONE = "done"
    DUE = "due"
    UPCOMING = "upcoming"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Birth:
    """on: the day; at: the instant on the facility's wall clock, where the hour is known."""

    on: date
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """A visit that was made. at: the instant on the facility's wall clock, None where only the day is known."""

    on: date
    at: datetime | None = None
    where: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """One visit of the schedule. visit: the first one within it; late: it came after its hours; words: when."""

    code: str
    state: WindowState
    from_on: date
    to_on: date
    words: str
    visit: Held | None = None
    late: bool = False


def visits_after(birth: Birth, held: Iterable[Held], now: datetime, rules: Sequence[AfterBirth]) -> tuple[Slot, ...]:
    """Every visit of the schedule, as it stands now (wall clock). Nothing is done that lies outside its days."""
    made = sorted(held, key=lambda visit: (visit.on, visit.at.time() if visit.at else datetime.max.time()))
    return tuple(_slot(rule, birth, made, now) for rule in rules)


def too_early(birth: Birth, visit: Held, rules: Sequence[AfterBirth]) -> datetime | None:
    """From when a visit on that day counts, where it is made before the hours of the first one; else None."""
    for rule in rules:
        since = _since(rule, birth)
        if since is not None and visit.at is not None and birth.on <= visit.on and visit.at < since:
            return since
    return None


def _slot(rule: AfterBirth, birth: Birth, made: Sequence[Held], now: datetime) -> Slot:
    start, end = birth.on + timedelta(days=rule.from_day), birth.on + timedelta(days=rule.to_day)
    visit = next((visit for visit in made if _within(rule, birth, visit)), None)
    since = _since(rule, birth)
    if visit is not None:
        late = _late(rule, birth, visit)
        where = f" · {visit.where}" if visit.where else ""
        words = f"{day_text(visit.on)}{where}" + (f", lewat {rule.to_hour} jam" if late else "")
        return Slot(rule.code, WindowState.DONE, start, end, words, visit, late)
    if now.date() > end:
        return Slot(rule.code, WindowState.LOST, start, end, f"terlewat, sampai {day_text(end)}")
    if now.date() < start or (since is not None and now < since):
        begins = f"{day_text(since.date())} pukul {time_text(since)}" if since is not None else day_text(start)
        return Slot(rule.code, WindowState.UPCOMING, start, end, f"mulai {begins}")
    return Slot(rule.code, WindowState.DUE, start, end, f"sampai {day_text(end)}")


def _since(rule: AfterBirth, birth: Birth) -> datetime | None:
    if birth.at is None or not rule.from_hour:
        return None
    return birth.at + timedelta(hours=rule.from_hour)


def _within(rule: AfterBirth, birth: Birth, visit: Held) -> bool:
    if not rule.from_day <= (visit.on - birth.on).days <= rule.to_day:
        return False
    since = _since(rule, birth)
    return since is None or visit.at is None or visit.at >= since


def _late(rule: AfterBirth, birth: Birth, visit: Held) -> bool:
    if birth.at is None or visit.at is None or rule.to_hour is None:
        return False
    return visit.at > birth.at + timedelta(hours=rule.to_hour)
