"""Who is found by what is typed. The table of searches holds for every engine: whoever adds one adds it to ENGINES."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ilp_desk.bootstrap import SYSTEM
from ilp_desk.domain.person import Person, PersonStatus, Sex
from ilp_desk.domain.record import new_uid
from ilp_desk.domain.visit import QueueEntry, Visit
from tests.benchmarks.names import invented
from tests.db.search_town import KK, PEOPLE, SearchTown, search_town

ENGINES = ("sqlite",)


@pytest.fixture(scope="module", params=ENGINES)
def town(_empty_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchTown]:
    """For searches only: nobody changes it."""
    with search_town(_empty_database, tmp_path_factory.mktemp("search")) as made:
        yield made


@pytest.fixture
def own(_empty_database: Path, tmp_path: Path) -> Iterator[SearchTown]:
    """To be changed."""
    with search_town(_empty_database, tmp_path) as made:
        yield made


EVERY_SITI = "siti jannah mala2 nuraini baya haliza mala alif"

SEARCHES = {
    # words: beginnings, any order, letters as typed first, the dead last, relatives after all
    "siti": EVERY_SITI,
    "SITI ": EVERY_SITI,
    "siti nur": "nuraini siti jannah mala2 baya haliza mala alif",
    "nur siti": "haliza nuraini siti jannah mala2 baya mala alif",
    "sit nur": "nuraini siti jannah mala2 baya haliza mala alif",
    "nurhaliza siti": "haliza siti alif",
    "hj siti": "nuraini siti jannah mala2 baya haliza mala alif",
    "siti nurmala": "mala2 mala",
    "made": "made",
    "i made wirawan": "made",
    "moh alif": "alif",
    "panjang": "long",
    # spelling
    "siti nurhalisa": "siti haliza alif",
    "sitti noerhaliza": "siti haliza alif",
    "djoko": "djoko joko",
    "joko susilo": "joko djoko",
    "djoko soesilo": "djoko joko",
    "nurjanah": "jannah",
    "muhammad alif": "alif",
    "abdul rahman": "abdul",
    "abdulrahman wahid": "abdul",
    "nu'man": "odd",
    "numan": "odd",
    "o'brien": "odd",
    # a slip, words written together or apart
    "siti nurhalza": "siti mala2 haliza mala",
    "sulstri": "one",
    "nur haliza": "haliza siti",
    "siti nuraini": "nuraini jannah",
    # relatives, address, area, year and former name beside the name
    "siti fauzi": "siti alif",
    "siti melati": "siti alif",
    "siti rt 2 rw 1": "siti alif",
    "melati 17": "fauzi alif siti",
    "gasang": "baya",
    "lubuk basung": "abdul",
    "rosmaini": "siti",
    "sulastri 1979": "one",
    "desi susanti": "desi",
    # babies
    "by desi": "baby",
    "bayi desi marlina": "baby",
    "desi": "desi baby",
    # numbers, whole or begun, with or without what stands between
    "1306044302999001": "siti",
    "1306 0443 0299 9001": "siti",
    "130604430299": "siti",
    "0001234567890": "siti",
    "00012345": "siti jannah",
    "081234567190": "siti",
    "+62 812-3456-7190": "siti",
    "812345": "siti",
    "00-12-47-01": "siti",
    "00124701": "siti",
    "124701": "siti",
    "1247": "fauzi alif siti",
    "01-0055-02": "baya",
    "01-0055": "baya",
    "00417/05/98": "djoko",
    "417/05/98": "djoko",
    KK: "fauzi alif siti",
    # birth dates, alone and beside words
    "3/2/99": "siti",
    "03021999": "siti",
    "030299": "siti",
    "3 feb 1999": "siti",
    "1979": "one made",
    "siti 3/2/99": "siti",
    "3/2/1999 siti nur": "siti",
    "siti 1999": "siti",
    "umur 27 siti": "siti",
    "sti nurhalza 3/2/1999": "siti",
    "budi 3/2/99": "",
    "siti 1306": "siti nuraini baya alif",
    # merged records lead to the last survivor
    "jaenab": "third",
    "zaenab tengah": "third",
    "zainab": "third",
    "1306044404689005": "third",
    # nothing, and what is no search at all
    "": "",
    "   ": "",
    "xyzq": "",
    "zzzz yyyy": "",
    "😀": "",
    "' OR 1=1 --": "",
    "NEAR( AND OR": "",
    '"siti*': EVERY_SITI,
    "31/31/1999 siti": EVERY_SITI,
}


@pytest.mark.parametrize("typed", SEARCHES)
def test_a_search_leads_to_these_people_in_this_order(town: SearchTown, typed: str) -> None:
    assert town.found(typed) == SEARCHES[typed].split()


@pytest.mark.parametrize(
    ("typed", "exact"),
    [
        ("1306044302999001", True),
        ("0001234567890", True),
        ("00-12-47-01", True),
        ("00417/05/98", True),
        ("130604430299900", False),
        ("124701", False),
        ("081234567190", False),  # whoever answers the telephone
        (KK, False),
        ("01-0055", False),  # the family, though one person is in it
        ("siti nurhaliza", False),
        ("03021999", False),
    ],
)
def test_only_a_whole_number_of_one_person_is_exact(town: SearchTown, typed: str, exact: bool) -> None:
    found = town.find(typed)
    assert found.hits
    assert found.exact is exact


def test_a_card_leads_to_its_person(town: SearchTown) -> None:
    assert town.found(f"ILP1:{town.uids['siti']}") == ["siti"]
    assert town.found(f"ILP1:{town.uids['first']}") == ["third"]
    assert town.found(f"ILP1:{town.uids['void']}") == []
    assert town.find(f"ILP1:{town.uids['siti']}").exact


def test_a_record_number_that_is_a_date_as_well_leads_to_both(own: SearchTown) -> None:
    own.change("joko", record_number="03021999")
    found = own.find("03021999")
    assert [own.keys[hit.uid] for hit in found.hits] == ["joko", "siti"]
    assert not found.exact, "one Enter must not register"


def test_what_a_row_says(town: SearchTown) -> None:
    hit = town.find("siti nurhaliza").hits[0]
    assert (hit.name, hit.marks, hit.sex) == ("Siti Nurhaliza", ((0, 4), (5, 14)), "P")
    assert (hit.born, hit.age, hit.record_number) == ("03-02-1999", "27 th", "00124701")
    assert (hit.number, hit.relative, hit.rt_rw) == ("NIK •••••••••••••001", "suami Ahmad Fauzi", "RT 02 / RW 1")
    assert (hit.status, hit.note, hit.chip, hit.merged) == (PersonStatus.ACTIVE, "", "", False)
    assert town.find("nurjannah").hits[0].number == "BPJS ••••••••••471"
    assert town.find("moh alif").hits[0].relative == "ibu Siti Nurhaliza"
    baya = town.find("nurbaya").hits[0]
    assert (baya.relative, baya.area) == ("suami Rusdi", "Gasang")
    assert town.find("jaenab").hits[0].merged


@pytest.mark.parametrize(
    ("typed", "note", "similar_only"),
    [("siti nurhaliza", "", False), ("sitti nurhaliza", "ejaan mirip", False), ("siti nurhalza", "mirip", True),
     ("siti nuraini", "ejaan mirip", True)],
)  # fmt: skip
def test_a_row_says_how_near_it_is(town: SearchTown, typed: str, note: str, similar_only: bool) -> None:
    found = town.find(typed)
    assert (found.hits[0].note, found.similar_only) == (note, similar_only)


def test_the_number_of_today_and_where_it_stands(own: SearchTown) -> None:
    house, day = own.house, date(2026, 11, 21)
    for key, number, on, state in (("siti", 14, day, "waiting"), ("jannah", 3, date(2026, 11, 20), "finished")):
        visit = Visit(
            uid=new_uid(), person_uid=own.uids[key], service_date=on, arrived_at=house.clock.now(), reason="sick",
            cluster="usia_produktif", rule="age",
        )  # fmt: skip
        entry = QueueEntry(
            uid=new_uid(), visit_uid=visit.uid, person_uid=visit.person_uid, service_date=on, letter="B", number=number,
            service_point_uid=house.points["dewasa"].uid, waiting_since=house.clock.now(),
        )  # fmt: skip
        house.put(visit, replace(entry, state=type(entry.state)(state)))
    chips = {own.keys[hit.uid]: hit.chip for hit in own.find("siti").hits}
    assert chips["siti"] == "B-014 · menunggu"
    assert chips["jannah"] == "", "that was yesterday"


def test_how_many_could_be_found(town: SearchTown) -> None:
    assert town.find("siti").total_people == len(PEOPLE) - 3, "without one voided and two merged into another"


def test_the_list_ends_where_it_is_told(town: SearchTown) -> None:
    assert len(town.find("siti", 3).hits) == 3
    assert town.find("siti", 3).hits == tuple(replace(hit) for hit in town.find("siti", 3).hits)


@pytest.mark.parametrize("key", [key for key in PEOPLE if key not in {"void", "first", "second"}])
def test_everybody_is_found_by_name_number_and_birthday(town: SearchTown, key: str) -> None:
    values = PEOPLE[key]
    name = values["name"].partition(",")[0]
    typed = [name, " ".join(reversed(name.split())), name[:40]]
    typed += [values[field] for field in ("nik", "bpjs", "phone", "record_number", "old") if field in values]
    if values["born"] and "precision" not in values:
        typed.append("{2}/{1}/{0}".format(*values["born"].split("-")))
    for text in typed:
        assert key in town.found(text), text


@given(st.one_of(st.text(max_size=60), st.text("siturnhalz 0123/-.'\"*()", max_size=30)))
@settings(max_examples=100)
def test_nothing_typed_is_too_odd(town: SearchTown, typed: str) -> None:
    found = town.find(typed)
    assert len({hit.uid for hit in found.hits}) == len(found.hits) <= 50
    for hit in found.hits:
        assert all(0 <= start < end <= len(hit.name) for start, end in hit.marks)


def test_one_slip_in_a_long_name_is_forgiven(own: SearchTown) -> None:
    """Each letter of a name left out, doubled in the wrong place, or swapped with the next."""
    rng = Random(4)
    with own.house.store.writing(SYSTEM, "test.crowd") as uow:
        for _ in range(60):
            other = uow.add(Person(uid=new_uid(), name=invented(rng, "P"), sex=Sex.FEMALE))
            uow.index_person(other.uid)
    name = "Kartika Wulandari"
    own.change("siti", name=name)
    missed = []
    for place in range(len(name)):
        if name[place].isalpha() and name[place + 1 : place + 2].isalpha():
            for typed in (
                name[:place] + name[place + 1 :],
                name[:place] + name[place + 1] + name[place] + name[place + 2 :],
                name[:place] + "w" + name[place:],
                name[:place] + "x" + name[place + 1 :],
            ):
                hits = own.find(typed).hits
                if own.uids["siti"] not in [hit.uid for hit in hits]:
                    missed.append(typed)
    assert missed == []
