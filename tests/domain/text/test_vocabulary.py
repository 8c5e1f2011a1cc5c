"""One slip is forgiven, by length; words written together or apart find each other."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ilp_desk.domain.text.names import fold
from ilp_desk.domain.text.spelling import fold_word
from ilp_desk.domain.text.vocabulary import joins, opening, slips, slips_allowed, splits, vocabulary_matches

WORDS = ["siti", "nurhalisa", "nurhayati", "suharti", "suhatri", "budi", "rudi", "ani", "rosmaini", "nur", "halisa"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("nurhalsa", ("nurhalisa",)),
        ("nurhailsa", ("nurhalisa",)),
        ("nurhlsia", ("nurhalisa",)),
        ("nursia", ()),
        ("nurhlisaa", ("nurhalisa",)),
        ("suhrati", ("suharti", "suhatri")),
        ("sudi", ("budi", "rudi")),
        ("budi", ("rudi",)),
        ("ano", ()),
        ("1234", ()),
        ("", ()),
    ],
)
def test_slips_are_forgiven_by_length(typed: str, found: tuple[str, ...]) -> None:
    assert vocabulary_matches(typed, WORDS) == found


def test_the_nearest_come_first_then_those_with_the_same_initial() -> None:
    assert vocabulary_matches("suharti", ["tuharti", "suhartia", "suharto"], limit=2) == ("suhartia", "suharto")


@given(st.text(alphabet="abcdefghij", min_size=4, max_size=15), st.integers(0, 14), st.sampled_from("abcdefghij"))
@settings(max_examples=100, deadline=None)
def test_one_wrong_letter_is_always_forgiven(word: str, place: int, letter: str) -> None:
    place %= len(word)
    typed = word[:place] + letter + word[place + 1 :]
    assert vocabulary_matches(typed, [word, "zzzz"]) == (() if fold_word(typed) == word else (word,))
    assert slips(typed, word) <= slips_allowed(typed)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("shmad", "Ahmad"),
        ("awyan", "Wayan"),
        ("kuadijah", "Khadijah"),
        ("synamsul", "Syamsul"),
        ("mshammad", "Muhammad"),
    ],
)
def test_a_slip_that_spoils_the_folding_is_forgiven(typed: str, meant: str) -> None:
    assert vocabulary_matches(typed, [fold(meant), *WORDS]) == (fold(meant),)


def test_a_word_still_being_typed_is_held_against_beginnings() -> None:
    assert opening(WORDS, 6) == ("nurhal", "nurhay", "suhart", "suhatr", "rosmai", "halisa")
    assert vocabulary_matches("nurhla", opening(WORDS, 6)) == ("nurhal",)


def test_words_written_together_or_apart() -> None:
    assert joins(["nur", "haliza", "2"]) == ((0, "nurhalisa"),)
    assert splits("nurhaliza", set(WORDS)) == (("nur", "halisa"),)
    assert splits("nurzaman", {"nur", "zaman"}) == (("nur", "zaman"),)
    assert splits("siti", set(WORDS)) == ()
    assert joins(fold("Siti").split()) == ()
