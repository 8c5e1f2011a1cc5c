"""Lists of referrals and documents."""

from __future__ import annotations

import re

from sqlalchemy import ColumnElement, Connection, Subquery, func, or_, select

from db.models import desk, people, site
from db.queries.answering import answers
from ilp_desk.domain.document import ReferralState
from ilp_desk.domain.referral_rules import OPEN_STATES
from ilp_desk.rows.papers import (
    CountReferrals,
    DocumentRow,
    Documents,
    ReferralCounts,
    ReferralRow,
    Referrals,
)

_OPEN = sorted(OPEN_STATES)


_NUMBER = re.compile(r"(?:\w+/)?0*(\d{1,6})(/.*)?", re.ASCII)
"""A letter's number as typed: 217, 0217, 440/0217, 440/0217/RJK/PKM-MNJ/XI/2026; the serial, and what follows it."""


def _like(text: str) -> str:
    return "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"


def _said(word: str) -> ColumnElement[bool]:
    """Whether a word of the question is in the name, a number or the destination of a letter.

    Numbers are looked up by their serial in an index: the papers themselves are wide, reading all of them is slow.
    """
    r, d, p = desk.referral, desk.document, people.person
    like = _like(word)
    found = [column.ilike(like, escape="\\") for column in (p.c.name, p.c.record_number, r.c.destination)]
    found.append(r.c.external_number.ilike(like, escape="\\"))
    number = _NUMBER.fullmatch(word)
    if number is not None:
        numbered = select(d.c.id).where(d.c.kind == "referral", d.c.serial > 0, d.c.serial == int(number[1]))
        if number[2]:
            # Serials begin anew every year: what was typed behind it tells the years apart.
            numbered = numbered.where(d.c.number.ilike(_like(number[2]), escape="\\"))
        found.append(r.c.document_id.in_(numbered))
    return or_(*found)


def _page(question: Referrals) -> Subquery:
    """The ids of the page, found without touching the papers, which are wide; joined is only what is asked about."""
    r, d, p, v = desk.referral, desk.document, people.person, desk.visit
    chosen = select(r.c.id).order_by(r.c.id.desc()).limit(question.limit)
    if question.states:
        chosen = chosen.where(r.c.state.in_(list(question.states)))
    if question.visit_uid:
        chosen = chosen.where(r.c.visit_id == select(v.c.id).where(v.c.uid == question.visit_uid).scalar_subquery())
    if question.person_uid:
        chosen = chosen.where(r.c.person_id == select(p.c.id).where(p.c.uid == question.person_uid).scalar_subquery())
    if question.document_uid:
        paper = select(d.c.id).where(d.c.uid == question.document_uid)
        chosen = chosen.where(r.c.document_id == paper.scalar_subquery())
    words = question.text.split()
    if words:
        chosen = chosen.join(p, p.c.id == r.c.person_id).where(*(_said(word) for word in words))
    if question.before:
        last = desk.referral.alias()
        chosen = chosen.where(r.c.id < select(last.c.id).where(last.c.uid == question.before).scalar_subquery())
    if question.late:
        chosen = chosen.join(v, v.c.id == r.c.visit_id)
        chosen = chosen.where(r.c.state.in_(_OPEN), v.c.service_date < question.late_before)
    return chosen.subquery()


@answers(Referrals)
def referrals(connection: Connection, question: Referrals) -> tuple[ReferralRow, ...]:
    r, d, p, v, c = desk.referral, desk.document, people.person, desk.visit, people.consent
    page = _page(question)
    chosen = (
        select(
            r,
            d.c.uid.label("document_uid"),
            d.c.number,
            p.c.uid.label("person_uid"),
            p.c.name,
            p.c.record_number,
            v.c.uid.label("visit_uid"),
            v.c.service_date,
            c.c.answer,
        )
        .join(page, page.c.id == r.c.id)
        .join(d, d.c.id == r.c.document_id)
        .join(p, p.c.id == r.c.person_id)
        .join(v, v.c.id == r.c.visit_id)
        .join(c, c.c.id == r.c.consent_id, isouter=True)
        .order_by(r.c.id.desc())
    )
    rows = []
    for row in connection.execute(chosen):
        state = ReferralState(row.state)
        is_open = state in OPEN_STATES
        rows.append(
            ReferralRow(
                row.uid,
                row.row_version,
                row.document_uid,
                row.person_uid,
                row.visit_uid,
                row.number,
                row.service_date,
                row.name,
                row.record_number,
                row.kind,
                row.destination,
                row.specialty,
                f"{row.diagnosis_code} {row.diagnosis_title}".strip(),
                state,
                row.external_number,
                row.answer or "",
                (question.today - row.service_date).days if is_open else 0,
                is_open and row.service_date < question.late_before,
            )
        )
    return tuple(rows)


@answers(CountReferrals)
def count_referrals(connection: Connection, question: CountReferrals) -> ReferralCounts:
    r, v = desk.referral, desk.visit
    standing = select(r.c.state, func.count()).group_by(r.c.state)
    states = {ReferralState(state): count for state, count in connection.execute(standing)}
    late = (
        select(func.count())
        .select_from(r)
        .join(v, v.c.id == r.c.visit_id)
        .where(r.c.state.in_(_OPEN), v.c.service_date < question.late_before)
    )
    return ReferralCounts(states, connection.execute(late).scalar_one())


@answers(Documents)
def documents(connection: Connection, question: Documents) -> tuple[DocumentRow, ...]:
    d, p, v, s = desk.document, people.person, desk.visit, site.staff
    chosen = (
        select(d.c.uid, d.c.kind, d.c.number, d.c.issued_at, s.c.name, d.c.copies, d.c.void_reason, d.c.voided_at)
        .join(p, p.c.id == d.c.person_id)
        .join(v, v.c.id == d.c.visit_id, isouter=True)
        .join(s, s.c.uid == d.c.issued_by, isouter=True)
        .order_by(d.c.id.desc())
    )
    if question.person_uid:
        chosen = chosen.where(p.c.uid == question.person_uid)
    if question.visit_uid:
        chosen = chosen.where(v.c.uid == question.visit_uid)
    return tuple(
        DocumentRow(
            row.uid,
            row.kind,
            row.number,
            row.issued_at,
            row.name or "",
            row.copies,
            (row.void_reason or "dibatalkan") if row.voided_at else "",
        )
        for row in connection.execute(chosen)
    )
