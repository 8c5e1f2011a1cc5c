"""The new-patient form, field by field: what is understood, what is refused and with which sentence."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ilp_desk.domain.person import Precision, Sex
from ilp_desk.domain.person_form import LONGEST_NAME, LONGEST_TEXT, PersonForm, old_numbers, read_form, tidy
from ilp_desk.domain.person_start import from_draft, from_search, relationships

TODAY = date(2026, 11, 21)
NIK = "1306044302999001"
FULL = PersonForm(
    name="Siti Nurhaliza",
    nik=NIK,
    sex="P",
    birth="3/2/99",
    kk="1306041206129007",
    mother_name="Rosmaini",
    area_uid="a",
    payer="jkn_pbi",
    phone="0812 0000 0190",
)
TEXT_FIELDS = [name for name, value in asdict(PersonForm()).items() if isinstance(value, str)]
STRANGE = st.text(max_size=400) | st.sampled_from(
    [
        "'" * 300,
        "Nu'man",
        "😀" * 60,
        "\u202eابن",
        "a\x00b\x07",
        "١٢٣",
        "Robert'); DROP TABLE person;--",
        "\ud800",
        "9" * 400,
    ]
)


def remark(which: str, /, **fields: Any) -> tuple[str, str]:
    found = read_form(replace(FULL, **fields), TODAY).remarks.get(which)
    return (found.state, found.sentence) if found else ("", "")


def refused(which: str, /, **fields: Any) -> bool:
    state, sentence = remark(which, **fields)
    return state == "error" and bool(sentence)


def test_a_name_typed_into_the_nik_is_sent_to_its_field() -> None:
    assert remark("nik", nik="Siti Nurhaliza") == ("error", "NIK berisi 16 angka. Nama ditulis di isian Nama.")
    assert "huruf O mungkin angka 0" in remark("nik", nik="13O6")[1]


def test_without_a_payer_the_record_is_not_complete_and_can_be_saved() -> None:
    read = read_form(replace(FULL, payer=""), TODAY)
    assert (read.missing, read.errors) == (("penjamin",), {})


def test_a_complete_form_has_no_errors_and_nothing_missing() -> None:
    read = read_form(FULL, TODAY)
    assert read.errors == {}
    assert read.missing == ()
    assert (read.nik, read.phone, read.age) == (NIK, "081200000190", "27 th 9 bln")


@given(values=st.dictionaries(st.sampled_from(TEXT_FIELDS), STRANGE), pregnant=st.booleans(), outside=st.booleans())
@settings(max_examples=100, deadline=None)
def test_whatever_is_typed_the_form_answers_with_sentences(
    values: dict[str, str], pregnant: bool, outside: bool
) -> None:
    read = read_form(PersonForm(**values, pregnant=pregnant, outside=outside), TODAY, {"130604"})  # type: ignore[arg-type]
    assert all(sentence.strip() for sentence in read.errors.values())
    assert not any(ord(c) < 32 for c in read.name)
    assert read.nik == "" or (len(read.nik) == 16 and read.nik.isascii() and read.nik.isdigit())
    assert read.bpjs == "" or len(read.bpjs) == 13


@given(text=STRANGE)
@settings(max_examples=100, deadline=None)
def test_a_search_text_always_begins_a_form(text: str) -> None:
    form = from_search(text, TODAY)
    assert read_form(form, TODAY).remarks is not None
    assert not any(c.isdigit() for c in form.name)


@given(
    content=st.dictionaries(
        st.sampled_from([*TEXT_FIELDS, "pregnant", "gravida", "nothing"]),
        st.none() | STRANGE | st.integers() | st.booleans(),
    )
)
@settings(max_examples=100, deadline=None)
def test_a_draft_of_any_shape_begins_a_form(content: dict[str, Any]) -> None:
    form = from_draft(content)
    assert all(isinstance(getattr(form, name), str) for name in TEXT_FIELDS)


def test_a_draft_comes_back_as_it_was_typed() -> None:
    typed = replace(FULL, pregnant=True, lmp="9/5/2026", gravida=2, outside=True)
    assert from_draft(asdict(typed)) == typed


# Names and texts


@pytest.mark.parametrize(("length", "wrong"), [(LONGEST_NAME, False), (LONGEST_NAME + 1, True)])
def test_a_name_has_room_for_300_letters(length: int, wrong: bool) -> None:
    assert refused("name", name="N" * length) is wrong


@pytest.mark.parametrize("name", ["", "   ", "12345", "😀", "\x00"])
def test_a_name_without_letters_is_refused(name: str) -> None:
    assert refused("name", name=name)


@pytest.mark.parametrize("field", ["mother_name", "address", "birth_place", "responsible_name", "old_origin"])
def test_no_text_is_longer_than_can_be_printed(field: str) -> None:
    assert not refused(field, **{field: "x" * LONGEST_TEXT})
    assert remark(field, **{field: "x" * (LONGEST_TEXT + 4)}) == ("error", "Paling panjang 300 huruf, lebih 4.")


def test_control_characters_and_double_spaces_are_not_stored() -> None:
    assert tidy("  Siti\x00\x07  Nur\thaliza\n") == "Siti Nur haliza"


def test_several_old_numbers_are_told_apart() -> None:
    assert old_numbers(" 00-12-47; 12/B , ,00-12-47") == ("00-12-47", "12/B")
    assert refused("old_number", old_number="12, " + "7" * 41)


# NIK, KK, BPJS


def test_the_nik_tells_sex_birth_and_whether_it_was_issued_here() -> None:
    here = read_form(replace(FULL, birth="", sex="?"), TODAY, {"130604"})
    assert (here.nik_sex, here.nik_births[0]) == (Sex.FEMALE, date(1999, 2, 3))
    assert here.remarks["nik"].sentence == "Perempuan · lahir 03-02-1999 · Kec. sini"
    away = read_form(FULL, TODAY, {"110101"})
    assert away.remarks["nik"].sentence.endswith("terbit di luar wilayah")
    unknown = read_form(FULL, TODAY)
    assert unknown.remarks["nik"].sentence == "Perempuan · lahir 03-02-1999"


def test_a_nik_that_contradicts_the_form_warns_and_does_not_stop() -> None:
    assert remark("nik", sex="L")[0] == "warn"
    assert remark("nik", birth="4/2/99")[0] == "warn"
    assert read_form(replace(FULL, sex="L"), TODAY).errors == {}


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (NIK[:-2], "Harus 16 angka, kurang 2"),
        (NIK + "0", "Harus 16 angka, lebih 1"),
        ("13060443O2999001", "Hanya angka: huruf O mungkin angka 0"),
        ("1306047302999001", "Angka ke-7 dan 8 (73) bukan tanggal lahir: 01-31, perempuan 41-71"),
        ("9906044302999001", "Dua angka pertama (99) bukan kode provinsi: periksa KTP atau KK"),
    ],
)
def test_a_wrong_nik_says_what_is_wrong(number: str, sentence: str) -> None:
    assert remark("nik", nik=number) == ("error", sentence)


def test_a_bpjs_number_of_twelve_digits_is_one_short() -> None:
    assert remark("bpjs", bpjs="000123456441") == ("error", "Harus 13 angka, kurang 1")


def test_the_kk_is_neither_the_nik_nor_like_one() -> None:
    assert refused("kk", kk=NIK)
    assert remark("kk", kk="1306044302999002")[0] == "warn"


def test_a_family_folder_stands_in_the_kk_field_once_its_family_was_found() -> None:
    assert refused("kk", kk="01-0012")
    assert remark("kk", kk="01-0012", family_uid="f") == ("ok", "")
    assert read_form(replace(FULL, kk="01-0012", family_uid="f"), TODAY).kk == ""


@pytest.mark.parametrize("part", ["1a", "0001", "٣", "-1"])
def test_rt_and_rw_are_short_numbers(part: str) -> None:
    assert refused("rt", rt=part)


# Birth


@pytest.mark.parametrize(
    "birth", ["31/2/1999", "29/2/2023", "22/11/2026", "1/1/1900", "32/1/1999", "1/13/1999", "x", "umur 123"]
)
def test_an_impossible_birth_is_refused_with_a_sentence(birth: str) -> None:
    assert refused("birth", birth=birth)


@pytest.mark.parametrize(
    ("birth", "precision", "age"),
    [
        ("29/2/2024", Precision.DAY, "2 th 8 bln"),
        ("21/11/2026", Precision.DAY, "0 hr"),
        ("22/11/1903", Precision.DAY, "122 th 11 bln"),
        ("feb 1999", Precision.MONTH, "27 th"),
        ("umur 40", Precision.ESTIMATED, "± 40 th"),
        ("sekitar 1986", Precision.ESTIMATED, "± 40 th"),
    ],
)
def test_a_birth_is_taken_as_well_as_it_is_known(birth: str, precision: Precision, age: str) -> None:
    read = read_form(replace(FULL, birth=birth, nik=""), TODAY)
    assert read.birth is not None
    assert read.birth.precision is precision
    assert read.age == age


def test_who_is_unknown_need_not_have_a_birth_or_a_sex() -> None:
    read = read_form(PersonForm(name="Tn. X", identity="unknown"), TODAY)
    assert read.errors == {}
    assert {"NIK", "tanggal lahir"} <= set(read.missing)


# Pregnancy


@pytest.mark.parametrize(
    ("days", "state"), [(0, ""), (280, ""), (281, "warn"), (308, "warn"), (309, "error"), (-1, "error")]
)
def test_the_hpht_lies_between_today_and_44_weeks_ago(days: int, state: str) -> None:
    typed = (TODAY - timedelta(days=days)).strftime("%d-%m-%Y")
    assert remark("lmp", pregnant=True, lmp=typed)[0] == state


def test_weeks_and_due_date_stand_beside_the_hpht() -> None:
    assert read_form(replace(FULL, pregnant=True, lmp="9/5/2026"), TODAY).pregnancy == "28 mgg, HPL 13-02-2027"


def test_weeks_may_be_typed_where_the_hpht_is_forgotten() -> None:
    read = read_form(replace(FULL, pregnant=True, lmp="28 mgg"), TODAY)
    assert read.lmp == TODAY - timedelta(weeks=28)


def test_a_man_is_not_pregnant_and_a_child_is_asked_about() -> None:
    assert refused("pregnant", pregnant=True, lmp="9/5/2026", sex="L", nik="")
    assert remark("pregnant", pregnant=True, lmp="9/5/2026", birth="3/2/2019", nik="")[0] == "warn"


def test_a_ticked_disability_needs_its_kind() -> None:
    assert refused("disability", disability="?")
    assert not refused("disability", disability="visual")


def test_outside_the_area_the_place_is_named() -> None:
    assert refused("outside_text", outside=True, outside_text="  ")
    assert (
        "wilayah" not in read_form(replace(FULL, outside=True, outside_text="Bukittinggi", area_uid=""), TODAY).missing
    )


@pytest.mark.parametrize("identity", ["none", "newborn"])
def test_who_has_no_nik_is_complete_without_one(identity: str) -> None:
    assert read_form(replace(FULL, nik="", identity=identity), TODAY).missing == ()


# Beginning


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ("siti nurhaliza", {"name": "Siti Nurhaliza"}),
        ("Siti binti Ahmad", {"name": "Siti binti Ahmad"}),
        ("o'neil d'arc", {"name": "O'Neil D'Arc"}),
        ("siti 3/2/99", {"name": "Siti", "birth": "03-02-1999"}),
        ("siti umur 40", {"name": "Siti", "birth": "sekitar 1986"}),
        ("03021999", {"birth": "03-02-1999"}),
        ("1306 0443 0299 9001", {"nik": NIK}),
        ("0001234564412", {"bpjs": "0001234564412"}),
        ("00-12-47", {}),
        ("", {}),
    ],
)
def test_what_was_looked_for_goes_into_its_field(typed: str, fields: dict[str, str]) -> None:
    assert from_search(typed, TODAY) == PersonForm(**fields)  # type: ignore[arg-type]


def test_relationships_fit_the_sex_and_a_second_head_comes_last() -> None:
    codes = [("head", "Kepala"), ("husband", "Suami"), ("wife", "Istri"), ("child", "Anak")]
    assert [c for c, _ in relationships(codes, Sex.FEMALE, has_head=True)] == ["wife", "child", "head"]
    assert [c for c, _ in relationships(codes, Sex.MALE, has_head=False)] == ["head", "husband", "child"]
    assert len(relationships(codes, Sex.UNKNOWN, has_head=False)) == 4
