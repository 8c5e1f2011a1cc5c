"""Earlier doses, services and screenings from a list, in small batches: nothing guessed, nothing twice, nothing lost.

NIK, record number, or name with birth date say whose a row is; where that leaves a doubt the row is refused with its
reason. The same list imported twice adds nothing the second time; a dry run tells what the real one does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ilp_desk.domain.earlier import DOSE, Kind, by_name, kinds_of
from ilp_desk.domain.fact_rows import FactRow, understand
from ilp_desk.domain.immunization.records import GivenDose
from ilp_desk.domain.person import Person, Precision
from ilp_desk.domain.record import new_uid
from ilp_desk.domain.staff import MANAGERS, Actor
from ilp_desk.domain.text.dates import PartialDate
from ilp_desk.domain.text.names import fold
from ilp_desk.errors import InvalidInput
from ilp_desk.ports import UnitOfWork
from ilp_desk.rows.importing import ImportReport
from ilp_desk.services.import_doubles import Fate
from ilp_desk.services.importing import BatchDone, Remarked, batches
from ilp_desk.services.life_cycle.earlier import ALREADY, IMPORT, Earlier, check_day, key_of, known_already, record_of
from ilp_desk.work import Service, command, question

BATCH = 25
LOOK = 200
"""Rows a dry run looks at in one reading."""
Key = tuple[str, str, object, str]
Seen = dict[Key, list[str]]
"""What a list has told so far: by key the names it went by, each once; the second dose of a year has one of its own."""
ONE_DAY = "Vaksin yang sama sudah tertulis pada hari itu. Periksa tanggalnya."


class FactImporting(Service):
    """What was done before, from CSV or XLSX; the file itself is read by the command."""

    def run(
        self,
        actor: Actor,
        rows: Iterable[tuple[int, Sequence[str]]],
        mapping: Mapping[str, int],
        *,
        dry: bool = False,
    ) -> Iterator[tuple[ImportReport, BatchDone]]:
        """Import row by row of (line, cells); tells after each batch how things stand. dry: nothing is stored."""
        report, names, seen = ImportReport(), self._names(), Seen()
        for batch in batches(rows, LOOK if dry else BATCH):
            today = self.tools.clock.today()
            read = tuple(understand(line, cells, mapping, names, today) for line, cells in batch)
            done = self.look(actor, read, seen) if dry else self.store(actor, read, seen)
            fates = Counter(remark.fate for remark in done.remarks)
            report = ImportReport(
                seen=report.seen + len(batch),
                added=report.added + done.added,
                skipped=report.skipped + fates[Fate.THERE],
                wrong=report.wrong + fates[Fate.REFUSED],
            )
            yield report, done

    @question("import.look_facts", MANAGERS)
    def look(self, uow: UnitOfWork, rows: tuple[FactRow, ...], seen: Seen) -> BatchDone:
        """What would become of these rows. seen: what the rows before would add; those of these rows join it."""
        good, remarks = self._sorted(uow, rows, seen)
        return BatchDone(len(good), remarks)

    @command("import.facts", MANAGERS)
    def store(self, uow: UnitOfWork, rows: tuple[FactRow, ...], seen: Seen) -> BatchDone:
        """Store the good rows of one batch. seen: as with `look`."""
        good, remarks = self._sorted(uow, rows, seen)
        made = [record_of(told, uow, self.tools) for told in good]
        for some in ([r for r in made if isinstance(r, GivenDose)], [r for r in made if not isinstance(r, GivenDose)]):
            if some:
                uow.add_many(some)
        for person in {told.person_uid for told in good}:
            uow.announce("care", person)
        return BatchDone(len(good), remarks)

    def _names(self) -> Mapping[str, Kind]:
        today = self.tools.clock.today()
        return by_name(kinds_of(self.reference, self.tools.in_force.instruments, today))

    def _sorted(
        self, uow: UnitOfWork, rows: tuple[FactRow, ...], seen: Seen
    ) -> tuple[list[Earlier], tuple[Remarked, ...]]:
        """What is to be stored, and remarks on the other rows."""
        people = _People(uow, rows)
        found: list[tuple[FactRow, Earlier]] = []
        remarks: list[Remarked] = []
        for row in rows:
            try:
                found.append((row, self._told(row, people, uow)))
            except InvalidInput as wrong:
                remarks.append(Remarked(row.line, row.cells, Fate.REFUSED, (*row.problems, wrong.sentence)))
            except _Unread:
                remarks.append(Remarked(row.line, row.cells, Fate.REFUSED, row.problems))
        stored = known_already(uow, (told.person_uid for _, told in found))
        good = []
        for row, told in found:
            names = seen.setdefault(key_of(told), [])
            dose, again = told.code.startswith(DOSE), row.what in names
            if dose and not again and names and told.precision is Precision.DAY:
                remarks.append(Remarked(row.line, row.cells, Fate.REFUSED, (ONE_DAY,)))
                continue
            if not again:
                names.append(row.what)
            # Doses of a series may share a month or a year: as many are new as the list names more than are stored.
            if again or len(names) <= stored[key_of(told)] or (not dose and len(names) > 1):
                remarks.append(Remarked(row.line, row.cells, Fate.THERE, (ALREADY,)))
                continue
            good.append(told)
        return good, tuple(sorted(remarks, key=lambda remark: remark.line))

    def _told(self, row: FactRow, people: _People, uow: UnitOfWork) -> Earlier:
        if row.problems or row.kind is None or row.when is None:
            raise _Unread
        person = people.of(row)
        check_day(person, row.when, uow.today)
        if row.value and row.kind.code.startswith(DOSE):
            raise InvalidInput("value", "Imunisasi tidak punya hasil. Kosongkan kolom hasilnya.")
        return Earlier(
            uid=new_uid(),
            person_uid=person.uid,
            code=row.kind.code,
            on=row.when.day,
            precision=row.when.precision,
            place=row.place,
            value=row.value,
            by=IMPORT,
        )


class _Unread(Exception):
    """A row that could not be read; its sentences stand in it."""


class _People:
    """Those a batch may be about, looked up once."""

    def __init__(self, uow: UnitOfWork, rows: Sequence[FactRow]) -> None:
        self._by_nik = _asked(uow, "nik", [row.nik for row in rows])
        self._by_number = _asked(uow, "record_number", [row.record_number for row in rows])
        born = [row.born.day for row in rows if row.born is not None and not row.nik and not row.record_number]
        self._by_birth = _asked(uow, "born_on", born)

    def of(self, row: FactRow) -> Person:
        """The one this row is about. Raises InvalidInput("person")."""
        if row.nik:
            said, found = f"NIK {row.nik}", self._by_nik.get(row.nik, [])
        elif row.record_number:
            said, found = f"No. RM {row.record_number}", self._by_number.get(row.record_number, [])
        else:
            said = f"{row.name} dengan tanggal lahir itu"
            near = self._by_birth.get(row.born.day, []) if row.born is not None else []
            found = [person for person in near if fold(person.name) == fold(row.name)]
        if len(found) > 1 and row.name:
            found = [person for person in found if fold(person.name) == fold(row.name)] or found
        if not found:
            raise InvalidInput("person", f"{said} tidak ditemukan. Daftarkan orangnya dulu, atau perbaiki tulisannya.")
        if len(found) > 1:
            raise InvalidInput("person", f"{said}: ada {len(found)} orang. Isi NIK atau No. RM-nya.")
        _agrees(found[0], row)
        return found[0]


def _agrees(person: Person, row: FactRow) -> None:
    """A number of somebody else is not followed: name and birth date may not both say another person."""
    if not row.name or row.born is None or fold(person.name) == fold(row.name):
        return
    if person.born_on is not None and not PartialDate(person.born_on, person.born_precision).may_be(row.born):
        raise InvalidInput("person", f"Nomor itu milik {person.name}, bukan {row.name}. Periksa nomornya.")


def _asked(uow: UnitOfWork, field: str, values: Iterable[object]) -> dict[object, list[Person]]:
    """Those with one of these values, by it; who was merged into another stands for the other."""
    wanted = sorted({value for value in values if value}, key=str)
    found: dict[object, list[Person]] = {}
    for person in uow.all(Person, **{field: wanted}) if wanted else ():
        some, one = found.setdefault(getattr(person, field), []), person
        while one.merged_into is not None:
            one = uow.get(Person, one.merged_into)
        if all(one.uid != other.uid for other in some):
            some.append(one)
    return found
