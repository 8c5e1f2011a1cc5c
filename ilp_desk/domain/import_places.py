"""Places of a patient list found in the area tree, however a clerk wrote them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from ilp_desk.domain.site import Area
from ilp_desk.domain.text.names import place_word, text_tokens
from ilp_desk.domain.text.spelling import plain

KINDS: Final = frozenset(map(place_word, ("desa", "nagari", "kelurahan", "dusun", "jorong", "lingkungan")))
"""What may stand before the name of a place; lists and area trees leave it out as they like."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody lives. area_uid: the smallest known area; outside: in words, who lives elsewhere.

    rest: part of the address that no area stands for. unknown: the name that was not found; note: a sentence about it.
    """

    area_uid: str = ""
    outside: str = ""
    rest: str = ""
    unknown: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Places:
    """The catchment by name. villages: name -> uid; hamlets: uid of a village -> name -> uid."""

    villages: Mapping[str, str] = field(default_factory=dict)
    hamlets: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def find(self, village: str, hamlet: str) -> Place:
        """The place of a row. Nothing is guessed and nothing lost: what is not known stays in words, with a note."""
        if not village:
            note = f"Dusun “{hamlet}” tanpa desa: ditulis di alamat."
            return Place(rest=hamlet, unknown=hamlet, note=note) if hamlet else Place()
        village_uid = _find(self.villages, village)
        if not village_uid:
            note = f"Desa “{village}” tidak dikenal: dicatat di luar wilayah."
            return Place(outside=f"{hamlet}, {village}" if hamlet else village, unknown=village, note=note)
        if not hamlet:
            return Place(village_uid)
        hamlet_uid = _find(self.hamlets.get(village_uid, {}), hamlet)
        if hamlet_uid:
            return Place(hamlet_uid)
        note = f"Dusun “{hamlet}” tidak dikenal di {village}: ditulis di alamat."
        return Place(village_uid, rest=hamlet, unknown=f"{hamlet}, {village}", note=note)


def places_of(areas: Iterable[Area]) -> Places:
    """The villages of the area tree and the hamlets right below them."""
    known = list(areas)
    villages = [area for area in known if area.level == "village"]
    return Places(
        _names(villages),
        {v.uid: _names(a for a in known if a.level == "hamlet" and a.parent_uid == v.uid) for v in villages},
    )


@lru_cache(maxsize=4096)
def _exact(name: str) -> str:
    """Case, blanks and signs aside."""
    return " ".join(plain(name).split())


@lru_cache(maxsize=4096)
def _loose(name: str) -> str:
    """Spelling and the kind of place aside too."""
    words = text_tokens(name)
    while len(words) > 1 and words[0] in KINDS:
        words = words[1:]
    return " ".join(words)


def _find(names: Mapping[str, str], name: str) -> str:
    return names.get(_exact(name)) or names.get(_loose(name), "")


def _names(areas: Iterable[Area]) -> dict[str, str]:
    """The exact name goes before the loose one; a name that two areas share means neither."""
    some = list(areas)
    return _only_ones((_loose(a.name), a.uid) for a in some) | _only_ones((_exact(a.name), a.uid) for a in some)


def _only_ones(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, set[str]] = {}
    for name, uid in pairs:
        found.setdefault(name, set()).add(uid)
    return {name: uids.pop() for name, uids in found.items() if len(uids) == 1 and name}
