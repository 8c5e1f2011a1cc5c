"""What a child's measures mean: z-scores by WHO 2006 (day 0 to 1856) and WHO 2007 (61 to 228 months), and their labels.

Lengths in cm and weights in kg, as floats. A z-score is judged as it is said, with two decimals and in whole
hundredths: -2.00 is never called short.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, NamedTuple

from ilp_desk.domain.growth.tables import RESTRICTED, GrowthTables, Lms, hundredths, zscore
from ilp_desk.domain.person import Sex
from ilp_desk.domain.reference.growth import MUAC, Band, GrowthIndex, GrowthRules, Prematurity, Scale

LAST_DAY: Final = 1856
"""The last day of the WHO 2006 tables: 60 completed months."""
FIRST_MONTH: Final = 61
_MONTH: Final = (487, 16)  # 30.4375 days, the month of WHO, as whole numbers


@dataclass(frozen=True, slots=True)
class GrowthAge:
    """days: since birth, None where only months are told (from 61 on); months: completed ones."""

    days: int | None
    months: int

    @classmethod
    def of_days(cls, days: int) -> GrowthAge:
        """Months of 30.4375 days, as WHO counts. ValueError below 0."""
        if days < 0:
            raise ValueError(f"{days} days is before the birth")
        return cls(days, days * _MONTH[1] // _MONTH[0])

    @classmethod
    def of_months(cls, months: int) -> GrowthAge:
        """ValueError below 61: for the WHO 2006 tables months are too coarse."""
        if months < FIRST_MONTH:
            raise ValueError(f"{months} months: days are needed")
        return cls(None, months)

    @classmethod
    def between(cls, born: date, on: date) -> GrowthAge:
        """Completed calendar months (bulan penuh), as `text.ages.age` counts them. ValueError before the birth."""
        if on < born:
            raise ValueError(f"{on} is before the birth on {born}")
        months = (on.year - born.year) * 12 + on.month - born.month - (on.day < born.day)
        return cls((on - born).days, months)

    @property
    def standard(self) -> str:
        """Which WHO tables hold: 2006 or 2007."""
        return "2006" if self.days is not None and self.days <= LAST_DAY else "2007"

    @property
    def table_month(self) -> int:
        """The month of the WHO 2007 tables, whose first is 61: a calendar month may be over a day or two later."""
        return max(self.months, FIRST_MONTH)


@dataclass(frozen=True, kw_only=True, slots=True)
class Measured:
    """One child measured once. lying: None if nobody wrote how, then as is usual at the age. oedema: on both feet."""

    sex: Sex
    age: GrowthAge
    weight_kg: float | None = None
    length_cm: float | None = None
    lying: bool | None = None
    oedema: bool = False
    head_cm: float | None = None
    arm_cm: float | None = None


class Score(NamedTuple):
    """The z-score of the index `code`; a tuple, because a district's sheet makes a million of them.

    hundredths: as it is said; doubtful: beyond the limits of WHO, so measure again; band: what it means.
    """

    code: str
    z: float
    hundredths: int
    doubtful: bool
    band: Band | None

    @property
    def text(self) -> str:
        """-2,43 as people write it, with a true minus sign."""
        return f"{self.hundredths / 100:.2f}".replace("-", "−").replace(".", ",")


@dataclass(frozen=True, slots=True)
class Assessment:
    """All that can be said. length_cm: as computed with; standing: height, not length; bmi: kg/m²; muac: what the arm
    means; without: index -> word of growth.toml that says why there is no z-score although it was measured."""

    measured: Measured
    standard: str
    length_cm: float | None
    standing: bool
    bmi: float | None
    scores: tuple[Score, ...]
    muac: Band | None
    without: dict[str, str]

    @property
    def by_index(self) -> dict[str, Score]:
        return {score.code: score for score in self.scores}

    def name(self, index: GrowthIndex) -> str:
        """PB/U or TB/U, as it was measured."""
        return index.short_standing if self.standing else index.short


def corrected(age: GrowthAge, gestation_days: int | None, rule: Prematurity) -> GrowthAge | None:
    """The age counted from the day the child was due, for one born early; None as long as that day is to come.

    Unchanged from 24 completed months of life on, for those born at 37 weeks or later, and where it is not known.
    """
    if age.days is None or gestation_days is None or age.months >= rule.until_months:
        return age
    if gestation_days >= rule.preterm_below_weeks * 7:
        return age
    days = age.days - (rule.term_days - gestation_days)
    return GrowthAge.of_days(days) if days >= 0 else None


def counted_from(born: date, on: date, gestation_days: int | None, rule: Prematurity) -> date:
    """The day the age counts from on a day: of birth, or the day the child was due where `corrected` says so."""
    lived = GrowthAge.between(born, on)
    if gestation_days is None or corrected(lived, gestation_days, rule) is lived:
        return born
    return born + timedelta(days=rule.term_days - gestation_days)


def standing_at(age: GrowthAge, rules: GrowthRules) -> bool:
    """Whether a child of this age is measured standing: from 24 months (731 days)."""
    return age.days is None or age.days >= rules.measuring.standing_from_days


def assess(measured: Measured, rules: GrowthRules, tables: GrowthTables) -> Assessment:
    """Every z-score the measures allow; never raises for a child of known sex. Values must be above 0."""
    at = measured.age
    standard = at.standard
    position = at.days if at.days is not None and standard == "2006" else at.table_month
    standing = standing_at(at, rules)
    length = _usual_length(measured, standing, rules)
    weight = measured.weight_kg
    bmi = weight / (length / 100) ** 2 if weight is not None and length is not None else None
    known, scales = rules.indices.by_code, rules.scales[standard]
    holding = tables.of(measured.sex, standard, "standing" if standing else "lying")
    scores: list[Score] = []
    without: dict[str, str] = {}
    for index, value in (
        ("zlen", length),
        ("zwei", weight),
        ("zwfl", weight if length is not None else None),
        ("zbmi", bmi),
        ("zhc", measured.head_cm),
        ("zac", measured.arm_cm),
    ):
        if value is None:
            continue
        rule, table = known[index], holding.get(index)
        if measured.oedema and rule.weight_based:
            without[index] = "not_with_oedema"
            continue
        lms = table.at(_tenths(length) if index == "zwfl" else position) if table is not None else None
        if lms is None:
            without[index] = "no_table_length" if index == "zwfl" and table is not None else "no_table_age"
        else:
            scores.append(_score(rule, value, lms, scales.get(index)))
    muac = _muac(measured, scales.get(MUAC))
    return Assessment(measured, standard, length, standing, bmi, tuple(scores), muac, without)


def _usual_length(measured: Measured, standing: bool, rules: GrowthRules) -> float | None:
    """Length below 24 months, height from then on: what was measured the other way is 0.7 cm off. Never 0 or less."""
    length = measured.length_cm
    if length is None or measured.lying is None or measured.lying != standing:
        return length
    difference = float(rules.measuring.difference_cm)
    usual = length - difference if standing else length + difference
    return usual if usual > 0 else length


def _tenths(length: float | None) -> float:
    """The position in a table by length: whole millimetres stay whole though they are floats."""
    tenths = (length or 0.0) * 10
    whole = round(tenths)
    return whole if abs(tenths - whole) < 1e-6 else tenths


def _score(rule: GrowthIndex, value: float, lms: Lms, scale: Scale | None) -> Score:
    z = zscore(value, lms, rule.code in RESTRICTED)
    said = hundredths(z)
    low, high = rule.flag
    return Score(rule.code, z, said, not low <= said <= high, scale.band(said) if scale is not None else None)


def _muac(measured: Measured, scale: Scale | None) -> Band | None:
    """Of the arm itself, not of its z-score; only in the months of age the bands say."""
    if measured.arm_cm is None or scale is None:
        return None
    band = scale.band(hundredths(measured.arm_cm))
    return band if band.months[0] <= measured.age.months <= band.months[1] else None
