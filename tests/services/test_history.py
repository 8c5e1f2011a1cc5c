"""Reading a record: newest first, by pages, and noted."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from ilp_desk.domain.clinical import Diagnosis
from ilp_desk.domain.record import new_uid
from ilp_desk.domain.visit import Visit
from ilp_desk.errors import NotAllowed

if TYPE_CHECKING:
    from tests.house import House


def lived(house: House, days: int) -> str:
    """Somebody with a visit on each of so many days; gives the uid."""
    siti = house.person("Siti Nurhaliza", "1999-02-03")
    for n in range(days):
        visit = Visit(
            uid=new_uid(),
            person_uid=siti.uid,
            service_date=date(2026, 1, 1) + timedelta(days=n),
            arrived_at=house.clock.now(),
            reason="sick",
            cluster="ibu_anak",
            rule="R21-ADULT",
            complaint=f"keluhan {n}",
        )
        said = Diagnosis(
            uid=new_uid(),
            person_uid=siti.uid,
            visit_uid=visit.uid,
            taken_at=house.clock.now(),
            code="J06.9",
            title="ISPA",
            primary=True,
        )
        house.put(visit, said)
    return siti.uid


def test_pages_join_without_a_gap_or_a_double(house: House) -> None:
    uid, doctor = lived(house, 45), house.actor("doctor")
    days: list[date] = []
    before = None
    while True:
        page = house.desk.history.visits(doctor, uid, before)
        days += [v.day for v in page.visits]
        before = page.before
        if before is None:
            break
    assert days == [date(2026, 1, 1) + timedelta(days=n) for n in reversed(range(45))]


def test_one_visit_is_shown_whole(house: House) -> None:
    uid, doctor = lived(house, 1), house.actor("doctor")
    past = house.desk.history.visits(doctor, uid).visits[0]
    assert past.diagnoses == "ISPA (J06.9)"
    shown = house.desk.history.visit(doctor, past.visit_uid)
    assert (shown.complaint, shown.reason) == ("keluhan 0", "Sakit")
    head = house.desk.history.person(doctor, uid)
    assert (head.name, head.age, head.allergy_state) == ("Siti Nurhaliza", "27 th 9 bln", "not_asked")


def test_the_clerk_does_not_read_records(house: House) -> None:
    uid = lived(house, 1)
    with pytest.raises(NotAllowed):
        house.desk.history.person(house.actor("registration"), uid)
