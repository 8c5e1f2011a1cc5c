"""KF1 to KF4 and KN1 to KN3, by day, and by hour where the hour of the birth is known."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilp_desk.domain.maternity.after_birth import Birth, Held, Slot, WindowState, too_early, visits_after
from ilp_desk.domain.reference import Reference
from ilp_desk.domain.reference.pregnancies import AfterBirth

BORN = datetime(2026, 3, 1, 22, 30)  # noqa: DTZ001 - the wall clock has no zone
BIRTH = Birth(BORN.date(), BORN)


def rules(reference: Reference, who: str = "mother") -> list[AfterBirth]:
    return [rule for rule in reference.pregnancy.after_birth if rule.who == who]


def after(hours: float = 0, days: int = 0) -> datetime:
    return BORN + timedelta(hours=hours, days=days)


def states(reference: Reference, now: datetime, *held: Held, birth: Birth = BIRTH) -> dict[str, str]:
    return {slot.code: slot.state.value for slot in visits_after(birth, held, now, rules(reference))}


def first(reference: Reference, at: datetime) -> Slot:
    return visits_after(BIRTH, (Held(at.date(), at),), at, rules(reference))[0]


@pytest.mark.parametrize(("hours", "state"), [(5.99, "upcoming"), (6, "due"), (49, "due")])
def test_the_first_visit_opens_six_hours_after_the_birth(reference: Reference, hours: float, state: str) -> None:
    assert states(reference, after(hours))["KF1"] == state


@pytest.mark.parametrize(
    ("hours", "done", "late"), [(5.99, False, False), (6, True, False), (48, True, False), (48.01, True, True)]
)
def test_the_hours_say_whether_it_counts_and_whether_it_came_late(
    reference: Reference, hours: float, done: bool, late: bool
) -> None:
    slot = first(reference, after(hours))
    assert (slot.state is WindowState.DONE, slot.late) == (done, late)


def test_too_early_says_from_when(reference: Reference) -> None:
    at = after(5)
    assert too_early(BIRTH, Held(at.date(), at), rules(reference)) == after(6)
    assert too_early(BIRTH, Held(after(6).date(), after(6)), rules(reference)) is None
    assert too_early(Birth(BORN.date()), Held(at.date(), at), rules(reference)) is None


@pytest.mark.parametrize(
    ("days", "code"),
    [(0, "KF1"), (2, "KF1"), (3, "KF2"), (7, "KF2"), (8, "KF3"), (28, "KF3"), (29, "KF4"), (42, "KF4"), (43, "")],
)
def test_without_the_hour_the_day_decides(reference: Reference, days: int, code: str) -> None:
    birth = Birth(BORN.date())
    held = Held(birth.on + timedelta(days=days))
    slots = visits_after(birth, [held], BORN + timedelta(days=50), rules(reference))
    assert [slot.code for slot in slots if slot.visit is held] == ([code] if code else [])


@pytest.mark.parametrize(("days", "lost"), [(2, False), (3, True)])
def test_what_was_missed_is_lost_from_the_day_after(reference: Reference, days: int, lost: bool) -> None:
    now = datetime.combine(BORN.date() + timedelta(days=days), datetime.min.time())
    assert (states(reference, now)["KF1"] == "lost") is lost


def test_born_on_the_leap_day(reference: Reference) -> None:
    birth = Birth(date(2028, 2, 29))
    visit = Held(date(2028, 3, 7), where="RS Contoh")
    now = datetime.combine(date(2028, 3, 7), BORN.time())
    found = visits_after(birth, (visit,), now, rules(reference, "baby"))
    assert [(slot.code, slot.state.value) for slot in found] == [("KN1", "lost"), ("KN2", "done"), ("KN3", "upcoming")]
    assert found[1].words == "07-03-2028 · RS Contoh"


@given(st.lists(st.integers(-5, 60), max_size=6), st.integers(0, 60), st.integers(0, 23))
def test_each_visit_has_one_state_and_one_done_stays_done(
    reference: Reference, days: list[int], today: int, hour: int
) -> None:
    now = datetime.combine(BORN.date() + timedelta(days=today), datetime.min.time().replace(hour=hour))
    held = [Held(BORN.date() + timedelta(days=day)) for day in days if day <= today]
    before = visits_after(BIRTH, held, now, rules(reference))
    later = visits_after(BIRTH, held, now + timedelta(days=30), rules(reference))
    assert [slot.code for slot in before] == ["KF1", "KF2", "KF3", "KF4"]
    for one, other in zip(before, later, strict=True):
        assert one.state is not WindowState.DONE or other.state is WindowState.DONE
