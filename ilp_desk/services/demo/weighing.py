"""Children of the cast as the posyandu measured them, month by month."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ilp_desk.domain.clinical import Observation, VitalSigns
from ilp_desk.domain.person import Person
from ilp_desk.domain.reference import Reference
from ilp_desk.domain.vitals import check_vital
from ilp_desk.services.demo.source import Source, read

NOON = 12 * 60
COLUMNS = ("weight", "height", "head", "arm")


def measured(
    source: Source, reference: Reference, people: Mapping[str, Person], by: str
) -> tuple[list[VitalSigns], list[Observation]]:
    """Takings without a visit, and weeks of pregnancy at birth, as cast.toml has them. by: who wrote them down."""
    vitals: list[VitalSigns] = []
    births: list[Observation] = []
    for family in read("cast")["family"]:
        for row in family["person"]:
            person = people[row["key"]]
            vitals += [_taking(source, reference, person, row, by, each) for each in row.get("measured", ())]
            if "gestation_weeks" in row:
                births.append(_birth(source, person, str(row["gestation_weeks"]), by))
    return vitals, births


def _taking(
    source: Source, reference: Reference, person: Person, row: Mapping[str, Any], by: str, cells: list[str]
) -> VitalSigns:
    days, *typed = cells
    at = source.on(source.day(int(days)), NOON)
    values: dict[str, Any] = {
        part.code: part.value
        for code, text in zip(COLUMNS, typed)
        for part in check_vital(code, text, None, reference).parts
    }
    return VitalSigns(
        uid=source.uid(at),
        person_uid=person.uid,
        taken_at=at,
        place=row["measured_at"],
        source="import",
        position="L" if "height" in values else "",
        made_at=at,
        made_by=by,
        **values,
    )


def _birth(source: Source, person: Person, weeks: str, by: str) -> Observation:
    at = person.made_at or source.at
    return Observation(
        uid=source.uid(at),
        person_uid=person.uid,
        taken_at=at,
        code="gestation_at_birth",
        value=weeks,
        unit="mgg",
        source="told",
        made_at=at,
        made_by=by,
    )
