"""Items of the KSPR that the record answers, on both sides of each limit."""

from __future__ import annotations

from typing import Any

import pytest

from ilp_desk.domain.maternity.risk import RiskFacts, known_risks, known_score
from ilp_desk.domain.reference import Reference
from ilp_desk.domain.reference.instruments import Instrument
from resources import read_instrument


@pytest.fixture(scope="module")
def kspr() -> Instrument:
    from ilp_desk.domain.reference.instrument_files import load_instruments

    return load_instruments({"kspr": read_instrument("kspr")}).rows[0]


@pytest.mark.parametrize(
    ("facts", "code", "held"),
    [
        ({"gravida": 1, "age_begun": 16}, "too_young", True),
        ({"gravida": 1, "age_begun": 17}, "too_young", False),
        ({"gravida": 2, "age_begun": 16}, "too_young", False),
        ({"gravida": None, "age_begun": 16}, "too_young", False),
        ({"gravida": 1, "age_begun": 35}, "first_old", True),
        ({"gravida": 1, "age_begun": 34}, "first_old", False),
        ({"age": 35}, "old", True),
        ({"age": 34}, "old", False),
        ({"interval": 23}, "too_soon", True),
        ({"interval": 24}, "too_soon", False),
        ({"interval": 120}, "too_long", True),
        ({"interval": 119}, "too_long", False),
        ({"para": 4}, "many", True),
        ({"para": 3}, "many", False),
        ({"height": 1450}, "short", True),
        ({"height": 1451}, "short", False),
        ({"abortus": 1}, "lost", True),
        ({"abortus": 0}, "lost", False),
        ({"haemoglobin": 109}, "anaemia_malaria", True),
        ({"haemoglobin": 110}, "anaemia_malaria", False),
        ({"day": 294}, "post_term", True),
        ({"day": 293}, "post_term", False),
        ({"icd": frozenset({"O24.4"})}, "diabetes", True),
        ({"icd": frozenset({"O25"})}, "diabetes", False),
        ({"ways": frozenset({"caesarean"})}, "caesarean", True),
        ({"ways": frozenset({"spontaneous"})}, "caesarean", False),
    ],
)
def test_each_limit(reference: Reference, facts: dict[str, Any], code: str, held: bool) -> None:
    assert (code in known_risks(RiskFacts(**facts), reference.pregnancy.risks)) is held


def test_nothing_known_is_no_risk(reference: Reference) -> None:
    assert known_risks(RiskFacts(), reference.pregnancy.risks) == ()


def test_every_risk_is_an_item_of_the_instrument(reference: Reference, kspr: Instrument) -> None:
    assert [risk.code for risk in reference.pregnancy.risks if risk.code not in kspr.items] == []


@pytest.mark.parametrize(
    ("codes", "total", "band"),
    [((), 2, "low"), (("old",), 6, "high"), (("caesarean",), 10, "high"), (("old", "many", "lost"), 14, "very_high")],
)
def test_the_least_the_score_can_be(kspr: Instrument, codes: tuple[str, ...], total: int, band: str) -> None:
    known = known_score(codes, kspr)
    assert (known.total, known.band.code if known.band else "") == (total, band)
