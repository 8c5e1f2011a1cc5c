"""From answers to a result: scores, the band, what rises whatever the total, what to do and which instrument follows.

Pure: an instrument and its answers in, a frozen result out. What a band or a point means stands in the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from math import prod

from ilp_desk.domain.reference.instruments import (
    NO,
    YES,
    Band,
    Condition,
    Flag,
    Follow,
    How,
    Instrument,
    Item,
    Kind,
    Meaning,
    Score,
    step_points,
)
from ilp_desk.domain.reference.signs import Level
from ilp_desk.errors import InvalidInput

Answer = str | Decimal
Answers = Mapping[str, object]
"""By item code: "yes"/"no" (or a bool), the value of a choice, a number. What is None or missing is not answered."""

_YES_NO = {"yes": YES, "ya": YES, "no": NO, "tidak": NO}
_SEVERITY = tuple(Meaning)
_RISING = (How.SUM, How.COUNT, How.MAX)


class Incomplete(InvalidInput):
    """Items that must be answered have no answer. items: their codes, in the order of the form."""

    def __init__(self, items: tuple[Item, ...]) -> None:
        named = "; ".join(item.text for item in items[:3])
        more = f" dan {len(items) - 3} lagi" if len(items) > 3 else ""
        super().__init__(items[0].code, f"Belum dijawab: {named}{more}. Jawab dulu, atau tunda dengan alasan.")
        self.items = tuple(item.code for item in items)


class OutOfRange(InvalidInput):
    """An answer the instrument does not have. items: the codes it was given for."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(code, sentence)
        self.items = (code,)


@dataclass(frozen=True, kw_only=True, slots=True)
class ScoreValue:
    """One score of a result. high: the most it can be; band None: this score has no bands."""

    code: str
    label: str
    value: Decimal
    high: Decimal
    band: Band | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """What the answers mean by one version of one instrument.

    total, band: of the score the instrument is read by; lifted: the flag that raised the band above the one of the
    total, or None. signs: danger signs seen (codes of danger_signs.toml). acts: what is done next, the most urgent
    first. follow: the instruments that come next.
    """

    instrument: str
    version: str
    total: Decimal
    high: Decimal
    band: Band
    lifted: Flag | None
    scores: tuple[ScoreValue, ...]
    flags: tuple[Flag, ...]
    signs: tuple[str, ...]
    acts: tuple[str, ...]
    follow: tuple[Follow, ...]
    sensitive: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class SoFar:
    """What half an instrument says already. scores: from the answers given, without bands; band: the highest one, where
    it is reached whatever is answered next; flags and signs that have risen, and instruments that will follow."""

    answered: int
    shown: int
    missing: tuple[Item, ...]
    scores: tuple[ScoreValue, ...]
    band: Band | None
    flags: tuple[Flag, ...]
    signs: tuple[str, ...]
    follow: tuple[Follow, ...]


def score(instrument: Instrument, answers: Answers) -> Result:
    """The result. Raises OutOfRange for an answer that cannot be, then Incomplete for what is not answered.

    Answers to items that are not shown count for nothing.
    """
    given = read_answers(instrument, answers)
    missing = _missing(instrument, given)
    if missing:
        raise Incomplete(missing)
    values = _values(instrument, given)
    flags = tuple(flag for flag in instrument.flags if _holds(flag.when, given, values))
    flags = tuple(sorted(flags, key=lambda flag: flag.level is not Level.RED))
    scores = tuple(_valued(instrument, one, values[one.code], banded=True) for one in instrument.scores)
    own = next(one.band for one in scores if one.code == instrument.result)
    assert own is not None  # the reader refuses a result without bands
    band, lifted = _lifted(instrument, own, flags)
    return Result(
        instrument=instrument.code,
        version=instrument.version,
        total=values[instrument.result],
        high=instrument.scores[instrument.result].high,
        band=band,
        lifted=lifted,
        scores=scores,
        flags=flags,
        signs=_signs(instrument, given),
        acts=_acts(instrument, band, scores, flags),
        follow=_unique(
            follow for follow in instrument.cascade if follow.when is None or _holds(follow.when, given, values, band)
        ),
        sensitive=instrument.sensitive,
    )


