"""Vital signs as typed: "162/108", "36,7", "HI", "tt". Impossible ones are refused, unlikely ones asked once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from ilp_desk.domain.reference import Reference
from ilp_desk.domain.reference.measures import SPECIALS, Measure, Measures
from ilp_desk.domain.text.ages import Age

_NUMBER = re.compile(r"([0-9]{1,6})(?:([.,])([0-9]{1,6}))?")
_PAIR = re.compile(r"(\S+?)\s*[/\\]\s*(\S+)|([0-9]{1,4})\s*(?:-|\s)\s*([0-9]{1,4})")
_SPECIAL_WORDS = {
    "hi": "HI",
    "high": "HI",
    "lo": "LO",
    "low": "LO",
    "tt": "not_measurable",
    "t.t": "not_measurable",
    "tidak terukur": "not_measurable",
    "tak terukur": "not_measurable",
}
_BY_TOUCH = frozenset({"p", "palp", "palpasi"})
_PLUSES = re.compile(r"\+?([1-4])\+?")


class VitalState(StrEnum):
    """EMPTY: nothing typed. OK. CONFIRM: unlikely, ask once. REFUSED: cannot be; `sentence` says why."""

    EMPTY = "empty"
    OK = "ok"
    CONFIRM = "confirm"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class VitalPart:
    """One stored value: base units (or the position of a choice), or a special one (HI, LO, not_measurable)."""

    code: str
    value: int | None = None
    special: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class VitalReading:
    """What was typed, understood. parts: two for blood pressure, one for the rest, none if refused or empty."""

    code: str
    parts: tuple[VitalPart, ...] = ()
    state: VitalState
    sentence: str = ""

    @property
    def value(self) -> int | None:
        return self.parts[0].value if self.parts else None

    @property
    def special(self) -> str | None:
        return self.parts[0].special if self.parts else None


class _Refused(Exception):
    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def check_vital(code: str, text: str, age: Age | None, reference: Reference) -> VitalReading:
    """Read one field. code: of vitals.toml or observations.toml (raises KeyError); age: None if nobody knows it."""
    measures = reference.measures
    measure = measures[code]
    typed = " ".join(text.split())
    if not typed:
        return VitalReading(code=code, state=VitalState.EMPTY)
    try:
        if measure.kind == "pair":
            parts = _pair(measure, typed, measures)
        elif measure.kind == "choice":
            parts = (_choice(measure, typed, measures),)
        else:
            parts = (_number(measure, typed, measures),)
    except _Refused as refused:
        return VitalReading(code=code, state=VitalState.REFUSED, sentence=refused.sentence)
    asked = " ".join(filter(None, (_unlikely(part, age, measures) for part in parts)))
    state = VitalState.CONFIRM if asked else VitalState.OK
    return VitalReading(code=code, parts=parts, state=state, sentence=asked)


def show(code: str, value: int | str | None, reference: Reference) -> str:
    """A stored value as people write it: base units, position of a choice, special word or mere words; "" for None."""
    measures = reference.measures
    if value is None:
        return ""
    if isinstance(value, str):
        return measures.specials.get(value, value)
    return _shown(measures[code], value)


def kept(part: VitalPart, reference: Reference) -> str:
    """A result as it is stored: base units, a special word, or a choice in its own word.

    The word, not the position: a later list with other choices must not change what was found.
    """
    measure = reference.measures[part.code]
    if part.value is None:
        return part.special or ""
    return measure.choices[part.value] if measure.kind == "choice" else str(part.value)


def read_kept(code: str, text: str, reference: Reference) -> int | str | None:
    """A stored result as rules read it: base units, position of a choice, special word; None for mere words."""
    if code not in reference.measures:
        return None
    measure = reference.measures[code]
    if text in measure.choices:
        return measure.choices.index(text)
    if text in SPECIALS:
        return text
    return int(text) if measure.kind != "choice" and text.lstrip("-").isdigit() else None


def show_kept(code: str, text: str, reference: Reference) -> str:
    """A stored result as people write it, without its unit; what no rule can read stands as it was written."""
    value = read_kept(code, text, reference)
    return text if value is None else show(code, value, reference)


def _shown(measure: Measure, value: int) -> str:
    if measure.kind == "choice":
        return measure.choices[value]
    text = f"{Decimal(value) / measure.scale:.{measure.decimals}f}"
    while measure.decimals and text.endswith("0") and len(text) - text.index(".") - 1 > measure.shown:
        text = text[:-1]
    return text.rstrip(".").replace(".", ",")


def _pair(measure: Measure, typed: str, measures: Measures) -> tuple[VitalPart, ...]:
    upper, lower = (measures[part] for part in measure.parts)
    bare = _without_unit(typed, measure.unit)
    if _SPECIAL_WORDS.get(bare.casefold()) == "not_measurable":
        return VitalPart(upper.code, special="not_measurable"), VitalPart(lower.code, special="not_measurable")
    found = _PAIR.fullmatch(bare)
    if found is None:
        raise _refuse(measures, "not_a_pair", measure)
    first, second = found[1] or found[3], found[2] or found[4]
    high = _number(upper, first, measures)
    if second.casefold() in _BY_TOUCH:
        low = VitalPart(lower.code, special="not_measurable")
    else:
        low = _number(lower, second, measures)
    if high.value is not None and low.value is not None and low.value >= high.value:
        raise _refuse(measures, "diastolic_above", measure)
    return high, low


def _number(measure: Measure, typed: str, measures: Measures) -> VitalPart:
    bare = _without_unit(typed, measure.unit)
    special = _special(measure, bare, measures)
    if special is not None:
        return VitalPart(measure.code, special=special)
    found = _NUMBER.fullmatch(bare)
    if found is None:
        raise _refuse(measures, "not_a_number", measure)
    fraction = found[3] or ""
    if found[2] == "." and len(fraction) == 3:
        raise _refuse(measures, "thousands", measure)
    if len(fraction) > measure.decimals:
        name = "too_many_decimals" if measure.decimals else "no_decimals"
        raise _refuse(measures, name, measure, decimals=measure.decimals)
    number = Decimal(f"{found[1]}.{fraction or 0}")
    value = int(number * measure.scale)
    low, high = measure.possible
    if not low <= value <= high:
        raise _refuse(
            measures,
            "impossible",
            measure,
            value=_shown(measure, value),
            min=_shown(measure, low),
            max=_shown(measure, high),
        )
    return VitalPart(measure.code, value)


def _choice(measure: Measure, typed: str, measures: Measures) -> VitalPart:
    special = _special(measure, typed, measures)
    if special is not None:
        return VitalPart(measure.code, special=special)
    wanted = typed.casefold()
    wanted = measure.aliases.get(wanted, wanted).casefold()
    pluses = _PLUSES.fullmatch(wanted)
    if pluses is not None:
        wanted = "+" * int(pluses[1])
    wanted = {"+-": "±", "trace": "±", "-": "negatif", "0": "negatif"}.get(wanted, wanted)
    labels = [choice.casefold() for choice in measure.choices]
    if wanted in labels:
        return VitalPart(measure.code, labels.index(wanted))
    starts = [position for position, label in enumerate(labels) if label.startswith(wanted)]
    if len(starts) == 1:
        return VitalPart(measure.code, starts[0])
    raise _refuse(measures, "not_a_choice", measure, choices=", ".join(measure.choices))


def _special(measure: Measure, typed: str, measures: Measures) -> str | None:
    word = typed.casefold()
    meant = measure.aliases.get(word)
    special = meant if meant in measure.special else _SPECIAL_WORDS.get(word)
    if special is not None and special not in measure.special:
        raise _refuse(measures, "no_special", measure, special=measures.specials[special])
    return special


def _without_unit(typed: str, unit: str) -> str:
    folded = typed.casefold()
    for tail in (unit.casefold(), unit.casefold().lstrip("°")):
        if tail and folded.endswith(tail) and folded != tail:
            return typed[: -len(tail)].rstrip()
    return typed


def _unlikely(part: VitalPart, age: Age | None, measures: Measures) -> str:
    """The question about an unlikely value, or "" for a likely one."""
    measure = measures[part.code]
    if part.value is None or not measure.likely:
        return ""
    spans = measure.likely
    span = spans[-1] if age is None else next(row for row in spans if row.ages.holds(age))
    if span.low <= part.value <= span.high:
        return ""
    return _say(
        measures,
        "unlikely",
        measure,
        value=_shown(measure, part.value),
        min=_shown(measure, span.low),
        max=_shown(measure, span.high),
    )


def _refuse(measures: Measures, name: str, measure: Measure, **places: object) -> _Refused:
    sentence = _say(measures, name, measure, **places)
    may_fail = any("not_measurable" in row.special for row in (measure, *(measures[part] for part in measure.parts)))
    if may_fail and name in ("not_a_number", "not_a_pair", "not_a_choice"):
        sentence = f"{sentence} {measures.words['unmeasured']}"
    return _Refused(sentence)


def _say(measures: Measures, name: str, measure: Measure, **places: object) -> str:
    sentence = measures.words[name].format_map(
        {"label": measure.label, "unit": measure.unit, "example": measure.example, **places}
    )
    return sentence.replace(" %", "%").replace("  ", " ")
