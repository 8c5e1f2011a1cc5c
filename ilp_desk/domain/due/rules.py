"""What is due for somebody on a day: late, due, done, not possible any more, or without data; and why.

    rules = compiled(reference.services, today)          # once a day
    items = services_due(life, today, rules)

Pure and told the date. An item is closed by the recorded fact itself, never by a tick; its days (`due_on`, `late_on`,
`lost_on`) hold until something is recorded or a day comes that `foreseen` names; its state follows from them and the
day (`state_on`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple, Protocol, TypeVar

from ilp_desk.domain.immunization.facts import NOTHING, OnRecord
from ilp_desk.domain.person import Precision, Sex
from ilp_desk.domain.reference.bounds import AgeBound, Ages, Span
from ilp_desk.domain.reference.services import Anchor, Closing, Service, ServiceTable, Window
from ilp_desk.domain.text.ages import age, months_after
from ilp_desk.domain.text.dates import PartialDate


class DueState(StrEnum):
    """How an item stands on a day."""

    LATE = "late"
    DUE = "due"
    NO_DATA = "no_data"
    UPCOMING = "upcoming"
    POSTPONED = "postponed"
    REFUSED = "refused"
    LOST = "lost"
    DONE = "done"


OPEN = frozenset({DueState.LATE, DueState.DUE, DueState.NO_DATA})
"""States in which a service is offered."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something recorded. code: a measure, `instrument:CODE`, `follow:CODE` (an instrument that another one asked for),
    `dose:CODE`, or a fact of services.toml; value: its result where an interval depends on it; where: the place, empty
    for here; words: how the value is read, None as it stands."""

    code: str
    on: date
    precision: Precision = Precision.DAY
    value: str = ""
    where: str = ""
    words: str | None = None

    @property
    def latest(self) -> date:
        """The last day it can have been."""
        return self.on if self.precision == Precision.DAY else PartialDate(self.on, self.precision).latest


@dataclass(frozen=True, slots=True)
class Answer:
    """A service was refused, or put off until a day."""

    on: date
    until: date | None = None
    reason: str = ""

    @property
    def refused(self) -> bool:
        return self.until is None


NO_FACTS: Mapping[str, Sequence[Fact]] = {}
NO_ANSWERS: Mapping[str, Answer] = {}


@dataclass(frozen=True, kw_only=True, slots=True)
class Life:
    """What the record knows of somebody. known_since: from this day on nothing was missed; None: nothing is known.

    conditions: codes of services.toml; facts: by code, oldest first; answers: by code of the service; immunization:
    doses and what stands against them, for the rows whose days come from there; until: the day on which this has to be
    read anew, if nothing is recorded before.
    """

    sex: Sex
    born: PartialDate | None
    active: bool = True
    known_since: date | None = None
    conditions: frozenset[str] = frozenset()
    hpht: date | None = None
    delivered_on: date | None = None
    facts: Mapping[str, Sequence[Fact]] = field(default_factory=lambda: NO_FACTS)
    answers: Mapping[str, Answer] = field(default_factory=lambda: NO_ANSWERS)
    immunization: OnRecord = NOTHING
    until: date = date.max


class Telling(NamedTuple):
    """How an item of another engine is told. part: which of the items of its service (code of a series); words: how it
    stands, empty as others of that state; closes: what closes it, code and label."""

    part: str
    name: str
    words: str
    reason: str
    closes: tuple[str, str]


class Item(NamedTuple):
    """One service for one person. last: the fact that closed it last; answer: what was said to it; call: the fact that
    asks for it, where one does; told: of an item of another engine, its own name and words."""

    service: Service
    state: DueState
    due_on: date | None = None
    late_on: date | None = None
    lost_on: date | None = None
    last: Fact | None = None
    answer: Answer | None = None
    call: Fact | None = None
    told: Telling | None = None


class _Days(NamedTuple):
    """From when it is due, late, impossible. known: the record covers the time before; call: the fact that asks."""

    due_on: date | None
    late_on: date | None = None
    lost_on: date | None = None
    last: Fact | None = None
    known: bool = True
    call: Fact | None = None


_NOTHING = _Days(None, known=False)
"""Nobody wrote anything down, and the record does not reach back: neither done nor late."""
D = TypeVar("D", date, int)
_SELDOM_TOLD = (DueState.UPCOMING, DueState.LOST)
LONG_AGO = date(1800, 1, 1)
"""Where the birth is not known, whoever stands there has been of age for long."""


class _Rule(NamedTuple):
    """whole_year: everybody of that many completed years is meant on any day; start: the same for those that begin
    alike. codes: where none of these facts is on record, a service that is given again and again stands as it began
    (unknown: how, where the record does not reach back), and one that is asked for concerns nobody; empty: always look.
    """

    service: Service
    whole_year: bool
    start: int
    codes: frozenset[str]
    unknown: Item


class Engine(Protocol):
    """Reckons the rows of services.toml that name it."""

    def foreseen(self, life: Life, today: date, rules: Rules) -> tuple[Sequence[Item], date]:
        """What concerns somebody who is alive and born, and the day (after today) on which it has to be found anew."""


class Rules:
    """The services of one day. Those that may concern people of a sex, age and conditions are looked up once."""

    def __init__(self, table: ServiceTable, on: date, engine: Engine | None = None) -> None:
        self.table, self.on, self.engine = table, on, engine
        self.services = tuple(s for s in table.services.on(on) if not s.engine)
        self.notice, self.lost_for = _length(table.notice), _length(table.lost_for)
        self.places = {service.code: place for place, service in enumerate(table.services)}
        self._by: dict[tuple[Sex, int, frozenset[str]], tuple[_Rule, ...]] = {}
        self._starts: dict[tuple[AgeBound | None, Span], int] = {}

    def about(self, sex: Sex, years: int, conditions: frozenset[str]) -> tuple[_Rule, ...]:
        """Those that may concern such people, or did shortly before. years: completed, -1 where nobody knows."""
        found = self._by.get((sex, years, conditions))
        if found is None:
            chosen = (s for s in self.services if _may_concern(s, sex, years) and _fits(s, conditions))
            found = self._by[sex, years, conditions] = tuple(self._rule(s, years) for s in chosen)
        return found

    def _rule(self, service: Service, years: int) -> _Rule:
        ages = service.who.ages
        start = self._starts.setdefault((ages.start, service.late_after), len(self._starts))
        whole_year = service.who.since is None and _whole_year(ages, years)
        rows = service.after or (service.closes if whole_year and service.every is not None else ())
        codes = frozenset(row.fact for row in rows)
        return _Rule(service, whole_year, start, codes, Item(service, DueState.NO_DATA))


class _Person:
    """Somebody on a day, with what is worked out once for all services."""

    __slots__ = ("_begun", "birth", "life", "table", "today", "until", "vague", "years")

    def __init__(self, life: Life, birth: date | None, today: date, table: ServiceTable) -> None:
        self.life, self.birth, self.today, self.until, self.table = life, birth, today, life.until, table
        self.years = age(birth, today).years if birth is not None else -1
        self.vague = life.born is not None and _vague(life.born)
        self._begun: dict[int, _Days] = {}

    def reached(self, day: date) -> bool:
        """Whether a day has come. If not, what is found holds until it does."""
        if day <= self.today:
            return True
        if day < self.until:
            self.until = day
        return False

    def early(self) -> int:
        """How many days before its term this child was born; 0 where it was not, or where nobody wrote it down."""
        rule = self.table.prematurity
        said = self.life.facts.get(self.table.gestation, ())
        weeks = said[-1].value if said else ""
        if not weeks.isdecimal() or int(weeks) >= rule.preterm_below_weeks:
            return 0
        return rule.term_days - int(weeks) * 7

    def entry(self, service: Service) -> date:
        """The day this person came to be of the age the service is for."""
        if self.birth is None:
            return LONG_AGO
        start = service.who.ages.start
        return self.birth if start is None else _bound(start, self.birth)

    def begun(self, rule: _Rule) -> _Days:
        """The days of a service that was never given, from the age it is for."""
        if self.life.known_since is None:
            return _NOTHING
        found = self._begun.get(rule.start)
        if found is None:
            entry = self.entry(rule.service)
            found = _Days(entry, rule.service.late_after.after(entry)) if self.knows(entry) else _NOTHING
            self._begun[rule.start] = found
        return found

    def untouched(self, rule: _Rule) -> Item:
        """A service that was never given, nor refused or put off."""
        days = self.begun(rule)
        if not days.known:
            return rule.unknown
        late_on = None if self.vague else days.late_on
        state = state_on(self.today, True, False, days.due_on, late_on, None, None, False)
        return Item(rule.service, state, days.due_on, late_on)

    def knows(self, day: date) -> bool:
        """Whether the record covers the time from this day on."""
        since = self.life.known_since
        return since is not None and since <= day

    def anchor(self, anchor: Anchor) -> date | None:
        if anchor is Anchor.BIRTH:
            return self.birth
        return self.life.hpht if anchor is Anchor.HPHT else self.life.delivered_on


_newest: list[Rules] = []


def compiled(table: ServiceTable, on: date) -> Rules:
    """The rules in force on a day, made once: they are kept until another day or table is asked for."""
    for rules in _newest:
        if rules.table is table and rules.on == on:
            return rules
    rules = Rules(table, on)
    _newest[:] = [rules]
    return rules


def services_due(life: Life, today: date, rules: Rules) -> tuple[Item, ...]:
    """Every service that concerns somebody, each in exactly one state; what was lost long ago is left out.

    Nothing for who is dead, moved, or was born after today.
    """
    items, _ = foreseen(life, today, rules)
    return tuple(
        item
        for item in items
        if item.state not in _SELDOM_TOLD or told(item.state, item.due_on, item.lost_on, today, rules)
    )


def foreseen(life: Life, today: date, rules: Rules) -> tuple[list[Item], date]:
    """The same with what is not told yet or any more; and the day on which it has to be found anew, if nothing is
    recorded before: until then the states follow from the days (`state_on`)."""
    birth = _birth(life.born, today)
    if not life.active or (life.born is not None and birth is None):
        return [], life.until if life.born is None or not life.active else life.born.earliest
    person = _Person(life, birth, today, rules.table)
    found = []
    recorded, answered = life.facts.keys(), life.answers
    for rule in rules.about(life.sex, person.years, life.conditions):
        if rule.codes and recorded.isdisjoint(rule.codes) and rule.service.code not in answered:
            if not rule.service.after:
                found.append(person.untouched(rule))
            continue
        days = _days(rule, person)
        if days is not None:
            found.append(_item(rule.service, person, days, rules))
    if rules.engine is not None:
        items, until = rules.engine.foreseen(life, today, rules)
        found += items
        person.reached(until)
    if birth is not None and life.born is not None:
        person.reached(months_after(birth, (person.years + 1) * 12))
        if person.vague and life.born.latest > today:
            person.reached(today + timedelta(days=1))  # the middle of what is possible moves with the day
    return found, person.until


def told(state: DueState, due_on: date | None, lost_on: date | None, today: date, rules: Rules) -> bool:
    """Whether a service is worth a word: not long before it is due, nor long after it was lost."""
    if state is DueState.UPCOMING:
        return due_on is None or today >= due_on - rules.notice
    return state is not DueState.LOST or lost_on is None or today < lost_on + rules.lost_for


def in_order(items: Iterable[Item]) -> tuple[Item, ...]:
    """The most urgent first; of those the latest, then as the file has them."""
    rank = {state: number for number, state in enumerate(DueState)}
    return tuple(sorted(items, key=lambda item: (rank[item.state], item.service.urgency)))


# One service


def _item(service: Service, person: _Person, days: _Days, rules: Rules) -> Item:
    life, last, late_on = person.life, days.last, days.late_on
    if last is None and person.vague:
        late_on = None  # nobody is called late for a birthday that is not known
    answer = life.answers.get(service.code) if life.answers else None
    if answer is not None and last is not None and last.latest >= answer.on:
        answer = None
    state = state_on(
        person.today,
        days.known,
        last is not None,
        days.due_on,
        late_on,
        days.lost_on,
        holds(answer, rules) if answer is not None else None,
        answer is not None and answer.refused,
    )
    return Item(service, state, days.due_on, late_on, days.lost_on, last, answer, days.call)


def holds(answer: Answer, rules: Rules) -> date:
    """The day from which a service is offered again that was refused or put off."""
    return answer.until or rules.table.refusal_holds.after(answer.on)


def state_on(
    today: D,
    known: bool,
    closed: bool,
    due_on: D | None,
    late_on: D | None,
    lost_on: D | None,
    held_until: D | None,
    refused: bool,
) -> DueState:
    """The state that follows from the days of a service, found now or kept (then as numbers).

    known: the record covers the time before; closed: a fact closed it last; held_until: refused, or put off,
    until then.
    """
    if not known:
        state = DueState.NO_DATA
    elif due_on is None:
        return DueState.DONE
    elif today < due_on:
        return DueState.DONE if closed else DueState.UPCOMING
    elif lost_on is not None and today >= lost_on:
        return DueState.LOST
    elif late_on is not None and today >= late_on:
        state = DueState.LATE
    else:
        state = DueState.DUE
    if held_until is not None and today < held_until:
        return DueState.REFUSED if refused else DueState.POSTPONED
    return state


def _days(rule: _Rule, person: _Person) -> _Days | None:
    """The days of a service; None where it does not concern this person today."""
    service = rule.service
    if service.window is not None:
        return _window(service, service.window, person)
    if not rule.whole_year:
        if service.who.since is not None:
            anchor, span = service.who.since
            start = person.anchor(anchor)
            if start is None or not person.reached(span.after(start)):
                return None
        ages = service.who.ages
        if not ages.open:
            birth = person.birth
            if birth is None or (ages.start is not None and not person.reached(_bound(ages.start, birth))):
                return None
            if ages.end is not None and person.reached(_bound(ages.end, birth)):
                return _outside(service, person) if service.once else None
    if service.every is not None:
        return _interval(rule, person, service.every)
    if service.each:
        last = _last(service.closes, person.life.facts)
        given_today = last is not None and last.on == person.today
        return _Days(person.today + timedelta(days=1) if given_today else person.today, last=last)
    if service.ages:
        return _at_ages(service, person)
    if service.months:
        return _in_months(service, person)
    if service.after:
        return _called(service, person)
    return _once(service, person)


def _interval(rule: _Rule, person: _Person, every: Span) -> _Days:
    service, facts = rule.service, person.life.facts
    newest: Fact | None = None
    span = every
    for closing in service.closes:
        for fact in reversed(facts.get(closing.fact, ())):
            if not closing.value or closing.value == fact.value:
                if newest is None or fact.on > newest.on:
                    newest, span = fact, closing.every or every
                break
    if newest is not None:
        due_on = span.after(newest.on)
        late_from = due_on if newest.precision is Precision.DAY else span.after(newest.latest)
        return _Days(due_on, service.late_after.after(late_from), None, newest)
    return person.begun(rule)


def _at_ages(service: Service, person: _Person) -> _Days | None:
    """The round that is open: from the age reached last until the next one."""
    if person.birth is None:
        return None
    starts = _rounds(service, person.birth, person)
    reached = [start for start in starts if person.reached(start)]
    if not reached:
        return _Days(starts[0])
    last = _last(service.closes, person.life.facts)
    start = reached[-1]
    if last is not None and last.latest >= start:
        ahead = [day for day in starts if day > person.today]
        return _Days(ahead[0] if ahead else None, last=last)
    if last is None and not person.knows(start):
        return _NOTHING
    return _Days(start, service.late_after.after(start), None, last)


def _rounds(service: Service, birth: date, person: _Person) -> list[date]:
    """The days on which the ages of a service are reached, counted from the day the child was due where that is said of
    the service and the child was born too early; that ends at an age too."""
    starts = [span.after(birth) for span in service.ages]
    early = person.early() if service.early else 0
    if not early:
        return starts
    ends = months_after(birth, person.table.prematurity.until_months)
    later = birth + timedelta(days=early)
    return [max(start, min(span.after(later), ends)) for start, span in zip(starts, service.ages, strict=True)]


def _in_months(service: Service, person: _Person) -> _Days:
    """The round of the calendar month: due in it, late until `late_after` after its end, then the next one."""
    today = person.today
    starts = [date(year, month, 1) for year in (today.year - 1, today.year, today.year + 1) for month in service.months]
    begun = max(start for start in starts if start <= today)
    ahead = min(start for start in starts if start > today)
    last = _last(service.closes, person.life.facts)
    over = months_after(begun, 1)
    person.reached(ahead)
    if (last is not None and last.latest >= begun) or person.reached(service.late_after.after(over)):
        return _Days(ahead, last=last)
    start = max(begun, person.entry(service))
    return _Days(start, over, None, last) if last is not None or person.knows(start) else _NOTHING


def _called(service: Service, person: _Person) -> _Days | None:
    """Due since the newest fact that asks for it, until something closes it; None where nothing asks."""
    facts = person.life.facts
    call: Fact | None = None
    start = person.today
    for calling in service.after:
        newest = facts[calling.fact][-1] if facts.get(calling.fact) else None
        if newest is not None and calling.value in ("", newest.value) and (call is None or newest.on > call.on):
            call, start = newest, calling.start.after(newest.on)
    if call is None:
        return None
    last = _last(service.closes, facts)
    if last is not None and last is not call and last.latest >= call.on:
        return _Days(None, last=last, call=call)
    return _Days(start, service.late_after.after(start), call=call)


def _once(service: Service, person: _Person) -> _Days:
    entry = person.entry(service)
    last = _last(service.closes, person.life.facts)
    if last is not None and last.latest >= entry:
        return _Days(None, last=last)
    if not person.knows(entry):
        return _NOTHING
    end = service.who.ages.end
    lost = _bound(end, person.birth) if end is not None and person.birth is not None else None
    late = service.late_after.after(entry) if service.late_after != Span(0, 0) else lost
    return _Days(entry, late, lost)


def _outside(service: Service, person: _Person) -> _Days | None:
    """A service that is given once and whose age has passed."""
    days = _once(service, person)
    return days if days.known else None


def _window(service: Service, window: Window, person: _Person) -> _Days | None:
    zero = person.anchor(window.anchor)
    if zero is None:
        return None
    start, until = window.start.after(zero), window.until.after(zero)
    facts = person.life.facts
    for closing in service.closes:
        for fact in reversed(facts.get(closing.fact, ())):
            if start <= fact.latest and fact.on < until:
                return _Days(None, last=fact)
    if not person.knows(start) and person.reached(start):
        return None if person.reached(until) else _NOTHING
    return _Days(start, window.end.after(zero), until)


# Small parts


def _may_concern(service: Service, sex: Sex, years: int) -> bool:
    who = service.who
    if who.sex is not None and sex not in (who.sex, Sex.UNKNOWN):
        return False
    window = service.window
    if window is not None and window.anchor is Anchor.BIRTH:
        return 0 <= years <= window.until.order / 365.25 + 1
    if years < 0:
        return who.ages.open
    start, end = who.ages.start, who.ages.end
    if start is not None and years < _years(start):
        return False
    return end is None or years <= _years(end) + 1


def _fits(service: Service, conditions: frozenset[str]) -> bool:
    who = service.who
    return (
        (not who.any_of or not who.any_of.isdisjoint(conditions))
        and who.all_of <= conditions
        and who.none_of.isdisjoint(conditions)
    )


def _whole_year(ages: Ages, years: int) -> bool:
    """Whether everybody of that many completed years belongs to these ages."""
    start, end = ages.start, ages.end
    if start is None and end is None:
        return True
    return (start is None or (start.unit == "th" and years >= start.count)) and (
        end is None or (end.unit == "th" and 0 <= years < end.count)
    )


def _years(bound: AgeBound) -> float:
    return {"hr": bound.count // 366, "bln": bound.count // 12, "th": bound.count}[bound.unit]


def _birth(born: PartialDate | None, today: date) -> date | None:
    """The day of birth the ages are counted from: for those known in part the middle; None if after today."""
    if born is None:
        return None
    if born.precision == Precision.DAY:
        return born.day if born.day <= today else None
    if born.earliest > today:
        return None
    return born.earliest + (min(born.latest, today) - born.earliest) // 2


def _vague(born: PartialDate) -> bool:
    return born.precision != Precision.DAY


def _bound(bound: AgeBound, birth: date) -> date:
    match bound.unit:
        case "hr":
            return birth + timedelta(days=bound.count)
        case "bln":
            return months_after(birth, bound.count)
        case _:
            return months_after(birth, bound.count * 12)


def _last(closes: Sequence[Closing], facts: Mapping[str, Sequence[Fact]]) -> Fact | None:
    newest: Fact | None = None
    for closing in closes:
        for fact in reversed(facts.get(closing.fact, ())):
            if not closing.value or closing.value == fact.value:
                if newest is None or fact.on > newest.on:
                    newest = fact
                break
    return newest


def _length(span: Span) -> timedelta:
    return timedelta(days=round(span.order))