def so_far(instrument: Instrument, answers: Answers) -> SoFar:
    """The state of a form that is being filled in. Raises OutOfRange."""
    given = read_answers(instrument, answers)
    shown = shown_items(instrument, given)
    values = _values(instrument, given)
    waiting = {item.code for item in shown if item.code not in given}
    settled = {one.code for one in instrument.scores if not (waiting & _below(instrument, one))}
    return SoFar(
        answered=sum(item.code in given for item in shown),
        shown=len(shown),
        missing=_missing(instrument, given),
        scores=tuple(_valued(instrument, one, values[one.code], banded=False) for one in instrument.scores),
        band=_reached(instrument, values),
        flags=tuple(flag for flag in instrument.flags if _certain(flag.when, given, values, settled, instrument)),
        signs=_signs(instrument, given),
        follow=_unique(
            follow
            for follow in instrument.cascade
            if follow.when is None or _certain(follow.when, given, values, settled, instrument)
        ),
    )


def shown_items(instrument: Instrument, answers: Answers) -> tuple[Item, ...]:
    """The items that are asked, as far as the answers so far tell. Raises OutOfRange."""
    given = read_answers(instrument, answers)
    return tuple(item for item in instrument.items if _shown(item, given))


def next_item(instrument: Instrument, answers: Answers, after: str = "") -> Item | None:
    """The item to answer next: the first without an answer below `after`, then a required one above it; None: complete.

    Raises OutOfRange.
    """
    given = read_answers(instrument, answers)
    shown = [item for item in instrument.items if _shown(item, given)]
    start = next((place for place, item in enumerate(shown, 1) if item.code == after), 0)
    below = (item for item in shown[start:] if item.code not in given)
    above = (item for item in shown[:start] if item.code not in given and item.required)
    return next(below, None) or next(above, None)


def read_answers(instrument: Instrument, answers: Answers) -> dict[str, Answer]:
    """The answers of the items that are shown, as they are stored. Raises OutOfRange."""
    for code in answers:
        if code not in instrument.items:
            raise OutOfRange(code, f"{instrument.short} tidak punya item {code}. Periksa versi alatnya.")
    given: dict[str, Answer] = {}
    for item in instrument.items:
        raw = answers.get(item.code)
        if raw is not None and _shown(item, given):
            given[item.code] = read_answer(item, raw)
    return given


def read_answer(item: Item, raw: object) -> Answer:
    """One answer as it is stored. Raises OutOfRange."""
    if item.kind is Kind.NUMBER:
        return _number(item, raw)
    value = ("yes" if raw else "no") if isinstance(raw, bool) else str(raw)
    if item.kind is Kind.YES_NO:
        value = _YES_NO.get(value.strip().lower(), value)
    if item.option(value) is None:
        known = ", ".join(f"{option.value} ({option.label})" for option in item.options)
        raise OutOfRange(item.code, f"{item.text}: jawaban {value} tidak ada. Pilih {known}.")
    return value


def _number(item: Item, raw: object) -> Decimal:
    try:
        if isinstance(raw, bool):
            raise InvalidOperation
        number = raw if isinstance(raw, Decimal) else Decimal(str(raw).strip().replace(",", "."))
    except InvalidOperation:
        raise OutOfRange(item.code, f"{item.text}: tulis angkanya.") from None
    if not number.is_finite() or not item.low <= number <= item.high:
        span = f"{decimal_text(item.low)} sampai {decimal_text(item.high)} {item.unit}".rstrip()
        raise OutOfRange(item.code, f"{item.text}: {decimal_text(number)} di luar batas {span}. Periksa angkanya.")
    if number % Decimal(1).scaleb(-item.decimals):
        places = f"paling banyak {item.decimals} angka di belakang koma" if item.decimals else "tulis bilangan bulat"
        raise OutOfRange(item.code, f"{item.text}: {places}.")
    return number


def decimal_text(number: Decimal) -> str:
    """12 or 12,5, as people here write it."""
    if not number.is_finite() or abs(number.adjusted()) > 9:
        return str(number)
    text = f"{number:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


def _shown(item: Item, given: Mapping[str, Answer]) -> bool:
    return item.shown_if is None or _holds(item.shown_if, given, {})


def _missing(instrument: Instrument, given: Mapping[str, Answer]) -> tuple[Item, ...]:
    return tuple(item for item in instrument.items if item.required and item.code not in given and _shown(item, given))


def _points(item: Item, given: Mapping[str, Answer]) -> int:
    answer = given.get(item.code)
    if answer is None:
        return 0
    if isinstance(answer, Decimal):
        return step_points(item.steps, answer) if item.steps else 0
    option = item.option(answer)
    return option.points if option else 0


