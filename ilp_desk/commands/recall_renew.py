"""`ilp-desk recall renew`: the days of everybody's services anew, as after other rules; the desk goes on meanwhile."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time

from ilp_desk.bootstrap import SYSTEM
from ilp_desk.commands import Exit
from ilp_desk.commands._opening import opened_desk

NAME = "recall renew"
HELP = "Hitung lagi tanggal layanan semua orang untuk daftar panggil, misalnya sesudah aturan berganti."
TELL_EVERY_S = 0.5
POLITE = 5
"""Whoever searches at the desk meanwhile comes first."""
AT_ONCE = 3000
"""People in one transaction: the desk waits for as long as it takes to write this many, a tenth of a second."""


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--progress", action="store_true", help="tulis kemajuan sebagai JSON, satu baris satu kabar")


def run(args: argparse.Namespace) -> int:
    if sys.platform != "win32":
        os.nice(POLITE)
    done, told = 0, time.monotonic()
    with opened_desk(args) as desk:
        while many := desk.recall.renew(SYSTEM, AT_ONCE):
            done += many
            if args.progress and time.monotonic() - told >= TELL_EVERY_S:
                told = time.monotonic()
                _say({"done": done, "total": 0, "text": f"{_figure(done)} orang"})
    if args.progress:
        _say({"result": {"people": done}})
    else:
        print(f"{_figure(done)} orang dihitung lagi." if done else "Semua masih berlaku.")
    return Exit.OK


def _say(message: dict[str, object]) -> None:
    print(json.dumps(message, ensure_ascii=False), flush=True)


def _figure(many: int) -> str:
    return f"{many:,}".replace(",", ".")
