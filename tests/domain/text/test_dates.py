"""Dates are read as clerks type them, refused with a sentence, and written one way."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ilp_desk.domain.person import Precision
from ilp_desk.domain.text.ages import age
from ilp_desk.domain.text.dates import (
    PartialDate,
    day_text,
    letter_day_text,
    long_day_text,
    moment_text,
    short_day_text,
    time_text,
)
from ilp_desk.domain.text.typed_dates import DateError, born_at_age, read_birth, read_day

TODAY = date(2026, 11, 21)
births = st.dates(date(1904, 1, 1), TODAY)


def birth_or_sentence(text: str, today: date) -> bool:
    """Whether a text gives a birth that has happened, or else something to say."""
    try:
        return read_birth(text, today).earliest <= today
    except DateError as refused:
        return refused.sentence != ""


@pytest.mark.parametrize(
    "typed",
    [
        "3/2/99", "03/02/1999", "3-2-1999", "3.2.99", "3 2 1999", "03021999", "030299", "19990203", "1999-02-03",
        "3 feb 1999", "3 Februari 1999", "3feb99", "03-Peb-1999", " 3 / 2 / 1999 ", "Rabu, 3 Februari 1999",
    ],
)  # fmt: skip
def test_one_day_however_it_is_typed(typed: str) -> None:
    assert read_birth(typed, TODAY) == PartialDate(date(1999, 2, 3))


@pytest.mark.parametrize(
    ("typed", "born", "precision"),
    [
        ("feb 1999", date(1999, 2, 1), Precision.MONTH),
        ("2/1999", date(1999, 2, 1), Precision.MONTH),
        ("1999", date(1999, 1, 1), Precision.YEAR),
        ("2026", date(2026, 1, 1), Precision.YEAR),
        ("umur 40", date(1986, 5, 23), Precision.ESTIMATED),
        ("40 th", date(1986, 5, 23), Precision.ESTIMATED),
        ("usia 40 tahun", date(1986, 5, 23), Precision.ESTIMATED),
    ],
)
def test_dates_known_in_part(typed: str, born: date, precision: Precision) -> None:
    assert read_birth(typed, TODAY) == PartialDate(born, precision)


@pytest.mark.parametrize(
    ("typed", "born"),
    [
        ("3/2/26", date(2026, 2, 3)),
        ("21/11/26", date(2026, 11, 21)),
        ("22/11/26", date(1926, 11, 22)),
        ("3/2/27", date(1927, 2, 3)),
        ("29/2/00", date(2000, 2, 29)),
        ("29/2/28", date(1928, 2, 29)),
    ],
)
def test_two_digits_of_a_year_lie_in_the_past(typed: str, born: date) -> None:
    assert read_birth(typed, TODAY).day == born


@pytest.mark.parametrize(
    ("typed", "part"),
    [
        ("", "belum diisi"),
        ("31/4/1999", "31-04-1999 tidak ada: April 1999 sampai tanggal 30"),
        ("29/2/1999", "1999 bukan tahun kabisat"),
        ("29/2/99", "1999 bukan tahun kabisat"),
        ("0/2/1999", "00-02-1999 tidak ada"),
        ("2/13/1999", "Bulan 13 tidak ada"),
        ("22/11/2026", "belum terjadi, hari ini 21-11-2026"),
        ("2027", "belum terjadi"),
        ("des 2026", "belum terjadi"),
        ("21/11/1903", "lebih dari 122 tahun"),
        ("1902", "lebih dari 122 tahun"),
        ("umur 123", "paling tua 122"),
        ("9 bln", "ketik bulan lahirnya, misalnya feb 2026"),
        ("3 minggu", "misalnya okt 2026"),
        ("umur 2 hari", "misalnya nov 2026"),
        ("99", "tidak dikenali"),
        ("kemarin", "tidak dikenali"),
        ("1/1/0000", "tulis empat angka"),
        ("３/２/1999\u202e", "tidak dikenali"),
    ],
)
def test_what_cannot_be_a_birth_date_says_why(typed: str, part: str) -> None:
    with pytest.raises(DateError) as refused:
        read_birth(typed, TODAY)
    assert part in refused.value.sentence


def test_the_oldest_person_is_accepted_on_the_last_day_of_being_122() -> None:
    assert age(read_birth("22/11/1903", TODAY).day, TODAY).years == 122


def test_a_day_elsewhere_may_lie_ahead() -> None:
    assert read_day("3/2/27", TODAY) == date(2027, 2, 3)
    assert read_day("3/2/99", TODAY) == date(1999, 2, 3)
    assert read_day("9-5-26", TODAY) == date(2026, 5, 9)
    with pytest.raises(DateError, match="ketik misalnya 3/2/2026"):
        read_day("1999", TODAY)


@given(births, st.sampled_from([day_text, short_day_text, letter_day_text, long_day_text, date.isoformat]))
@settings(max_examples=100, deadline=None)
def test_what_is_written_is_read_back(born: date, write: object) -> None:
    assert callable(write)
    assert read_birth(write(born), TODAY) == PartialDate(born)


@given(births, st.sampled_from([Precision.DAY, Precision.MONTH, Precision.YEAR]))
@settings(max_examples=100, deadline=None)
def test_a_date_known_in_part_is_read_back(born: date, precision: Precision) -> None:
    first = {
        Precision.DAY: born,
        Precision.MONTH: born.replace(day=1),
        Precision.YEAR: born.replace(day=1, month=1),
    }[precision]
    assert read_birth(day_text(first, precision), TODAY) == PartialDate(first, precision)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.integers(0, 122))
@settings(max_examples=100, deadline=None)
def test_an_estimate_leaves_room_for_every_birth_of_that_age(today: date, years: int) -> None:
    born = born_at_age(years, today)
    assert born.precision is Precision.ESTIMATED
    for day in (date(today.year - years, today.month, min(today.day, 28)), born.day):
        assert born.earliest <= day <= born.latest
    assert age(born.day, today).years == years


@given(st.text(max_size=300), st.dates(date(1950, 1, 1), date(2200, 1, 1)))
@settings(max_examples=100, deadline=None)
def test_anything_typed_is_a_date_or_a_sentence(text: str, today: date) -> None:
    assert birth_or_sentence(text, today)


typed_digits = st.from_regex(r"\A\d{1,2}[/. -]\d{1,2}[/. -](\d{4}|\d{2})\Z|\A\d{4,8}\Z", fullmatch=True).filter(
    str.isascii
)


@given(typed_digits, st.dates(date(1950, 1, 1), date(2200, 1, 1)))
@settings(max_examples=100, deadline=None)
def test_no_typed_digits_give_a_birth_in_the_future(text: str, today: date) -> None:
    assert birth_or_sentence(text, today)


def test_how_dates_and_times_are_written() -> None:
    assert day_text(TODAY) == "21-11-2026"
    assert day_text(None) == ""
    assert day_text(date(1999, 2, 1), Precision.MONTH) == "Feb 1999"
    assert day_text(date(1999, 1, 1), Precision.YEAR) == "1999"
    assert day_text(date(1986, 5, 23), Precision.ESTIMATED) == "sekitar 1986"
    assert short_day_text(TODAY) == "21 Nov 2026"
    assert letter_day_text(TODAY) == "21 November 2026"
    assert long_day_text(TODAY) == "Sabtu, 21 November 2026"
    assert time_text(time(8, 41)) == "08.41"
    assert time_text(time(8, 41, 52), seconds=True) == "08.41.52"
    assert moment_text(datetime(2026, 11, 21, 8, 5)) == "21-11-2026 08.05"  # noqa: DTZ001


def test_partial_dates_agree_where_they_can_be_one_day() -> None:
    feb = PartialDate(date(1999, 2, 1), Precision.MONTH)
    assert feb.latest == date(1999, 2, 28)
    assert feb.may_be(PartialDate(date(1999, 2, 28)))
    assert not feb.may_be(PartialDate(date(1999, 3, 1)))
    assert PartialDate(date(1999, 1, 1), Precision.YEAR).may_be(feb)
