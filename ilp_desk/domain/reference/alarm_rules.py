"""The rows of alarms.toml: conditions on measures and signs, and the limits of each age."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from ilp_desk.domain.reference.base import Header, Row, Table
from ilp_desk.domain.reference.bounds import Ages
from ilp_desk.domain.reference.measures import SPECIALS, Measures, base_units
from ilp_desk.domain.reference.reading import Fields, RowBase, Sheet
from ilp_desk.domain.reference.signs import Level, Signs, read_level

WHO = ("pregnant", "postpartum")
LIMITED = ("pulse", "respiration", "systolic")
_CONDITION = re.compile(r"(\w+) (<|<=|=|>=|>) (.+)")
_NUMBER = re.compile(r"[0-9]+(,[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Limit:
    """A measure against a number (base units, or the position of a choice) or a special value."""

    measure: str
    operator: str
    value: int | str


@dataclass(frozen=True, slots=True)
class SignSeen:
    sign: str


Condition = Limit | SignSeen


@dataclass(frozen=True, kw_only=True, slots=True)
class AlarmRule(Row):
    """Rises where one of `any_of` holds and, if there are any, one of `with_any` too. who: empty means anybody."""

    family: str
    level: Level
    who: tuple[str, ...]
    ages: Ages
    any_of: tuple[Condition, ...]
    with_any: tuple[Condition, ...]
    act: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AgeLimit(Row):
    """Usual spans at these ages. The least usual systolic pressure is base + per_year x completed years."""

    ages: Ages
    pulse: tuple[int, int]
    respiration: tuple[int, int]
    systolic_base: int
    systolic_per_year: int
    systolic_level: Level


@dataclass(frozen=True, kw_only=True, slots=True)
class LimitAlarm(Row):
    """What is said where a measure is below (side low) or above (high) the span of the age."""

    measure: str
    family: str
    side: str
    level: Level
    act: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AlarmTable:
    header: Header
    rules: Table[AlarmRule]
    limits: Table[AgeLimit]
    limit_alarms: Table[LimitAlarm]


def read_alarms(sheet: Sheet, measures: Measures, signs: Signs) -> AlarmTable:
    places = [row.code for row in (*measures.vitals, *measures.observations)]

    def rule(fields: Fields, base: RowBase) -> AlarmRule:
        who = fields.texts("who")
        if set(who) - set(WHO):
            raise fields.fail(f'"who" harus dari {", ".join(WHO)}')
        return AlarmRule(
            **base,
            family=fields.text("family"),
            level=read_level(fields),
            who=who,
            ages=fields.ages(),
            any_of=tuple(_condition(fields, text, measures, signs) for text in fields.texts("any", required=True)),
            with_any=tuple(_condition(fields, text, measures, signs) for text in fields.texts("with")),
            act=fields.text("act"),
            reason=fields.template("reason", [*places, "limit", "signs"]),
        )

    def limit(fields: Fields, base: RowBase) -> AgeLimit:
        return AgeLimit(
            **base,
            ages=fields.ages(),
            pulse=_span(fields, "pulse"),
            respiration=_span(fields, "respiration"),
            systolic_base=fields.integer("systolic_base"),
            systolic_per_year=fields.integer("systolic_per_year", 0),
            systolic_level=Level(fields.choice("systolic_level", tuple(Level))),
        )

    def limit_alarm(fields: Fields, base: RowBase) -> LimitAlarm:
        measure = fields.choice("measure", LIMITED)
        return LimitAlarm(
            **base,
            measure=measure,
            family=fields.text("family", measure),
            side=fields.choice("side", ("low", "high")),
            level=read_level(fields),
            act=fields.text("act"),
            reason=fields.template("reason", [*places, "min", "max"]),
        )

    return AlarmTable(
        header=sheet.header,
        rules=sheet.table("alarm", rule),
        limits=sheet.table("age_limit", limit),
        limit_alarms=sheet.table("limit_alarm", limit_alarm),
    )


def _condition(fields: Fields, text: str, measures: Measures, signs: Signs) -> Condition:
    if text.startswith("sign "):
        sign = text.removeprefix("sign ")
        if sign not in signs.dangers:
            raise fields.fail(f'tanda bahaya "{sign}" tidak ada di danger_signs.toml')
        return SignSeen(sign)
    found = _CONDITION.fullmatch(text)
    if found is None or found[1] not in measures or measures[found[1]].kind == "pair":
        raise fields.fail(f'syarat "{text}" tidak dikenali')
    measure, operator, right = measures[found[1]], found[2], found[3]
    if right in SPECIALS:
        if operator != "=" or right not in measure.special:
            raise fields.fail(f'syarat "{text}" tidak dikenali')
        return Limit(measure.code, operator, right)
    if measure.kind == "choice":
        if right not in measure.choices:
            raise fields.fail(f'syarat "{text}": pilihan "{right}" tidak ada')
        return Limit(measure.code, operator, measure.choices.index(right))
    if _NUMBER.fullmatch(right) is None:
        raise fields.fail(f'syarat "{text}": angkanya tidak dikenali, mis. 37,5')
    return Limit(measure.code, operator, base_units(fields, Decimal(right.replace(",", ".")), measure.scale))


def _span(fields: Fields, key: str) -> tuple[int, int]:
    low, high = fields.numbers(key, 2)
    if low >= high or low != int(low) or high != int(high):
        raise fields.fail(f'"{key}" harus dua bilangan bulat, yang kecil dulu')
    return int(low), int(high)
