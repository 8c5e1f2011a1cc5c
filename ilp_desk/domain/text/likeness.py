"""How alike two names are, whatever their spelling, order and short forms."""

from __future__ import annotations

from typing import Final

from rapidfuzz.distance import OSA

WEAK: Final = frozenset((
    "muhamad", "siti", "ahmad", "abdul", "abdula", "nur", "sri", "dewi", "putri", "putra", "ni", "i", "wayan",
    "made",
))  # fmt: skip
"""Folded words so common that sharing them says little."""

_INITIAL: Final = 0.85
_PAIR_FROM: Final = 0.6
_PART: Final = 0.7
_TOGETHER: Final = 0.98


def name_likeness(a: tuple[str, ...], b: tuple[str, ...]) -> float:
    """0 to 1 for two names as `names.tokens`; 1 for the same words. The order of the two does not matter.

    A name that is wholly within the other (Budi, Budi Santoso) is at least 0.7; an initial stands for its word.
    """
    if not a or not b:
        return 0.0
    if a == b:
        return 1.0
    if sorted(a) == sorted(b) or "".join(a) == "".join(b):
        return _TOGETHER
    shared, used_a, used_b = 0.0, set[int](), set[int]()
    for like, i, j in _pairs(a, b):
        if i not in used_a and j not in used_b:
            used_a.add(i)
            used_b.add(j)
            shared += like * (_weight(a[i]) + _weight(b[j]))
    found = shared / sum(map(_weight, (*a, *b)))
    return max(found, _PART) if _within(a, b) or _within(b, a) else found


def same_words(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether one name has no word that contradicts the other: equal, in another order, or a part of it."""
    return not set(a) - set(b) or not set(b) - set(a) or "".join(a) == "".join(b)


def _within(part: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    return set(part) <= set(whole) and any(word not in WEAK and len(word) > 2 for word in part)


def _pairs(a: tuple[str, ...], b: tuple[str, ...]) -> list[tuple[float, int, int]]:
    """Every pairing of words worth considering, the most alike first."""
    found: list[tuple[float, int, int]] = []
    for i, left in enumerate(a):
        for j, right in enumerate(b):
            if len(left) == 1 or len(right) == 1:
                like = _INITIAL if left[0] == right[0] else 0.0
                like = 1.0 if left == right else like
            else:
                like = OSA.normalized_similarity(left, right, score_cutoff=_PAIR_FROM)
            if like >= _PAIR_FROM:
                found.append((like, i, j))
    return sorted(found, key=lambda pair: (-pair[0], abs(pair[1] - pair[2]), pair[1] + pair[2]))


def _weight(word: str) -> int:
    return min(len(word), 2 if word in WEAK else 8)
