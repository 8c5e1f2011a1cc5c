"""What the rules of immunization are told: whom, which doses, what stands against a vaccine."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from ilp_desk.domain.person import Precision, Sex
from ilp_desk.domain.text.dates import PartialDate

EVERYTHING = ""
"""As the series of a contraindication, deferral or refusal: all vaccines."""
LIVE = "live"
"""The same: all live vaccines."""


class DoseSource(StrEnum):
    """Where a dose is known from. Only ORAL (told from memory) is not counted."""

    HERE = "here"
    DOCUMENTED = "other_facility"
    IMPORT = "import"
    ORAL = "told"


@dataclass(frozen=True, kw_only=True, slots=True)
class Dose:
    """One dose in the record. code: vaccine, or series where only that is known (immunizations.toml).

    on: the day, or the first day of the month or year. age_hours: since birth, where both hours are known (HB0).
    campaign: given in a campaign (BIAN, PIN) besides the routine. uid: of the record.
    """

    code: str
    on: date
    precision: Precision = Precision.DAY
    source: DoseSource = DoseSource.HERE
    void: bool = False
    campaign: bool = False
    age_hours: int | None = None
    uid: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Contraindication:
    """series: code, LIVE or EVERYTHING; until: the day it may be given again, None is for good."""

    series: str
    reason: str = ""
    until: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Deferral:
    """Put off: until is the day it is offered again."""

    series: str
    until: date
    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Refusal:
    """Refused on a day; a later dose of the series ends it."""

    series: str
    on: date
    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Recipient:
    """Whom it is about. Ages are chronological, also of those born too early.

    areas: flags of the area that hold (je_endemic). school_class: 1 to 12 in the school year of the day asked, 0: not
    known or not at school. known_since: from this day on the record misses no dose (a copied KIA book: the birth);
    None: only what the doses themselves show. no_live: why live vaccines must not be given, e.g. pregnant.
    """

    born_on: date | None
    born_precision: Precision = Precision.DAY
    sex: Sex = Sex.UNKNOWN
    areas: frozenset[str] = frozenset()
    school_class: int = 0
    known_since: date | None = None
    no_live: str = ""
    contraindications: tuple[Contraindication, ...] = ()
    deferrals: tuple[Deferral, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    born: tuple[date, date] = field(init=False, compare=False, repr=False, default=(date.min, date.min))
    """The first and the last day the birth can have been."""

    def __post_init__(self) -> None:
        if self.born_on is not None:
            known = PartialDate(self.born_on, self.born_precision)
            object.__setattr__(self, "born", (known.earliest, known.latest))


@dataclass(frozen=True, kw_only=True, slots=True)
class OnRecord:
    """What the record says of somebody's immunizations. copied: the whole book was copied, no dose of it is missing;
    seen_in_class: the school class as it was on a day (0: not at school)."""

    doses: tuple[Dose, ...] = ()
    contraindications: tuple[Contraindication, ...] = ()
    deferrals: tuple[Deferral, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    copied: bool = False
    seen_in_class: tuple[int, date] | None = None


NOTHING = OnRecord()
