"""Immunization of one person as a screen shows it: series and doses, what may be given today, what comes next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ilp_desk.rows.question import Question

GIVEN = "given"
NOT_COUNTED = "not_counted"
AHEAD = "ahead"
"""States of a cell besides those of DoseState: recorded and counted, recorded and not, after the next dose."""


@dataclass(frozen=True, slots=True)
class DoseCell:
    """One box of the grid. state: GIVEN, NOT_COUNTED, AHEAD or a DoseState; line: the second line, short; words: the
    whole sentence; dose_uid: of a recorded one; event: whether a KIPI is known of it."""

    label: str
    state: str
    line: str
    words: str
    dose_uid: str = ""
    event: bool = False


@dataclass(frozen=True, slots=True)
class SeriesLine:
    """One row of the grid; code `tetanus` is the T-status of women."""

    code: str
    label: str
    cells: tuple[DoseCell, ...]


@dataclass(frozen=True, slots=True)
class Vial:
    """What was drawn up last on a day."""

    batch: str
    expiry: date | None
    site: str


@dataclass(frozen=True, slots=True)
class LastUsed(Question[dict[str, Vial]]):
    """The last vial and site of each vaccine given here on a day, by code of the vaccine."""

    on: date


@dataclass(frozen=True, slots=True)
class Offer:
    """One dose that may be given today. title: `PCV3`; why: age and distance in words; vaccines: codes, the first by
    choice; site: no other injection of today is there; late: it should have been given before; unsure: it may have been
    given already, nobody wrote it down."""

    series: str
    title: str
    why: str
    vaccines: tuple[str, ...]
    site: str
    late: bool = False
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class VaccineChoice:
    """A vaccine as it can be given. series: it counts for; vial: what was used last today."""

    code: str
    label: str
    route: str
    amount: str
    sites: tuple[str, ...]
    series: tuple[str, ...]
    vial: Vial | None


@dataclass(frozen=True, slots=True)
class DoseLine:
    """One recorded dose in full. day: as well as it is known; details: batch, site, giver; words: whether it counts."""

    uid: str
    code: str
    label: str
    day: str
    on: date
    details: str
    words: str
    counted: bool
    here: bool


@dataclass(frozen=True, slots=True)
class EventLine:
    """One KIPI."""

    uid: str
    dose_uid: str
    text: str
    severe: bool


@dataclass(frozen=True, slots=True)
class ObjectionLine:
    """What stands against vaccines. text: `Kontraindikasi PCV: alasan`; over: it no longer holds."""

    uid: str
    kind: str
    series: str
    text: str
    over: bool


@dataclass(frozen=True, slots=True)
class Milestone:
    """IDL, IBL. state: reached, late (reached, too late), open, impossible."""

    code: str
    label: str
    state: str
    words: str


@dataclass(frozen=True, slots=True)
class TetanusLine:
    """words: the status; td: what follows from it, in pregnancy for this pregnancy; possible: Td may be given today."""

    code: str
    words: str
    td: str
    possible: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ImmunizationView:
    """Everything. born_known: the age can be reckoned; hourly: vaccines that are on time by the hours since birth,
    while that matters; others: recorded doses that stand in no line; next_on, next_doses: for the mother's hand;
    series, screening, severities: codes and labels to choose from; copied: the book was copied whole; school_class: 1
    to 12, 0 where it is not known, None where it does not matter; schedule: which rules.
    """

    person_uid: str
    on: date
    born_known: bool
    hourly: tuple[str, ...]
    lines: tuple[SeriesLine, ...]
    others: tuple[DoseLine, ...]
    doses: tuple[DoseLine, ...]
    offers: tuple[Offer, ...]
    vaccines: Mapping[str, VaccineChoice]
    milestones: tuple[Milestone, ...]
    tetanus: TetanusLine | None
    next_on: date | None
    next_doses: tuple[str, ...]
    events: tuple[EventLine, ...]
    objections: tuple[ObjectionLine, ...]
    series: tuple[tuple[str, str], ...]
    screening: tuple[tuple[str, str], ...]
    severities: tuple[tuple[str, str], ...]
    copied: bool
    school_class: int | None
    schedule: str
