"""`ilp-desk check`: is everything in order, in words and as an exit code."""

from __future__ import annotations

import argparse
import platform
import sys
from importlib.metadata import version

from ilp_desk import __version__
from ilp_desk.bootstrap import SYSTEM
from ilp_desk.commands import Exit
from ilp_desk.commands._opening import key_of, machine_of, opened_desk
from ilp_desk.errors import UserError

NAME = "check"
HELP = "Periksa basis data, jejak audit, versi, printer dan huruf; --rebuild-search menyusun ulang pencarian."
SHOWN = ("PySide6-Essentials", "SQLAlchemy", "sqlcipher3", "reportlab", "pypdfium2")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--rebuild-search", action="store_true", help="susun ulang indeks pencarian dulu")


def run(args: argparse.Namespace) -> int:
    machine = machine_of(args)
    wrong = 0

    def tell(ok: bool, sentence: str) -> None:
        nonlocal wrong
        wrong += not ok
        print(f"[{'baik' if ok else 'PERIKSA'}] {sentence}", flush=True)

    print(f"ILP Desk {__version__}, Python {platform.python_version()}, {sys.platform}")
    print(", ".join(f"{name} {version(name)}" for name in SHOWN))
    if machine.warning:
        tell(False, machine.warning)
    if args.rebuild_search:
        with opened_desk(args) as desk:
            people = desk.importing.rebuild_search(SYSTEM)
        tell(True, f"Indeks pencarian disusun ulang untuk {people} orang.")
    from db.integrity import findings

    for finding in findings(machine.database, key_of(machine)):
        tell(finding.ok, finding.sentence)
    for ok, sentence in (_fonts(), _printers(machine.settings.a4, machine.settings.thermal.kind)):
        tell(ok, sentence)
    print("Semua baik." if not wrong else f"{wrong} hal perlu diperiksa.")
    return Exit.FINDINGS if wrong else Exit.OK


def _fonts() -> tuple[bool, str]:
    from printing import fonts

    try:
        fonts.check()
    except UserError as trouble:
        return False, trouble.sentence
    return True, "Huruf cetak lengkap."


def _printers(a4: str, thermal: str) -> tuple[bool, str]:
    import os

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from ui.printers import system_printers

    app = QApplication.instance() or QApplication([])
    names = system_printers()
    del app
    if a4 and a4 not in names:
        return False, f"Printer {a4} tidak ada di komputer ini. Pilih lagi di Manajemen, bagian Printer."
    said = ", ".join(names) or "tidak ada printer sistem"
    return True, f"Printer: {said}; karcis: {thermal or 'belum dipilih'}."
