"""What answered instruments raise in the visit they belong to."""

from __future__ import annotations

from collections.abc import Sequence

from ilp_desk.domain.alarms import Alarm
from ilp_desk.domain.assessment import Assessment, total_text
from ilp_desk.domain.clinical import AlarmAnswer
from ilp_desk.domain.reference.signs import Level
from ilp_desk.domain.staff import Actor
from ilp_desk.domain.visit import Visit
from ilp_desk.ports import UnitOfWork

RULE = "instrument."
"""Before the code of an instrument: the rule by which its red flag is an alarm."""


def readable(actor: Actor, assessment: Assessment) -> bool:
    """Whether this actor may read it: what is sensitive stays with those who treat."""
    return actor.clinician or not assessment.sensitive


def screened(uow: UnitOfWork, visit: Visit) -> tuple[str, ...]:
    """`SKILAS: Ada penurunan kapasitas, 1 dari 10.` for each instrument of a visit the actor may read."""
    found = [one for one in uow.all(Assessment, visit_uid=visit.uid) if readable(uow.actor, one)]
    return tuple(
        " ".join(filter(None, (f"{one.label}: {one.band_label}, {total_text(one.total, one.high)}.", one.note)))
        for one in found
    )


def told_to(uow: UnitOfWork, visit: Visit, answers: Sequence[AlarmAnswer]) -> tuple[AlarmAnswer, ...]:
    """The answers to alarms that the actor may read: whatever an instrument kept from them raised is left out."""
    kept = {RULE + one.instrument for one in uow.all(Assessment, visit_uid=visit.uid) if not readable(uow.actor, one)}
    return tuple(answer for answer in answers if answer.rule not in kept)


def assessed_alarms(uow: UnitOfWork, visit: Visit) -> tuple[tuple[Alarm, bool], ...]:
    """The red flags of the instruments answered in this visit, and whether the actor's own answers raised them."""
    found = []
    for one in uow.all(Assessment, visit_uid=visit.uid):
        if one.red and readable(uow.actor, one):
            words = ", ".join(label for label, level in one.flags.items() if level == Level.RED)
            alarm = Alarm(
                level=Level.RED,
                code=RULE + one.instrument,
                act=one.acts[0],
                reason=f"{one.label}: {words}.",
                rule=RULE + one.instrument,
                version=one.version,
            )
            found.append((alarm, one.made_by == uow.actor.staff_uid))
    return tuple(found)
