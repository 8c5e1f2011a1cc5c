"""The person meant stands first, nearly matching ones are marked, and the letters that answer are highlighted."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ilp_desk.domain.person import Precision
from ilp_desk.domain.text.dates import PartialDate
from ilp_desk.domain.text.marks import marks
from ilp_desk.domain.text.names import fold, text_tokens
from ilp_desk.domain.text.ranking import Candidate, Ranked, rank
from ilp_desk.domain.text.search import read_question

TODAY = date(2026, 11, 21)


def ranked(text: str, *people: Candidate | str) -> list[tuple[str, bool]]:
    """Names in the order found, each with whether it is only similar."""
    candidates = [
        person if isinstance(person, Candidate) else Candidate(key, person, fold(person))
        for key, person in enumerate(people)
    ]
    names = {candidate.key: candidate.name for candidate in candidates}
    return [(names[hit.key], hit.similar) for hit in rank(read_question(text, TODAY), candidates)]


def order(text: str, *people: Candidate | str) -> list[str]:
    return [name for name, _ in ranked(text, *people)]


def test_whole_names_come_before_beginnings_and_other_orders() -> None:
    assert order("siti nur", "Siti Nuraini", "Nur Siti", "Siti Nur Azizah", "Siti Nur", "Ani Siti Nurul") == [
        "Siti Nur",
        "Siti Nur Azizah",
        "Nur Siti",
        "Siti Nuraini",
        "Ani Siti Nurul",
    ]


def test_other_spellings_and_slips_are_marked_and_come_later() -> None:
    assert ranked("siti nurhaliza", "Budi", "Siti Nurhalida", "Sitti Noerhalizah", "Siti Nurhaliza") == [
        ("Siti Nurhaliza", False),
        ("Sitti Noerhalizah", True),
        ("Siti Nurhalida", True),
        ("Budi", True),
    ]


def test_a_word_still_being_typed_forgives_a_slip_in_what_is_there() -> None:
    assert order("siti nurhl", "Siti Aminah", "Siti Nurhaliza")[0] == "Siti Nurhaliza"


def test_names_written_together_or_apart() -> None:
    assert order("nurhaliza", "Siti Aminah", "Nur Haliza")[0] == "Nur Haliza"
    assert order("nur haliza", "Nur Aminah", "Nurhaliza")[0] == "Nurhaliza"


def test_active_people_come_before_the_dead_unless_the_fit_is_worse() -> None:
    dead = Candidate(7, "Siti Aminah", fold("Siti Aminah"), active=False)
    assert order("siti aminah", dead, "Siti Aminah Putri", "Siti Aminoh") == [
        "Siti Aminah Putri",
        "Siti Aminah",
        "Siti Aminoh",
    ]


def test_an_exact_identifier_wins() -> None:
    exact = Candidate(7, "Zainal", fold("Zainal"), active=False, exact=True)
    assert order("00124701", "Ani", exact) == ["Zainal", "Ani"]


def test_address_words_count_but_less_than_the_name() -> None:
    here = Candidate(1, "Siti", fold("Siti"), others=text_tokens("Jr. Gasang RT 02"))
    assert ranked("siti gasang", "Siti", here, "Siti Gasang") == [
        ("Siti Gasang", False),
        ("Siti", False),
        ("Siti", True),
    ]


def test_a_birth_date_that_differs_puts_last() -> None:
    right = Candidate(1, "Siti Nur", fold("Siti Nur"), birth=PartialDate(date(1999, 1, 1), Precision.YEAR))
    wrong = Candidate(2, "Siti", fold("Siti"), birth=PartialDate(date(1998, 2, 3)))
    assert order("siti 3/2/99", wrong, right) == ["Siti Nur", "Siti"]


def test_a_title_typed_prefers_who_carries_it() -> None:
    assert order("hj siti", "Siti", "Hj. Siti") == ["Hj. Siti", "Siti"]


people = st.lists(
    st.sampled_from(["Siti Nur", "Nur Siti", "Sitti", "Hj. Siti", "By. Ny. Siti", "Budi", "😀"]), max_size=8
)


@given(st.text(max_size=40), people, st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_the_order_found_does_not_matter_and_nobody_is_lost(text: str, names: list[str], random: object) -> None:
    candidates = [Candidate(key, name, fold(name)) for key, name in enumerate(names)]
    shuffled = list(candidates)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    question = read_question(text, TODAY)
    found = rank(question, candidates)
    assert found == rank(question, shuffled)
    assert sorted(hit.key for hit in found) == list(range(len(names)))
    assert all(isinstance(hit, Ranked) for hit in found)


@pytest.mark.parametrize(
    ("name", "typed", "marked"),
    [
        ("Siti Nurhaliza", "siti nur", ["Siti", "Nur"]),
        ("Siti Nurhaliza", "nur si", ["Si", "Nur"]),
        ("Noerhaliza", "nur", ["Noer"]),
        ("Djoko Widodo", "jo wi", ["Djo", "Wi"]),
        ("Nu'man", "numa", ["Nu'ma"]),
        ("Sitti Nurbaya", "siti nur", ["Sitti", "Nur"]),
        ("Siti Nurhaliza", "nurhalza", ["Nurhaliza"]),
        ("Nur Nurul", "nur nur", ["Nur", "Nur"]),
        ("José", "jose", ["José"]),
        ("Hj. Siti", "hj sit", ["Hj", "Sit"]),
        ("Muhammad Ali", "moh", ["Muh"]),
        ("Achmad", "ahmad", ["Achmad"]),
        ("Abdurrahman", "abdul rah", ["Abdurrahman"]),
        ("😀 Siti", "sit", ["Sit"]),
        ("Budi", "siti", []),
        ("Budi", "3/2/99", []),
    ],
)
def test_the_letters_that_answer_are_marked(name: str, typed: str, marked: list[str]) -> None:
    found = marks(name, read_question(typed, TODAY))
    assert [name[start:end] for start, end in found] == marked


@given(st.text(max_size=60), st.one_of(st.text(max_size=30), st.sampled_from(["siti nur", "a", "hj 3/2/99 i"])))
@settings(max_examples=100, deadline=None)
def test_marks_lie_inside_the_name_in_order(name: str, typed: str) -> None:
    before = 0
    for start, end in marks(name, read_question(typed, TODAY)):
        assert before <= start < end <= len(name)
        before = end


@given(st.text(min_size=1, max_size=30))
@settings(max_examples=100, deadline=None)
def test_a_name_answers_itself(name: str) -> None:
    question = read_question(name, TODAY)
    if question.words and not question.numbers and question.birth is None:
        assert marks(name, question)
