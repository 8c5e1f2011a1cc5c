"""What is recorded of people's care: a handful of statements for any number of people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, func, select

from db import mapper
from db.among import among
from db.models import SHAPES, care, desk, people
from db.queries.answering import answers
from db.queries.antenatal import antenatal_facts, births
from db.queries.immunization import on_record
from ilp_desk.domain.assessment import FOLLOW, INSTRUMENT
from ilp_desk.domain.clinical import Pregnancy
from ilp_desk.domain.due.rules import Answer
from ilp_desk.domain.immunization.facts import NOTHING
from ilp_desk.rows.care import CareOf, CareRow, FactRow

_MEASURES = (
    "weight", "height", "waist", "arm", "head", "fundus", "fetal_heart", "glucose", "temperature", "pulse", "spo2",
)  # fmt: skip
"""Measures that close services, as columns; blood pressure is two."""


def _of(table: Any, *columns: Any) -> Select[Any]:
    """Live rows of these people, with the service date of their visit."""
    v = desk.visit
    return (
        select(table.c.person_id, v.c.service_date, table.c.taken_at, table.c.place, *columns)
        .join(v, v.c.id == table.c.visit_id, isouter=True)
        .where(among(table.c.person_id, "ids"), table.c.voided_at.is_(None))
    )


def _live(table: Any, *columns: Any) -> Select[Any]:
    """Live rows of these people."""
    return select(table.c.person_id, *columns).where(among(table.c.person_id, "ids"), table.c.voided_at.is_(None))


_VS, _O, _C, _A = desk.vital_signs, desk.observation, care.care_record, care.assessment
_B, _D, _T, _SA, _V, _P = desk.problem, desk.diagnosis, care.told, care.service_answer, desk.visit, people.person
# Made once: putting a statement together takes as long as carrying it out, and every question asks all of them.
_PEOPLE = select(_P.c.id, _P.c.uid).where(among(_P.c.uid, "ids"))
_TAKINGS = _of(_VS, _VS.c.systolic, *(_VS.c[name] for name in _MEASURES))
_OBSERVATIONS = _of(_O, _O.c.code, _O.c.value)
_RECORDS = _of(_C, _C.c.code, _C.c.value, _C.c.on, _C.c.on_precision)
_ASSESSMENTS = _live(
    _A, _A.c.instrument, _A.c.on, _A.c.place, _A.c.label, _A.c.sensitive, _A.c.follow, _A.c.band, _A.c.band_label
).order_by(_A.c.on, _A.c.id)
_PROBLEMS = _live(_B, _B.c.code).where(_B.c.resolved_on.is_(None), _B.c.code != "")
_DIAGNOSES = _live(_D, _D.c.code).distinct()
_SAID = _live(_T, _T.c.condition, _T.c.holds).order_by(_T.c.id)
_ANSWERS = _live(_SA, _SA.c.service, _SA.c.on, _SA.c.until, _SA.c.reason).order_by(_SA.c.id)
_FIRST = _live(_V, func.min(_V.c.service_date).label("first")).where(_V.c.state != "cancelled").group_by(_V.c.person_id)
_OPEN = _live(_V, _V.c.reason, _V.c.service_date).where(_V.c.state == "open").order_by(_V.c.id)


@cache
def _pregnancy() -> Select[Any]:
    t = desk.pregnancy
    return (
        mapper.selection("pregnancy")
        .where(among(t.c.person_id, "ids"), t.c.voided_at.is_(None))
        .order_by(t.c.ended_on.is_(None), t.c.lmp)
    )


@answers(CareOf)
def care_of(connection: Connection, question: CareOf) -> dict[str, CareRow]:
    found = connection.execute(_PEOPLE, {"ids": question.person_uids})
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
    recorded = {*facts, *icd, *told, *said, *seen, *reasons}
    return {
        uid: CareRow(
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
        if person_id in recorded or uid in pregnancies
    }


def _facts(connection: Connection, ids: Sequence[int], uids: dict[int, str]) -> Iterator[tuple[int, FactRow]]:
    theirs = {"ids": ids}
    for row in connection.execute(_TAKINGS, theirs):
        at = None if row.service_date else row.taken_at
        codes = [name for name, value in zip(_MEASURES, row[5:], strict=True) if value is not None]
        for code in ["blood_pressure", *codes] if row.systolic is not None else codes:
            yield row.person_id, FactRow(uids[row.person_id], code, row.service_date, at, where=row.place)
    for row in connection.execute(_OBSERVATIONS, theirs):
        at = None if row.service_date else row.taken_at
        yield row.person_id, FactRow(uids[row.person_id], row.code, row.service_date, at, value=row.value)
    for row in connection.execute(_RECORDS, theirs):
        said = FactRow(uids[row.person_id], row.code, row.on, None, row.on_precision, row.value, row.place)
        yield row.person_id, said
    yield from _assessed(connection, ids, uids)
    yield from antenatal_facts(connection, ids, uids)


def _assessed(connection: Connection, ids: Sequence[int], uids: dict[int, str]) -> Iterator[tuple[int, FactRow]]:
    """Instruments that were answered, with their band, and those they asked for."""
    for row in connection.execute(_ASSESSMENTS, {"ids": ids}):
        uid, words = uids[row.person_id], "" if row.sensitive else row.band_label
        code = f"{INSTRUMENT}{row.instrument}"
        yield row.person_id, FactRow(uid, code, row.on, None, value=row.band, where=row.place, words=words)
        for following in row.follow:
            yield row.person_id, FactRow(uid, f"{FOLLOW}{following}", row.on, None, value=row.label)


def _icd(connection: Connection, ids: Sequence[int]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    for statement in (_PROBLEMS, _DIAGNOSES):
        for row in connection.execute(statement, {"ids": ids}):
            found[row.person_id].add(row.code)
    return found


def _told(connection: Connection, ids: Sequence[int]) -> dict[int, set[str]]:
    """Conditions that hold by what was said last."""
    last: dict[tuple[int, str], bool] = {}
    for row in connection.execute(_SAID, {"ids": ids}):
        last[row.person_id, row.condition] = row.holds
    found: dict[int, set[str]] = defaultdict(set)
    for (person_id, condition), holds in last.items():
        if holds:
            found[person_id].add(condition)
    return found


def _answers(connection: Connection, ids: Sequence[int]) -> dict[int, dict[str, Answer]]:
    found: dict[int, dict[str, Answer]] = defaultdict(dict)
    for row in connection.execute(_ANSWERS, {"ids": ids}):
        found[row.person_id][row.service] = Answer(row.on, row.until, row.reason)
    return found


def _pregnancies(connection: Connection, ids: Sequence[int]) -> dict[str, Pregnancy]:
    """By uid of the woman: the one that goes on, else the newest."""
    shape = SHAPES[Pregnancy]
    made = (mapper.record_of(shape, row) for row in connection.execute(_pregnancy(), {"ids": ids}))
    return {pregnancy.person_uid: pregnancy for pregnancy in made}


def _first_seen(connection: Connection, ids: Sequence[int]) -> dict[int, date]:
    """The first visit; for who was written down at birth the birth."""
    found = {row.person_id: row.first for row in connection.execute(_FIRST, {"ids": ids})}
    for person_id, born in births(connection, ids):
        found[person_id] = min(born, found.get(person_id, born))
    return found


def _reasons(connection: Connection, ids: Sequence[int]) -> dict[int, tuple[str, date]]:
    return {row.person_id: (row.reason, row.service_date) for row in connection.execute(_OPEN, {"ids": ids})}
