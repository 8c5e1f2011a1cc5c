"""Which letters of a displayed name answer the words that were typed."""

from __future__ import annotations

from ilp_desk.domain.text.names import word_tokens
from ilp_desk.domain.text.ranking import word_slips
from ilp_desk.domain.text.search import Question, Word
from ilp_desk.domain.text.spelling import fold_letters, plain_with_origin


def marks(name: str, question: Question) -> tuple[tuple[int, int], ...]:
    """The parts of `name` to highlight as (start, end) in Python characters, in order, never overlapping.

    Qt counts UTF-16 units: the two differ in names with characters beyond U+FFFF only. A typed word marks one word of
    the name: the letters typed, those they are another spelling of (noer in Nurhaliza), or with a slip the whole word.
    """
    letters, origin = plain_with_origin(name)
    words = _words(letters)
    found: list[tuple[int, int]] = []
    for asked in (*question.words, *question.weak):
        for start, end in words:
            length = _answered(letters[start:end], asked)
            if length:
                found.append((origin[start], origin[start + length - 1] + 1))
                words.remove((start, end))
                break
    return tuple(sorted(found))


def _words(letters: str) -> list[tuple[int, int]]:
    words: list[tuple[int, int]] = []
    at = 0
    for word in letters.split():
        start = letters.index(word, at)
        at = start + len(word)
        words.append((start, at))
    return words


def _answered(word: str, asked: Word) -> int:
    """How many letters of a plain word answer what was asked; 0 if it is not meant."""
    if word.startswith(asked.plain):
        return len(asked.plain)
    tokens = word_tokens(word)
    if any(token.startswith(asked.beginnings) for token in tokens):
        if len(tokens) > 1:
            return len(word)
        for length in range(1, len(word)):
            if fold_letters(word[:length]).startswith(asked.beginnings):
                return length
        return len(word)
    return len(word) if any(word_slips(asked, token) is not None for token in tokens) else 0
