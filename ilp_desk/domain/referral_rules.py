"""What a referral letter of each kind needs, how long it is valid, and diagnoses that do not go together."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

from ilp_desk.domain.alarms import AlarmFacts, Values, measured_alarms
from ilp_desk.domain.document import ReferralState
from ilp_desk.domain.person import Sex
from ilp_desk.domain.reference import Reference
from ilp_desk.domain.reference.alarm_rules import Condition, Limit
from ilp_desk.domain.reference.codespans import matches
from ilp_desk.domain.reference.papers import Contradiction, ReferralField
from ilp_desk.domain.text.ages import Age

LONGEST = 2000
"""Signs one field of a letter may hold: half a page."""
OPEN_STATES = frozenset({ReferralState.ISSUED, ReferralState.SENT, ReferralState.RECEIVED})
"""A reply is still awaited."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Missing:
    """An empty field. later: the letter may be issued without it, it is asked for again afterwards."""

    field: str
    label: str
    sentence: str
    later: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Clash:
    """Diagnoses that contradict each other or the person. Shown, never forbidden. codes: the ones it speaks of."""

    rule: str
    sentence: str
    codes: tuple[str, ...]


def required(kind: str, reference: Reference) -> tuple[ReferralField, ...]:
    """The fields without which a letter of this kind is not issued; raises KeyError for an unknown kind."""
    return _fields(reference.referrals.kinds[kind].required, reference)


def visible(kind: str, reference: Reference) -> tuple[ReferralField, ...]:
    """All fields of this kind in the order they are asked: required ones, those for later, then optional ones."""
    row = reference.referrals.kinds[kind]
    return _fields((*row.required, *row.later, *row.shown), reference)


def missing(kind: str, draft: Mapping[str, object], reference: Reference) -> tuple[Missing, ...]:
    """What is still empty in a draft (field code to value); the letter waits for those that are not `later`."""
    row = reference.referrals.kinds[kind]
    return tuple(
        Missing(field=field.code, label=field.label, sentence=field.missing, later=field.code in row.later)
        for field in _fields((*row.required, *row.later), reference)
        if _empty(draft.get(field.code))
    )


def valid_until(kind: str, issued_on: date, reference: Reference) -> date | None:
    """The last day of a letter; None for one that is valid until the emergency is settled.

    Where BPJS or the facility gave an end date, that one is printed instead of this.
    """
    days = reference.referrals.kinds[kind].valid_days
    return issued_on + timedelta(days=days) if days else None


def late(state: ReferralState, issued_on: date, today: date, reference: Reference) -> bool:
    """Whether a reply is awaited for longer than it should take."""
    return state in OPEN_STATES and (today - issued_on).days > reference.referrals.reply_days


def tidy(text: str) -> str:
    """Text of a letter as it is kept: control characters gone, outer blanks gone, its lines left as they are."""
    kept = (c if c == "\n" or unicodedata.category(c) not in ("Cc", "Cs") else " " for c in text.replace("\r\n", "\n"))
    return "".join(kept).strip()


def relation_words(code: str, sex: Sex, reference: Reference) -> str:
    """`Suami`, `Orang tua`: what a signer is to a patient of this sex; empty for an unknown code."""
    if code == "spouse" and sex is not Sex.UNKNOWN:
        return "Suami" if sex is Sex.FEMALE else "Istri"
    known = reference.codes["responsible_relation"].get(code)
    return known.label if known else ""


def notable(values: Values, facts: AlarmFacts, reference: Reference) -> frozenset[str]:
    """The measures behind an alarm: alone they raise one, or two of them do together."""

    def raised(*chosen: str) -> set[str]:
        return {a.rule for a in measured_alarms({code: values[code] for code in chosen}, facts, reference)}

    found = {code for code in values if raised(code)}
    for rule in reference.alarms.rules.on(facts.on):
        for one, other in product(_measures(rule.any_of, values), _measures(rule.with_any, values)):
            if rule.code in raised(one, other):
                found |= {one, other}
    return frozenset(found)


def _measures(conditions: Iterable[Condition], values: Values) -> list[str]:
    return [c.measure for c in conditions if isinstance(c, Limit) and c.measure in values]


def contradictions(
    codes: Sequence[str], sex: Sex, age: Age | None, pregnant: bool, reference: Reference, *, postpartum: bool = False
) -> tuple[Clash, ...]:
    """Warnings about these ICD-10 codes on this person; each rule speaks once.

    age: None if nobody knows it; pregnant: a pregnancy is recorded and not ended; postpartum: she is in nifas.
    """
    found: list[Clash] = []
    for rule in reference.contradictions:
        if rule.sex not in ("", sex) or rule.pregnant not in (None, pregnant):
            continue
        if rule.postpartum not in (None, postpartum):
            continue
        if not rule.ages.open and (age is None or not rule.ages.holds(age)):
            continue
        pair = _pair(rule, codes)
        if pair is not None:
            one, other = pair
            said = (one, other) if other else (one,)
            found.append(Clash(rule=rule.code, sentence=rule.sentence.format(a=one, b=other), codes=said))
    return tuple(found)


def _pair(rule: Contradiction, codes: Sequence[str]) -> tuple[str, str] | None:
    for one in _among(codes, rule.codes):
        if not rule.beside:
            return one, ""
        for other in _among(codes, rule.beside):
            if other != one:
                return one, other
    return None


def _among(codes: Iterable[str], wanted: Sequence[str]) -> list[str]:
    return [code for code in codes if any(matches(code, span) for span in wanted)]


def _fields(codes: Iterable[str], reference: Reference) -> tuple[ReferralField, ...]:
    return tuple(reference.referrals.fields[code] for code in codes)


def _empty(value: object) -> bool:
    if isinstance(value, str):
        return not value.strip()
    return value is None or value is False or (isinstance(value, Sequence | Mapping) and not value)
