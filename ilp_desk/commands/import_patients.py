"""`ilp-desk import patients FILE`: people from a list, while the desk goes on."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from pathlib import Path

from ilp_desk.bootstrap import SYSTEM
from ilp_desk.commands import Exit
from ilp_desk.commands._opening import opened_desk
from ilp_desk.desk import Desk
from ilp_desk.domain.import_rows import FIELDS, guess, template, unmapped
from ilp_desk.domain.staff import Actor
from ilp_desk.errors import UserError
from ilp_desk.rows.importing import ImportReport
from ilp_desk.services.tables import UnreadableTable, count_rows, rows_of, write_csv

NAME = "import patients"
HELP = "Masukkan daftar pasien dari CSV atau XLSX; bisa dicoba dulu tanpa menyimpan."


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, nargs="?", metavar="BERKAS", help="CSV atau XLSX, baris pertama judul kolom")
    parser.add_argument("--dry-run", action="store_true", help="periksa saja, tidak menyimpan apa pun")
    parser.add_argument(
        "--map", action="append", default=[], metavar="ISIAN=KOLOM", help="mis. --map name='Nama Px'; boleh berulang"
    )
    parser.add_argument(
        "--errors", type=Path, metavar="BERKAS", help="tulis baris yang ditolak atau diduga ganda ke sini"
    )
    parser.add_argument("--template", type=Path, metavar="BERKAS", help="tulis contoh daftar kosong, lalu selesai")
    parser.add_argument("--progress", action="store_true", help="kemajuan sebagai baris JSON")
    parser.add_argument("--staff", default="", metavar="UID", help="petugas yang memerintah")


def run(args: argparse.Namespace) -> int:
    if args.template is not None:
        write_csv(args.template, template(), ())
        if args.progress:
            _tell({"result": {}})
        else:
            print(f"Contoh daftar ditulis ke {args.template}.")
        return Exit.OK
    if args.file is None:
        raise UserError("Sebutkan berkasnya, atau --template BERKAS untuk contoh daftar kosong.")
    with opened_desk(args) as desk:
        try:
            report = _import(desk, args)
        except UserError as trouble:
            if args.progress:
                _tell({"error": trouble.sentence})
            raise
    if args.progress:
        _tell({"result": _numbers(report)})
        return Exit.OK
    print(_sentence(report, dry=args.dry_run))
    if args.errors is not None and (report.wrong or report.skipped or report.suspected):
        print(f"Rinciannya di {args.errors}.")
    return Exit.FINDINGS if report.wrong else Exit.OK


def _import(desk: Desk, args: argparse.Namespace) -> ImportReport:
    actor = _actor(desk, args.staff)
    rows = rows_of(args.file)
    try:
        _, heading = next(rows)
    except StopIteration:
        raise UnreadableTable(f"{args.file.name} kosong. Baris pertama harus judul kolom.") from None
    mapping = _mapping(heading, args.map)
    total = count_rows(args.file)
    report = ImportReport()
    out = args.errors.open("w", encoding="utf-8-sig", newline="") if args.errors is not None else None
    try:
        writer = csv.writer(out, delimiter=";") if out is not None else None
        if writer is not None:
            writer.writerow(("Baris", "Disimpan", "Alasan", *heading))
        for report, done in desk.importing.run(actor, rows, mapping, dry=args.dry_run):
            if writer is not None:
                for remark in done.remarks:
                    kept = "ya" if remark.added else "tidak"
                    writer.writerow((remark.line, kept, " ".join(remark.reasons), *remark.cells))
            if args.progress:
                _tell(
                    {"done": report.seen, "total": max(total, report.seen), "text": _sentence(report, dry=args.dry_run)}
                )
    finally:
        if out is not None:
            out.close()
    return report


def _mapping(heading: tuple[str, ...], said: list[str]) -> dict[str, int]:
    """Columns by their headings, then as told. Raises UserError with what to do."""
    mapping = guess(heading)
    plain = [h.strip().casefold() for h in heading]
    for pair in said:
        field, _, column = pair.partition("=")
        if field not in FIELDS:
            raise UserError(f"Isian “{field}” tidak dikenal. Yang ada: {', '.join(FIELDS)}.")
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


def _numbers(report: ImportReport) -> dict[str, int]:
    return {
        "seen": report.seen,
        "added": report.added,
        "skipped": report.skipped,
        "wrong": report.wrong,
        "suspected": report.suspected,
    }


def _sentence(report: ImportReport, *, dry: bool) -> str:
    done = "akan ditambahkan" if dry else "ditambahkan"
    return (
        f"{report.seen} baris: {report.added} {done} ({report.suspected} diduga ganda), "
        f"{report.skipped} sudah ada, {report.wrong} ditolak."
    )


def _tell(message: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(message, ensure_ascii=False) + "\n")
    sys.stdout.flush()
