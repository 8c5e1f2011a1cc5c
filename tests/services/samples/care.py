"""Pregnancies and danger signs."""

from __future__ import annotations

from datetime import date

from ilp_desk.domain.clinical import Pregnancy
from ilp_desk.domain.maternity.pregnancy import PregnancyForm
from ilp_desk.domain.record import new_uid
from tests.services.samples import Call, sample
from tests.services.samples.morning import Morning


def recorded(m: Morning, ended: date | None = None) -> Pregnancy:
    mother = m.person(born="1999-02-03")
    made = Pregnancy(
        uid=new_uid(),
        person_uid=mother.uid,
        lmp=date(2026, 2, 14),
        ended_on=ended,
        outcome="birth" if ended else "",
    )
    m.house.put(made)
    return made


@sample("pregnancy.save")
def save(m: Morning) -> Call:
    mother = m.person(born="1999-02-03")
    form = PregnancyForm(lmp="9/5/2026", gravida="2", para="1", abortus="0")
    return Call(lambda actor: m.desk.pregnancies.save(actor, mother.uid, form))


@sample("pregnancy.end")
def end(m: Morning) -> Call:
    mother = recorded(m).person_uid
    return Call(lambda actor: m.desk.pregnancies.end(actor, mother, "21/11/2026", "birth"))


@sample("pregnancy.resume")
def resume(m: Morning) -> Call:
    uid = recorded(m, date(2026, 11, 20)).uid
    return Call(lambda actor: m.desk.pregnancies.resume(actor, uid))


@sample("pregnancy.withdraw")
def withdraw(m: Morning) -> Call:
    uid = recorded(m).uid
    return Call(lambda actor: m.desk.pregnancies.withdraw(actor, uid, "salah orang"))


@sample("encounter.sign")
def sign(m: Morning) -> Call:
    here = m.started()
    return Call(lambda actor: m.desk.examination.see_sign(actor, here.visit_uid, "headache"))


@sample("encounter.no_signs")
def no_signs(m: Morning) -> Call:
    here = m.started()
    return Call(lambda actor: m.desk.examination.no_signs(actor, here.visit_uid))
