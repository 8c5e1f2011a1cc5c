"""From what the store knows of somebody to what the rules of the life cycle read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Protocol

from ilp_desk.domain.clinical import Pregnancy
from ilp_desk.domain.due.rules import Fact, Life
from ilp_desk.domain.immunization.facts import OnRecord
from ilp_desk.domain.immunization.records import COPIED, SCHOOL_CLASS
from ilp_desk.domain.maternity.pregnancy import after_birth, changes_on, delivered_on, goes_on
from ilp_desk.domain.person import Precision, Sex
from ilp_desk.domain.reference import Reference
from ilp_desk.domain.reference.services import Condition, ServiceTable
from ilp_desk.domain.text.dates import PartialDate
from ilp_desk.ports import UnitOfWork
from ilp_desk.rows.care import CareOf, CareRow, FactRow

_DAY = timedelta(days=1)
UNKNOWN = CareRow()
"""Of people of whom nothing is recorded."""


class Somebody(Protocol):
    """As much of a person as the rules read."""

    @property
    def uid(self) -> str: ...
    @property
    def sex(self) -> Sex: ...
    @property
    def born_on(self) -> date | None: ...
    @property
    def born_precision(self) -> Precision: ...
    @property
    def active(self) -> bool: ...
    @property
    def outside(self) -> str: ...
    @property
    def marital_status(self) -> str: ...


def read_lives(
    uow: UnitOfWork, people: Sequence[Somebody], reference: Reference, local: Callable[[datetime], datetime]
) -> tuple[Life, ...]:
    """The lives of these people, in their order; local: an instant on the facility's wall clock."""
    rows = uow.ask(CareOf(tuple(person.uid for person in people)))
    return tuple(life_of(person, rows.get(person.uid, UNKNOWN), uow.today, reference, local) for person in people)


def life_of(
    person: Somebody, row: CareRow, today: date, reference: Reference, local: Callable[[datetime], datetime]
) -> Life:
    """What the rules read of one person."""
    pregnancy = row.pregnancy
    going_on = goes_on(pregnancy, today, reference)
    nifas = after_birth(pregnancy, today, reference) is not None
    conditions = set(row.told)
    conditions |= reference.services.area
    conditions |= _from_record(person, row, reference.services)
    if going_on:
        conditions.add("pregnant")
    if nifas:
        conditions.add("postpartum")
    if row.visit_reason == "sick" and row.visit_on == today:
        conditions.add("sick")
    return Life(
        sex=person.sex,
        born=PartialDate(person.born_on, person.born_precision) if person.born_on else None,
        active=person.active,
        known_since=_known_since(person, row, reference.services),
        conditions=frozenset(conditions),
        hpht=pregnancy.lmp if pregnancy is not None and going_on else None,
        delivered_on=delivered_on(pregnancy, reference) if nifas else None,
        facts=_facts(row.facts, local),
        answers=row.answers,
        immunization=_immunization(row),
        until=today + _DAY if "sick" in conditions else _until(pregnancy, today, reference),
    )


def _immunization(row: CareRow) -> OnRecord:
    copied, seen = False, None
    for fact in row.facts:
        if fact.code == COPIED:
            copied = True
        elif fact.code == SCHOOL_CLASS and fact.on is not None and fact.value.isdigit():
            seen = (int(fact.value), fact.on)
    if not copied and seen is None:
        return row.immunization
    return replace(row.immunization, copied=copied, seen_in_class=seen)


def _until(pregnancy: Pregnancy | None, today: date, reference: Reference) -> date:
    """The day on which a pregnancy that was recorded begins, is no longer taken to go on, or nifas after it ends."""
    if pregnancy is None:
        return date.max
    days = [change for change in changes_on(pregnancy, reference) if change > today]
    return min(days, default=date.max)


def _facts(rows: Sequence[FactRow], local: Callable[[datetime], datetime]) -> dict[str, list[Fact]]:
    found: dict[str, list[Fact]] = defaultdict(list)
    for row in rows:
        on = row.on or (local(row.at).date() if row.at else None)
        if on is not None:
            found[row.code].append(Fact(row.code, on, row.precision, row.value, row.where, row.words))
    for facts in found.values():
        facts.sort(key=lambda fact: fact.on)
    return dict(found)


def _from_record(person: Somebody, row: CareRow, table: ServiceTable) -> set[str]:
    if not row.icd and not person.marital_status:
        return set()
    return {c.code for c in table.conditions if _says(c, person, row)}


def _says(condition: Condition, person: Somebody, row: CareRow) -> bool:
    if condition.origin == "problem":
        return any(code.startswith(condition.icd) for code in row.icd)
    return condition.origin == "person" and person.marital_status in condition.marital_status


def _known_since(person: Somebody, row: CareRow, table: ServiceTable) -> date | None:
    """From the first visit on; from birth for who was first seen soon after it; never for who lives elsewhere."""
    if person.outside or row.first_seen is None:
        return None
    if person.born_on is not None and person.born_on <= row.first_seen < table.newborn_until.after(person.born_on):
        return person.born_on
    return row.first_seen
