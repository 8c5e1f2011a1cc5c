"""People by words: beginnings of whole names first (a B-tree), then the words of names, then all words; only
where that finds few, a slip or another way of writing words apart is forgiven.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice, permutations, product

from sqlalchemy import Connection, bindparam, select

from db.candidates import Candidates
from db.full_text import full_text
from db.models import people
from db.vocabulary import AFTER, Vocabulary
from ilp_desk.domain.text.search import Word
from ilp_desk.domain.text.vocabulary import ONE_SLIP_FROM, joins, splits

FEW = 5
"""Fewer people than this, and a slip is looked for as well."""

LISTED = range(3, 6)
"""Letters of a beginning for which the full text keeps a list of its own."""

WHOLE_WORDS = 12
"""Any other beginning that only so many words have is asked for by these words: their lists need not be merged."""

NEAR = 24
"""Words that nearly match, at most, for each word typed."""

LIKELY = 10
"""The same, where people carry all words as they were typed, only nobody carries all of them."""

GUESSES = 5
"""The same, where several words have to be guessed at once."""

OF_EACH = 10
"""People of one guessed name, at most."""

SHORTEST_PART = 3
"""Letters of the parts a word is taken apart into."""

FEW_WORDS = 3
"""Up to so many words are tried in every order, where too many names carry them; and are all guessed at, where none
does."""

_s = people.person_search
_NAMES = (
    select(_s.c.person_id)
    .where(_s.c.name >= bindparam("first"), _s.c.name < bindparam("last"))
    .order_by(_s.c.name, _s.c.person_id)
    .limit(bindparam("most"))
)

Ask = Callable[[Connection, Sequence[Sequence[str]], int], list[int]]
"""`people_named` or `people_with` of `db.full_text`."""


class WordSearch:
    """The words of one question on one connection; fills `found`."""

    def __init__(self, connection: Connection, known: Vocabulary, found: Candidates) -> None:
        self.connection, self.known, self.found = connection, known, found
        self.text = full_text(connection)
        self._guessed: dict[str, tuple[list[str], list[str]]] = {}

    def find(self, words: Sequence[Word]) -> None:
        """Names that begin so, then names with these words, then people who carry them anywhere, then what is near."""
        self._whole_names(words)
        forms = [self.forms(word) for word in words]
        most = self.found.limit + len(self.found.ids)
        named = self.carriers(self.text.people_named, forms, most)
        if len(named) == most and len(words) <= FEW_WORDS:
            for order in permutations(words):
                self._whole_names(order)
        self.found.add(named)
        if len(self.found.ids) < FEW:
            for asked in self._together_or_apart(words, forms):
                self._add_slipped(self.carriers(self.text.people_named, asked, self.found.limit))
            self.found.apart |= self.found.slipped
        most = self.found.limit + len(self.found.ids)
        self.found.add(self.carriers(self.text.people_with, forms, most), self.found.beside)
        if len(self.found.ids) < FEW:
            self._forgiving(words, forms)

    def _whole_names(self, words: Sequence[Word]) -> None:
        """Names that begin with the words in this order."""
        front = "".join(f"{word.folded} " for word in words[:-1])
        for last in words[-1].beginnings:
            if self.found.missing > 0:
                first = front + last
                asked = {"first": first, "last": first + AFTER, "most": self.found.limit}
                self.found.add(self.connection.execute(_NAMES, asked).scalars().all())

    def forms(self, word: Word) -> list[str]:
        """What to ask the full text for; empty where nobody carries such a word."""
        forms: list[str] = []
        for beginning in word.beginnings:
            whole = self.known.words(beginning, 1 if len(beginning) in LISTED else WHOLE_WORDS)
            if whole is None:
                forms.append(f"{beginning}*")
            else:
                forms += whole
        return forms

    def carriers(self, ask: Ask, forms: Sequence[Sequence[str]], most: int) -> list[int]:
        """Who carries a form of every word, as far as the list has room; the rarest word leads."""
        if self.found.missing <= 0 or not all(forms):
            return []
        return ask(self.connection, sorted(forms, key=self._carried), most)

    def _carried(self, forms: Sequence[str]) -> int:
        return sum(self.known.uses(form.removesuffix("*")) for form in forms)

    def _forgiving(self, words: Sequence[Word], forms: list[list[str]]) -> None:
        """One word at a time written otherwise, or all that nobody carries; if that leads to nobody, any of the words.
        Several short words are abbreviations: they are taken as they are.

        Names first; an address or a relative is forgiven only a word that nobody carries as typed.
        """
        unknown = [place for place, form in enumerate(forms) if not form]
        places = unknown or range(len(words))
        short = [place for place in places if len(words[place].plain) < ONE_SLIP_FROM]
        near = {place: self._guess(words[place]) for place in places if len(short) < 2 or place not in short}
        for ask in (self.text.people_named, self.text.people_with) if unknown else (self.text.people_named,):
            for guesses in _guesses(near, unknown):
                if len(self.found.slipped) < FEW:
                    asked = [guesses.get(place, form) for place, form in enumerate(forms)]
                    who = self.carriers(ask, asked, self.found.limit)
                    if len(who) == self.found.limit:
                        self._other_names(words, guesses)
                    self._add_slipped(who)
            if self.found.slipped:
                return
        if not self.found.ids and 1 < len(words) <= FEW_WORDS:
            loose = []
            for word, form in zip(words, forms):
                one, two = self._guess(word)
                loose.append([*form, *one[:GUESSES], *(two[:GUESSES] if len(words) < FEW_WORDS else ())])
            self._add_slipped(self.carriers(self.text.people_named, loose, self.found.limit))

    def _other_names(self, words: Sequence[Word], guesses: dict[int, list[str]]) -> None:
        """Whole names with some words replaced, then longer ones: most of the list for the likeliest guess, few of each
        other one."""
        choices = [guesses.get(place, [word.folded]) for place, word in enumerate(words)]
        names = [" ".join(chosen) for chosen in islice(product(*choices), NEAR)]
        for end in ("\0", AFTER):
            most = self.found.limit if len(names) == 1 else self.found.limit * 3 // 5
            for name in names:
                asked = {"first": name, "last": name + end, "most": most}
                self._add_slipped(self.connection.execute(_NAMES, asked).scalars().all())
                most = OF_EACH

    def _guess(self, word: Word) -> tuple[list[str], list[str]]:
        """Words one slip away, and words further off (`Vocabulary.near`)."""
        if word.spelt not in self._guessed:
            self._guessed[word.spelt] = self.known.near(word.spelt, NEAR)
        return self._guessed[word.spelt]

    def _add_slipped(self, who: Iterable[int]) -> None:
        self.found.add(who, self.found.slipped)

    def _together_or_apart(self, words: Sequence[Word], forms: list[list[str]]) -> Iterator[list[list[str]]]:
        for place, joined in joins([word.plain for word in words]):
            whole = self.known.words(joined, WHOLE_WORDS)
            if whole:
                yield [*forms[:place], whole, *forms[place + 2 :]]
        for place, word in enumerate(words):
            parts = [pair for pair in splits(word.plain, self.known) if min(map(len, pair)) >= SHORTEST_PART]
            if parts:
                left, right = max(parts, key=lambda pair: min(map(self.known.uses, pair)))
                yield [*forms[:place], [left], [f"{right}*"], *forms[place + 1 :]]


def _guesses(near: dict[int, tuple[list[str], list[str]]], unknown: list[int]) -> Iterator[dict[int, list[str]]]:
    """What may stand for the words at these places, the nearest first: one place after the other, or all together if
    nobody carries several of them. A word that people carry as it was typed is taken for one slip only."""
    if len(unknown) > 1:
        yield {place: (one or two)[:GUESSES] for place, (one, two) in near.items()}
        yield {place: [*one, *two] for place, (one, two) in near.items()}
    else:
        yield from ({place: one[: NEAR if unknown else LIKELY]} for place, (one, _) in near.items() if one)
        yield from ({place: two} for place, (_, two) in near.items() if two and place in unknown)
