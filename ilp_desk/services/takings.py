"""One taking of vital signs and results: read as typed, stored in base units."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ilp_desk.domain.clinical import Observation, VitalSigns
from ilp_desk.domain.person import Person
from ilp_desk.domain.record import new_uid
from ilp_desk.domain.reference import Reference
from ilp_desk.domain.text.ages import Age
from ilp_desk.domain.visit import Visit
from ilp_desk.domain.vitals import VitalState, check_vital, kept
from ilp_desk.errors import InvalidInput
from ilp_desk.ports import UnitOfWork
from ilp_desk.services.encounters import exact_age

VITALS = (
    "systolic",
    "diastolic",
    "pulse",
    "respiration",
    "temperature",
    "spo2",
    "weight",
    "height",
    "waist",
    "arm",
    "head",
    "fundus",
    "fetal_heart",
    "glucose",
    "gcs",
    "pain",
)
"""Measures that have a column of their own in `VitalSigns`; every other one is an Observation."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Taking:
    """Vital signs and results as typed: code of vitals.toml or observations.toml -> text ("162/108", "36,7", "HI").

    confirmed: codes whose unlikely value was confirmed once. glucose_kind: random, fasting, 2h. position: L or H.
    oedema: on both feet; None where nobody looked.
    """

    uid: str
    visit_uid: str
    typed: Mapping[str, str]
    confirmed: frozenset[str] = frozenset()
    glucose_kind: str = ""
    position: str = ""
    oedema: bool | None = None


class UnlikelyValue(InvalidInput):
    """An unlikely value was not confirmed yet; `field` is its code."""


def read_typed(
    typed: Mapping[str, str], confirmed: frozenset[str], years: Age | None, reference: Reference
) -> tuple[dict[str, Any], dict[str, str], list[tuple[str, str]]]:
    """What was typed as columns of VitalSigns, its special values, and everything else as (code, value).

    Raises InvalidInput for what cannot be and UnlikelyValue for what was not confirmed; `field` is the code.
    """
    columns: dict[str, Any] = {}
    special: dict[str, str] = {}
    others: list[tuple[str, str]] = []
    for code, text in typed.items():
        reading = check_vital(code, text, years, reference)
        if reading.state is VitalState.EMPTY:
            continue
        if reading.state is VitalState.REFUSED:
            raise InvalidInput(code, reading.sentence)
        if reading.state is VitalState.CONFIRM and code not in confirmed:
            raise UnlikelyValue(code, reading.sentence)
        for part in reading.parts:
            if part.code not in VITALS:
                others.append((part.code, kept(part, reference)))
            elif part.special is not None:
                special[part.code] = part.special
            else:
                columns[part.code] = part.value
    return columns, special, others


def store_taking(uow: UnitOfWork, visit: Visit, person: Person, taking: Taking, reference: Reference) -> None:
    """Store one taking. Raises InvalidInput (impossible, or nothing at all; `field` is the code) and UnlikelyValue."""
    years = exact_age(person, visit.service_date)
    columns, special, others = read_typed(taking.typed, taking.confirmed, years, reference)
    if not columns and not special and not others and taking.oedema is None:
        raise InvalidInput("vitals", "Belum ada hasil pengukuran. Isi sedikitnya satu.")
    if columns or special or taking.oedema is not None:
        uow.add(
            VitalSigns(
                uid=taking.uid,
                person_uid=person.uid,
                visit_uid=visit.uid,
                taken_at=uow.now,
                glucose_kind=taking.glucose_kind if "glucose" in columns or "glucose" in special else "",
                position=taking.position,
                oedema=taking.oedema,
                special=special or None,
                confirmed=tuple(sorted(taking.confirmed)),
                **columns,
            )
        )
    for number, (code, value) in enumerate(others):
        measure = reference.measures[code]
        uow.add(
            Observation(
                uid=new_uid() if number else taking.uid,
                person_uid=person.uid,
                visit_uid=visit.uid,
                taken_at=uow.now,
                code=code,
                value=value,
                unit=measure.unit,
            )
        )
