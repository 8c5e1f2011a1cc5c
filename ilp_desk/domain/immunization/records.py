"""What is recorded about immunizations: doses, what happened after one, what stands against one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ilp_desk.domain.clinical import Fact
from ilp_desk.domain.person import Precision

COPIED = "book_immunization"
"""Fact of services.toml: the immunization book was copied whole."""

SCHOOL_CLASS = "school_class"
"""Fact of services.toml: in which class a child is, in the school year of its day; 0 for not at school."""
LAST_CLASS = 12


class ObjectionKind(StrEnum):
    """Why a vaccine is not given although it is its time."""

    CONTRAINDICATION = "contraindication"
    DEFERRAL = "deferral"
    REFUSAL = "refusal"


@dataclass(frozen=True, kw_only=True, slots=True)
class GivenDose(Fact):
    """One dose, given here or known from elsewhere. code: vaccine, or series where only that is known.

    on: the day as well as it is known. batch, expiry (last day), site, route: of a dose given here. age_hours: since
    birth, where both hours are known. campaign: its name (BIAN, PIN), empty in the routine. screening: what was asked
    before it and answered well (codes of vaccine_screening). despite: the sentence that was confirmed where the rules
    in force (version) advise against it. place, performer, source: as in Fact.
    """

    code: str
    on: date
    on_precision: Precision = Precision.DAY
    batch: str = ""
    expiry: date | None = None
    site: str = ""
    route: str = ""
    age_hours: int | None = None
    campaign: str = ""
    screening: tuple[str, ...] = ()
    despite: str = ""
    version: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class AdverseEvent(Fact):
    """KIPI: what happened after a dose. on: the day it began; severity: mild, severe; action: what was done."""

    dose_uid: str
    on: date
    symptom: str
    severity: str
    action: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Objection(Fact):
    """A vaccine is not given. series: code, `live` for all live ones, empty for all.

    on: since when; until: the day it is offered again (None: a contraindication for good; a refusal has none).
    """

    kind: ObjectionKind
    series: str
    on: date
    until: date | None = None
    reason: str
