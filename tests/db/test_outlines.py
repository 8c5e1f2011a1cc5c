"""Outlines in the store: whose are old, where people live, and that nothing that matters is left out."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import event, select

from db import outlines
from db.models import NAMED
from db.models.recall import person_outline
from db.sqlite_file import opened
from ilp_desk.bootstrap import SYSTEM
from ilp_desk.domain.clinical import VitalSigns
from ilp_desk.domain.due.outlines import STALE
from ilp_desk.domain.person import Person
from ilp_desk.domain.record import new_uid
from ilp_desk.rows.care import CareOf
from tests.house import KEY, House


def kept(house: House) -> dict[int, Any]:
    with house.store._engines.read.connect() as connection:
        return {row.person_id: row for row in connection.execute(select(person_outline))}


def only(house: House) -> Any:
    [row] = kept(house).values()
    return row


def test_what_the_rules_read_is_never_silent(house: House) -> None:
    """Every table care reads makes an outline old: a silent one would leave a list wrong for good."""
    person, said = house.person("Siti Contoh"), list[str]()
    engine = house.store._engines.read
    event.listen(engine, "before_cursor_execute", lambda _c, _k, statement, *_: said.append(statement))
    with house.store.reading(SYSTEM, "test.read") as uow:
        uow.ask(CareOf((person.uid,)))
    words = set(" ".join(said).replace('"', " ").replace(".", " ").replace(",", " ").split())
    assert "vital_signs" in words
    assert words.isdisjoint(outlines.SILENT)


def test_every_silent_kind_is_a_kind_about_people() -> None:
    assert NAMED.keys() >= outlines.SILENT
    for name in outlines.SILENT - {"queue_event", "print_job"}:
        assert any(slot.refers == "person" for slot in NAMED[name].slots), name


def test_a_new_person_has_a_row_and_a_fact_makes_it_old(house: House) -> None:
    person = house.person("Siti Contoh")
    assert only(house).holds_until == STALE
    house.desk.recall.renew(house.actor("nurse"))
    assert only(house).holds_until > house.clock.today()
    house.put(VitalSigns(uid=new_uid(), person_uid=person.uid, taken_at=house.clock.now(), systolic=120, diastolic=80))
    assert only(house).holds_until == STALE


def test_many_at_once_have_their_rows_too(house: House) -> None:
    people = [
        Person(uid=new_uid(), name=f"Orang {n}", sex="P", area_uid=house.areas["hamlet"].uid, rt="3")  # type: ignore[arg-type]
        for n in range(7)
    ]
    with house.store.writing(SYSTEM, "test.many") as uow:
        uow.add_many(people)
    assert [row.rt for row in kept(house).values()] == ["03"] * 7
    assert {row.holds_until for row in kept(house).values()} == {STALE}


def test_what_was_taken_back_leaves_no_mark(house: House) -> None:
    person = house.person("Siti Contoh")
    house.desk.recall.renew(house.actor("nurse"))

    def break_off() -> None:
        with house.store.writing(SYSTEM, "test.fail") as uow:
            uow.change(uow.get(Person, person.uid), phone="0812")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        break_off()
    assert only(house).holds_until != STALE


def test_what_was_worked_out_before_something_was_written_is_not_kept(house: House) -> None:
    """Two at once: one works out the days, the other records a fact meanwhile."""
    person, nurse = house.person("Siti Contoh"), house.actor("nurse")
    rules, made = house.desk.recall.old(nurse, 5)
    house.put(VitalSigns(uid=new_uid(), person_uid=person.uid, taken_at=house.clock.now(), systolic=120, diastolic=80))
    house.desk.recall.keep(nurse, rules, made)
    assert only(house).holds_until == STALE
    house.desk.recall.renew(nurse)
    assert only(house).holds_until != STALE


def test_people_written_past_the_unit_of_work_get_theirs(house: House) -> None:
    for number in range(3):
        house.person(f"Orang {number}")
    with house.store._engines.write.begin() as connection:
        connection.execute(person_outline.delete().where(person_outline.c.person_id > 1))
    with house.store.writing(SYSTEM, "test.rebuild") as uow:
        uow.rebuild_search()
    assert sorted(kept(house)) == [1, 2, 3]


@pytest.mark.parametrize(
    ("asked", "index"),
    [
        ("home_id IN (1, 2) AND rw = '01' AND rt = '02'", "ix_person_outline_home_id"),
        ("rules = 'x' AND holds_until <= '2026-11-21'", "ix_person_outline_rules"),
        ("rules < 'x'", "ix_person_outline_rules"),
        ("person_id = 7", "INTEGER PRIMARY KEY"),
    ],
)
def test_nobody_reads_all_people_to_find_those_of_an_rt(house: House, asked: str, index: str) -> None:
    with opened(house.database, KEY) as raw:
        steps = raw.execute(f"EXPLAIN QUERY PLAN SELECT days FROM person_outline WHERE {asked}").fetchall()
    assert all(index in detail for *_, detail in steps), steps
