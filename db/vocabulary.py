"""The words of all people in memory, with how many carry each: which word of a question is rarest, which nearly match.

One vocabulary per engine, loaded at the first search (tens of milliseconds at a million people) and brought up to date
before each one: new words are those with a higher id than the highest known. Counts only order a search, so they are
read anew when the number of people has moved by a tenth.
"""

from __future__ import annotations

import threading
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import NamedTuple
from weakref import WeakKeyDictionary

from rapidfuzz import process
from rapidfuzz.distance import OSA
from sqlalchemy import Connection, Engine, bindparam, select, union_all

from db.models import people
from ilp_desk.domain.text.spelling import fold_word
from ilp_desk.domain.text.vocabulary import ONE_SLIP_FROM, slips, slips_allowed, vocabulary_matches

EVERYBODY = ""
"""The word of `search_word` whose uses are the number of people that can be found."""

AFTER = "\U0010ffff"
"""Sorts behind every letter: the end of a range of beginnings."""

UNSORTED = 200
"""New words kept aside before the sorted lists are made again."""

COMPARED = 100
"""Words that nearly match, at most, before the commonest are chosen."""

FEWEST_BONES = 3
"""Consonants by which a word is known again whatever its vowels."""

_NO_VOWELS = dict.fromkeys(map(ord, "aeiou"))
_w = people.search_word
_SINCE = union_all(
    select(_w.c.id, _w.c.word, _w.c.uses).where(_w.c.word == EVERYBODY),
    select(_w.c.id, _w.c.word, _w.c.uses).where(_w.c.id >= bindparam("known")),
)
"""The number of people, the newest word known, and whatever is newer."""


class _Lists(NamedTuple):
    """words in order; sums: running, of their uses; backwards: words read from behind, in order; ending: the same words
    the right way round; short: words of no more than four letters; bones: the consonants of words, in order; boned: the
    words they are of."""

    words: list[str]
    sums: list[int]
    backwards: list[str]
    ending: list[str]
    short: list[str]
    bones: list[str]
    boned: list[str]


