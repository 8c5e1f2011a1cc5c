"""The ICD-10 index of this program: WHO titles and our Indonesian words, made when somebody first searches."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from threading import Lock

from ilp_desk.domain.clinical import Diagnosis, Problem
from ilp_desk.domain.icd import IcdIndex, build_index, find
from ilp_desk.domain.reference.icd_words import FILE
from ilp_desk.domain.reference.in_force import InForce
from ilp_desk.rows.encounter import CodeHit
from resources import icd10_titles

_lock = Lock()
_made: dict[str, IcdIndex] = {}


def index(rules: InForce) -> IcdIndex:
    """The index; the first call takes about a second and belongs off the GUI thread."""
    own = rules.site.get(FILE)
    words = own.uid if own is not None else ""
    with _lock:
        if words not in _made:
            _made[words] = build_index(icd10_titles(), rules.icd)
        return _made[words]


def unlisted(rules: InForce, diagnoses: Iterable[Diagnosis], problems: Sequence[Problem]) -> tuple[Diagnosis, ...]:
    """The diagnoses that last and are not among the known problems yet."""
    known = {p.code for p in problems} | {p.title.casefold() for p in problems}
    rows = rules.icd.rows
    return tuple(
        d
        for d in diagnoses
        if (row := rows.get(d.code)) is not None and row.chronic and not known & {d.code, d.title.casefold()}
    )


def find_codes(rules: InForce, text: str, favourites: Sequence[str] = (), limit: int = 20) -> tuple[CodeHit, ...]:
    """Codes for what was typed, best first. favourites: codes, most used first; alone where nothing is typed."""
    used = {code: len(favourites) - place for place, code in enumerate(favourites)}
    return tuple(
        CodeHit(entry.code, entry.label, entry.title_en, entry.code in used, entry.chronic)
        for entry in find(text, index(rules), used, limit)
    )
