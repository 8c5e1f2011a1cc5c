"""The words of all people in memory, with how many carry each: which word of a question is rarest, which nearly match.

One vocabulary per engine, loaded at the first search (tens of milliseconds at a million people) and brought up to date
before each one: new words are those with a higher id than the highest known. Counts only order a search, so they are
read anew when the number of people has moved by a tenth.
"""

from __future__ import annotations

import threading
from bisect import bisect_left
from itertools import accumulate
from typing import NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, bindparam, select

from db.models import people
from ilp_desk.domain.text.vocabulary import TWO_SLIPS_FROM, slips_allowed, vocabulary_matches

EVERYBODY = ""
"""The word of `search_word` whose uses are the number of people that can be found."""

AFTER = "\U0010ffff"
"""Sorts behind every letter: the end of a range of beginnings."""

UNSORTED = 200
"""New words kept aside before the sorted lists are made again."""

_w = people.search_word
_SINCE = (
    select(_w.c.id, _w.c.word, _w.c.uses)
    .where(_w.c.id >= bindparam("known"), _w.c.word != EVERYBODY)
    .order_by(_w.c.id)
)
_PEOPLE = select(_w.c.uses).where(_w.c.word == EVERYBODY)


class _Lists(NamedTuple):
    """The words in order, the running sums of their uses, and the words from behind in order."""

    words: list[str]
    sums: list[int]
    backwards: list[str]


class Vocabulary:
    """All folded words. people: how many people can be found."""

    def __init__(self) -> None:
        self.people = 0
        self._loaded_at = 0
        self._last = (0, "")
        self._uses: dict[str, int] = {}
        self._lists = _Lists([], [0], [])
        self._fresh: tuple[str, ...] = ()

    def refresh(self, connection: Connection) -> None:
        """Learn what was added since the last time."""
        self.people = connection.execute(_PEOPLE).scalar() or 0
        added = connection.execute(_SINCE, {"known": self._last[0]}).all()
        if not added or tuple(added[0][:2]) != self._last or abs(self.people - self._loaded_at) * 10 > self._loaded_at:
            self._load(connection)
        elif len(added) > 1:
            self._uses.update((word, uses) for _, word, uses in added)
            self._last = (added[-1].id, added[-1].word)
            self._fresh = (*self._fresh, *(row.word for row in added[1:]))
            if len(self._fresh) > UNSORTED:
                self._sort()

    def _load(self, connection: Connection) -> None:
        rows = connection.execute(_SINCE, {"known": 0}).all()
        self._uses = {word: uses for _, word, uses in rows}
        self._last = (rows[-1].id, rows[-1].word) if rows else (0, "")
        self._loaded_at = self.people
        self._sort()

    def _sort(self) -> None:
        words = sorted(self._uses)
        sums = list(accumulate((self._uses[word] for word in words), initial=0))
        self._lists = _Lists(words, sums, sorted(word[::-1] for word in words if word.isalpha()))
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

    def near(self, word: str, limit: int) -> tuple[str, ...]:
        """Words within the slips `word` forgives, nearest first.

        A slip leaves one half of a word as it is, two slips mostly a third: only words that share it are compared.
        """
        if not slips_allowed(word):
            return ()
        part = len(word) // (3 if len(word) >= TWO_SLIPS_FROM else 2)
        tail = word[-part:] if len(word) >= TWO_SLIPS_FROM else word[part:]
        words, _, backwards = self._lists
        first, last = _range(words, word[:part])
        alike = set(words[first:last])
        first, last = _range(backwards, tail[::-1])
        alike.update(other[::-1] for other in backwards[first:last])
        alike.add(word[: part - 1] + word[part] + word[part - 1] + word[part + 1 :])
        alike.update(self._fresh)
        return vocabulary_matches(word, sorted(alike & self._uses.keys()), limit)


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
