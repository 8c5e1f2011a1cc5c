"""A posyandu's weighing sheet into the records of its children: looked at first, then child by child, nothing twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from ilp_desk.domain.clinical import VitalSigns
from ilp_desk.domain.growth.child import Measures
from ilp_desk.domain.growth.measures import Assessment, assess
from ilp_desk.domain.growth.posyandu import (
    SheetReader,
    SheetRow,
    Swapped,
    Who,
    differs,
    same_sizes,
    sheet_columns,
    sheet_row,
    swap,
)
from ilp_desk.domain.growth.rows import BadRow
from ilp_desk.domain.person import Person, PersonStatus
from ilp_desk.domain.reference import Reference
from ilp_desk.domain.staff import CLINICIANS, MANAGERS
from ilp_desk.domain.text.ages import short_age_text
from ilp_desk.domain.text.dates import PartialDate, day_text
from ilp_desk.domain.text.names import fold
from ilp_desk.domain.vitals import show
from ilp_desk.errors import IllegalStep, InvalidInput, UserError
from ilp_desk.ports import UnitOfWork
from ilp_desk.rows.growth import MeasureRow, MeasuresOf
from ilp_desk.rows.importing import person_key
from ilp_desk.rows.posyandu import Children, ChildrenBy, ChildRow, Fate, Preview, PreviewRow
from ilp_desk.services.life_cycle.earlier import while_alive
from ilp_desk.services.life_cycle.growth import measures_of, noon_of
from ilp_desk.services.life_cycle.growth_picture import tables
from ilp_desk.services.tables import UnreadableTable, rows_of, write_csv
from ilp_desk.work import Service, command, question

IMPORTERS = CLINICIANS | MANAGERS
MOST_ROWS = 5_000
"""A sheet of one posyandu has some hundred; more is most often the wrong file."""
SHOWN = ("zwei", "zlen", "zwfl")
_POSITIONS = {True: "L", False: "H", None: ""}
_UNITS = (("weight", "kg"), ("height", "cm"), ("head", "cm"), ("arm", "cm"))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file that was read. heading: as it stands there; columns: as understood; rows: all of them."""

    name: str
    heading: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[SheetRow, ...]

    @property
    def dated(self) -> bool:
        """Whether every row says when it was measured."""
        return all(row.get("measured_on") for row in self.rows)


@dataclass(frozen=True, kw_only=True, slots=True)
class Decided:
    """What the user says of the sheet. on: the day of the posyandu, where rows tell none; place: its name; chosen: line
    -> uid of the child picked or confirmed by hand; swapped: columns to be exchanged; anew: lines whose earlier import
    is to be replaced."""

    on: date | None = None
    place: str = ""
    chosen: Mapping[int, str] | None = None
    swapped: tuple[tuple[str, str], ...] = ()
    anew: frozenset[int] = frozenset()


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportMeasures:
    """One child's measures of a sheet. uid is made by the caller; replaces: an earlier import that was wrong."""

    uid: str
    person_uid: str
    measures: Measures
    replaces: str = ""


