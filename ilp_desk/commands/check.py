"""`ilp-desk check`: is everything in order, in words and as an exit code."""

from __future__ import annotations

import argparse
import platform
import socket
import sys
from collections.abc import Sequence
from importlib.metadata import version

from ilp_desk import __version__
from ilp_desk.bootstrap import SYSTEM
from ilp_desk.commands import Exit
from ilp_desk.commands._opening import key_of, machine_of, opened_desk
from ilp_desk.errors import UserError
from ilp_desk.settings import Settings, ThermalPrinter

NAME = "check"
HELP = "Periksa basis data, jejak audit, versi, printer dan huruf; --rebuild-search menyusun ulang pencarian."
SHOWN = ("PySide6-Essentials", "SQLAlchemy", "sqlcipher3", "reportlab", "pypdfium2")
CHOOSE_AGAIN = "Pasang lagi, atau pilih printer lain di Manajemen, bagian Printer."
NETWORK_SECONDS = 2.0
"""How long a printer on the network may take to answer."""


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
    for ok, sentence in (_fonts(), *_printers(machine.settings)):
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


def _printers(settings: Settings) -> list[tuple[bool, str]]:
    """Whether the printers of the settings are there now."""
    import os

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from ui.printers import system_printers

    app = QApplication.instance() or QApplication([])
    names = system_printers()
    del app
    return [_page_printer(settings.a4, names), _ticket_printer(settings.thermal, names)]


def _page_printer(chosen: str, names: Sequence[str]) -> tuple[bool, str]:
    if chosen and chosen not in names:
        return False, f"Printer {chosen} tidak ada di komputer ini. {CHOOSE_AGAIN}"
    return True, f"Printer: {chosen or ', '.join(names) or 'tidak ada printer sistem'}."


def _ticket_printer(chosen: ThermalPrinter, names: Sequence[str]) -> tuple[bool, str]:
    from ui.print_jobs import thermal_address
    from ui.printers import Network, parse

    if not chosen.kind:
        return True, "Printer karcis: belum dipilih."
    try:
        printer = parse(thermal_address(chosen))
    except UserError as trouble:
        return False, f"Printer karcis: {trouble.sentence}"
    if not isinstance(printer, Network):
        if printer not in names:
            return False, f"Printer karcis {printer} tidak ada di komputer ini. {CHOOSE_AGAIN}"
        return True, f"Printer karcis: {printer}."
    try:
        socket.create_connection((printer.host, printer.port), timeout=NETWORK_SECONDS).close()
    except OSError:
        return False, (
            f"Printer karcis di {printer.host}:{printer.port} tidak menjawab. "
            "Periksa apakah printer menyala, kabelnya, dan alamatnya di Manajemen, bagian Printer."
        )
    return True, f"Printer karcis: {printer.host}:{printer.port} menjawab."
