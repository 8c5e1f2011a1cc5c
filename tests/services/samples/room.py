"""The room and the record."""

from __future__ import annotations

from datetime import date

from ilp_desk.domain.alarms import Alarm
from ilp_desk.domain.clinical import Allergy, Problem
from ilp_desk.domain.record import new_uid
from ilp_desk.domain.reference.signs import Level
from ilp_desk.services.examination import Taking
from tests.services.samples import Call, sample
from tests.services.samples.morning import DRAFT, Morning

ALARM = Alarm(
    level=Level.RED,
    code="blood_pressure",
    act="Panggil dokter.",
    reason="TD 170/112: sistol ≥160.",
    rule="PREG-BP-RED",
    version="1",
)


@sample("encounter.open")
def open_(m: Morning) -> Call:
    here = m.started()
    return Call(lambda actor: m.desk.examination.open(actor, here.entry_uid), opens=here.person_uid)


@sample("room.places")
def places(m: Morning) -> Call:
    return Call(m.desk.examination.places)


@sample("room.hints")
def hints(m: Morning) -> Call:
    return Call(lambda actor: m.desk.examination.hints(actor, m.house.points["kia"].uid))


@sample("encounter.complaint")
def complaint(m: Morning) -> Call:
    here = m.started()
    return Call(lambda actor: m.desk.examination.write_complaint(actor, here.visit_uid, "pusing dua hari"))


@sample("encounter.vitals")
def vitals(m: Morning) -> Call:
    here = m.started()
    taking = Taking(
        uid=new_uid(), visit_uid=here.visit_uid, typed={"blood_pressure": "120/80", "urine_protein": "negatif"}
    )
    return Call(lambda actor: m.desk.examination.take(actor, taking))


@sample("encounter.write")
def write(m: Morning) -> Call:
    here = m.started()
    return Call(lambda actor: m.desk.examination.write(actor, here.visit_uid, "anamnesis", "Batuk tiga hari."))


@sample("encounter.diagnose")
def diagnose(m: Morning) -> Call:
    here, uid = m.started(), new_uid()
    return Call(lambda actor: m.desk.examination.diagnose(actor, here.visit_uid, uid, "J00", "Nasofaringitis akut"))


@sample("encounter.diagnosis")
def change_diagnosis(m: Morning) -> Call:
    here, uid = m.started(), new_uid()
    m.desk.examination.diagnose(m.actor("doctor"), here.visit_uid, uid, "J00", "Nasofaringitis akut")
    return Call(lambda actor: m.desk.examination.change_diagnosis(actor, uid, course="old"))


@sample("encounter.procedure")
def procedure(m: Morning) -> Call:
    here, uid = m.started(), new_uid()
    return Call(lambda actor: m.desk.examination.add_procedure(actor, here.visit_uid, uid, "rawat luka"))


@sample("encounter.plan")
def plan(m: Morning) -> Call:
    here = m.started()
    return Call(lambda actor: m.desk.examination.plan_next(actor, here.visit_uid, date(2026, 11, 28), "kontrol"))


@sample("encounter.alarm")
def alarm(m: Morning) -> Call:
    here = m.started()
    return Call(lambda actor: m.desk.examination.answer_alarm(actor, here.visit_uid, ALARM, "done", "MgSO4 diberikan"))


@sample("encounter.withdraw")
def withdraw(m: Morning) -> Call:
    here, uid = m.started(), new_uid()
    m.house.put(Allergy(uid=uid, person_uid=here.person_uid, taken_at=m.house.clock.now(), substance="amoksisilin"))
    return Call(lambda actor: m.desk.examination.withdraw(actor, "allergy", uid, "salah orang"))


@sample("encounter.favourites")
def favourites(m: Morning) -> Call:
    return Call(m.desk.examination.favourites)


@sample("encounter.codes")
def codes(m: Morning) -> Call:
    return Call(lambda actor: m.desk.examination.find_codes(actor, "batuk"))


@sample("encounter.missing")
def missing(m: Morning) -> Call:
    here = m.started()
    return Call(lambda actor: m.desk.examination.missing(actor, here.entry_uid))


@sample("encounter.finish")
def finish(m: Morning) -> Call:
    here = m.started()
    m.desk.examination.diagnose(m.actor("doctor"), here.visit_uid, new_uid(), "J00", "Nasofaringitis akut")
    return Call(lambda actor: m.desk.examination.finish(actor, here.entry_uid))


@sample("draft.keep")
def keep_draft(m: Morning) -> Call:
    here = m.started()
    return Call(lambda actor: m.desk.examination.keep_draft(actor, here.visit_uid, {"anamnesis": DRAFT}))


@sample("draft.find")
def find_draft(m: Morning) -> Call:
    here = m.started()
    return Call(
        lambda actor: m.desk.examination.draft(actor, here.visit_uid),
        first=lambda actor: m.desk.examination.keep_draft(actor, here.visit_uid, {"anamnesis": DRAFT}),
    )


@sample("draft.drop")
def drop_draft(m: Morning) -> Call:
    here = m.started()
    return Call(
        lambda actor: m.desk.examination.drop_draft(actor, here.visit_uid),
        first=lambda actor: m.desk.examination.keep_draft(actor, here.visit_uid, {"anamnesis": DRAFT}),
    )


@sample("person.allergy")
def allergy(m: Morning) -> Call:
    someone, uid = m.person(), new_uid()
    return Call(lambda actor: m.desk.examination.add_allergy(actor, someone.uid, uid, "udang", "gatal", "food"))


@sample("person.no_allergy")
def no_allergy(m: Morning) -> Call:
    someone = m.person()
    return Call(lambda actor: m.desk.examination.no_allergy(actor, someone.uid))


@sample("person.problem")
def problem(m: Morning) -> Call:
    someone, uid = m.person(), new_uid()
    return Call(lambda actor: m.desk.examination.add_problem(actor, someone.uid, uid, "Hipertensi", "I10"))


@sample("person.no_problem")
def no_problem(m: Morning) -> Call:
    someone = m.person()
    return Call(lambda actor: m.desk.examination.no_problem(actor, someone.uid))


@sample("person.problem_over")
def problem_over(m: Morning) -> Call:
    someone, uid = m.person(), new_uid()
    m.house.put(Problem(uid=uid, person_uid=someone.uid, taken_at=m.house.clock.now(), title="Hipertensi", code="I10"))
    return Call(lambda actor: m.desk.examination.end_problem(actor, uid))


@sample("history.person")
def history_person(m: Morning) -> Call:
    someone = m.pregnant()
    return Call(lambda actor: m.desk.history.person(actor, someone.uid), opens=someone.uid)


@sample("history.visits")
def history_visits(m: Morning) -> Call:
    here = m.started()
    return Call(lambda actor: m.desk.history.visits(actor, here.person_uid), opens=here.person_uid)


@sample("history.visit")
def history_visit(m: Morning) -> Call:
    here = m.started()
    return Call(lambda actor: m.desk.history.visit(actor, here.visit_uid), opens=here.person_uid)
