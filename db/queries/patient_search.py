"""Answers the search box: who may be meant (`db.candidates`), read in one go, ranked, and written as rows of a list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import BindParameter, Connection, Row, bindparam, select

from db.candidates import Candidates, Search
from db.models import desk, people
from db.queries.answering import answers
from db.vocabulary import vocabulary
from ilp_desk.domain.person import PersonStatus, Precision
from ilp_desk.domain.text.ages import short_age_text
from ilp_desk.domain.text.dates import PartialDate, day_text
from ilp_desk.domain.text.ranking import Candidate, rank
from ilp_desk.domain.text.search import Question, read_question
from ilp_desk.domain.visit import QueueState
from ilp_desk.rows.patients import FindPatients, Found, PatientHit

STATE_WORDS = {
    QueueState.WAITING: "menunggu",
    QueueState.CALLED: "dipanggil",
    QueueState.SKIPPED: "dilewati",
    QueueState.ABSENT: "tidak hadir",
    QueueState.STARTED: "dilayani",
    QueueState.SENT_ON: "di layanan lain",
    QueueState.CAME_BACK: "kembali",
    QueueState.FINISHED: "selesai",
}

CHILD_YEARS = 15
"""Younger people are told apart by their mother, older ones by husband or head of family."""

_p, _s, _k, _q = people.person, people.person_search, people.person_key, desk.queue_entry
_ids: BindParameter[Any] = bindparam("ids", expanding=True)
_READ = select(_s).where(_s.c.person_id.in_(_ids), _s.c.voided.is_(False))
_TODAY = (
    select(_q.c.person_id, _q.c.letter, _q.c.number, _q.c.state)
    .where(_q.c.service_date == bindparam("today"), _q.c.person_id.in_(_ids), _q.c.voided_at.is_(None))
    .order_by(_q.c.id)
)
_KEYS_OF = select(_k.c.person_id, _k.c.value).where(_k.c.person_id.in_(_ids))
_BY_UID = select(_p.c.id).where(_p.c.uid == bindparam("uid"))


@answers(FindPatients)
def find_patients(connection: Connection, q: FindPatients) -> Found:
    question = read_question(q.text, q.today)
    known = vocabulary(connection)
    if question.empty:
        return Found((), False, False, known.people, question)
    found, beside = _gather(connection, q, question, Search(connection, known, q.limit))
    rows = _read(connection, found.ids)
    if beside:
        _keep_who_answers_all(connection, question, rows)
    elif question.words:
        rows = {key: row for key, row in rows.items() if key in found.slipped or _carries(question, row)}
    ordered = _ranked(question, found, rows)
    shown = _survivors(connection, rows)
    hits: dict[int, PatientHit] = {}
    chips = _chips(connection, q.today, [row.person_id for row in shown.values()])
    for key, similar in ordered:
        row = shown.get(key)
        if row is not None and row.person_id not in hits and len(hits) < q.limit:
            note = "mirip" if key in found.slipped else "ejaan mirip" if similar else ""
            chip = chips.get(row.person_id, "")
            hits[row.person_id] = _hit(row, note, chip, key != row.person_id, question, q.today)
    similar_only = bool(hits) and found.slipped >= rows.keys()
    return Found(tuple(hits.values()), bool(hits and found.exact), similar_only, known.people, question)


def _gather(connection: Connection, q: FindPatients, question: Question, search: Search) -> tuple[Candidates, bool]:
    """Who may be meant; True if words, numbers and dates were typed together and each has still to be looked at."""
    alone = question.only_number
    together = False
    if question.uid is not None:
        search.found.exact.update(connection.execute(_BY_UID, {"uid": question.uid}).scalars())
        search.found.add(search.found.exact)
    elif alone is not None:
        search.by_number(alone)
    elif question.numbers or (question.birth and question.words):
        search.mixed(question)
        together = True
    elif question.birth:
        search.by_birth(question.birth)
    else:
        search.by_words(question.words)
    if not search.found.ids and question.uid is None:
        search.by_record_text(q.text)
        together = together and not search.found.ids
    return search.found, together


def _read(connection: Connection, wanted: Iterable[int]) -> dict[int, Row[Any]]:
    ids = list(wanted)
    if not ids:
        return {}
    return {row.person_id: row for row in connection.execute(_READ, {"ids": ids}).all()}


def _survivors(connection: Connection, rows: dict[int, Row[Any]]) -> dict[int, Row[Any]]:
    """For each person found the one to show: whoever the record was merged into, however often."""
    shown = dict(rows)
    while merged := {key: row.merged_into_id for key, row in shown.items() if row.merged_into_id is not None}:
        into = _read(connection, set(merged.values()))
        for key, survivor in merged.items():
            if survivor in into:
                shown[key] = into[survivor]
            else:
                del shown[key]
    return shown


def _keep_who_answers_all(connection: Connection, question: Question, rows: dict[int, Row[Any]]) -> None:
    keys: dict[int, list[str]] = {}
    if question.numbers:
        for key, value in connection.execute(_KEYS_OF, {"ids": list(rows)}).all():
            keys.setdefault(key, []).append(value)
    for key, row in list(rows.items()):
        born = _born(row)
        fits = _carries(question, row)
        fits = fits and (question.birth is None or (born is not None and question.birth.may_be(born)))
        for number in question.numbers:
            starts = tuple({number.digits, number.record, number.phone} - {""})
            by_key = any(value.startswith(starts) for value in keys.get(key, ()))
            by_birth = number.birth is not None and born is not None and number.birth.may_be(born)
            fits = fits and (by_key or by_birth or f" {number.digits}" in f" {row.words}")
        if not fits:
            del rows[key]


def _carries(question: Question, row: Row[Any]) -> bool:
    """Whether every word typed begins a word of this person."""
    tokens = f"{row.name} {row.words}".split()
    return all(any(token.startswith(word.beginnings) for token in tokens) for word in question.words)


def _ranked(question: Question, found: Candidates, rows: dict[int, Row[Any]]) -> list[tuple[int, bool]]:
    """Keys of the rows best first, each with whether it is written otherwise than typed."""
    dated = question.birth is not None
    ranked = rank(
        question,
        [
            Candidate(
                key=key,
                name=row.shown,
                folded=row.name,
                birth=_born(row) if dated else None,
                others=tuple(row.words.split()),
                active=row.status == PersonStatus.ACTIVE,
                exact=key in found.exact,
            )
            for key, row in rows.items()
        ],
    )
    return [(one.key, one.similar) for one in ranked]


def _chips(connection: Connection, today: date, ids: Sequence[int]) -> dict[int, str]:
    """The last queue number of today and where it stands, for those who have one."""
    if not ids:
        return {}
    return {
        row.person_id: f"{row.letter}-{row.number:03d} · {STATE_WORDS[QueueState(row.state)]}"
        for row in connection.execute(_TODAY, {"today": today, "ids": list(ids)}).all()
    }


def _born(row: Row[Any]) -> PartialDate | None:
    return None if row.born_on is None else PartialDate(row.born_on, Precision(row.born_precision))


def _hit(row: Row[Any], note: str, chip: str, merged: bool, question: Question, today: date) -> PatientHit:
    child = row.born_on is not None and today.year - row.born_on.year < CHILD_YEARS
    precision = Precision(row.born_precision)
    return PatientHit(
        uid=row.uid,
        name=row.shown,
        sex=row.sex,
        born=day_text(row.born_on, precision),
        age=short_age_text(row.born_on, precision, today),
        record_number=row.record_number,
        number=row.number,
        relative=f"ibu {row.mother}" if row.mother and (child or not row.kin) else row.kin,
        area=row.area,
        rt_rw=row.rt_rw,
        status=PersonStatus(row.status),
        note=note,
        chip=chip,
        merged=merged,
        asked=question,
    )
