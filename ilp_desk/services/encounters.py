"""What the room shows of a visit, put together: who it is, what was measured and written by whom, what stands out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from ilp_desk.clock import Clock
from ilp_desk.domain.alarms import Alarm, AlarmFacts, AlarmKey, alarms, measured_alarms, taken, with_earlier
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
from ilp_desk.domain.danger import measured, seen_signs, told
from ilp_desk.domain.maternity.pregnancy import after_birth, goes_on, gpa, outcome_asked
from ilp_desk.domain.person import Person
from ilp_desk.domain.reference import Reference
from ilp_desk.domain.reference.in_force import InForce
from ilp_desk.domain.reference.signs import Level
from ilp_desk.domain.site import ServicePoint
from ilp_desk.domain.text.ages import Age, age, age_text, due_date, weeks_text
from ilp_desk.domain.text.dates import day_text, time_text
from ilp_desk.domain.visit import QueueEntry, Visit, VisitState
from ilp_desk.domain.vitals import read_kept, show, show_kept
from ilp_desk.errors import IllegalStep
from ilp_desk.ports import UnitOfWork
from ilp_desk.rows import encounter as rows
from ilp_desk.rows.arrival import LatestPregnancy
from ilp_desk.services.diagnoses import unlisted
from ilp_desk.services.discretion import discreet
from ilp_desk.services.life_cycle.assessed import assessed_alarms, screened, told_to
from ilp_desk.services.life_cycle.given import given
from ilp_desk.services.registration import address_line


def open_visit(uow: UnitOfWork, visit_uid: str) -> Visit:
    """The visit, to be written in; raises IllegalStep where it is over."""
    uow.about(visit_uid)
    visit = uow.get(Visit, visit_uid)
    if visit.state is not VisitState.OPEN:
        raise IllegalStep("Kunjungan ini sudah selesai atau dibatalkan, jadi tidak dapat ditulisi lagi.")
    return visit


def own_visit(uow: UnitOfWork, visit_uid: str, person_uid: str) -> Visit:
    """The visit of this person, to be written in; raises IllegalStep where it is over or somebody else's."""
    visit = open_visit(uow, visit_uid)
    if visit.person_uid != person_uid:
        raise IllegalStep("Kunjungan ini milik orang lain. Buka lagi pasiennya, lalu catat di sana.")
    return visit


