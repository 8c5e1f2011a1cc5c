"""What may be told of earlier days: services, doses and instruments, by their code or by what people call them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ilp_desk.domain.reference import Reference

if TYPE_CHECKING:
    from ilp_desk.domain.reference.instruments import Instruments

DOSE, INSTRUMENT = "dose:", "instrument:"
"""Before the code of a vaccine or of an instrument, as the due rules write facts."""
VACCINES, SCREENINGS, SERVICES = "imunisasi", "alat skrining", "layanan"


@dataclass(frozen=True, slots=True)
class Kind:
    """One thing that may have been done. code: the fact; group: what it belongs to, in a word; names: how it may be
    called in a list, folded by `plain`."""

    code: str
    label: str
    group: str
    names: tuple[str, ...]


def kinds_of(reference: Reference, instruments: Instruments, today: date) -> tuple[Kind, ...]:
    """Everything that may be told, vaccines first, each once."""
    table = reference.immunizations
    found = {row.code: (row.label, [row.label]) for row in table.vaccines.on(today)}
    for series in table.series.on(today):
        found.setdefault(series.code, (series.label, []))[1].append(series.label)
    for dose in table.doses.on(today):
        # A book says which dose it was; of a dose its place in the series follows from the days.
        for code in dose.vaccines[:1]:
            if code in found:
                found[code][1].extend((dose.code, dose.label))
    kinds = [_kind(DOSE + code, label, VACCINES, (code, *names)) for code, (label, names) in found.items()]
    for one in instruments.in_force(today):
        kinds.append(_kind(INSTRUMENT + one.code, one.label, SCREENINGS, (one.code, one.label, one.short)))
    closed: dict[str, list[str]] = {}
    for service in reference.services.services.on(today):
        for closing in service.closes:
            if closing.fact in reference.services.facts:
                closed.setdefault(closing.fact, []).extend((service.code, service.name))
    for fact in reference.services.facts.on(today):
        kinds.append(_kind(fact.code, fact.label, SERVICES, (fact.code, fact.label)))
    said = {kind.code: kind for kind in kinds}
    return tuple(_also(kind, closed.get(kind.code, ()), said.values()) for kind in kinds)


def by_name(kinds: Iterable[Kind]) -> Mapping[str, Kind]:
    """Every name to its kind; a name of two kinds means the first."""
    found: dict[str, Kind] = {}
    for kind in kinds:
        for name in kind.names:
            found.setdefault(name, kind)
    return found


def plain(name: str) -> str:
    """A name as it is compared: letters and digits, small."""
    return "".join(sign for sign in name.casefold() if sign.isalnum())


def _kind(code: str, label: str, group: str, names: Iterable[str]) -> Kind:
    return Kind(code, label, group, tuple(dict.fromkeys(plain(name) for name in (code, *names))))


def _also(kind: Kind, names: Iterable[str], all_of_them: Iterable[Kind]) -> Kind:
    """The kind under the names of the services it closes too, where nothing else is called so."""
    taken = {name for other in all_of_them for name in other.names}
    more = tuple(dict.fromkeys(name for name in map(plain, names) if name not in taken))
    return Kind(kind.code, kind.label, kind.group, kind.names + more)
