"""What is recorded of people's care: a handful of statements for any number of people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, func, select

from db import mapper
from db.models import SHAPES, care, desk, people
from db.queries.answering import answers
from db.queries.antenatal import antenatal_facts, births
from db.queries.immunization import on_record
from ilp_desk.domain.assessment import FOLLOW, INSTRUMENT
from ilp_desk.domain.clinical import Pregnancy
from ilp_desk.domain.due import Answer
from ilp_desk.domain.immunization.facts import NOTHING
from ilp_desk.rows.care import CareOf, CareRow, FactRow

_MEASURES = (
    "weight", "height", "waist", "arm", "head", "fundus", "fetal_heart", "glucose", "temperature", "pulse", "spo2",
)  # fmt: skip
"""Measures that close services, as columns; blood pressure is two."""


@answers(CareOf)
def care_of(connection: Connection, question: CareOf) -> tuple[CareRow, ...]:
    p = people.person
    found = connection.execute(select(p.c.id, p.c.uid).where(p.c.uid.in_(question.person_uids)))
    uids = {row.id: row.uid for row in found}
    ids = list(uids)
    facts: dict[int, list[FactRow]] = defaultdict(list)
    for person_id, fact in _facts(connection, ids, uids):
        facts[person_id].append(fact)
    given = on_record(connection, ids)
    for person_id, known in given.items():
        facts[person_id] += (FactRow(uids[person_id], f"dose:{d.code}", d.on, None, d.precision) for d in known.doses)
    icd, told, said = _icd(connection, ids), _told(connection, ids), _answers(connection, ids)
    pregnancies, seen, reasons = _pregnancies(connection, ids), _first_seen(connection, ids), _reasons(connection, ids)
    by_uid = {
        uid: CareRow(
            person_uid=uid,
            facts=tuple(facts.get(person_id, ())),
            icd=frozenset(icd.get(person_id, ())),
            told=frozenset(told.get(person_id, ())),
            answers=said.get(person_id, {}),
            pregnancy=pregnancies.get(uid),
            first_seen=seen.get(person_id),
            visit_reason=reasons.get(person_id, ("", None))[0],
            visit_on=reasons.get(person_id, ("", None))[1],
            immunization=given.get(person_id, NOTHING),
        )
        for person_id, uid in uids.items()
    }
    return tuple(by_uid[uid] for uid in question.person_uids if uid in by_uid)


def _of(table: Any, ids: Sequence[int], *columns: Any) -> Select[Any]:
    """Live rows of these people, with the service date of their visit."""
    v = desk.visit
    return (
        select(table.c.person_id, v.c.service_date, table.c.taken_at, table.c.place, *columns)
        .join(v, v.c.id == table.c.visit_id, isouter=True)
        .where(table.c.person_id.in_(ids), table.c.voided_at.is_(None))
    )


def _facts(connection: Connection, ids: Sequence[int], uids: dict[int, str]) -> Iterator[tuple[int, FactRow]]:
    vs, o, c = desk.vital_signs, desk.observation, care.care_record
    columns = [vs.c[name] for name in _MEASURES]
    for row in connection.execute(_of(vs, ids, vs.c.systolic, *columns)):
        at = None if row.service_date else row.taken_at
        codes = [name for name, value in zip(_MEASURES, row[5:], strict=True) if value is not None]
        for code in ["blood_pressure", *codes] if row.systolic is not None else codes:
            yield row.person_id, FactRow(uids[row.person_id], code, row.service_date, at, where=row.place)
    for row in connection.execute(_of(o, ids, o.c.code, o.c.value)):
        at = None if row.service_date else row.taken_at
        yield row.person_id, FactRow(uids[row.person_id], row.code, row.service_date, at, value=row.value)
    for row in connection.execute(_of(c, ids, c.c.code, c.c.value, c.c.on, c.c.on_precision)):
        said = FactRow(uids[row.person_id], row.code, row.on, None, row.on_precision, row.value, row.place)
        yield row.person_id, said
    yield from _assessed(connection, ids, uids)
    yield from antenatal_facts(connection, ids, uids)


def _assessed(connection: Connection, ids: Sequence[int], uids: dict[int, str]) -> Iterator[tuple[int, FactRow]]:
    """Instruments that were answered, with their band, and those they asked for."""
    a = care.assessment
    for row in connection.execute(
        select(a.c.person_id, a.c.instrument, a.c.on, a.c.place, a.c.label, a.c.sensitive, a.c.follow)
        .add_columns(a.c.band, a.c.band_label)
        .where(a.c.person_id.in_(ids), a.c.voided_at.is_(None))
        .order_by(a.c.on, a.c.id)
    ):
        uid, words = uids[row.person_id], "" if row.sensitive else row.band_label
        code = f"{INSTRUMENT}{row.instrument}"
        yield row.person_id, FactRow(uid, code, row.on, None, value=row.band, where=row.place, words=words)
        for following in row.follow:
            yield row.person_id, FactRow(uid, f"{FOLLOW}{following}", row.on, None, value=row.label)


def _icd(connection: Connection, ids: Sequence[int]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    b, d = desk.problem, desk.diagnosis
    known = select(b.c.person_id, b.c.code).where(
        b.c.person_id.in_(ids), b.c.voided_at.is_(None), b.c.resolved_on.is_(None), b.c.code != ""
    )
    made = select(d.c.person_id, d.c.code).where(d.c.person_id.in_(ids), d.c.voided_at.is_(None)).distinct()
    for statement in (known, made):
        for row in connection.execute(statement):
            found[row.person_id].add(row.code)
    return found


def _told(connection: Connection, ids: Sequence[int]) -> dict[int, set[str]]:
    """Conditions that hold by what was said last."""
    t = care.told
    last: dict[tuple[int, str], bool] = {}
    for row in connection.execute(
        select(t.c.person_id, t.c.condition, t.c.holds)
        .where(t.c.person_id.in_(ids), t.c.voided_at.is_(None))
        .order_by(t.c.id)
    ):
        last[row.person_id, row.condition] = row.holds
    found: dict[int, set[str]] = defaultdict(set)
    for (person_id, condition), holds in last.items():
        if holds:
            found[person_id].add(condition)
    return found


def _answers(connection: Connection, ids: Sequence[int]) -> dict[int, dict[str, Answer]]:
    a = care.service_answer
    found: dict[int, dict[str, Answer]] = defaultdict(dict)
    for row in connection.execute(
        select(a.c.person_id, a.c.service, a.c.on, a.c.until, a.c.reason)
        .where(a.c.person_id.in_(ids), a.c.voided_at.is_(None))
        .order_by(a.c.id)
    ):
        found[row.person_id][row.service] = Answer(row.on, row.until, row.reason)
    return found


def _pregnancies(connection: Connection, ids: Sequence[int]) -> dict[str, Pregnancy]:
    """By uid of the woman: the one that goes on, else the newest."""
    t, shape = desk.pregnancy, SHAPES[Pregnancy]
    chosen = (
        mapper.selection("pregnancy")
        .where(t.c.person_id.in_(ids), t.c.voided_at.is_(None))
        .order_by(t.c.ended_on.is_(None), t.c.lmp)
    )
    made = (mapper.record_of(shape, row) for row in connection.execute(chosen))
    return {pregnancy.person_uid: pregnancy for pregnancy in made}


def _first_seen(connection: Connection, ids: Sequence[int]) -> dict[int, date]:
    """The first visit; for who was written down at birth the birth."""
    v = desk.visit
    found = {
        row.person_id: row.first
        for row in connection.execute(
            select(v.c.person_id, func.min(v.c.service_date).label("first"))
            .where(v.c.person_id.in_(ids), v.c.voided_at.is_(None), v.c.state != "cancelled")
            .group_by(v.c.person_id)
        )
    }
    for person_id, born in births(connection, ids):
        found[person_id] = min(born, found.get(person_id, born))
    return found


def _reasons(connection: Connection, ids: Sequence[int]) -> dict[int, tuple[str, date]]:
    v = desk.visit
    return {
        row.person_id: (row.reason, row.service_date)
        for row in connection.execute(
            select(v.c.person_id, v.c.reason, v.c.service_date)
            .where(v.c.person_id.in_(ids), v.c.voided_at.is_(None), v.c.state == "open")
            .order_by(v.c.id)
        )
    }