def read_encounter(uow: UnitOfWork, entry: QueueEntry, rules: InForce, clock: Clock) -> rows.Encounter:
    """The whole visit behind a queue entry."""
    reference = rules.reference
    visit = uow.get(Visit, entry.visit_uid)
    person = uow.get(Person, visit.person_uid)
    point = uow.get(ServicePoint, entry.service_point_uid)
    latest = uow.ask(LatestPregnancy(person.uid))
    pregnancy = latest if goes_on(latest, visit.service_date, reference) else None
    notes = uow.all(Note, visit_uid=visit.uid)
    vitals = uow.all(VitalSigns, visit_uid=visit.uid)
    results = uow.all(Observation, visit_uid=visit.uid)
    diagnoses = uow.all(Diagnosis, visit_uid=visit.uid)
    procedures = uow.all(Procedure, visit_uid=visit.uid)
    problems = tuple(p for p in uow.all(Problem, person_uid=person.uid) if p.resolved_on is None)
    writers = tuple(dict.fromkeys(r.made_by for r in (*notes, *vitals, *results, *diagnoses, *procedures) if r.made_by))
    names = uow.ask(rows.StaffNames(writers)) if writers else {}
    me = uow.actor.staff_uid
    answers = standing_answers(uow, visit)
    sender = uow.find(QueueEntry, entry.sent_from_uid)
    payer = reference.codes["payer"].get(visit.payer or person.payer)
    return rows.Encounter(
        visit_uid=visit.uid,
        visit_version=visit.row_version,
        visit_state=visit.state,
        on=visit.service_date,
        entry_uid=entry.uid,
        entry_state=entry.state,
        called=_time(entry.called_at, clock),
        started=_time(entry.started_at, clock),
        note=entry.note,
        sender=uow.get(ServicePoint, sender.service_point_uid).name if sender else "",
        ticket=entry.ticket,
        point_uid=point.uid,
        point_code=point.code,
        point=point.name,
        room=entry.room,
        person_uid=person.uid,
        person_version=person.row_version,
        name=person.name,
        sex=person.sex.value,
        age=age_text(person.born_on, person.born_precision, visit.service_date),
        age_days=(visit.service_date - person.born_on).days if person.born_on else None,
        exact_age=exact_age(person, visit.service_date),
        born=day_text(person.born_on, person.born_precision),
        record_number=person.record_number,
        payer=visit.payer,
        payer_words=payer.label if payer else "",
        address=address_line(uow, person),
        infectious=visit.infectious,
        postpartum=after_birth(latest, visit.service_date, reference) is not None,
        pregnancy=pregnancy,
        last_pregnancy=latest,
        pregnancy_words=_pregnancy_words(pregnancy, visit.service_date, reference),
        pregnancy_weeks=(visit.service_date - pregnancy.lmp).days // 7 if pregnancy else None,
        allergy_state=person.allergy_state,
        allergies=uow.all(Allergy, person_uid=person.uid),
        problem_state=person.problem_state,
        problems=problems,
        unlisted=unlisted(rules, diagnoses, problems),
        complaint=visit.complaint,
        takings=vitals,
        observations=results,
        signs=seen_signs(results, visit.danger_sign),
        signs_asked=bool(told(results)),
        taken=_taken(vitals, measured(results), names, me, reference, clock),
        values=latest_values(vitals, results, reference),
        sections=tuple(_written(n, names, me, clock) for n in notes),
        diagnoses=diagnoses,
        procedures=procedures,
        next_visit_on=visit.next_visit_on,
        next_visit_note=visit.next_visit_note,
        alarms=standing_alarms(uow, visit, person, reference, clock),
        answers=answers,
        answered=_answered_alarms(uow, visit, clock),
        earlier=_unanswered(
            _raised(vitals, results, alarm_facts(visit, person, latest, results, reference), visit, reference, clock),
            uow.all(AlarmAnswer, visit_uid=visit.uid),
        ),
        names=names,
        colleagues=_colleagues(notes, vitals, diagnoses, names, me, clock),
        history=discreet(uow.actor, uow.ask(rows.PastVisits(person.uid, visit.uid))),
        pressures=uow.ask(rows.Pressures(person.uid)),
        screenings=screened(uow, visit),
        given=given(uow, person, (visit.uid,), reference, clock.local).get(visit.uid, ()),
    )


def latest_values(
    vitals: tuple[VitalSigns, ...], results: tuple[Observation, ...], reference: Reference
) -> dict[str, int | str]:
    """The latest value of each measure: base units, position of a choice, or HI, LO, not_measurable."""
    values: dict[str, int | str] = {}
    for taking in vitals:
        values |= taken(taking, reference)
    for found in results:
        value = read_kept(found.code, found.value, reference)
        if value is not None:
            values[found.code] = value
    return values


