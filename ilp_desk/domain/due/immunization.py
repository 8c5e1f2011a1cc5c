"""The rows of services.toml whose days the rules of immunization reckon: one item for each series, and the T-status.

    rules = rules_of(reference, today)                   # kept until another day or other rules are asked for
    items = services_due(life, today, rules)             # of due.py; immunization among them

A row that `dose:any` closes stands for the series whose first dose belongs to its ages; one that a tetanus vaccine
closes stands for the T-status of women, where it asks for pregnancy for the Td of this pregnancy.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from ilp_desk.domain.due.rules import OPEN, Answer, DueState, Item, Life, Rules, Telling, holds
from ilp_desk.domain.immunization import (
    EVERYTHING,
    LIVE,
    Against,
    DoseState,
    Due,
    OnRecord,
    Plan,
    Recipient,
    TdState,
    TetanusStatus,
    against,
    asks_tetanus,
    due,
    td_in_pregnancy,
    tetanus_status,
)
from ilp_desk.domain.immunization.facts import NOTHING
from ilp_desk.domain.immunization.plan import Line, school_year
from ilp_desk.domain.immunization.records import LAST_CLASS
from ilp_desk.domain.person import Precision, Sex
from ilp_desk.domain.reference import Reference
from ilp_desk.domain.reference.services import Service, ServiceTable
from ilp_desk.domain.text.ages import age, due_date
from ilp_desk.domain.text.dates import PartialDate, day_text

ENGINE = "immunization"
ANY_DOSE = "dose:any"
PREGNANT = "pregnant"

_STATES = {
    DoseState.NOT_YET: DueState.UPCOMING,
    DoseState.ON_TIME: DueState.DUE,
    DoseState.LATE: DueState.LATE,
    DoseState.CATCH_UP: DueState.LATE,
    DoseState.TOO_LATE: DueState.LOST,
    DoseState.COMPLETE: DueState.DONE,
    DoseState.CONTRAINDICATED: DueState.LOST,
    DoseState.DEFERRED: DueState.POSTPONED,
    DoseState.REFUSED: DueState.REFUSED,
    DoseState.NO_DATA: DueState.NO_DATA,
}
_TD_STATES = {
    TdState.DONE: DueState.DONE,
    TdState.NOW: DueState.DUE,
    TdState.LATER: DueState.UPCOMING,
    TdState.AFTER_BIRTH: DueState.LOST,
}
_SOME_BIRTH = date(2001, 1, 1)
_DAY = timedelta(days=1)
_ROUGHLY = 31
"""Days by which an age reckoned by the mean length of months may be too short."""
_newest: list[tuple[Reference, Rules, ImmunizationServices]] = []


def rules_of(reference: Reference, on: date) -> Rules:
    """All rules of a day, those of immunization among them; made once a day."""
    return _made(reference, on)[0]


def plan_of(reference: Reference, on: date) -> Plan:
    """The rules of immunization by themselves."""
    return _made(reference, on)[1].plan


def _made(reference: Reference, on: date) -> tuple[Rules, ImmunizationServices]:
    for kept, rules, engine in _newest:
        if kept is reference and rules.on == on:
            return rules, engine
    engine = ImmunizationServices(reference.services, Plan(reference.immunizations, on))
    rules = Rules(reference.services, on, engine)
    _newest[:] = [(reference, rules, engine)]
    return rules, engine


def recipient_of(life: Life, today: date, table: ServiceTable, plan: Plan) -> Recipient:
    """Whom the rules of immunization are about. A refusal holds as long as services.toml says."""
    known, born = life.immunization, life.born
    return Recipient(
        born_on=born.day if born else None,
        born_precision=born.precision if born else Precision.DAY,
        sex=life.sex,
        areas=life.conditions & table.area,
        known_since=born.earliest if born and known.copied else life.known_since,
        no_live=plan.words["pregnant"] if PREGNANT in life.conditions else "",
        contraindications=known.contraindications,
        deferrals=known.deferrals,
        refusals=tuple(row for row in known.refusals if today < table.refusal_holds.after(row.on)),
        school_class=class_on(known, today, plan),
    )


def class_on(known: OnRecord, today: date, plan: Plan) -> int:
    """The school class on a day, from the one that was recorded; 0 where nobody knows, or not at school."""
    if known.seen_in_class is None or not known.seen_in_class[0]:
        return 0
    then, seen = known.seen_in_class
    first = plan.rules.school_year_month
    now = then + school_year(today, first) - school_year(seen, first)
    return now if 1 <= now <= LAST_CLASS else 0


def tetanus_vaccine(reference: Reference) -> str:
    """Code of the vaccine that raises the T-status, as services.toml names it."""
    return _vaccine_of([row for row in reference.services.services if row.engine == ENGINE])


class ImmunizationServices:
    """The immunization of one day as services. plan: the rules behind them."""

    def __init__(self, table: ServiceTable, plan: Plan) -> None:
        self.plan, self._table = plan, table
        self._children = round(plan.oldest.order) + _ROUGHLY
        self._women = round(plan.rules.tetanus_to.order) + _ROUGHLY
        rows = [row for row in table.services if row.engine == ENGINE]
        series = [row for row in rows if any(closing.fact == ANY_DOSE for closing in row.closes)]
        self._rows = {line.series.code: _row_of(line, series) for line in plan.lines}
        self._tetanus_vaccine = _vaccine_of(rows)
        self._blank: dict[date, tuple[Item, ...]] = {}
        self._status = [row for row in rows if row not in series and PREGNANT not in row.who.all_of]
        self._pregnancy = [row for row in rows if row not in series and PREGNANT in row.who.all_of]

    def foreseen(self, life: Life, today: date, rules: Rules) -> tuple[list[Item], date]:
        """What concerns somebody, told or not, and the day on which it has to be found anew."""
        grown = life.born is None or (today - life.born.latest).days > self._children
        if grown and (life.born is None or (today - life.born.latest).days > self._women or life.sex is not Sex.FEMALE):
            return [], date.max
        if grown and life.born is not None and life.immunization == NOTHING and PREGNANT not in life.conditions:
            return self._untold(life, life.born, today, rules)
        recipient = recipient_of(life, today, self._table, self.plan)
        items = []
        for found in due(recipient, life.immunization.doses, today, self.plan):
            service = self._rows[found.series]
            if service is not None:
                items.append(_answered(self._of_series(found, service, recipient, today), life, today, rules))
        if asks_tetanus(recipient, today, self.plan):
            items += self._tetanus(recipient, life, today, rules)
        turns = [*self._turns(items, recipient, today, rules)]
        if any(PartialDate(dose.on, dose.precision).latest >= today for dose in life.immunization.doses):
            turns.append(today + _DAY)  # what may join a dose of today on its day may not on the next
        return items, min(turns, default=date.max)

    def _untold(self, life: Life, born: PartialDate, today: date, rules: Rules) -> tuple[list[Item], date]:
        """Of a grown woman nothing is on record: the same words for all of them, found once a day."""
        begins, ends = self.plan.rules.tetanus_from.after(born.earliest), self.plan.rules.tetanus_to.after(born.latest)
        items: list[Item] = []
        if begins <= today < ends:
            if today not in self._blank:
                recipient = recipient_of(life, today, self._table, self.plan)
                nobody = replace(life, answers={})
                self._blank = {today: tuple(self._tetanus(recipient, nobody, today, rules))}
            items = [_answered(item, life, today, rules) for item in self._blank[today]]
        days = [begins, ends, *(holds(item.answer, rules) for item in items if item.answer is not None)]
        return items, min((day for day in days if day > today), default=date.max)

    def _turns(self, items: Sequence[Item], recipient: Recipient, today: date, rules: Rules) -> Iterator[date]:
        """The days after today from which the days of the items may be others."""
        if recipient.born_on is None:
            return
        (early, late), table = recipient.born, self.plan.rules
        days: list[date] = []
        if (today - late).days <= self._children:
            days += [day for bounds in self.plan.shown(min(late, today)) for day in bounds]
        days += (table.tetanus_from.after(early), table.tetanus_to.after(late))
        days += (row.until for row in recipient.contraindications if row.until is not None)
        days += (row.until for row in recipient.deferrals)
        if recipient.school_class:
            days.append(date(school_year(today, table.school_year_month) + 1, table.school_year_month, 1))
        days += (item.lost_on for item in items if item.lost_on is not None)
        days += (holds(item.answer, rules) for item in items if item.answer is not None)
        yield from (day for day in days if day > today)

    def _of_series(self, found: Due, service: Service, recipient: Recipient, today: date) -> Item:
        plan, state = self.plan, _STATES[found.state]
        words, answer = "", None
        due_on = found.lost_on if found.state is DoseState.TOO_LATE else found.earliest
        match found.state:
            case DoseState.NO_DATA:
                due_on = None
            case DoseState.CATCH_UP:
                words = f"{plan.state_word(found.state)} sejak {day_text(found.late_on)}"
            case DoseState.TOO_LATE:
                words = plan.state_word(found.state)
            case DoseState.CONTRAINDICATED:
                words = plan.state_word(found.state)
                if found.earliest is not None:
                    state, answer = DueState.POSTPONED, Answer(today, found.earliest)
            case DoseState.DEFERRED:
                answer = Answer(today, found.earliest)
            case DoseState.REFUSED:
                answer = Answer(self._refused_on(found, recipient, today))
        whole = state in (DueState.NO_DATA, DueState.DONE)
        name = plan.say("item", dose=found.label if whole else found.dose_label)
        code = found.vaccines[0] if found.vaccines else found.series
        told = Telling(found.series, name, words, found.reason, (f"dose:{code}", found.dose_label or found.label))
        late_on, lost_on = (found.late_on, found.lost_on) if due_on is not None else (None, None)
        return Item(service, state, due_on, late_on, lost_on, answer=answer, told=told)

    def _refused_on(self, found: Due, recipient: Recipient, today: date) -> date:
        living = self.plan.lines[self.plan.position[found.series]].living
        about = {found.series, EVERYTHING, LIVE} if living else {found.series, EVERYTHING}
        return max((row.on for row in recipient.refusals if row.series in about), default=today)

    def _tetanus(self, recipient: Recipient, life: Life, today: date, rules: Rules) -> Iterator[Item]:
        status = tetanus_status(recipient, life.immunization.doses, today, self.plan)
        unknown = not status.level and not life.immunization.copied
        if PREGNANT in life.conditions:
            found = (self._of_pregnancy(status, unknown, row, life, today) for row in self._pregnancy)
        else:
            found = (self._of_status(status, unknown, row, today) for row in self._status)
        code = self._tetanus_vaccine
        held = against(code, recipient, today, self.plan) if code in self.plan.products else None
        given = max((dose.on for dose in life.immunization.doses if dose.code == code), default=date.min)
        for item in found:
            yield _answered(_held(item, held, given, today), life, today, rules)

    def _of_pregnancy(self, status: TetanusStatus, unknown: bool, service: Service, life: Life, today: date) -> Item:
        plan, hpht = self.plan, life.hpht
        td = td_in_pregnancy(status, today, due_date(hpht) if hpht is not None else None, plan)
        state = _TD_STATES[td.state]
        if state is DueState.DUE and unknown:
            return self._td(service, DueState.NO_DATA, 0, None, None, plan.say("t_no_data", then=td.words))
        due_on = max((day for day in (status.earliest, hpht) if day is not None), default=today)
        lost_on = td.latest + _DAY if td.latest is not None else None
        if state is DueState.LOST:
            due_on = lost_on or due_on
        return self._td(service, state, td.next_level, due_on, lost_on, f"{status.words} {td.words}")

    def _of_status(self, status: TetanusStatus, unknown: bool, service: Service, today: date) -> Item:
        plan = self.plan
        if not status.next_level:
            return self._td(service, DueState.DONE, 0, None, None, status.words)
        level, earliest = plan.levels[status.next_level - 1].code, status.earliest or today
        then = plan.say("t_next", level=level, earliest=day_text(earliest))
        if unknown:
            return self._td(service, DueState.NO_DATA, 0, None, None, plan.say("t_no_data", then=then))
        state = DueState.UPCOMING if today < earliest else DueState.DUE
        return self._td(service, state, status.next_level, earliest, None, f"{status.words} {then}")

    def _td(
        self, service: Service, state: DueState, level: int, due_on: date | None, lost_on: date | None, reason: str
    ) -> Item:
        plan = self.plan
        name = plan.say("item_td", level=plan.levels[level - 1].code) if level else plan.say("item_status")
        if state is DueState.DONE:
            due_on = lost_on = None
        return Item(
            service, state, due_on, None, lost_on, told=Telling("td", name, "", reason, (service.closes[0].fact, "Td"))
        )


def _vaccine_of(rows: Sequence[Service]) -> str:
    facts = (closing.fact for row in rows for closing in row.closes)
    return next((fact.partition(":")[2] for fact in facts if fact != ANY_DOSE), "")


def _row_of(line: Line, services: Sequence[Service]) -> Service | None:
    """The row for the age at which a series begins."""
    begins = age(_SOME_BIRTH, line.starts[0].doses[0].recommended.after(_SOME_BIRTH))
    return next((row for row in services if row.who.ages.holds(begins)), None)


def _held(item: Item, held: Against | None, given: date, today: date) -> Item:
    """The T-status as what stands against its vaccine leaves it; a later dose ends a refusal."""
    if held is None or item.state not in OPEN or item.told is None or (held.on is not None and given >= held.on):
        return item
    told = item.told._replace(reason=f"{item.told.reason} {held.words}")
    if held.on is not None:
        return item._replace(state=DueState.REFUSED, answer=Answer(held.on), told=told)
    if held.until is not None:
        return item._replace(state=DueState.POSTPONED, answer=Answer(today, held.until), told=told)
    return item._replace(state=DueState.LOST, due_on=None, lost_on=None, told=told._replace(words=held.words))


def _answered(item: Item, life: Life, today: date, rules: Rules) -> Item:
    """An answer to the whole row (refused, put off) holds for its open series until a dose is given."""
    answer = life.answers.get(item.service.code)
    if answer is None or item.state not in OPEN or today >= holds(answer, rules):
        return item
    if any(dose.on >= answer.on for dose in life.immunization.doses) or item.told is None:
        return item
    state = DueState.REFUSED if answer.refused else DueState.POSTPONED
    return item._replace(state=state, answer=answer, told=item.told._replace(words=""))
