"""Services of the life cycle: what is due for whom, what was given, refused or put off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ilp_desk.domain.care_records import CareRecord, ServiceAnswer, Told
from ilp_desk.domain.due import DueState, Item, Rules, compiled, in_order, services_due
from ilp_desk.domain.due_words import reason_text, state_text
from ilp_desk.domain.person import Person, Precision
from ilp_desk.domain.record import new_uid, reason
from ilp_desk.domain.reference import Reference
from ilp_desk.domain.staff import CARE, DESK, Actor
from ilp_desk.domain.text.ages import short_age_text
from ilp_desk.domain.text.dates import PartialDate, day_text
from ilp_desk.errors import InvalidInput
from ilp_desk.ports import UnitOfWork
from ilp_desk.rows import care as rows
from ilp_desk.rows.arrival import FamilyToday
from ilp_desk.services.lives import read_lives
from ilp_desk.work import Service, command, question

OPEN = frozenset({DueState.LATE, DueState.DUE, DueState.NO_DATA})
"""States in which a service is offered."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Earlier:
    """Something done before or elsewhere, as told or read from a book. uid is made by the caller.

    precision: how well the day is known; place: where; value: its result.
    """

    uid: str
    person_uid: str
    code: str
    on: date
    precision: Precision = Precision.DAY
    place: str = ""
    value: str = ""


class Care(Service):
    """For the desk five neutral lines, for the room everything."""

    @question("care.due", CARE)
    def due(self, uow: UnitOfWork, person_uid: str) -> tuple[rows.DueLine, ...]:
        """Every service that concerns somebody, open ones first."""
        person = uow.get(Person, person_uid)
        uow.about(person.uid)
        uow.opened(person.uid)
        return tuple(_line(item, self.reference) for item in in_order(self._items(uow, (person,))[0]))

    @question("care.desk", DESK)
    def desk(self, uow: UnitOfWork, person_uid: str) -> tuple[rows.DueLine, ...]:
        """What the desk may know is open, the most urgent first: neutral names, each once, no reasons."""
        person = uow.get(Person, person_uid)
        uow.about(person.uid)
        return _at_the_desk(_offered(self._items(uow, (person,))[0], uow.actor), self.reference)

    @question("care.family", DESK | CARE)
    def family(self, uow: UnitOfWork, person_uid: str, most: int = 3) -> tuple[rows.FamilyDue, ...]:
        """What is open for the others of the family; sensitive services are left out whoever asks."""
        person = uow.get(Person, person_uid)
        uow.about(person.uid)
        if person.family_uid is None:
            return ()
        others = [r.uid for r in uow.ask(FamilyToday(person.family_uid, person.uid, uow.today))]
        people = [p for p in (uow.get(Person, uid) for uid in others) if p.active]
        found = []
        for other, items in zip(people, self._items(uow, people), strict=True):
            open_ones = [i for i in _offered(items, uow.actor) if not i.service.sensitive]
            if open_ones:
                names = tuple(line.name for line in _at_the_desk(open_ones, self.reference))
                found.append(
                    rows.FamilyDue(
                        person_uid=other.uid,
                        name=other.name,
                        age=short_age_text(other.born_on, other.born_precision, uow.today),
                        names=names[:most],
                        more=max(0, len(names) - most),
                    )
                )
        return tuple(found)

    @command("care.record", CARE)
    def record(self, uow: UnitOfWork, uid: str, person_uid: str, visit_uid: str, code: str, value: str = "") -> None:
        """Something was given or examined now. Raises InvalidInput for what services.toml does not know."""
        self._known(code)
        person = uow.get(Person, person_uid)
        uow.about(person.uid)
        if uow.find(CareRecord, uid) is None:
            uow.add(
                CareRecord(
                    uid=uid,
                    person_uid=person.uid,
                    visit_uid=visit_uid,
                    taken_at=uow.now,
                    code=code,
                    on=uow.today,
                    value=value.strip(),
                )
            )
            uow.announce("care", person.uid)

    @command("care.earlier", CARE)
    def earlier(self, uow: UnitOfWork, told: Earlier) -> None:
        """Something was done before, here or elsewhere. Raises InvalidInput (before birth, in the future, unknown)."""
        self._known(told.code)
        person = uow.get(Person, told.person_uid)
        uow.about(person.uid)
        when = PartialDate(told.on, told.precision)
        if when.earliest > uow.today:
            raise InvalidInput("on", "Tanggalnya belum lewat. Tulis kapan itu dilakukan.")
        if person.born_on is not None and when.latest < PartialDate(person.born_on, person.born_precision).earliest:
            born = day_text(person.born_on, person.born_precision)
            raise InvalidInput("on", f"Tanggal itu sebelum lahir ({born}). Periksa tahunnya.")
        if uow.find(CareRecord, told.uid) is None:
            uow.add(
                CareRecord(
                    uid=told.uid,
                    person_uid=person.uid,
                    taken_at=uow.now,
                    code=told.code,
                    on=told.on,
                    on_precision=told.precision,
                    value=told.value.strip(),
                    place=told.place.strip(),
                    source="other_facility" if told.place.strip() else "told",
                )
            )
            uow.announce("care", person.uid)

    @command("care.answer", CARE)
    def answer(
        self, uow: UnitOfWork, person_uid: str, visit_uid: str | None, service: str, until: date | None, why: str
    ) -> None:
        """A service was refused (until None) or put off. Raises NeedsReason, InvalidInput."""
        if service not in self.reference.services.services:
            raise InvalidInput("service", "Layanan itu tidak dikenal.")
        if until is not None and until <= uow.today:
            raise InvalidInput("until", "Ditunda sampai hari yang akan datang.")
        person = uow.get(Person, person_uid)
        uow.about(person.uid)
        uow.add(
            ServiceAnswer(
                uid=new_uid(),
                person_uid=person.uid,
                visit_uid=visit_uid,
                service=service,
                on=uow.today,
                until=until,
                reason=reason(why),
            )
        )
        uow.announce("care", person.uid)

    @command("care.told", CARE | DESK)
    def told(self, uow: UnitOfWork, person_uid: str, condition: str, holds: bool) -> None:
        """What somebody says of themselves (a bride, wants a pregnancy). Raises InvalidInput."""
        known = self.reference.services.conditions.get(condition)
        if known is None or known.origin != "told":
            raise InvalidInput("condition", "Keadaan itu tidak dicatat dari cerita pasien.")
        person = uow.get(Person, person_uid)
        uow.about(person.uid)
        uow.add(Told(uid=new_uid(), person_uid=person.uid, condition=condition, holds=holds))
        uow.announce("care", person.uid)

    # -- parts

    def _known(self, code: str) -> None:
        if code not in self.reference.services.facts:
            raise InvalidInput("code", "Itu bukan layanan yang dicatat di sini.")

    def _items(self, uow: UnitOfWork, people: Sequence[Person]) -> list[tuple[Item, ...]]:
        rules = self._rules(uow.today)
        lives = read_lives(uow, people, self.reference, self.tools.clock.local)
        return [services_due(life, uow.today, rules) for life in lives]

    def _rules(self, today: date) -> Rules:
        return compiled(self.reference.services, today)