class Vocabulary:
    """All folded words. people: how many people can be found."""

    def __init__(self) -> None:
        self.people = 0
        self._loaded_at = 0
        self._last = (0, "")
        self._uses: dict[str, int] = {}
        self._lists = _Lists([], [0], [], [], [], [], [])
        self._fresh: tuple[str, ...] = ()

    def refresh(self, connection: Connection) -> None:
        """Learn what was added since the last time."""
        rows = self._since(connection, self._last[0])
        moved = abs(self.people - self._loaded_at) * 10 > self._loaded_at
        if moved or not rows or rows[0][:2] != self._last:
            rows = self._since(connection, 0)
            self._uses = {word: uses for _, word, uses in rows}
            self._loaded_at = self.people
            self._sort()
        elif len(rows) > 1:
            self._uses.update((word, uses) for _, word, uses in rows)
            self._fresh = (*self._fresh, *(word for _, word, _ in rows[1:]))
            if len(self._fresh) > UNSORTED:
                self._sort()
        self._last = rows[-1][:2] if rows else (0, "")

    def _since(self, connection: Connection, known: int) -> list[tuple[int, str, int]]:
        """(id, word, uses) from an id on; learns the number of people by the way."""
        rows = connection.execute(_SINCE, {"known": known}).all()
        self.people = next((row.uses for row in rows if row.word == EVERYBODY), 0)
        return sorted((number, word, uses) for number, word, uses in rows if word != EVERYBODY)

    def _sort(self) -> None:
        words = sorted(self._uses)
        sums = list(accumulate((self._uses[word] for word in words), initial=0))
        ending = sorted((word for word in words if word.isalpha()), key=lambda word: word[::-1])
        backwards = [word[::-1] for word in ending]
        boned = sorted(ending, key=_bones)
        short = [word for word in words if len(word) <= ONE_SLIP_FROM]
        self._lists = _Lists(words, sums, backwards, ending, short, [_bones(word) for word in boned], boned)
        self._fresh = ()

    def __contains__(self, word: object) -> bool:
        return word in self._uses

    def uses(self, beginning: str) -> int:
        """How many times words with this beginning are carried, as an upper bound of the people who carry one."""
        lists = self._lists
        first, last = _range(lists.words, beginning)
        aside = sum(self._uses[word] for word in self._fresh if word.startswith(beginning))
        return lists.sums[last] - lists.sums[first] + aside

    def words(self, beginning: str, most: int) -> list[str] | None:
        """The words with this beginning; None if there are more than `most`."""
        words = self._lists.words
        first, last = _range(words, beginning)
        found = [word for word in self._fresh if word.startswith(beginning)]
        return None if last - first + len(found) > most else words[first:last] + found

    def near(self, typed: str, limit: int) -> tuple[list[str], list[str]]:
        """Words one slip from a typed word, and words further off: other vowels, what was shortened to its consonants
        (Nrl, Lbs), or two slips if nobody carries the word as typed and it forgives two. The commonest first.

        One slip leaves one half of a word as it is, two mostly leave the first or last third: only words that share
        that much are compared. Two or three letters forgive a slip as well here, where other words stand beside them.
        """
        folded = fold_word(typed)
        allowed = min(slips_allowed(typed), 1 if folded in self._uses else 2)
        lists = self._lists
        one = {folded for other in _shorter_or_swapped(typed) if (folded := fold_word(other)) in self._uses}
        two: set[str] = set()
        if allowed:
            for word in vocabulary_matches(typed, self._alike(typed, allowed), COMPARED):
                if len(word) > 2:  # zzzz is folded to z, which is near to everything of one letter
                    (one if slips(typed, word) < 2 else two).add(word)
        elif len(typed) > 1 and typed.isalpha():
            near = process.extract(typed, lists.short, scorer=OSA.distance, score_cutoff=1, limit=None)
            one.update(word for word, _, _ in near)
        bones = _bones(folded)
        if len(bones) >= FEWEST_BONES:
            first, last = _range(lists.bones, bones)
            if bones != folded:
                last = bisect_right(lists.bones, bones, first, last)
            two.update(lists.boned[first:last])
        one.discard(folded)
        two -= one | {folded}
        return self._commonest(one, limit), self._commonest(two, limit)

    def _alike(self, typed: str, allowed: int) -> list[str]:
        """Words that share so much with a typed one that they can be `allowed` slips away."""
        lists = self._lists
        alike = list(self._fresh)
        for form in {typed, fold_word(typed)}:
            front = max(2, (len(form) + 1) // 3) if allowed > 1 else len(form) // 2
            back = front if allowed > 1 else len(form) - front
            first, last = _range(lists.words, form[:front])
            alike += lists.words[first:last]
            first, last = _range(lists.backwards, form[len(form) - back :][::-1])
            alike += lists.ending[first:last]
        return alike

    def _commonest(self, words: Iterable[str], limit: int) -> list[str]:
        return sorted(words, key=lambda word: (-self._uses[word], word))[:limit]


def _bones(word: str) -> str:
    """The consonants of a folded word: what stays when vowels are heard otherwise, or not written."""
    return word.translate(_NO_VOWELS)


def _shorter_or_swapped(word: str) -> Iterator[str]:
    """The word with a letter left out, or two neighbours swapped: what such a slip spoilt is folded anew."""
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]
        yield word[:place] + word[place : place + 2][::-1] + word[place + 2 :]


def _range(words: list[str], beginning: str) -> tuple[int, int]:
    return bisect_left(words, beginning), bisect_left(words, beginning + AFTER)


_LOADED: WeakKeyDictionary[Engine, Vocabulary] = WeakKeyDictionary()
_LOCK = threading.Lock()


def vocabulary(connection: Connection) -> Vocabulary:
    """The vocabulary of this database, up to date as the connection's transaction sees it."""
    with _LOCK:
        known = _LOADED.setdefault(connection.engine, Vocabulary())
        known.refresh(connection)
        return known
