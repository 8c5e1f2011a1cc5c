"""The ICD-10 index of this program: WHO titles and our Indonesian words, made when somebody first searches."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from threading import Lock

from ilp_desk.domain.clinical import Diagnosis, Problem
from ilp_desk.domain.icd import IcdIndex, build_index, find
from ilp_desk.domain.reference.icd_words import FILE, IcdTable, load_icd_words
from ilp_desk.rows.encounter import CodeHit
from resources import icd10_titles, read

_lock = Lock()
_made: list[IcdIndex] = []


def index() -> IcdIndex:
    """The index; the first call takes about a second and belongs off the GUI thread."""
    with _lock:
        if not _made:
            _made.append(build_index(icd10_titles(), _words()))
        return _made[0]


@lru_cache(maxsize=1)
def _words() -> IcdTable:
    return load_icd_words(read(FILE))


def unlisted(diagnoses: Iterable[Diagnosis], problems: Sequence[Problem]) -> tuple[Diagnosis, ...]:
    """The diagnoses that last and are not among the known problems yet."""
    known = {p.code for p in problems} | {p.title.casefold() for p in problems}
    rows = _words().rows
    return tuple(
        d
        for d in diagnoses
        if (row := rows.get(d.code)) is not None and row.chronic and not known & {d.code, d.title.casefold()}
    )


def find_codes(text: str, favourites: Sequence[str] = (), limit: int = 20) -> tuple[CodeHit, ...]:
    """Codes for what was typed, best first. favourites: codes, most used first; alone where nothing is typed."""
    used = {code: len(favourites) - place for place, code in enumerate(favourites)}
    return tuple(
        CodeHit(entry.code, entry.label, entry.title_en, entry.code in used, entry.chronic)
        for entry in find(text, index(), used, limit)
    )
