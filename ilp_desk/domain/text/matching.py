"""Whether two records may be the same person: points with their reasons in words, for a warning, never for a merge.

The points are those of ilp-reference 8.6. Two rules stand above their sum: twins are two people, and nobody becomes
the same person by living in the same house with the same birthday.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from rapidfuzz.distance import OSA

from ilp_desk.domain.person import Precision, Sex
from ilp_desk.domain.text.dates import PartialDate
from ilp_desk.domain.text.likeness import name_likeness, same_words
from ilp_desk.domain.text.names import baby_of, text_tokens, tokens
from ilp_desk.domain.text.spelling import plain

SAME_FROM: Final = 80
POSSIBLE_FROM: Final = 60
FULL: Final = 100

_NAME: Final = 40
_BIRTH: Final = 40
_BIRTH_NEARLY: Final = 15
_BIRTH_MONTH: Final = 25
_MOTHER: Final = 20
_NAMED_LATER: Final = 20
_PHONE: Final = 15
_HOME: Final = 10
_BPJS: Final = 60
_OTHER_SEX: Final = -40
_OTHER_NIK: Final = -20

_ALIKE: Final = 0.65
"""Names less alike than this are different names and earn nothing; from here points rise to the full 40."""
_SAME_MOTHER: Final = 0.85
_NIK_SLIPS: Final = 2


class Level(StrEnum):
    """SAME: offer the other record at once; POSSIBLE: warn; NONE: be quiet."""

    SAME = "same"
    POSSIBLE = "possible"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Identity:
    """What is known of a person when duplicates are looked for. Numbers as digits, empty if not known.

    area: desa with RT and RW, or the address, in words. birth_order: place among twins, None if not told.
    """

    name: str
    sex: Sex = Sex.UNKNOWN
    birth: PartialDate | None = None
    nik: str = ""
    bpjs: str = ""
    kk: str = ""
    mother: str = ""
    phone: str = ""
    area: str = ""
    birth_order: int | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """points: 0 to 100. reasons: short phrases, what speaks for it first: join them with a dot or comma."""

    points: int
    level: Level
    reasons: tuple[str, ...]


class _Evidence(NamedTuple):
    """points: for or against; doubt: keeps the level below SAME whatever the sum."""

    points: int = 0
    reason: str = ""
    doubt: bool = False


_NOTHING: Final = _Evidence()


def score(a: Identity, b: Identity) -> Match:
    """How likely two records are one person; the order of the two does not matter."""
    words_a, words_b = tokens(a.name), tokens(b.name)
    name = _name(a, b, words_a, words_b)
    birth = _birth(a.birth, b.birth)
    mother = _mother(a, b)
    sex = _sex(a.sex, b.sex)
    if a.nik and a.nik == b.nik:
        against = tuple(e.reason for e in (birth, sex) if e.points <= 0 and e.reason)
        return Match(FULL, Level.SAME, ("NIK sama", name.reason or "nama berbeda", *against))
    bpjs = _Evidence(_BPJS, "No. BPJS sama") if a.bpjs and a.bpjs == b.bpjs else _NOTHING
    phone = _Evidence(_PHONE, "nomor telepon sama") if a.phone and a.phone == b.phone else _NOTHING
    evidence = [name, birth, mother, bpjs, phone, _home(a, b), sex, _nik(a.nik, b.nik)]
    points = max(0, min(FULL, sum(e.points for e in evidence)))
    reasons = [e.reason for e in evidence if e.reason]
    doubt = any(e.doubt for e in evidence)
    if birth.points == _BIRTH and (mother.points or (a.kk and a.kk == b.kk)):
        differ = not same_words(words_a, words_b)
        if _order_differs(a, b) or (differ and (sex.points or not name.points)):
            return Match(min(points, POSSIBLE_FROM - 1), Level.NONE, (*reasons, "saudara kembar"))
        if differ and not baby_of(a.name) and not baby_of(b.name):
            doubt = True
            reasons.append("mungkin saudara kembar")
    if not name.points and not bpjs.points:
        points = min(points, POSSIBLE_FROM - 1)
    elif doubt:
        points = min(points, SAME_FROM - 1)
    return Match(points, _level(points), tuple(reasons))


def _level(points: int) -> Level:
    if points >= SAME_FROM:
        return Level.SAME
    return Level.POSSIBLE if points >= POSSIBLE_FROM else Level.NONE


def _name(a: Identity, b: Identity, words_a: tuple[str, ...], words_b: tuple[str, ...]) -> _Evidence:
    mother_a, mother_b = baby_of(a.name), baby_of(b.name)
    if (mother_a is None) != (mother_b is None):
        if a.birth and b.birth and _same_woman(mother_a or tokens(a.mother), mother_b or tokens(b.mother)):
            return _Evidence(_NAMED_LATER, "mungkin bayi yang baru diberi nama", doubt=True)
        return _NOTHING
    like = name_likeness(words_a, words_b)
    if like < _ALIKE:
        return _NOTHING
    points = round(_NAME * (like - 0.5) / 0.5)
    if words_a != words_b:
        return _Evidence(points, "nama mirip")
    same = plain(a.name).split() == plain(b.name).split()
    return _Evidence(points, "nama sama" if same else "ejaan nama mirip")


def _birth(a: PartialDate | None, b: PartialDate | None) -> _Evidence:
    if a is None or b is None:
        return _NOTHING
    other = _Evidence(0, "tanggal lahir berbeda")
    if a.precision == b.precision == Precision.DAY:
        if a.day == b.day:
            return _Evidence(_BIRTH, "tanggal lahir sama")
        if a.day.year == b.day.year and (a.day.day, a.day.month) == (b.day.month, b.day.day):
            return _Evidence(_BIRTH_NEARLY, "tanggal dan bulan lahir tertukar")
        if (a.day.day, a.day.month) == (b.day.day, b.day.month) and abs(a.day.year - b.day.year) == 1:
            return _Evidence(_BIRTH_NEARLY, "tahun lahir beda satu")
        return other
    if not a.may_be(b):
        return other
    if Precision.ESTIMATED in (a.precision, b.precision):
        return _Evidence(_BIRTH_NEARLY, "umur kira-kira sama")
    if Precision.YEAR in (a.precision, b.precision):
        return _Evidence(_BIRTH_NEARLY, "tahun lahir sama")
    return _Evidence(_BIRTH_MONTH, "bulan lahir sama")


def _mother(a: Identity, b: Identity) -> _Evidence:
    mother_a, mother_b = tokens(a.mother) or baby_of(a.name) or (), tokens(b.mother) or baby_of(b.name) or ()
    if not mother_a or not mother_b:
        return _NOTHING
    if _same_woman(mother_a, mother_b):
        return _Evidence(_MOTHER, "nama ibu sama" if mother_a == mother_b else "nama ibu mirip")
    return _Evidence(0, "nama ibu berbeda", doubt=True)


def _same_woman(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    return name_likeness(a, b) >= _SAME_MOTHER


def _home(a: Identity, b: Identity) -> _Evidence:
    if a.kk and a.kk == b.kk:
        return _Evidence(_HOME, "No. KK sama")
    one, other = set(text_tokens(a.area)), set(text_tokens(b.area))
    shared = one & other
    if shared and (one == other or (len(shared) > 1 and shared in (one, other))):
        return _Evidence(_HOME, "alamat sama")
    return _NOTHING


def _sex(a: Sex, b: Sex) -> _Evidence:
    if Sex.UNKNOWN in (a, b) or a is b:
        return _NOTHING
    return _Evidence(_OTHER_SEX, "jenis kelamin berbeda", doubt=True)


def _nik(a: str, b: str) -> _Evidence:
    if not a or not b:
        return _Evidence(0, "NIK belum tercatat")
    if OSA.distance(a, b, score_cutoff=_NIK_SLIPS) <= _NIK_SLIPS:
        return _Evidence(0, "NIK hampir sama")
    return _Evidence(_OTHER_NIK, "NIK berbeda", doubt=True)


def _order_differs(a: Identity, b: Identity) -> bool:
    """Told, or written behind the name: By. Ny. Rosmaini 1 and 2."""
    return (_order(a) or 0) != (_order(b) or 0) and bool(_order(a) and _order(b))


def _order(person: Identity) -> int | None:
    if person.birth_order is not None:
        return person.birth_order
    last = tokens(person.name)[-1:]
    return int(last[0]) if baby_of(person.name) and last[0].isdecimal() else None
