"""`ilp-desk growth IN.csv --out OUT.csv`: z-scores and labels for a posyandu's weighing sheet, without a window.

By the rules in force at this Puskesmas, where there is one on this machine; else by those of the program.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path

from ilp_desk.clock import Clock
from ilp_desk.commands import Exit
from ilp_desk.commands._opening import machine_of, opened_desk
from ilp_desk.domain.growth.measures import assess
from ilp_desk.domain.growth.rows import ADDED, SIZES, BadRow, RowReader, answer, columns, refusal
from ilp_desk.domain.growth.tables import GrowthTables
from ilp_desk.domain.reference import Reference, load
from ilp_desk.errors import UserError
from ilp_desk.services.tables import Row, UnreadableTable, csv_shape, rows_of
from resources import growth_lms, names, read

NAME = "growth"
HELP = "Hitung z-skor dan status gizi dari lembar penimbangan posyandu."
TOLD = 20
"""So many bad rows are told one by one; the note column of the answer tells them all."""
_PEEK = 200


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="BERKAS", help="CSV atau XLSX, baris pertama judul kolom")
    parser.add_argument("--out", type=Path, required=True, metavar="BERKAS", help="tulis baris dan hasilnya ke CSV ini")
    parser.add_argument("--bundled", action="store_true", help="hanya berkas bawaan, tanpa milik Puskesmas ini")


@dataclass
class Report:
    """What became of the rows. bad: line of the file and sentence, the first ones only."""

    seen: int = 0
    wrong: int = 0
    bad: list[tuple[int, str]] = field(default_factory=list)
    swapped: Counter[tuple[str, str]] = field(default_factory=Counter)

    def refuse(self, line: int, trouble: BadRow) -> None:
        self.wrong += 1
        if len(self.bad) < TOLD:
            self.bad.append((line, trouble.sentence))
        if trouble.swapped is not None:
            self.swapped[trouble.swapped] += 1


def run(args: argparse.Namespace) -> int:
    source, target = args.file, args.out
    if source.resolve() == target.resolve():
        raise UserError("Berkas hasil sama dengan berkas asal. Sebutkan nama lain untuk --out.")
    report = compute(source, target, _rules(args))
    for line, sentence in report.bad:
        print(f"Baris {line}: {sentence}")
    if report.wrong > len(report.bad):
        print(f"... dan {report.wrong - len(report.bad)} baris lain; semuanya tertulis di kolom note.")
    for (less, more), count in report.swapped.items():
        if count * 2 > report.seen:
            print(f"Di {count} baris {less} dan {more} tampaknya tertukar. Tukar judul kedua kolom itu, lalu ulangi.")
    print(f"{report.seen} baris: {report.seen - report.wrong} dihitung, {report.wrong} tidak. Hasilnya di {target}.")
    if not report.seen:
        return Exit.NOTHING
    return Exit.FINDINGS if report.wrong else Exit.OK


def _rules(args: argparse.Namespace) -> Reference:
    """Raises DatabaseTrouble where there is a database that does not open."""
    if args.bundled or not machine_of(args).database.exists():
        return shipped()
    with opened_desk(args) as desk:
        return desk.reference


def shipped() -> Reference:
    """The rules the program comes with."""
    return load({name: read(name) for name in names()})


def compute(source: Path, target: Path, reference: Reference | None = None) -> Report:
    """Every row of the sheet with its answer behind it; the target appears when all is written. Raises UserError.

    reference: the rules; those of the program, if none.
    """
    rows = rows_of(source)
    try:
        _, heading = next(rows)
    except StopIteration:
        raise UnreadableTable(f"{source.name} kosong. Baris pertama harus judul kolom.") from None
    where = columns(heading)
    excel = source.suffix.lower() in (".xlsx", ".xlsm")
    encoding, delimiter = ("utf-8-sig", ";") if excel else csv_shape(source)
    first = list(islice(rows, _PEEK))
    comma = delimiter != "," and (excel or _commas(first, [where[size] for size in SIZES if size in where]))
    report = Report()
    answered = _answers(chain(first, rows), heading, where, reference or shipped(), report, comma=comma)
    part = target.with_name(f"{target.name}.part")
    try:
        with part.open("w", encoding=encoding, errors="replace", newline="") as file:
            writer = csv.writer(file, delimiter=delimiter)
            writer.writerow((*heading, *ADDED))
            writer.writerows(answered)
        part.replace(target)
    except OSError as trouble:
        raise UserError(
            f"{target} tidak dapat ditulis. Periksa foldernya, atau tutup berkas itu, lalu ulangi."
        ) from trouble
    finally:
        part.unlink(missing_ok=True)
    return report


def _answers(
    rows: Iterable[Row],
    heading: Sequence[str],
    where: Mapping[str, int],
    reference: Reference,
    report: Report,
    *,
    comma: bool,
) -> Iterator[list[str]]:
    """comma: numbers of the answer are written with one, as those of the sheet are."""
    reader = RowReader(where, reference, Clock().today())
    rules, tables, width = reference.growth, GrowthTables(growth_lms), len(heading)
    for line, cells in rows:
        report.seen += 1
        try:
            _fitting(cells, width)
            added = answer(assess(reader.read(cells), rules, tables), rules, comma=comma)
        except BadRow as trouble:
            report.refuse(line, trouble)
            added = refusal(trouble.sentence)
        yield [*cells[:width], *[""] * (width - len(cells)), *added]


def _fitting(cells: Sequence[str], width: int) -> None:
    """Refuse a row cut in more cells than there are headings: most often a decimal comma in a comma-separated file."""
    if any(cell.strip() for cell in cells[width:]):
        raise BadRow(
            f"Baris ini berisi {len(cells)} kolom, judulnya {width}. Tulis desimal dengan titik, "
            "atau pisahkan kolom dengan titik koma."
        )


def _commas(rows: Sequence[Row], positions: Sequence[int]) -> bool:
    """Whether the sheet writes its sizes with a decimal comma."""
    return any("," in cells[position] for _, cells in rows for position in positions if position < len(cells))
