"""Which cluster and service point somebody goes to, with the rule in words, and how far they may go ahead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from ilp_desk.domain.person import Precision, Sex
from ilp_desk.domain.reference import Reference
from ilp_desk.domain.reference.routes import RoutingRule, RoutingTable, When
from ilp_desk.domain.reference.signs import DangerSign, Level
from ilp_desk.domain.text.ages import Age, age, age_text
from ilp_desk.domain.text.dates import PartialDate, day_text

_URGENT, _PRIORITY, _REGULAR, _LATE = 1, 2, 3, 4


@dataclass(frozen=True, kw_only=True, slots=True)
class RoutingFacts:
    """What is known of somebody who stands at the desk.

    born_on: first day of the month or year where `born_precision` says only that is known. reason, service: codes of
    visit_reasons.toml. emergency: F8 was pressed; danger_sign: code of danger_signs.toml if one was chosen (a red
    one is an emergency by itself, a yellow one is urgent). infection: suspicion was pressed; infection_sign: which, if
    said. lmp: HPHT of a pregnancy that is not ended; pregnant: one without HPHT. delivered_on: last birth. late: came
    after the appointment.
    """

    sex: Sex = Sex.UNKNOWN
    born_on: date | None = None
    born_precision: Precision = Precision.DAY
    reason: str = "sick"
    service: str = ""
    emergency: bool = False
    danger_sign: str = ""
    infection: bool = False
    infection_sign: str = ""
    pregnant: bool = False
    lmp: date | None = None
    delivered_on: date | None = None
    disability: bool = False
    late: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Priority:
    """rank (0 emergency ... 4 late) in a queue of several clusters and in the queue of one; groups: codes of
    priority.toml; words: their labels, or ""."""

    mixed: int
    inside: int
    groups: tuple[str, ...] = ()
    words: str = ""

    def rank(self, *, mixed: bool) -> int:
        return self.mixed if mixed else self.inside


@dataclass(frozen=True, kw_only=True, slots=True)
class Routing:
    """cluster, service_point: codes; rule_code and reference_version: what judged; reason: the rule in words.

    home_cluster: the cluster by pregnancy and age, which keeps the episode and the services due even where somebody is
    sent elsewhere first. uncertain: what to ask because the data may be wrong, or None.
    """

    cluster: str
    service_point: str
    rule_code: str
    reason: str
    reference_version: str
    home_cluster: str
    uncertain: str | None
    priority: Priority


@dataclass(frozen=True, kw_only=True, slots=True)
class _Case:
    """The facts of one day under one assumed birth date."""

    facts: RoutingFacts
    sign: DangerSign | None
    age: Age
    pregnant: bool
    postpartum: bool

    @property
    def emergency(self) -> bool:
        if self.sign is not None:
            return self.sign.level is Level.RED
        return self.facts.emergency


def route(facts: RoutingFacts, today: date, reference: Reference, points: Mapping[str, str] | None = None) -> Routing:
    """Decide by the rules in force on `today`.

    points: code and name of the service points this site has (all of service_points.toml, if none are told); where the
    rule's own is missing, the first one of its `instead` that is there takes its place. Raises KeyError for a danger
    sign that does not exist.
    """
    table = reference.routing
    places = points or {row.code: row.label for row in reference.service_points}
    case, doubts = _case(facts, today, reference)
    rule = _first(case, today, table)
    home = _first(_at_home(case), today, table)
    point = _at(rule, places, reference)
    words = _words(case, today, reference)
    for other in _other_ages(case, today):
        elsewhere = _at(_first(other, today, table), places, reference)
        if elsewhere != point:
            doubts.append(_say(table, "also_possible", {**words, "point": _name(elsewhere, places, reference)}))
            break
    words |= {"cluster": reference.clusters[rule.cluster].words, "point": _name(point, places, reference)}
    return Routing(
        cluster=rule.cluster,
        service_point=point,
        rule_code=rule.code,
        reason=rule.reason.format_map(words),
        reference_version=table.header.version,
        home_cluster=home.cluster,
        uncertain=" ".join(doubts) or None,
        priority=_priority(case, today, reference),
    )


def _case(facts: RoutingFacts, today: date, reference: Reference) -> tuple[_Case, list[str]]:
    table = reference.routing
    doubts: list[str] = []

    def doubt(name: str, **places: object) -> None:
        doubts.append(_say(table, name, places))

    born = facts.born_on
    if born is None:
        doubt("no_birth_date")
    elif born > today:
        doubt("birth_in_future", born=day_text(facts.born_on, facts.born_precision))
        born = None
    adult = Age(table.default_age_years, 0, 0, table.default_age_years * 365)
    years = adult if born is None else age(born, today)

    pregnant = facts.pregnant or facts.lmp is not None
    if pregnant and facts.sex is Sex.MALE:
        doubt("pregnant_man")
        pregnant = False
    if pregnant and facts.lmp is not None:
        days = (today - facts.lmp).days
        if days < 0:
            doubt("lmp_in_future", lmp=day_text(facts.lmp))
        elif days > table.pregnancy_days:
            doubt("pregnancy_too_long", lmp=day_text(facts.lmp), weeks=days // 7)
            pregnant = False
    postpartum = (
        not pregnant
        and facts.delivered_on is not None
        and 0 <= (today - facts.delivered_on).days <= table.postpartum_days
    )
    sign = reference.signs.dangers[facts.danger_sign] if facts.danger_sign else None
    return _Case(
        facts=facts,
        sign=sign,
        age=years,
        pregnant=pregnant,
        postpartum=postpartum,
    ), doubts


def _at_home(case: _Case) -> _Case:
    """The same person with neither emergency, infection nor a wish for one service: where the episode belongs."""
    facts = RoutingFacts(
        sex=case.facts.sex, reason="healthy" if case.facts.reason == "service_only" else case.facts.reason
    )
    return _Case(facts=facts, sign=None, age=case.age, pregnant=case.pregnant, postpartum=case.postpartum)


def _other_ages(case: _Case, today: date) -> list[_Case]:
    """The oldest and the youngest this person may be, where the birth date is not known to the day."""
    born = case.facts.born_on
    if born is None or born > today or case.facts.born_precision is Precision.DAY:
        return []
    known = PartialDate(born, case.facts.born_precision)
    return [replace(case, age=age(min(day, today), today)) for day in (known.earliest, known.latest)]


def _first(case: _Case, today: date, table: RoutingTable) -> RoutingRule:
    return next(rule for rule in table.rules if rule.validity.covers(today) and _holds(rule.when, case))


def _at(rule: RoutingRule, points: Mapping[str, str], reference: Reference) -> str:
    """The code of the service point to go to; the rule's own where the site has neither it nor a substitute."""
    wanted = (rule.service_point, *reference.service_points[rule.service_point].instead)
    return next((code for code in wanted if code in points), rule.service_point)


