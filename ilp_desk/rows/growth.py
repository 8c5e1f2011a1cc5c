"""What the store knows of people's measures, and a child's growth as screens show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from ilp_desk.domain.growth.plot import Plot
from ilp_desk.rows.question import Question


@dataclass(frozen=True, kw_only=True, slots=True)
class MeasureRow:
    """One taking. on: the service date of its visit, None without one; at: the instant; the rest as in VitalSigns."""

    person_uid: str
    uid: str
    on: date | None
    at: datetime
    weight: int | None
    height: int | None
    position: str
    head: int | None
    arm: int | None
    oedema: bool | None
    place: str
    source: str


@dataclass(frozen=True, slots=True)
class MeasuresOf(Question[tuple[MeasureRow, ...]]):
    """Live takings of these people with a size or a look for oedema, in order of taking."""

    person_uids: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class BirthRow:
    """What is known of a birth here. gestation_days: at birth; weight g and length mm at birth."""

    on: date
    gestation_days: int | None
    weight: int | None
    length: int | None


@dataclass(frozen=True, slots=True)
class BirthOf(Question["BirthRow | None"]):
    """The birth of a child, where its mother's delivery is on record."""

    person_uid: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ScoreLine:
    """One line of the judgement. value: `−2,35`, for the arm `12,9`; level: severe, low, normal, high, obese or empty;
    doubtful: measure again."""

    code: str
    name: str
    value: str
    words: str
    level: str
    doubtful: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class AdviceLine:
    """What to do. level: severe, low, high; control_on: the day to come back; refer: to the nutritionist."""

    code: str
    title: str
    text: str
    level: str
    control_on: date
    refer: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Chart:
    """One tab. code: of the index; tab: `BB/U`; title: what it is, for whom, by which standard; usual: the range the
    child's age or length is in; plots: one a range."""

    code: str
    tab: str
    title: str
    usual: str
    plots: tuple[Plot, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class SupplementLine:
    """Vitamin A or deworming. last: when it was given, in words; may: whether it may be given now, why: if not."""

    fact: str
    label: str
    dose: str
    last: str
    may: bool
    why: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class MeasuredLine:
    """One day of measuring as a list shows it; mark: N, T and the like."""

    day: str
    age: str
    weight: str
    height: str
    head: str
    arm: str
    mark: str
    place: str


@dataclass(frozen=True, kw_only=True, slots=True)
class TakingLine:
    """One record of measures, the newest first. uid: empty for what is known of the birth alone; oedema: ya, tidak or
    empty; where: `Posyandu Anggrek`, `di sini`, `dari lembar posyandu`."""

    uid: str
    day: str
    age: str
    weight: str
    height: str
    head: str
    arm: str
    oedema: str
    where: str

    @property
    def words(self) -> str:
        """The record in one line."""
        head, arm = f"LK {self.head}" if self.head else "", f"LiLA {self.arm}" if self.arm else ""
        named = ((self.weight, "kg"), (self.height, "cm"), (head, "cm"), (arm, "cm"))
        return " · ".join([self.day, *(f"{value} {unit}" for value, unit in named if value)])


@dataclass(frozen=True, kw_only=True, slots=True)
class ChildGrowth:
    """A child's growth on a day.

    trouble: why nothing can be judged, empty otherwise. gestation: completed weeks at birth, None where not known;
    gestation_told: it stands on the child's own record; corrected: the age the z-scores count with, empty where it is
    the real one. judged_on: the day `scores` and `advice` are about, the last one
    with measures; course: `T`, and course_words: `+50 g, minimal 200 g`. form: months of the KPSP form, None below
    the youngest.
    """

    person_uid: str
    name: str
    sex: str
    born: str
    age: str
    on: date
    trouble: str
    gestation: int | None
    gestation_told: bool
    corrected: str
    standing: bool
    judged_on: date | None
    scores: tuple[ScoreLine, ...]
    course: str
    course_words: str
    in_a_row: int
    below_red: bool
    advice: tuple[AdviceLine, ...]
    charts: tuple[Chart, ...]
    days: tuple[MeasuredLine, ...]
    takings: tuple[TakingLine, ...]
    form: int | None
    supplements: tuple[SupplementLine, ...]

    @property
    def today(self) -> bool:
        """Whether the judgement is about this very day."""
        return self.judged_on == self.on
