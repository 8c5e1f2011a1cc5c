"""Somebody arrives: who this is, where to, and a number on paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from ilp_desk.domain.clinical import Allergy, Pregnancy
from ilp_desk.domain.maternity.pregnancy import after_birth, goes_on, outcome_asked
from ilp_desk.domain.person import Consent, Person, PersonStatus
from ilp_desk.domain.queueing import ENDED, rank_at
from ilp_desk.domain.record import new_uid, reason
from ilp_desk.domain.reference import Reference
from ilp_desk.domain.site import Area, ServicePoint
from ilp_desk.domain.staff import CARE, DESK
from ilp_desk.domain.text.ages import age_text, weeks_text
from ilp_desk.domain.text.dates import day_text
from ilp_desk.domain.text.identifiers import mask
from ilp_desk.domain.visit import QueueEntry, QueueEvent, QueueState, QueueStep, Visit, VisitState
from ilp_desk.errors import IllegalStep, InvalidInput, UserError
from ilp_desk.ports import UnitOfWork
from ilp_desk.rows import arrival as rows
from ilp_desk.services.judging import Circumstances, Judging
from ilp_desk.services.steps import as_remembered, close_if_done, remembered, step
from ilp_desk.work import command, question

__all__ = ["AlreadyHere", "AsksFirst", "Circumstances", "RegisterVisit", "Registration", "address_line"]

UNDO_SECONDS = 15
"""The toast offers to take a registration back for 10 s; a slow machine gets a little more."""
UNDONE = "diurungkan di loket"


@dataclass(frozen=True, kw_only=True, slots=True)
class RegisterVisit:
    """Register a person for today. visit_uid and entry_uid are made by the caller, so that a retry is harmless.

    service_point_uid: chosen against the rule, with `override` saying why. status_reason: why somebody recorded as dead
    or moved is registered all the same.
    """

    visit_uid: str
    entry_uid: str
    person_uid: str
    circumstances: Circumstances = field(default_factory=Circumstances)
    payer: str = ""
    payer_fktp: str = "unknown"
    payer_status: str = "unknown"
    complaint: str = ""
    service_point_uid: str | None = None
    override: str = ""
    status_reason: str = ""


class AlreadyHere(UserError):
    """This person has a visit today, open or finished; a service is added to it instead."""

    default = "Pasien ini sudah terdaftar hari ini. Tambahkan layanan kedua pada kunjungan yang sama."


class AsksFirst(UserError):
    """Somebody recorded as dead or moved: the desk must say that it is this person."""

    default = "Tercatat meninggal atau pindah. Pastikan orangnya, lalu daftarkan lagi."


class Registration(Judging):
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
            pregnancy=_pregnancy_chip(pregnancy, uow.today, self.reference),
            first=routing.priority.words,
            namesakes=uow.ask(rows.NamesakesToday(person.uid, uow.today)),
            today=self._today(uow, person),
            family_uid=person.family_uid,
            family=family,
            payer=person.payer,
            payer_fktp=person.payer_fktp,
            payer_status=person.payer_status,
            payer_checked=self._checked(uow, person),
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
        _sure_of(person, order.status_reason)
        earlier = _earlier(uow, person)
        if any(v.service_date == uow.today for v in earlier):
            raise AlreadyHere
        asked = order.circumstances
        routing = self._route(uow, person, uow.ask(rows.LatestPregnancy(person.uid)), asked)
        place = self._place(uow, routing)
        point = uow.get(ServicePoint, order.service_point_uid or place.uid)
        override = reason(order.override) if point.uid != place.uid else ""
        payer = self._payer(uow, person, order.payer, order.payer_fktp, order.payer_status)
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
                status_reason=order.status_reason.strip() if _question_first(person) else "",
                infectious=asked.infection or bool(asked.infection_sign),
                infection_sign=asked.infection_sign,
                emergency=routing.priority.mixed == 0,
                danger_sign=asked.danger_sign,
                **_of_person(person, earlier, uow.today),
            )
        )
        entry = self._queue(uow, visit, point, order.entry_uid, routing.priority.rank(mixed=point.mixed))
        return self._registered(uow, visit, entry)

    @command("person.payer", DESK)
    def check_payer(self, uow: UnitOfWork, person_uid: str, payer: str, fktp: str, status: str) -> str:
        """The payer was looked up just now: kept with who and when, even where nothing is new; in today's visit too.

        payer, fktp, status: codes of the code tables payer, payer_fktp, payer_status. Gives when and by whom, in words.
        """
        person = self._survivor(uow, person_uid)
        uow.about(person.uid)
        person = self._keep_payer(uow, person, payer, fktp, status)
        for visit in uow.all(Visit, person_uid=person.uid, service_date=uow.today, state=VisitState.OPEN):
            uow.change(visit, payer=payer, payer_fktp=fktp, payer_status=status)
            uow.announce("visit", visit.uid)
        return self._checked(uow, person)

    @command("visit.add_service", DESK)
    def add_service(
        self,
        uow: UnitOfWork,
        visit_uid: str,
        service_point_uid: str | None,
        entry_uid: str,
        asked: Circumstances | None = None,
        complaint: str = "",
    ) -> rows.Registered:
        """Another service on the visit of today: the same number waits at another service point too.

        A finished visit is taken up again. service_point_uid: None for the one the rule says. asked: what the desk says
        now; an emergency, a danger sign or a suspicion of infection goes on record, and whoever stands in line already
        goes ahead with it. Where they wait at this very point that alone is done, and the answer says `repeated`.
        Raises IllegalStep (cancelled), InvalidInput (service_point: they are there already, and nothing is new).
        """
        uow.about(visit_uid)
        visit = uow.get(Visit, visit_uid)
        done = uow.find(QueueEntry, entry_uid)
        if done is not None:
            return self._registered(uow, visit, done, repeated=True)
        if visit.state is VisitState.CANCELLED:
            raise IllegalStep(
                "Kunjungan ini sudah dibatalkan. Cari orangnya lagi, lalu daftarkan sebagai kunjungan baru."
            )
        asked = asked or Circumstances()
        routing = self._route_again(uow, visit, asked)
        point = uow.get(ServicePoint, service_point_uid or self._place(uow, routing).uid)
        entries = uow.all(QueueEntry, visit_uid=visit.uid)
        now = self._raised(uow, visit, asked, routing.priority, complaint)
        here = [e for e in entries if e.service_point_uid == point.uid and e.state not in ENDED]
        waiting = [e for e in here if e.state is not QueueState.ABSENT]
        if waiting:
            if now == visit:
                raise InvalidInput("service_point", f"Sudah menunggu di {point.name}. Pilih layanan lain.")
            self._rank_anew(uow, now)
            return self._registered(uow, now, uow.get(QueueEntry, waiting[0].uid), repeated=True)
        for gone in here:
            step(uow, gone.uid, QueueStep.VOIDED, ended_at=uow.now, note="datang lagi ke loket")
        self._rank_anew(uow, now)
        rank = rank_at(now.priority, now.priority_groups, self.reference.priority, mixed=point.mixed)
        before = remembered(visit, now) if now != visit else ""
        entry = self._queue(uow, now, point, entry_uid, rank, entries[0] if entries else None, before)
        return self._registered(uow, now, entry)

    @command("visit.undo", DESK)
    def undo(self, uow: UnitOfWork, entry_uid: str) -> None:
        """Take back what the toast tells of: the registration, or only the service that was added.

        Raises IllegalStep when the seconds are over or care began there.
        """
        entry = uow.get(QueueEntry, entry_uid)
        uow.about(entry.visit_uid)
        if entry.made_at is None or uow.now - entry.made_at > timedelta(seconds=UNDO_SECONDS):
            raise IllegalStep("Sudah lewat 10 detik. Pakai Batalkan kunjungan dengan alasan.")
        visit = uow.get(Visit, entry.visit_uid)
        if uow.all(QueueEntry, visit_uid=visit.uid)[0].uid == entry.uid:
            self._cancel(uow, visit, UNDONE)
            return
        if entry.started_at or entry.state in ENDED:
            raise IllegalStep("Layanan ini sudah dimulai atau sudah selesai. Lanjutkan lewat Antrean.")
        step(uow, entry.uid, QueueStep.VOIDED, ended_at=uow.now, note=UNDONE)
        issued = uow.all(QueueEvent, entry_uid=entry.uid)[0]
        self._rank_anew(uow, as_remembered(uow, visit, issued.note))
        close_if_done(uow, visit.uid)
        uow.announce("visit", visit.uid)

    @command("visit.cancel", DESK)
    def cancel(self, uow: UnitOfWork, visit_uid: str, why: str) -> None:
        """Cancel a visit that care has not begun in; the numbers stay used. Raises NeedsReason, IllegalStep."""
        uow.about(visit_uid)
        self._cancel(uow, uow.get(Visit, visit_uid), reason(why))

    @command("visit.move", DESK)
    def move(self, uow: UnitOfWork, visit_uid: str, person_uid: str, why: str, status_reason: str = "") -> rows.Moved:
        """The visit was opened on the wrong person: give it, its numbers included, to the right one.

        What was judged and noted by the wrong person is judged anew; the place in line is kept, and the answer says
        where the rule would send the right one. Raises NeedsReason, AsksFirst (without status_reason), AlreadyHere,
        IllegalStep (care has begun: what was written belongs to a person).
        """
        uow.about(visit_uid)
        words = reason(why)
        visit = uow.get(Visit, visit_uid)
        person = self._survivor(uow, person_uid)
        entries = uow.all(QueueEntry, visit_uid=visit.uid)
        if visit.state is not VisitState.OPEN or any(e.started_at for e in entries):
            raise IllegalStep("Pelayanan sudah dimulai, jadi tidak dapat dipindah. Batalkan lewat ruang pelayanan.")
        _sure_of(person, status_reason)
        earlier = _earlier(uow, person)
        if any(v.service_date == visit.service_date for v in earlier):
            raise AlreadyHere
        routing = self._route(uow, person, uow.ask(rows.LatestPregnancy(person.uid)), _as_asked(visit))
        place = self._place(uow, routing)
        moved = uow.change(
            visit,
            person_uid=person.uid,
            payer=person.payer,
            payer_fktp=person.payer_fktp,
            payer_status=person.payer_status,
            cluster=visit.cluster if visit.override else place.cluster,
            rule=routing.rule_code,
            rule_words=routing.reason,
            rule_version=routing.reference_version,
            status_reason=status_reason.strip() if _question_first(person) else "",
            moved_reason="; ".join(filter(None, (visit.moved_reason, words))),
            priority=routing.priority.mixed,
            priority_groups=routing.priority.groups,
            emergency=routing.priority.mixed == 0,
            **_of_person(person, earlier, visit.service_date),
        )
        for entry in entries:
            uow.change(entry, person_uid=person.uid)
            uow.announce("queue", entry.uid)
        self._rank_anew(uow, moved)
        uow.announce("visit", visit.uid)
        here = uow.get(ServicePoint, entries[0].service_point_uid)
        there = visit.override or place.uid in [e.service_point_uid for e in entries]
        elsewhere = "" if there else place.name
        return rows.Moved(visit.uid, person.uid, person.name, entries[0].ticket, here.name, elsewhere, routing.reason)

    # -- parts

    def _queue(
        self,
        uow: UnitOfWork,
        visit: Visit,
        point: ServicePoint,
        entry_uid: str,
        rank: int,
        first: QueueEntry | None = None,
        before: str = "",
    ) -> QueueEntry:
        """Wait at a service point; the number is drawn once a visit and kept. before: what `remembered` gave."""
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
        uow.add(QueueEvent(uid=new_uid(), entry_uid=entry.uid, step=QueueStep.ISSUED, note=before))
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
        entries = [e for e in uow.all(QueueEntry, visit_uid=visit.uid) if e.state is not QueueState.VOIDED]
        places = [uow.get(ServicePoint, e.service_point_uid).name for e in entries]
        return rows.TodaysVisit(
            visit.uid,
            visit.row_version,
            tuple(dict.fromkeys(e.ticket for e in entries)),
            visit.state.value,
            ", ".join(dict.fromkeys(places)),
            tuple(e.service_point_uid for e in entries if e.state not in (*ENDED, QueueState.ABSENT)),
            entries[-1].uid if entries else "",
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


def _earlier(uow: UnitOfWork, person: Person) -> tuple[Visit, ...]:
    """The visits that took place, or do; a cancelled one is as if nobody had come."""
    return tuple(v for v in uow.all(Visit, person_uid=person.uid) if v.state is not VisitState.CANCELLED)


def _of_person(person: Person, earlier: Sequence[Visit], day: date) -> dict[str, Any]:
    """What a visit notes of the person as of its day."""
    return {
        "new_patient": not earlier,
        "first_this_year": not any(v.service_date.year == day.year for v in earlier),
        "age_days": (day - person.born_on).days if person.born_on else None,
    }


def _as_asked(visit: Visit) -> Circumstances:
    """What the desk had said when it registered this visit."""
    return Circumstances(
        reason=visit.reason,
        service=visit.service,
        emergency=visit.emergency,
        danger_sign=visit.danger_sign,
        infection=visit.infectious,
        infection_sign=visit.infection_sign,
        building=visit.building,
        origin=visit.origin,
        origin_code=visit.origin_code,
        late=visit.late,
    )


def _sure_of(person: Person, status_reason: str) -> None:
    """Raises AsksFirst where somebody is recorded as dead or moved and nobody said why they stand here."""
    asks = _question_first(person)
    if asks and not status_reason.strip():
        raise AsksFirst(asks)


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


def _pregnancy_chip(pregnancy: Pregnancy | None, today: date, reference: Reference) -> str:
    """`Hamil 28 mgg`, `Hamil 42 mgg, pastikan hasilnya`, `Pastikan hasil kehamilan`, `Nifas 12 hr`, or empty."""
    asked = outcome_asked(pregnancy, today, reference)
    if pregnancy is not None and goes_on(pregnancy, today, reference):
        return f"Hamil {weeks_text(pregnancy.lmp, today)}{', pastikan hasilnya' if asked else ''}"
    if asked:
        return "Pastikan hasil kehamilan"
    days = after_birth(pregnancy, today, reference)
    return "" if days is None else f"Nifas {days} hr"


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
