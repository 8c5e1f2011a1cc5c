"""Importing people from a list: in small batches that never hold the desk up, and nothing is guessed.

A batch is one transaction of at most `BATCH` rows, so that the write lock is held for about ten milliseconds. Who
is there already with the same NIK or record number is skipped; a number of somebody else is refused; what looks alike
is imported and listed as suspected; what is wrong is left out with its reasons. The same file imported twice adds
nothing the second time, and a dry run tells what the real one does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from ilp_desk.domain.import_places import Places, places_of
from ilp_desk.domain.import_rows import ImportRow, understand
from ilp_desk.domain.person import Family, FamilyMembership, Person, Precision, Sex
from ilp_desk.domain.record import new_uid
from ilp_desk.domain.site import Area
from ilp_desk.domain.staff import MANAGERS, Actor
from ilp_desk.domain.text.names import fold
from ilp_desk.ports import UnitOfWork
from ilp_desk.rows.importing import ImportReport, WhatIsKnown
from ilp_desk.services.import_doubles import Fate, Seen, Stored, judge
from ilp_desk.services.numbering import keep_numbers, next_record_number
from ilp_desk.services.tables import UnreadableTable, rows_of
from ilp_desk.work import Service, command, question

BATCH = 10
LOOK = 500
"""Rows a dry run looks at in one reading."""
KEPT_AT_ONCE = 200
"""Record numbers set aside in one transaction."""
NAMED = 10
"""Places named in the report."""
MOST_NAMES = 1000
"""Names counted at most, where somebody took the column of addresses for the villages."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Remarked:
    """A row there is something to say about.

    noted: something of it is left empty or put elsewhere; unknown_place: a village or hamlet not in the area tree.
    """

    line: int
    cells: tuple[str, ...]
    fate: Fate
    reasons: tuple[str, ...]
    noted: bool = False
    unknown_place: str = ""

    @property
    def added(self) -> bool:
        return self.fate.kept


@dataclass(frozen=True, slots=True)
class BatchDone:
    """What became of a batch."""

    added: int
    remarks: tuple[Remarked, ...]


