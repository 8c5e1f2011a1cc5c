"""Daftar panggil: who is on it, who may read what, that it is right without a nightly job."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from db.models.recall import person_outline
from ilp_desk.domain.clinical import VitalSigns
from ilp_desk.domain.due.outlines import STALE
from ilp_desk.domain.due.recall import RecallContact, Standing
from ilp_desk.domain.due.records import ServiceAnswer
from ilp_desk.domain.person import Person
from ilp_desk.domain.record import new_uid
from ilp_desk.domain.site import Area
from ilp_desk.domain.visit import Visit, VisitState
from ilp_desk.errors import InvalidInput, NotAllowed
from ilp_desk.rows.recall import RecallCounts, RecallLine, RecallPage
from ilp_desk.services.life_cycle.recall import NOWHERE, Asked, Called
from ilp_desk.services.site import AreaForm
from tests.house import House
from tests.printing.reading import text

GROWTH = Asked(group="growth")


def seen(house: House, person: Person, *days: date) -> None:
    """They were here on these days."""
    for day in days:
        visit = Visit(
            uid=new_uid(), person_uid=person.uid, service_date=day, arrived_at=house.clock.now(), reason="well",
            cluster="ibu_anak", rule="age", state=VisitState.FINISHED,
        )  # fmt: skip
        house.put(visit)


def child(house: House, name: str = "Nadia Putri", born: str = "2026-02-14", **fields: Any) -> Person:
    """A child that was first seen on the day it was born, three months ago for the last time."""
    home: dict[str, Any] = {"area_uid": house.areas["hamlet"].uid, "rw": "02", "rt": "02", "phone": "081200001114"}
    made = house.person(name, born, **(home | fields))
    assert made.born_on is not None
    seen(house, made, made.born_on)
    return made


def read(house: House, asked: Asked = GROWTH, role: str = "midwife", **limits: int) -> RecallPage:
    return house.desk.recall.list(house.actor(role), asked, **limits)


def names(page: RecallPage) -> list[str]:
    return [line.name for line in page.lines]


def only(page: RecallPage) -> RecallLine:
    [line] = page.lines
    return line


def weigh(house: House, person: Person) -> VitalSigns:
    """Weighed and measured today; head and arm too."""
    taken = VitalSigns(
        uid=new_uid(), person_uid=person.uid, taken_at=house.clock.now(), weight=8200, height=700, head=440, arm=140
    )
    house.put(taken)
    return taken


def stale(house: House) -> int:
    with house.store._engines.read.connect() as connection:
        kept = connection.execute(select(person_outline.c.holds_until)).scalars().all()
    return sum(day == STALE for day in kept)


def test_who_is_late_stands_there_with_service_day_and_masked_phone(house: House) -> None:
    child(house)
    page = read(house)
    line = only(page)
    assert line.name == "Nadia Putri"
    assert line.age == "9 bln"
    assert (line.area, line.rw, line.rt) == ("Gasang, Contoh Hilir", "02", "02")
    assert "Timbang dan ukur" in line.services
    assert line.since.startswith("terlambat ")
    assert line.phone == "0812•••114"
    assert line.last_visit == date(2026, 2, 14)
    assert (page.counts.late, page.counts.no_data, page.found) == (1, 0, 1)


def test_no_data_is_a_list_of_its_own_and_never_late(house: House) -> None:
    """First day with an empty history."""
    house.person("Alif Maulana", "2024-04-01", area_uid=house.areas["hamlet"].uid)
    assert names(read(house)) == []
    page = read(house, replace(GROWTH, standing=Standing.NO_DATA))
    assert only(page).since == "belum ada data"
    assert (page.counts.late, page.counts.no_data) == (0, 1)


def test_everything_written_about_somebody_makes_their_outline_old(house: House) -> None:
    person = child(house)
    midwife = house.actor("midwife")
    house.desk.recall.renew(midwife)
    assert stale(house) == 0
    seen(house, person, house.clock.today())
    assert stale(house) == 1
    house.desk.recall.renew(midwife)
    assert stale(house) == 0
    called = Called(
        uid=new_uid(), person_uid=person.uid, about="growth", on=house.clock.today(), by="Bu Yusni", result="coming"
    )
    house.desk.recall.contact(midwife, called)
    assert stale(house) == 0, "a call says nothing of what is due"


def test_other_rules_make_every_outline_anew(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    child(house)
    midwife = house.actor("midwife")
    assert house.desk.recall.renew(midwife) == 1
    assert house.desk.recall.renew(midwife) == 0
    monkeypatch.setattr("ilp_desk.services.life_cycle.recall.fingerprint", lambda *_: "other")
    assert names(read(house)) == ["Nadia Putri"]
    assert house.desk.recall.renew(midwife) == 1
    assert house.desk.recall.renew(midwife) == 0


def test_dead_moved_and_foreign_people_are_not_called(house: House) -> None:
    child(house, "Satu", status="dead")
    child(house, "Dua", status="moved")
    child(house, "Tiga", area_uid=None, outside="Kec. Matur")
    nowhere = child(house, "Empat", area_uid=None, rw="", rt="")
    assert names(read(house)) == []
    assert names(read(house, replace(GROWTH, place=NOWHERE))) == [nowhere.name]


def test_by_village_hamlet_rw_rt_and_whoever_moves_moves_in_the_list(house: House) -> None:
    one = child(house, "Satu", rw="2", rt="RT 2")
    child(house, "Dua", rw="02", rt="03", born="2026-02-15")
    village, hamlet = house.areas["village"].uid, house.areas["hamlet"].uid
    assert names(read(house, replace(GROWTH, place=village))) == ["Satu", "Dua"]
    assert names(read(house, replace(GROWTH, place=hamlet, rw="02", rt="02"))) == ["Satu"]
    assert house.desk.recall.neighbourhoods(house.actor("midwife"), hamlet) == (("02", "02"), ("02", "03"))
    with house.store.writing(house.actor("registration"), "test.move") as uow:
        uow.change(uow.get(Person, one.uid), rt="03")
    assert names(read(house, replace(GROWTH, place=hamlet, rw="02", rt="02"))) == []
    assert names(read(house, replace(GROWTH, place=hamlet, rw="02", rt="03"))) == ["Satu", "Dua"]


def test_the_tree_says_where_somebody_lives_and_a_new_name_moves_them(house: House) -> None:
    block = Area(uid=new_uid(), name="RW 05", level="rw", parent_uid=house.areas["hamlet"].uid)
    corner = Area(uid=new_uid(), name="1", level="rt", parent_uid=block.uid)
    house.put(block, corner)
    child(house, area_uid=corner.uid, rw="", rt="")
    here = replace(GROWTH, place=house.areas["hamlet"].uid, rw="05")
    assert names(read(house, replace(here, rt="01"))) == ["Nadia Putri"]
    known = house.read(Area, level="rt")[0]
    house.desk.site.save_area(house.actor("head"), corner.uid, AreaForm(name="07"), known.row_version)
    assert names(read(house, replace(here, rt="01"))) == []
    assert names(read(house, replace(here, rt="07"))) == ["Nadia Putri"]


def test_the_only_posyandu_serves_everybody_around_it_a_named_one_its_own(house: House) -> None:
    village, hamlet = house.areas["village"], house.areas["hamlet"]
    melati = Area(uid=new_uid(), name="Melati", level="posyandu", parent_uid=village.uid)
    house.put(melati)
    child(house, "Satu", rw="01", rt="01")
    child(house, "Dua", rw="02", rt="01", born="2026-02-15")
    asked = replace(GROWTH, place=village.uid)
    assert names(read(house, replace(asked, posyandu=melati.uid))) == ["Satu", "Dua"]
    anggrek = Area(uid=new_uid(), name="Anggrek", level="posyandu", parent_uid=village.uid)
    house.put(anggrek)
    assert names(read(house, replace(asked, posyandu=melati.uid))) == [], "of two nobody knows which"
    house.put(Area(uid=new_uid(), name="02", level="rw", parent_uid=hamlet.uid, posyandu_uid=anggrek.uid))
    assert names(read(house, replace(asked, posyandu=anggrek.uid))) == ["Dua"]


def test_the_longest_late_come_first_page_by_page_and_by_lateness(house: House) -> None:
    for number, born in enumerate(("2026-08-20", "2025-01-01", "2026-04-01")):
        child(house, f"Anak {number}", born)
    first = read(house, limit=2)
    assert first.found == 3
    assert names(first) + names(read(house, after=2)) == ["Anak 1", "Anak 2", "Anak 0"]
    assert names(read(house, replace(GROWTH, months=6))) == ["Anak 1"]
    assert names(read(house, replace(GROWTH, months=3))) == ["Anak 1", "Anak 2"]


def test_refused_and_put_off_are_aside_not_late_and_not_complete(house: House) -> None:
    man = house.person("Budi Contoh", "1990-01-01", "L", area_uid=house.areas["hamlet"].uid)
    seen(house, man, date(2025, 1, 1))
    asked = Asked(group="elderly")
    assert read(house, asked).counts == RecallCounts(), "not for people of his age"
    old = house.person("Siti Contoh", "1950-01-01", area_uid=house.areas["hamlet"].uid)
    seen(house, old, date(2025, 1, 1))
    for service in ("skilas", "daily_living"):
        house.put(ServiceAnswer(uid=new_uid(), person_uid=old.uid, service=service, on=house.clock.today()))
    assert read(house, asked).counts.aside == 1


def test_secret_services_are_for_those_who_treat_and_never_leave_the_screen(house: House) -> None:
    woman = house.person("Rina Contoh", "1985-01-01", area_uid=house.areas["hamlet"].uid, marital_status="2")
    seen(house, woman, date(2024, 1, 1))
    secret = Asked(group="women_cancer", standing=Standing.NO_DATA)
    assert read(house, secret, "midwife").counts != read(house, Asked(group="newborn"), "midwife").counts
    for role in ("registration", "laboratory", "pharmacy", "head"):
        with pytest.raises(NotAllowed):
            read(house, secret, role)
        codes = [code for code, _ in house.desk.recall.choices(house.actor(role)).groups]
        assert "women_cancer" not in codes
    for hand_out in (house.desk.recall.sheet, house.desk.recall.table):
        with pytest.raises(InvalidInput, match="dirahasiakan"):
            hand_out(house.actor("midwife"), secret)
    for page in (read(house, Asked(group="adult", standing=standing), "doctor") for standing in Standing):
        said = " ".join(name for line in page.lines for name in line.services)
        assert not any(word in said for word in ("IVA", "SADANIS", "PHQ", "Hepatitis"))


def test_the_kader_gets_what_a_kader_may_read_by_rt(house: House) -> None:
    child(house, "Satu Contoh", rt="03")
    child(house, "Dua Contoh", rt="01")
    printed = house.desk.recall.sheet(house.actor("midwife"), replace(GROWTH, place=house.areas["village"].uid))
    said = text(printed.pdf)
    assert said.index("RT 01 / RW 02") < said.index("Dua Contoh") < said.index("RT 03 / RW 02") < said.index("Satu")
    assert "2 terlambat" in said
    assert "Timbang" in said
    assert "KPSP" not in said, "not for kader"
    assert "081200001114" not in said
    assert "1114" not in said


def test_a_paper_nobody_could_work_off_is_refused_with_what_to_do(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    child(house)
    monkeypatch.setattr("ilp_desk.services.life_cycle.recall.MOST_ON_PAPER", 0)
    with pytest.raises(InvalidInput, match="Pilih desa"):
        house.desk.recall.sheet(house.actor("midwife"), GROWTH)


def test_the_workbook_holds_text_and_reckons_nothing(house: House) -> None:
    child(house, "=HYPERLINK(0)", mother_name="+62")
    made = house.desk.recall.table(house.actor("midwife"), GROWTH)
    sheet = load_workbook(BytesIO(made)).active
    assert sheet is not None
    heading, row = sheet.iter_rows()
    cells = {str(head.value): cell for head, cell in zip(heading, row, strict=True)}
    assert cells["Nama"].value == "=HYPERLINK(0)"
    assert not any(cell.data_type in ("f", "n") for cell in row if cell.value is not None)
    assert cells["Telepon"].value == "0812•••114"


def test_a_call_is_told_until_it_says_nothing_any_more(house: House) -> None:
    person, midwife = child(house), house.actor("midwife")
    assert only(read(house)).contact is None
    told = Called(
        uid=new_uid(), person_uid=person.uid, about="growth", on=date(2026, 11, 20), by=" Bu  Yusni ", result="coming"
    )
    for _ in range(2):  # pressed twice, noted once
        house.desk.recall.contact(midwife, told)
    contact = only(read(house)).contact
    assert contact is not None
    assert contact.words == "akan datang, 20-11-2026, Bu Yusni"
    assert len(house.read(RecallContact)) == 1
    house.hands.move(days=28)
    assert only(read(house)).contact is not None
    house.hands.move(days=1)
    assert only(read(house)).contact is None


def test_a_call_noted_by_mistake_is_taken_back(house: House) -> None:
    person, midwife = child(house), house.actor("midwife")
    told = Called(
        uid=new_uid(), person_uid=person.uid, about="growth", on=house.clock.today(), by="Bu Yusni", result="coming"
    )
    house.desk.recall.contact(midwife, told)
    house.desk.recall.take_back(midwife, told.uid)
    assert only(read(house)).contact is None


def test_a_call_about_a_secret_service_is_told_on_its_own_list_only(house: House) -> None:
    person = child(house)
    secret = Called(
        uid=new_uid(), person_uid=person.uid, about="mental", on=house.clock.today(), by="Bu Yusni", result="coming"
    )
    with pytest.raises(NotAllowed):
        house.desk.recall.contact(house.actor("registration"), secret)
    house.desk.recall.contact(house.actor("midwife"), secret)
    assert only(read(house)).contact is None


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"result": "maybe"}, "result"),
        ({"on": date(2026, 2, 13)}, "on"),  # the day before the birth
        ({"by": "  "}, "by"),
        ({"on": date(2026, 11, 22)}, "on"),
        ({"about": "nothing"}, "group"),
    ],
)
def test_a_bad_call_is_refused_with_its_field(house: House, wrong: dict[str, object], field: str) -> None:
    person = child(house)
    good = Called(
        uid=new_uid(), person_uid=person.uid, about="growth", on=date(2026, 11, 21), by="Bu Yusni", result="coming"
    )
    with pytest.raises(InvalidInput) as refused:
        house.desk.recall.contact(house.actor("midwife"), replace(good, **wrong))  # type: ignore[arg-type]
    assert refused.value.field == field


def test_it_is_right_on_every_day_without_a_nightly_job(house: House) -> None:
    """Measured today: not on the list of the late for a month and its grace; nothing is worked out in between."""
    person = child(house)
    weigh(house, person)
    house.desk.recall.renew(house.actor("midwife"))
    asked = replace(GROWTH, standing=Standing.LATE)
    rules = house.desk.reference.services.services["growth_weight"]
    assert rules.every is not None
    expected = rules.late_after.after(rules.every.after(date(2026, 11, 21)))
    late_since = None
    while late_since is None and house.clock.today() <= expected:
        if any("Timbang" in service for line in read(house, asked).lines for service in line.services):
            late_since = house.clock.today()
        house.hands.move(days=1)
    assert late_since == expected


def test_what_is_recorded_is_read_at_once_and_what_is_voided_comes_back(house: House) -> None:
    person, bundle = child(house), house.desk.reference.services.bundles["growth"].label
    house.desk.recall.renew(house.actor("midwife"))
    assert bundle in only(read(house)).services
    taken = weigh(house, person)
    assert bundle not in [name for line in read(house).lines for name in line.services]
    with house.store.writing(house.actor("midwife"), "test.void") as uow:
        uow.void(uow.get(VitalSigns, taken.uid), "salah orang")
    assert bundle in only(read(house)).services
