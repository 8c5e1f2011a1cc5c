"""Doses, and what stands against vaccines, as the rules of immunization read them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, select

from db.among import among
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
from ilp_desk.domain.immunization.records import ObjectionKind
from ilp_desk.domain.person import Precision
from ilp_desk.rows.immunization import LastUsed, Vial

_G, _O = immunization.given_dose, immunization.objection
# Made once: each question about services asks them, and putting a statement together takes as long as carrying it out.
_DOSES = (
    select(_G.c.person_id, _G.c.uid, _G.c.code, _G.c.on, _G.c.on_precision, _G.c.source, _G.c.campaign, _G.c.age_hours)
    .where(among(_G.c.person_id, "ids"), _G.c.voided_at.is_(None))
    .order_by(_G.c.on, _G.c.id)
)
_OBJECTIONS = (
    select(_O.c.person_id, _O.c.kind, _O.c.series, _O.c.on, _O.c.until, _O.c.reason)
    .where(among(_O.c.person_id, "ids"), _O.c.voided_at.is_(None))
    .order_by(_O.c.id)
)


def on_record(connection: Connection, ids: Sequence[int]) -> dict[int, OnRecord]:
    """By id of the person: live doses and objections; nobody without any. The dates as they are known."""
    doses: dict[int, list[Dose]] = defaultdict(list)
    for row in connection.execute(_DOSES, {"ids": ids}):
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
    for said in connection.execute(_OBJECTIONS, {"ids": ids}):
        found[said.person_id] = _with(found.get(said.person_id, NOTHING), said)
    return found


def _with(known: OnRecord, said: Any) -> OnRecord:
    match ObjectionKind(said.kind):
        case ObjectionKind.CONTRAINDICATION:
            stands = Contraindication(series=said.series, reason=said.reason, until=said.until)
            return replace(known, contraindications=(*known.contraindications, stands))
        case ObjectionKind.DEFERRAL:
            put_off = Deferral(series=said.series, until=said.until, reason=said.reason)
            return replace(known, deferrals=(*known.deferrals, put_off))
        case ObjectionKind.REFUSAL:
            refused = Refusal(series=said.series, on=said.on, reason=said.reason)
            return replace(known, refusals=(*known.refusals, refused))


@answers(LastUsed)
def last_used(connection: Connection, question: LastUsed) -> dict[str, Vial]:
    found = connection.execute(
        select(_G.c.code, _G.c.batch, _G.c.expiry, _G.c.site)
        .where(_G.c.on == question.on, _G.c.source == DoseSource.HERE.value, _G.c.voided_at.is_(None))
        .order_by(_G.c.id)
    )
    return {row.code: Vial(row.batch, row.expiry, row.site) for row in found}
