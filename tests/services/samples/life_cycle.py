"""Services of the life cycle."""

from __future__ import annotations

from datetime import date

from ilp_desk.domain.earlier import by_name, kinds_of
from ilp_desk.domain.fact_rows import FactRow, understand
from ilp_desk.domain.growth.child import Measures
from ilp_desk.domain.growth.posyandu import SheetRow
from ilp_desk.domain.record import new_uid
from ilp_desk.services.life_cycle.care import Answered
from ilp_desk.services.life_cycle.earlier import Earlier
from ilp_desk.services.life_cycle.growth import EarlierMeasures
from ilp_desk.services.life_cycle.posyandu import Decided, ImportMeasures, Sheet
from tests.services.samples import Call, sample
from tests.services.samples.morning import DRAFT, Morning


@sample("care.due")
def due(m: Morning) -> Call:
    here = m.started()
    return Call(lambda actor: m.desk.care.due(actor, here.person_uid), opens=here.person_uid)


@sample("care.arrival")
def arrival(m: Morning) -> Call:
    here = m.started()
    return Call(lambda actor: m.desk.care.arrival(actor, here.person_uid))


@sample("care.record")
def record(m: Morning) -> Call:
    here, uid = m.started(), new_uid()
    return Call(lambda actor: m.desk.care.record(actor, uid, here.person_uid, here.visit_uid, "exam_dental", "karies"))


@sample("care.earlier")
def earlier(m: Morning) -> Call:
    here = m.started()
    told = Earlier(uid=new_uid(), person_uid=here.person_uid, code="exam_eye", on=date(2026, 3, 1), place="RS Contoh")
    return Call(lambda actor: m.desk.care.earlier(actor, told))


@sample("care.records")
def records(m: Morning) -> Call:
    here = m.started()
    return Call(lambda actor: m.desk.care.records(actor, here.person_uid), opens=here.person_uid)


@sample("care.withdraw")
def withdraw(m: Morning) -> Call:
    here, uid = m.started(), new_uid()
    m.desk.care.record(m.actor("midwife"), uid, here.person_uid, here.visit_uid, "exam_dental")
    return Call(lambda actor: m.desk.care.withdraw(actor, uid, "salah orang"))


@sample("care.answer")
def answer(m: Morning) -> Call:
    here = m.started()
    said = Answered(uid=new_uid(), person_uid=here.person_uid, service="eye", why="tidak sempat")
    return Call(lambda actor: m.desk.care.answer(actor, said))


@sample("care.told")
def told(m: Morning) -> Call:
    here = m.started()
    return Call(lambda actor: m.desk.care.told(actor, here.person_uid, "engaged", True))


@sample("growth.course")
def growth_course(m: Morning) -> Call:
    here = m.started()
    return Call(lambda actor: m.desk.growth.course(actor, here.person_uid), opens=here.person_uid)


@sample("growth.earlier")
def growth_earlier(m: Morning) -> Call:
    here = m.started()
    told = EarlierMeasures(
        uid=new_uid(),
        person_uid=here.person_uid,
        on=date(2026, 3, 1),
        typed={"weight": "58,5"},
        place="Posyandu Contoh",
    )
    return Call(lambda actor: m.desk.growth.earlier(actor, told))


@sample("growth.give")
def growth_give(m: Morning) -> Call:
    uid, give = new_uid(), m.desk.growth.give
    child = m.house.person("Anak Contoh", "2025-09-18", "L")
    return Call(lambda actor: give(actor, uid, child.uid, None, "given_vitamin_a_red"))


@sample("growth.keep_draft")
def growth_keep_draft(m: Morning) -> Call:
    here = m.started()
    return Call(lambda actor: m.desk.growth.keep_draft(actor, here.visit_uid, {"values": {"weight": DRAFT}}))


@sample("growth.draft")
def growth_draft(m: Morning) -> Call:
    here = m.started()
    return Call(lambda actor: m.desk.growth.draft(actor, here.visit_uid))


@sample("growth.drop_draft")
def growth_drop_draft(m: Morning) -> Call:
    here = m.started()
    return Call(
        lambda actor: m.desk.growth.drop_draft(actor, here.visit_uid),
        first=lambda actor: m.desk.growth.keep_draft(actor, here.visit_uid, {"values": {"weight": DRAFT}}),
    )


@sample("growth.chart")
def growth_chart(m: Morning) -> Call:
    child = m.house.person("Anak Contoh", "2025-09-18", "L")
    return Call(lambda actor: m.desk.growth.chart(actor, child.uid), opens=child.uid)


def _told_row(m: Morning) -> tuple[FactRow, ...]:
    nik, today = m.nik(), date(2026, 11, 21)
    m.person(born="1990-05-17", nik=nik)
    kinds = by_name(kinds_of(m.desk.reference, m.desk.tools.in_force.instruments, today))
    return (understand(2, (nik, "Mata", "3/2025"), {"nik": 0, "what": 1, "on": 2}, kinds, today),)


@sample("import.look_facts")
def look_facts(m: Morning) -> Call:
    rows = _told_row(m)
    return Call(lambda actor: m.desk.fact_importing.look(actor, rows, {}))


@sample("import.facts")
def import_facts(m: Morning) -> Call:
    rows = _told_row(m)
    return Call(lambda actor: m.desk.fact_importing.store(actor, rows, {}))


def weighing_sheet(m: Morning) -> tuple[str, Sheet]:
    """A child and a sheet with its row."""
    child = m.house.person("Anak Contoh", "2025-09-18", "L", record_number=f"00-77-{new_uid()[-4:]}")
    values = {"record_number": child.record_number, "weight_kg": "8,4", "measured_on": "20-11-2026"}
    row = SheetRow(2, tuple(values.values()), values)
    return child.uid, Sheet("lembar.csv", tuple(values), tuple(values), (row,))


@sample("posyandu.preview")
def posyandu_preview(m: Morning) -> Call:
    _, sheet = weighing_sheet(m)
    return Call(lambda actor: m.desk.posyandu.preview(actor, sheet, Decided()))


@sample("posyandu.store")
def posyandu_store(m: Morning) -> Call:
    child, _ = weighing_sheet(m)
    measures = Measures(day=date(2026, 11, 20), weight=8400, place="Posyandu Contoh", source="import")
    given = ImportMeasures(uid=new_uid(), person_uid=child, measures=measures)
    return Call(lambda actor: m.desk.posyandu.store(actor, (given,)))
