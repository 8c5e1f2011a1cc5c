"""The room: vital signs, history and examination, diagnoses, therapy, plan, and finishing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from ilp_desk.domain.alarms import Alarm
from ilp_desk.domain.clinical import (
    AlarmAnswer,
    Allergy,
    Diagnosis,
    Note,
    Observation,
    Pregnancy,
    Problem,
    Procedure,
    VitalSigns,
)
from ilp_desk.domain.danger import measured
from ilp_desk.domain.maternity.pregnancy import after_birth, goes_on
from ilp_desk.domain.person import Person
from ilp_desk.domain.person_form import tidy as tidy_line
from ilp_desk.domain.queueing import LINE
from ilp_desk.domain.record import new_uid, reason
from ilp_desk.domain.reference import Reference
from ilp_desk.domain.reference.signs import Level
from ilp_desk.domain.referral_rules import tidy
from ilp_desk.domain.site import ServicePoint
from ilp_desk.domain.staff import CARE, CLINICIANS, Role
from ilp_desk.domain.text.ages import weeks_text
from ilp_desk.domain.visit import QueueEntry, QueueState, QueueStep, Visit
from ilp_desk.errors import Conflict, InvalidInput, NotAllowed, UserError
from ilp_desk.ports import UnitOfWork
from ilp_desk.rows import encounter as rows
from ilp_desk.services import diagnoses
from ilp_desk.services.background import Background, live_problems
from ilp_desk.services.danger_signs import DangerSigns
from ilp_desk.services.encounters import open_visit, read_encounter, standing_alarms
from ilp_desk.services.room_drafts import RoomDrafts
from ilp_desk.services.steps import close_if_done, return_to_sender, step
from ilp_desk.services.takings import VITALS as VITALS
from ilp_desk.services.takings import Taking as Taking
from ilp_desk.services.takings import UnlikelyValue as UnlikelyValue
from ilp_desk.services.takings import store_taking
from ilp_desk.work import command, question

DRAFTS = ("room", "growth", "immunization", "instrument")
"""Screens whose drafts of a visit go when it is finished."""
SECTIONS = ("complaint", "anamnesis", "examination", "therapy", "plan")
PRESCRIBERS = frozenset({Role.DOCTOR, Role.DENTIST, Role.MIDWIFE, Role.NURSE})


class SomebodyElseWrote(Conflict):
    default = "Bagian ini baru saja ditulis petugas lain. Baca tulisannya, lalu gabungkan dengan tulisan Anda."


class NotFinished(UserError):
    default = "Belum dapat diselesaikan. Lengkapi yang diminta dulu."


class Examination(Background, DangerSigns, RoomDrafts):
    """What clinicians write in a visit, section by section, each told of the other."""

    @question("encounter.open", CARE)
    def open(self, uow: UnitOfWork, entry_uid: str) -> rows.Encounter:
        """The whole visit behind a queue entry; opening is noted."""
        entry = uow.get(QueueEntry, entry_uid)
        uow.about(entry.visit_uid)
        uow.opened(entry.person_uid)
        return read_encounter(uow, entry, self.tools.in_force, self.tools.clock)

    @question("room.places", CARE)
    def places(self, uow: UnitOfWork) -> tuple[rows.RoomPlace, ...]:
        """All active service points with their rooms, in the order of the site."""
        points = sorted(uow.all(ServicePoint, active=True), key=lambda p: p.position)
        return tuple(
            rows.RoomPlace(p.uid, p.code, p.name, p.cluster, p.letter, p.rooms, p.comes_back, p.send_order)
            for p in points
        )

    @question("room.hints", CARE)
    def hints(self, uow: UnitOfWork, point_uid: str) -> rows.RoomHints:
        """Pregnancy and childbirth of those who wait, and what the actor left unsaved: for the queue in the room."""
        found = uow.ask(rows.PregnantAt(point_uid, uow.today))
        words = {entry: _pregnancy_hint(pregnancy, uow.today, self.reference) for entry, pregnancy in found.items()}
        drafts = frozenset(draft.subject for draft in uow.drafts("room") if draft.content)
        red = frozenset(
            entry.uid
            for entry in uow.all(QueueEntry, service_point_uid=point_uid, service_date=uow.today)
            if entry.sent_from_uid and entry.state in LINE and self._red(uow, uow.get(Visit, entry.visit_uid))
        )
        return rows.RoomHints({entry: text for entry, text in words.items() if text}, drafts, red)

    @command("encounter.complaint", CARE)
    def write_complaint(self, uow: UnitOfWork, visit_uid: str, text: str, seen: str | None = None) -> None:
        """The chief complaint, which the desk may have typed already.

        seen: what the writer had in front of them, None where that does not matter. Raises SomebodyElseWrote.
        """
        visit = self._open_visit(uow, visit_uid)
        words = tidy_line(text)
        if visit.complaint == words:
            return
        if seen is not None and seen != visit.complaint:
            raise SomebodyElseWrote
        uow.change(visit, complaint=words)
        uow.announce("visit", visit.uid)

    @command("encounter.vitals", CARE)
    def take(self, uow: UnitOfWork, taking: Taking) -> tuple[rows.RaisedAlarm, ...]:
        """Record one taking; gives the alarms that stand now.

        Raises InvalidInput (impossible, `field` is the code) and UnlikelyValue (not confirmed yet).
        """
        visit = self._open_visit(uow, taking.visit_uid)
        person = uow.get(Person, visit.person_uid)
        if uow.find(VitalSigns, taking.uid) is None and uow.find(Observation, taking.uid) is None:
            store_taking(uow, visit, person, taking, self.reference)
            uow.announce("visit", visit.uid)
        return standing_alarms(uow, visit, person, self.reference, self.tools.clock)

    @command("encounter.withdraw", CARE)
    def withdraw(self, uow: UnitOfWork, kind: str, uid: str, why: str) -> None:
        """Take back something written by mistake; it stays on record, voided with the reason.

        kind: taking (all that was measured at once, uid as in `rows.Taken`), vitals, observation, diagnosis, procedure,
        allergy, problem.
        """
        words = reason(why)
        if kind in ("diagnosis", "procedure") and not uow.actor.roles & PRESCRIBERS:
            raise NotAllowed
        record = self._to_withdraw(uow, kind, uid)
        uow.about(record.visit_uid or record.person_uid)
        if record.visit_uid:
            self._open_visit(uow, record.visit_uid)
        uow.void(record, words)
        if kind == "taking":
            self._withdraw_the_rest(uow, record, words)
        if kind == "diagnosis" and record.primary:
            left = uow.all(Diagnosis, visit_uid=record.visit_uid)
            if left:
                uow.change(left[0], primary=True)
        person = uow.get(Person, record.person_uid)
        if kind == "allergy" and not uow.all(Allergy, person_uid=person.uid):
            uow.change(person, allergy_state="not_asked")
        if kind == "problem" and not live_problems(uow, person):
            uow.change(person, problem_state="not_asked")
        uow.announce(*(("visit", record.visit_uid) if record.visit_uid else ("person", record.person_uid)))

    @command("encounter.write", CLINICIANS)
    def write(self, uow: UnitOfWork, visit_uid: str, section: str, text: str, seen_uid: str = "") -> Note | None:
        """Write one section; what stood there stays on record as replaced.

        seen_uid: the note the writer had in front of them (empty: none). Raises SomebodyElseWrote when another note
        stands there by now.
        """
        if section not in SECTIONS:
            raise ValueError(section)
        visit = self._open_visit(uow, visit_uid)
        standing = next((n for n in uow.all(Note, visit_uid=visit.uid) if n.section == section), None)
        words = tidy(text)
        if standing is not None and standing.text == words:
            return standing
        if (standing.uid if standing else "") != seen_uid:
            raise SomebodyElseWrote
        if standing is not None:
            written = uow.amend(standing, text=words, taken_at=uow.now)
        elif words:
            written = uow.add(
                Note(
                    uid=new_uid(),
                    person_uid=visit.person_uid,
                    visit_uid=visit.uid,
                    taken_at=uow.now,
                    section=section,
                    text=words,
                )
            )
        else:
            return None
        uow.announce("visit", visit.uid)
        return written

    @command("encounter.diagnose", PRESCRIBERS)
    def diagnose(
        self, uow: UnitOfWork, visit_uid: str, uid: str, code: str, title: str, course: str = "new"
    ) -> Diagnosis:
        """Add a diagnosis; the first one is the primary one. Raises InvalidInput (twice the same, unknown course)."""
        visit = self._open_visit(uow, visit_uid)
        done = uow.find(Diagnosis, uid)
        if done is not None:
            return done
        standing = uow.all(Diagnosis, visit_uid=visit.uid)
        if any(d.code == code for d in standing):
            raise InvalidInput("diagnosis", f"{code} sudah ada di daftar diagnosis kunjungan ini.")
        if course not in ("new", "old", "follow_up"):
            raise ValueError(course)
        made = uow.add(
            Diagnosis(
                uid=uid,
                person_uid=visit.person_uid,
                visit_uid=visit.uid,
                taken_at=uow.now,
                code=code,
                title=title,
                primary=not standing,
                course=course,
            )
        )
        uow.announce("visit", visit.uid)
        return made

    @command("encounter.diagnosis", PRESCRIBERS)
    def change_diagnosis(
        self, uow: UnitOfWork, uid: str, *, primary: bool | None = None, course: str | None = None
    ) -> Diagnosis:
        """Make a diagnosis the primary one, or say new, old or follow-up."""
        chosen = uow.get(Diagnosis, uid)
        visit = self._open_visit(uow, chosen.visit_uid or "")
        if primary:
            for other in uow.all(Diagnosis, visit_uid=visit.uid):
                if other.primary and other.uid != uid:
                    uow.change(other, primary=False)
        changed = uow.change(
            chosen,
            primary=chosen.primary if primary is None else primary,
            course=course or chosen.course,
        )
        uow.announce("visit", visit.uid)
        return changed

    @command("encounter.procedure", PRESCRIBERS)
    def add_procedure(self, uow: UnitOfWork, visit_uid: str, uid: str, text: str, code: str = "") -> Procedure:
        """Record something that was done."""
        visit = self._open_visit(uow, visit_uid)
        done = uow.find(Procedure, uid)
        if done is not None:
            return done
        words = tidy_line(text)
        if not words:
            raise InvalidInput("procedure", "Tulis tindakan yang dilakukan.")
        made = uow.add(
            Procedure(
                uid=uid,
                person_uid=visit.person_uid,
                visit_uid=visit.uid,
                taken_at=uow.now,
                text=words,
                code=code,
            )
        )
        uow.announce("visit", visit.uid)
        return made

    @command("encounter.plan", CLINICIANS)
    def plan_next(
        self,
        uow: UnitOfWork,
        visit_uid: str,
        on: date | None,
        note: str = "",
        seen: tuple[date | None, str] | None = None,
    ) -> None:
        """When to come back, and what for.

        seen: date and note the writer had in front of them, None where that does not matter. Raises InvalidInput for a
        day that has passed, SomebodyElseWrote.
        """
        visit = self._open_visit(uow, visit_uid)
        if on is not None and on <= visit.service_date:
            raise InvalidInput("next_visit", "Tanggal kembali harus sesudah hari ini.")
        words = tidy_line(note)
        standing = (visit.next_visit_on, visit.next_visit_note)
        if standing == (on, words):
            return
        if seen is not None and seen != standing:
            raise SomebodyElseWrote
        uow.change(visit, next_visit_on=on, next_visit_note=words)
        uow.announce("visit", visit.uid)

    @command("encounter.alarm", CARE)
    def answer_alarm(self, uow: UnitOfWork, visit_uid: str, alarm: Alarm, answer: str, why: str = "") -> None:
        """What was done about an alarm: answer done, or ignored with a reason. It is about these figures only."""
        if answer not in ("done", "ignored"):
            raise ValueError(answer)
        visit = self._open_visit(uow, visit_uid)
        uow.add(
            AlarmAnswer(
                uid=new_uid(),
                visit_uid=visit.uid,
                person_uid=visit.person_uid,
                rule=alarm.rule,
                level=alarm.level.value,
                version=alarm.version,
                about=alarm.reason,
                answer=answer,
                reason=reason(why) if answer == "ignored" else tidy_line(why),
            )
        )
        uow.announce("visit", visit.uid)

    @question("encounter.favourites", CARE)
    def favourites(self, uow: UnitOfWork) -> tuple[str, ...]:
        """The actor's most used ICD-10 codes, most used first."""
        return uow.ask(rows.FavouriteCodes(uow.actor.staff_uid))

    @question("encounter.codes", CARE)
    def find_codes(
        self, uow: UnitOfWork, text: str, favourites: Sequence[str] = (), limit: int = 20
    ) -> tuple[rows.CodeHit, ...]:
        """ICD-10 codes for what was typed, best first; the favourites alone where nothing is typed."""
        return diagnoses.find_codes(self.tools.in_force, text, favourites, limit)

    @question("encounter.missing", CARE)
    def missing(self, uow: UnitOfWork, entry_uid: str) -> tuple[str, ...]:
        """What finishing still wants, as sentences; empty if nothing."""
        entry = uow.get(QueueEntry, entry_uid)
        uow.about(entry.visit_uid)
        return self._missing(uow, uow.get(Visit, entry.visit_uid))

    @command("encounter.finish", CARE)
    def finish(self, uow: UnitOfWork, entry_uid: str, discharge: str = "") -> QueueEntry:
        """Care here is done. On to the pharmacy with the same number: `queueing.send_on(..., returns=False)` before it.

        discharge: code of codes.toml; empty leaves what stands, where others decide it (laboratory, pharmacy). A
        clinician's room needs a diagnosis; a red alarm needs an answer of who may diagnose, or of who measured it.
        Raises NotFinished with what is missing.
        """
        entry = uow.get(QueueEntry, entry_uid)
        visit = self._open_visit(uow, entry.visit_uid)
        missing = self._missing(uow, visit)
        if missing:
            raise NotFinished(missing[0])
        if entry.state in (QueueState.WAITING, QueueState.CALLED, QueueState.SKIPPED, QueueState.CAME_BACK):
            entry = step(uow, entry.uid, QueueStep.STARTED, started_at=entry.started_at or uow.now)
        if entry.state is not QueueState.FINISHED:
            entry = step(uow, entry.uid, QueueStep.FINISHED, ended_at=uow.now)
        return_to_sender(uow, entry)
        visit = uow.get(Visit, visit.uid)
        if discharge and discharge != visit.discharge:
            uow.change(visit, discharge=discharge)
        close_if_done(uow, visit.uid)
        for screen in DRAFTS:
            uow.drop_draft(screen, visit.uid)
        return entry

    # -- parts

    def _red(self, uow: UnitOfWork, visit: Visit) -> bool:
        """Whether a red alarm of a visit wants an answer."""
        standing = standing_alarms(uow, visit, uow.get(Person, visit.person_uid), self.reference, self.tools.clock)
        return any(a.alarm.level is Level.RED and not a.answered for a in standing)

    def _open_visit(self, uow: UnitOfWork, visit_uid: str) -> Visit:
        return open_visit(uow, visit_uid)

    def _missing(self, uow: UnitOfWork, visit: Visit) -> tuple[str, ...]:
        person = uow.get(Person, visit.person_uid)
        found = []
        if uow.actor.clinician and not uow.all(Diagnosis, visit_uid=visit.uid):
            found.append("Belum ada diagnosis. Isi sedikitnya satu (Z00 untuk kunjungan sehat).")
        decides = bool(uow.actor.roles & PRESCRIBERS)
        standing = standing_alarms(uow, visit, person, self.reference, self.tools.clock)
        if any(a.alarm.level is Level.RED and not a.answered and (decides or a.mine) for a in standing):
            found.append("Tanda bahaya merah belum dijawab. Catat tindakannya, atau abaikan dengan alasan.")
        return tuple(found)

    def _to_withdraw(self, uow: UnitOfWork, kind: str, uid: str) -> Any:
        if kind == "taking":
            return uow.find(VitalSigns, uid) or uow.get(Observation, uid)
        return uow.get(_WITHDRAWABLE[kind], uid)

    def _withdraw_the_rest(self, uow: UnitOfWork, record: Any, words: str) -> None:
        """Results that were recorded at the same instant by the same person belong to the same taking."""
        for other in measured(uow.all(Observation, visit_uid=record.visit_uid)):
            if other.taken_at == record.taken_at and other.made_by == record.made_by:
                uow.void(other, words)


_WITHDRAWABLE: dict[str, Any] = {
    "vitals": VitalSigns,
    "observation": Observation,
    "diagnosis": Diagnosis,
    "procedure": Procedure,
    "allergy": Allergy,
    "problem": Problem,
}


def _pregnancy_hint(pregnancy: Pregnancy, on: date, reference: Reference) -> str:
    """`hamil 28 mgg`, `nifas hari 9`, or empty."""
    if goes_on(pregnancy, on, reference):
        return f"hamil {weeks_text(pregnancy.lmp, on)}"
    days = after_birth(pregnancy, on, reference)
    return "" if days is None else f"nifas hari {days}"