def _values(instrument: Instrument, given: Mapping[str, Answer]) -> dict[str, Decimal]:
    """Every score, in the order of the file: a score is made of earlier ones only."""
    values: dict[str, Decimal] = {}
    for one in instrument.scores:
        values[one.code] = _value(instrument, one, given, values)
    return values


def _value(instrument: Instrument, one: Score, given: Mapping[str, Answer], values: Mapping[str, Decimal]) -> Decimal:
    if one.how is How.PRODUCT:
        numbers = [given.get(code, Decimal(0)) for code in one.items]
        return prod((Decimal(number) for number in numbers), start=Decimal(1)) / one.divisor
    if one.how is How.STEPS:
        return Decimal(step_points(one.steps, values[one.scores[0]]))
    parts = [_points(instrument.items[code], given) for code in one.items] + [int(values[code]) for code in one.scores]
    if one.how is How.MAX:
        return Decimal(max(parts))
    return Decimal(sum(part > 0 for part in parts) if one.how is How.COUNT else sum(parts) + one.base)


def _valued(instrument: Instrument, one: Score, value: Decimal, *, banded: bool) -> ScoreValue:
    bands = instrument.bands_of(one.code) if banded else ()
    band = next((band for band in bands if band.low <= value <= band.high), None)
    return ScoreValue(code=one.code, label=one.label, value=value, high=one.high, band=band)


def _holds(
    when: Condition, given: Mapping[str, Answer], values: Mapping[str, Decimal], band: Band | None = None
) -> bool:
    if when.bands:
        return band is not None and band.code in when.bands
    if when.score:
        return when.spans(values[when.score])
    answer = given.get(when.item)
    if isinstance(answer, Decimal):
        return when.spans(answer)
    return answer in when.answers


def _certain(
    when: Condition,
    given: Mapping[str, Answer],
    values: Mapping[str, Decimal],
    settled: set[str],
    instrument: Instrument,
) -> bool:
    """Whether a condition holds whatever is answered next: points only add up, so a sum never falls again."""
    if not when.score or when.score in settled:
        return _holds(when, given, values)
    return instrument.scores[when.score].how in _RISING and when.high is None and _holds(when, given, values)


def _reached(instrument: Instrument, values: Mapping[str, Decimal]) -> Band | None:
    """The highest band of the result, where its score only rises and has come to it."""
    own = instrument.scores[instrument.result]
    top = instrument.bands_of(own.code)[-1]
    return top if own.how in _RISING and values[own.code] >= top.low else None


def _below(instrument: Instrument, one: Score) -> set[str]:
    """The items a score hangs on: its own, those of its parts, and those that decide whether they are asked."""
    found = {*one.items}.union(*(_below(instrument, instrument.scores[code]) for code in one.scores))
    for item in reversed(instrument.items.rows):
        if item.code in found and item.shown_if is not None:
            found.add(item.shown_if.item)
    return found


def _lifted(instrument: Instrument, own: Band, flags: tuple[Flag, ...]) -> tuple[Band, Flag | None]:
    band, by = own, None
    for flag in flags:
        if flag.lifts_to and _SEVERITY.index(instrument.bands[flag.lifts_to].meaning) > _SEVERITY.index(band.meaning):
            band, by = instrument.bands[flag.lifts_to], flag
    return band, by


def _signs(instrument: Instrument, given: Mapping[str, Answer]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item.sign for item in instrument.items if item.sign and _points(item, given) > 0))


def _acts(
    instrument: Instrument, band: Band, scores: tuple[ScoreValue, ...], flags: tuple[Flag, ...]
) -> tuple[str, ...]:
    """Of the flags, of the result, then of each further score that is not in order; each once.

    Beside a red flag nothing is said that would calm.
    """
    further = [one.band for one in scores if one.code != instrument.result and one.band is not None]
    more = [other.act for other in further if other.meaning is not Meaning.OK]
    red = any(flag.level is Level.RED for flag in flags)
    own = [] if red and band.meaning is Meaning.OK else [band.act]
    return tuple(dict.fromkeys([*(flag.act for flag in flags), *own, *more]))


def _unique(follows: Iterator[Follow]) -> tuple[Follow, ...]:
    """An instrument that is asked for twice comes once, for the first reason."""
    found: dict[str, Follow] = {}
    for follow in follows:
        found.setdefault(follow.instrument, follow)
    return tuple(found.values())
