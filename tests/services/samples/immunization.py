"""Immunization."""

from __future__ import annotations

from ilp_desk.domain.immunization.records import ObjectionKind
from ilp_desk.domain.record import new_uid
from ilp_desk.services.life_cycle.immunizations import EarlierDose, Given, Happened, Stands
from tests.services.samples import Call, sample
from tests.services.samples.morning import DRAFT, Morning

SCREENED = ("well", "no_reaction")


def given(m: Morning, visit_uid: str) -> Given:
    """A Td for a woman who is here."""
    return Given(
        uid=new_uid(), visit_uid=visit_uid, vaccine="td", batch="TD22", expiry="06/2027", site="lengan kiri atas",
        screening=SCREENED,
    )  # fmt: skip


@sample("immunization.open")
def opened(m: Morning) -> Call:
    here = m.started()
    return Call(lambda actor: m.desk.immunizations.open(actor, here.person_uid), opens=here.person_uid)


@sample("immunization.give")
def give(m: Morning) -> Call:
    order = given(m, m.started().visit_uid)
    return Call(lambda actor: m.desk.immunizations.give(actor, order))


@sample("immunization.earlier")
def earlier(m: Morning) -> Call:
    here = m.started()
    told = EarlierDose(uid=new_uid(), person_uid=here.person_uid, code="td", on="3/2025", place="Puskesmas Lain")
    return Call(lambda actor: m.desk.immunizations.earlier(actor, told))


@sample("immunization.copied")
def copied(m: Morning) -> Call:
    here, uid = m.started(), new_uid()
    return Call(lambda actor: m.desk.immunizations.copied(actor, uid, here.person_uid))


@sample("immunization.object")
def objection(m: Morning) -> Call:
    here = m.started()
    stands = Stands(
        uid=new_uid(), person_uid=here.person_uid, kind=ObjectionKind.REFUSAL, series="hpv", why="takut jarum"
    )
    return Call(lambda actor: m.desk.immunizations.objection(actor, stands))


@sample("immunization.report")
def report(m: Morning) -> Call:
    dose = m.desk.immunizations.give(m.actor("midwife"), given(m, m.started().visit_uid))
    happened = Happened(uid=new_uid(), dose_uid=dose.uid, on="21-11-2026", symptom="demam 38,5", severity="mild")
    return Call(lambda actor: m.desk.immunizations.report(actor, happened))


@sample("immunization.withdraw")
def withdraw(m: Morning) -> Call:
    dose = m.desk.immunizations.give(m.actor("midwife"), given(m, m.started().visit_uid))
    return Call(lambda actor: m.desk.immunizations.withdraw(actor, "dose", dose.uid, "salah orang"))


@sample("immunization.keep_draft")
def keep_draft(m: Morning) -> Call:
    here = m.started()
    return Call(lambda actor: m.desk.immunizations.keep_draft(actor, here.visit_uid, {"batch": DRAFT}))


@sample("immunization.draft")
def draft(m: Morning) -> Call:
    here = m.started()
    return Call(lambda actor: m.desk.immunizations.draft(actor, here.visit_uid))


@sample("immunization.drop_draft")
def drop_draft(m: Morning) -> Call:
    here = m.started()
    return Call(lambda actor: m.desk.immunizations.drop_draft(actor, here.visit_uid))


@sample("immunization.card")
def card(m: Morning) -> Call:
    here = m.started()
    return Call(lambda actor: m.desk.immunizations.card(actor, here.person_uid), opens=here.person_uid)


@sample("immunization.school_class")
def school_class(m: Morning) -> Call:
    here, uid = m.started(), new_uid()
    return Call(lambda actor: m.desk.immunizations.school_class(actor, uid, here.person_uid, 5))
