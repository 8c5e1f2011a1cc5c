"""What the record of the day answers by itself: measures, age, sex, and the form of KPSP by its age rule."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from ilp_desk.domain.person import Sex
from ilp_desk.domain.prefill import Known, WhoAndWhat, known_answers
from ilp_desk.domain.reference import Reference
from ilp_desk.domain.reference.instruments import Fits, Instrument
from ilp_desk.domain.text.ages import age
from tests.domain.instrument_files import SHIPPED

ON = date(2026, 11, 21)


def shipped(code: str) -> Instrument:
    found = SHIPPED.at(code, "2026.1")
    assert found is not None
    return found


def known(
    reference: Reference, code: str, born: date | None, sex: Sex = Sex.FEMALE, **values: int | str
) -> dict[str, Known]:
    who = WhoAndWhat(sex=sex, age=age(born, ON) if born else None, values=values)
    return known_answers(shipped(code), who, reference.measures)


@pytest.mark.parametrize(("tenths", "answer"), [(209, "yes"), (210, "no"), (211, "no")])
def test_a_thin_arm(reference: Reference, tenths: int, answer: str) -> None:
    assert known(reference, "skilas", date(1954, 12, 30), arm=tenths)["thin_arm"].answer == answer


@pytest.mark.parametrize(("born", "answer"), [("1991-11-22", "no"), ("1991-11-21", "yes"), ("1991-11-20", "yes")])
def test_thirty_five_years(reference: Reference, born: str, answer: str) -> None:
    found = known(reference, "kspr", date.fromisoformat(born))
    assert found["old"].answer == answer


@pytest.mark.parametrize(("height", "answer"), [(1449, "yes"), (1450, "yes"), (1451, "no")])
def test_a_small_mother(reference: Reference, height: int, answer: str) -> None:
    assert known(reference, "kspr", date(1999, 2, 3), height=height)["short"].answer == answer


@pytest.mark.parametrize(("born", "answer"), [("1966-11-22", "no"), ("1966-11-21", "yes"), ("1966-11-20", "yes")])
def test_sixty_years_is_a_risk_of_tuberculosis(reference: Reference, born: str, answer: str) -> None:
    assert known(reference, "tb-adult", date.fromisoformat(born))["elderly"].answer == answer


@pytest.mark.parametrize(
    ("born", "form"),
    [
        (date(2026, 9, 1), "3"),
        (date(2026, 9, 5), "3"),
        (date(2026, 9, 6), None),
        (date(2026, 8, 22), "3"),
        (date(2026, 8, 21), "3"),
        (date(2026, 6, 5), "6"),
        (date(2026, 6, 6), "3"),
        (date(2024, 5, 21), "30"),
        (date(2024, 6, 5), "30"),
        (date(2024, 6, 6), "24"),
        (date(2020, 1, 1), "72"),
    ],
)
def test_the_form_of_kpsp(reference: Reference, born: date, form: str | None) -> None:
    """16 days count as a month, 15 do not; between two forms the younger one."""
    found = known(reference, "kpsp", born).get("form")
    assert (found.answer if found is not None else None) == form


def test_the_corrected_age_chooses_the_form(reference: Reference) -> None:
    who = WhoAndWhat(sex=Sex.MALE, age=age(date(2026, 2, 1), ON), corrected=age(date(2026, 4, 1), ON), values={})
    assert known_answers(shipped("kpsp"), who, reference.measures)["form"] == Known("6", "umur 8 bulan")


def test_a_measure_that_is_no_number_says_nothing(reference: Reference) -> None:
    found = known(reference, "mtbm", date(2026, 11, 1), respiration="not_measurable", temperature=367)
    assert "respiration" not in found
    assert found["temperature"] == Known("36.7", "tercatat hari ini 36,7 °C")


def test_a_measure_outside_of_what_is_asked_is_told_and_answers_nothing(reference: Reference) -> None:
    found = known(reference, "puma", date(1996, 11, 21))
    assert found["age"] == Known(None, "umur 30 tahun")


def test_nothing_is_known_of_who_has_no_birth_date(reference: Reference) -> None:
    assert known(reference, "puma", None, Sex.UNKNOWN) == {}
    assert known(reference, "puma", None, Sex.MALE)["sex"] == Known("L", "dari data pasien")


def test_the_ends_of_what_fits() -> None:
    assert [Fits(under=Decimal(21)).holds(Decimal(n)) for n in ("20.9", "21", "21.1")] == [True, False, False]
    assert [Fits(least=Decimal(3), most=Decimal(5)).holds(Decimal(n)) for n in (2, 3, 5, 6)] == [
        False,
        True,
        True,
        False,
    ]
