"""How somebody stands with a group of services, on the day before, the day and the day after; who serves whom."""

from __future__ import annotations

from typing import Any

import pytest

from ilp_desk.domain.areas import Serving, numbered
from ilp_desk.domain.due.outlines import Kept
from ilp_desk.domain.due.recall import Standing, stand_of
from ilp_desk.domain.site import Area

TODAY, MONTH_END, LOST_FOR = 1000, 1010, 60


def kept(**days: Any) -> Kept:
    plain: dict[str, Any] = {
        "place": 0, "name": "", "known": True, "due_on": None, "late_on": None, "lost_on": None, "last_on": None,
        "held_until": None, "refused": False,
    }  # fmt: skip
    return Kept(**(plain | days))


LATE = kept(due_on=900, late_on=930)
UNKNOWN = kept(known=False)
DONE = kept(due_on=1200, last_on=990)


def standing(*services: Kept, today: int = TODAY) -> Standing | None:
    found = stand_of(services, today, MONTH_END, LOST_FOR)
    return found.standing if found is not None else None


@pytest.mark.parametrize(("today", "expected"), [(899, None), (929, Standing.DUE), (930, Standing.LATE)])
def test_late_begins_on_its_day(today: int, expected: Standing | None) -> None:
    found = stand_of([LATE], today, today, LOST_FOR)
    assert found is not None
    assert found.standing is (expected or Standing.COMPLETE)


@pytest.mark.parametrize(("due_on", "expected"), [(1010, Standing.DUE), (1011, Standing.COMPLETE)])
def test_what_comes_round_until_the_end_of_the_month_is_due_this_month(due_on: int, expected: Standing) -> None:
    assert standing(kept(due_on=due_on)) is expected
    assert standing(kept(due_on=due_on, last_on=980)) is expected


def test_the_worst_decides_and_late_never_mixes_with_no_data() -> None:
    assert standing(UNKNOWN) is Standing.NO_DATA
    assert standing(UNKNOWN, kept(due_on=1000)) is Standing.DUE
    assert standing(UNKNOWN, kept(due_on=1000), LATE) is Standing.LATE
    found = stand_of([UNKNOWN, LATE, kept(due_on=500, late_on=600)], TODAY, MONTH_END, LOST_FOR)
    assert found is not None
    assert [one.late_on for one in found.services] == [600, 930]
    assert found.since == 600
    assert standing(DONE) is Standing.COMPLETE
    assert standing() is None


@pytest.mark.parametrize(("today", "expected"), [(1099, Standing.ASIDE), (1100, Standing.LATE)])
def test_who_refused_is_aside_until_it_is_offered_again(today: int, expected: Standing) -> None:
    refused = kept(due_on=900, late_on=930, held_until=1100, refused=True)
    assert standing(refused, today=today) is expected
    assert standing(kept(known=False, held_until=1100), today=today) is (
        Standing.ASIDE if expected is Standing.ASIDE else Standing.NO_DATA
    )


@pytest.mark.parametrize(("lost_on", "expected"), [(1001, Standing.LATE), (1000, Standing.ASIDE), (940, None)])
def test_what_is_not_possible_any_more_is_no_reason_to_call(lost_on: int, expected: Standing | None) -> None:
    assert standing(kept(due_on=900, late_on=930, lost_on=lost_on)) is expected


@pytest.mark.parametrize("typed", ["2", "02", "002", "RW 2", "rw02", " RW. 2 "])
def test_a_number_is_one_however_it_is_written(typed: str) -> None:
    assert numbered("rw", typed) == "02"


def test_other_names_stay_names() -> None:
    assert numbered("rt", "a") == "A"
    assert numbered("rt", "") == ""


def area(uid: str, level: str, parent: str | None, name: str = "", posyandu: str | None = None) -> Area:
    return Area(uid=uid, name=name or uid, level=level, parent_uid=parent, posyandu_uid=posyandu)


def test_the_smallest_area_with_a_posyandu_decides() -> None:
    serving = Serving(
        [
            area("desa", "village", None),
            area("dusun", "hamlet", "desa"),
            area("lain", "hamlet", "desa"),
            area("rw2", "rw", "dusun", "RW 2", "mawar"),
            area("rt1", "rt", "rw2", "1", "anggrek"),
            area("lepas", "rt", "lain", "RT 07"),
            area("melati", "posyandu", "desa"),
            area("mawar", "posyandu", "dusun"),
            area("anggrek", "posyandu", "dusun"),
            area("di_rt", "posyandu", "lepas"),
        ]
    )
    assert serving.posyandu("dusun", "02", "01") == "anggrek"
    assert serving.posyandu("dusun", "02", "05") == "mawar"
    assert serving.posyandu("dusun", "01", "") == "melati", (
        "of two in the hamlet nobody knows which; one in the village"
    )
    assert serving.posyandu("lain", "", "07") == "di_rt"
    assert serving.posyandu("elsewhere", "", "") is None
