"""Alarms from what was measured and seen: each starts with the act to do. A clinician decides; this only shows."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ilp_desk.domain.clinical import VitalSigns
from ilp_desk.domain.reference import Reference
from ilp_desk.domain.reference.alarm_rules import AgeLimit, AlarmRule, Condition, Limit, LimitAlarm, SignSeen
from ilp_desk.domain.reference.signs import Level
from ilp_desk.domain.text.ages import Age
from ilp_desk.domain.vitals import show

Values = Mapping[str, int | str]
"""The latest value of each measure: code to base units, position of a choice, or HI, LO, not_measurable."""

AlarmKey = tuple[str, str]
"""Rule and reason of an alarm."""

_SYMBOLS = {"<": "<", "<=": "≤", "=": "", ">=": "≥", ">": ">"}


@dataclass(frozen=True, kw_only=True, slots=True)
class AlarmFacts:
    """Who was measured, and when. age: None counts as adult. signs: codes of danger_signs.toml."""

    on: date
    age: Age | None = None
    pregnant: bool = False
    postpartum: bool = False
    signs: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True, slots=True)
class Alarm:
    """level; code: what it is about (one alarm each); act: what to do, first; reason: the figure and its rule in words;
    rule and version: by what it was judged, stored with the answer; at: time of the earlier taking that raised it
    (`08.16`), empty for what stands now."""

    level: Level
    code: str
    act: str
    reason: str
    rule: str
    version: str
    at: str = ""

    @property
    def key(self) -> AlarmKey:
        """What an answer to it is about: the same rule raised by other figures wants an answer of its own."""
        return self.rule, self.reason


def taken(vitals: VitalSigns, reference: Reference) -> dict[str, int | str]:
    """The values of one stored taking: numbers in base units, special ones by name; what was not taken is left out."""
    found: dict[str, int | str] = {}
    for measure in reference.measures.vitals:
        if measure.kind == "number":
            value = getattr(vitals, measure.code)
            if value is not None:
                found[measure.code] = value
    return found | (vitals.special or {})


def alarms(values: Values, facts: AlarmFacts, reference: Reference) -> tuple[Alarm, ...]:
    """All alarms, red ones first. Of those about the same thing the worst is given alone."""
    return _worst((*_measured_alarms(values, facts, reference), *_seen_alarms(facts, reference)))


def with_earlier(now: Sequence[Alarm], earlier: Sequence[Alarm], answered: Container[AlarmKey]) -> tuple[Alarm, ...]:
    """The alarms of now with the red ones an earlier taking raised and nobody answered; red ones first.

    earlier: newest first. Of those about the same thing one is asked about at a time: that of now, else the newest.
    """
    asked = {alarm.code for alarm in now if alarm.level is Level.RED and alarm.key not in answered}
    known = {alarm.key for alarm in now}
    found: list[Alarm] = []
    for alarm in earlier:
        if alarm.key not in known and alarm.key not in answered and alarm.code not in asked:
            found.append(alarm)
            asked.add(alarm.code)
    return tuple(sorted((*now, *found), key=lambda alarm: alarm.level is not Level.RED))


def measured_alarms(values: Values, facts: AlarmFacts, reference: Reference) -> tuple[Alarm, ...]:
    """The alarms that figures raise, some of them together with a sign; none that a sign raises alone."""
    return _worst(_measured_alarms(values, facts, reference))


def _measured_alarms(values: Values, facts: AlarmFacts, reference: Reference) -> list[Alarm]:
    table = reference.alarms
    adult = Age(reference.routing.default_age_years, 0, 0, reference.routing.default_age_years * 365)
    age = facts.age or adult
    found: list[Alarm] = []
    for rule in table.rules.on(facts.on):
        if _applies(rule, age, facts) and _rises(rule, values, facts):
            found.append(_from_rule(rule, values, facts, reference))
    limit = next((row for row in table.limits.on(facts.on) if row.ages.holds(age)), None)
    if limit is not None:
        for alarm in table.limit_alarms.on(facts.on):
            found += _from_limit(alarm, limit, age, values, reference)
    return found


def _seen_alarms(facts: AlarmFacts, reference: Reference) -> list[Alarm]:
    return [
        Alarm(
            level=sign.level,
            code=sign.family,
            act=sign.act,
            reason=f"{sign.label}.",
            rule=f"sign.{sign.code}",
            version=reference.signs.dangers.version,
        )
        for sign in reference.signs.dangers.on(facts.on)
        if sign.code in facts.signs
    ]


def _worst(found: Iterable[Alarm]) -> tuple[Alarm, ...]:
    ordered = sorted(found, key=lambda alarm: alarm.level is not Level.RED)
    first: dict[str, Alarm] = {}
    for alarm in ordered:
        first.setdefault(alarm.code, alarm)
    return tuple(first.values())


def _applies(rule: AlarmRule, age: Age, facts: AlarmFacts) -> bool:
    who = {"pregnant": facts.pregnant, "postpartum": facts.postpartum}
    return rule.ages.holds(age) and (not rule.who or any(who[group] for group in rule.who))


def _rises(rule: AlarmRule, values: Values, facts: AlarmFacts) -> bool:
    return any(_holds(condition, values, facts) for condition in rule.any_of) and (
        not rule.with_any or any(_holds(condition, values, facts) for condition in rule.with_any)
    )


def _holds(condition: Condition, values: Values, facts: AlarmFacts) -> bool:
    if isinstance(condition, SignSeen):
        return condition.sign in facts.signs
    value = values.get(condition.measure)
    if value is None:
        return False
    if isinstance(value, str) or isinstance(condition.value, str):
        # A device that says HI has passed every upper limit, one that says LO every lower one.
        return value == condition.value or (
            isinstance(condition.value, int)
            and ((value == "HI" and ">" in condition.operator) or (value == "LO" and "<" in condition.operator))
        )
    match condition.operator:
        case "<":
            return value < condition.value
        case "<=":
            return value <= condition.value
        case ">=":
            return value >= condition.value
        case ">":
            return value > condition.value
        case _:
            return value == condition.value


def _from_rule(rule: AlarmRule, values: Values, facts: AlarmFacts, reference: Reference) -> Alarm:
    seen = [_in_words(condition, values, reference) for condition in rule.with_any if _holds(condition, values, facts)]
    places = _measured(values, reference) | {
        "limit": " dan ".join(
            _limit_words(condition, values, reference)
            for condition in rule.any_of
            if isinstance(condition, Limit) and _holds(condition, values, facts)
        ),
        "signs": ", ".join(seen),
    }
    return Alarm(
        level=rule.level,
        code=rule.family,
        act=rule.act,
        reason=rule.reason.format_map(places),
        rule=rule.code,
        version=reference.alarms.header.version,
    )


def _from_limit(alarm: LimitAlarm, limit: AgeLimit, age: Age, values: Values, reference: Reference) -> list[Alarm]:
    value = values.get(alarm.measure)
    if not isinstance(value, int):
        return []
    level = alarm.level
    if alarm.measure == "systolic":
        low, high = limit.systolic_base + limit.systolic_per_year * age.years, None
        level = limit.systolic_level
    else:
        low, high = limit.pulse if alarm.measure == "pulse" else limit.respiration
    outside = value < low if alarm.side == "low" else high is not None and value > high
    if not outside:
        return []
    places = _measured(values, reference) | {"min": str(low), "max": str(high)}
    return [
        Alarm(
            level=level,
            code=alarm.family,
            act=alarm.act,
            reason=alarm.reason.format_map(places),
            rule=f"{alarm.code}.{limit.code}",
            version=reference.alarms.header.version,
        )
    ]


def _measured(values: Values, reference: Reference) -> dict[str, str]:
    """Every measure in words with its unit; what was not taken is a dash."""
    measures = reference.measures
    places: dict[str, str] = {}
    for measure in (*measures.vitals, *measures.observations):
        if measure.kind == "pair":
            shown = "/".join(show(part, values.get(part), reference) or "–" for part in measure.parts)
        else:
            shown = show(measure.code, values.get(measure.code), reference) or "–"
        number = isinstance(values.get(measure.code), int) and measure.unit.startswith(("/", "%"))
        places[measure.code] = f"{shown}{measure.unit}" if number else shown
    return places


def _in_words(condition: Condition, values: Values, reference: Reference) -> str:
    """What was found: a sign by its name, "keton urin ++"."""
    if isinstance(condition, SignSeen):
        label = reference.signs.dangers[condition.sign].label
        return label[:1].lower() + label[1:]
    return f"{reference.measures[condition.measure].short} {_measured(values, reference)[condition.measure]}"


def _limit_words(limit: Limit, values: Values, reference: Reference) -> str:
    """The limit that was passed: "sistol ≥160"; a choice by what was chosen: "kesadaran somnolen"."""
    measure = reference.measures[limit.measure]
    if measure.kind == "choice":
        return f"{measure.short} {show(measure.code, values[measure.code], reference)}"
    return f"{measure.short} {_SYMBOLS[limit.operator]}{show(measure.code, limit.value, reference).removesuffix(',0')}"
