"""Doses, and what stands against vaccines, as the rules of immunization read them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection, select

from db.models import immunization
from db.queries.answering import answers
from ilp_desk.domain.immunization.facts import (
    NOTHING,
    Contraindication,
    Deferral,
    Dose,
    DoseSource,
    OnRecord,
    Refusal,
)
from ilp_desk.domain.immunization_records import ObjectionKind
from ilp_desk.domain.person import Precision
from ilp_desk.rows.immunization import LastUsed, Vial


def on_record(connection: Connection, ids: Sequence[int]) -> dict[int, OnRecord]:
    """By id of the person: live doses and objections; nobody without any. The dates as they are known."""
    g, o = immunization.given_dose, immunization.objection
    doses: dict[int, list[Dose]] = defaultdict(list)
    for row in connection.execute(
        select(g.c.person_id, g.c.uid, g.c.code, g.c.on, g.c.on_precision, g.c.source, g.c.campaign, g.c.age_hours)
        .where(g.c.person_id.in_(ids), g.c.voided_at.is_(None))
        .order_by(g.c.on, g.c.id)
    ):
        doses[row.person_id].append(
            Dose(
                code=row.code,
                on=row.on,
                precision=Precision(row.on_precision),
                source=DoseSource(row.source),
                campaign=bool(row.campaign),
                age_hours=row.age_hours,
                uid=row.uid,
            )
        )
    found = {person_id: OnRecord(doses=tuple(own)) for person_id, own in doses.items()}
    for row in connection.execute(
        select(o.c.person_id, o.c.kind, o.c.series, o.c.on, o.c.until, o.c.reason)
        .where(o.c.person_id.in_(ids), o.c.voided_at.is_(None))
        .order_by(o.c.id)
    ):
        before = found.get(row.person_id, NOTHING)
        match ObjectionKind(row.kind):
            case ObjectionKind.CONTRAINDICATION:
                stands = Contraindication(series=row.series, reason=row.reason, until=row.until)
                after = replace(before, contraindications=(*before.contraindications, stands))
            case ObjectionKind.DEFERRAL:
                put_off = Deferral(series=row.series, until=row.until, reason=row.reason)
                after = replace(before, deferrals=(*before.deferrals, put_off))
            case ObjectionKind.REFUSAL:
                refused = Refusal(series=row.series, on=row.on, reason=row.reason)
                after = replace(before, refusals=(*before.refusals, refused))
        found[row.person_id] = after
    return found


@answers(LastUsed)
def last_used(connection: Connection, question: LastUsed) -> dict[str, Vial]:
    g = immunization.given_dose
    found = connection.execute(
        select(g.c.code, g.c.batch, g.c.expiry, g.c.site)
        .where(g.c.on == question.on, g.c.source == DoseSource.HERE.value, g.c.voided_at.is_(None))
        .order_by(g.c.id)
    )
    return {row.code: Vial(row.batch, row.expiry, row.site) for row in found}
