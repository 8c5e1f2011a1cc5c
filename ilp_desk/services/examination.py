"""The room: vital signs, history and examination, diagnoses, therapy, plan, and finishing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ilp_desk.domain.alarms import AlarmFacts, alarms
from ilp_desk.domain.clinical import (
    AlarmAnswer,
    Allergy,
    Diagnosis,
    Draft,
    Note,
    Observation,
    Pregnancy,
    Problem,
    Procedure,
    VitalSigns,
)
from ilp_desk.domain.person import Person, Precision
from ilp_desk.domain.record import new_uid, reason
from ilp_desk.domain.site import ServicePoint
from ilp_desk.domain.staff import CARE, CLINICIANS, Role
from ilp_desk.domain.text.ages import Age, age, age_text, due_date, weeks_text
from ilp_desk.domain.text.dates import day_text, time_text
from ilp_desk.domain.visit import QueueEntry, QueueState, QueueStep, Visit, VisitState
from ilp_desk.domain.vitals import VitalState, check_vital
from ilp_desk.errors import Conflict, IllegalStep, InvalidInput, UserError
from ilp_desk.ports import UnitOfWork
from ilp_desk.rows import encounter as rows
from ilp_desk.rows.arrival import LatestPregnancy
from ilp_desk.services.registration import address_line
from ilp_desk.services.steps import close_if_done, return_to_sender, step
from ilp_desk.work import Service, command, question

SECTIONS = ("complaint", "anamnesis", "examination", "therapy", "plan")
VITALS = (
    "systolic",
    "diastolic",
    "pulse",
    "respiration",
    "temperature",
    "spo2",
    "weight",
    "height",
    "waist",
    "arm",
    "head",
    "fundus",
    "fetal_heart",
    "glucose",
    "gcs",
    "pain",
)
"""Measures that have a column of their own in `VitalSigns`; every other one is an Observation."""
PRESCRIBERS = frozenset({Role.DOCTOR, Role.DENTIST, Role.MIDWIFE, Role.NURSE})


class SomebodyElseWrote(Conflict):
    default = "Bagian ini baru saja ditulis petugas lain. Baca tulisannya, lalu gabungkan dengan tulisan Anda."


class NotFinished(UserError):
    default = "Belum dapat diselesaikan. Lengkapi yang diminta dulu."


@dataclass(frozen=True, kw_only=True, slots=True)
class Taking:
    """Vital signs and results as typed: code of vitals.toml or observations.toml -> text ("162/108", "36,7", "HI").

    confirmed: codes whose unlikely value was confirmed once. glucose_kind: random, fasting, 2h. position: L or H.
    """

    uid: str
    visit_uid: str
    typed: Mapping[str, str]
    confirmed: frozenset[str] = frozenset()
    glucose_kind: str = ""
    position: str = ""


class UnlikelyValue(InvalidInput):
    """An unlikely value was not confirmed yet; `field` is its code."""


class Examination(Service):
    """What clinicians write in a visit, section by section, each told of the other."""

    @question("encounter.open", CARE)
    def open(self, uow: UnitOfWork, entry_uid: str) -> rows.Encounter:
        """The whole visit behind a queue entry; opening is noted."""
        entry = uow.get(QueueEntry, entry_uid)
        visit = uow.get(Visit, entry.visit_uid)
        person = uow.get(Person, visit.person_uid)
        uow.about(visit.uid)
        uow.opened(person.uid)
        point = uow.get(ServicePoint, entry.service_point_uid)
        pregnancy = uow.ask(LatestPregnancy(person.uid))
        if pregnancy is not None and not self._pregnant(pregnancy, visit.service_date):
            pregnancy = None
        weeks = (visit.service_date - pregnancy.lmp).days // 7 if pregnancy else None
        notes = uow.all(Note, visit_uid=visit.uid)
        takings = uow.all(VitalSigns, visit_uid=visit.uid)
        diagnoses = uow.all(Diagnosis, visit_uid=visit.uid)
        writers = tuple(dict.fromkeys(r.made_by for r in (*notes, *takings, *diagnoses) if r.made_by))
        names = uow.ask(rows.StaffNames(writers))
        return rows.Encounter(
            visit_uid=visit.uid,
            visit_version=visit.row_version,
            entry_uid=entry.uid,
            entry_state=entry.state,
            ticket=entry.ticket,
            point_uid=point.uid,
            point=point.name,
            room=entry.room,
            person_uid=person.uid,
            person_version=person.row_version,
            name=person.name,
            sex=person.sex.value,
            age=age_text(person.born_on, person.born_precision, visit.service_date),
            age_days=(visit.service_date - person.born_on).days if person.born_on else None,
            born=day_text(person.born_on, person.born_precision),
            record_number=person.record_number,
            payer=visit.payer,
            address=address_line(uow, person),
            infectious=visit.infectious,
            pregnancy=pregnancy,
            pregnancy_words=_pregnancy_words(pregnancy, visit.service_date),
            pregnancy_weeks=weeks,
            allergy_state=person.allergy_state,
            allergies=uow.all(Allergy, person_uid=person.uid),
            problem_state=person.problem_state,
            problems=tuple(p for p in uow.all(Problem, person_uid=person.uid) if p.resolved_on is None),
            complaint=visit.complaint,
            takings=takings,
            observations=uow.all(Observation, visit_uid=visit.uid),
            sections=tuple(self._written(n, names, uow.actor.staff_uid) for n in notes),
            diagnoses=diagnoses,
            procedures=uow.all(Procedure, visit_uid=visit.uid),
            next_visit_on=visit.next_visit_on,
            next_visit_note=visit.next_visit_note,
            alarms=self._alarms(uow, visit, person, pregnancy),
            colleagues=self._colleagues(notes, takings, diagnoses, names, uow.actor.staff_uid),
            history=uow.ask(rows.PastVisits(person.uid, visit.uid)),
            pressures=uow.ask(rows.Pressures(person.uid)),
        )

    @command("encounter.complaint", CARE)
    def write_complaint(self, uow: UnitOfWork, visit_uid: str, text: str) -> None:
        """The chief complaint, which the desk may have typed already."""
        visit = self._open_visit(uow, visit_uid)
        if visit.complaint != text.strip():
            uow.change(visit, complaint=text.strip())
            uow.announce("visit", visit.uid)

    @command("encounter.vitals", CARE)
    def take(self, uow: UnitOfWork, taking: Taking) -> tuple[rows.RaisedAlarm, ...]:
        """Record one taking; gives the alarms that stand now.

        Raises InvalidInput (impossible, `field` is the code) and UnlikelyValue (not confirmed yet).
        """
        visit = self._open_visit(uow, taking.visit_uid)
        person = uow.get(Person, visit.person_uid)
        if uow.find(VitalSigns, taking.uid) is None:
            self._store(uow, visit, person, taking)
            uow.announce("visit", visit.uid)
        pregnancy = uow.ask(LatestPregnancy(person.uid))
        return self._alarms(uow, visit, person, pregnancy)

    @command("encounter.withdraw", CARE)
    def withdraw(self, uow: UnitOfWork, kind: str, uid: str, why: str) -> None:
        """Take back something written by mistake; it stays on record, voided with the reason.

        kind: vitals, observation, diagnosis, procedure, allergy, problem.
        """
        record = uow.get(_WITHDRAWABLE[kind], uid)
        uow.about(record.visit_uid or record.person_uid)
        if record.visit_uid:
            self._open_visit(uow, record.visit_uid)
        uow.void(record, reason(why))
        person = uow.get(Person, record.person_uid)
        if kind == "allergy" and not uow.all(Allergy, person_uid=person.uid):
            uow.change(person, allergy_state="not_asked")
        if kind == "problem" and not uow.all(Problem, person_uid=person.uid):
            uow.change(person, problem_state="not_asked")
        uow.announce("visit", record.visit_uid or record.person_uid)

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
        if (standing.uid if standing else "") != seen_uid:
            raise SomebodyElseWrote
        words = text.strip()
        if standing is not None and standing.text == words:
            return standing
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
        if not text.strip():
            raise InvalidInput("procedure", "Tulis tindakan yang dilakukan.")
        made = uow.add(
            Procedure(
                uid=uid,
                person_uid=visit.person_uid,
                visit_uid=visit.uid,
                taken_at=uow.now,
                text=text.strip(),
                code=code,
            )
        )
        uow.announce("visit", visit.uid)
        return made

    @command("person.allergy", CARE)
    def add_allergy(
        self, uow: UnitOfWork, person_uid: str, uid: str, substance: str, reaction: str = "", kind: str = "drug"
    ) -> Allergy:
        """Record an allergy, once each substance. Raises InvalidInput."""
        person = uow.get(Person, person_uid)
        uow.about(person.uid)
        words = " ".join(substance.split())
        if not words:
            raise InvalidInput("substance", "Tulis nama obat, makanan, atau zatnya.")
        if any(a.substance.casefold() == words.casefold() for a in uow.all(Allergy, person_uid=person.uid)):
            raise InvalidInput("substance", f"Alergi {words} sudah tercatat.")
        made = uow.add(
            Allergy(
                uid=uid,
                person_uid=person.uid,
                taken_at=uow.now,
                substance=words,
                reaction=reaction.strip(),
                kind=kind,
            )
        )
        self._state(uow, person, allergy_state="present")
        return made

    @command("person.no_allergy", CARE)
    def no_allergy(self, uow: UnitOfWork, person_uid: str) -> None:
        """Asked, and there is none. Raises InvalidInput while an allergy stands."""
        person = uow.get(Person, person_uid)
        uow.about(person.uid)
        if uow.all(Allergy, person_uid=person.uid):
            raise InvalidInput("allergy", "Masih ada alergi tercatat. Tarik dulu dengan alasan bila keliru.")
        self._state(uow, person, allergy_state="none")

    @command("person.problem", CARE)
    def add_problem(
        self,
        uow: UnitOfWork,
        person_uid: str,
        uid: str,
        title: str,
        code: str = "",
        since: date | None = None,
        since_precision: str = "year",
    ) -> Problem:
        """Record a long-standing condition. Raises InvalidInput (empty, there already, before birth)."""
        person = uow.get(Person, person_uid)
        uow.about(person.uid)
        words = " ".join(title.split())
        if not words:
            raise InvalidInput("problem", "Tulis nama penyakitnya.")
        standing = [p for p in uow.all(Problem, person_uid=person.uid) if p.resolved_on is None]
        if any(p.title.casefold() == words.casefold() or (code and p.code == code) for p in standing):
            raise InvalidInput("problem", f"{words} sudah tercatat.")
        if since and person.born_on and person.born_precision is Precision.DAY and since.year < person.born_on.year:
            raise InvalidInput("since", "Mulai sakit sebelum lahir tidak mungkin. Periksa tahunnya.")
        made = uow.add(
            Problem(
                uid=uid,
                person_uid=person.uid,
                taken_at=uow.now,
                title=words,
                code=code,
                since=since,
                since_precision=since_precision,
            )
        )
        self._state(uow, person, problem_state="present")
        return made

    @command("person.no_problem", CARE)
    def no_problem(self, uow: UnitOfWork, person_uid: str) -> None:
        """Asked, and no long-standing condition is known."""
        person = uow.get(Person, person_uid)
        uow.about(person.uid)
        if [p for p in uow.all(Problem, person_uid=person.uid) if p.resolved_on is None]:
            raise InvalidInput("problem", "Masih ada penyakit tercatat. Tarik dulu dengan alasan bila keliru.")
        self._state(uow, person, problem_state="none")

    @command("encounter.plan", CLINICIANS)
    def plan_next(self, uow: UnitOfWork, visit_uid: str, on: date | None, note: str = "") -> None:
        """When to come back, and what for. Raises InvalidInput for a day that has passed."""
        visit = self._open_visit(uow, visit_uid)
        if on is not None and on <= visit.service_date:
            raise InvalidInput("next_visit", "Tanggal kembali harus sesudah hari ini.")
        uow.change(visit, next_visit_on=on, next_visit_note=note.strip())
        uow.announce("visit", visit.uid)

    @command("encounter.alarm", CARE)
    def answer_alarm(
        self, uow: UnitOfWork, visit_uid: str, rule: str, level: str, version: str, answer: str, why: str = ""
    ) -> None:
        """What was done about an alarm: answer done, or ignored with a reason."""
        visit = self._open_visit(uow, visit_uid)
        uow.add(
            AlarmAnswer(
                uid=new_uid(),
                visit_uid=visit.uid,
                person_uid=visit.person_uid,
                rule=rule,
                level=level,
                version=version,
                answer=answer,
                reason=reason(why) if answer == "ignored" else why.strip(),
            )
        )
        uow.announce("visit", visit.uid)

    @question("encounter.favourites", CARE)
    def favourites(self, uow: UnitOfWork) -> tuple[str, ...]:
        """The actor's most used ICD-10 codes."""
        return uow.ask(rows.FavouriteCodes(uow.actor.staff_uid))

    @command("encounter.finish", CARE)
    def finish(self, uow: UnitOfWork, entry_uid: str, discharge: str = "home") -> QueueEntry:
        """Care here is done. On to the pharmacy with the same number: `queueing.send_on(..., returns=False)`.

        A clinician's room needs a diagnosis; a red alarm needs an answer. Raises NotFinished with what is missing.
        """
        entry = uow.get(QueueEntry, entry_uid)
        visit = self._open_visit(uow, entry.visit_uid)
        person = uow.get(Person, visit.person_uid)
        if uow.actor.clinician and not uow.all(Diagnosis, visit_uid=visit.uid):
            raise NotFinished("Belum ada diagnosis. Isi sedikitnya satu (Z00 untuk kunjungan sehat).")
        standing = self._alarms(uow, visit, person, uow.ask(LatestPregnancy(person.uid)))
        if any(a.level == "red" and not a.answered for a in standing):
            raise NotFinished("Tanda bahaya merah belum dijawab. Catat tindakannya, atau abaikan dengan alasan.")
        if entry.state in (QueueState.WAITING, QueueState.CALLED, QueueState.SKIPPED, QueueState.CAME_BACK):
            entry = step(uow, entry.uid, QueueStep.STARTED, started_at=entry.started_at or uow.now)
        entry = step(uow, entry.uid, QueueStep.FINISHED, ended_at=uow.now)
        if discharge != visit.discharge:
            uow.change(visit, discharge=discharge)
        return_to_sender(uow, entry)
        close_if_done(uow, visit.uid)
        uow.drop_draft("room", visit.uid)
        return entry

    # -- drafts

    @command("draft.keep", CARE, quiet=True)
    def keep_draft(self, uow: UnitOfWork, visit_uid: str, content: Mapping[str, object]) -> datetime:
        """Keep what is typed and not saved; gives the instant it was kept."""
        uow.about(visit_uid)
        uow.keep_draft("room", visit_uid, content)
        return uow.now

    @question("draft.find", CARE)
    def draft(self, uow: UnitOfWork, visit_uid: str) -> Draft | None:
        """What the actor left unsaved in this visit."""
        uow.about(visit_uid)
        return uow.draft("room", visit_uid)

    @command("draft.drop", CARE, quiet=True)
    def drop_draft(self, uow: UnitOfWork, visit_uid: str) -> None:
        """Throw the actor's own draft away."""
        uow.about(visit_uid)
        uow.drop_draft("room", visit_uid)

    # -- parts

    def _open_visit(self, uow: UnitOfWork, visit_uid: str) -> Visit:
        uow.about(visit_uid)
        visit = uow.get(Visit, visit_uid)
        if visit.state is not VisitState.OPEN:
            raise IllegalStep("Kunjungan ini sudah selesai atau dibatalkan, jadi tidak dapat ditulisi lagi.")
        return visit

    def _pregnant(self, pregnancy: Pregnancy, on: date) -> bool:
        days = (on - pregnancy.lmp).days
        return pregnancy.ended_on is None and 0 <= days <= self.reference.routing.pregnancy_days

    def _store(self, uow: UnitOfWork, visit: Visit, person: Person, taking: Taking) -> None:
        years = self._age(person, visit.service_date)
        columns: dict[str, Any] = {}
        special: dict[str, str] = {}
        others: list[tuple[str, str]] = []
        for code, text in taking.typed.items():
            reading = check_vital(code, text, years, self.reference)
            if reading.state is VitalState.EMPTY:
                continue
            if reading.state is VitalState.REFUSED:
                raise InvalidInput(code, reading.sentence)
            if reading.state is VitalState.CONFIRM and code not in taking.confirmed:
                raise UnlikelyValue(code, reading.sentence)
            for part in reading.parts:
                if part.code not in VITALS:
                    others.append((part.code, str(part.value if part.special is None else part.special)))
                elif part.special is not None:
                    special[part.code] = part.special
                else:
                    columns[part.code] = part.value
        if not columns and not special and not others:
            raise InvalidInput("vitals", "Belum ada hasil pengukuran. Isi sedikitnya satu.")
        if columns or special:
            uow.add(
                VitalSigns(
                    uid=taking.uid,
                    person_uid=person.uid,
                    visit_uid=visit.uid,
                    taken_at=uow.now,
                    glucose_kind=taking.glucose_kind if "glucose" in columns or "glucose" in special else "",
                    position=taking.position,
                    special=special or None,
                    confirmed=tuple(sorted(taking.confirmed)),
                    **columns,
                )
            )
        for code, value in others:
            measure = self.reference.measures[code]
            uow.add(
                Observation(
                    uid=new_uid(),
                    person_uid=person.uid,
                    visit_uid=visit.uid,
                    taken_at=uow.now,
                    code=code,
                    value=value,
                    unit=measure.unit,
                )
            )

    def _age(self, person: Person, on: date) -> Age | None:
        return age(person.born_on, on) if person.born_on and person.born_on <= on else None

    def _alarms(
        self, uow: UnitOfWork, visit: Visit, person: Person, pregnancy: Pregnancy | None
    ) -> tuple[rows.RaisedAlarm, ...]:
        """Alarms of the latest value of each measure of this visit, with what was answered."""
        values: dict[str, int | str] = {}
        for taking in uow.all(VitalSigns, visit_uid=visit.uid):
            for code in VITALS:
                value = getattr(taking, code)
                if value is not None:
                    values[code] = value
            values.update(taking.special or {})
        for found in uow.all(Observation, visit_uid=visit.uid):
            values[found.code] = int(found.value) if found.value.lstrip("-").isdigit() else found.value
        pregnant = pregnancy is not None and self._pregnant(pregnancy, visit.service_date)
        after_birth = (
            (visit.service_date - pregnancy.ended_on).days
            if pregnancy and pregnancy.ended_on and pregnancy.outcome == "birth"
            else None
        )
        facts = AlarmFacts(
            on=visit.service_date,
            age=self._age(person, visit.service_date),
            pregnant=pregnant,
            postpartum=after_birth is not None and 0 <= after_birth <= self.reference.routing.postpartum_days,
        )
        answers = {a.rule: a for a in uow.all(AlarmAnswer, visit_uid=visit.uid)}
        return tuple(
            rows.RaisedAlarm(a.code, a.level.value, a.act, a.reason, a.rule, a.version, _answered(answers.get(a.rule)))
            for a in alarms(values, facts, self.reference)
        )

    def _written(self, note: Note, names: Mapping[str, str], me: str) -> rows.Written:
        at = time_text(self.tools.clock.local(note.made_at)) if note.made_at else ""
        return rows.Written(note, names.get(note.made_by or "", ""), at, note.made_by == me)

    def _colleagues(
        self,
        notes: tuple[Note, ...],
        takings: tuple[VitalSigns, ...],
        diagnoses: tuple[Diagnosis, ...],
        names: Mapping[str, str],
        me: str,
    ) -> tuple[str, ...]:
        """`Bidan Contoh: tanda vital 08.41` for each colleague's last act of each kind."""
        said: dict[tuple[str, str], str] = {}
        for what, records in (("tanda vital", takings), ("catatan", notes), ("diagnosis", diagnoses)):
            for record in records:
                if record.made_by and record.made_by != me and record.made_at:
                    at = time_text(self.tools.clock.local(record.made_at))
                    said[record.made_by, what] = f"{names.get(record.made_by, '')}: {what} {at}"
        return tuple(said.values())

    def _state(self, uow: UnitOfWork, person: Person, **state: str) -> None:
        if any(getattr(person, name) != value for name, value in state.items()):
            uow.change(person, **state)
        uow.announce("person", person.uid)


_WITHDRAWABLE: dict[str, Any] = {
    "vitals": VitalSigns,
    "observation": Observation,
    "diagnosis": Diagnosis,
    "procedure": Procedure,
    "allergy": Allergy,
    "problem": Problem,
}


def _answered(answer: AlarmAnswer | None) -> str:
    if answer is None:
        return ""
    return f"diabaikan: {answer.reason}" if answer.answer == "ignored" else answer.reason or "ditangani"


def _pregnancy_words(pregnancy: Pregnancy | None, on: date) -> str:
    """`G2P1A0 · 28 mgg 0 hr · HPL 13-02-2027`."""
    if pregnancy is None:
        return ""
    parts = []
    if pregnancy.gravida is not None:
        parts.append(f"G{pregnancy.gravida}P{pregnancy.para or 0}A{pregnancy.abortus or 0}")
    parts.append(weeks_text(pregnancy.lmp, on, True))
    parts.append(f"HPL {day_text(due_date(pregnancy.lmp))}")
    return " · ".join(parts)