class Posyandu(Service):
    """The file is read without the database; a row that finds no child can be given one by hand."""

    def read(self, path: Path) -> Sheet:
        """The rows of a file. Raises UserError: no such file, no column that says whose row it is, nothing in it."""
        rows = rows_of(path)
        heading = next(rows, None)
        if heading is None:
            raise UnreadableTable(f"{path.name} kosong. Baris pertama harus judul kolom.")
        where = sheet_columns(heading[1])
        found = tuple(row for row in (sheet_row(line, cells, where) for line, cells in rows) if row.values)
        if not found:
            raise UnreadableTable(f"{path.name} belum berisi anak. Isi barisnya, lalu pilih lagi.")
        if len(found) > MOST_ROWS:
            raise UnreadableTable(
                f"{path.name} berisi {len(found)} baris; paling banyak {MOST_ROWS}. Bagi per posyandu."
            )
        return Sheet(path.name, heading[1], tuple(where), found)

    def save_rest(self, path: Path, sheet: Sheet, rows: Sequence[PreviewRow]) -> None:
        """Write rows that were not imported as they stood in the sheet, each with the reason. Raises UserError."""
        width = len(sheet.heading)
        cells = [
            [*(row.row.cells[:width]), *[""] * (width - len(row.row.cells)), f"baris {row.line}: {row.sentence}"]
            for row in rows
        ]
        try:
            write_csv(path, [*sheet.heading, "catatan"], cells)
        except OSError as trouble:
            raise UserError(f"{path.name} tidak dapat ditulis. Periksa foldernya, atau tutup berkas itu.") from trouble

    @question("posyandu.preview", IMPORTERS)
    def preview(self, uow: UnitOfWork, sheet: Sheet, decided: Decided) -> Preview:
        """Every row as it would be imported; nothing is stored."""
        chosen = decided.chosen or {}
        rows = [_swapped(row, decided.swapped) for row in sheet.rows]
        reader = SheetReader(self.reference, uow.today, decided.on)
        finder = _Finder(uow, rows, reader, chosen)
        known = self._known(uow, {child.uid for row in rows for child in finder.of(row)})
        looked = _Look(reader, finder, known, decided, self)
        made = [looked.at(row) for row in rows]
        return Preview(tuple(_once(made)), tuple(looked.swapped(rows)))

    @command("posyandu.store", IMPORTERS)
    def store(self, uow: UnitOfWork, given: Sequence[ImportMeasures]) -> int:
        """Record a handful of children's measures, without a visit; gives how many are new. Raises InvalidInput."""
        new = 0
        known = self._known(uow, {one.person_uid for one in given})
        for one in given:
            if uow.find(VitalSigns, one.uid) is not None:
                continue
            person = uow.get(Person, one.person_uid)
            self._refuse(uow, person, one.measures)
            before = [row for row, kept in known.get(person.uid, ()) if kept.day == one.measures.day]
            if any(
                same_sizes(one.measures, kept) for _, kept in known.get(person.uid, ()) if kept.day == one.measures.day
            ):
                continue
            if one.replaces and one.replaces in {row.uid for row in before}:
                old = uow.get(VitalSigns, one.replaces)
                if old.source != "import":
                    raise IllegalStep("Ukuran itu bukan dari lembar posyandu. Tarik di kunjungannya bila salah.")
                uow.void(old, "diganti lembar posyandu yang baru")
            uow.add(self._record(one))
            uow.announce("care", person.uid)
            new += 1
        return new

    # -- parts

    def _record(self, one: ImportMeasures) -> VitalSigns:
        measures = one.measures
        return VitalSigns(
            uid=one.uid,
            person_uid=one.person_uid,
            taken_at=noon_of(measures.day, self.tools),
            place=measures.place,
            source="import",
            weight=measures.weight,
            height=measures.height,
            head=measures.head,
            arm=measures.arm,
            oedema=measures.oedema,
            position=_POSITIONS[measures.lying] if measures.height is not None else "",
        )

    def _refuse(self, uow: UnitOfWork, person: Person, measures: Measures) -> None:
        """The preview said the same; somebody may have changed the record since."""
        if measures.day > uow.today:
            raise InvalidInput("measured_on", "Tanggal ukur belum lewat. Periksa tanggalnya.")
        while_alive(person, PartialDate(measures.day), "measured_on")

    def _known(self, uow: UnitOfWork, uids: set[str]) -> dict[str, list[tuple[MeasureRow, Measures]]]:
        found: dict[str, list[tuple[MeasureRow, Measures]]] = {}
        for row in uow.ask(MeasuresOf(tuple(sorted(uids)))) if uids else ():
            found.setdefault(row.person_uid, []).append((row, measures_of(row, self.tools)))
        return found


def _swapped(row: SheetRow, pairs: Sequence[tuple[str, str]]) -> SheetRow:
    for less, more in pairs:
        row = swap(row, less, more)
    return row


