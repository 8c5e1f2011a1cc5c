"""`ilp-desk import patients FILE`: people from a list, while the desk goes on."""

from __future__ import annotations

import argparse
import csv
import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TypeVar

from ilp_desk.bootstrap import SYSTEM
from ilp_desk.commands import Exit
from ilp_desk.commands._opening import opened_desk
from ilp_desk.desk import Desk
from ilp_desk.domain.import_rows import FIELDS, cell_of, guess, template, unmapped
from ilp_desk.domain.staff import Actor
from ilp_desk.errors import DatabaseTrouble, UserError
from ilp_desk.rows.importing import ImportReport, counts_text, places_text
from ilp_desk.services.importing import Remarked
from ilp_desk.services.tables import UnreadableTable, count_rows, rows_of, write_csv

NAME = "import patients"
HELP = "Masukkan daftar pasien dari CSV atau XLSX; bisa dicoba dulu tanpa menyimpan."

T = TypeVar("T")
TELL_SECONDS = 0.1
"""From one line of progress to the next: more often than anybody reads would only keep the window busy."""


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, nargs="?", metavar="BERKAS", help="CSV atau XLSX, baris pertama judul kolom")
    parser.add_argument("--dry-run", action="store_true", help="periksa saja, tidak menyimpan apa pun")
    parser.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="ISIAN=KOLOM",
        help="mis. --map name='Nama Px', atau --map payer= bila tidak dipakai; boleh berulang",
    )
    parser.add_argument(
        "--errors",
        type=Path,
        metavar="BERKAS",
        help="tulis baris yang ditolak, diduga ganda, atau diberi catatan ke sini",
    )
    parser.add_argument("--template", type=Path, metavar="BERKAS", help="tulis contoh daftar kosong, lalu selesai")
    parser.add_argument("--progress", action="store_true", help="kemajuan sebagai baris JSON")
    parser.add_argument(
        "--key-from-input", action="store_true", help="baca kunci basis data (64 angka heksadesimal) dari masukan baku"
    )
    parser.add_argument("--staff", default="", metavar="UID", help="petugas yang memerintah")


def run(args: argparse.Namespace) -> int:
    try:
        return _carry_out(args)
    except UserError as trouble:
        if args.progress:
            _tell({"error": trouble.sentence})
        raise


def _carry_out(args: argparse.Namespace) -> int:
    if args.template is not None:
        _written(args.template, lambda: write_csv(args.template, template(), ()))
        if args.progress:
            _tell({"result": {}})
        else:
            print(f"Contoh daftar ditulis ke {args.template}.")
        return Exit.OK
    if args.file is None:
        raise UserError("Sebutkan berkasnya, atau --template BERKAS untuk contoh daftar kosong.")
    with opened_desk(args, _fed_key() if args.key_from_input else None) as desk:
        report = _import(desk, args)
    if args.progress:
        _tell({"result": asdict(report)})
        return Exit.OK
    print(counts_text(report, dry=args.dry_run))
    if report.unplaced:
        print(places_text(report))
    if args.errors is not None and report.remarked:
        print(f"Rinciannya di {args.errors}.")
    return Exit.FINDINGS if report.wrong else Exit.OK


def _fed_key() -> bytes:
    """The key a window hands over; it never stands in an argument or in the environment. Raises DatabaseTrouble."""
    try:
        key = bytes.fromhex(sys.stdin.readline().strip())
    except ValueError:
        key = b""
    if len(key) != 32:
        raise DatabaseTrouble(
            "no_key", "Kunci basis data tidak sampai. Tutup program, buka lagi, lalu ulangi impornya."
        )
    return key


