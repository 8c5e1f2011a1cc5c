"""The visits of a pregnancy, numbered and held against the pattern of the trimesters."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilp_desk.domain.maternity.antenatal import Contact, Course, follow, state_words
from ilp_desk.domain.person import Precision
from ilp_desk.domain.reference import Reference

HPHT = date(2026, 1, 1)


def at(day: int, **more: object) -> Contact:
    return Contact(HPHT + timedelta(days=day), **more)  # type: ignore[arg-type]


def course(reference: Reference, today: int, *contacts: Contact) -> Course:
    return follow(HPHT, contacts, HPHT + timedelta(days=today), reference.antenatal)


@pytest.mark.parametrize(
    ("day", "pure", "trimester"), [(84, True, "T1"), (85, False, "T2"), (168, False, "T2"), (169, False, "T3")]
)
def test_the_first_visit_is_pure_until_twelve_weeks(reference: Reference, day: int, pure: bool, trimester: str) -> None:
    (first,) = course(reference, 200, at(day)).contacts
    assert (first.code, first.pure) == ("K1", pure)
    assert first.trimester is not None
    assert first.trimester.code == trimester


def test_six_visits_in_the_pattern_with_the_doctor_twice(reference: Reference) -> None:
    whole = course(
        reference,
        270,
        at(60, doctor=True, usg=True),
        at(110),
        at(150),
        at(200),
        at(230, doctor=True, usg=True),
        at(260),
    )
    assert [visit.code for visit in whole.contacts] == ["K1", "K2", "K3", "K4", "K5", "K6"]
    assert whole.counts == {"T1": 1, "T2": 2, "T3": 3}
    assert whole.pattern_met
    assert whole.missing == whole.lost == ()


def test_a_doctor_without_ultrasound_is_not_the_doctors_visit(reference: Reference) -> None:
    assert "USG oleh dokter di trimester 1" in course(reference, 70, at(60, doctor=True)).missing


def test_what_can_no_longer_be_met_is_said(reference: Reference) -> None:
    assert course(reference, 84).lost == ()
    late = course(reference, 85)
    assert late.lost == ("1 kali periksa di trimester 1", "USG oleh dokter di trimester 1")
    assert "2 kali periksa di trimester 2" in late.missing


def test_two_entries_of_one_day_are_one_visit_and_places_elsewhere_count(reference: Reference) -> None:
    seen = course(reference, 100, at(60), at(60, doctor=True, usg=True), at(95, where="PMB Contoh"))
    assert [visit.code for visit in seen.contacts] == ["K1", "K2"]
    assert seen.doctor == {"T1"}


@pytest.mark.parametrize(
    ("last", "today", "expected"),
    [(60, 60, 88), (224, 230, 252), (230, 231, 252), (252, 253, 259), (260, 262, 267)],
)
def test_the_next_visit(reference: Reference, last: int, today: int, expected: int) -> None:
    assert course(reference, today, at(last)).next_on == HPHT + timedelta(days=expected)


def test_after_the_term_the_outcome_is_asked_for(reference: Reference) -> None:
    def words(day: int) -> str:
        return state_words(HPHT, HPHT + timedelta(days=day), reference.antenatal)

    assert words(196) == "28 mgg, HPL 08-10-2026"
    assert "pastikan" not in words(293)
    assert words(294).endswith("pastikan hasil kehamilan")
    assert words(308).startswith("44 mgg, HPL")
    assert "tidak lagi dihitung hamil" in words(309)


@given(days=st.lists(st.integers(-50, 400), max_size=15), today=st.integers(0, 400))
def test_every_visit_counts_once(reference: Reference, days: list[int], today: int) -> None:
    seen = course(reference, today, *(at(day) for day in days))
    real = {day for day in days if 0 <= day <= min(today, 308)}
    assert [visit.day for visit in seen.contacts] == sorted(real)
    assert sum(seen.counts.values()) == len(real)
    assert [visit.code for visit in seen.contacts][:6] == [f"K{n}" for n in range(1, len(real) + 1)][:6]
    assert sum(visit.pure for visit in seen.contacts) <= 1


def month(year: int, number: int, **more: object) -> Contact:
    return Contact(date(year, number, 1), precision=Precision.MONTH, **more)  # type: ignore[arg-type]


def test_a_visit_known_to_the_month_is_counted_in_its_middle(reference: Reference) -> None:
    found = course(reference, 200, month(2026, 2), month(2026, 3)).contacts
    # HPHT 1 January: February is day 31 to 58, March 59 to 89, past the end of the first trimester on day 84.
    assert [(v.code, v.day, v.pure, v.sure) for v in found] == [("K1", 44, True, True), ("K2", 74, False, False)]


def test_a_month_that_began_before_the_pregnancy_or_ends_after_today(reference: Reference) -> None:
    assert [v.day for v in course(reference, 10, month(2026, 1)).contacts] == [5]
    assert course(reference, 10, month(2025, 12), month(2026, 2)).contacts == ()


def test_a_month_and_a_day_within_it_are_two_visits(reference: Reference) -> None:
    assert len(course(reference, 100, month(2026, 2), at(44)).contacts) == 2


def test_the_leap_day_is_a_day_like_any_other(reference: Reference) -> None:
    hpht = date(2027, 12, 7)
    (only,) = follow(hpht, [Contact(date(2028, 2, 29))], date(2028, 3, 1), reference.antenatal).contacts
    assert (only.day, only.pure) == (84, True)
    (late,) = follow(hpht, [Contact(date(2028, 3, 1))], date(2028, 3, 1), reference.antenatal).contacts
    assert (late.day, late.pure) == (85, False)
