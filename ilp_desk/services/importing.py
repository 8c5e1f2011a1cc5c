"""Importing people from a list: in small batches that never hold the desk up, and nothing is guessed.

A batch is one transaction of at most `BATCH` rows, so that the write lock is held for some tens of milliseconds. What
is there already with the same NIK or record number is skipped; what looks alike is imported and listed as suspected;
what is wrong is left out with its reasons. The same file imported twice adds nothing the second time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ilp_desk.domain.import_rows import ImportRow, placed, understand
from ilp_desk.domain.person import Family, FamilyMembership, Person, Precision, Sex
from ilp_desk.domain.record import new_uid
from ilp_desk.domain.site import Area
from ilp_desk.domain.staff import MANAGERS, Actor
from ilp_desk.domain.text.names import fold
from ilp_desk.ports import UnitOfWork
from ilp_desk.rows.importing import ImportReport, WhatIsKnown
from ilp_desk.services.numbering import keep_numbers, next_record_number
from ilp_desk.services.tables import UnreadableTable, rows_of
from ilp_desk.work import Service, command, question

BATCH = 40
LOOK = 500
"""Rows a dry run looks at in one reading."""


@dataclass(frozen=True, slots=True)
class Remarked:
    """A row that was not simply added: why, and whether it was added all the same."""

    line: int
    cells: tuple[str, ...]
    added: bool
    reasons: tuple[str, ...]


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
        dry: bool = False,
    ) -> Iterator[tuple[ImportReport, BatchDone]]:
        """Import row by row of (line, cells); tells after each batch how things stand.

        dry: everything is looked at and nothing is stored.
        """
        report = ImportReport()
        places = self.places(actor)
        seen_numbers: set[str] = set()
        for batch in _batches(rows, LOOK if dry else BATCH):
            understood = [
                placed(understand(line, cells, mapping, self.tools.clock.today()), *places) for line, cells in batch
            ]
            fresh, doubled = _not_twice(understood, seen_numbers)
            done = self.look(actor, tuple(fresh)) if dry else self.store(actor, tuple(fresh))
            done = replace(done, remarks=(*doubled, *done.remarks))
            left = [r for r in done.remarks if not r.added]
            wrong = sum(1 for r in left if not r.reasons[0].startswith("Sudah"))
            report = ImportReport(
                report.seen + len(batch),
                report.added + done.added,
                report.skipped + len(left) - wrong,
                report.wrong + wrong,
                report.suspected + sum(1 for r in done.remarks if r.added),
            )
            yield report, done

    def heading(self, path: Path) -> tuple[str, ...]:
        """The titles of a file's columns; raises UnreadableTable."""
        for _, cells in rows_of(path):
            return cells
        raise UnreadableTable(f"{path.name} kosong. Baris pertama harus judul kolom.")

    @question("import.places", MANAGERS)
    def places(self, uow: UnitOfWork) -> tuple[dict[tuple[str, str], str], dict[str, str]]:
        """Areas by folded names: (village, hamlet) -> uid and village -> uid."""
        areas = {a.uid: a for a in uow.all(Area)}
        villages = {fold(a.name): a.uid for a in areas.values() if a.level == "village"}
        hamlets = {}
        for area in areas.values():
            parent = areas.get(area.parent_uid or "")
            if area.level == "hamlet" and parent is not None:
                hamlets[fold(parent.name), fold(area.name)] = area.uid
        return hamlets, villages

    @question("import.look", MANAGERS)
    def look(self, uow: UnitOfWork, rows: tuple[ImportRow, ...]) -> BatchDone:
        """What would become of these rows."""
        good, remarks = self._sorted(uow, rows)
        return BatchDone(len(good), tuple(remarks))

    @command("import.people", MANAGERS)
    def store(self, uow: UnitOfWork, rows: tuple[ImportRow, ...]) -> BatchDone:
        """Store the good rows of one batch."""
        good, remarks = self._sorted(uow, rows)
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

    def _sorted(self, uow: UnitOfWork, rows: tuple[ImportRow, ...]) -> tuple[list[ImportRow], list[Remarked]]:
        """Rows to be stored, and remarks on the others and on those that look like somebody."""
        known = uow.ask(
            WhatIsKnown(
                _those(r.reading.nik for r in rows),
                _those(r.record_number for r in rows),
                _those(r.reading.bpjs for r in rows),
                (),
                (),
                _those(fold(r.reading.name) for r in rows),
            )
        )
        good: list[ImportRow] = []
        remarks: list[Remarked] = []
        for row in rows:
            if row.problems:
                remarks.append(Remarked(row.line, row.cells, False, row.problems))
            elif row.reading.nik in known.niks:
                remarks.append(Remarked(row.line, row.cells, False, ("Sudah ada: NIK sama.",)))
            elif row.record_number in known.record_numbers:
                remarks.append(Remarked(row.line, row.cells, False, ("Sudah ada: No. RM sama.",)))
            else:
                good.append(row)
                born = row.reading.birth.day if row.reading.birth else None
                if row.reading.bpjs in known.bpjs:
                    remarks.append(Remarked(row.line, row.cells, True, ("Mungkin ganda: No. BPJS sama.",)))
                elif born is not None and (fold(row.reading.name), born) in known.people:
                    remarks.append(
                        Remarked(row.line, row.cells, True, ("Mungkin ganda: nama mirip dan tanggal lahir sama.",))
                    )
        return good, remarks

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
            for name in ("birth_place", "relationship", "mother_name", "address", "payer", "rt", "rw")
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


def _batches(rows: Iterable[tuple[int, Sequence[str]]], size: int) -> Iterator[list[tuple[int, Sequence[str]]]]:
    batch: list[tuple[int, Sequence[str]]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def _not_twice(rows: list[ImportRow], seen: set[str]) -> tuple[list[ImportRow], list[Remarked]]:
    """Rows whose NIK and record number did not occur earlier in the same file."""
    fresh: list[ImportRow] = []
    doubled: list[Remarked] = []
    for row in rows:
        keys = {f"{kind}:{value}" for kind, value in (("nik", row.reading.nik), ("rm", row.record_number)) if value}
        if keys & seen:
            doubled.append(
                Remarked(row.line, row.cells, False, ("Sudah ada di baris sebelumnya: NIK atau No. RM sama.",))
            )
        else:
            fresh.append(row)
            seen |= keys
    return fresh, doubled
