"""The immunization card, from what the screen shows."""

from __future__ import annotations

from ilp_desk import paperwork as forms
from ilp_desk.domain.person import Person
from ilp_desk.domain.text.dates import long_day_text, moment_text
from ilp_desk.ports import UnitOfWork
from ilp_desk.rows.immunization import GIVEN, NOT_COUNTED, DoseCell, ImmunizationView, SeriesLine
from ilp_desk.services import papers
from ilp_desk.work import Tools

UNCOUNTED = "tak dihitung"
NEVER = frozenset({"too_late", "contraindicated"})
"""States of doses that will not be given: no room is left for them."""


def card_paper(uow: UnitOfWork, person: Person, view: ImmunizationView, tools: Tools) -> forms.ImmunizationCard:
    """Series with their doses, room for those to come, the next day in words."""
    kipi = [f"KIPI {event.text}" for event in view.events]
    against = [line.text for line in view.objections if line.kind == "contraindication" and not line.over]
    status = [one.words for one in view.milestones]
    if view.tetanus is not None:
        status.append(f"Status T: {view.tetanus.words}")
    return forms.ImmunizationCard(
        letterhead=papers.letterhead(papers.facility(uow)),
        patient=papers.patient_block(uow, person, uow.today, tools.reference),
        series=tuple(_series(line) for line in view.lines),
        next_day=long_day_text(view.next_on) if view.next_on is not None else "",
        next_doses=", ".join(view.next_doses),
        open_doses=", ".join(offer.title for offer in view.offers if not offer.unsure),
        status=tuple(status),
        warnings=(*kipi, *against),
        schedule=f"J{view.schedule[1:].partition(':')[0]}",
        printed=f"Dicetak {moment_text(tools.clock.local(uow.now))} oleh {uow.actor.name}.",
    )


def _series(line: SeriesLine) -> forms.CardSeries:
    kept = (cell for cell in line.cells if cell.state not in NEVER)
    return forms.CardSeries(label=line.label, doses=tuple(_dose(line, cell) for cell in kept))


def _dose(line: SeriesLine, cell: DoseCell) -> forms.CardDose:
    label = cell.label.removeprefix(line.label).strip() or cell.label
    if cell.state == GIVEN:
        return forms.CardDose(label=label, day=cell.line)
    if cell.state == NOT_COUNTED:
        return forms.CardDose(label=label, day=cell.line.partition(" · ")[0], note=UNCOUNTED)
    return forms.CardDose(label=label)
