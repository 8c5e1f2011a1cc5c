"""Services of the life cycle."""

from __future__ import annotations

from datetime import date

from ilp_desk.domain.record import new_uid
from ilp_desk.services.care import Earlier
from tests.services.samples import Call, sample
from tests.services.samples.morning import Morning


@sample("care.due")
def due(m: Morning) -> Call:
    here = m.started()
    return Call(lambda actor: m.desk.care.due(actor, here.person_uid), opens=here.person_uid)


@sample("care.desk")
def desk(m: Morning) -> Call:
    here = m.started()
    return Call(lambda actor: m.desk.care.desk(actor, here.person_uid))


@sample("care.family")
def family(m: Morning) -> Call:
    here = m.started()
    return Call(lambda actor: m.desk.care.family(actor, here.person_uid))


@sample("care.record")
def record(m: Morning) -> Call:
    here, uid = m.started(), new_uid()
    return Call(lambda actor: m.desk.care.record(actor, uid, here.person_uid, here.visit_uid, "exam_dental", "karies"))


@sample("care.earlier")
def earlier(m: Morning) -> Call:
    here = m.started()
    told = Earlier(uid=new_uid(), person_uid=here.person_uid, code="exam_eye", on=date(2026, 3, 1), place="RS Contoh")
    return Call(lambda actor: m.desk.care.earlier(actor, told))


@sample("care.answer")
def answer(m: Morning) -> Call:
    here = m.started()
    return Call(lambda actor: m.desk.care.answer(actor, here.person_uid, here.visit_uid, "eye", None, "tidak sempat"))


@sample("care.told")
def told(m: Morning) -> Call:
    here = m.started()
    return Call(lambda actor: m.desk.care.told(actor, here.person_uid, "engaged", True))
