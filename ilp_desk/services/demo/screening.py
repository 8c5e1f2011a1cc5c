"""Instruments the cast answered in earlier months, as screening.toml has them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ilp_desk.domain.assessment import Assessment, outcome
from ilp_desk.domain.person import Person
from ilp_desk.domain.reference.instruments import NO, YES, Instrument, Instruments
from ilp_desk.domain.staff import Staff
from ilp_desk.services.demo.source import Source, read

MORNING = 9 * 60 + 4


def answered(
    source: Source, instruments: Instruments, people: Mapping[str, Person], staff: Mapping[str, Staff]
) -> list[Assessment]:
    """Oldest first."""
    rows = sorted(read("screening")["assessment"], key=lambda row: -row["days"])
    return [_assessment(source, instruments, people, staff, row) for row in rows]


def _assessment(
    source: Source,
    instruments: Instruments,
    people: Mapping[str, Person],
    staff: Mapping[str, Staff],
    row: Mapping[str, Any],
) -> Assessment:
    on = source.day(row["days"])
    at = source.on(on, MORNING)
    form = instruments.on(row["instrument"], source.today)
    if form is None:
        raise LookupError(row["instrument"])
    return Assessment(
        uid=source.uid(at),
        person_uid=people[row["who"]].uid,
        taken_at=at,
        on=on,
        instrument=form.code,
        note=row.get("note", ""),
        made_at=at,
        made_by=staff[row["by"]].uid,
        **outcome(form, row["answers"] if "answers" in row else _said_yes(form, row["yes"])),
    )


def _said_yes(form: Instrument, codes: list[str]) -> dict[str, str]:
    """Answers of a form of yes and no."""
    return {item.code: YES if item.code in codes else NO for item in form.items}
