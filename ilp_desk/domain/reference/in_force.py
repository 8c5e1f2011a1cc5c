"""Our files and those of a Puskesmas as they run together: whatever it laid, the desk always gets rules that pass."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ilp_desk.domain.reference.icd_words import FILE as ICD
from ilp_desk.domain.reference.icd_words import IcdTable, load_icd_words
from ilp_desk.domain.reference.loader import FILES, Reference, load
from ilp_desk.domain.reference.overlay import only, parse
from ilp_desk.domain.reference.reading import BadReference
from ilp_desk.domain.site_files import SiteFile

if TYPE_CHECKING:
    from ilp_desk.domain.reference.instruments import Instruments

Raw = Mapping[str, Mapping[str, Any]]
_STRANGE = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What plain data of a form nobody thought of may end in."""


@dataclass(frozen=True)
class Shipped:
    """The files the program brings. reference is read at the start, the others where they are wanted."""

    reference: Raw
    read_instruments: Callable[[], Raw]
    read_icd: Callable[[], Mapping[str, Any]]

    @cached_property
    def instruments(self) -> Raw:
        return self.read_instruments()

    @cached_property
    def icd(self) -> Mapping[str, Any]:
        return self.read_icd()

    @cached_property
    def alone(self) -> InForce:
        """Our files without any of a Puskesmas: the same for every desk of a process, so they are read once."""
        return InForce(ours=self, reference=check(self, {}), site={})

    @property
    def names(self) -> tuple[str, ...]:
        """Every file there is: those of the start, the words for ICD-10, the instruments."""
        return (*FILES, ICD, *self.instruments)

    def file(self, name: str) -> Mapping[str, Any] | None:
        """One file as plain data; None for a name we do not have."""
        if name == ICD:
            return self.icd
        return self.reference[name] if name in self.reference else self.instruments.get(name)


@dataclass(frozen=True, slots=True)
class Refused:
    """A file of the Puskesmas that cannot be used. instead: the version of its own that runs, empty: ours alone."""

    file: SiteFile
    trouble: BadReference
    instead: str


@dataclass(frozen=True, kw_only=True)
class InForce:
    """What runs. site: the files of the Puskesmas laid over ours, by name; refused: those that could not be."""

    ours: Shipped
    reference: Reference
    site: Mapping[str, SiteFile]
    refused: tuple[Refused, ...] = ()

    @cached_property
    def site_raw(self) -> Raw:
        return _parsed(self.site)

    @cached_property
    def instruments(self) -> Instruments:
        return _instruments(self.ours, self.site_raw, self.reference)

    @cached_property
    def icd(self) -> IcdTable:
        return load_icd_words(self.ours.icd, self.site_raw.get(ICD))


def combine(ours: Shipped, kept: Sequence[SiteFile], today: date) -> InForce:
    """What runs on a day. kept: the live files of the Puskesmas, oldest first.

    Of each name the newest version valid on the day is laid over ours. One that does not pass gives way to the version
    before it, then to ours, until the whole passes. Raises BadReference only where our own files are bad.
    """
    versions: dict[str, list[SiteFile]] = {}
    for file in kept:
        if file.covers(today):
            versions.setdefault(file.name, []).append(file)
    if not versions:
        return ours.alone
    bad: list[tuple[SiteFile, BadReference]] = []
    while True:
        chosen = {name: files[-1] for name, files in versions.items() if files}
        try:
            reference = check(ours, _parsed(chosen))
        except BadReference as trouble:
            if not chosen:
                raise
            bad.append((versions[_guilty(ours, chosen, trouble)].pop(), trouble))
            continue
        refused = (Refused(file, why, chosen[file.name].version if file.name in chosen else "") for file, why in bad)
        return InForce(ours=ours, reference=reference, site=chosen, refused=tuple(refused))


def check(ours: Shipped, site: Raw) -> Reference:
    """All files with those of a Puskesmas (plain data by name) laid over; raises BadReference, whatever is in them."""
    try:
        return _check(ours, site)
    except _STRANGE as trouble:
        name = next(iter(site), "") if len(site) == 1 else ""
        raise BadReference(name, "", "isinya tidak dapat dibaca; bandingkan susunannya dengan contoh") from trouble


def check_shipped(ours: Shipped) -> None:
    """All our own files, those too that are read only where they are wanted; raises BadReference."""
    reference = load(ours.reference)
    load_icd_words(ours.icd)
    _instruments(ours, {}, reference)


def _check(ours: Shipped, site: Raw) -> Reference:
    for name, raw in site.items():
        if name not in FILES and name != ICD and "instrument" not in raw and name not in ours.instruments:
            raise BadReference(name, "", "nama berkas tidak dikenal")
    reference = load(ours.reference, {name: raw for name, raw in site.items() if name in FILES})
    if ICD in site:
        load_icd_words(ours.icd, site[ICD])
    if "danger_signs" in site or any(map(is_instrument, site)):
        _instruments(ours, site, reference)
    return reference


def is_instrument(name: str) -> bool:
    """Whether a file that passed belongs to the instruments."""
    return name not in FILES and name != ICD


def _instruments(ours: Shipped, site: Raw, reference: Reference) -> Instruments:
    from ilp_desk.domain.reference.instrument_files import load_instruments  # not for the start of every desk

    own = {name: raw for name, raw in site.items() if is_instrument(name)}
    return load_instruments(ours.instruments, own, reference.signs.dangers.by_code)


def _parsed(chosen: Mapping[str, SiteFile]) -> Raw:
    return {name: only(parse(name, file.content), file.changes) for name, file in chosen.items()}


def _guilty(ours: Shipped, chosen: Mapping[str, SiteFile], trouble: BadReference) -> str:
    """The name whose file must give way: the one that is named; else the first without which the rest passes."""
    if trouble.file in chosen:
        return trouble.file
    newest_last = list(chosen)
    for name in reversed(newest_last):
        try:
            check(ours, _parsed({other: file for other, file in chosen.items() if other != name}))
        except BadReference:
            continue
        return name
    return newest_last[-1]
