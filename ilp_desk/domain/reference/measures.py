"""What is measured: vital signs (vitals.toml) and other results (observations.toml), one row shape for both."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ilp_desk.domain.reference.base import Header, Row, Table
from ilp_desk.domain.reference.bounds import Ages
from ilp_desk.domain.reference.reading import Fields, RowBase, Sheet

KINDS = ("number", "pair", "choice")
SPECIALS = ("HI", "LO", "not_measurable")
WORDS = (
    "not_a_number",
    "not_a_pair",
    "not_a_choice",
    "too_many_decimals",
    "no_decimals",
    "thousands",
    "impossible",
    "unlikely",
    "diastolic_above",
    "no_special",
    "unmeasured",
)
PLACES = ("label", "value", "unit", "min", "max", "example", "choices", "decimals", "special")


@dataclass(frozen=True, slots=True)
class Likely:
    """The span a value usually lies in at these ages; base units."""

    ages: Ages
    low: int
    high: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Measure(Row):
    """kind: number (an integer of base units, `scale` to one unit shown), pair (two parts typed as 162/108), choice
    (the position in `choices`). possible: base units, both included. special: values that are no number. decimals: the
    most that may be typed; shown: the fewest that are written. aliases: what else people type, in small letters, and
    the choice or special value it means."""

    kind: str
    label: str
    short: str
    unit: str
    example: str
    scale: int
    decimals: int
    shown: int
    possible: tuple[int, int]
    likely: tuple[Likely, ...]
    special: tuple[str, ...]
    choices: tuple[str, ...]
    parts: tuple[str, ...]
    aliases: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Measures:
    """Vital signs and observations, with the sentences that refuse or ask, and the words of special values."""

    header: Header
    vitals: Table[Measure]
    observations: Table[Measure]
    words: dict[str, str]
    specials: dict[str, str]

    def __getitem__(self, code: str) -> Measure:
        """The vital sign or observation; raises KeyError."""
        return self.vitals.get(code) or self.observations[code]

    def __contains__(self, code: object) -> bool:
        return code in self.vitals or code in self.observations


def read_measures(vitals: Sheet, observations: Sheet) -> Measures:
    measures = Measures(
        header=vitals.header,
        vitals=vitals.table("vital", _measure),
        observations=observations.table("observation", _measure),
        words=vitals.section("words", lambda fields: {name: fields.template(name, PLACES) for name in WORDS}),
        specials=vitals.section("specials", lambda fields: {name: fields.text(name) for name in SPECIALS}),
    )
    for sheet, table in ((vitals, measures.vitals), (observations, measures.observations)):
        for row in table:
            for part in row.parts:
                if part not in table or table[part].kind != "number":
                    raise sheet.fail(f'{row.code}: bagian "{part}" harus angka yang ada di berkas ini')
    return measures


def _measure(fields: Fields, base: RowBase) -> Measure:
    kind = fields.choice("kind", KINDS, "number")
    scale = fields.integer("scale", 1)
    decimals = fields.integer("decimals", 0)
    if scale < 1 or decimals < 0 or scale % 10**decimals:
        raise fields.fail('"scale" harus kelipatan 10 sebanyak "decimals"')
    possible = (0, 0)
    likely: tuple[Likely, ...] = ()
    if kind == "number":
        low, high = fields.numbers("possible", 2)
        possible = (base_units(fields, low, scale), base_units(fields, high, scale))
        likely = tuple(_likely(row, scale) for row in fields.nested_rows("likely"))
        if not likely or not likely[-1].ages.open:
            raise fields.fail('baris terakhir "likely" harus berlaku untuk semua umur')
        if any(span.low < possible[0] or span.high > possible[1] for span in likely):
            raise fields.fail('"likely" harus di dalam "possible"')
    special = fields.texts("special")
    if set(special) - set(SPECIALS):
        raise fields.fail(f'"special" harus dari {", ".join(SPECIALS)}')
    parts = fields.texts("parts", required=kind == "pair")
    if kind == "pair" and len(parts) != 2:
        raise fields.fail('"parts" harus dua')
    choices = fields.texts("choices", required=kind == "choice")
    aliases: dict[str, str] = {}
    for row in fields.nested_rows("aliases"):
        means = row.choice("means", (*choices, *special))
        aliases |= dict.fromkeys((word.casefold() for word in row.texts("words", required=True)), means)
        row.finish()
    return Measure(
        **base,
        kind=kind,
        label=fields.text("label"),
        short=fields.text("short"),
        unit=fields.text("unit", ""),
        example=fields.text("example"),
        scale=scale,
        decimals=decimals,
        shown=fields.integer("shown", min(decimals, 1)),
        possible=possible,
        likely=likely,
        special=special,
        choices=choices,
        parts=parts,
        aliases=aliases,
    )


def _likely(fields: Fields, scale: int) -> Likely:
    span = Likely(
        ages=fields.ages(),
        low=base_units(fields, fields.number("min"), scale),
        high=base_units(fields, fields.number("max"), scale),
    )
    fields.finish()
    if span.low > span.high:
        raise fields.fail('"min" lebih besar daripada "max"')
    return span


def base_units(fields: Fields, number: Decimal, scale: int) -> int:
    """A number as shown, in base units; refuses one that is finer than they are."""
    scaled = number * scale
    if scaled != scaled.to_integral_value():
        raise fields.fail(f"{number} lebih halus daripada satuan simpannya")
    return int(scaled)