def standing_alarms(
    uow: UnitOfWork, visit: Visit, person: Person, reference: Reference, clock: Clock
) -> tuple[rows.RaisedAlarm, ...]:
    """Alarms of the latest value of each measure of this visit, and red ones of earlier takings that nobody answered,
    with what was answered and whether the actor's own figures raised them."""
    vitals = uow.all(VitalSigns, visit_uid=visit.uid)
    results = uow.all(Observation, visit_uid=visit.uid)
    me = uow.actor.staff_uid
    facts = alarm_facts(visit, person, uow.ask(LatestPregnancy(person.uid)), results, reference)
    told_by_others = tuple(r for r in results if r.made_by != me)
    taken_by_others = tuple(v for v in vitals if v.made_by != me)
    others = replace(facts, signs=seen_signs(told_by_others, visit.danger_sign))
    of_others = {a.key for a in alarms(latest_values(taken_by_others, told_by_others, reference), others, reference)}
    of_others |= {a.key for a in _raised(taken_by_others, told_by_others, others, visit, reference, clock)}
    answers = standing_answers(uow, visit)
    assessed = assessed_alarms(uow, visit)
    of_others |= {alarm.key for alarm, mine in assessed if not mine}
    now = (*alarms(latest_values(vitals, results, reference), facts, reference), *(alarm for alarm, _ in assessed))
    earlier = _unanswered(
        _raised(vitals, results, facts, visit, reference, clock), uow.all(AlarmAnswer, visit_uid=visit.uid)
    )
    return tuple(
        rows.RaisedAlarm(a, answers.get(a.key, ""), a.key not in of_others) for a in with_earlier(now, earlier, answers)
    )


def _raised(
    vitals: tuple[VitalSigns, ...],
    results: tuple[Observation, ...],
    facts: AlarmFacts,
    visit: Visit,
    reference: Reference,
    clock: Clock,
) -> list[Alarm]:
    """The red alarms that the figures raised as they stood after each taking, newest first, each once."""
    figures = measured(results)
    found: dict[AlarmKey, Alarm] = {}
    for instant in sorted({record.taken_at for record in (*vitals, *figures)}, reverse=True):
        told_by_then = tuple(r for r in results if r.taken_at <= instant)
        values = latest_values(tuple(v for v in vitals if v.taken_at <= instant), measured(told_by_then), reference)
        then = replace(facts, signs=seen_signs(told_by_then, visit.danger_sign))
        for alarm in measured_alarms(values, then, reference):
            if alarm.level is Level.RED:
                # Of one figure that stood through several takings the first time is told.
                found[alarm.key] = replace(alarm, at=_time(instant, clock))
    return list(found.values())


def _unanswered(raised: Sequence[Alarm], answers: Sequence[AlarmAnswer]) -> tuple[Alarm, ...]:
    """Those nobody answered. What was done about one was done about the ones before it of the same kind; one that was
    set aside says nothing about them."""
    last = {(a.rule, a.about): a.answer for a in answers}
    handled: set[str] = set()
    found = []
    for alarm in raised:
        answer = last.get(alarm.key)
        if answer == "done":
            handled.add(alarm.code)
        elif answer is None and alarm.code not in handled:
            found.append(alarm)
    return tuple(found)


def alarm_facts(
    visit: Visit, person: Person, latest: Pregnancy | None, results: Sequence[Observation], reference: Reference
) -> AlarmFacts:
    """Who came, with the danger signs that count. latest: the pregnancy that matters; results: of this visit."""
    return AlarmFacts(
        on=visit.service_date,
        age=exact_age(person, visit.service_date),
        pregnant=goes_on(latest, visit.service_date, reference),
        postpartum=after_birth(latest, visit.service_date, reference) is not None,
        signs=seen_signs(results, visit.danger_sign),
    )


def standing_answers(uow: UnitOfWork, visit: Visit) -> dict[AlarmKey, str]:
    """What was done about each alarm, in words; the last answer counts."""
    return {(a.rule, a.about): _answered(a) for a in uow.all(AlarmAnswer, visit_uid=visit.uid)}


def _answered_alarms(uow: UnitOfWork, visit: Visit, clock: Clock) -> tuple[rows.AnsweredAlarm, ...]:
    """The last answer to each alarm of the visit."""
    found = {}
    for a in told_to(uow, visit, uow.all(AlarmAnswer, visit_uid=visit.uid)):
        words = (
            f"Diabaikan: {a.reason}" if a.answer == "ignored" else f"Ditangani: {a.reason}" if a.reason else "Ditangani"
        )
        found[a.rule, a.about] = rows.AnsweredAlarm((a.rule, a.about), a.level, _time(a.made_at, clock), a.about, words)
    return tuple(found.values())


