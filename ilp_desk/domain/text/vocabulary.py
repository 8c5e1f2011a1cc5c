"""Words that nearly match: one slip of the fingers, words written together or apart."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from itertools import pairwise
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from ilp_desk.domain.text.spelling import fold_word

ONE_SLIP_FROM: Final = 4
TWO_SLIPS_FROM: Final = 7
"""Letters typed. Two slips so early, because one wrong key inside dj, sy, kh or ya changes two letters of the folded
word: from 9 letters on, a twenty-fifth of all single slips went unforgiven."""


def slips_allowed(typed: str) -> int:
    """How many slips a typed word of this length forgives: none below 4 letters, one below 7, then two."""
    if len(typed) < ONE_SLIP_FROM or typed.isdigit():
        return 0
    return 1 if len(typed) < TWO_SLIPS_FROM else 2


def slips(typed: str, token: str) -> int:
    """Letters wrong, missing, too many or swapped with their neighbour between a typed word (plain or folded) and a
    folded one; if there are more than allowed, one more than that.

    The nearer of two readings counts: the word as folded and as typed, for a slip may spoil the folding.
    """
    allowed = slips_allowed(typed)
    return min(int(OSA.distance(form, token, score_cutoff=allowed)) for form in {typed, fold_word(typed)})


def vocabulary_matches(typed: str, vocabulary: Sequence[str], limit: int = 20) -> tuple[str, ...]:
    """The words of a vocabulary (folded) within the slips a typed word (`Word.spelt`) forgives, the nearest first.

    The word itself is left out: it needs no forgiving. While a word is still being typed, pass `opening` of the
    vocabulary as well and search what comes back as beginnings.
    """
    allowed = slips_allowed(typed)
    if not allowed:
        return ()
    folded = fold_word(typed)
    near: dict[str, int] = {}
    for form in {typed, folded}:
        for word, distance, _ in process.extract(
            form, vocabulary, scorer=OSA.distance, score_cutoff=allowed, limit=None
        ):
            near[word] = min(int(distance), near.get(word, allowed))
    near.pop(folded, None)
    return tuple(sorted(near, key=lambda word: (near[word], word[:1] != folded[:1], word))[:limit])


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