def _import(desk: Desk, args: argparse.Namespace) -> ImportReport:
    actor = _actor(desk, args.staff)
    rows = rows_of(args.file)
    try:
        _, heading = next(rows)
    except StopIteration:
        raise UnreadableTable(f"{args.file.name} kosong. Baris pertama harus judul kolom.") from None
    mapping = _mapping(heading, args.map)
    total = count_rows(args.file)
    # A second reading of the file: its numbers must be known before a row without one is given the next.
    numbers = (cell_of("record_number", cells, mapping) for _, cells in rows_of(args.file))
    report = ImportReport()
    errors = _ErrorFile(args.errors, args.file, heading) if args.errors is not None else None
    try:
        due = 0.0
        steps = desk.importing.run(actor, rows, mapping, numbers=numbers, dry=args.dry_run)
        for report, done in steps if args.dry_run else _with_rests(steps):
            if errors is not None:
                errors.write(done.remarks)
            if args.progress and time.monotonic() >= due:
                due = time.monotonic() + TELL_SECONDS
                text = counts_text(report, dry=args.dry_run)
                _tell({"done": report.seen, "total": max(total, report.seen), "text": text})
    finally:
        if errors is not None:
            errors.close()
    return report


class _ErrorFile:
    """Where rows with remarks go, each with its reasons. Every method raises UserError where it cannot be written."""

    def __init__(self, path: Path, source: Path, heading: Sequence[str]) -> None:
        if path.resolve() == source.resolve():
            raise UserError(f"{path.name} adalah daftarnya sendiri. Pilih nama lain untuk --errors.")
        self._path = path
        self._file = _written(path, lambda: path.open("w", encoding="utf-8-sig", newline=""))
        self._writer = csv.writer(self._file, delimiter=";")
        _written(path, lambda: self._writer.writerow(("Baris", "Disimpan", "Alasan", *heading)))

    def write(self, remarks: Sequence[Remarked]) -> None:
        lines = [(r.line, "ya" if r.added else "tidak", _listed(r.reasons), *r.cells) for r in remarks]
        _written(self._path, lambda: self._writer.writerows(lines))

    def close(self) -> None:
        _written(self._path, self._file.close)


def _listed(reasons: Sequence[str]) -> str:
    """Sentences in one cell, told apart by semicolons."""
    return "; ".join(reason.removesuffix(".") for reason in reasons)


def _written(path: Path, write: Callable[[], T]) -> T:
    try:
        return write()
    except OSError as trouble:
        raise UserError(
            f"{path.name} tidak dapat ditulis di {path.parent}. Tutup berkas itu bila sedang dibuka di Excel, "
            "periksa ruang cakram dan izin foldernya, lalu coba lagi."
        ) from trouble


def _with_rests(steps: Iterable[T]) -> Iterator[T]:
    """After each step rest as long as it took: a file that is free for a moment only lets no waiting desk in."""
    began = time.monotonic()
    for step in steps:
        yield step
        time.sleep(time.monotonic() - began)
        began = time.monotonic()


def _mapping(heading: tuple[str, ...], said: list[str]) -> dict[str, int]:
    """Columns by their headings, then as told; a field told to have no column has none. Raises UserError."""
    mapping = guess(heading)
    plain = [h.strip().casefold() for h in heading]
    for pair in said:
        field, _, column = pair.partition("=")
        if field not in FIELDS:
            raise UserError(f"Isian “{field}” tidak dikenal. Yang ada: {', '.join(FIELDS)}.")
        if not column.strip():
            mapping.pop(field, None)
            continue
        if column.strip().casefold() not in plain:
            raise UserError(f"Kolom “{column}” tidak ada di berkas. Yang ada: {', '.join(heading)}.")
        mapping[field] = plain.index(column.strip().casefold())
    absent = unmapped(mapping)
    if absent:
        raise UserError(
            f"Kolom {', '.join(absent)} tidak ditemukan. Tunjukkan dengan --map, mis. --map name='Nama Px'."
        )
    return mapping


def _actor(desk: Desk, staff_uid: str) -> Actor:
    if not staff_uid:
        return SYSTEM
    known = {row.uid: row for row in desk.staffing.list(SYSTEM)}
    if staff_uid not in known:
        raise UserError("Petugas ini tidak dikenal.")
    someone = known[staff_uid]
    return Actor(someone.uid, someone.name, frozenset(someone.roles), "Impor")


def _tell(message: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(message, ensure_ascii=False) + "\n")
    sys.stdout.flush()
