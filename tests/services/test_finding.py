"""What a scan or a text leads to."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from ilp_desk.domain.document import Document
from ilp_desk.domain.record import new_uid
from ilp_desk.services.registration import RegisterVisit

if TYPE_CHECKING:
    from tests.house import House


def found(house: House, text: str) -> list[str]:
    return [h.name for h in house.desk.finding.find(house.actor("registration"), text).hits]


def test_card_ticket_and_letter_lead_to_their_person(house: House) -> None:
    siti = house.person("Siti Nurhaliza", "1999-02-03")
    house.person("Siti Nuraini", "1985-11-09")
    order = RegisterVisit(visit_uid=new_uid(), entry_uid=new_uid(), person_uid=siti.uid)
    house.desk.registration.register(house.actor("registration"), order)
    letter = Document(
        uid=new_uid(), kind="referral", person_uid=siti.uid, content={}, issued_at=house.clock.now(), number="440/1"
    )
    house.put(letter)
    for uid in (siti.uid, order.visit_uid, letter.uid):
        assert found(house, f"ILP1:{uid}") == ["Siti Nurhaliza"]
    assert found(house, f"ILP1:{new_uid()}") == []


@pytest.mark.parametrize(
    "typed", ["nurhaliza siti", "siti nurhalisa", "sti nurhaliza", "3/2/99 siti", "03021999", "Sitti"]
)
def test_any_order_spelling_slip_or_birth_date(house: House, typed: str) -> None:
    house.person("Siti Nurhaliza", "1999-02-03")
    house.person("Budi Santoso", "1980-01-01", "L")
    assert found(house, typed)[0] == "Siti Nurhaliza"


def test_somebody_merged_leads_to_the_survivor(house: House) -> None:
    survivor = house.person("Siti Nurhaliza", "1999-02-03")
    house.person("Siti Nurhalizah", "1999-02-03", merged_into=survivor.uid)
    hits = house.desk.finding.find(house.actor("registration"), "siti nurhalizah").hits
    assert {h.uid for h in hits} == {survivor.uid}


def test_lists_hide_all_but_the_last_digits(house: House) -> None:
    house.person("Siti Nurhaliza", "1999-02-03", nik="1306044302999001", phone="081200000190")
    shown = repr(house.desk.finding.find(house.actor("registration"), "siti").hits)
    assert "1306044302999001" not in shown
    assert "0812" not in shown
    assert "001" in shown


def test_the_dead_stand_after_the_living(house: House) -> None:
    house.person("Siti Nurmala", "1954-12-30", status="dead", status_on=date(2025, 1, 1))
    house.person("Siti Nurmala", "1960-12-30")
    hits = house.desk.finding.find(house.actor("registration"), "siti nurmala").hits
    assert [h.status.value for h in hits] == ["active", "dead"]
