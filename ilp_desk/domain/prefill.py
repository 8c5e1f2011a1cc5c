"""What the record of the day already says of an instrument's items, so that nothing is asked or typed twice."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ilp_desk.domain.alarms import Values
from ilp_desk.domain.person import Sex
from ilp_desk.domain.reference.instruments import NO, YES, Instrument, Item, Kind
from ilp_desk.domain.reference.measures import Measures
from ilp_desk.domain.scoring import OutOfRange, decimal_text, read_answer
from ilp_desk.domain.text.ages import Age

MEASURED = {
    "muac": "arm",
    "height": "height",
    "respiration": "respiration",
    "temperature": "temperature",
    "spo2": "spo2",
}
"""Facts that are measures of the day, by the code of the measure."""


@dataclass(frozen=True, kw_only=True, slots=True)
class WhoAndWhat:
    """Of whom and what was measured today. corrected: the age counted from the expected birth, None: the same;
    values: the latest of each measure in base units."""

    sex: Sex
    age: Age | None
    corrected: Age | None = None
    values: Values


@dataclass(frozen=True, slots=True)
class Known:
    """What is on record for one item. answer: what it gives, None for nothing; words: `tercatat hari ini 24,5 cm`."""

    answer: str | None
    words: str


def known_answers(instrument: Instrument, who: WhoAndWhat, measures: Measures) -> dict[str, Known]:
    """By item code; items of which nothing is known are left out."""
    found = {}
    for item in instrument.items:
        known = _known(item, who, measures) if item.fact else None
        if known is not None:
            answer = known.answer if known.answer is not None and _possible(item, known.answer) else None
            found[item.code] = Known(answer, known.words)
    return found


def _possible(item: Item, answer: str) -> bool:
    """Whether the item takes this answer; a measure may lie outside of what it asks for."""
    try:
        read_answer(item, answer)
    except OutOfRange:
        return False
    return True


def _known(item: Item, who: WhoAndWhat, measures: Measures) -> Known | None:
    if item.fact == "sex":
        label = item.option(who.sex.value)
        return Known(who.sex.value, "dari data pasien") if label is not None else None
    if item.fact == "kpsp_form":
        return _form(item, who.corrected or who.age)
    number = _number(item.fact, who, measures)
    if number is None:
        return None
    value, unit = number
    words = f"{decimal_text(value)} {unit}".rstrip()
    words = f"tercatat hari ini {words}" if item.fact in MEASURED else f"umur {words}"
    if item.kind is Kind.NUMBER:
        return Known(str(value), words)
    if item.yes_if is not None:
        return Known(YES if item.yes_if.holds(value) else NO, words)
    return Known(None, words)


def _number(fact: str, who: WhoAndWhat, measures: Measures) -> tuple[Decimal, str] | None:
    if fact in MEASURED:
        measure = measures[MEASURED[fact]]
        value = who.values.get(measure.code)
        return (Decimal(value) / measure.scale, measure.unit) if isinstance(value, int) else None
    if who.age is None:
        return None
    return (Decimal(who.age.years), "tahun") if fact == "age_years" else (Decimal(who.age.total_months), "bulan")


def _form(item: Item, age: Age | None) -> Known | None:
    """The form of the age in months, days from `round_up_days` on counted as a month; else the next younger one."""
    if age is None:
        return None
    months = age.total_months + (age.days >= item.round_up_days)
    younger = [option for option in item.options if int(option.value) <= months]
    if not younger:
        return None
    chosen = max(younger, key=lambda option: int(option.value))
    return Known(chosen.value, f"umur {months} bulan")
