"""The types of immunizations.toml: series, schedules, doses, vaccines, complete status and tetanus status."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ilp_desk.domain.reference.base import Header, Row, Table
from ilp_desk.domain.reference.bounds import Span


class DoseState(StrEnum):
    """How one series stands for one person on a day. The words people read are [states] of the file."""

    NOT_YET = "not_yet"
    ON_TIME = "on_time"
    LATE = "late"
    CATCH_UP = "catch_up"
    TOO_LATE = "too_late"
    COMPLETE = "complete"
    CONTRAINDICATED = "contraindicated"
    DEFERRED = "deferred"
    REFUSED = "refused"
    NO_DATA = "no_data"


OPEN = frozenset({DoseState.ON_TIME, DoseState.LATE, DoseState.CATCH_UP})
"""The states in which a dose may be given."""

WORDS = (
    "counted", "void", "oral", "before_birth", "in_future", "unknown_vaccine", "campaign", "same_day", "too_young",
    "too_old", "too_soon", "live_gap", "other_brand", "extra", "no_series", "complete", "not_yet", "not_yet_after",
    "not_yet_live", "on_time", "late", "catch_up", "too_late", "too_late_hb0", "no_room", "contraindicated",
    "contraindicated_until", "deferred", "refused", "no_data", "no_sex", "uncertain_birth", "why_unsaid", "reached",
    "reached_late", "open", "impossible", "t_none", "t_level", "t_protected", "t_expired", "t_lasting", "t_contact",
    "t_too_soon", "t_after_five", "td_done", "td_now", "td_now_open", "td_later", "td_later_open", "td_after",
    "pregnant", "item", "item_td", "item_status", "t_no_data", "t_next",
)  # fmt: skip
PLACES = (
    "dose", "series", "born", "code", "days", "gap", "limit", "other", "since", "earliest", "latest", "until", "tidy",
    "interval", "before", "last", "why", "on", "then", "state", "label", "missing", "level",
)  # fmt: skip


class Live(StrEnum):
    """Whether a vaccine lives, and whether it is injected (then the distance between two of them counts)."""

    NO = "no"
    ORAL = "oral"
    PARENTERAL = "parenteral"


@dataclass(frozen=True, kw_only=True, slots=True)
class Series(Row):
    """Doses that belong together. order: on the screen. listed_from, listed_to: ages at which it is shown.

    span_from, span_to: ages at which a dose falls into this series. sex: L, P or anybody. area: flag of the area it
    needs. completing_from: one dose on or after this day completes it. live, tetanus: of a dose known only by its
    series. too_late: name of the sentence.
    """

    label: str
    order: int
    listed_from: Span
    listed_to: Span
    span_from: Span
    span_to: Span | None
    sex: str
    area: str
    completing_from: date | None
    live: bool
    tetanus: bool
    too_late: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Schedule(Row):
    """One way through a series, chosen by its first counted dose: age, vaccine (brands), or day (started_before)."""

    series: str
    start_from: Span
    start_to: Span | None
    brands: tuple[str, ...]
    started_before: date | None

    @property
    def can_start(self) -> bool:
        """Whether somebody without a dose may begin it."""
        return not self.brands and self.started_before is None


@dataclass(frozen=True, kw_only=True, slots=True)
class AgeWindow:
    """From one age (included) to another (not included) a dose stands in this state."""

    state: DoseState
    start: Span
    end: Span


@dataclass(frozen=True, kw_only=True, slots=True)
class ClassWindow:
    """The same by school class, from the first day of a month in `first` until the school year of `last` ends."""

    state: DoseState
    first: int
    last: int
    month: int


@dataclass(frozen=True, kw_only=True, slots=True)
class DoseRule(Row):
    """One dose of a schedule, counted from 1. windows: when it is offered; outside all of them it is not given.

    classes: instead of windows where the school class is known. recommended: the best age. counts_from: the youngest
    age at which a given one counts. interval: since the dose before. vaccines: what may be given, the first by choice.
    on_time_hours: on time means within so many hours after birth (0: days decide). remark: what is said besides from
    the age `remark_from` on.
    """

    schedules: tuple[str, ...]
    number: int
    label: str
    windows: tuple[AgeWindow, ...]
    classes: tuple[ClassWindow, ...]
    recommended: Span
    counts_from: Span
    interval: Span | None
    vaccines: tuple[str, ...]
    on_time_hours: int
    remark: str
    remark_from: Span


@dataclass(frozen=True, kw_only=True, slots=True)
class Vaccine(Row):
    """A product. series: what it counts for; counts_as: vaccines it counts like; counts_from: youngest age for a
    series where this product may be given earlier. order: place in one visit, small first. sites: by choice."""

    label: str
    series: tuple[str, ...]
    counts_as: tuple[str, ...]
    counts_from: Mapping[str, Span]
    live: Live
    tetanus: bool
    route: str
    amount: str
    sites: tuple[str, ...]
    order: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Milestone(Row):
    """A complete status (IDL, IBL) to be reached before the age `by`: counted doses by series, or the series complete.

    kind: idl, ibl; of several rows the one in force on the day that age is reached counts. includes: other kinds that
    belong to it. A series that does not concern the person (area, sex) is left out.
    """

    kind: str
    label: str
    by: Span
    includes: tuple[str, ...]
    needs: Mapping[str, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class TetanusLevel(Row):
    """T1 to T5. interval: since the level before; protection: how long; lasting: longer than that."""

    level: int
    interval: Span
    protection: Span | None
    lasting: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Credit(Row):
    """So many counted doses of a childhood series stand for a tetanus level."""

    series: str
    doses: int
    level: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ImmunizationRules:
    """grace_days: tolerated in ages and intervals; live_gap_days: between two injected live vaccines;
    school_year_month: first month; td_before_delivery_days: last Td before the expected birth; tetanus_from,
    tetanus_to: ages of women whose T-status is asked."""

    grace_days: int
    live_gap_days: int
    school_year_month: int
    td_before_delivery_days: int
    oral_history_counts: bool
    campaign_counts: bool
    tetanus_from: Span
    tetanus_to: Span


@dataclass(frozen=True, kw_only=True, slots=True)
class ImmunizationTable:
    """The whole file. states and words: what people read, by name."""

    header: Header
    rules: ImmunizationRules
    states: Mapping[DoseState, str]
    words: Mapping[str, str]
    series: Table[Series]
    schedules: Table[Schedule]
    doses: Table[DoseRule]
    vaccines: Table[Vaccine]
    milestones: Table[Milestone]
    tetanus: Table[TetanusLevel]
    credits: Table[Credit]
