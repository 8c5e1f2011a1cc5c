"""The rows of growth.toml: what z-scores and arm circumference mean, limits of doubt, least gain of weight."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from ilp_desk.domain.reference.base import Header, Row, Table
from ilp_desk.domain.reference.growth_care import Advice, Supplement, read_advice, read_supplements
from ilp_desk.domain.reference.reading import Fields, RowBase, Sheet

INDICES = ("zlen", "zwei", "zwfl", "zbmi", "zhc", "zac")
STANDARDS = ("2006", "2007")
MUAC = "muac_cm"
LEVELS = ("severe", "low", "normal", "high", "obese")
WORDS = ("doubtful", "oedema", "no_table_age", "no_table_length", "not_with_oedema")
ALL_MONTHS = (0, 228)
HUNDRED = 100
"""Bounds are kept in hundredths, of an SD or of a cm, so that every comparison is one of whole numbers."""


@dataclass(frozen=True, kw_only=True, slots=True)
class GrowthIndex(Row):
    """One index. *_standing: its name where height is measured standing. flag: hundredths of an SD; a z-score below
    the first or above the second is doubtful. weight_based: not computed with oedema."""

    label: str
    short: str
    label_standing: str
    short_standing: str
    unit: str
    weight_based: bool
    flag: tuple[int, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class Band(Row):
    """What a value means. below: less than; to: up to and with; hundredths; neither: whatever is left. months:
    completed months of age it holds for, both included."""

    of: str
    standard: str
    months: tuple[int, int]
    below: int | None
    to: int | None
    label: str
    level: str


@dataclass(frozen=True, slots=True)
class Scale:
    """The bands of one index and standard. ends: for each but the last, the first hundredth that is past it."""

    bands: tuple[Band, ...]
    ends: tuple[int, ...]

    def band(self, hundredths: int) -> Band:
        return self.bands[bisect_right(self.ends, hundredths)]


@dataclass(frozen=True, kw_only=True, slots=True)
class LeastGain(Row):
    """Kenaikan berat minimal (KBM) in grams between two months; first, last: month of the later weighing, with both.

    times_months: where a month was skipped it is multiplied; else such a gain is not judged."""

    first: int
    last: int
    boys: int
    girls: int
    times_months: bool


@dataclass(frozen=True, slots=True)
class Measuring:
    """standing_from_days: age from which height is measured standing; difference_cm: length is that much more."""

    standing_from_days: int
    difference_cm: Decimal


@dataclass(frozen=True, slots=True)
class Prematurity:
    """Ages of children born before that week count from the day they were due, until so many months."""

    preterm_below_weeks: int
    term_days: int
    until_months: int


@dataclass(frozen=True, slots=True)
class WeightCourse:
    """follow_curve: a z-score that does not fall is a rise. red_line: hundredths of an SD of weight for age."""

    follow_curve: bool
    red_line: int
    referral_after: int


@dataclass(frozen=True, kw_only=True, slots=True)
class GrowthRules:
    """growth.toml as a whole. scales: by standard, then by index (or MUAC)."""

    header: Header
    measuring: Measuring
    prematurity: Prematurity
    weight_course: WeightCourse
    indices: Table[GrowthIndex]
    bands: Table[Band]
    scales: Mapping[str, Mapping[str, Scale]]
    gains: Table[LeastGain]
    advice: Table[Advice]
    supplements: Table[Supplement]
    words: Mapping[str, str]

    @property
    def last_kms_month(self) -> int:
        """The last column of the KMS; after it no weight is called N or T."""
        return max(row.last for row in self.gains)

    def least_gain(self, month: int) -> LeastGain | None:
        """The row of the month of the later weighing, counted as on the KMS."""
        return next((row for row in self.gains if row.first <= month <= row.last), None)


def read_growth(sheet: Sheet) -> GrowthRules:
    indices = sheet.table("index", _index)
    if {row.code for row in indices} != set(INDICES):
        raise sheet.fail(f"[[index]] harus {', '.join(INDICES)}")
    bands = sheet.table("band", _band)
    gains = sheet.table("gain", _gain)
    _check_months(sheet, gains)
    return GrowthRules(
        header=sheet.header,
        measuring=sheet.section(
            "measuring",
            lambda fields: Measuring(_count(fields, "standing_from_days"), fields.number("difference_cm")),
        ),
        prematurity=sheet.section(
            "prematurity",
            lambda fields: Prematurity(
                _count(fields, "preterm_below_weeks"), _count(fields, "term_days"), _count(fields, "until_months")
            ),
        ),
        weight_course=sheet.section(
            "weight_course",
            lambda fields: WeightCourse(
                fields.flag("follow_curve"),
                _hundredths(fields, "red_line", fields.number("red_line")),
                _count(fields, "referral_after"),
            ),
        ),
        indices=indices,
        bands=bands,
        scales=_scales(sheet, bands),
        gains=gains,
        advice=read_advice(sheet, {band.code for band in bands}),
        supplements=read_supplements(sheet),
        words=sheet.section("words", lambda fields: {name: fields.text(name) for name in WORDS}),
    )


def _index(fields: Fields, base: RowBase) -> GrowthIndex:
    label, short = fields.text("label"), fields.text("short")
    low, high = (_hundredths(fields, "flag", number) for number in fields.numbers("flag", 2))
    if low >= high:
        raise fields.fail('"flag" harus dua angka, yang kecil dulu')
    return GrowthIndex(
        **base,
        label=label,
        short=short,
        label_standing=fields.text("label_standing", label),
        short_standing=fields.text("short_standing", short),
        unit=fields.text("unit"),
        weight_based=fields.flag("weight_based"),
        flag=(low, high),
    )


def _band(fields: Fields, base: RowBase) -> Band:
    of = fields.choice("of", (*INDICES, MUAC))
    months = ALL_MONTHS
    if of == MUAC:
        first, last = fields.numbers("months", 2)
        months = (int(first), int(last))
        if first % 1 or last % 1 or not 0 <= first <= last:
            raise fields.fail('"months" harus dua bilangan bulat, yang kecil dulu')
    below, to = (_hundredths(fields, key, fields.number(key)) if fields.has(key) else None for key in ("below", "to"))
    if below is not None and to is not None:
        raise fields.fail('tulis "below" atau "to", jangan keduanya')
    return Band(
        **base,
        of=of,
        standard=fields.choice("standard", STANDARDS),
        months=months,
        below=below,
        to=to,
        label=fields.text("label"),
        level=fields.choice("level", LEVELS),
    )


def _gain(fields: Fields, base: RowBase) -> LeastGain:
    first, last = _count(fields, "from"), _count(fields, "to")
    if first > last:
        raise fields.fail('"from" lebih besar daripada "to"')
    return LeastGain(
        **base,
        first=first,
        last=last,
        boys=_count(fields, "boys"),
        girls=_count(fields, "girls"),
        times_months=fields.flag("times_months"),
    )


def _scales(sheet: Sheet, bands: Table[Band]) -> Mapping[str, Mapping[str, Scale]]:
    """Every value must find exactly one band: bounds that rise, and a last row that takes the rest."""
    kinds: dict[tuple[str, str], list[Band]] = {}
    for band in bands:
        kinds.setdefault((band.of, band.standard), []).append(band)
    scales: dict[str, dict[str, Scale]] = {standard: {} for standard in STANDARDS}
    for (of, standard), rows in kinds.items():
        where = f"[[band]] {of} {standard}"
        *bounded, rest = (_end(row) for row in rows)
        ends = [end for end in bounded if end is not None]
        if rest is not None:
            raise sheet.fail(f'{where}: baris terakhir harus tanpa "below" dan "to"')
        if len(ends) < len(bounded) or ends != sorted(set(ends)):
            raise sheet.fail(f"{where}: batasnya harus naik dari baris ke baris")
        if any(row.months != rows[0].months for row in rows):
            raise sheet.fail(f"{where}: umurnya harus sama di semua baris")
        scales[standard][of] = Scale(tuple(rows), tuple(ends))
    return scales


def _end(band: Band) -> int | None:
    return band.below if band.to is None else band.to + 1


def _check_months(sheet: Sheet, gains: Table[LeastGain]) -> None:
    next_month = 1
    for row in gains:
        if row.first != next_month:
            raise sheet.fail(f"[[gain]] {row.code}: harus mulai bulan {next_month}, tanpa celah atau tumpang tindih")
        next_month = row.last + 1


def _hundredths(fields: Fields, key: str, number: Decimal) -> int:
    scaled = number * HUNDRED
    if scaled != scaled.to_integral_value():
        raise fields.fail(f'"{key}": paling banyak dua angka di belakang koma')
    return int(scaled)


def _count(fields: Fields, key: str) -> int:
    value = fields.integer(key)
    if value < 1:
        raise fields.fail(f'"{key}" harus lebih dari 0')
    return value
