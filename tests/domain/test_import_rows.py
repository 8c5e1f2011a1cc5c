"""Rows of a patient list: places however they are written, words to codes, nothing guessed."""

from __future__ import annotations

from datetime import date

import pytest

from ilp_desk.domain.import_places import Place, places_of
from ilp_desk.domain.import_rows import FIELDS, OCCUPATIONS, PAYERS, RELATIONSHIPS, ImportRow, understand, unused
from ilp_desk.domain.reference import Reference
from ilp_desk.domain.site import Area

TODAY = date(2026, 11, 21)
PLACES = places_of(
    [
        Area(uid="maninjau", name="Maninjau", level="village"),
        Area(uid="bayua", name="Nagari Bayua", level="village"),
        Area(uid="gasang", name="Gasang", level="hamlet", parent_uid="maninjau"),
        Area(uid="kubu", name="Jorong Kubu Baru", level="hamlet", parent_uid="bayua"),
    ]
)


def row(**cells: str) -> ImportRow:
    given = {"name": "Siti Aminah", "sex": "P", "birth": "3/2/1999"} | cells
    return understand(2, list(given.values()), {field: n for n, field in enumerate(given)}, PLACES, TODAY)


@pytest.mark.parametrize(
    ("village", "hamlet", "uid"),
    [
        ("Maninjau", "", "maninjau"),
        ("Nagari Maninjau", "", "maninjau"),
        ("DESA  MANINJAU", "", "maninjau"),
        ("Kel. Maninjau", "", "maninjau"),
        ("Desa/Nagari Maninjau", "", "maninjau"),
        ("bayua", "", "bayua"),
        ("Nag. Bayua", "", "bayua"),
        ("Nagari Maninjau", "Jorong Gasang", "gasang"),
        ("Maninjau", "DSN. GASANG", "gasang"),
        ("Bayua", "kubu baru", "kubu"),
        ("", "", ""),
        ("-", "-", ""),
    ],
)
def test_a_place_is_found_however_it_is_written(village: str, hamlet: str, uid: str) -> None:
    read = row(village=village, hamlet=hamlet)
    assert (read.form.area_uid, read.form.outside, read.notes, read.unknown_place) == (uid, False, (), "")


def test_an_unknown_village_is_outside_and_said() -> None:
    read = row(village="Sungai Batang", hamlet="Kubu")
    assert (read.form.area_uid, read.form.outside_text) == ("", "Kubu, Sungai Batang")
    assert read.unknown_place == "Sungai Batang"
    assert read.notes == ("Desa “Sungai Batang” tidak dikenal: dicatat di luar wilayah.",)


def test_an_unknown_hamlet_stays_in_the_address_and_is_said() -> None:
    read = row(village="Maninjau", hamlet="Kubu Baru", address="Jl. Danau 2")
    assert (read.form.area_uid, read.form.address) == ("maninjau", "Jl. Danau 2, Kubu Baru")
    assert read.unknown_place == "Kubu Baru, Maninjau"
    assert len(read.notes) == 1
    alone = row(village="", hamlet="Gasang")
    assert (alone.form.area_uid, alone.form.address, alone.unknown_place) == ("", "Gasang", "Gasang")


def test_a_name_two_places_share_means_neither() -> None:
    places = places_of(
        [Area(uid="1", name="Desa Maninjau", level="village"), Area(uid="2", name="Nagari Maninjau", level="village")]
    )
    assert places.find("Nagari Maninjau", "") == Place("2")
    assert places.find("Maninjau", "").unknown == "Maninjau"


def test_what_is_added_to_the_address_is_no_longer_than_an_address() -> None:
    assert row(village="Maninjau", hamlet="x" * 301).problems
    assert row(village="x" * 301).problems


@pytest.mark.parametrize(
    ("words", "code"),
    [("JKN PBI", "jkn_pbi"), ("BPJS Mandiri", "jkn_pbpu"), ("UMUM", "self_pay"), ("jamkesda", "jamkesda"), ("-", "")],
)
def test_a_payer_that_says_enough_is_taken_over(words: str, code: str) -> None:
    read = row(payer=words)
    assert (read.form.payer, read.notes) == (code, ())


@pytest.mark.parametrize("words", ["BPJS", "JKN", "BPJS Non PBI", "mandiri", "Taspen"])
def test_a_payer_that_says_too_little_stays_empty_with_a_note(words: str) -> None:
    read = row(payer=words)
    assert read.form.payer == ""
    assert len(read.notes) == 1
    assert f"“{words}”" in read.notes[0]


def test_an_unknown_occupation_or_relationship_is_said() -> None:
    read = row(occupation="Juru kunci", relationship="sepupu")
    assert (read.form.occupation, read.form.relationship) == ("", "other")
    assert ["Juru kunci" in note or "sepupu" in note for note in read.notes] == [True, True]


def test_every_word_leads_to_a_code_and_every_label_is_understood(reference: Reference) -> None:
    for table, words in (("payer", PAYERS), ("occupation", OCCUPATIONS), ("family_relationship", RELATIONSHIPS)):
        assert set(words.values()) <= {choice.code for choice in reference.codes[table]}
    for choice in reference.codes["payer"]:
        assert row(payer=choice.label).form.payer == choice.code
    for choice in reference.codes["occupation"]:
        assert row(occupation=choice.label).form.occupation == choice.code


@pytest.mark.parametrize("field", FIELDS)
def test_no_column_of_the_template_is_read_for_nothing(field: str) -> None:
    def understood(read: ImportRow) -> object:
        return read.form, read.record_number, read.notes

    assert understood(row(**{field: "3201"})) != understood(row())


def test_a_reason_names_the_number_it_is_about() -> None:
    assert row(kk="12345", nik="123", rt="dua").problems == (
        "NIK: Harus 16 angka, kurang 13",
        "No. KK: Harus 16 angka, kurang 11",
        "RT: Maks. 3 angka",
    )


def test_headings_that_are_read_are_not_unused() -> None:
    assert unused(("Nama", "", "Hobi", "NIK", "Hobi"), ("Nama", "NIK")) == ("Hobi",)
    assert unused(("Nama",), ("Nama", "")) == ()