def _once(rows: Sequence[PreviewRow]) -> list[PreviewRow]:
    """A child measured twice on one day in the same sheet: the second row has to be looked at."""
    seen: dict[tuple[str, date], PreviewRow] = {}
    kept = []
    for row in rows:
        key = (row.child, row.measures.day) if row.measures is not None and row.child else None
        if key is None or row.fate not in (Fate.READY, Fate.OTHER):
            kept.append(row)
            continue
        first = seen.setdefault(key, row)
        if first is not row:
            row = replace(
                row, fate=Fate.WRONG, sentence=f"Anak ini sudah ada di baris {first.line} pada hari yang sama."
            )
        kept.append(row)
    return kept


class _Finder:
    """Who each row is about, looked up for the whole sheet at once. chosen: line -> child picked by hand."""

    def __init__(
        self, uow: UnitOfWork, rows: Sequence[SheetRow], reader: SheetReader, chosen: Mapping[int, str]
    ) -> None:
        self._chosen = chosen
        self._births = {row.line: _birth(reader, row) for row in rows}
        self._by_uid = {child.uid: child for child in uow.ask(Children(uids=tuple(sorted(set(chosen.values())))))}
        names = {(fold(row.get("name")), born) for row in rows if (born := self._births[row.line]) is not None}
        self._by = uow.ask(
            ChildrenBy(
                Children(
                    niks=tuple(sorted({row.get("nik") for row in rows} - {""})),
                    record_numbers=tuple(sorted({row.get("record_number") for row in rows} - {""})),
                    names=tuple(sorted(names)),
                )
            )
        )

    def of(self, row: SheetRow) -> tuple[ChildRow, ...]:
        """Who it may be: the one picked by hand, else the first of NIK, record number, name with birth date that says
        somebody."""
        picked = self._by_uid.get(self._chosen.get(row.line, ""))
        if picked is not None:
            return (picked,)
        born = self._births[row.line]
        name = person_key(fold(row.get("name")), born) if born is not None else ""
        keys = (("nik", row.get("nik")), ("record_number", row.get("record_number")), ("name", name))
        return next((found for key in keys if (found := self._by.get(key, ()))), ())

    def picked(self, row: SheetRow) -> bool:
        return row.line in self._chosen

    def born(self, row: SheetRow) -> date | None:
        return self._births[row.line]


def _birth(reader: SheetReader, row: SheetRow) -> date | None:
    try:
        return reader.born(row)
    except BadRow:
        return None  # told again, with its sentence, where the row is read


