"""Danger signs of one visit: which were seen, whether anybody asked, and which concern this person."""

from __future__ import annotations

from collections.abc import Iterable

from ilp_desk.domain.alarms import AlarmFacts
from ilp_desk.domain.clinical import Observation
from ilp_desk.domain.reference import Reference
from ilp_desk.domain.reference.signs import DangerSign
from ilp_desk.domain.text.ages import Age

DANGER_SIGN = "danger_sign"
"""Code of the observations that say which sign was seen: their value is a code of danger_signs.toml, or NONE_SEEN."""
NONE_SEEN = "none"
AT_THE_DESK = "desk"
"""Method of a sign that the desk saw and nobody has taken back."""


def told(observations: Iterable[Observation]) -> tuple[Observation, ...]:
    """What was said about danger signs, among the results of a visit."""
    return tuple(o for o in observations if o.code == DANGER_SIGN)


def measured(observations: Iterable[Observation]) -> tuple[Observation, ...]:
    """The results without what was said about danger signs."""
    return tuple(o for o in observations if o.code != DANGER_SIGN)


def seen_signs(observations: Iterable[Observation], desk_sign: str) -> frozenset[str]:
    """Codes of the signs that count: those the room saw; until somebody asked there, the one the desk saw."""
    said = told(observations)
    if not said:
        return frozenset({desk_sign} - {""})
    return frozenset(o.value for o in said) - {NONE_SEEN}


def sign_labels(codes: Iterable[str], reference: Reference) -> tuple[str, ...]:
    """The signs in words, in the order of the reference; a code it does not know stands as it is."""
    wanted = set(codes)
    known = [sign.label for sign in reference.signs.dangers if sign.code in wanted]
    return (*known, *sorted(code for code in wanted if code not in reference.signs.dangers))


def concerning(facts: AlarmFacts, reference: Reference) -> tuple[DangerSign, ...]:
    """The signs to ask this person about: those of their own group first, then what may befall anyone."""
    signs = reference.signs
    age = facts.age or Age(reference.routing.default_age_years, 0, 0, reference.routing.default_age_years * 365)
    groups = {name for name, ages in signs.ages.items() if ages.holds(age)}
    groups |= {name for name, on in (("pregnant", facts.pregnant), ("postpartum", facts.postpartum)) if on}
    rows = [sign for sign in signs.dangers.on(facts.on) if groups & set(sign.who) or "anyone" in sign.who]
    return tuple(sorted(rows, key=lambda sign: not groups & set(sign.who)))
