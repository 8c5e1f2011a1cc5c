"""What was typed into the search box, read: words, numbers, a birth date, a scanned card, in any order."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from ilp_desk.domain.text.dates import PartialDate
from ilp_desk.domain.text.identifiers import BPJS_LENGTH, NIK_LENGTH, phone_key, record_key
from ilp_desk.domain.text.names import BABY, LINEAGE, TITLES, join_rt, place_word, word_tokens
from ilp_desk.domain.text.spelling import beginnings, fold_word, plain
from ilp_desk.domain.text.typed_dates import MONTH_PATTERN, DateError, read_birth

MAX_WORDS: Final = 8
"""Words beyond these do not narrow a search any more; a pasted letter must not cost one."""

MAX_LETTERS: Final = 200

_SCAN: Final = re.compile(r"ILP1:([0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12})", re.IGNORECASE)
_IHS: Final = re.compile(r"[pP]\d{11}")
_CODE: Final = re.compile(r"[A-Za-z]{1,4}[-./]?\d[\dA-Za-z./-]*|\d[\d./-]*[A-Za-z]{1,3}(?:[-./]\w+)*")
_NUMBERS_ONLY: Final = re.compile(r"\+?\d[\d ./()-]*")
_RUN: Final = re.compile(r"(?<![\w+])\+?\d+(?:[ .-]+\d+)*(?![\w/])")
_DATE: Final = re.compile(
    rf"""(?<![\w./-])(?:
        \d{{1,2}}[/]\d{{1,2}}[/](?:\d{{4}}|\d{{2}})
      | \d{{1,2}}[ ]?[./-][ ]?\d{{1,2}}[ ]?[./-][ ]?\d{{4}}
      | \d{{4}}-\d{{1,2}}-\d{{1,2}}
      | \d{{1,2}}[ ./-]{{0,2}}\b(?:{MONTH_PATTERN})\b[ ./-]{{0,2}}(?:\d{{4}}|\d{{2}})
      | \d{{1,2}}(?:{MONTH_PATTERN})(?:\d{{4}}|\d{{2}})
      | (?:{MONTH_PATTERN})[ ]?\d{{4}}
      | (?:umur|usia)[ ]?\d{{1,3}}(?:[ ]?(?:th|thn|tahun)\b\.?)?
      | \d{{1,3}}[ ]?(?:th|thn|tahun)\b\.?
    )(?![\w/-])""",
    re.VERBOSE | re.IGNORECASE,
)
_UNFINISHED: Final = re.compile(r"(?<![\w./-])\d{1,2}/(?:\d{1,2}(?:/\d{0,3})?)?(?![\w/])")
_RT: Final = re.compile(r"r[tw]\d+", re.IGNORECASE)
_SHORT: Final = {"st": "siti", "by": BABY}


class Identifier(StrEnum):
    """The numbers a person is found by."""

    NIK = "nik"
    KK = "kk"
    BPJS = "bpjs"
    RECORD = "record"
    PHONE = "phone"
    IHS = "ihs"


@dataclass(frozen=True, slots=True)
class Word:
    """One typed word. plain: its letters; beginnings: what folded words may begin with, the likeliest first, any of
    them will do; open: it is the last one and nothing stands behind it, so it may still grow."""

    plain: str
    beginnings: tuple[str, ...]
    open: bool = False

    @property
    def folded(self) -> str:
        return self.beginnings[0]

    @property
    def spelt(self) -> str:
        """What slips are looked for in: the word as typed, unless that was a short form or two words in one."""
        return self.plain if fold_word(self.plain) == self.folded else self.folded


@dataclass(frozen=True, slots=True)
class Number:
    """A run of digits (or a code with few letters), whole or the beginning of one.

    digits: without separators, empty for a code with letters. record: as record numbers are stored. phone: as telephone
    numbers are stored, empty if it cannot be one. kinds: the identifiers it can be or begin, the likeliest first.
    birth: the date it can be as well; then either will do.
    """

    digits: str
    record: str
    phone: str
    kinds: tuple[Identifier, ...]
    birth: PartialDate | None = None

    @property
    def whole(self) -> bool:
        """Whether this is as long as a NIK, KK or BPJS number is."""
        return len(self.digits) in {NIK_LENGTH, BPJS_LENGTH}


@dataclass(frozen=True, slots=True)
class Question:
    """Everything that was asked; a person must answer all of it.

    weak: titles (hj, ny, an): ask with them first, then without. uid: of a scanned card. problem: a sentence if a date
    cannot be (the rest is still asked).
    """

    words: tuple[Word, ...] = ()
    weak: tuple[Word, ...] = ()
    numbers: tuple[Number, ...] = ()
    birth: PartialDate | None = None
    uid: str | None = None
    problem: str = ""

    @property
    def empty(self) -> bool:
        """Whether there is nothing to search by (yet)."""
        return not (self.words or self.numbers or self.birth or self.uid)

    @property
    def only_number(self) -> Number | None:
        """The number, if nothing else was typed: an identifier that may open a person at once."""
        return self.numbers[0] if len(self.numbers) == 1 and not (self.words or self.birth) else None


def read_question(text: str, today: date) -> Question:
    """Read a search text. Never raises, whatever was typed, scanned or pasted."""
    typed = _clean(text)
    if scan := _SCAN.fullmatch(typed.strip()):
        return Question(uid=scan[1].lower())
    whole = typed.strip()
    if _IHS.fullmatch(whole):
        return Question(numbers=(Number("", record_key(whole), "", (Identifier.IHS, Identifier.RECORD)),))
    rest = join_rt(typed) if not _NUMBERS_ONLY.fullmatch(whole) else typed
    birth, problem, rest = _take_birth(rest, today)
    numbers: list[Number] = []
    if birth is None and not problem and _CODE.fullmatch(whole) and " " not in whole and not _RT.fullmatch(whole):
        return Question(numbers=(Number("", record_key(whole), "", (Identifier.RECORD,)),))
    rest = _UNFINISHED.sub(" ", rest)
    for run in _RUN.findall(rest):
        numbers.append(_number(run, today))
    rest = _RUN.sub(" ", rest)
    words, weak = _words(rest, growing=plain(rest[-1:] or " ") != " ")
    return Question(words, weak, tuple(numbers), birth, None, problem)


def _clean(text: str) -> str:
    """One line of plain width, without what cannot be seen; long texts are cut."""
    kept: list[str] = []
    for char in unicodedata.normalize("NFKC", text[:MAX_LETTERS]):
        kind = unicodedata.category(char)
        if kind == "Cc":
            kept.append(" ")
        elif kind != "Cf":
            kept.append(char)
    return re.sub(r"\s+", " ", "".join(kept)).lstrip()


def _take_birth(typed: str, today: date) -> tuple[PartialDate | None, str, str]:
    """The birth date in a text, the sentence if it cannot be one, and what remains of the text."""
    found = _DATE.search(typed)
    if not found:
        return None, "", typed
    rest = typed[: found.start()] + " " + typed[found.end() :]
    try:
        return read_birth(found[0], today), "", rest
    except DateError as error:
        return None, error.sentence, rest


def _number(run: str, today: date) -> Number:
    digits = "".join(char for char in run if char.isdigit())
    international = run.startswith("+")
    kinds: list[Identifier] = []
    if not international:
        if len(digits) == BPJS_LENGTH:
            kinds.append(Identifier.BPJS)
        if len(digits) <= NIK_LENGTH and not digits.startswith("0"):
            kinds += [Identifier.NIK, Identifier.KK]
        kinds.append(Identifier.RECORD)
        if len(digits) < BPJS_LENGTH:
            kinds.append(Identifier.BPJS)
    phone = phone_key(digits)
    if len(phone) > 14 or phone.startswith("00") or not (international or digits.startswith(("0", "62", "8"))):
        phone = ""
    if phone:
        kinds.append(Identifier.PHONE)
    birth = None if international else _maybe_birth(run, digits, today)
    return Number(digits, digits, phone, tuple(kinds), birth)


def _maybe_birth(run: str, digits: str, today: date) -> PartialDate | None:
    """The date a run of digits can be as well: 03021999, 030299, 3-2-99, 1999."""
    parts = len(re.findall(r"\d+", run))
    if parts != 3 and (parts != 1 or len(digits) not in {4, 6, 8}):
        return None
    try:
        return read_birth(run, today)
    except DateError:
        return None


def _words(rest: str, growing: bool) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
    """Strong and weak words. A title is weak wherever it stands, so the order of words does not matter."""
    typed = plain(rest).split()[:MAX_WORDS]
    strong: list[Word] = []
    weak: list[Word] = []
    for place, word in enumerate(typed):
        is_open = growing and place == len(typed) - 1
        into = weak if word in TITLES or word in LINEAGE else strong
        into.extend(Word(word, forms, is_open) for forms in _forms(word))
    if not strong:
        return tuple(weak), ()
    return tuple(strong), tuple(weak)


def _forms(word: str) -> tuple[tuple[str, ...], ...]:
    """For each folded word in a typed one, the beginnings that will do."""
    parts = word_tokens(word)
    if len(parts) > 1:
        return tuple((part,) for part in parts)
    meant = fold_word(_SHORT[word]) if word in _SHORT else place_word(word)
    return (tuple(dict.fromkeys((meant, *beginnings(word)))),)
