"""Reads the rows of one instrument file, each checked against the rows above it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from typing import TypeVar

from ilp_desk.domain.reference.instruments import (
    FACTS,
    NO,
    YES,
    Band,
    Condition,
    Fits,
    Flag,
    Follow,
    How,
    Item,
    Kind,
    Meaning,
    Option,
    Score,
    Step,
)
from ilp_desk.domain.reference.reading import Fields, RowBase
from ilp_desk.domain.reference.signs import read_level

EVERY = "*"
_ZERO = Decimal(0)
T = TypeVar("T")


@dataclass(slots=True)
class Known:
    """The rows read so far, by code; what a later row may name. signs: None if the danger signs were not given."""

    signs: frozenset[str] | None
    scales: dict[str, tuple[Option, ...]] = field(default_factory=dict)
    items: dict[str, Item] = field(default_factory=dict)
    scores: dict[str, Score] = field(default_factory=dict)
    bands: dict[str, Band] = field(default_factory=dict)
    result: str = ""


def read_item(fields: Fields, base: RowBase, known: Known) -> Item:
    _no_validity(fields, base)
    kind = Kind(fields.choice("kind", tuple(Kind), Kind.YES_NO))
    number = kind is Kind.NUMBER
    low, high, decimals = _limits(fields) if number else (_ZERO, _ZERO, 0)
    sign = fields.text("sign", "")
    if sign and known.signs is not None and sign not in known.signs:
        raise fields.fail(f'"sign": {sign} tidak ada di danger_signs.toml')
    item = Item(
        **base,
        text=fields.text("text"),
        group=fields.text("group", ""),
        hint=fields.text("hint", ""),
        kind=kind,
        options=_yes_no(fields) if kind is Kind.YES_NO else () if number else _options(fields, known.scales),
        low=low,
        high=high,
        decimals=decimals,
        unit=fields.text("unit", "") if number else "",
        steps=read_steps(fields) if number and fields.has("steps") else (),
        required=fields.flag("required", True),
        counts=fields.flag("counts", True),
        shown_if=read_condition(fields, "shown_if", known),
        fact=fields.choice("fact", ("", *FACTS), ""),
        yes_if=_fits(fields) if kind is Kind.YES_NO and fields.has("yes_if") else None,
        round_up_days=fields.integer("round_up_days", 0),
        sign=sign,
        sensitive=fields.flag("sensitive"),
    )
    if item.yes_if is not None and not item.fact:
        raise fields.fail('"yes_if" perlu "fact"')
    if (item.fact == "kpsp_form") != bool(item.round_up_days) or not 0 <= item.round_up_days <= 31:
        raise fields.fail('"round_up_days" (1 sampai 31) hanya untuk, dan wajib pada, fact kpsp_form')
    known.items[item.code] = item
    return item


def _fits(fields: Fields) -> Fits:
    inner = fields.nested("yes_if")
    least, most, under = (inner.number(name) if inner.has(name) else None for name in ("from", "to", "below"))
    if least is None and most is None and under is None:
        raise inner.fail('"from", "to", atau "below" belum diisi')
    inner.finish()
    return Fits(least, most, under)


def read_scale(fields: Fields) -> tuple[Option, ...]:
    """The options of one [[scale]] or one item, in the order of the keys 1, 2, 3."""
    made: list[Option] = []
    for row in fields.nested_rows("choices"):
        made.append(Option(row.text("value"), row.text("label"), row.integer("points", 0)))
        row.finish()
        if made[-1].points < 0:
            raise row.fail('"points" tidak boleh kurang dari 0')
    if len(made) < 2:
        raise fields.fail('"choices" harus sedikitnya dua pilihan')
    if len({option.value for option in made}) < len(made):
        raise fields.fail('"choices": ada "value" yang sama')
    return tuple(made)


def read_steps(fields: Fields) -> tuple[Step, ...]:
    """{ below = 20, points = 0 }, { to = 30, points = 1 }, { points = 2 }: limits rise, the last has none."""
    made: list[Step] = []
    for row in fields.nested_rows("steps"):
        below = row.has("below")
        limit = row.number("below") if below else row.number("to") if row.has("to") else None
        made.append(Step(row.integer("points"), limit, included=not below))
        row.finish()
        if made[-1].points < 0:
            raise row.fail('"points" tidak boleh kurang dari 0')
    limits = [step.limit for step in made[:-1]]
    if not made or made[-1].limit is not None or None in limits:
        raise fields.fail('"steps": hanya langkah terakhir yang tanpa batas')
    numbers = [limit for limit in limits if limit is not None]
    if any(one >= other for one, other in pairwise(numbers)):
        raise fields.fail('"steps": batasnya harus naik')
    return tuple(made)


def read_condition(fields: Fields, key: str, known: Known) -> Condition | None:
    """{ item = "q9", is = ["1"] }, { item = "age", from = 12 }, { score = "mood", from = 1 } or { band = ["act"] }."""
    if not fields.has(key):
        return None
    inner = fields.nested(key)
    asked = [name for name in ("item", "score", "band") if inner.has(name)]
    if len(asked) != 1:
        raise inner.fail("sebut satu saja: item, score, atau band")
    if asked == ["band"]:
        bands = inner.texts("band", required=True)
        for band in bands:
            if band not in known.bands or known.bands[band].score != known.result:
                raise inner.fail(f'"band": {band} bukan rentang hasil alat ini')
        condition = Condition(bands=bands)
    elif asked == ["score"]:
        score = _named(inner, "score", inner.text("score"), known.scores)
        condition = _span(inner, Condition(score=score.code), score.low, score.high)
    else:
        condition = _on_item(inner, _named(inner, "item", inner.text("item"), known.items))
    inner.finish()
    return condition


def read_score(fields: Fields, base: RowBase, known: Known) -> Score:
    _no_validity(fields, base)
    how = How(fields.choice("how", tuple(How), How.SUM))
    items = fields.texts("items")
    if items == (EVERY,):
        items = tuple(item.code for item in known.items.values() if item.counts)
    scores = fields.texts("scores")
    if len(set(items)) < len(items) or len(set(scores)) < len(scores):
        raise fields.fail("ada yang disebut dua kali")
    parts = [_named(fields, "items", code, known.items) for code in items]
    below = [_named(fields, "scores", code, known.scores) for code in scores]
    if not parts and not below:
        raise fields.fail('"items" atau "scores" belum diisi')
    steps = read_steps(fields) if how is How.STEPS else ()
    number = fields.integer("base", 0) if how is How.SUM else 0
    divisor = fields.integer("divisor", 1) if how is How.PRODUCT else 1
    low, high, grain = _reach(fields, how, parts, below, steps, divisor)
    score = Score(
        **base,
        label=fields.text("label"),
        how=how,
        items=items,
        scores=scores,
        base=number,
        divisor=divisor,
        steps=steps,
        low=low + number,
        high=high + number,
        grain=grain,
    )
    known.scores[score.code] = score
    return score


def read_band(fields: Fields, base: RowBase, known: Known) -> Band:
    _no_validity(fields, base)
    score = _named(fields, "score", fields.text("score", known.result), known.scores)
    band = Band(
        **base,
        score=score.code,
        low=fields.number("from"),
        high=fields.number("to"),
        label=fields.text("label"),
        meaning=Meaning(fields.choice("meaning", tuple(Meaning))),
        act=fields.text("act"),
    )
    if band.low > band.high:
        raise fields.fail('"from" lebih besar daripada "to"')
    if band.low < score.low or band.high > score.high:
        raise fields.fail(f"di luar nilai yang mungkin ({score.low} sampai {score.high})")
    if (band.low - score.low) % score.grain or (band.high - score.low) % score.grain:
        raise fields.fail(f'"from" dan "to" harus kelipatan {score.grain}')
    known.bands[band.code] = band
    return band


def read_flag(fields: Fields, base: RowBase, known: Known) -> Flag:
    _no_validity(fields, base)
    when = read_condition(fields, "when", known)
    if when is None or when.bands:
        raise fields.fail('"when" harus tentang satu item atau satu score')
    lifts_to = fields.text("lifts_to", "")
    if lifts_to and (lifts_to not in known.bands or known.bands[lifts_to].score != known.result):
        raise fields.fail(f'"lifts_to": {lifts_to} bukan rentang hasil alat ini')
    return Flag(
        **base,
        level=read_level(fields),
        label=fields.text("label"),
        act=fields.text("act"),
        when=when,
        lifts_to=lifts_to,
    )


def read_follow(fields: Fields, base: RowBase, known: Known) -> Follow:
    _no_validity(fields, base)
    return Follow(
        **base,
        instrument=fields.text("instrument"),
        label=fields.text("label"),
        because=fields.text("because"),
        when=read_condition(fields, "when", known),
        paper=fields.flag("paper"),
    )


def _yes_no(fields: Fields) -> tuple[Option, ...]:
    points = fields.integer("points", 1)
    if points < 0:
        raise fields.fail('"points" tidak boleh kurang dari 0')
    on_yes, on_no = (0, points) if fields.flag("reversed") else (points, 0)
    return Option(YES, fields.text("yes", "Ya"), on_yes), Option(NO, fields.text("no", "Tidak"), on_no)


def _options(fields: Fields, scales: Mapping[str, tuple[Option, ...]]) -> tuple[Option, ...]:
    if not fields.has("scale"):
        options = read_scale(fields)
    else:
        options = _named(fields, "scale", fields.text("scale"), scales)
    if fields.flag("reversed"):
        ends = sum(spread(option.points for option in options))
        options = tuple(Option(option.value, option.label, ends - option.points) for option in options)
    return options


def _limits(fields: Fields) -> tuple[Decimal, Decimal, int]:
    low, high, decimals = fields.number("min"), fields.number("max"), fields.integer("decimals", 0)
    if low >= high or low < 0:
        raise fields.fail('"min" dan "max" harus dua angka, yang kecil dulu, tidak kurang dari 0')
    if not 0 <= decimals <= 3:
        raise fields.fail('"decimals" harus 0 sampai 3')
    return low, high, decimals


def _on_item(inner: Fields, item: Item) -> Condition:
    if item.kind is Kind.NUMBER:
        return _span(inner, Condition(item=item.code), item.low, item.high)
    answers = inner.texts("is", required=True)
    for answer in answers:
        if item.option(answer) is None:
            raise inner.fail(f'"is": {answer} bukan jawaban {item.code}')
    return Condition(item=item.code, answers=answers)


def _span(inner: Fields, on: Condition, low: Decimal, high: Decimal) -> Condition:
    least = inner.number("from") if inner.has("from") else None
    most = inner.number("to") if inner.has("to") else None
    if least is None and most is None:
        raise inner.fail('"from" atau "to" belum diisi')
    start, end = low if least is None else least, high if most is None else most
    if start > end or start > high or end < low:
        raise inner.fail(f"di luar nilai yang mungkin ({low} sampai {high})")
    return Condition(item=on.item, score=on.score, low=least, high=most)


def _reach(
    fields: Fields, how: How, items: list[Item], scores: list[Score], steps: tuple[Step, ...], divisor: int
) -> tuple[Decimal, Decimal, Decimal]:
    """The lowest and the highest value, and the distance between two."""
    if how is How.STEPS:
        if items or len(scores) != 1:
            raise fields.fail('"scores" harus satu saja')
        low, high = spread(step.points for step in steps)
        return Decimal(low), Decimal(high), Decimal(1)
    if how is How.PRODUCT:
        return _product_reach(fields, items, scores, divisor)
    if any(score.grain != 1 or score.low != int(score.low) for score in scores):
        raise fields.fail('"scores": hanya nilai bulat yang dapat dijumlahkan')
    spans = [item.point_span for item in items] + [(int(score.low), int(score.high)) for score in scores]
    lows, highs = [span[0] for span in spans], [span[1] for span in spans]
    if how is How.SUM:
        return Decimal(sum(lows)), Decimal(sum(highs)), Decimal(1)
    if how is How.MAX:
        return Decimal(max(lows)), Decimal(max(highs)), Decimal(1)
    return Decimal(sum(low > 0 for low in lows)), Decimal(sum(high > 0 for high in highs)), Decimal(1)


def _product_reach(
    fields: Fields, items: list[Item], scores: list[Score], divisor: int
) -> tuple[Decimal, Decimal, Decimal]:
    if scores or any(item.kind is not Kind.NUMBER for item in items):
        raise fields.fail('"items" harus angka semua')
    if divisor < 1 or 1000 % divisor:
        raise fields.fail('"divisor" harus membagi habis 1000')
    low = high = grain = Decimal(1)
    for item in items:
        low *= item.low if item.required and item.shown_if is None else _ZERO
        high *= item.high
        grain *= Decimal(1).scaleb(-item.decimals)
    return low / divisor, high / divisor, grain / divisor


def spread(values: Iterable[int]) -> tuple[int, int]:
    """The smallest and the greatest."""
    found = tuple(values)
    return min(found), max(found)


def _named(fields: Fields, key: str, code: str, known: Mapping[str, T]) -> T:
    if code not in known:
        raise fields.fail(f'"{key}": {code} tidak ada')
    return known[code]


def _no_validity(fields: Fields, base: RowBase) -> None:
    if base["validity"].valid_from or base["validity"].valid_to:
        raise fields.fail("masa berlaku ditulis di kepala berkas; perbaikan menjadi berkas versi baru")
