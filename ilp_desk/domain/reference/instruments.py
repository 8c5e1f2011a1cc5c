"""Screening instruments as frozen types: items, scores, bands, flags and what follows; one version of one instrument
is one file, and answers are judged by the version they were given in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from ilp_desk.domain.person import Sex
from ilp_desk.domain.reference.base import Header, Row, Table
from ilp_desk.domain.reference.bounds import Ages
from ilp_desk.domain.reference.signs import Level
from ilp_desk.domain.text.ages import Age

YES, NO = "yes", "no"
STATES = ("pregnant", "postpartum")
FACTS = ("age_years", "age_months", "sex", "muac", "height", "respiration", "temperature", "spo2", "kpsp_form")
"""What the record may already know of an item; the screen shows it beside the item or offers it as the answer."""


class Mode(StrEnum):
    """Who answers: the person alone, the person asked by staff, or staff by looking and measuring."""

    SELF = "self"
    ASKED = "asked"
    OBSERVED = "observed"


class Wording(StrEnum):
    """OURS: short words of our own ("belum redaksi resmi"); OFFICIAL: a site laid the official wording over them."""

    OURS = "ours"
    OFFICIAL = "official"


class Meaning(StrEnum):
    """What a band asks for: nothing now, an eye kept on it, an act today."""

    OK = "ok"
    WATCH = "watch"
    ACT = "act"


class Kind(StrEnum):
    YES_NO = "yes_no"
    CHOICE = "choice"
    NUMBER = "number"


class How(StrEnum):
    """How a score is made of points: their sum, how many are above 0, the highest, numbers multiplied and divided, or
    another score cut into steps."""

    SUM = "sum"
    COUNT = "count"
    MAX = "max"
    PRODUCT = "product"
    STEPS = "steps"


@dataclass(frozen=True, slots=True)
class Option:
    """One possible answer. value is what is stored; label what is read."""

    value: str
    label: str
    points: int


@dataclass(frozen=True, slots=True)
class Step:
    """Points up to a limit; `included`: the limit itself still counts here. limit None: everything above."""

    points: int
    limit: Decimal | None = None
    included: bool = True

    def holds(self, value: Decimal) -> bool:
        return self.limit is None or value < self.limit or (self.included and value == self.limit)


def step_points(steps: Iterable[Step], value: Decimal) -> int:
    """The points of the first step that holds a value; the last step of a file holds everything."""
    return next(step.points for step in steps if step.holds(value))


@dataclass(frozen=True, kw_only=True, slots=True)
class Condition:
    """On one item (its answer is one of `answers`, or its number lies in the span), on a score, or on the band of the
    result. The span includes both ends; None is open."""

    item: str = ""
    score: str = ""
    bands: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    low: Decimal | None = None
    high: Decimal | None = None

    def spans(self, value: Decimal) -> bool:
        return (self.low is None or self.low <= value) and (self.high is None or value <= self.high)


@dataclass(frozen=True, slots=True)
class Fits:
    """Which values of the fact mean "yes": from `least`, to `most`, both included, and below `under`; None is open."""

    least: Decimal | None = None
    most: Decimal | None = None
    under: Decimal | None = None

    def holds(self, value: Decimal) -> bool:
        return (
            (self.least is None or value >= self.least)
            and (self.most is None or value <= self.most)
            and (self.under is None or value < self.under)
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Item(Row):
    """One question. options: of yes_no and choice; low, high, decimals, unit, steps: of a number.

    counts: False for what only steers or is kept. shown_if: asked only then; not asked means no points. fact: what the
    record may know of it (FACTS); yes_if: which values of it answer a yes_no; round_up_days: from so many days on a
    begun month counts as full (kpsp_form). sign: the danger sign (danger_signs.toml) it is, where it gives points.
    sensitive: its answer stays inside the room.
    """

    text: str
    group: str
    hint: str
    kind: Kind
    options: tuple[Option, ...]
    low: Decimal
    high: Decimal
    decimals: int
    unit: str
    steps: tuple[Step, ...]
    required: bool
    counts: bool
    shown_if: Condition | None
    fact: str
    yes_if: Fits | None
    round_up_days: int
    sign: str
    sensitive: bool

    @property
    def point_span(self) -> tuple[int, int]:
        """The fewest and the most points it can give; an item that may stay without an answer can give none."""
        points = [step.points for step in self.steps] + [option.points for option in self.options]
        if not self.required or self.shown_if is not None or not points:
            points.append(0)
        return min(points), max(points)

    def option(self, value: str) -> Option | None:
        return next((option for option in self.options if option.value == value), None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Score(Row):
    """Made of the points of `items` and of earlier `scores`, plus `base`. low, high: what it can reach; grain: the
    smallest distance between two values."""

    label: str
    how: How
    items: tuple[str, ...]
    scores: tuple[str, ...]
    base: int
    divisor: int
    steps: tuple[Step, ...]
    low: Decimal
    high: Decimal
    grain: Decimal


@dataclass(frozen=True, kw_only=True, slots=True)
class Band(Row):
    """A span of a score, both ends included, what it is called and what is done next."""

    score: str
    low: Decimal
    high: Decimal
    label: str
    meaning: Meaning
    act: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Flag(Row):
    """Rises whatever the total is. lifts_to: the band the result has at least."""

    level: Level
    label: str
    act: str
    when: Condition
    lifts_to: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Follow(Row):
    """The instrument that comes next, and why. when None: always. paper: it has no file and is done on paper."""

    instrument: str
    label: str
    because: str
    when: Condition | None
    paper: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Who:
    """Whom an instrument is for; empty sex and states mean anybody."""

    sex: Sex | None
    ages: Ages
    states: tuple[str, ...]

    def fits(self, sex: Sex, age: Age | None, states: Iterable[str] = ()) -> bool:
        """Whether it may be offered. What is not known of a person does not exclude."""
        return (
            (self.sex is None or sex in (self.sex, Sex.UNKNOWN))
            and (age is None or self.ages.holds(age))
            and (not self.states or bool(set(self.states) & set(states)))
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Instrument:
    """One version of one instrument. result: the score whose value is the total and whose band is the result.
    sensitive: its name, its answers and its result stay inside the room."""

    header: Header
    code: str
    label: str
    short: str
    intro: str
    mode: Mode
    wording: Wording
    sensitive: bool
    who: Who
    items: Table[Item]
    scores: Table[Score]
    bands: Table[Band]
    flags: Table[Flag]
    cascade: Table[Follow]
    result: str

    @property
    def version(self) -> str:
        return self.header.version

    def bands_of(self, score: str) -> tuple[Band, ...]:
        """From the lowest value to the highest."""
        return tuple(sorted((band for band in self.bands if band.score == score), key=lambda band: band.low))


@dataclass(frozen=True, kw_only=True, slots=True)
class Instruments:
    """All instruments. rows: every version a day may ask for; kept: versions only old answers still name."""

    rows: tuple[Instrument, ...]
    kept: tuple[Instrument, ...] = ()

    def codes(self) -> tuple[str, ...]:
        return tuple(sorted({row.code for row in self.rows}))

    def on(self, code: str, day: date) -> Instrument | None:
        """The version in force on a day."""
        return next((row for row in self.rows if row.code == code and row.header.validity.covers(day)), None)

    def at(self, code: str, version: str) -> Instrument | None:
        """The version old answers were given in."""
        return next((row for row in (*self.rows, *self.kept) if (row.code, row.version) == (code, version)), None)

    def in_force(self, day: date) -> tuple[Instrument, ...]:
        return tuple(row for row in self.rows if row.header.validity.covers(day))
