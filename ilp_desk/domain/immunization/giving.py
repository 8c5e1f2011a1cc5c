"""Whether a dose may be given on a day: what forbids it, and what has to be confirmed first, in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from ilp_desk.domain.immunization.due import due
from ilp_desk.domain.immunization.facts import EVERYTHING, LIVE, Contraindication, Dose, Recipient
from ilp_desk.domain.immunization.history import Reason, history
from ilp_desk.domain.immunization.plan import Plan
from ilp_desk.domain.immunization.tetanus import asks_tetanus, tetanus_status
from ilp_desk.domain.reference.immunization_rows import DoseState, Live
from ilp_desk.domain.text.dates import day_text

_UNWISE = frozenset({DoseState.NOT_YET, DoseState.DEFERRED, DoseState.TOO_LATE})


class Advice(NamedTuple):
    """forbidden: it is not given, and why; doubts: it may be, once these have been confirmed; counts: as which doses it
    counts (labels)."""

    forbidden: str
    doubts: tuple[str, ...]
    counts: tuple[str, ...]


class Against(NamedTuple):
    """What stands against a vaccine. state: contraindicated, refused or deferred; on: the day of a refusal; until: the
    day it is offered again, None: no day is said."""

    state: DoseState
    on: date | None
    until: date | None
    words: str


def judged(
    dose: Dose, others: Sequence[Dose], recipient: Recipient, today: date, plan: Plan
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """As what a dose would count among the others (labels), and why it would not (sentences)."""
    counts: list[str] = []
    doubts: list[str] = []
    for one in history(recipient, (*others, dose), today, plan):
        if one.dose is not dose:
            continue
        if one.counted:
            counts.append(one.label)
        elif one.reason is not Reason.NO_SERIES:
            doubts.append(one.words)
    if plan.products[dose.code].tetanus and asks_tetanus(recipient, today, plan):
        status = tetanus_status(recipient, (*others, dose), today, plan)
        own = next((contact for contact in status.contacts if contact.dose is dose), None)
        if own is not None and own.level:
            return (plan.levels[own.level - 1].code,), ()
        return (), (own.words,) if own is not None else tuple(doubts)
    return tuple(counts), tuple(doubts)


def advice(dose: Dose, others: Sequence[Dose], recipient: Recipient, today: date, plan: Plan) -> Advice:
    """About giving a dose on the day asked. What a contraindication forbids is never a matter of confirming."""
    stands = against(dose.code, recipient, today, plan)
    if stands is not None and stands.state is DoseState.CONTRAINDICATED:
        return Advice(stands.words, (), ())
    counts, doubts = judged(dose, others, recipient, today, plan)
    if counts and not (plan.products[dose.code].tetanus and asks_tetanus(recipient, today, plan)):
        lines = plan.products[dose.code].lines
        items = [item for item in due(recipient, others, today, plan) if plan.position[item.series] in lines]
        unwise = [item.reason for item in items if item.state in _UNWISE]
        doubts = tuple(unwise) if len(unwise) == len(items) else ()
    elif counts:
        doubts = (stands.words,) if stands is not None and stands.state is DoseState.DEFERRED else ()
    return Advice("", tuple(dict.fromkeys(doubts)), counts)


def against(code: str, recipient: Recipient, today: date, plan: Plan) -> Against | None:
    """What stands against a vaccine today, also at ages at which none of its series is due; the gravest of all."""
    product, vaccine = plan.products[code], plan.vaccines.get(code)
    living = product.live or (vaccine is not None and vaccine.live is not Live.NO)
    about = {EVERYTHING, *(plan.lines[at].series.code for at in product.lines)}
    standing = list(recipient.contraindications)
    if living:
        about.add(LIVE)
        if recipient.no_live:
            standing.append(Contraindication(series=LIVE, reason=recipient.no_live))
    places = {"series": product.label, "dose": product.label}
    for row in standing:
        if row.series in about and (row.until is None or today < row.until):
            name = "contraindicated" if row.until is None else "contraindicated_until"
            words = plan.say(name, **places, until=day_text(row.until), why=row.reason or plan.words["why_unsaid"])
            return Against(DoseState.CONTRAINDICATED, None, row.until, words)
    for refusal in recipient.refusals:
        if refusal.series in about and refusal.on <= today:
            why = refusal.reason or plan.words["why_unsaid"]
            words = plan.say("refused", **places, on=day_text(refusal.on), why=why)
            return Against(DoseState.REFUSED, refusal.on, None, words)
    for deferral in recipient.deferrals:
        if deferral.series in about and today < deferral.until:
            why = deferral.reason or plan.words["why_unsaid"]
            words = plan.say("deferred", **places, until=day_text(deferral.until), why=why)
            return Against(DoseState.DEFERRED, None, deferral.until, words)
    return None