def _offered(items: Sequence[Item], actor: Actor) -> list[Item]:
    """Open items, those of the actor's own roles first."""
    roles = {role.value for role in actor.roles}
    open_ones = in_order(item for item in items if item.state in OPEN)
    return sorted(open_ones, key=lambda item: (item.service.urgency, roles.isdisjoint(item.service.by)))


def _at_the_desk(items: Sequence[Item], reference: Reference) -> tuple[rows.DueLine, ...]:
    """Bundles as one line with the worst of their states, names that tell nothing, each once."""
    found: dict[str, rows.DueLine] = {}
    for item in items:
        bundle = reference.services.bundles.get(item.service.bundle)
        name = bundle.label if bundle is not None else item.service.public_name
        if name not in found:
            worst = (
                min((i for i in items if i.service.bundle == item.service.bundle), key=_state_rank) if bundle else item
            )
            found[name] = _plain(worst, name, tell=bundle is not None or not item.service.sensitive)
    return tuple(found.values())


def _state_rank(item: Item) -> int:
    return list(DueState).index(item.state)


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
    )


def _line(item: Item, reference: Reference) -> rows.DueLine:
    return rows.DueLine(
        service=item.service.code,
        name=item.service.name,
        state=item.state.value,
        words=state_text(item),
        reason=reason_text(item),
        urgency=item.service.urgency,
        roles=item.service.by,
        closes=tuple((c.fact, _fact_label(c.fact, reference)) for c in item.service.closes),
        due_on=item.due_on,
    )


def _fact_label(code: str, reference: Reference) -> str:
    fact = reference.services.facts.get(code)
    if fact is not None:
        return fact.label
    return reference.measures[code].label if code in reference.measures else code.partition(":")[2]