def exact_age(person: Person, on: date) -> Age | None:
    """The age on a day as well as it is known; None if nobody knows it."""
    return age(person.born_on, on) if person.born_on and person.born_on <= on else None


def _taken(
    vitals: tuple[VitalSigns, ...],
    results: tuple[Observation, ...],
    names: Mapping[str, str],
    me: str,
    reference: Reference,
    clock: Clock,
) -> tuple[rows.Taken, ...]:
    """What was recorded at one instant by one person is one taking."""
    records: list[VitalSigns | Observation] = [*vitals, *results]
    groups: dict[tuple[datetime, str], list[VitalSigns | Observation]] = {}
    for record in sorted(records, key=lambda r: r.taken_at):
        groups.setdefault((record.taken_at, record.made_by or ""), []).append(record)
    found = []
    for (instant, by), together in groups.items():
        # Vital signs are added before the results, so they come first where there are any.
        first = together[0]
        values: dict[str, str] = {}
        for record in together:
            values |= _shown(record, reference)
        found.append(
            rows.Taken(
                uid=first.uid,
                at=time_text(clock.local(instant)),
                by=names.get(by, ""),
                mine=by == me,
                values=values,
                glucose_kind=first.glucose_kind if isinstance(first, VitalSigns) else "",
            )
        )
    return tuple(found)


def _shown(record: VitalSigns | Observation, reference: Reference) -> dict[str, str]:
    if isinstance(record, Observation):
        return {record.code: show_kept(record.code, record.value, reference)}
    values = taken(record, reference)
    words: dict[str, str] = {}
    for measure in reference.measures.vitals:
        if measure.kind == "pair":
            upper, lower = (show(part, values.pop(part, None), reference) for part in measure.parts)
            if upper or lower:
                words[measure.code] = upper if upper == lower else f"{upper}/{lower}"
        elif measure.code in values:
            words[measure.code] = show(measure.code, values[measure.code], reference)
    return words


def _written(note: Note, names: Mapping[str, str], me: str, clock: Clock) -> rows.Written:
    return rows.Written(note, names.get(note.made_by or "", ""), _time(note.made_at, clock), note.made_by == me)


def _colleagues(
    notes: tuple[Note, ...],
    vitals: tuple[VitalSigns, ...],
    diagnoses: tuple[Diagnosis, ...],
    names: Mapping[str, str],
    me: str,
    clock: Clock,
) -> tuple[str, ...]:
    """`Bidan Contoh: tanda vital 08.41` for each colleague's last act of each kind."""
    said: dict[tuple[str, str], str] = {}
    for what, records in (("tanda vital", vitals), ("catatan", notes), ("diagnosis", diagnoses)):
        for record in records:
            if record.made_by and record.made_by != me and record.made_at:
                said[record.made_by, what] = f"{names.get(record.made_by, '')}: {what} {_time(record.made_at, clock)}"
    return tuple(said.values())


def _time(instant: datetime | None, clock: Clock) -> str:
    return time_text(clock.local(instant)) if instant else ""


def _answered(answer: AlarmAnswer) -> str:
    return f"diabaikan: {answer.reason}" if answer.answer == "ignored" else answer.reason or "ditangani"


def _pregnancy_words(pregnancy: Pregnancy | None, on: date, reference: Reference) -> str:
    """`G2P1A0 · 28 mgg 0 hr · HPL 13-02-2027`, and long past the term what is to be asked."""
    if pregnancy is None:
        return ""
    asked = "pastikan hasilnya" if outcome_asked(pregnancy, on, reference) else ""
    term = f"HPL {day_text(due_date(pregnancy.lmp))}"
    parts = (gpa(pregnancy), weeks_text(pregnancy.lmp, on, True), term, asked)
    return " · ".join(part for part in parts if part)
