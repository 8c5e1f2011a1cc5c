"""What the desk judges about somebody who came: where they go, how far ahead, who pays, and when it changes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from ilp_desk.domain.clinical import Pregnancy
from ilp_desk.domain.maternity.pregnancy import delivered_on
from ilp_desk.domain.person import Family, Person
from ilp_desk.domain.person_form import read_form
from ilp_desk.domain.person_start import from_record
from ilp_desk.domain.queueing import ENDED, rank_at
from ilp_desk.domain.routing import Priority, Routing, RoutingFacts, route
from ilp_desk.domain.site import ServicePoint
from ilp_desk.domain.staff import Staff
from ilp_desk.domain.text.dates import day_text, time_text
from ilp_desk.domain.visit import QueueEntry, Visit, VisitState
from ilp_desk.errors import UserError
from ilp_desk.ports import UnitOfWork
from ilp_desk.rows import arrival as rows
from ilp_desk.work import Service


@dataclass(frozen=True, kw_only=True, slots=True)
class Circumstances:
    """What the desk says about this arrival; everything has the value that asks nothing.

    service: code of visit_reasons.toml when only a service is asked for. danger_sign, infection_sign: codes of
    danger_signs.toml, when one was chosen.
    """

    reason: str = "sick"
    service: str = ""
    emergency: bool = False
    danger_sign: str = ""
    infection: bool = False
    infection_sign: str = ""
    building: str = "inside"
    origin: str = "loket"
    origin_code: str = ""
    late: bool = False


class Judging(Service):
    """What the acts of the desk share; no act of its own."""

    def _survivor(self, uow: UnitOfWork, person_uid: str) -> Person:
        """The person, or the one it was merged into."""
        person = uow.get(Person, person_uid)
        while person.merged_into:
            person = uow.get(Person, person.merged_into)
        return person

    def _local(self, instant: datetime) -> datetime:
        return self.tools.clock.local(instant)

    def _checked(self, uow: UnitOfWork, person: Person) -> str:
        """`21-11-2026 08.41, Rina` on the facility's wall clock: when the payer was last looked up and by whom."""
        if person.payer_checked_at is None:
            return ""
        local = self._local(person.payer_checked_at)
        by = uow.find(Staff, person.payer_checked_by)
        return ", ".join(filter(None, (f"{day_text(local.date())} {time_text(local)}", by.name if by else "")))

    def _route(self, uow: UnitOfWork, person: Person, pregnancy: Pregnancy | None, asked: Circumstances) -> Routing:
        ongoing = pregnancy is not None and pregnancy.ended_on is None
        facts = RoutingFacts(
            sex=person.sex,
            born_on=person.born_on,
            born_precision=person.born_precision,
            reason=asked.reason,
            service=asked.service,
            emergency=asked.emergency,
            danger_sign=asked.danger_sign,
            infection=asked.infection,
            infection_sign=asked.infection_sign,
            pregnant=ongoing,
            lmp=pregnancy.lmp if ongoing and pregnancy else None,
            delivered_on=delivered_on(pregnancy, self.reference),
            disability=bool(person.disability),
            late=asked.late,
        )
        points = {p.code: p.name for p in self._points(uow)}
        return route(facts, uow.today, self.reference, points)

    def _points(self, uow: UnitOfWork) -> list[ServicePoint]:
        return sorted(uow.all(ServicePoint, active=True), key=lambda p: p.position)

    def _place(self, uow: UnitOfWork, routing: Routing) -> rows.ServicePlace:
        """The site's service point for a routing: the named one, else the first of its cluster, else the first."""
        points = self._points(uow)
        if not points:
            raise UserError("Belum ada titik layanan. Minta admin membuatnya di Manajemen.")
        named = [p for p in points if p.code == routing.service_point]
        same = [p for p in points if p.cluster == routing.cluster]
        return self._as_place((named or same or points)[0])

    def _as_place(self, point: ServicePoint) -> rows.ServicePlace:
        cluster = self.reference.clusters.get(point.cluster)
        label = cluster.label if cluster else point.cluster
        return rows.ServicePlace(point.uid, point.code, point.name, point.cluster, point.letter, label, point.rooms)

    def _payer(self, uow: UnitOfWork, person: Person, payer: str, fktp: str, status: str) -> Person:
        """What was typed about the payer, kept on the person with who and when where it is new."""
        typed = (payer or person.payer, fktp, status)
        if typed == (person.payer, person.payer_fktp, person.payer_status):
            return person
        return self._keep_payer(uow, person, *typed)

    def _keep_payer(self, uow: UnitOfWork, person: Person, payer: str, fktp: str, status: str) -> Person:
        """The payer as the desk says now; where nothing but that was missing, the record is complete."""
        complete = person.complete
        if payer and not (complete or person.payer):
            form = replace(from_record(person, uow.find(Family, person.family_uid)), payer=payer)
            complete = not read_form(form, uow.today).missing
        kept = uow.change(
            person,
            complete=complete,
            payer=payer,
            payer_fktp=fktp,
            payer_status=status,
            payer_checked_at=uow.now,
            payer_checked_by=uow.actor.staff_uid,
        )
        uow.announce("person", person.uid)
        return kept

    def _route_again(self, uow: UnitOfWork, visit: Visit, asked: Circumstances) -> Routing:
        person = uow.get(Person, visit.person_uid)
        return self._route(uow, person, uow.ask(rows.LatestPregnancy(person.uid)), asked)

    def _raised(self, uow: UnitOfWork, visit: Visit, asked: Circumstances, priority: Priority, complaint: str) -> Visit:
        """The visit with what the desk says now; itself where that is nothing new. It is never taken down a rank."""
        values: dict[str, Any] = {}
        again = visit.state is VisitState.FINISHED
        urgent = asked.emergency or bool(asked.danger_sign)
        if again:
            values |= {"state": VisitState.OPEN, "finished_at": None}
        if (again or urgent) and priority.mixed < visit.priority:
            values |= {"priority": priority.mixed, "priority_groups": priority.groups}
            values["emergency"] = priority.mixed == 0
        if urgent:
            values["danger_sign"] = asked.danger_sign
        if asked.infection or asked.infection_sign:
            values |= {"infectious": True, "infection_sign": asked.infection_sign or visit.infection_sign}
        if complaint.strip():
            values["complaint"] = "; ".join(filter(None, (visit.complaint, complaint.strip())))
        new = {name: value for name, value in values.items() if getattr(visit, name) != value}
        return uow.change(visit, **new) if new else visit

    def _rank_anew(self, uow: UnitOfWork, visit: Visit) -> None:
        """Everybody's place in line follows from the judgement of the visit."""
        for entry in uow.all(QueueEntry, visit_uid=visit.uid):
            if entry.state in ENDED:
                continue
            mixed = uow.get(ServicePoint, entry.service_point_uid).mixed
            rank = rank_at(visit.priority, visit.priority_groups, self.reference.priority, mixed=mixed)
            if rank != entry.rank:
                uow.change(entry, rank=rank)
                uow.announce("queue", entry.uid)