class Importing(Service):
    """People from CSV or XLSX; the file itself is read by the command."""

    def run(
        self,
        actor: Actor,
        rows: Iterable[tuple[int, Sequence[str]]],
        mapping: Mapping[str, int],
        *,
        numbers: Iterable[str] = (),
        dry: bool = False,
    ) -> Iterator[tuple[ImportReport, BatchDone]]:
        """Import row by row of (line, cells); tells after each batch how things stand.

        numbers: all record numbers of the list, set aside first, so that none of them is given to a row without one.
        dry: everything is looked at and nothing is stored.
        """
        if not dry:
            for some in batches(filter(None, numbers), KEPT_AT_ONCE):
                self.keep(actor, tuple(some))
        report, names = ImportReport(), Counter[str]()
        places, seen = self.places(actor), Seen()
        for batch in batches(rows, LOOK if dry else BATCH):
            today = self.tools.clock.today()
            read = tuple(understand(line, cells, mapping, places, today) for line, cells in batch)
            done = self.look(actor, read, seen) if dry else self.store(actor, read, seen)
            report = _with(report, len(batch), done, names)
            yield report, done

    def heading(self, path: Path) -> tuple[str, ...]:
        """The titles of a file's columns; raises UnreadableTable."""
        for _, cells in rows_of(path):
            return cells
        raise UnreadableTable(f"{path.name} kosong. Baris pertama harus judul kolom.")

    @question("import.places", MANAGERS)
    def places(self, uow: UnitOfWork) -> Places:
        """The catchment by name."""
        return places_of(uow.all(Area))

    @command("import.keep", MANAGERS)
    def keep(self, uow: UnitOfWork, numbers: tuple[str, ...]) -> None:
        """Set record numbers aside: none of them is given out any more."""
        keep_numbers(uow, numbers)

    @question("import.look", MANAGERS)
    def look(self, uow: UnitOfWork, rows: tuple[ImportRow, ...], seen: Seen) -> BatchDone:
        """What would become of these rows. seen: the rows before, to which those that would be added are joined."""
        good, remarks = _sorted(uow, rows, seen)
        return BatchDone(len(good), tuple(remarks))

    @command("import.people", MANAGERS)
    def store(self, uow: UnitOfWork, rows: tuple[ImportRow, ...], seen: Seen) -> BatchDone:
        """Store the good rows of one batch. seen: as with `look`."""
        good, remarks = _sorted(uow, rows, seen)
        if not good:
            return BatchDone(0, tuple(remarks))
        keep_numbers(uow, [r.record_number for r in good if r.record_number])
        families = self._families(uow, good)
        persons = []
        for row in good:
            family = families.get(row.reading.kk)
            person = self._person(row, family)
            if not row.record_number:
                number = next_record_number(uow, person, family, person.relationship)
                person = replace(person, record_number=number)
            persons.append(person)
        uow.add_many(persons)
        uow.add_many(
            [
                FamilyMembership(
                    uid=new_uid(),
                    person_uid=p.uid,
                    family_uid=p.family_uid,
                    relationship=p.relationship,
                    since=uow.today,
                )
                for p in persons
                if p.family_uid
            ]
        )
        uow.index_people([p.uid for p in persons])
        uow.announce("person", "")
        return BatchDone(len(persons), tuple(remarks))

    @command("search.rebuild", MANAGERS)
    def rebuild_search(self, uow: UnitOfWork) -> int:
        """Make the whole search index anew; gives the number of people in it."""
        return uow.rebuild_search()

    def _families(self, uow: UnitOfWork, rows: list[ImportRow]) -> dict[str, Family]:
        """Families of the batch by KK, new ones stored."""
        wanted = _those(r.reading.kk for r in rows)
        found = {f.kk: f for f in uow.all(Family, kk=list(wanted))} if wanted else {}
        for row in rows:
            kk = row.reading.kk
            if kk and kk not in found:
                head = next((r for r in rows if r.reading.kk == kk and r.form.relationship == "head"), row)
                found[kk] = uow.add(
                    Family(
                        uid=new_uid(),
                        kk=kk,
                        head_name=head.reading.name if head.form.relationship == "head" else "",
                        area_uid=row.form.area_uid or None,
                        address=row.form.address,
                        rt=row.form.rt,
                        rw=row.form.rw,
                    )
                )
        return found

    def _person(self, row: ImportRow, family: Family | None) -> Person:
        form, read = row.form, row.reading
        values: dict[str, Any] = {
            name: getattr(form, name)
            for name in ("birth_place", "relationship", "mother_name", "address", "payer", "occupation", "rt", "rw")
        }
        return Person(
            uid=new_uid(),
            name=read.name,
            sex=read.sex if read.sex is not Sex.UNKNOWN else read.nik_sex,
            born_on=read.birth.day if read.birth else None,
            born_precision=read.birth.precision if read.birth else Precision.ESTIMATED,
            nik=read.nik,
            bpjs=read.bpjs,
            phone=read.phone,
            record_number=row.record_number,
            family_uid=family.uid if family else None,
            area_uid=form.area_uid or None,
            outside=form.outside_text if form.outside else "",
            complete=not read.missing,
            **values,
        )


def _those(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({v for v in values if v}))


def batches(things: Iterable[T], size: int) -> Iterator[list[T]]:
    """One list of so many things after the other."""
    batch: list[T] = []
    for thing in things:
        batch.append(thing)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def _sorted(uow: UnitOfWork, rows: tuple[ImportRow, ...], seen: Seen) -> tuple[list[ImportRow], list[Remarked]]:
    """Rows to be stored, and remarks on them and on the others."""
    births = {r.reading.birth.day for r in rows if r.reading.birth}
    known = uow.ask(
        WhatIsKnown(
            _those(r.reading.nik for r in rows),
            _those(r.record_number for r in rows),
            _those(r.reading.bpjs for r in rows),
            _those(fold(r.reading.name) for r in rows),
            tuple(sorted(births)),
        )
    )
    stored = Stored(known)
    good: list[ImportRow] = []
    remarks: list[Remarked] = []
    for row in rows:
        fate, reasons = judge(row, (seen, stored))
        if fate.kept:
            good.append(row)
            seen.add(row)
        if reasons:
            remarks.append(Remarked(row.line, row.cells, fate, reasons, bool(row.notes), row.unknown_place))
    return good, remarks


def _with(report: ImportReport, rows: int, done: BatchDone, names: Counter[str]) -> ImportReport:
    """The report with one more batch of so many rows; names: unknown places so far, counted on."""
    fates = Counter(remark.fate for remark in done.remarks)
    unknown = [r.unknown_place for r in done.remarks if r.added and r.unknown_place]
    names.update(name for name in unknown if name in names or len(names) < MOST_NAMES)
    return ImportReport(
        seen=report.seen + rows,
        added=report.added + done.added,
        skipped=report.skipped + fates[Fate.THERE],
        wrong=report.wrong + fates[Fate.REFUSED],
        suspected=report.suspected + fates[Fate.SUSPECTED],
        noted=report.noted + sum(1 for r in done.remarks if r.added and r.noted),
        unplaced=report.unplaced + len(unknown),
        places=tuple(names.most_common(NAMED)),
    )
