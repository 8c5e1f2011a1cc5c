"""A name read into the words by which a person is found: titles aside, short forms written out, babies told apart."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from ilp_desk.domain.text.spelling import fold_word, plain

TITLES: Final = frozenset((
    "h", "hj", "hjh", "haji", "hajah", "hajjah", "kh", "ust", "ustad", "ustadz", "ustadzah", "dr", "drg", "drs",
    "dra", "ir", "prof", "tn", "tuan", "ny", "nyonya", "nn", "nona", "an", "sdr", "sdri", "bp", "bpk", "bapak",
    "ibu", "alm", "almh", "almarhum", "almarhumah",
))  # fmt: skip
"""Honorifics and degrees before a name. They come and go from card to card, so nobody is found or missed by them."""

LINEAGE: Final = frozenset(["bin", "binti", "binte", "bt", "bte", "ibn"])

BABY: Final = "bayi"
"""The word that stands for By. and Bayi: the child of, not the mother herself."""

_BABY_WORDS: Final = frozenset(("by", "bayi"))
_DEGREES: Final = frozenset((
    "se", "sh", "st", "sp", "skm", "spd", "spdi", "sag", "ssi", "sst", "ssos", "skep", "skeb", "ns", "amd",
    "amdkeb", "amdkep", "amk", "mm", "mpd", "mkes", "msi", "mh", "mkep",
))  # fmt: skip
_DOTTED: Final = re.compile(r"\s*(?:[A-Za-z]{1,4}\.\s?)+(?:[A-Za-z]{1,4})?\.?\s*")
_BEFORE_A_NAME: Final = {"m": "muhamad", "st": "siti"}
_ORDER: Final = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
_AFTER_ABDU: Final = "lrsntdz"  # the article, alone or melted into the next letter: Abdur-Rahman, Abdus-Salam
_GOD: Final = ("lah", "loh", "ah", "oh")


@lru_cache(maxsize=32768)
def word_tokens(word: str) -> tuple[str, ...]:
    """The folded words in one plain word: Abdurrahman and Abdulrahman are read as Abdul Rahman, Abdullah is one."""
    if word.startswith(("abdu", "abdoe")):
        rest = word[5:] if word.startswith("abdoe") else word[4:]
        bare = rest.removeprefix("l")
        if len(rest) > 1 and rest[0] in _AFTER_ABDU and not any(god.startswith(bare) for god in _GOD):
            return ("abdul", *word_tokens(bare))
    return (fold_word(word),)


def tokens(name: str) -> tuple[str, ...]:
    """The folded words of a person's name in their order; never empty unless the text has no letter or digit.

    Left out: titles before the name, degrees behind a comma, bin and binti. M. before a name is Muhammad, St. is Siti.
    `By. Ny. Rosmaini` begins with the word `bayi`.
    """
    words = _words(name)
    found: list[str] = []
    begun = baby = False
    last = len(words) - 1
    for place, (word, folded) in enumerate(words):
        if begun:
            if word not in LINEAGE and folded not in LINEAGE:
                found.append(_ORDER.get(word, folded) if baby else folded)
        elif word in _BABY_WORDS:
            if not baby:
                found.append(BABY)
            baby = True
        elif word not in TITLES and folded not in TITLES:
            begun = True
            found.append(folded if place == last else _BEFORE_A_NAME.get(folded, folded))
    if found or not words:
        return tuple(found)
    return (words[-1][1],)


def fold(name: str) -> str:
    """The words of `tokens` with single spaces: the key by which names are stored, sorted and compared."""
    return " ".join(tokens(name))


def text_tokens(text: str) -> tuple[str, ...]:
    """The folded words of any other text, an address above all. RT 02 / RW 1 become rt2 and rw1."""
    return tuple(place_word(word) for word in plain(join_rt(text)).split())


def place_word(word: str) -> str:
    """One plain word of an address, folded; the usual short forms stand for the same as the whole words."""
    return fold_word(_PLACES.get(word, word))


def join_rt(text: str) -> str:
    """RT and RW joined to their numbers, without leading zeros: `RT 02/RW 1` and `RT 02/01` hold rt2 and rw1."""
    return _RT.sub(r" \1\2 ", _RT_RW.sub(r" rt\1 rw\2 ", text))


def baby_of(name: str) -> tuple[str, ...] | None:
    """The mother's folded words if this is a child not named yet (By. Ny. Rosmaini 2), else None."""
    words = tokens(name)
    if words[:1] != (BABY,) or len(words) < 2:
        return None
    return words[1:-1] if len(words) > 2 and words[-1].isdigit() else words[1:]


_RT_RW: Final = re.compile(r"\brt[ .:]*0*(\d{1,3}) ?/ ?0*(\d{1,3})\b", re.IGNORECASE)
_RT: Final = re.compile(r"\b(rt|rw)[ .:]*0*(\d{1,3})\b", re.IGNORECASE)
_PLACES: Final = {
    "jl": "jalan", "jln": "jalan", "gg": "gang", "ds": "desa", "dsn": "dusun", "kp": "kampung", "kel": "kelurahan",
    "kec": "kecamatan", "kab": "kabupaten", "jr": "jorong", "nag": "nagari", "lk": "lingkungan", "komp": "kompleks",
    "blk": "blok", "prm": "perumahan", "perum": "perumahan",
}  # fmt: skip


def _words(name: str) -> list[tuple[str, str]]:
    """Plain words and how they are folded, degrees behind a comma left out."""
    head, comma, tail = name.partition(",")
    words = plain(head).split()
    if comma:
        for piece in tail.split(","):
            if not words or not (_DOTTED.fullmatch(piece) or plain(piece).replace(" ", "") in _DEGREES):
                words += plain(piece).split()
    pairs: list[tuple[str, str]] = []
    for word in words:
        folded = word_tokens(word)
        if len(folded) == 1:
            pairs.append((word, folded[0]))
        else:
            pairs.extend(zip(folded, folded))
    return pairs
