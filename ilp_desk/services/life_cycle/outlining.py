"""Makes the outlines of people anew: the days from which the states of their services follow on any later day."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import date

from ilp_desk.domain.due.immunization import rules_of
from ilp_desk.domain.due.outlines import Outline, outline_of
from ilp_desk.domain.due.rules import Rules
from ilp_desk.domain.reference.in_force import InForce
from ilp_desk.ports import UnitOfWork
from ilp_desk.rows.care import CareOf, CareRow
from ilp_desk.rows.recall import Subject, SubjectsOf
from ilp_desk.services.life_cycle.lives import UNKNOWN, life_of
from ilp_desk.work import Tools

FORM = 1
"""Of what is kept: another one makes every outline anew."""
AT_ONCE = 1000
MOST_ALIKE = 100_000
"""Outlines that are remembered of lives nothing is recorded of: bounds the memory of a run over everybody."""
NOTHING = Outline(b"", date.max)
_newest: list[tuple[InForce, date, str]] = []
_alike: list[tuple[Rules, dict[object, Outline]]] = []


def fingerprint(in_force: InForce, today: date) -> str:
    """The same as long as the rules of a day are: files of ours and of the Puskesmas, and which rows are valid."""
    for kept, day, known in _newest:
        if kept is in_force and day == today:
            return known
    reference = in_force.reference
    valid = [
        [row.validity.covers(today) for row in table]
        for table in (reference.services.services, reference.immunizations.doses, reference.immunizations.schedules)
    ]
    said = json.dumps([FORM, in_force.ours.reference, in_force.site_raw, valid], sort_keys=True, default=str)
    made = hashlib.sha256(said.encode("utf-8")).hexdigest()[:16]
    _newest[:] = [(in_force, today, made)]
    return made


def anew(uow: UnitOfWork, numbers: Sequence[int], tools: Tools) -> list[tuple[int, Outline]]:
    """The outlines of these people as of today; nothing for who is dead, moved, merged or lives outside."""
    found: list[tuple[int, Outline]] = []
    rules = rules_of(tools.reference, uow.today)
    for start in range(0, len(numbers), AT_ONCE):
        subjects = uow.ask(SubjectsOf(tuple(numbers[start : start + AT_ONCE])))
        here = [one for one in subjects if one.active and not one.gone and not one.outside]
        care = uow.ask(CareOf(tuple(one.uid for one in here)))
        found += [(one.number, _outline(one, care.get(one.uid), uow.today, rules, tools)) for one in here]
        present = {one.number for one in here}
        found += [(one.number, NOTHING) for one in subjects if one.number not in present]
    return found


def _outline(one: Subject, row: CareRow | None, today: date, rules: Rules, tools: Tools) -> Outline:
    """Of people nothing is recorded of, those with the same birthday are worked out once: most of a town is unknown."""
    if row is not None:
        return outline_of(life_of(one, row, today, tools.reference, tools.clock.local), today, rules)
    known = next((kept for by, kept in _alike if by is rules), None)
    if known is None or len(known) >= MOST_ALIKE:
        known = {}
        _alike[:] = [(rules, known)]
    key = (one.sex, one.born_on, one.born_precision, one.marital_status)
    found = known.get(key)
    if found is None:
        life = life_of(one, UNKNOWN, today, tools.reference, tools.clock.local)
        found = known[key] = outline_of(life, today, rules)
    return found
