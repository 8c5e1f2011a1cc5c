"""Lists of referrals and documents."""

from __future__ import annotations

from sqlalchemy import Connection, func, or_, select, tuple_

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


def _like(text: str) -> str:
    return "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"


@answers(Referrals)
def referrals(connection: Connection, question: Referrals) -> tuple[ReferralRow, ...]:
    r, d, p, v, c = desk.referral, desk.document, people.person, desk.visit, people.consent
    chosen = (
        select(
            r,
            d.c.uid.label("document_uid"),
            d.c.number,
            d.c.issued_at,
            p.c.uid.label("person_uid"),
            p.c.name,
            p.c.record_number,
            v.c.uid.label("visit_uid"),
            v.c.service_date,
            c.c.answer,
        )
        .join(d, d.c.id == r.c.document_id)
        .join(p, p.c.id == r.c.person_id)
        .join(v, v.c.id == r.c.visit_id)
        .join(c, c.c.id == r.c.consent_id, isouter=True)
        .where(r.c.voided_at.is_(None))
        .order_by(d.c.issued_at.desc(), r.c.uid.desc())
        .limit(question.limit)
    )
    if question.states:
        chosen = chosen.where(r.c.state.in_(list(question.states)))
    if question.visit_uid:
        chosen = chosen.where(v.c.uid == question.visit_uid)
    if question.person_uid:
        chosen = chosen.where(p.c.uid == question.person_uid)
    if question.document_uid:
        chosen = chosen.where(d.c.uid == question.document_uid)
    for word in question.text.split():
        like = _like(word)
        chosen = chosen.where(
            or_(
                d.c.number.ilike(like, escape="\\"),
                p.c.name.ilike(like, escape="\\"),
                p.c.record_number.ilike(like, escape="\\"),
                r.c.destination.ilike(like, escape="\\"),
                r.c.external_number.ilike(like, escape="\\"),
            )
        )
    if question.before is not None:
        at, uid = question.before
        chosen = chosen.where(tuple_(d.c.issued_at, r.c.uid) < tuple_(at, uid))
    if question.late:
        chosen = chosen.where(r.c.state.in_(_OPEN), v.c.service_date < question.late_before)
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
                row.issued_at,
                row.service_date,
                row.name,
                row.record_number,
                row.kind,
                row.destination,
                row.specialty,
                f"{row.diagnosis_code} {row.diagnosis_title}",
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
    standing = select(r.c.state, func.count()).where(r.c.voided_at.is_(None)).group_by(r.c.state)
    states = {ReferralState(state): count for state, count in connection.execute(standing)}
    late = (
        select(func.count())
        .select_from(r)
        .join(v, v.c.id == r.c.visit_id)
        .where(r.c.voided_at.is_(None), r.c.state.in_(_OPEN), v.c.service_date < question.late_before)
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
