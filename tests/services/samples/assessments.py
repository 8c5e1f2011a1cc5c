"""Screening instruments."""

from __future__ import annotations

from ilp_desk.domain.record import new_uid
from ilp_desk.services.life_cycle.assessments import SaveAssessment
from tests.services.samples import Call, sample
from tests.services.samples.morning import Morning

NEVER = {"status": "never", "electronic": "never", "exposed": "no"}


def smoking(visit_uid: str) -> SaveAssessment:
    return SaveAssessment(uid=new_uid(), visit_uid=visit_uid, instrument="smoking", version="2026.1", answers=NEVER)


@sample("assessment.list")
def instruments(m: Morning) -> Call:
    here = m.started()
    return Call(lambda actor: m.desk.assessments.list(actor, here.person_uid), opens=here.person_uid)


@sample("assessment.open")
def opened(m: Morning) -> Call:
    here = m.started()
    return Call(lambda actor: m.desk.assessments.open(actor, here.visit_uid, "smoking"), opens=here.person_uid)


@sample("assessment.results")
def results(m: Morning) -> Call:
    here = m.started()
    return Call(lambda actor: m.desk.assessments.results(actor, here.person_uid), opens=here.person_uid)


@sample("assessment.save")
def save(m: Morning) -> Call:
    answered = smoking(m.started().visit_uid)
    return Call(lambda actor: m.desk.assessments.save(actor, answered))


@sample("assessment.void")
def void(m: Morning) -> Call:
    answered = smoking(m.started().visit_uid)
    m.desk.assessments.save(m.actor("nurse"), answered)
    return Call(lambda actor: m.desk.assessments.void(actor, answered.uid, "salah orang"))


@sample("assessment.sheet")
def sheet(m: Morning) -> Call:
    here = m.started()
    answered = smoking(here.visit_uid)
    m.desk.assessments.save(m.actor("nurse"), answered)
    return Call(lambda actor: m.desk.assessments.sheet(actor, answered.uid), opens=here.person_uid)


@sample("assessment.keep")
def keep(m: Morning) -> Call:
    here = m.started()
    content = {"answers": {"status": "never"}}
    return Call(lambda actor: m.desk.assessments.keep_draft(actor, here.visit_uid, "smoking", content))


@sample("assessment.drop")
def drop(m: Morning) -> Call:
    here = m.started()
    return Call(lambda actor: m.desk.assessments.drop_draft(actor, here.visit_uid, "smoking"))
