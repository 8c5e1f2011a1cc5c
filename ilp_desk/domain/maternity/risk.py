"""What the record says already about the risks of a pregnancy, and the least its Poedji Rochjati score can be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ilp_desk.domain.reference.instruments import Band, Instrument
from ilp_desk.domain.reference.pregnancies import Risk
from ilp_desk.domain.scoring import so_far


@dataclass(frozen=True, kw_only=True, slots=True)
class RiskFacts:
    """None: not known. age: completed years today, age_begun: at the HPHT; interval: months from the last birth to the
    HPHT; para, abortus: without this pregnancy; height mm; haemoglobin: the lowest of this pregnancy, 0.1 g/dL; day:
    since the HPHT; icd: codes of this pregnancy and of lasting problems; ways: how earlier births went."""

    gravida: int | None = None
    age: int | None = None
    age_begun: int | None = None
    interval: int | None = None
    para: int | None = None
    abortus: int | None = None
    height: int | None = None
    haemoglobin: int | None = None
    day: int | None = None
    icd: frozenset[str] = field(default_factory=frozenset)
    ways: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class KnownScore:
    """total: the least the score can be by what is known; band: of that total."""

    total: int
    band: Band | None


def known_risks(facts: RiskFacts, risks: Iterable[Risk]) -> tuple[str, ...]:
    """Codes of the items the record answers with yes, in the order of the file."""
    return tuple(risk.code for risk in risks if _holds(risk, facts))


def known_score(codes: Iterable[str], instrument: Instrument) -> KnownScore:
    """The score with these items answered yes and nothing else: more answers can only raise it."""
    known = so_far(instrument, {code: "yes" for code in codes if code in instrument.items})
    total = int(next(score.value for score in known.scores if score.code == instrument.result))
    bands = instrument.bands_of(instrument.result)
    return KnownScore(total, next((band for band in bands if band.low <= total <= band.high), None))


def _holds(risk: Risk, facts: RiskFacts) -> bool:
    if risk.first and facts.gravida != 1:
        return False
    if any(code.startswith(risk.icd) for code in facts.icd) or not facts.ways.isdisjoint(risk.ways):
        return True
    value: int | None = getattr(facts, risk.fact) if risk.fact else None
    if value is None:
        return False
    return (risk.at_least is None or value >= risk.at_least) and (risk.at_most is None or value <= risk.at_most)
