"""Reading a record: every opening is noted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from ilp_desk.clock import Clock
from ilp_desk.domain.clinical import (
    AlarmAnswer,
    Allergy,
    Diagnosis,
    Note,
    Observation,
    Problem,
    Procedure,
    VitalSigns,
)
from ilp_desk.domain.maternity.pregnancy import goes_on
from ilp_desk.domain.person import Consent, OldNumber, Person, PersonStatus
from ilp_desk.domain.site import ServicePoint
from ilp_desk.domain.staff import CARE, Role
from ilp_desk.domain.text.ages import age_text, weeks_text
from ilp_desk.domain.text.dates import day_text, time_text
from ilp_desk.domain.visit import QueueEntry, Visit
from ilp_desk.ports import UnitOfWork
from ilp_desk.rows import encounter
from ilp_desk.rows import history as rows
from ilp_desk.rows.arrival import LatestPregnancy
from ilp_desk.rows.papers import Documents, Referrals
from ilp_desk.services.consents import consent_words
from ilp_desk.services.discretion import GUARDED, discreet, hides
from ilp_desk.services.life_cycle.assessed import screened, told_to
from ilp_desk.services.life_cycle.given import given
from ilp_desk.services.registration import address_line
from ilp_desk.work import Service, question

READERS = CARE | {Role.HEAD}
PAGE = 20
STATUS_WORDS = {
    PersonStatus.ACTIVE: "",
    PersonStatus.DEAD: "meninggal",
    PersonStatus.MOVED: "pindah",
    PersonStatus.UNKNOWN: "status belum diketahui",
}


class History(Service):
    """What happened to a person, newest first."""

    @question("history.person", READERS)
    def person(self, uow: UnitOfWork, person_uid: str) -> rows.PersonRecord:
        """The head of a record."""
        person = uow.get(Person, person_uid)
        uow.about(person.uid)
        uow.opened(person.uid)
        consents = [c for c in uow.all(Consent, person_uid=person.uid) if c.kind == "general"]
        pregnancy = uow.ask(LatestPregnancy(person.uid))
        payer = self.reference.codes["payer"].get(person.payer)
        words = ""
        if pregnancy is not None and goes_on(pregnancy, uow.today, self.reference):
            words = weeks_text(pregnancy.lmp, uow.today)
        return rows.PersonRecord(
            person_uid=person.uid,
            name=person.name,
            sex=person.sex.value,
            age=age_text(person.born_on, person.born_precision, uow.today),
            born=day_text(person.born_on, person.born_precision),
            record_number=person.record_number,
            old_numbers=tuple(o.number for o in uow.all(OldNumber, person_uid=person.uid)),
            address=address_line(uow, person),
            mother=person.mother_name,
            payer=payer.label if payer else person.payer,
            status=STATUS_WORDS[person.status],
            consent=consent_words(consents[-1] if consents else None, person, self.tools),
            pregnancy=f"Hamil {words}" if words else "",
            allergies=tuple(
                f"{a.substance} ({a.reaction})" if a.reaction else a.substance
                for a in uow.all(Allergy, person_uid=person.uid)
            ),
            allergy_state=person.allergy_state,
            problems=tuple(
                dict.fromkeys(
                    GUARDED if hides(uow.actor, (p.code,)) else p.title
                    for p in uow.all(Problem, person_uid=person.uid)
                    if p.resolved_on is None
                )
            ),
            problem_state=person.problem_state,
            pressures=uow.ask(encounter.Pressures(person.uid, 12)),
        )

    @question("history.visits", READERS)
    def visits(
        self, uow: UnitOfWork, person_uid: str, before: tuple[date, str] | None = None, limit: int = PAGE
    ) -> rows.VisitPage:
        """A page of visits, newest first."""
        uow.about(person_uid)
        uow.opened(person_uid)
        found = discreet(uow.actor, uow.ask(encounter.PastVisits(person_uid, before=before, limit=limit)))
        last = found[-1] if len(found) == limit else None
        return rows.VisitPage(found, (last.day, last.visit_uid) if last else None)

    @question("history.visit", READERS)
    def visit(self, uow: UnitOfWork, visit_uid: str) -> rows.VisitDetail:
        """One visit whole; of a guarded one only when, where and the vital signs to who does not treat."""
        visit = uow.get(Visit, visit_uid)
        uow.about(visit.uid)
        uow.opened(visit.person_uid)
        person = uow.get(Person, visit.person_uid)
        notes = uow.all(Note, visit_uid=visit.uid)
        answers = told_to(uow, visit, uow.all(AlarmAnswer, visit_uid=visit.uid))
        names = uow.ask(encounter.StaffNames(tuple({r.made_by for r in (*notes, *answers) if r.made_by})))
        local = self.tools.clock.local
        reason = self.reference.visit.reasons.get(visit.reason)
        payer = self.reference.codes["payer"].get(visit.payer)
        discharge = self.reference.codes["discharge"].get(visit.discharge)
        entries = uow.all(QueueEntry, visit_uid=visit.uid)
        next_visit = " · ".join(
            p for p in (day_text(visit.next_visit_on) if visit.next_visit_on else "", visit.next_visit_note) if p
        )
        diagnoses = uow.all(Diagnosis, visit_uid=visit.uid)
        whole = rows.VisitDetail(
            visit_uid=visit.uid,
            day=visit.service_date,
            arrived=time_text(local(visit.arrived_at)),
            reason=reason.label if reason else visit.reason,
            where=tuple(f"{e.ticket} {uow.get(ServicePoint, e.service_point_uid).name}" for e in entries),
            rule=visit.rule_words,
            override=visit.override,
            payer=payer.label if payer else visit.payer,
            state=visit.state.value,
            complaint=visit.complaint,
            takings=tuple((time_text(local(t.taken_at)), t) for t in uow.all(VitalSigns, visit_uid=visit.uid)),
            observations=uow.all(Observation, visit_uid=visit.uid),
            sections=tuple(
                encounter.Written(
                    n,
                    names.get(n.made_by or "", ""),
                    time_text(local(n.made_at)) if n.made_at else "",
                    n.made_by == uow.actor.staff_uid,
                )
                for n in notes
            ),
            diagnoses=diagnoses,
            procedures=uow.all(Procedure, visit_uid=visit.uid),
            discharge=discharge.label if discharge else visit.discharge,
            next_visit=next_visit,
            alarms=tuple(_alarm_line(a, names, self.tools.clock) for a in answers),
            referrals=uow.ask(Referrals(uow.today, self._late_before(uow), visit_uid=visit.uid)),
            documents=uow.ask(Documents(visit_uid=visit.uid)),
            screenings=screened(uow, visit),
            given=given(uow, person, (visit.uid,), self.reference, local).get(visit.uid, ()),
        )
        return _guarded(whole) if hides(uow.actor, (d.code for d in diagnoses)) else whole

    def _late_before(self, uow: UnitOfWork) -> date:
        """Open letters of an earlier day are late."""
        return uow.today - timedelta(days=self.reference.referrals.reply_days)


def _alarm_line(answer: AlarmAnswer, names: Mapping[str, str], clock: Clock) -> str:
    """`TD 162/108: sistol ≥160 pada kehamilan. Ditangani 08.52, Bidan Contoh: nifedipin 10 mg.`"""
    done = "Diabaikan" if answer.answer == "ignored" else "Ditangani"
    at = time_text(clock.local(answer.made_at)) if answer.made_at else ""
    said = ", ".join(p for p in (f"{done} {at}".rstrip(), names.get(answer.made_by or "", "")) if p)
    words = f"{said}: {answer.reason.rstrip('.')}." if answer.reason else f"{said}."
    return f"{answer.about} {words}"


def _guarded(whole: rows.VisitDetail) -> rows.VisitDetail:
    """The same visit without what would tell what it was for: free words name it as well as a code does."""
    return replace(
        whole,
        complaint="",
        observations=(),
        sections=(),
        diagnoses=(),
        procedures=(),
        next_visit="",
        alarms=(),
        referrals=(),
        documents=(),
        screenings=(),
        given=(),
        guarded=True,
    )
