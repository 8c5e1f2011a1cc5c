"""`ilp-desk display`: only the waiting-room display, on the same database, with nobody signed in."""

from __future__ import annotations

import argparse
from dataclasses import replace

from ilp_desk.commands import Exit
from ilp_desk.commands._opening import machine_of, opened_desk

NAME = "display"
HELP = "Buka hanya layar ruang tunggu: nomor dan ruangan, tanpa nama dan tanpa masuk."


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--screen", metavar="NAMA", default="", help="layar yang dipakai, mis. HDMI-1")
    parser.add_argument("--window", action="store_true", help="di jendela biasa, tidak memenuhi layar")
    parser.add_argument("--silent", action="store_true", help="tanpa suara")


def run(args: argparse.Namespace) -> int:
    """Show the display until its window is closed. Raises DatabaseTrouble."""
    settings = machine_of(args).settings
    if args.screen:
        settings = replace(settings, second_screen=args.screen)
    if args.silent:
        settings = replace(settings, calling=replace(settings.calling, voice=False))
    with opened_desk(args) as desk:
        from ui.display import run_display

        run_display(desk, settings, whole_screen=not args.window)
    return Exit.OK
