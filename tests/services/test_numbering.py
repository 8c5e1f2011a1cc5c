"""Numbers given out are unique for ever, whatever was there before."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from ilp_desk.bootstrap import SYSTEM
from ilp_desk.domain.person import Family, OldNumber, Person, Sex
from ilp_desk.domain.record import new_uid
from ilp_desk.domain.site import Area, Facility, RelationshipCode
from ilp_desk.errors import InvalidInput
from ilp_desk.services.numbering import keep_numbers, next_record_number
from tests.house import House


def number_for(house: House, family: Family | None = None, relationship: str = "", **fields: Any) -> str:
    """Register somebody with the next number, as the people's service does."""
    with house.store.writing(SYSTEM, "test.number") as uow:
        someone = Person(uid=new_uid(), name="Contoh", sex=Sex.FEMALE, **fields)
        number = next_record_number(uow, someone, family, relationship)
        someone = uow.add(
            Person(uid=someone.uid, name="Contoh", sex=Sex.FEMALE, record_number=number,
                   family_uid=family.uid if family else None, **fields)
        )  # fmt: skip
        uow.index_person(someone.uid)
    return number


def scheme(house: House, **values: Any) -> None:
    with house.store.writing(SYSTEM, "test.scheme") as uow:
        (facility,) = uow.all(Facility)
        uow.change(facility, **values)


def by_folder(house: House) -> Family:
    """The family-folder scheme with a small table, and a family in the village 01."""
    scheme(house, numbering="family_folder")
    family = Family(uid=new_uid(), head_name="Contoh", area_uid=house.areas["hamlet"].uid)
    rows = (("00", "head"), ("01", "wife"), ("02", "child"), ("03", "child"), ("10", "relative"))
    house.put(
        family,
        *(RelationshipCode(uid=new_uid(), code=c, label=s, standard=s, position=i) for i, (c, s) in enumerate(rows)),
    )
    return family


def test_running_numbers_follow_each_other(house: House) -> None:
    assert [number_for(house) for _ in range(3)] == ["000001", "000002", "000003"]


def test_a_number_somebody_has_or_had_is_left_out(house: House) -> None:
    house.person("Ada", record_number="000001")
    other = house.person("Lama", record_number="900001")
    house.put(OldNumber(uid=new_uid(), person_uid=other.uid, number="00.00.02"))
    with house.store.writing(SYSTEM, "test.index") as uow:
        uow.index_person(other.uid)
    assert number_for(house) == "000003"


def test_numbers_go_on_above_the_highest_old_one(house: House) -> None:
    scheme(house, number_separator="-")
    with house.store.writing(SYSTEM, "test.keep") as uow:
        keep_numbers(uow, ["00.12.46", "A-99", "1234567890", ""])
    assert number_for(house) == "00-12-47"


def test_a_rolled_back_registration_takes_no_number_along(house: House) -> None:
    class PowerCut(Exception): ...

    def interrupted() -> None:
        with house.store.writing(SYSTEM, "test.power") as uow:
            next_record_number(uow, Person(uid=new_uid(), name="Contoh", sex=Sex.MALE), None, "")
            raise PowerCut

    with pytest.raises(PowerCut):
        interrupted()
    assert number_for(house) == "000001"


def test_a_family_shares_its_folder(house: House) -> None:
    family = by_folder(house)
    got = [number_for(house, family, r) for r in ("head", "wife", "child", "child", "child", "helper")]
    assert got == ["01-0001-00", "01-0001-01", "01-0001-02", "01-0001-03", "01-0001-10", "01-0001-11"]
    assert house.read(Family, uid=family.uid)[0].folder == "01-0001"


def test_a_place_is_not_given_again_when_its_owner_moved_out(house: House) -> None:
    family = by_folder(house)
    first = number_for(house, family, "child")
    with house.store.writing(SYSTEM, "test.move") as uow:
        (child,) = uow.all(Person, record_number=first)
        uow.add(OldNumber(uid=new_uid(), person_uid=child.uid, number=first))
        uow.void(uow.change(child, family_uid=None, record_number=""), "uji coba")
        uow.index_person(child.uid)
    assert number_for(house, family, "child") == "01-0001-03"


def test_whoever_has_no_family_and_no_village_gets_a_folder_outside(house: House) -> None:
    by_folder(house)
    assert number_for(house, None, "head") == "99-0001-00"
    assert number_for(house, None, "head") == "99-0002-00"


def test_folders_found_elsewhere_are_left_alone(house: House) -> None:
    family = by_folder(house)
    house.person("Impor", record_number="01-0002-00")
    with house.store.writing(SYSTEM, "test.keep") as uow:
        keep_numbers(uow, ["01-0001-02"])
    assert number_for(house, family, "head") == "01-0003-00"


def test_old_running_numbers_do_not_use_up_the_folders(house: House) -> None:
    family = by_folder(house)
    house.person("Lama", record_number="010001")
    assert number_for(house, family, "head") == "01-0001-00"


def test_a_village_without_digits_is_told_beside_the_area(house: House) -> None:
    by_folder(house)
    village = Area(uid=new_uid(), name="Hulu", level="village", code="13.06.04.2001")
    house.put(village)
    with pytest.raises(InvalidInput, match="Hulu belum punya kode map") as refused:
        number_for(house, None, "head", area_uid=village.uid)
    assert refused.value.field == "area_uid"


def test_a_full_folder_says_so(house: House) -> None:
    family = by_folder(house)
    # 02, 03 and 10 to 99; 04 to 09 belong to nobody in this table and stay free for it to grow.
    for _ in range(92):
        number_for(house, family, "child")
    assert number_for(house, family, "head") == "01-0001-00"
    with pytest.raises(InvalidInput, match="sudah penuh"):
        number_for(house, family, "relative")


def test_desks_that_register_at_once_never_get_the_same_number(house: House) -> None:
    family = by_folder(house)
    with ThreadPoolExecutor(4) as desks:
        places = list(desks.map(lambda _: number_for(house, family, "child"), range(20)))
        folders = list(desks.map(lambda _: number_for(house, None, "head"), range(20)))
    assert len({*places, *folders}) == 40
