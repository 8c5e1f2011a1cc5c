"""Somebody arrives: who this is, where to, and a number on paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ilp_desk.domain.clinical import Allergy, Pregnancy
from ilp_desk.domain.person import Consent, Person, PersonStatus
from ilp_desk.domain.queueing import ENDED, rank_at
from ilp_desk.domain.record import new_uid, reason
from ilp_desk.domain.reference.routes import RoutingTable
from ilp_desk.domain.routing import Routing, RoutingFacts, route
from ilp_desk.domain.site import Area, ServicePoint
from ilp_desk.domain.staff import CARE, DESK
from ilp_desk.domain.text.ages import age_text, weeks_text
from ilp_desk.domain.text.dates import day_text, time_text
from ilp_desk.domain.text.identifiers import mask
from ilp_desk.domain.visit import QueueEntry, QueueEvent, QueueState, QueueStep, Visit, VisitState
from ilp_desk.errors import IllegalStep, InvalidInput, UserError
from ilp_desk.ports import UnitOfWork
from ilp_desk.rows import arrival as rows
from ilp_desk.work import Service, command, question

UNDO_SECONDS = 15
"""The toast offers to take a registration back for 10 s; a slow machine gets a little more."""


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


@dataclass(frozen=True, kw_only=True, slots=True)
class RegisterVisit:
    """Register a person for today. visit_uid and entry_uid are made by the caller, so that a retry is harmless.

    service_point_uid: chosen against the rule, with `override` saying why. answered: the question about a person
    recorded as dead or moved was answered with "register all the same".
    """

    visit_uid: str
    entry_uid: str
    person_uid: str
    circumstances: Circumstances = Circumstances()
    payer: str = ""
    payer_fktp: str = "unknown"
    payer_status: str = "unknown"
    complaint: str = ""
    service_point_uid: str | None = None
    override: str = ""
    answered: bool = False


class AlreadyHere(UserError):
    """This person has an open visit today; a second service is added to it instead."""

    default = "Pasien ini sudah terdaftar hari ini. Tambahkan layanan kedua pada kunjungan yang sama."


class AsksFirst(UserError):
    """Somebody recorded as dead or moved: the desk must say that it is this person."""

    default = "Tercatat meninggal atau pindah. Pastikan orangnya, lalu daftarkan lagi."


class Registration(Service):
    """The registration desk."""

    @question("registration.arrival", DESK)
    def arrival(self, uow: UnitOfWork, person_uid: str, circumstances: Circumstances | None = None) -> rows.Arrival:
        """Everything the arrival panel shows of one person; raises NotFound."""
        person = self._survivor(uow, person_uid)
        uow.about(person.uid)
        uow.opened(person.uid)
        pregnancy = uow.ask(rows.LatestPregnancy(person.uid))
        routing = self._route(uow, person, pregnancy, circumstances or Circumstances())
        place = self._place(uow, routing)
        allergies = uow.all(Allergy, person_uid=person.uid)
        consents = [c for c in uow.all(Consent, person_uid=person.uid) if c.kind == "general"]
        family: tuple[rows.Relative, ...] = ()
        if person.family_uid:
            family = uow.ask(rows.FamilyToday(person.family_uid, person.uid, uow.today))
        spouse = next((r.name for r in family if r.relationship in _SPOUSES.get(person.relationship, ())), "")
        point = uow.get(ServicePoint, place.uid)
        return rows.Arrival(
            person_uid=person.uid,
            name=person.name,
            sex=person.sex.value,
            age=age_text(person.born_on, person.born_precision, uow.today),
            born=day_text(person.born_on, person.born_precision),
            mother=person.mother_name,
            spouse=spouse,
            address=address_line(uow, person),
            phone=mask(person.phone),
            record_number=person.record_number,
            complete=person.complete,
            asks=_question_first(person),
            allergy_state=person.allergy_state,
            allergies=tuple(a.substance for a in allergies),
            pregnancy=_pregnancy_chip(pregnancy, uow.today, self.reference.routing),
            first=routing.priority.words,
            namesakes=uow.ask(rows.NamesakesToday(person.uid, uow.today)),
            today=self._today(uow, person),
            family_uid=person.family_uid,
            family=family,
            payer=person.payer,
            payer_fktp=person.payer_fktp,
            payer_status=person.payer_status,
            payer_checked=self._moment(person.payer_checked_at),
            consent=consents[-1].answer if consents else "not_asked",
            routed=place,
            routed_rule=routing.rule_code,
            routed_reason=routing.reason,
            routed_version=routing.reference_version,
            uncertain=routing.uncertain or "",
            rank=routing.priority.rank(mixed=point.mixed),
        )

    @question("registration.places", DESK)
    def places(self, uow: UnitOfWork) -> tuple[rows.ServicePlace, ...]:
        """All active service points, to choose another one from."""
        return tuple(self._as_place(point) for point in self._points(uow))

    @question("registration.strip", DESK | CARE)
    def strip(self, uow: UnitOfWork) -> tuple[tuple[rows.PointLoad, ...], rows.Registration]:
        """The queue strip and the counts of today."""
        return uow.ask(rows.PointLoads(uow.today)), uow.ask(rows.DayCounts(uow.today))

    @command("visit.register", DESK)
    def register(self, uow: UnitOfWork, order: RegisterVisit) -> rows.Registered:
        """Open today's visit and draw its number.

        Raises AlreadyHere, AsksFirst, NeedsReason (a place against the rule without a reason), NotFound.
        """
        uow.about(order.visit_uid)
        done = uow.find(Visit, order.visit_uid)
        if done is not None:
            return self._registered(uow, done, uow.get(QueueEntry, order.entry_uid), repeated=True)
        person = self._survivor(uow, order.person_uid)
        if person.status in (PersonStatus.DEAD, PersonStatus.MOVED) and not order.answered:
            raise AsksFirst(_question_first(person))
        earlier = uow.all(Visit, person_uid=person.uid)
        if any(v.service_date == uow.today and v.state is not VisitState.CANCELLED for v in earlier):
            raise AlreadyHere
        asked = order.circumstances
        routing = self._route(uow, person, uow.ask(rows.LatestPregnancy(person.uid)), asked)
        place = self._place(uow, routing)
        point = uow.get(ServicePoint, order.service_point_uid or place.uid)
        override = reason(order.override) if point.uid != place.uid else ""
        payer = self._payer(uow, person, order)
        visit = uow.add(
            Visit(
                uid=order.visit_uid,
                person_uid=person.uid,
                service_date=uow.today,
                arrived_at=uow.now,
                reason=asked.reason,
                service=asked.service,
                building=asked.building,
                origin=asked.origin,
                origin_code=asked.origin_code.strip(),
                late=asked.late,
                payer=payer.payer,
                payer_fktp=payer.payer_fktp,
                payer_status=payer.payer_status,
                complaint=order.complaint.strip(),
                cluster=point.cluster,
                rule=routing.rule_code,
                rule_words=routing.reason,
                rule_version=routing.reference_version,
                override=override,
                priority=routing.priority.mixed,
                priority_groups=routing.priority.groups,
                infectious=asked.infection or bool(asked.infection_sign),
                infection_sign=asked.infection_sign,
                emergency=routing.priority.mixed == 0,
                danger_sign=asked.danger_sign,
                new_patient=not earlier,
                first_this_year=not any(v.service_date.year == uow.today.year for v in earlier),
                age_days=(uow.today - person.born_on).days if person.born_on else None,
            )
        )
        entry = self._queue(uow, visit, point, order.entry_uid, routing.priority.rank(mixed=point.mixed))
        return self._registered(uow, visit, entry)

    @command("visit.add_service", DESK)
    def add_service(self, uow: UnitOfWork, visit_uid: str, service_point_uid: str, entry_uid: str) -> rows.Registered:
        """A second service on the same visit: the same number waits at another service point too."""
        uow.about(visit_uid)
        visit = uow.get(Visit, visit_uid)
        done = uow.find(QueueEntry, entry_uid)
        if done is not None:
            return self._registered(uow, visit, done, repeated=True)
        if visit.state is not VisitState.OPEN:
            raise IllegalStep(
                "Kunjungan ini sudah selesai atau dibatalkan. Daftarkan lagi besok, atau lewat darurat (F8)."
            )
        entries = uow.all(QueueEntry, visit_uid=visit.uid)
        point = uow.get(ServicePoint, service_point_uid)
        open_here = [e for e in entries if e.service_point_uid == point.uid and e.state not in ENDED]
        if open_here:
            raise InvalidInput("service_point", f"Sudah menunggu di {point.name}. Pilih layanan lain.")
        rank = rank_at(visit.priority, visit.priority_groups, self.reference.priority, mixed=point.mixed)
        entry = self._queue(uow, visit, point, entry_uid, rank, entries[0] if entries else None)
        return self._registered(uow, visit, entry)

    @command("visit.undo", DESK)
    def undo(self, uow: UnitOfWork, visit_uid: str) -> None:
        """Take a registration back while its toast is shown; raises IllegalStep when that is over or care began."""
        uow.about(visit_uid)
        visit = uow.get(Visit, visit_uid)
        if visit.made_at is None or uow.now - visit.made_at > timedelta(seconds=UNDO_SECONDS):
            raise IllegalStep("Sudah lewat 10 detik. Pakai Batalkan kunjungan dengan alasan.")
        self._cancel(uow, visit, "diurungkan di loket")

    @command("visit.cancel", DESK)
    def cancel(self, uow: UnitOfWork, visit_uid: str, why: str) -> None:
        """Cancel a visit that care has not begun in; the numbers stay used. Raises NeedsReason, IllegalStep."""
        uow.about(visit_uid)
        self._cancel(uow, uow.get(Visit, visit_uid), reason(why))

    @command("visit.move", DESK)
    def move(self, uow: UnitOfWork, visit_uid: str, person_uid: str, why: str) -> Visit:
        """The visit was opened on the wrong person: give it, its numbers included, to the right one.

        Raises NeedsReason, AlreadyHere, IllegalStep (care has begun: what was written belongs to a person).
        """
        uow.about(visit_uid)
        words = reason(why)
        visit = uow.get(Visit, visit_uid)
        person = self._survivor(uow, person_uid)
        entries = uow.all(QueueEntry, visit_uid=visit.uid)
        if visit.state is not VisitState.OPEN or any(e.started_at for e in entries):
            raise IllegalStep("Pelayanan sudah dimulai, jadi tidak dapat dipindah. Batalkan lewat ruang pelayanan.")
        if any(
            v.state is not VisitState.CANCELLED for v in uow.all(Visit, person_uid=person.uid, service_date=uow.today)
        ):
            raise AlreadyHere
        moved = uow.change(
            visit,
            person_uid=person.uid,
            override=f"dipindah dari pasien lain: {words}",
            age_days=(visit.service_date - person.born_on).days if person.born_on else None,
        )
        for entry in entries:
            uow.change(entry, person_uid=person.uid)
            uow.announce("queue", entry.uid)
        uow.announce("visit", visit.uid)
        return moved

    # -- parts

    def _survivor(self, uow: UnitOfWork, person_uid: str) -> Person:
        """The person, or the one it was merged into."""
        person = uow.get(Person, person_uid)
        while person.merged_into:
            person = uow.get(Person, person.merged_into)
        return person

    def _local(self, instant: datetime) -> datetime:
        return self.tools.clock.local(instant)

    def _moment(self, instant: datetime | None) -> str:
        """`21-11-2026 08.41` on the facility's wall clock, or empty."""
        if instant is None:
            return ""
        local = self._local(instant)
        return f"{day_text(local.date())} {time_text(local)}"

    def _route(self, uow: UnitOfWork, person: Person, pregnancy: Pregnancy | None, asked: Circumstances) -> Routing:
        ongoing = pregnancy is not None and pregnancy.ended_on is None
        delivered = pregnancy.ended_on if pregnancy and pregnancy.outcome == "birth" else None
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
            delivered_on=delivered,
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

    def _payer(self, uow: UnitOfWork, person: Person, order: RegisterVisit) -> Person:
        """What was typed about the payer, kept on the person with who and when; care never waits for it."""
        typed = (order.payer or person.payer, order.payer_fktp, order.payer_status)
        if typed == (person.payer, person.payer_fktp, person.payer_status):
            return person
        return uow.change(
            person,
            payer=typed[0],
            payer_fktp=typed[1],
            payer_status=typed[2],
            payer_checked_at=uow.now,
            payer_checked_by=uow.actor.staff_uid,
        )

    def _queue(
        self,
        uow: UnitOfWork,
        visit: Visit,
        point: ServicePoint,
        entry_uid: str,
        rank: int,
        first: QueueEntry | None = None,
    ) -> QueueEntry:
        """Wait at a service point; the number is drawn once a visit and kept."""
        if first is None:
            letter = point.letter
            number = uow.draw(f"queue:{letter}", uow.today.isoformat())
        else:
            letter, number = first.letter, first.number
        entry = uow.add(
            QueueEntry(
                uid=entry_uid,
                visit_uid=visit.uid,
                person_uid=visit.person_uid,
                service_point_uid=point.uid,
                service_date=visit.service_date,
                letter=letter,
                number=number,
                rank=rank,
                waiting_since=uow.now,
            )
        )
        uow.add(QueueEvent(uid=new_uid(), entry_uid=entry.uid, step=QueueStep.ISSUED))
        uow.announce("visit", visit.uid)
        uow.announce("queue", entry.uid)
        return entry

    def _registered(
        self, uow: UnitOfWork, visit: Visit, entry: QueueEntry, *, repeated: bool = False
    ) -> rows.Registered:
        point = uow.get(ServicePoint, entry.service_point_uid)
        place = self._as_place(point)
        return rows.Registered(
            visit_uid=visit.uid,
            entry_uid=entry.uid,
            person_uid=visit.person_uid,
            name=uow.get(Person, visit.person_uid).name,
            ticket=entry.ticket,
            letter=entry.letter,
            label=place.label,
            point=point.name,
            room=point.rooms[0] if point.rooms else "",
            ahead=uow.ask(rows.WaitingAhead(entry.uid)),
            at=self._local(entry.waiting_since),
            repeated=repeated,
        )

    def _today(self, uow: UnitOfWork, person: Person) -> rows.TodaysVisit | None:
        visits = [
            v
            for v in uow.all(Visit, person_uid=person.uid, service_date=uow.today)
            if v.state is not VisitState.CANCELLED
        ]
        if not visits:
            return None
        visit = visits[-1]
        entries = uow.all(QueueEntry, visit_uid=visit.uid)
        places = [uow.get(ServicePoint, e.service_point_uid).name for e in entries]
        return rows.TodaysVisit(
            visit.uid,
            visit.row_version,
            tuple(dict.fromkeys(e.ticket for e in entries)),
            visit.state.value,
            ", ".join(dict.fromkeys(places)),
        )

    def _cancel(self, uow: UnitOfWork, visit: Visit, why: str) -> None:
        entries = uow.all(QueueEntry, visit_uid=visit.uid)
        if visit.state is not VisitState.OPEN:
            raise IllegalStep("Kunjungan ini sudah selesai atau sudah dibatalkan.")
        if any(e.started_at for e in entries):
            raise IllegalStep(
                "Pelayanan sudah dimulai. Selesaikan lewat ruang pelayanan, atau tandai pulang sebelum diperiksa."
            )
        for entry in entries:
            uow.change(entry, state=QueueState.VOIDED, ended_at=uow.now, note=why)
            uow.add(QueueEvent(uid=new_uid(), entry_uid=entry.uid, step=QueueStep.VOIDED, before=entry.state, note=why))
            uow.announce("queue", entry.uid)
        uow.change(visit, state=VisitState.CANCELLED, finished_at=uow.now, discharge=f"batal: {why}")
        uow.announce("visit", visit.uid)


