"""Words that nearly match: one slip of the fingers, words written together or apart."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from itertools import pairwise
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from ilp_desk.domain.text.spelling import fold_word

ONE_SLIP_FROM: Final = 4
TWO_SLIPS_FROM: Final = 9


def slips_allowed(token: str) -> int:
    """How many slips a word of this length forgives: none below 4 letters, one below 9, then two."""
    if len(token) < ONE_SLIP_FROM or token.isdigit():
        return 0
    return 1 if len(token) < TWO_SLIPS_FROM else 2


def slips(typed: str, token: str) -> int:
    """Letters wrong, missing, too many or swapped with their neighbour; one more than allowed if there are more."""
    allowed = slips_allowed(typed)
    return int(OSA.distance(typed, token, score_cutoff=allowed))


def vocabulary_matches(token: str, vocabulary: Sequence[str], limit: int = 20) -> tuple[str, ...]:
    """The words of a vocabulary (folded) within the slips this folded word forgives, the nearest first.

    The word itself is left out: it needs no forgiving. While a word is still being typed, pass `opening` of the
    vocabulary instead and search what comes back as beginnings.
    """
    allowed = slips_allowed(token)
    if not allowed:
        return ()
    near = process.extract(token, vocabulary, scorer=OSA.distance, score_cutoff=allowed, limit=None)
    found = sorted((distance, word[:1] != token[:1], word) for word, distance, _ in near if distance)
    return tuple(word for _, _, word in found[:limit])


def opening(vocabulary: Iterable[str], letters: int) -> tuple[str, ...]:
    """The different beginnings of that many letters. Costs a pass over all words: keep the outcome per length."""
    return tuple(dict.fromkeys(word[:letters] for word in vocabulary if len(word) >= letters))


def joins(words: Sequence[str]) -> tuple[tuple[int, str], ...]:
    """Neighbouring plain words written as one and folded, each with the place of its first: the card may say
    Nurhaliza where somebody typed Nur Haliza."""
    return tuple(
        (place, fold_word(left + right))
        for place, (left, right) in enumerate(pairwise(words))
        if left.isalpha() and right.isalpha()
    )


def splits(word: str, known: Container[str]) -> tuple[tuple[str, str], ...]:
    """A plain word taken apart where both folded parts are known words; the longest beginning first."""
    parts = ((fold_word(word[:cut]), fold_word(word[cut:])) for cut in range(len(word) - 2, 1, -1))
    return tuple(pair for pair in parts if pair[0] in known and pair[1] in known)
