"""One person is found whichever spelling of the name somebody wrote down."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ilp_desk.domain.text.names import TITLES, baby_of, fold, text_tokens, tokens
from ilp_desk.domain.text.spelling import beginnings, fold_word, plain, plain_with_origin

NAMES = [
    "Djoko", "Joesoef", "Widjaja", "Njoman", "Achmad", "Chairul", "Khairul", "Sjamsul", "Soeharto", "Tjipto",
    "Sophian", "Nurhalizah", "Noorhaliza", "Mochammad", "Aisyah", "Hery", "Soerjadi", "Sulistiyowati", "Zaenal",
    "Arief", "Taufiq", "Rizky", "Sitti", "Djoewarijah", "Wahju", "Fathimah", "Christina", "Chandra", "Dyah",
    "Yenny", "Evy", "Ramadhan", "Hafidz", "Dzikri", "Wayan", "Ketut", "Sudjana", "Tjahjo", "Rahayu", "Yayuk",
    "Asyhari", "Utsman", "Tsania", "Rhoma", "Felix", "Chintya", "Charlie", "Khodijah", "Pujiastuti", "Phillip",
    "Faozi", "Nuraeni", "Zulkifli", "Ichsan", "Iqbal", "Priyono", "Wiyono", "Choirunnisa", "Syarifuddin",
    "Jhoni", "Ghani", "Sholeh",
]  # fmt: skip
SYLLABLES = [
    "si", "ti", "nur", "ha", "li", "za", "mu", "ham", "mad", "su", "har", "to", "dji", "wi", "ja", "ya", "kho",
    "cha", "syi", "ah", "an", "in", "pu", "tri", "ro", "bin", "dar", "yan", "oe", "tje", "fau", "zi",
]  # fmt: skip
syllabled = st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=6).map("".join)
anything = st.text(max_size=300)


@pytest.mark.parametrize(
    "variants",
    [
        "Djoko Joko",
        "Joesoef Yusuf Jusuf",
        "Widjaja Wijaya Widjaya",
        "Njoman Nyoman",
        "Achmad Akhmad Ahmad",
        "Chairul Khairul Hairul",
        "Rochman Rohman Rokhman",
        "Syamsul Sjamsul Samsul",
        "Soeharto Suharto",
        "Tjipto Cipto",
        "Sofyan Sopian Sophian Sofian",
        "Nurhaliza Nurhalizah Nurhalisa Noerhaliza Noorhaliza",
        "Muhammad Mohammad Mohamad Mochamad Muhamad Mohd Moh Muh Mokhamad Muhamed",
        "Aisyah Aisya Aisah Aysah",
        "Heri Hery Herry",
        "Suryadi Suriadi Soerjadi",
        "Sulistyowati Sulistiyowati Sulistiowati",
        "Zaenal Zainal",
        "Arief Arif Arip",
        "Taufiq Taufik Taofik",
        "Rizki Rizky Riski Rizqi",
        "Siti Sitti Sti Sity",
        "Juwariyah Juariah Djoewarijah",
        "Wahyu Wahju",
        "Nu'man Numan Nu’man Nu`man",
        "Fatimah Fatima Fathimah",
        "Christina Kristina Cristina",
        "Chandra Candra",
        "Diah Dyah Dia",
        "Abdurrahman Abdulrahman Abdoerrachman",
        "Suwandi Suandi Soewandi",
        "Hafidz Hafiz Hafis",
        "Dzikri Zikri",
        "José Jose JOSÉ",
    ],
)
def test_the_spellings_of_one_name_fold_alike(variants: str) -> None:
    assert len({fold(name) for name in variants.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Siti", "Susi"),
        ("Budi", "Rudi"),
        ("Ani", "Ina"),
        ("Zul", "Sul"),
        ("Puji", "Fuji"),
        ("Nur", "Nor"),
        ("Adi", "Adji"),
    ],
)
def test_different_names_stay_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Siti Nurhaliza", "siti nurhalisa"),
        ("H. Muh. Nasir, S.Pd.", "muhamad nasir"),
        ("M. Yusuf bin Ali", "muhamad yusuf ali"),
        ("Hj. St. Aminah binti Umar", "siti amina umar"),
        ("Drs. H. Moh.Ali, M.Kes, SE", "muhamad ali"),
        ("Abd. Rahman", "abdul rahman"),
        ("Abdussalam", "abdul salam"),
        ("Abdul Aziz", "abdul asis"),
        ("Abdullah", "abdula"),
        ("Abduh", "abdu"),
        ("Nur-Haliza", "nur halisa"),
        ("An. Budi", "budi"),
        ("Budi M", "budi m"),
        ("Fauzi, Ahmad", "fausi ahmad"),
        ("By. Ny. Rosmaini", "bayi rosmaini"),
        ("bayi ny rosmaini II", "bayi rosmaini 2"),
        ("Tn X 20261121 0814", "ks 20261121 0814"),
        ("M.", "m"),
        ("Hj.", "hi"),
        ("Si\u0000ti\u200b Nur", "si ti nur"),
        ("محمد علي", "محمد علي"),
        ("😀 💉", ""),
        ("", ""),
    ],
)
def test_words_of_a_name(name: str, words: str) -> None:
    assert fold(name) == words
    assert tokens(name) == tuple(words.split())


def test_a_baby_is_not_her_mother_but_tells_who_she_is() -> None:
    assert fold("By. Ny. Rosmaini") != fold("Rosmaini")
    assert baby_of("By. Ny. Rosmaini") == baby_of("Bayi Ny Rosmaini 2") == tokens("Rosmaini")
    assert baby_of("Rosmaini") is None
    assert baby_of("By.") is None


def test_an_address_is_words_with_its_short_forms_written_out() -> None:
    assert text_tokens("Jl. Pasar No. 4 RT 02/RW 01") == text_tokens("jalan pasar no 4 rt2 rw1")
    assert text_tokens("Pasar RT.002/001") == ("pasar", "rt2", "rw1")
    assert text_tokens("Jr. Gasang") == text_tokens("Jorong Gasang")


@given(anything)
@settings(max_examples=100, deadline=None)
def test_folding_what_is_folded_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold(text) == " ".join(tokens(text))


names_with_traps = st.lists(
    st.sampled_from([*NAMES, *sorted(TITLES), "bin", "M.", "By.", "St", "ii", ",", "S.Pd"]), max_size=7
)


@given(st.one_of(names_with_traps.map(" ".join), syllabled))
@settings(max_examples=100, deadline=None)
def test_folding_twice_changes_nothing_among_titles_and_short_forms(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.one_of(syllabled, st.sampled_from(NAMES).map(str.lower)))
@settings(max_examples=100, deadline=None)
def test_a_name_is_found_after_every_letter_typed(name: str) -> None:
    folded = fold_word(name)
    for typed in range(1, len(name) + 1):
        assert folded.startswith(beginnings(name[:typed])), name[:typed]


@given(anything)
@settings(max_examples=100, deadline=None)
def test_plain_text_knows_where_its_letters_came_from(text: str) -> None:
    letters, origin = plain_with_origin(text)
    assert len(letters) == len(origin)
    assert origin == sorted(origin)
    assert all(0 <= place < len(text) for place in origin)
    assert letters.split() == plain(text).split()
    assert all(char == " " or char.isalnum() for char in letters)
