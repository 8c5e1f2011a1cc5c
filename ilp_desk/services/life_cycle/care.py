"""Services of the life cycle: what is due for whom, what was given, refused or put off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ilp_desk.domain.due.records import CareRecord, ServiceAnswer, Told
from ilp_desk.domain.due.rules import DueState, in_order
from ilp_desk.domain.person import Person, Precision
from ilp_desk.domain.record import new_uid, reason
from ilp_desk.domain.staff import CARE, DESK
from ilp_desk.domain.text.ages import short_age_text
from ilp_desk.domain.text.dates import PartialDate, day_text
from ilp_desk.errors import InvalidInput
from ilp_desk.ports import UnitOfWork
from ilp_desk.rows import care as rows
from ilp_desk.rows.arrival import FamilyToday
from ilp_desk.services.encounters import own_visit
from ilp_desk.services.life_cycle.earlier import (
    ALREADY,
    Earlier,
    check_code,
    check_day,
    key_of,
    known_already,
    record_of,
)
from ilp_desk.services.life_cycle.given import kept_facts
from ilp_desk.services.life_cycle.growth import supplement_dose
from ilp_desk.services.life_cycle.lines import (
    RANK,
    desk_lines,
    fact_label,
    instrument_names,
    items_of,
    offered,
    room_line,
)
from ilp_desk.work import Service, command, question


@dataclass(frozen=True, kw_only=True, slots=True)
class Answered:
    """What was said to a service: refused (until None), or put off until a day. uid is made by the caller."""

    uid: str
    person_uid: str
    service: str
    why: str
    until: date | None = None
    visit_uid: str | None = None


class Care(Service):
    """For the desk five neutral lines, for the room everything."""

    @question("care.due", CARE)
    def due(self, uow: UnitOfWork, person_uid: str) -> tuple[rows.DueLine, ...]:
        """Every service that concerns somebody, open ones first; sensitive ones for those who treat alone."""
        person = uow.get(Person, person_uid)
        uow.about(person.uid)
        uow.opened(person.uid)
        (items,) = items_of(uow, (person,), self.tools)
        names = instrument_names(self.tools, uow.today)
        shown = (item for item in items if uow.actor.clinician or not item.service.sensitive)
        return tuple(room_line(item, self.reference, names) for item in in_order(shown))

    @question("care.arrival", DESK)
    def arrival(self, uow: UnitOfWork, person_uid: str, most: int = 3) -> rows.ArrivalCare:
        """What the desk may know is open for somebody and for the others of the family, the most urgent first.

        Neutral names, no reasons. most: names for each of the family; sensitive services are left out there whoever
        asks.
        """
        person = uow.get(Person, person_uid)
        uow.about(person.uid)
        uids = []
        if person.family_uid is not None:
            uids = [row.uid for row in uow.ask(FamilyToday(person.family_uid, person.uid, uow.today))]
        others = [p for p in uow.all(Person, uid=uids) if p.active] if uids else []
        others.sort(key=lambda p: uids.index(p.uid))
        own, *theirs = items_of(uow, (person, *others), self.tools)
        family, private = [], self.reference.services.private
        for other, items in zip(others, theirs, strict=True):
            open_ones = [item for item in offered(items, uow.actor) if not private(item.service)]
            if open_ones:
                lines = desk_lines(open_ones, self.reference)
                family.append((in_order(open_ones)[0], _relative(other, lines, most, uow.today)))
        family.sort(key=lambda one: (RANK[one[0].state], one[0].service.urgency))
        return rows.ArrivalCare(desk_lines(offered(own, uow.actor), self.reference), tuple(row for _, row in family))

    @command("care.record", CARE)
    def record(self, uow: UnitOfWork, uid: str, person_uid: str, visit_uid: str, code: str, value: str = "") -> None:
        """Something was given or examined in a visit that is open. Raises InvalidInput (unknown, after death, a
        supplement at another age or too soon), IllegalStep where the visit is over or somebody else's."""
        self._known(code)
        person = uow.get(Person, person_uid)
        check_day(person, PartialDate(uow.today), uow.today)
        uow.about(person.uid)
        if uow.find(CareRecord, uid) is None:
            own_visit(uow, visit_uid, person.uid)
            dose = supplement_dose(uow, person, code, self.tools)
            uow.add(
                CareRecord(
                    uid=uid,
                    person_uid=person.uid,
                    visit_uid=visit_uid,
                    taken_at=uow.now,
                    code=code,
                    on=uow.today,
                    value=value.strip() or dose or "",
                )
            )
            uow.announce("care", person.uid)

    @command("care.earlier", CARE)
    def earlier(self, uow: UnitOfWork, told: Earlier) -> None:
        """Something was done before, here or elsewhere. Raises InvalidInput (unknown, before birth, known already).

        A dose is told by `immunization.earlier`, which knows what to say against it.
        """
        check_code(told.code, uow.today, self.tools)
        person = uow.get(Person, told.person_uid)
        uow.about(person.uid)
        check_day(person, PartialDate(told.on, told.precision), uow.today)
        if uow.find(CareRecord, told.uid) is None:
            if key_of(told) in known_already(uow, (person.uid,)):
                raise InvalidInput("on", ALREADY)
            uow.add(record_of(told, uow, self.tools))
            uow.announce("care", person.uid)

    @question("care.records", CARE)
    def records(self, uow: UnitOfWork, person_uid: str) -> tuple[rows.RecordedLine, ...]:
        """What was recorded or told of somebody, and what was said against a service, the newest first."""
        person = uow.get(Person, person_uid)
        uow.about(person.uid)
        uow.opened(person.uid)
        names = instrument_names(self.tools, uow.today)
        kept = kept_facts(uow.actor, self.reference.services)
        found = [record for record in uow.all(CareRecord, person_uid=person.uid) if record.code not in kept]
        told = [(record.on, record.uid, self._words(record, names)) for record in found]
        told += [(said.on, said.uid, self._answered(said)) for said in self._answers(uow, person.uid)]
        return tuple(rows.RecordedLine(uid, words) for _, uid, words in sorted(told, key=_day, reverse=True))

    @command("care.withdraw", CARE)
    def withdraw(self, uow: UnitOfWork, uid: str, why: str) -> None:
        """Take back what was recorded or answered by mistake; it stays, void. Raises NeedsReason."""
        record = uow.find(ServiceAnswer, uid) or uow.get(CareRecord, uid)
        uow.about(record.person_uid)
        words = reason(why)
        if record.live:
            uow.void(record, words)
            uow.announce("care", record.person_uid)

    @command("care.answer", CARE)
    def answer(self, uow: UnitOfWork, said: Answered) -> None:
        """A service was refused, or put off until a day. Raises NeedsReason, InvalidInput."""
        if said.service not in self.reference.services.services:
            raise InvalidInput("service", "Layanan itu tidak dikenal.")
        if said.until is not None and said.until <= uow.today:
            raise InvalidInput("until", "Ditunda sampai hari yang akan datang. Periksa tanggalnya.")
        person = uow.get(Person, said.person_uid)
        uow.about(person.uid)
        words = reason(said.why)
        if uow.find(ServiceAnswer, said.uid) is None:
            uow.add(
                ServiceAnswer(
                    uid=said.uid,
                    person_uid=person.uid,
                    visit_uid=said.visit_uid,
                    service=said.service,
                    on=uow.today,
                    until=said.until,
                    reason=words,
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

    def _words(self, record: CareRecord, names: Mapping[str, str]) -> str:
        """`Mata, Mar 2026, visus 6/6, RS Contoh`"""
        label = names.get(record.code) or fact_label(record.code, self.reference)
        return ", ".join(filter(None, (label, day_text(record.on, record.on_precision), record.value, record.place)))

    def _answers(self, uow: UnitOfWork, person_uid: str) -> list[ServiceAnswer]:
        """What was said against services the actor may know of."""
        services = self.reference.services.services
        answers = [said for said in uow.all(ServiceAnswer, person_uid=person_uid) if said.service in services]
        return [said for said in answers if uow.actor.clinician or not services[said.service].sensitive]

    def _answered(self, said: ServiceAnswer) -> str:
        """`Mata: ditunda sampai 01-12-2026, sedang pilek`"""
        until = f"ditunda sampai {day_text(said.until)}" if said.until is not None else f"ditolak {day_text(said.on)}"
        return f"{self.reference.services.services[said.service].name}: {until}, {said.reason}"

    def _known(self, code: str) -> None:
        if code not in self.reference.services.facts:
            raise InvalidInput("code", "Itu bukan layanan yang dicatat di sini.")


def _day(told: tuple[date, str, str]) -> date:
    return told[0]


def _relative(person: Person, lines: Sequence[rows.DueLine], most: int, today: date) -> rows.FamilyDue:
    return rows.FamilyDue(
        person_uid=person.uid,
        name=person.name,
        age=short_age_text(person.born_on, person.born_precision, today),
        names=tuple(_with_lateness(line, today) for line in lines[:most]),
        more=max(0, len(lines) - most),
    )


def _with_lateness(line: rows.DueLine, today: date) -> str:
    """`Imunisasi MR2 terlambat 1 bln`."""
    if line.state != DueState.LATE or line.late_on is None:
        return line.name
    return f"{line.name} terlambat {short_age_text(line.late_on, Precision.DAY, today)}"
