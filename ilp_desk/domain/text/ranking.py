"""Best first: which of the people found answers a search best, and which only nearly."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from ilp_desk.domain.text.dates import PartialDate
from ilp_desk.domain.text.search import Question, Word
from ilp_desk.domain.text.spelling import plain
from ilp_desk.domain.text.vocabulary import ONE_SLIP_FROM, slips, slips_allowed


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person found by the store.

    key: the store's own; folded: `names.fold(name)`; others: the other folded words (mother, address, area);
    active: not dead or moved; exact: an identifier equals the number typed.
    """

    key: int
    name: str
    folded: str
    birth: PartialDate | None = None
    others: tuple[str, ...] = ()
    active: bool = True
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Ranked:
    """similar: a word is spelt differently or needed a slip forgiven; shown as `mirip`."""

    key: int
    similar: bool


class _Fit(IntEnum):
    """How well the worst of the typed words fits; anything beyond BESIDE is a guess."""

    NAME = 0
    BESIDE = 1
    SLIP = 2  # or written together or apart
    NONE = 3


_WHOLE: Final = 3.0
_BEGINNING: Final = 2.0
_AS_TYPED: Final = 1.0
_IN_ORDER: Final = 1.0
_SAME_NAME: Final = 1.5
_TITLE: Final = 0.5
_UNASKED: Final = 0.1


def rank(question: Question, candidates: Iterable[Candidate]) -> tuple[Ranked, ...]:
    """All candidates, best first. Order: exact identifier; all words in the name, or beside it (address, mother), or
    with a slip; active before dead and moved; whole words before beginnings, letters as typed before other spellings,
    the order of the name before any other; then by name. The same question and people give the same order.
    """
    judged = sorted(_judge(question, candidate) for candidate in candidates)
    return tuple(Ranked(key, similar) for *_, key, similar in judged)


def _judge(question: Question, person: Candidate) -> tuple[bool, int, bool, float, str, int, bool]:
    tokens = person.folded.split()
    shown = f" {plain(person.name)} "
    free = set(range(len(tokens)))
    fit, points, similar = _Fit.NAME, 0.0, False
    before, whole = -1, bool(question.words)
    for word in question.words:
        level, gain, place = _place(word, tokens, free, person.others)
        as_typed = level is _Fit.BESIDE or f" {word.plain}" in shown
        fit = max(fit, level)
        similar = similar or not as_typed
        whole = whole and gain == _WHOLE
        points += gain + (_AS_TYPED if as_typed else 0.0)
        if place is not None:
            free.discard(place)
            points += _IN_ORDER if place == before + 1 else 0.0
            before = place
    points += sum(_TITLE for word in question.weak if f" {word.plain}" in shown)
    if whole and not free:
        points += _SAME_NAME
    points -= _UNASKED * len(free)
    if question.birth is not None and not (person.birth and question.birth.may_be(person.birth)):
        fit = _Fit.NONE
    return not person.exact, fit, not person.active, -points, shown, person.key, similar


def _place(word: Word, tokens: list[str], free: set[int], others: tuple[str, ...]) -> tuple[_Fit, float, int | None]:
    """How a typed word fits a person, what that is worth, and which word of the name it took."""
    best: int | None = None
    for place in sorted(free):
        token = tokens[place]
        if token == word.folded:
            return _Fit.NAME, _WHOLE, place
        if best is None and token.startswith(word.beginnings):
            best = place
    if best is not None:
        return _Fit.NAME, _BEGINNING, best
    if any(token.startswith(word.beginnings) for token in others):
        return _Fit.BESIDE, _BEGINNING, None
    near = [(miss, place) for place in free if (miss := word_slips(word, tokens[place])) is not None]
    if near:
        miss, place = min(near)
        return _Fit.SLIP, 1.0 / miss, place
    if len(word.folded) >= ONE_SLIP_FROM and word.folded in "".join(tokens):
        return _Fit.SLIP, 1.0, None
    if any(word_slips(word, token) is not None for token in others):
        return _Fit.SLIP, 0.5, None
    return _Fit.NONE, 0.0, None


def word_slips(word: Word, token: str) -> int | None:
    """The slips between a typed word and a folded one (or its beginning, while the word may still grow); None if more
    than forgiven."""
    spelt = word.spelt
    allowed = slips_allowed(spelt)
    if not allowed:
        return None
    found = slips(spelt, token)
    if word.open and found > allowed and len(token) > len(word.folded):
        found = slips(spelt, token[: len(word.folded)])
    return max(found, 1) if found <= allowed else None
