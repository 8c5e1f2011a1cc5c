"""Lists of people to call in."""

from __future__ import annotations

from ilp_desk.domain.due.recall import Standing
from ilp_desk.domain.record import new_uid
from ilp_desk.services.life_cycle.recall import Asked, Called
from tests.services.samples import Call, sample
from tests.services.samples.morning import Morning

ADULTS = Asked(group="adult", standing=Standing.NO_DATA)


def called(m: Morning, uid: str) -> Called:
    here, today = m.started(), m.desk.clock.today()
    return Called(uid=uid, person_uid=here.person_uid, about="toddler", on=today, by="Bu Yusni", result="coming")


@sample("recall.choices")
def choices(m: Morning) -> Call:
    return Call(m.desk.recall.choices)


@sample("recall.neighbourhoods")
def neighbourhoods(m: Morning) -> Call:
    village = m.house.areas["village"].uid
    return Call(lambda actor: m.desk.recall.neighbourhoods(actor, village))


@sample("recall.list")
def listed(m: Morning) -> Call:
    m.started()
    return Call(lambda actor: m.desk.recall.list(actor, ADULTS))


@sample("recall.sheet")
def sheet(m: Morning) -> Call:
    return Call(lambda actor: m.desk.recall.sheet(actor, ADULTS))


@sample("recall.table")
def table(m: Morning) -> Call:
    return Call(lambda actor: m.desk.recall.table(actor, ADULTS))


@sample("recall.contact")
def contact(m: Morning) -> Call:
    told = called(m, new_uid())
    return Call(lambda actor: m.desk.recall.contact(actor, told))


@sample("recall.take_back")
def take_back(m: Morning) -> Call:
    made = m.desk.recall.contact(m.actor("midwife"), called(m, new_uid()))
    return Call(lambda actor: m.desk.recall.take_back(actor, made.uid))


@sample("recall.old")
def old(m: Morning) -> Call:
    m.started()
    return Call(lambda actor: m.desk.recall.old(actor, 5))


@sample("recall.keep")
def keep(m: Morning) -> Call:
    m.started()
    rules, made = m.desk.recall.old(m.actor("midwife"), 5)
    return Call(lambda actor: m.desk.recall.keep(actor, rules, made))