_SPOUSES = {"wife": ("head", "husband"), "head": ("wife", "husband"), "husband": ("wife", "head")}


def _question_first(person: Person) -> str:
    """What must be asked before somebody recorded as dead or moved is registered."""
    if person.status is PersonStatus.DEAD:
        since = f" pada {day_text(person.status_on)}" if person.status_on else ""
        return f"Tercatat meninggal{since}. Pastikan orangnya; bila keliru, betulkan statusnya."
    if person.status is PersonStatus.MOVED:
        since = f" sejak {day_text(person.status_on)}" if person.status_on else ""
        where = f" ke {person.status_place}" if person.status_place else ""
        return f"Tercatat pindah{where}{since}. Tanyakan apakah kembali ke sini atau hanya berobat."
    return ""


def _pregnancy_chip(pregnancy: Pregnancy | None, today: date, limits: RoutingTable) -> str:
    """`Hamil 28 mgg`, `Nifas 12 hr`, or empty."""
    if pregnancy is None:
        return ""
    if pregnancy.ended_on is not None:
        days = (today - pregnancy.ended_on).days
        return f"Nifas {days} hr" if pregnancy.outcome == "birth" and 0 <= days <= limits.postpartum_days else ""
    days = (today - pregnancy.lmp).days
    if not 0 <= days <= limits.pregnancy_days:
        return ""
    return f"Hamil {weeks_text(pregnancy.lmp, today)}"


def address_line(uow: UnitOfWork, person: Person) -> str:
    """Address as it is said: street, RT/RW, hamlet, village; or the text of those who live outside."""
    parts = [person.address]
    if person.rt or person.rw:
        parts.append(
            "/".join(p for p in (f"RT {person.rt}" if person.rt else "", f"RW {person.rw}" if person.rw else "") if p)
        )
    area = uow.find(Area, person.area_uid)
    while area is not None and area.level in ("rt", "rw", "hamlet", "village"):
        if area.level in ("hamlet", "village"):
            parts.append(area.name)
        area = uow.find(Area, area.parent_uid)
    parts.append(person.outside)
    return ", ".join(p for p in parts if p)
