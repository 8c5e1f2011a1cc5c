"""The ICD-10 index of this program: WHO titles and our Indonesian words, made when somebody first searches."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock

from ilp_desk.domain.icd import IcdIndex, build_index, find
from ilp_desk.domain.reference.icd_words import FILE, load_icd_words
from ilp_desk.rows.encounter import CodeHit
from resources import icd10_titles, read

_lock = Lock()
_made: list[IcdIndex] = []


def index() -> IcdIndex:
    """The index; the first call takes about a second and belongs off the GUI thread."""
    with _lock:
        if not _made:
            _made.append(build_index(icd10_titles(), load_icd_words(read(FILE))))
        return _made[0]


def find_codes(text: str, favourites: Sequence[str] = (), limit: int = 20) -> tuple[CodeHit, ...]:
    """Codes for what was typed, best first. favourites: codes, most used first; alone where nothing is typed."""
    used = {code: len(favourites) - place for place, code in enumerate(favourites)}
    return tuple(
        CodeHit(entry.code, entry.label, entry.title_en, entry.code in used, entry.chronic)
        for entry in find(text, index(), used, limit)
    )
