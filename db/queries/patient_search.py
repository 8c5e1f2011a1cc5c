"""Answers the search box: who may be meant, read in one go, ranked, and written as rows of a list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import BindParameter, Connection, Row, bindparam, select

from db.candidates import Candidates
from db.models import desk, people
from db.queries.answering import answers
from db.search_numbers import by_number, by_record_text
from db.search_together import birth_of, carries, gather, keep_who_answer
from db.search_words import WordSearch
from db.vocabulary import vocabulary
from ilp_desk.domain.person import PersonStatus, Precision
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

NOTES = ("", "ejaan mirip", "mirip")
"""Beside a name: as typed, spelt or divided otherwise, found by forgiving a slip."""

MERGERS = 8
"""Mergers followed one after the other; more are a mistake in the data."""

CHILD_YEARS = 15
"""Younger people are told apart by their mother, older ones by husband or head of family."""

_PRECISIONS = {precision.value: precision for precision in Precision}
_STATUSES = {status.value: status for status in PersonStatus}

_p, _s, _q = people.person, people.person_search, desk.queue_entry
_ids: BindParameter[Any] = bindparam("ids", expanding=True)
_READ = select(*(column for column in _s.c if column.name != "voided")).where(
    _s.c.person_id.in_(_ids), _s.c.voided.is_(False)
)
_TODAY = (
    select(_q.c.person_id, _q.c.letter, _q.c.number, _q.c.state)
    .where(
        _q.c.service_date == bindparam("today"),
        _q.c.person_id.in_(_ids),
        _q.c.voided_at.is_(None),
        _q.c.state != QueueState.VOIDED,
    )
    .order_by(_q.c.id)
)
_BY_UID = select(_p.c.id).where(_p.c.uid == bindparam("uid"))


@answers(FindPatients)
def find_patients(connection: Connection, q: FindPatients) -> Found:
    question = read_question(q.text, q.today)
    known = vocabulary(connection)
    found = Candidates(q.limit)
    if question.empty:
        return Found((), False, False, known.people, question)
    together = _gather(connection, q.text, question, WordSearch(connection, known, found))
    rows = _read(connection, found.ids)
    if together:
        keep_who_answer(connection, question, found, rows)
    elif question.words:
        rows = {key: row for key, row in rows.items() if key not in found.beside or carries(question, row)}
    shown = _survivors(connection, rows)
    chips = _chips(connection, q.today, [row.person_id for row in shown.values()])
    hits: dict[int, PatientHit] = {}
    for key, similar in _ranked(question, found, rows, together):
        row = shown.get(key)
        if row is not None and row.person_id not in hits and len(hits) < q.limit:
            note = NOTES[max(found.nearness(key), int(similar))]
            chip = chips.get(row.person_id, "")
            hits[row.person_id] = _hit(row, note, chip, key != row.person_id, question, q.today)
    exact = bool(hits) and found.exact >= rows.keys()
    similar_only = bool(hits) and found.slipped >= rows.keys()
    return Found(tuple(hits.values()), exact, similar_only, known.people, question)


def _gather(connection: Connection, text: str, question: Question, search: WordSearch) -> bool:
    """Fill `search.found`; True if words, numbers and dates were typed together and each has still to be looked at."""
    found, alone = search.found, question.only_number
    if question.uid is not None:
        found.exact.update(connection.execute(_BY_UID, {"uid": question.uid}).scalars().all())
        found.add(found.exact)
        return False
    together = bool(question.numbers or question.birth) and alone is None
    if alone is not None:
        by_number(connection, alone, found)
    elif together:
        gather(connection, question, search)
    else:
        search.find(question.words)
    if not found.ids:
        by_record_text(connection, text, found)
        return False
    return together


def _read(connection: Connection, wanted: Iterable[int]) -> dict[int, Row[Any]]:
    ids = list(wanted)
    if not ids:
        return {}
    return {row.person_id: row for row in connection.execute(_READ, {"ids": ids}).all()}


def _survivors(connection: Connection, rows: dict[int, Row[Any]]) -> dict[int, Row[Any]]:
    """For each person found the one to show: whoever the record was merged into, and whoever that one was."""
    shown = dict(rows)
    for _ in range(MERGERS):
        merged = {key: row.merged_into_id for key, row in shown.items() if row.merged_into_id is not None}
        if not merged:
            break
        into = _read(connection, set(merged.values()))
        for key, survivor in merged.items():
            shown.pop(key)
            if survivor in into:
                shown[key] = into[survivor]
    return {key: row for key, row in shown.items() if row.merged_into_id is None}


def _ranked(question: Question, found: Candidates, rows: dict[int, Row[Any]], together: bool) -> list[tuple[int, bool]]:
    """Keys of the rows best first, each with whether it is written otherwise than typed."""
    dated = question.birth is not None
    looser = found.beside | found.slipped
    candidates = [
        Candidate(
            key=key,
            name=row.shown,
            folded=row.name,
            birth=birth_of(row) if dated else None,
            others=tuple(row.words.split()) if together or key in looser else (),
            active=row.status == PersonStatus.ACTIVE,
            exact=key in found.exact,
        )
        for key, row in rows.items()
    ]
    ranked = sorted(rank(question, candidates), key=lambda one: found.nearness(one.key))
    return [(one.key, one.similar) for one in ranked]


def _chips(connection: Connection, today: date, ids: Sequence[int]) -> dict[int, str]:
    """The last queue number of today and where it stands, for those who have one."""
    if not ids:
        return {}
    return {
        row.person_id: f"{row.letter}-{row.number:03d} · {STATE_WORDS[QueueState(row.state)]}"
        for row in connection.execute(_TODAY, {"today": today, "ids": list(ids)}).all()
    }


def _hit(row: Row[Any], note: str, chip: str, merged: bool, question: Question, today: date) -> PatientHit:
    born_on = row.born_on
    child = born_on is not None and today.year - born_on.year < CHILD_YEARS
    return PatientHit(
        uid=row.uid,
        name=row.shown,
        sex=row.sex,
        born_on=born_on,
        born_precision=_PRECISIONS[row.born_precision],
        record_number=row.record_number,
        number=row.number,
        relative=f"ibu {row.mother}" if row.mother and (child or not row.kin) else row.kin,
        area=row.area,
        rt_rw=row.rt_rw,
        status=_STATUSES[row.status],
        note=note,
        chip=chip,
        merged=merged,
        asked=question,
        today=today,
    )
