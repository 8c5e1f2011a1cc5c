"""Who may be meant by a question: ids from the indexes, the likeliest source first, never more than the list holds.

Words go through the beginnings of whole names first (a B-tree), then through the words of names, then through all
words; only where that finds few, one slip or another way of writing words apart is forgiven.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import permutations

from sqlalchemy import Connection, bindparam, select

from db.full_text import full_text
from db.models import people
from db.search_index import IDENTIFYING, Kind
from db.vocabulary import AFTER, Vocabulary
from ilp_desk.domain.text.dates import PartialDate
from ilp_desk.domain.text.identifiers import record_key
from ilp_desk.domain.text.search import Identifier, Number, Question, Word
from ilp_desk.domain.text.vocabulary import joins, splits

FEW = 5
"""Fewer people than this, and a slip is looked for as well."""

WHOLE_WORDS = 12
"""A long beginning that only so many words have is asked for by these words: their lists need not be merged."""

NEAR = 24
"""Words that nearly match, at most, for each word typed."""

MIXED = 400
"""People looked at, at most, where words stand beside a number or a date."""

IN_ORDERS = 3
"""Names of up to so many words are looked for in every order of the words typed."""

_s, _k, _p = people.person_search, people.person_key, people.person
_NAMES = (
    select(_s.c.person_id)
    .where(_s.c.name >= bindparam("first"), _s.c.name < bindparam("last"))
    .order_by(_s.c.name, _s.c.person_id)
    .limit(bindparam("most"))
)
_KEYS = (
    select(_k.c.value, _k.c.kind, _k.c.person_id)
    .where(_k.c.kind == bindparam("kind"), _k.c.value >= bindparam("first"), _k.c.value < bindparam("last"))
    .order_by(_k.c.value, _k.c.person_id)
    .limit(bindparam("most"))
)
_BORN = (
    select(_p.c.id)
    .where(_p.c.born_on >= bindparam("first"), _p.c.born_on <= bindparam("last"), _p.c.voided_at.is_(None))
    .order_by(_p.c.born_on, _p.c.id)
    .limit(bindparam("most"))
)

_KINDS: dict[Identifier, tuple[Kind, ...]] = {
    Identifier.NIK: (Kind.NIK,),
    Identifier.KK: (Kind.KK,),
    Identifier.BPJS: (Kind.BPJS,),
    Identifier.RECORD: (Kind.RECORD, Kind.SHORT),
    Identifier.PHONE: (Kind.PHONE,),
    Identifier.IHS: (),
}


@dataclass(slots=True)
class Candidates:
    """ids in the order they were found. exact: whose whole number was typed; slipped: found by forgiving."""

    limit: int
    ids: dict[int, None] = field(default_factory=dict)
    exact: set[int] = field(default_factory=set)
    slipped: set[int] = field(default_factory=set)

    @property
    def missing(self) -> int:
        """How many still find room in the list."""
        return self.limit - len(self.ids)

    def add(self, found: Iterable[int], *, slipped: bool = False) -> None:
        for person_id in found:
            if self.missing <= 0:
                return
            if person_id not in self.ids:
                self.ids[person_id] = None
                if slipped:
                    self.slipped.add(person_id)


class Search:
    """One question on one connection."""

    def __init__(self, connection: Connection, known: Vocabulary, limit: int) -> None:
        self.connection, self.known, self.limit = connection, known, limit
        self.text = full_text(connection)
        self.found = Candidates(limit)

    # -- numbers and dates

    def by_number(self, number: Number) -> None:
        """Whole identifiers alone if there are any; else what begins with the digits, or was born on that day."""
        keys = self._keys(number, self.limit * 2)
        wanted = {number.digits, number.record, number.phone} - {""}
        self.found.exact = {who for value, kind, who in keys if kind in IDENTIFYING and value in wanted}
        if self.found.exact:
            self.found.add(who for _, _, who in keys if who in self.found.exact)
            return
        if number.birth is not None:
            self.found.add(self._born(number.birth, self.limit))
        self.found.add(who for _, _, who in keys)

    def by_record_text(self, text: str) -> None:
        """A record number of another scheme, with separators that read like something else (123/05/99)."""
        key = record_key(text)
        if len(key) >= 3 and any(char.isdigit() for char in key):
            keys = self._range_of_keys(key, (Kind.RECORD, Kind.SHORT), self.limit)
            self.found.exact = {who for value, kind, who in keys if value == key and kind == Kind.RECORD}
            self.found.add(self.found.exact or [who for _, _, who in keys])

    def by_birth(self, birth: PartialDate) -> None:
        self.found.add(self._born(birth, self.limit))

    def mixed(self, question: Question) -> None:
        """Words beside numbers or a date: whoever is found by either; the caller keeps who answers all of it."""
        self.found.limit = MIXED * 3
        for number in question.numbers:
            self.found.add(who for _, _, who in self._keys(number, MIXED))
            if number.birth is not None:
                self.found.add(self._born(number.birth, MIXED))
        if question.birth is not None:
            self.found.add(self._born(question.birth, MIXED))
        if question.words:
            words = [self._forms(word) for word in question.words]
            as_words = [*words, *([f"{number.digits}*"] for number in question.numbers if len(number.digits) in (3, 4))]
            if all(as_words):
                self.found.add(self.text.people_with(self.connection, self._rarest_first(as_words), MIXED))
            if all(words):
                self.found.add(self.text.people_named(self.connection, self._rarest_first(words), MIXED))

    def _keys(self, number: Number, most: int) -> list[tuple[str, str, int]]:
        kinds = [kind for identifier in number.kinds for kind in _KINDS[identifier]]
        plain = [kind for kind in kinds if kind is not Kind.PHONE]
        found = self._range_of_keys(number.record, plain, most) if number.record else []
        if number.phone and Kind.PHONE in kinds:
            found += self._range_of_keys(number.phone, (Kind.PHONE,), most)
        return sorted(found, key=lambda key: key[0])

    def _range_of_keys(self, value: str, kinds: Sequence[Kind], most: int) -> list[tuple[str, str, int]]:
        """(value, kind, person) of each kind, as many as `most` of each."""
        found: list[tuple[str, str, int]] = []
        for kind in kinds:
            asked = {"kind": str(kind), "first": value, "last": value + AFTER, "most": most}
            found += [tuple(row) for row in self.connection.execute(_KEYS, asked).all()]
        return found

    def _born(self, birth: PartialDate, most: int) -> list[int]:
        asked = {"first": birth.earliest, "last": birth.latest, "most": most}
        return list(self.connection.execute(_BORN, asked).scalars().all())

    # -- words

    def by_words(self, words: Sequence[Word]) -> None:
        self._whole_names(words)
        forms = [self._forms(word) for word in words]
        if all(forms):
            asked = self._rarest_first(forms)
            for ask in (self.text.people_named, self.text.people_with):
                if self.found.missing > 0:
                    self.found.add(ask(self.connection, asked, self.limit + len(self.found.ids)))
        if len(self.found.ids) < FEW:
            self._forgiving(words, forms)

    def _whole_names(self, words: Sequence[Word]) -> None:
        """Names that begin with the words typed, in every order of a few of them."""
        orders = permutations(words) if len(words) <= IN_ORDERS else [tuple(words)]
        for order in orders:
            front = "".join(f"{word.folded} " for word in order[:-1])
            for last in order[-1].beginnings:
                if self.found.missing <= 0:
                    return
                first = front + last
                asked = {"first": first, "last": first + AFTER, "most": self.limit}
                self.found.add(self.connection.execute(_NAMES, asked).scalars().all())

    def _forms(self, word: Word) -> list[str]:
        """What to ask the full text for; empty where nobody carries such a word."""
        forms: list[str] = []
        for beginning in word.beginnings:
            whole = self.known.words(beginning, WHOLE_WORDS)
            if whole is None:
                forms.append(f"{beginning}*")
            else:
                forms += whole
        return forms

    def _rarest_first(self, forms: Iterable[Sequence[str]]) -> list[Sequence[str]]:
        return sorted(forms, key=self._carried)

    def _carried(self, forms: Sequence[str]) -> int:
        return sum(self.known.uses(form.removesuffix("*")) for form in forms)

    # -- forgiving

    def _forgiving(self, words: Sequence[Word], forms: list[list[str]]) -> None:
        """Words written together or apart, then one word at a time written otherwise, or all that nobody carries.

        Names first; an address or a relative is forgiven only a word that nobody carries as typed.
        """
        unknown = [place for place, form in enumerate(forms) if not form]
        tries = [*self._together_or_apart(words, forms)]
        if len(unknown) < 2:
            for place in unknown or range(len(words)):
                tries.append([*forms[:place], self._near(words[place]), *forms[place + 1 :]])
        else:
            tries.append([form or self._near(word) for word, form in zip(words, forms)])
        for ask in (self.text.people_named, self.text.people_with) if unknown else (self.text.people_named,):
            for asked in tries:
                if all(asked) and self.found.missing > 0:
                    who = ask(self.connection, self._rarest_first(asked), self.limit)
                    self.found.add(who, slipped=True)
            if self.found.slipped:
                return

    def _together_or_apart(self, words: Sequence[Word], forms: list[list[str]]) -> Iterator[list[list[str]]]:
        for place, joined in joins([word.plain for word in words]):
            whole = self.known.words(joined, WHOLE_WORDS)
            if whole:
                yield [*forms[:place], whole, *forms[place + 2 :]]
        for place, word in enumerate(words):
            if not forms[place]:
                for left, right in splits(word.plain, self.known)[:2]:
                    yield [*forms[:place], [left], [f"{right}*"], *forms[place + 1 :]]

    def _near(self, word: Word) -> list[str]:
        return list(self.known.near(word.spelt, NEAR))
