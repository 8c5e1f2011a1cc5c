"""Visits of a pregnancy, the birth and what follows it."""

from __future__ import annotations

from datetime import date, timedelta

from ilp_desk.domain.clinical import Pregnancy
from ilp_desk.domain.maternity.forms import ContactForm, DeliveryForm, InfantForm, PlanForm
from ilp_desk.domain.record import new_uid
from tests.services.samples import Call, sample
from tests.services.samples.morning import Morning

ELSEWHERE = ContactForm(on="okt 2026", place="PMB Contoh", tablets="30")


def _birth(m: Morning) -> DeliveryForm:
    on = m.desk.clock.today() - timedelta(days=1)
    infant = InfantForm(uid=new_uid(), sex="P", weight="3100")
    return DeliveryForm(
        on=f"{on.day}/{on.month}/{on.year}", outcome="birth", place="puskesmas", helper="midwife", infants=(infant,)
    )


@sample("antenatal.course")
def course(m: Morning) -> Call:
    mother = m.pregnant()
    return Call(lambda actor: m.desk.antenatal.course(actor, mother.uid), opens=mother.uid)


@sample("antenatal.card")
def card(m: Morning) -> Call:
    mother = m.pregnant()
    return Call(lambda actor: m.desk.antenatal.card(actor, mother.uid), opens=mother.uid)


@sample("antenatal.contact")
def contact(m: Morning) -> Call:
    here, uid = m.started(), new_uid()
    m.house.put(Pregnancy(uid=new_uid(), person_uid=here.person_uid, lmp=date(2026, 5, 9), gravida=1))
    form = ContactForm(doctor=True, usg=True, tablets="30")
    return Call(lambda actor: m.desk.antenatal.contact(actor, uid, here.visit_uid, form))


@sample("antenatal.elsewhere")
def elsewhere(m: Morning) -> Call:
    mother, uid = m.pregnant(), new_uid()
    return Call(lambda actor: m.desk.antenatal.elsewhere(actor, uid, mother.uid, ELSEWHERE))


@sample("antenatal.plan")
def plan(m: Morning) -> Call:
    mother, uid = m.pregnant(), new_uid()
    form = PlanForm(place="puskesmas", helper="midwife", companion="suami")
    return Call(lambda actor: m.desk.antenatal.plan(actor, uid, mother.uid, form))


@sample("antenatal.delivery")
def delivery(m: Morning) -> Call:
    mother, uid, form = m.pregnant(), new_uid(), _birth(m)
    return Call(lambda actor: m.desk.antenatal.delivery(actor, uid, mother.uid, form))


@sample("antenatal.after_birth")
def after_birth(m: Morning) -> Call:
    mother, uid = m.pregnant(), new_uid()
    midwife = m.actor("midwife")
    m.desk.antenatal.delivery(midwife, new_uid(), mother.uid, _birth(m))
    return Call(lambda actor: m.desk.antenatal.after_birth(actor, uid, mother.uid, None))


@sample("antenatal.withdraw")
def withdraw(m: Morning) -> Call:
    mother, uid = m.pregnant(), new_uid()
    m.desk.antenatal.elsewhere(m.actor("midwife"), uid, mother.uid, ELSEWHERE)
    return Call(lambda actor: m.desk.antenatal.withdraw(actor, "contact", uid, "salah orang"))
