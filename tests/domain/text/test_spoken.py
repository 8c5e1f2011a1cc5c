"""What the voice in the waiting room says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilp_desk.domain.text.spoken import LONGEST, announcement, number_words, place_words


def test_a_call_as_people_know_it() -> None:
    said = announcement("A-012", "Poli KIA", "Ruang 2")
    assert said == "Nomor antrean A, nol satu dua, silakan ke Poli KIA, Ruang dua."


def test_a_place_that_says_its_room_is_said_once() -> None:
    assert announcement("D-001", "Ruang 7", "") == "Nomor antrean D, nol nol satu, silakan ke Ruang tujuh."


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "nol"),
        (10, "sepuluh"),
        (11, "sebelas"),
        (19, "sembilan belas"),
        (20, "dua puluh"),
        (100, "seratus"),
        (111, "seratus sebelas"),
        (285, "dua ratus delapan puluh lima"),
        (1000, "seribu"),
        (2026, "dua ribu dua puluh enam"),
    ],
)
def test_numbers_in_words(number: int, words: str) -> None:
    assert number_words(number) == words


@given(st.integers(0, 9999))
def test_every_number_is_said_in_words_of_its_own(number: int) -> None:
    words = number_words(number)
    assert "  " not in words
    assert words == words.strip()
    assert sum(number_words(n) == words for n in (number, number ^ 1, (number + 10) % 10000)) == 1


def test_long_numbers_and_leading_noughts_are_said_digit_by_digit() -> None:
    assert place_words("Loket 007, gedung 12345") == "Loket nol nol tujuh, gedung satu dua tiga empat lima"


@given(st.text(max_size=400))
def test_any_name_of_a_room_can_be_said(name: str) -> None:
    words = place_words(name)
    assert len(words) <= LONGEST
    assert words.isprintable()
    assert not any(c in words for c in '0123456789<>&|;$`\\"')
