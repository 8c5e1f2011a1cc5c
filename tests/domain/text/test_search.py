"""The search box understands what clerks type, in any order, and never breaks."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ilp_desk.domain.person import Precision
from ilp_desk.domain.text.dates import PartialDate, day_text
from ilp_desk.domain.text.names import TITLES
from ilp_desk.domain.text.search import MAX_WORDS, Identifier, Question, read_question

TODAY = date(2026, 11, 21)
BORN = PartialDate(date(1999, 2, 3))


def ask(text: str) -> Question:
    return read_question(text, TODAY)


def folded(question: Question) -> list[str]:
    return [word.folded for word in question.words]


def test_words_are_folded_and_the_last_may_still_grow() -> None:
    question = ask("Siti Noer")
    assert folded(question) == ["siti", "nur"]
    assert [word.open for word in question.words] == [False, True]
    assert [word.open for word in ask("siti nur ").words] == [False, False]
    assert [word.open for word in ask("siti nu'").words] == [False, True]
    assert ask("siti 3/2/99").words[0].open is False


def test_short_forms_mean_the_word_and_may_begin_another() -> None:
    assert ask("moh ali").words[0].beginnings == ("muhamad", "moh", "muh")
    assert ask("st nur").words[0].beginnings[0] == "siti"
    assert ask("sud").words[0].beginnings == ("sud", "suy", "sus")
    assert folded(ask("abdurrahman")) == ["abdul", "rahman"]


def test_a_baby_is_asked_for_by_by_ny_and_the_mother() -> None:
    question = ask("by ny rosmaini")
    assert folded(question) == ["bayi", "rosmaini"]
    assert [word.plain for word in question.weak] == ["ny"]


def test_titles_are_weak_unless_nothing_else_is_typed() -> None:
    assert folded(ask("hj siti")) == folded(ask("siti hj")) == ["siti"]
    assert [word.plain for word in ask("siti an").weak] == ["an"]
    assert [word.plain for word in ask("hj").words] == ["hj"]
    assert ask("hj").weak == ()


@pytest.mark.parametrize(
    "typed", ["3/2/99", "3-2-1999", "3.2.1999", "1999-02-03", "3 feb 1999", "3feb1999", "3 Peb 99"]
)
@pytest.mark.parametrize("around", ["{}", "siti {}", "{} siti", "siti {} nur"])
def test_a_birth_date_stands_anywhere(typed: str, around: str) -> None:
    question = ask(around.format(typed))
    assert question.birth == BORN
    assert question.numbers == ()
    assert folded(question) == around.replace("{}", "").split()


@pytest.mark.parametrize(
    ("typed", "birth"),
    [
        ("feb 1999", PartialDate(date(1999, 2, 1), Precision.MONTH)),
        ("umur 40", PartialDate(date(1986, 5, 23), Precision.ESTIMATED)),
        ("40 th", PartialDate(date(1986, 5, 23), Precision.ESTIMATED)),
    ],
)
def test_a_birth_known_in_part_stands_anywhere(typed: str, birth: PartialDate) -> None:
    assert ask(typed).birth == ask(f"siti {typed}").birth == ask(f"{typed} siti").birth == birth


@pytest.mark.parametrize(
    ("typed", "digits", "birth"),
    [
        ("03021999", "03021999", BORN),
        ("030299", "030299", BORN),
        ("3-2-99", "3299", BORN),
        ("1999", "1999", PartialDate(date(1999, 1, 1), Precision.YEAR)),
        ("00-12-47-01", "00124701", None),
        ("00.12.34", "001234", None),
        ("1306 0443 0299 9001", "1306044302999001", None),
        ("12", "12", None),
    ],
)
def test_digits_are_a_number_and_perhaps_a_date(typed: str, digits: str, birth: PartialDate | None) -> None:
    number = ask(typed).only_number
    assert number is not None
    assert number.digits == number.record == digits
    assert number.birth == birth
    mixed = ask(f"siti {typed}")
    assert [found.digits for found in mixed.numbers] == [digits]
    assert folded(mixed) == ["siti"]
    assert mixed.only_number is None


def kinds(text: str) -> tuple[Identifier, ...]:
    number = ask(text).only_number
    assert number is not None
    return number.kinds


def test_which_identifier_digits_can_be() -> None:
    assert kinds("1306044302999001") == (Identifier.NIK, Identifier.KK, Identifier.RECORD)
    assert kinds("0001234567890")[0] is Identifier.BPJS
    assert Identifier.NIK not in kinds("00124701")
    assert kinds("00-12-47-01")[0] is Identifier.RECORD
    assert Identifier.PHONE in kinds("0812")
    assert Identifier.PHONE not in kinds("0012")
    assert kinds("+62 812-0000-0190") == (Identifier.PHONE,)
    assert kinds("P02478375538") == (Identifier.IHS, Identifier.RECORD)
    assert kinds("B-12/98") == (Identifier.RECORD,)
    phone = ask("62812").only_number
    assert phone is not None
    assert phone.phone == "0812"
    assert not phone.whole
    nik = ask("1306044302999001").only_number
    assert nik is not None
    assert nik.whole


def test_rt_and_rw_are_words_of_the_address_not_numbers() -> None:
    assert folded(ask("siti rt 02 rw 1")) == folded(ask("siti RT.02/RW.01")) == ["siti", "rt2", "rw1"]
    assert folded(ask("RT 02/01 siti")) == ["rt2", "rw1", "siti"]
    assert folded(ask("rt02")) == ["rt2"]
    assert "yorong" in ask("jr gasang").words[0].beginnings


def test_a_scanned_card_is_its_uid() -> None:
    uid = "0192f0c8-7e3a-7cc0-98c8-f3c5e1a2b3c4"
    assert ask(f"ILP1:{uid.upper()}\r\n") == Question(uid=uid)
    assert ask("ILP1:siti").uid is None


def test_a_date_that_cannot_be_says_so_and_the_rest_is_asked() -> None:
    question = ask("siti 29/2/1999")
    assert "bukan tahun kabisat" in question.problem
    assert folded(question) == ["siti"]
    assert question.birth is None
    assert ask("32/1/99").empty


@pytest.mark.parametrize("typed", ["", "   ", "3/", "3/2", "3/2/", "😀", "'", "-"])
def test_nothing_is_asked_before_there_is_something_to_ask(typed: str) -> None:
    assert ask(typed).empty
    assert not ask(typed).problem


def test_a_pasted_letter_does_not_cost_a_search() -> None:
    assert len(ask("siti " * 100).words) == MAX_WORDS


def test_every_identifier_and_word_survives_apostrophes() -> None:
    assert folded(ask("nu'man ma’ruf")) == ["numan", "maruf"]


word = st.sampled_from(
    ["siti", "Nur", "moh", "hj", "an", "Nu'man", "gasang", "jr", "by", "abdurrahman", "bin", *sorted(TITLES)]
)


@given(st.lists(word, min_size=1, max_size=7), st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_the_order_of_words_does_not_matter(words: list[str], random: object) -> None:
    shuffled = list(words)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = ask(" ".join(words)), ask(" ".join(shuffled))
    assert {w.beginnings for w in one.words} == {w.beginnings for w in other.words}
    assert {w.beginnings for w in one.weak} == {w.beginnings for w in other.weak}


@given(st.dates(date(1905, 1, 1), TODAY), st.lists(st.sampled_from(["siti", "nur", "gasang"]), max_size=2))
@settings(max_examples=100, deadline=None)
def test_a_written_birth_date_is_understood_beside_words(born: date, words: list[str]) -> None:
    for text in (f"{' '.join(words)} {day_text(born)}", f"{day_text(born)} {' '.join(words)}"):
        assert ask(text).birth == PartialDate(born)
        assert folded(ask(text)) == words


@given(st.one_of(st.text(max_size=300), st.text(alphabet="0123456789/.-+ abfjpr'\u202e😀", max_size=40)))
@settings(max_examples=100, deadline=None)
def test_anything_typed_can_be_asked(text: str) -> None:
    question = ask(text)
    assert all(word.folded and word.plain for word in (*question.words, *question.weak))
    assert all(number.record for number in question.numbers)
    assert len(question.words) + len(question.weak) <= 2 * MAX_WORDS