class _Look:
    """Looks at one row after another."""

    def __init__(
        self,
        reader: SheetReader,
        finder: _Finder,
        known: Mapping[str, list[tuple[MeasureRow, Measures]]],
        decided: Decided,
        service: Service,
    ) -> None:
        self._reader, self._finder, self._known, self._decided = reader, finder, known, decided
        self._reference, self._today = service.reference, service.tools.clock.today()
        self._swaps: Counter[tuple[str, str]] = Counter()

    def swapped(self, rows: Sequence[SheetRow]) -> list[Swapped]:
        """Columns that changed places in most rows; a single row is put right by itself."""
        found = [Swapped(less, more, many) for (less, more), many in self._swaps.most_common()]
        return [one for one in found if 2 * one.rows > sum(bool(r.get(one.less) and r.get(one.more)) for r in rows)]

    def at(self, row: SheetRow) -> PreviewRow:
        shown = PreviewRow(row=row, fate=Fate.CHECK, told=row.told)
        children = self._finder.of(row)
        child = children[0] if len(children) == 1 else None
        who = Who(child.sex, child.born_on) if child is not None else Who("", None)
        try:
            self._reader.born(row)
            measures, measured = self._reader.measures(row, who, self._decided.place)
        except BadRow as bad:
            if bad.swapped is not None:
                self._swaps[bad.swapped] += 1
            if child is None and not (row.get("birth_date") and row.get("sex")):
                return replace(shown, sentence=_several(children) if children else _nobody(row), candidates=children)
            uid, words = (child.uid, _child_words(child, self._today)) if child is not None else ("", "")
            return replace(shown, fate=Fate.WRONG, sentence=_capital(bad.sentence), child=uid, child_words=words)
        found = assess(measured, self._reference.growth, tables())
        judged, level = _judged(found)
        shown = replace(
            shown,
            day=day_text(measures.day),
            sizes=_sizes(measures, self._reference),
            judged=judged,
            level=level,
            measures=measures,
        )
        if child is None:
            return replace(shown, sentence=_several(children) if children else _nobody(row), candidates=children)
        shown = replace(shown, child=child.uid, child_words=_child_words(child, self._today), candidates=children)
        died = child.status_on
        if child.status is PersonStatus.DEAD and (died is None or measures.day > died):
            since = f" {day_text(died)}" if died is not None else ""
            return replace(shown, fate=Fate.WRONG, sentence=f"Tercatat meninggal{since}. Periksa tanggalnya.")
        doubt = "" if self._finder.picked(row) else differs(row, child.name, who, self._finder.born(row))
        if doubt:
            return replace(shown, sentence=doubt)
        return self._against_record(shown, measures)

    def _against_record(self, shown: PreviewRow, measures: Measures) -> PreviewRow:
        that_day = [(row, kept) for row, kept in self._known.get(shown.child, ()) if kept.day == measures.day]
        if any(same_sizes(measures, kept) for _, kept in that_day):
            return replace(shown, fate=Fate.THERE, sentence="Sudah tercatat.")
        imported = next(((row, kept) for row, kept in reversed(that_day) if row.source == "import"), None)
        if imported is None:
            return replace(
                shown, fate=Fate.READY, sentence="Ukur ulang: z-skornya diragukan." if _doubtful(shown) else ""
            )
        row, kept = imported
        if shown.line in self._decided.anew:
            return replace(shown, fate=Fate.READY, replaces=row.uid, sentence="Menggantikan yang diimpor dulu.")
        return replace(
            shown,
            fate=Fate.OTHER,
            replaces=row.uid,
            sentence=f"Hari itu sudah diimpor {_sizes(kept, self._reference)}. Ganti, atau biarkan yang lama.",
        )


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def _doubtful(shown: PreviewRow) -> bool:
    return shown.level == "doubtful"


def _judged(found: Assessment) -> tuple[str, str]:
    """The three indices in a line, and the level of the worst."""
    scores = [found.by_index[index] for index in SHOWN if index in found.by_index]
    order = ("severe", "obese", "low", "high", "normal", "")
    levels = [score.band.level for score in scores if score.band is not None]
    if found.measured.oedema:
        return "edema", "severe"
    if any(score.doubtful for score in scores):
        worst = "doubtful"
    else:
        worst = min(levels, key=order.index, default="")
    said = [
        f"{_SHORT[score.code]} {score.text}" + (f" {score.band.label.lower()}" if score.band is not None else "")
        for score in scores
        if score.band is None or score.band.level != "normal"
    ]
    return (" · ".join(said) or ("semua normal" if scores else "")), worst


_SHORT = {"zwei": "BB/U", "zlen": "PB/U", "zwfl": "BB/PB"}


def _sizes(measures: Measures, reference: Reference) -> str:
    values = {"weight": measures.weight, "height": measures.height, "head": measures.head, "arm": measures.arm}
    names = {"head": "LK ", "arm": "LiLA "}
    return " · ".join(
        f"{names.get(code, '')}{show(code, value, reference)} {unit}"
        for code, unit in _UNITS
        if (value := values[code]) is not None
    )


def _child_words(child: ChildRow, today: date) -> str:
    age = short_age_text(child.born_on, child.born_precision, today)
    number = f"RM {child.record_number}" if child.record_number else ""
    return " · ".join(filter(None, (child.name, age, number)))


def _nobody(row: SheetRow) -> str:
    if not row.get("birth_date") and not row.get("nik") and not row.get("record_number"):
        return "Belum tentu siapa: tanpa NIK, nomor RM atau tanggal lahir. Pilih anaknya."
    return "Anak ini belum ditemukan. Pilih anaknya, atau daftarkan dulu."


def _several(children: Sequence[ChildRow]) -> str:
    return f"{len(children)} anak cocok. Pilih yang benar."
