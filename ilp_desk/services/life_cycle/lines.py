"""Items of the due rules as lines: for the room in full, for the desk, the family and the ticket by neutral names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from ilp_desk.domain.assessment import INSTRUMENT
from ilp_desk.domain.due.immunization import rules_of
from ilp_desk.domain.due.rules import OPEN, DueState, Item, in_order, services_due
from ilp_desk.domain.due.words import reason_text, state_text
from ilp_desk.domain.person import Person
from ilp_desk.domain.reference import Reference
from ilp_desk.domain.staff import Actor
from ilp_desk.ports import UnitOfWork
from ilp_desk.rows import care as rows
from ilp_desk.services.life_cycle.lives import read_lives
from ilp_desk.work import Tools

GUIDE = ("Lengkapnya", "Perlu tindakan", "Tindakan")
"""Headings of what services.toml says in words of a service: standard, positive, action."""
RANK = {state: number for number, state in enumerate(DueState)}
"""The most urgent state first."""
NO_NAMES: Mapping[str, str] = {}


def items_of(uow: UnitOfWork, people: Sequence[Person], tools: Tools) -> list[tuple[Item, ...]]:
    """What the rules of today say about each of these people, in their order; one reading for all of them."""
    rules = rules_of(tools.reference, uow.today)
    lives = read_lives(uow, people, tools.reference, tools.clock.local)
    return [services_due(life, uow.today, rules) for life in lives]


def room_line(item: Item, reference: Reference, names: Mapping[str, str] = NO_NAMES) -> rows.DueLine:
    """Everything about one service, for those who treat. names: of instruments, by their fact."""
    service, told = item.service, item.told
    closes = tuple((c.fact, names.get(c.fact) or fact_label(c.fact, reference)) for c in service.closes)
    return rows.DueLine(
        service=service.code,
        part=told.part if told is not None else "",
        name=told.name if told is not None else service.name,
        state=item.state.value,
        words=state_text(item),
        reason=reason_text(item),
        urgency=service.urgency,
        roles=service.by,
        closes=(told.closes,) if told is not None else closes,
        values=tuple((c.fact, c.value) for c in service.closes if c.value),
        due_on=item.due_on,
        late_on=item.late_on,
        last_on=item.last.on if item.last is not None else None,
        bundle=service.bundle,
        bundle_name=bundle_label(service.bundle, reference) or (service.name if told is not None else ""),
        sensitive=service.sensitive,
        guide=tuple(
            (heading, words)
            for heading, words in zip(GUIDE, (service.standard, service.positive, service.action), strict=True)
            if words
        ),
        cluster=reference.clusters[service.cluster].words if service.cluster else "",
    )


def offered(items: Iterable[Item], actor: Actor) -> list[Item]:
    """Open items by urgency, those of the actor's own roles first."""
    roles = {role.value for role in actor.roles}
    open_ones = in_order(item for item in items if item.state in OPEN)
    return sorted(open_ones, key=lambda item: (item.service.urgency, roles.isdisjoint(item.service.by)))


def desk_lines(items: Sequence[Item], reference: Reference) -> tuple[rows.DueLine, ...]:
    """Bundles as one line with the worst of their states, names that tell nothing, each once."""
    found: dict[str, rows.DueLine] = {}
    for item in items:
        label = bundle_label(item.service.bundle, reference)
        alike = [i for i in items if label and i.service.bundle == item.service.bundle] or [item]
        name = label or item.service.public_name
        if not label and item.told is not None:
            alike = [i for i in items if i.service is item.service]
            name = _in_one(alike)
        if name not in found:
            # A bundle tells nothing of what is in it; its state by the worst that is no secret.
            plain = [i for i in alike if not i.service.sensitive]
            worst = min(plain or alike, key=_rank)
            found[name] = _plain(worst, name, tell=bool(plain))
    return tuple(found.values())


def ticket_names(items: Iterable[Item], reference: Reference) -> tuple[str, ...]:
    """What a queue ticket may name of the open services, each once; nothing sensitive makes it name a bundle."""
    table = reference.services
    found: dict[str, None] = {}
    for item in in_order(item for item in items if item.state in OPEN and not item.service.sensitive):
        service = item.service
        if service.bundle in table.ticket:
            found[bundle_label(service.bundle, reference)] = None
        elif service.code in table.ticket:
            found[service.name] = None
    return tuple(found)


def bundle_label(code: str, reference: Reference) -> str:
    """The name of a bundle, empty for none."""
    bundle = reference.services.bundles.get(code)
    return bundle.label if bundle is not None else ""


def fact_label(code: str, reference: Reference) -> str:
    """What a fact that closes a service is called."""
    fact = reference.services.facts.get(code)
    if fact is not None:
        return fact.label
    return reference.measures[code].label if code in reference.measures else code.partition(":")[2]


def instrument_names(tools: Tools, today: date) -> dict[str, str]:
    """By their fact: what the instruments of a day are called in a few letters."""
    return {INSTRUMENT + one.code: one.short for one in tools.in_force.instruments.in_force(today)}


def _rank(item: Item) -> int:
    return RANK[item.state]


MOST_PARTS = 3


def _in_one(items: Sequence[Item]) -> str:
    """The series of one service as one line, those that stand worst: `Imunisasi PCV3, MR1 dan 2 lagi`."""
    worst = min(items, key=_rank)
    first, *others = [item.told.name for item in items if item.told is not None and item.state is worst.state]
    if others and worst.state is DueState.NO_DATA:
        return worst.service.name
    kept = others[: MOST_PARTS - 1]
    more = f" dan {len(others) - len(kept)} lagi" if len(others) > len(kept) else ""
    return ", ".join([first, *(name.partition(" ")[2] for name in kept)]) + more


def _plain(item: Item, name: str, *, tell: bool) -> rows.DueLine:
    return rows.DueLine(
        service=item.service.code,
        name=name,
        state=item.state.value,
        words=state_text(item) if tell else "",
        reason="",
        urgency=item.service.urgency,
        roles=item.service.by,
        closes=(),
        due_on=item.due_on,
        late_on=item.late_on if tell else None,
    )
