"""Numbers are read as typed, refused with a sentence that says what to do, and shown masked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ilp_desk.domain.person import Precision, Sex
from ilp_desk.domain.text.dates import PartialDate
from ilp_desk.domain.text.identifiers import (
    IdentifierError,
    grouped,
    kk_warning,
    mask,
    nik_warnings,
    phone_key,
    read_bpjs,
    read_kk,
    read_nik,
    read_nip,
    read_phone,
    record_key,
    short_record_key,
)

TODAY = date(2026, 11, 21)
NIK = "1306044302999001"


def refusal(read: Callable[[str], object], text: str) -> str:
    with pytest.raises(IdentifierError) as refused:
        read(text)
    return refused.value.sentence


def number_or_sentence(read: Callable[[str], object], text: str) -> bool:
    try:
        return bool(read(text))
    except IdentifierError as refused:
        return refused.sentence != ""


def nik_refusal(text: str) -> str:
    return refusal(lambda typed: read_nik(typed, TODAY), text)


def test_a_nik_tells_sex_birth_and_where_it_was_issued() -> None:
    nik = read_nik("1306 0443.0299-9001", TODAY)
    assert nik.number == NIK
    assert (nik.province, nik.regency, nik.district, nik.serial) == ("13", "1306", "130604", "9001")
    assert nik.sex is Sex.FEMALE
    assert nik.births == (date(1999, 2, 3),)
    assert read_nik("1306040302049001", TODAY).births == (date(2004, 2, 3), date(1904, 2, 3))
    assert read_nik("1306042111269001", TODAY).births == (TODAY, date(1926, 11, 21))
    assert read_nik("1306042211269001", TODAY).births == (date(1926, 11, 22),)


@pytest.mark.parametrize(
    ("typed", "part"),
    [
        ("13060443029990", "Harus 16 angka, kurang 2"),
        (NIK + "1", "Harus 16 angka, lebih 1"),
        ("", "Harus 16 angka, kurang 16"),
        ("13060443O2999001", "Hanya angka: huruf O mungkin angka 0"),
        ("l306044302999001", "huruf l mungkin angka 1"),
        ("1306044302999K01", "hapus huruf K"),
        ("130604430299900😀", "hapus tanda 😀"),
        ("9999999999999999", "kosongkan"),
        ("0906044302999001", "(09) bukan kode provinsi"),
        ("1306043202999001", "(32) bukan tanggal lahir"),
        ("1306047202999001", "(72) bukan tanggal lahir"),
        ("1306040002999001", "(00) bukan tanggal lahir"),
        ("1306044313999001", "(13) bukan bulan lahir"),
        ("1306042902999001", "(29-02-99) tidak ada"),
        ("1306046902999001", "(29-02-99) tidak ada"),
        ("1306044302990000", "tidak mungkin 0000"),
    ],
)
def test_a_wrong_nik_says_what_is_wrong(typed: str, part: str) -> None:
    assert part in nik_refusal(typed)


def test_a_nik_that_contradicts_the_form_warns() -> None:
    nik = read_nik(NIK, TODAY)
    assert nik_warnings(nik) == ()
    assert nik_warnings(nik, Sex.FEMALE, PartialDate(date(1999, 2, 3))) == ()
    assert nik_warnings(nik, Sex.FEMALE, PartialDate(date(1999, 1, 1), Precision.YEAR)) == ()
    both = nik_warnings(nik, Sex.MALE, PartialDate(date(1999, 3, 2)))
    assert both == (
        "Menurut NIK perempuan, di isian laki-laki: periksa KTP",
        "Menurut NIK lahir 03-02-1999, di isian 02-03-1999: periksa KTP",
    )


@given(st.dates(date(1905, 1, 1), TODAY), st.booleans(), st.integers(11, 96), st.integers(9000, 9999))
@settings(max_examples=100, deadline=None)
def test_every_real_nik_is_read_back(born: date, female: bool, province: int, serial: int) -> None:
    number = f"{province}0101{born.day + 40 * female:02d}{born:%m%y}{serial}"
    nik = read_nik(number, TODAY)
    assert born in nik.births
    assert nik_warnings(nik, Sex.FEMALE if female else Sex.MALE, PartialDate(born)) == ()
    assert nik_warnings(nik, born=PartialDate(born + timedelta(days=1))) != ()


def test_family_card_and_bpjs_numbers() -> None:
    assert read_kk("1306 0412 0612 0007") == "1306041206120007"
    assert kk_warning("1306041206120007") == ""
    assert "NIK" in kk_warning(NIK)
    assert refusal(read_kk, "130604120612") == "Harus 16 angka, kurang 4"
    assert "kode provinsi" in refusal(read_kk, "9706041206120007")
    assert read_bpjs("0001234567890") == "0001234567890"
    assert refusal(read_bpjs, "000123456789") == "Harus 13 angka, kurang 1"
    assert refusal(read_bpjs, "00012345644") == "Harus 13 angka, kurang 2"


@pytest.mark.parametrize(
    "typed",
    ["081200000190", "0812-0000-0190", "+62 812 0000 0190", "62812 00000190", "812.0000.0190", "+62 0812-0000-0190"],
)
def test_a_telephone_number_is_stored_one_way(typed: str) -> None:
    assert read_phone(typed) == "081200000190"


def test_a_wrong_telephone_number_says_what_to_do() -> None:
    assert "kurang 3" in refusal(read_phone, "081200")
    assert "lebih 1" in refusal(read_phone, "081200000190123")
    assert "huruf o mungkin angka 0" in refusal(read_phone, "o81200000190")
    assert phone_key("62812") == phone_key("812") == phone_key("0812") == "0812"
    assert phone_key("") == ""


def test_a_civil_servants_number() -> None:
    assert read_nip("19850612 201001 2 001") == "198506122010012001"
    assert "kurang 1" in refusal(read_nip, "19850612201001200")
    assert "tanggal lahir" in refusal(read_nip, "198513122010012001")


def test_record_numbers_are_one_whatever_stands_between_their_digits() -> None:
    assert record_key("00-12-47-01") == record_key("00.12.47.01") == record_key("00 12 47 01") == "00124701"
    assert record_key("a-123/98") == "A12398"
    assert short_record_key("00.12.34") == "1234"
    assert short_record_key("0000") == "0000"


def test_only_the_last_three_digits_are_shown() -> None:
    assert mask(NIK) == "•••••••••••••001"
    assert mask("190") == "•••"
    assert mask("") == ""
    assert grouped(NIK) == "1306 0443 0299 9001"


@given(st.text(max_size=300))
@settings(max_examples=100, deadline=None)
def test_any_text_is_a_number_or_a_sentence(text: str) -> None:
    readers: list[Callable[[str], object]] = [read_kk, read_bpjs, read_nip, read_phone, lambda t: read_nik(t, TODAY)]
    assert all(number_or_sentence(read, text) for read in readers)
    assert len(mask(text)) == len(text)
    assert record_key(text).isalnum() or not record_key(text)
