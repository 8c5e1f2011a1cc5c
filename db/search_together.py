"""Words typed beside numbers or a birth date: whoever any of them leads to, of whom those stay who answer all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import BindParameter, Connection, Row, bindparam, select

from db.candidates import Candidates
from db.models import people
from db.search_numbers import born, keys_like
from db.search_words import WordSearch
from ilp_desk.domain.person import Precision
from ilp_desk.domain.text.dates import PartialDate
from ilp_desk.domain.text.ranking import word_slips
from ilp_desk.domain.text.search import Number, Question, Word

MOST = 400
"""People looked at, at most, for each part of the question."""

LONGEST_WORD = 4
"""A number of no more digits may also be that of a house, or a year."""

_ids: BindParameter[Any] = bindparam("ids", expanding=True)
_k = people.person_key
_KEYS_OF = select(_k.c.person_id, _k.c.value).where(_k.c.person_id.in_(_ids))

Fits = Callable[[Word, str], bool]


def gather(connection: Connection, question: Question, search: WordSearch) -> None:
    found = search.found
    found.limit = MOST * 3
    for number in question.numbers:
        found.add(key.person_id for key in keys_like(connection, number, MOST))
        if number.birth is not None:
            found.add(born(connection, number.birth, MOST))
    if question.birth is not None:
        found.add(born(connection, question.birth, MOST))
    if question.words:
        words = [search.forms(word) for word in question.words]
        beside = [[number.digits] for number in question.numbers if 0 < len(number.digits) <= LONGEST_WORD]
        found.add(search.carriers(search.text.people_with, [*words, *beside], MOST))
        found.add(search.carriers(search.text.people_named, words, MOST))


def keep_who_answer(connection: Connection, question: Question, found: Candidates, rows: dict[int, Row[Any]]) -> None:
    """Take out of the rows whoever does not answer every part; if that is everybody, forgive slips in the words."""
    keys: dict[int, list[str]] = {}
    if question.numbers:
        for key, value in connection.execute(_KEYS_OF, {"ids": list(rows)}).all():
            keys.setdefault(key, []).append(value)
    for key, row in list(rows.items()):
        numbered = all(_has(number, keys.get(key, []), row) for number in question.numbers)
        if not numbered or not (question.birth is None or _may_be(question.birth, row)):
            del rows[key]
    whole = {key for key, row in rows.items() if carries(question, row)}
    if not whole:
        found.slipped |= {key for key, row in rows.items() if carries(question, row, _nearly)}
    for key in rows.keys() - whole - found.slipped:
        del rows[key]


def carries(question: Question, row: Row[Any], fits: Fits | None = None) -> bool:
    """Whether every word typed begins a word of this person, or fits one otherwise."""
    tokens = [*row.name.split(), *row.words.split()]
    fits = fits or _begins
    return all(any(fits(word, token) for token in tokens) for word in question.words)


def birth_of(row: Row[Any]) -> PartialDate | None:
    return None if row.born_on is None else PartialDate(row.born_on, Precision(row.born_precision))


def _begins(word: Word, token: str) -> bool:
    return token.startswith(word.beginnings)


def _nearly(word: Word, token: str) -> bool:
    return token.startswith(word.beginnings) or word_slips(word, token) is not None


def _has(number: Number, keys: list[str], row: Row[Any]) -> bool:
    starts = tuple({number.digits, number.record, number.phone} - {""})
    if any(value.startswith(starts) for value in keys):
        return True
    if number.birth is not None and _may_be(number.birth, row):
        return True
    return 0 < len(number.digits) <= LONGEST_WORD and number.digits in row.words.split()


def _may_be(birth: PartialDate, row: Row[Any]) -> bool:
    known = birth_of(row)
    return known is not None and birth.may_be(known)
