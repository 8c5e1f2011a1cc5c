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
    forbidden = _forbidden(dose, recipient, today, plan)
    if forbidden:
        return Advice(forbidden, (), ())
    counts, doubts = judged(dose, others, recipient, today, plan)
    if counts and not (plan.products[dose.code].tetanus and asks_tetanus(recipient, today, plan)):
        lines = plan.products[dose.code].lines
        items = [item for item in due(recipient, others, today, plan) if plan.position[item.series] in lines]
        unwise = [item.reason for item in items if item.state in _UNWISE]
        doubts = tuple(unwise) if len(unwise) == len(items) else ()
    elif counts:
        doubts = ()
    return Advice("", tuple(dict.fromkeys(doubts)), counts)


def _forbidden(dose: Dose, recipient: Recipient, today: date, plan: Plan) -> str:
    """What stands against a vaccine, also at ages at which none of its series is due."""
    product, vaccine = plan.products[dose.code], plan.vaccines.get(dose.code)
    living = product.live or (vaccine is not None and vaccine.live is not Live.NO)
    codes = {EVERYTHING, *(plan.lines[at].series.code for at in product.lines)}
    standing = list(recipient.contraindications)
    if living:
        codes.add(LIVE)
        if recipient.no_live:
            standing.append(Contraindication(series=LIVE, reason=recipient.no_live))
    for row in standing:
        if row.series in codes and (row.until is None or today < row.until):
            name = "contraindicated" if row.until is None else "contraindicated_until"
            why = row.reason or plan.words["why_unsaid"]
            return plan.say(name, series=product.label, until=day_text(row.until), why=why)
    return ""
