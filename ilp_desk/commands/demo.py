"""`ilp-desk demo`: a new database full of invented people, to try the program with."""

from __future__ import annotations

import argparse
from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from ilp_desk.bootstrap import SYSTEM, open_desk
from ilp_desk.clock import Clock
from ilp_desk.commands import Exit
from ilp_desk.commands._doors import SAMPLES
from ilp_desk.commands._opening import machine_of
from ilp_desk.desk import Desk
from ilp_desk.domain.staff import ROLE_LABELS
from ilp_desk.errors import UserError
from ilp_desk.services.demo import DemoOrder, Filled, NotEmpty
from ilp_desk.settings import load

NAME = "demo"
HELP = "Buat basis data contoh berisi orang rekaan, untuk mencoba program."
MORNING = time(8, 14)
"""How far the sample morning has come where only a date is given."""


def arguments(parser: argparse.ArgumentParser) -> None:
    usual = DemoOrder()
    parser.add_argument("--patients", type=int, default=usual.patients, metavar="N", help="jumlah pasien (%(default)s)")
    parser.add_argument(
        "--visits", type=int, default=usual.visits, metavar="M", help="kunjungan dua tahun terakhir (%(default)s)"
    )
    parser.add_argument(
        "--seed", type=int, default=usual.seed, metavar="S", help="angka yang sama memberi isi yang sama (%(default)s)"
    )
    parser.add_argument(
        "--today",
        type=_day,
        metavar="TANGGAL",
        help=f"hari ini menurut data contoh, mis. 2026-11-21; jamnya {MORNING:%H.%M} (bawaan: sekarang)",
    )


def run(args: argparse.Namespace) -> int:
    machine = machine_of(args)
    if args.data is None:
        machine = load(machine.data / SAMPLES)  # never into the folder of the real data
    at = moment(args.today) if args.today else None
    order = DemoOrder(patients=args.patients, visits=args.visits, seed=args.seed, at=at)
    desk = new_desk(machine.database, machine.key_file)
    try:
        filled = desk.demo.fill(SYSTEM, order)
    finally:
        desk.close()
    print(told(filled, machine.data))
    return Exit.OK


def new_desk(database: Path, key_file: Path, clock: Clock | None = None) -> Desk:
    """All services on a database made for this; its key is written beside it. Raises NotEmpty where one lies there."""
    from db.keys import key_from_code, new_recovery_code, write_key_file

    if database.exists() or key_file.exists():
        raise NotEmpty(f"Di {database.parent} sudah ada data. Data contoh hanya untuk folder baru; beri --data FOLDER.")
    key = key_from_code(new_recovery_code())
    database.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_key_file(key_file, key)
    return open_desk(database, key, clock)


def moment(day: date) -> datetime:
    """MORNING of a day at the sample facility, UTC."""
    return datetime.combine(day, MORNING, tzinfo=ZoneInfo(Clock().zone)).astimezone(UTC)


def told(filled: Filled, folder: Path) -> str:
    """What was made and how to get in."""
    width = max(len(one.username) for one in filled.accounts)
    made = (
        f"Data contoh dibuat di {folder}: {_count(filled.patients)} pasien, {_count(filled.families)} keluarga, "
        f"{_count(filled.visits)} kunjungan lama, {filled.today} hari ini, {_count(filled.letters)} surat rujukan."
    )
    lines = [
        made,
        "Semua orang di dalamnya rekaan.",
        "",
        f"Akun contoh (kata sandi semuanya: {filled.password}):",
    ]
    for one in filled.accounts:
        roles = ", ".join(ROLE_LABELS[role] for role in one.roles)
        lines.append(f"  {one.username:<{width}}  {one.name} · {roles} · {one.desk}")
    lines += ["", f'Buka dengan: ilp-desk --data "{folder}"']
    return "\n".join(lines)


def _count(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise UserError(f"--today: tulis tanggal seperti 2026-11-21, bukan {text!r}.") from wrong