def _name(code: str, points: Mapping[str, str], reference: Reference) -> str:
    return points.get(code) or reference.service_points[code].label


def _holds(when: When, case: _Case) -> bool:
    facts = case.facts
    return (
        when.emergency in (None, case.emergency)
        and when.infection in (None, facts.infection or bool(facts.infection_sign))
        and when.pregnant in (None, case.pregnant)
        and when.postpartum in (None, case.postpartum)
        and when.disability in (None, facts.disability)
        and (not when.signs or facts.danger_sign in when.signs)
        and (not when.reasons or facts.reason in when.reasons)
        and (not when.services or facts.service in when.services)
        and when.sex in ("", facts.sex)
        and when.ages.holds(case.age)
    )


def _priority(case: _Case, today: date, reference: Reference) -> Priority:
    if case.emergency:
        return Priority(mixed=0, inside=0, words=reference.priority.ranks["emergency"].label)
    if case.sign is not None:
        return Priority(mixed=_URGENT, inside=_URGENT, words=reference.priority.ranks["urgent"].label)
    groups = [group for group in reference.priority.groups if group.validity.covers(today) and _holds(group.when, case)]
    regular = _LATE if case.facts.late else _REGULAR
    return Priority(
        mixed=_PRIORITY if any(group.mixed for group in groups) else regular,
        inside=_PRIORITY if any(group.inside for group in groups) else regular,
        groups=tuple(group.code for group in groups),
        words=", ".join(group.label for group in groups),
    )


def _words(case: _Case, today: date, reference: Reference) -> dict[str, object]:
    """Everything a reason may speak of; what does not apply is an empty word."""
    table, facts = reference.routing, case.facts
    service = reference.visit.services.get(facts.service)
    infection = reference.signs.infections.get(facts.infection_sign)
    places: dict[str, object] = {
        "age": table.words["age_unknown"],
        "born": day_text(facts.born_on, facts.born_precision),
        "weeks": "",
        "lmp": "",
        "day": "",
        "delivered": "",
        "sign": _lower(case.sign.label) if case.sign else table.words["sign_unsaid"],
        "infection": _lower(infection.label) if infection else table.words["infection_unsaid"],
        "service": _lower(service.neutral) if service else "",
        "pregnancy": "",
    }
    if facts.born_on is not None and facts.born_on <= today:
        places["age"] = age_text(facts.born_on, facts.born_precision, today)
    if case.pregnant and facts.lmp is not None and facts.lmp <= today:
        places |= {"weeks": (today - facts.lmp).days // 7, "lmp": day_text(facts.lmp)}
        places["pregnancy"] = _say(table, "pregnant", places)
    elif case.pregnant:
        places["pregnancy"] = _say(table, "pregnant_no_lmp", places)
    elif case.postpartum and facts.delivered_on is not None:
        places |= {"day": (today - facts.delivered_on).days, "delivered": day_text(facts.delivered_on)}
        places["pregnancy"] = _say(table, "postpartum", places)
    return places


def _say(table: RoutingTable, name: str, places: Mapping[str, object]) -> str:
    return table.words[name].format_map(places)


def _lower(label: str) -> str:
    """A label inside a sentence; abbreviations keep their capitals."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]
