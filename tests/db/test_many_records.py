"""Many records at once: as fast as the engine goes, with the same care for references and the trail."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from db.sqlite_file import opened
from ilp_desk.bootstrap import SYSTEM
from ilp_desk.domain.person import Family, Person, Sex
from ilp_desk.domain.record import new_uid
from ilp_desk.errors import Conflict, NotFound
from tests.house import KEY, House

BEFORE = datetime(2024, 3, 4, 2, 30, tzinfo=UTC)


def people(count: int, family: Family) -> list[Person]:
    return [
        Person(uid=new_uid(), name=f"Orang Contoh {n}", sex=Sex.FEMALE, family_uid=family.uid, record_number=f"{n:06d}")
        for n in range(count)
    ]


def test_many_people_are_stored_with_their_family_and_found_after_a_rebuild(house: House) -> None:
    family = Family(uid=new_uid(), kk="1306041206129007", head_name="Kepala")
    many = people(1_234, family)
    with house.store.writing(SYSTEM, "test.many") as uow:
        uow.add_many([family])
        uow.add_many(many)
        assert uow.rebuild_search() == 1_234
    stored = house.read(Person)
    assert [p.uid for p in stored] == [p.uid for p in many]
    assert {p.family_uid for p in stored} == {family.uid}
    found = house.desk.finding.find(house.actor("registration"), "orang contoh 77").hits
    assert any(hit.name == "Orang Contoh 77" for hit in found)


def test_when_and_by_whom_it_was_made_is_kept_where_it_is_known(house: House) -> None:
    known = Family(uid=new_uid(), made_at=BEFORE, made_by="0193", made_desk="Loket 9", row_version=7)
    with house.store.writing(SYSTEM, "test.many") as uow:
        uow.add_many([known, Family(uid=new_uid())])
        now = uow.now
    first, second = house.read(Family)
    assert (first.made_at, first.made_by, first.made_desk, first.row_version) == (BEFORE, "0193", "Loket 9", 1)
    assert (second.made_at, second.made_desk) == (now, SYSTEM.desk)


def test_nothing_at_all_is_no_error_and_leaves_no_line(house: House) -> None:
    with house.store.writing(SYSTEM, "test.none") as uow:
        uow.add_many([])
    assert trail(house, "test.none") == []


def test_a_reference_to_nobody_stores_nothing(house: House) -> None:
    stray = Person(uid=new_uid(), name="X", sex=Sex.MALE, family_uid=new_uid())
    with pytest.raises(NotFound), house.store.writing(SYSTEM, "test.many") as uow:
        uow.add_many([stray])
    assert house.read(Person) == ()


def test_a_number_twice_stores_nothing_of_the_transaction(house: House) -> None:
    family = Family(uid=new_uid())
    house.put(family)
    twice = [*people(2, family), *people(1, family)]
    with pytest.raises(Conflict), house.store.writing(SYSTEM, "test.many") as uow:
        uow.add_many(twice)
    assert house.read(Person) == ()


def test_records_of_two_kinds_are_refused(house: House) -> None:
    mixed = [Family(uid=new_uid()), Person(uid=new_uid(), name="X", sex=Sex.MALE)]
    with pytest.raises(TypeError), house.store.writing(SYSTEM, "test.many") as uow:
        uow.add_many(mixed)


def test_the_audit_tells_how_many_not_who(house: House) -> None:
    family = Family(uid=new_uid())
    with house.store.writing(SYSTEM, "test.many") as uow:
        uow.add_many([family])
        uow.add_many(people(30, family))
    told = trail(house, "test.many")
    assert [(line[0], line[1], line[3]) for line in told] == [
        ("+*", "family", {"records": 1}),
        ("+*", "person", {"records": 30}),
    ]
    assert "Orang Contoh" not in json.dumps(told)


def trail(house: House, act: str) -> list[list[object]]:
    """The lines of the one audit row of an act."""
    with opened(house.database, KEY) as raw:
        ((content,),) = raw.execute("SELECT content FROM audit WHERE act = ?", (act,)).fetchall()
    found: list[list[object]] = json.loads(content)
    return found
