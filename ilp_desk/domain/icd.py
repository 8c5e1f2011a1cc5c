"""Finding an ICD-10 code by code, by Indonesian words, or by the WHO title."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import nsmallest

from ilp_desk.domain.reference.codespans import matches
from ilp_desk.domain.reference.icd_words import IcdTable

_TOKEN = re.compile(r"[a-z0-9]+")
_CODE = re.compile(r"[a-z][0-9]{1,2}(\.?[0-9]{0,2})?")

_EXACT_CODE, _CODE_BEGINS, _SAME_NAME, _LABEL, _SYNONYM, _TITLE = range(6)
_LACKS = 1000
Rank = tuple[int, int, int, int, int]
"""Kind of match, favourites, words in part, length, order of the book: the smallest is the best."""


@dataclass(frozen=True, kw_only=True, slots=True)
class IcdEntry:
    """One code. label_id: Indonesian name, "" if we have none; words: all Indonesian names; chronic: lasts long;
    sensitive: never shown outside the room."""

    code: str
    title_en: str
    label_id: str = ""
    words: tuple[str, ...] = ()
    chronic: bool = False
    sensitive: bool = False

    @property
    def label(self) -> str:
        """The name to show."""
        return self.label_id or self.title_en


Name = tuple[str, ...]
"""The words of one name, folded."""


@dataclass(frozen=True, slots=True)
class _Words:
    """Words in order, and for each the entries it stands in."""

    words: tuple[str, ...]
    entries: tuple[tuple[int, ...], ...]

    def starting(self, beginning: str) -> set[int]:
        found: set[int] = set()
        position = bisect_left(self.words, beginning)
        while position < len(self.words) and self.words[position].startswith(beginning):
            found.update(self.entries[position])
            position += 1
        return found


@dataclass(frozen=True)
class IcdIndex:
    """All codes, found by the beginnings of their words. Built once by `build_index`."""

    entries: tuple[IcdEntry, ...]
    version: str
    by_code: Mapping[str, IcdEntry] = field(repr=False)
    _codes: tuple[str, ...] = field(repr=False)
    _names: tuple[tuple[Name, ...], ...] = field(repr=False)
    _titles: tuple[Name, ...] = field(repr=False)
    _indonesian: _Words = field(repr=False)
    _english: _Words = field(repr=False)

    def get(self, code: str) -> IcdEntry | None:
        """By code as written in the book, with or without its dot, in any case."""
        bare = code.strip().upper().replace(".", "")
        return self.by_code.get(f"{bare[:3]}.{bare[3:]}" if len(bare) > 3 else bare)


def build_index(titles: Iterable[tuple[str, str]], table: IcdTable) -> IcdIndex:
    """From the rows of the book (code, English title) and our words. A code of ours that the book lacks is left out."""
    spans: dict[str, tuple[str, ...]] = {}
    entries = tuple(_entry(code, title, table, spans) for code, title in titles)
    names = tuple(tuple(_tokens(name) for name in entry.words) for entry in entries)
    english = tuple(_tokens(entry.title_en) for entry in entries)
    return IcdIndex(
        entries=entries,
        version=table.rows.version,
        by_code={entry.code: entry for entry in entries},
        _codes=tuple(entry.code.lower().replace(".", "") for entry in entries),
        _names=names,
        _titles=english,
        _indonesian=_gather({word for name in several for word in name} for several in names),
        _english=_gather(set(title) for title in english),
    )


def find(
    text: str, index: IcdIndex, favourites: Mapping[str, int] | None = None, limit: int = 20
) -> tuple[IcdEntry, ...]:
    """Codes for what was typed, best first.

    The code itself, then codes beginning so, those with our words before others, a category we have no words for among
    them; then who is called exactly that, or by that and more, in Indonesian; then
    WHO titles. Every word typed must begin a word of the name, in any order. favourites: code to how often this
    clinician used it; among equally good ones they come first, and alone where nothing is typed.
    """
    used = favourites or {}
    typed = _tokens(text)
    if not typed:
        known = [index.by_code[code] for code in used if code in index.by_code]
        return tuple(sorted(known, key=lambda entry: (-used[entry.code], entry.code))[:limit])
    ranks = _by_code(text, index, used)
    for position in _all_of(typed, index._indonesian):
        if position not in ranks:
            ranks[position] = _named(position, typed, index, used)
    if len(ranks) < limit:
        for position in _all_of(typed, index._english):
            if position not in ranks:
                fit = _fit(typed, index._titles[position])
                ranks[position] = (_TITLE, -used.get(index.entries[position].code, 0), *fit, position)
    best = nsmallest(limit, ranks, key=ranks.__getitem__)
    return tuple(index.entries[position] for position in best)


def _entry(code: str, title: str, table: IcdTable, spans: dict[str, tuple[str, ...]]) -> IcdEntry:
    """spans: what may make codes of a category sensitive, remembered from one code to the next."""
    ours = table.rows.get(code)
    category = code[:3]
    if category not in spans:
        spans[category] = tuple(
            span for span in table.sensitive if matches(category, span) or span.startswith(category)
        )
    return IcdEntry(
        code=code,
        title_en=title,
        label_id=ours.words[0] if ours else "",
        words=ours.words if ours else (),
        chronic=ours.chronic if ours else False,
        sensitive=any(matches(code, span) for span in spans[category]),
    )


def _gather(texts: Iterable[set[str]]) -> _Words:
    places: dict[str, list[int]] = {}
    for position, words in enumerate(texts):
        for word in words:
            places.setdefault(word, []).append(position)
    ordered = sorted(places)
    return _Words(tuple(ordered), tuple(tuple(places[word]) for word in ordered))


def _tokens(text: str) -> Name:
    folded = text.casefold()
    if not folded.isascii():
        folded = unicodedata.normalize("NFKD", folded).encode("ascii", "ignore").decode()
    return tuple(_TOKEN.findall(folded))


def _by_code(text: str, index: IcdIndex, used: Mapping[str, int]) -> dict[int, Rank]:
    typed = text.strip().casefold()
    if _CODE.fullmatch(typed) is None:
        return {}
    bare = typed.replace(".", "")
    return {
        position: (
            _EXACT_CODE if code == bare and (len(bare) > 3 or index.entries[position].words) else _CODE_BEGINS,
            -used.get(index.entries[position].code, 0),
            0 if index.entries[position].words else 1,
            len(code),
            position,
        )
        for position, code in enumerate(index._codes)
        if code.startswith(bare)
    }


def _all_of(typed: Sequence[str], words: _Words) -> set[int]:
    found: set[int] | None = None
    for beginning in sorted(typed, key=len, reverse=True):
        these = words.starting(beginning)
        found = these if found is None else found & these
        if not found:
            return set()
    return found or set()


def _named(position: int, typed: Name, index: IcdIndex, used: Mapping[str, int]) -> Rank:
    fits = [_fit(typed, name) for name in index._names[position]]
    if min(fits) == (0, len(typed)):
        tier = _SAME_NAME
    else:
        tier = _LABEL if fits[0][0] < _LACKS else _SYNONYM
    return tier, -used.get(index.entries[position].code, 0), *min(fits), position


def _fit(typed: Name, name: Name) -> tuple[int, int]:
    """(typed words that are no whole word of the name, words of the name); a name that lacks one comes after all."""
    partial = 0
    for beginning in typed:
        if beginning not in name:
            partial += 1 if any(word.startswith(beginning) for word in name) else _LACKS
    return partial, len(name)
