"""A second record of the same person is noticed, with reasons; twins and neighbours are left in peace."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ilp_desk.domain.person import Precision, Sex
from ilp_desk.domain.text.dates import PartialDate
from ilp_desk.domain.text.likeness import name_likeness
from ilp_desk.domain.text.matching import Identity, Level, score
from ilp_desk.domain.text.names import tokens

BORN = PartialDate(date(1999, 2, 3))
SITI = Identity("Siti Nurhaliza", Sex.FEMALE, BORN, nik="1306044302999001", mother="Rosmaini")
BABY = Identity("By. Ny. Rosmaini", Sex.MALE, PartialDate(date(2026, 11, 20)))


def test_the_warning_of_the_new_patient_form() -> None:
    match = score(SITI, replace(SITI, name="Siti Nurhalizah", nik="", area="Gasang"))
    assert match.level is Level.SAME
    assert match.reasons == ("ejaan nama mirip", "tanggal lahir sama", "nama ibu sama", "NIK belum tercatat")


def test_the_same_nik_is_the_same_person_and_the_differences_are_told() -> None:
    match = score(SITI, Identity("Budi", Sex.MALE, PartialDate(date(1970, 1, 1)), nik=SITI.nik))
    assert match.level is Level.SAME
    assert match.points == 100
    assert match.reasons == ("NIK sama", "nama berbeda", "tanggal lahir berbeda", "jenis kelamin berbeda")


@pytest.mark.parametrize(
    ("change", "level", "reason"),
    [
        ({"nik": ""}, Level.SAME, "nama sama"),
        ({"nik": "", "name": "Hj. Sitti Noerhaliza, S.Pd"}, Level.SAME, "ejaan nama mirip"),
        ({"nik": "", "name": "Nurhaliza", "mother": ""}, Level.POSSIBLE, "nama mirip"),
        ({"nik": "", "birth": PartialDate(date(1999, 3, 2))}, Level.POSSIBLE, "tanggal dan bulan lahir tertukar"),
        ({"nik": "", "birth": PartialDate(date(1998, 2, 3))}, Level.POSSIBLE, "tahun lahir beda satu"),
        ({"nik": "", "birth": PartialDate(date(1999, 2, 1), Precision.MONTH)}, Level.SAME, "bulan lahir sama"),
        ({"nik": "", "birth": PartialDate(date(1999, 1, 1), Precision.YEAR)}, Level.POSSIBLE, "tahun lahir sama"),
        (
            {"nik": "", "birth": PartialDate(date(1999, 5, 1), Precision.ESTIMATED)},
            Level.POSSIBLE,
            "umur kira-kira sama",
        ),
        ({"nik": "", "birth": PartialDate(date(1970, 2, 3))}, Level.POSSIBLE, "tanggal lahir berbeda"),
        ({"nik": "", "sex": Sex.MALE}, Level.POSSIBLE, "jenis kelamin berbeda"),
        ({"nik": "", "mother": "Yuliana"}, Level.POSSIBLE, "nama ibu berbeda"),
        ({"nik": "1306044302999010"}, Level.SAME, "NIK hampir sama"),
        ({"nik": "3201015507889022"}, Level.POSSIBLE, "NIK berbeda"),
        ({"nik": "", "name": "Budi", "mother": ""}, Level.NONE, "tanggal lahir sama"),
    ],
)
def test_levels_and_reasons(change: dict[str, object], level: Level, reason: str) -> None:
    match = score(SITI, replace(SITI, **change))  # type: ignore[arg-type]
    assert (match.level, match.points) == (level, match.points)
    assert reason in match.reasons


def test_phone_home_and_card_add_up() -> None:
    base = Identity("Siti Aminah", area="Maninjau RT 02 RW 01", phone="081200000190", kk="1306041206120007")
    near = replace(base, birth=PartialDate(date(1970, 1, 1)))
    assert score(base, near).reasons[:3] == ("nama sama", "nomor telepon sama", "No. KK sama")
    assert score(base, near).level is Level.POSSIBLE
    assert "alamat sama" in score(replace(base, kk=""), replace(near, area="Maninjau RT 2 RW 1")).reasons
    card = replace(base, bpjs="0001234567890")
    assert score(card, Identity("Aminah", bpjs="0001234567890")).level is Level.SAME
    assert score(card, Identity("Budi", bpjs="0001234567890")).level is Level.POSSIBLE


@pytest.mark.parametrize(
    "twin",
    [
        {"name": "Siti Nurjannah"},
        {"name": "Muhammad Rizki", "sex": Sex.MALE},
        {"name": "Siti Nurhaliza", "birth_order": 2},
    ],
)
def test_twins_are_two_people(twin: dict[str, object]) -> None:
    first = replace(SITI, nik="", birth_order=1, kk="1306041206120007", phone="081200000190")
    match = score(first, replace(first, **twin))  # type: ignore[arg-type]
    assert match.level is Level.NONE
    assert "saudara kembar" in match.reasons


def test_twins_with_names_one_letter_apart_are_only_asked_about() -> None:
    aldi = Identity("Aldi", Sex.MALE, BORN, mother="Ani")
    match = score(aldi, replace(aldi, name="Aldo"))
    assert match.level is Level.POSSIBLE
    assert match.reasons[-1] == "mungkin saudara kembar"


def test_babies_not_named_yet() -> None:
    assert score(BABY, replace(BABY, name="Bayi Ny Rosmaini")).level is Level.SAME
    assert (
        score(replace(BABY, name="By. Ny. Rosmaini I"), replace(BABY, name="By. Ny. Rosmaini II")).level is Level.NONE
    )
    named = score(BABY, Identity("Alif Pratama", Sex.MALE, BABY.birth, mother="Rosmaini"))
    assert named.level is Level.POSSIBLE
    assert named.reasons[0] == "mungkin bayi yang baru diberi nama"
    assert score(BABY, Identity("Rosmaini", Sex.FEMALE, BORN)).level is Level.NONE


def test_members_of_one_house_are_not_each_other() -> None:
    father = Identity(
        "Ahmad Fauzi", Sex.MALE, PartialDate(date(1995, 5, 5)), kk="1", phone="081200000190", area="Gasang"
    )
    son = Identity("Ahmad Fadli", Sex.MALE, PartialDate(date(2020, 5, 5)), kk="1", phone="081200000190", area="Gasang")
    assert score(father, son).level is Level.NONE


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Siti Nurhaliza", "Nurhaliza Siti", True),
        ("Nur Haliza", "Nurhaliza", True),
        ("Siti Nurhaliza", "Siti Nurhalida", True),
        ("M. Rizki Pratama", "Muhammad Rizki P", True),
        ("Budi", "Budi Santoso", True),
        ("Muhammad Rizki", "Muhammad Fajar", False),
        ("Siti Aminah", "Siti Rohani", False),
        ("Siti", "Siti Rohani", False),
    ],
)
def test_likeness_of_names(one: str, other: str, alike: bool) -> None:
    assert (name_likeness(tokens(one), tokens(other)) >= 0.65) is alike


identities = st.builds(
    Identity,
    name=st.one_of(
        st.sampled_from(["Siti Nurhaliza", "Sitti Nurhalizah", "Budi", "By. Ny. Ani 1"]), st.text(max_size=30)
    ),
    sex=st.sampled_from(list(Sex)),
    birth=st.none()
    | st.builds(PartialDate, st.dates(date(1998, 1, 1), date(2000, 1, 1)), st.sampled_from(list(Precision))),
    nik=st.sampled_from(["", "1306044302999001", "1306044302999002"]),
    mother=st.sampled_from(["", "Ani", "Rosmaini"]),
    area=st.text(max_size=20),
    birth_order=st.sampled_from([None, 1, 2]),
)


@given(identities, identities)
@settings(max_examples=100, deadline=None)
def test_two_records_compare_the_same_both_ways(a: Identity, b: Identity) -> None:
    assert score(a, b) == score(b, a)
    assert 0 <= score(a, b).points <= 100


@given(identities)
@settings(max_examples=100, deadline=None)
def test_a_record_with_name_and_birth_date_is_itself(a: Identity) -> None:
    if tokens(a.name) and a.birth and a.birth.precision == Precision.DAY:
        assert score(a, a).level is Level.SAME
