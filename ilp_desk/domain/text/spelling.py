"""One word folded to the letters by which it is found, whichever spelling it was written in.

Indonesian names are written by ear and by three orthographies (Van Ophuijsen until 1947, Soewandi until 1972, today's),
with Arabic, Javanese and Dutch habits on top. Folding makes the usual variants equal. It is for finding and comparing,
never for showing: it may join two different names, so whoever shows results ranks by the letters as typed.
Beginnings fold to beginnings as far as possible; where more letters may still change the reading, `beginnings` says so.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_APOSTROPHES: Final = "'`´’‘ʼʻʾʿ′＇"
_ASCII: Final[dict[int, str | None]] = {
    code: chr(code) if chr(code).isalnum() else None if chr(code) in _APOSTROPHES else " " for code in range(128)
}
_VOWEL: Final = "[aeiou]"


def _step(pattern: str, put: str) -> tuple[re.Pattern[str], str]:
    return re.compile(pattern), put


_FOLDS: Final = (
    _step(r"^noo+r", "nur"),  # Noor, Noorhayati: the Dutch long vowel of Nur
    _step(r"([a-z])\1+", r"\1"),  # Anna/Ana, Annisa/Anisa, Jannah/Janah, Syafii/Syafi
    _step(r"oe", "u"),  # Soeharto, Noer: before 1947
    _step(r"^chandr", "candr"),  # the few ch- that are heard as c, not as the Arabic kh
    _step(r"^char(?=[lm])", "car"),
    _step(r"^ch(?=[eiy])", "c"),  # Chintia, Chelsea
    _step(r"chr", "kr"),  # Christina/Kristina
    _step(r"c(?=[bdfgklmnpqrstvwz])", "k"),  # Clara/Klara, Cristian/Kristian
    _step(r"tj", "c"),  # Tjipto: before 1972, as are dj, nj, sj and j for y
    _step(r"jh", "j"),  # Jhoni/Joni
    _step(r"dj", "j"),
    _step(r"j", "y"),  # Jusuf/Yusuf, Njoman/Nyoman; with dj one class, so Djoko/Joko and Widjaja/Wijaya too
    _step(r"[ck]h", "h"),  # Achmad/Akhmad/Ahmad, Chairul/Khairul/Hairul, Rochman/Rohman
    _step(r"ph", "f"),  # Sophia/Sofia
    _step(r"([gdtb])h", r"\1"),  # Ghani/Gani, Ridho/Rido, Fathur/Fatur, Bhakti/Bakti
    _step(r"^rh", "r"),  # Rhoma/Roma
    _step(rf"syh|sy(?={_VOWEL})|sh", "s"),  # Syamsul/Samsul, Sholeh/Soleh, Asyhari/Ashari
    _step(rf"ts(?={_VOWEL})", "s"),  # Utsman/Usman, Tsania/Sania
    _step(r"dz", "z"),  # Dzikri/Zikri
    _step(r"q", "k"),  # Taufiq/Taufik, Rizqi/Rizki
    _step(r"x", "ks"),  # Alex/Aleks
    _step(r"v", "f"),  # Novi/Nofi, Silvia/Silfia
    _step(r"ae", "ai"),  # Zaenal/Zainal, Nuraeni/Nuraini
    _step(r"ao", "au"),  # Faozi/Fauzi
    _step(r"ie", "i"),  # Arief/Arif, Syarief/Syarif
    _step(r"iy", "i"),  # Heriyanto/Herianto, Aliyah/Aliah
    _step(r"uw", "u"),  # Suwandi/Suandi, Juwariyah/Juariah
    # Inside a word only: a P or Z that begins a name is seldom written otherwise, and folding it would mix
    # Zul with Sul and Puji with Fuji in every short search.
    _step(r"(?<=.)p", "f"),  # Arifin/Aripin, Sofyan/Sopian, Latif/Latip
    _step(r"(?<=.)z", "s"),  # Aziz/Azis, Rizki/Riski, Nurhaliza/Nurhalisa
    _step(r"(?<=[^aeiou])y", "i"),  # Suryadi/Suriadi, Evy/Evi, Dyah/Diah
    _step(rf"(?<=.)y(?!{_VOWEL})", "i"),  # Aysah/Aisah, Roy/Roi
    _step(r"^moha", "muha"),  # Mohamad, Mochammad, Mokhamad
    _step(r"(?<=..[a-z])h+$", ""),  # Fatimah/Fatima, Aisyah/Aisya; short words keep it (Moh, Yah)
)

_SHORT_FORMS: Final = {
    "muhamad": (
        "moh", "muh", "mohd", "muhd", "mhd", "mhmd", "moch", "much", "mokh", "mukh", "mochd", "muchd", "mohmad",
        "muhmad", "muhamed", "muhamat",
    ),
    "ahmad": ("ach", "akh", "achm", "ahmed"),
    "abdul": ("abd", "abdl", "abdur", "abdus", "abdun", "abdut", "abdud", "abduz"),
    "siti": ("sti", "stie"),
}  # fmt: skip
_EXACTLY: Final = {form: word for word, forms in _SHORT_FORMS.items() for form in forms}
"""Short forms that stand for a whole word wherever they stand."""

_UNSETTLED: Final = {
    "c": (("ha", 1), ("ra", 2)),
    "ch": (("ra", 2),),
    "d": (("ja", 1), ("za", 1)),
    "h": (("a", 1),),
    "j": (("a", 1),),
    "k": (("ha", 1),),
    "o": (("e", 0),),
    "p": (("ha", 1),),
    "t": (("ja", 1), ("sa", 1)),
    "ts": (("a", 1),),
    "y": (("a", 1),),
}
"""Endings that a next letter may still turn into something else: what may follow, and how many letters of its own it
adds to the folding."""


def plain(text: str) -> str:
    """Lower-case words with one kind of separator: no accents, apostrophes, punctuation or control characters.

    Apostrophes vanish (Nu'man is numan), everything else that is no letter or digit becomes a space.
    """
    if text.isascii():
        return text.lower().translate(_ASCII)
    return plain_with_origin(text)[0]


def plain_with_origin(text: str) -> tuple[str, list[int]]:
    """`plain`, and for each of its characters the place in `text` it came from."""
    letters: list[str] = []
    origin: list[int] = []
    for place, shown in enumerate(text):
        for char in unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", shown).lower()):
            if char in _APOSTROPHES or unicodedata.category(char) in {"Mn", "Me", "Cf"}:
                continue
            if shown.isalnum() and not char.isalnum():
                continue  # ¼ is one sign, not two words
            letters.append(char if char.isalnum() else " ")
            origin.append(place)
    return "".join(letters), origin


@lru_cache(maxsize=32768)
def fold_word(word: str) -> str:
    """The folded letters of one word that came out of `plain`. Folding what is folded changes nothing."""
    folded = _EXACTLY.get(word)
    if folded is None:
        folded = fold_letters(word)
        folded = _EXACTLY.get(folded, folded)
    return folded


@lru_cache(maxsize=4096)
def beginnings(word: str) -> tuple[str, ...]:
    """What folded names may begin with if their letters begin with `word`; the likeliest first, none within another.

    `sud` is the beginning of Sudarto and of Sudjana, `moh` of Mohamad (Muhammad) and of Mohtar.
    """
    found = [fold_word(word), fold_letters(word)]
    if word.startswith("ch"):
        found.append(fold_letters("c" + word[2:]))
    for tail in (word[-1:], word[-2:]):
        for more, own in _UNSETTLED.get(tail, ()):
            folded = fold_letters(word + more)
            found.append(folded[: len(folded) - own])
    kept: list[str] = []
    for form in found:
        if form and not any(form.startswith(wider) for wider in kept):
            kept.append(form)
    return tuple(kept)


def fold_letters(word: str) -> str:
    """A plain word by the rules alone, short forms left as they are. Again until nothing changes: what one rule makes
    may be what another waits for."""
    while True:
        folded = word
        for pattern, put in _FOLDS:
            folded = pattern.sub(put, folded)
        if folded == word:
            return folded
        word = folded
