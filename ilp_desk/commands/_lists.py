"""What the commands that import a list have in common: arguments, columns, progress, the file of remarks."""

from __future__ import annotations

import argparse
import csv
import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeVar

from ilp_desk.bootstrap import SYSTEM
from ilp_desk.commands import Exit
from ilp_desk.commands._opening import opened_desk
from ilp_desk.desk import Desk
from ilp_desk.domain.staff import Actor
from ilp_desk.errors import DatabaseTrouble, UserError
from ilp_desk.rows.importing import ImportReport
from ilp_desk.services.importing import BatchDone, Remarked
from ilp_desk.services.tables import UnreadableTable, count_rows, rows_of, write_csv

T = TypeVar("T")
Rows = Iterable[tuple[int, Sequence[str]]]
Mapped = Mapping[str, int]
TELL_SECONDS = 0.1
"""From one line of progress to the next: more often than anybody reads would only keep the window busy."""


@dataclass(frozen=True, slots=True)
class Listing:
    """One kind of list. fields: those there are; guess: columns by their headings; unmapped: wanted ones without a
    column; steps: the import itself; counts: how it went, in a sentence; more: what else there is to say; example: of
    --map."""

    fields: tuple[str, ...]
    template: tuple[str, ...]
    guess: Callable[[Sequence[str]], dict[str, int]]
    unmapped: Callable[[Mapped], tuple[str, ...]]
    steps: Callable[[Desk, Actor, Path, Rows, Mapped, bool], Iterator[tuple[ImportReport, BatchDone]]]
    counts: Callable[[ImportReport, bool], str]
    more: Callable[[ImportReport], str]
    example: str


def arguments(parser: argparse.ArgumentParser, listing: Listing) -> None:
    """The options of an import."""
    parser.add_argument("file", type=Path, nargs="?", metavar="BERKAS", help="CSV atau XLSX, baris pertama judul kolom")
    parser.add_argument("--dry-run", action="store_true", help="periksa saja, tidak menyimpan apa pun")
    parser.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="ISIAN=KOLOM",
        help=f"mis. --map {listing.example}, atau --map ISIAN= bila tidak dipakai; boleh berulang",
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


def run(args: argparse.Namespace, listing: Listing) -> int:
    """Import, or say why not; with --progress as lines of JSON."""
    try:
        return _carry_out(args, listing)
    except UserError as trouble:
        if args.progress:
            _tell({"error": trouble.sentence})
        raise


def _carry_out(args: argparse.Namespace, listing: Listing) -> int:
    if args.template is not None:
        _written(args.template, lambda: write_csv(args.template, listing.template, ()))
        if args.progress:
            _tell({"result": {}})
        else:
            print(f"Contoh daftar ditulis ke {args.template}.")
        return Exit.OK
    if args.file is None:
        raise UserError("Sebutkan berkasnya, atau --template BERKAS untuk contoh daftar kosong.")
    with opened_desk(args, _fed_key() if args.key_from_input else None) as desk:
        report = _import(desk, args, listing)
    if args.progress:
        _tell({"result": asdict(report)})
        return Exit.OK
    print(listing.counts(report, args.dry_run))
    if more := listing.more(report):
        print(more)
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


def _import(desk: Desk, args: argparse.Namespace, listing: Listing) -> ImportReport:
    actor = _actor(desk, args.staff)
    rows = rows_of(args.file)
    try:
        _, heading = next(rows)
    except StopIteration:
        raise UnreadableTable(f"{args.file.name} kosong. Baris pertama harus judul kolom.") from None
    mapping = _mapping(heading, args.map, listing)
    total = count_rows(args.file)
    report = ImportReport()
    errors = _ErrorFile(args.errors, args.file, heading) if args.errors is not None else None
    try:
        due = 0.0
        steps = listing.steps(desk, actor, args.file, rows, mapping, args.dry_run)
        for report, done in steps if args.dry_run else _with_rests(steps):
            if errors is not None:
                errors.write(done.remarks)
            if args.progress and time.monotonic() >= due:
                due = time.monotonic() + TELL_SECONDS
                text = listing.counts(report, args.dry_run)
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


def _mapping(heading: tuple[str, ...], said: list[str], listing: Listing) -> dict[str, int]:
    """Columns by their headings, then as told; a field told to have no column has none. Raises UserError."""
    mapping = listing.guess(heading)
    plain = [h.strip().casefold() for h in heading]
    for pair in said:
        field, _, column = pair.partition("=")
        if field not in listing.fields:
            raise UserError(f"Isian “{field}” tidak dikenal. Yang ada: {', '.join(listing.fields)}.")
        if not column.strip():
            mapping.pop(field, None)
            continue
        if column.strip().casefold() not in plain:
            raise UserError(f"Kolom “{column}” tidak ada di berkas. Yang ada: {', '.join(heading)}.")
        mapping[field] = plain.index(column.strip().casefold())
    absent = listing.unmapped(mapping)
    if absent:
        raise UserError(
            f"Kolom {', '.join(absent)} tidak ditemukan. Tunjukkan dengan --map, mis. --map {listing.example}."
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
