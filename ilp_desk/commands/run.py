"""`ilp-desk`: open the desk; where there is no screen, run the tour instead and say where its pictures are."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ilp_desk.commands import Exit, load

if TYPE_CHECKING:
    from ilp_desk.commands._doors import FolderDoors

NAME = "run"
HELP = "Buka meja kerja. Ini juga yang terjadi tanpa perintah."
LOG_SIZE = 1_000_000
LOG_FILES = 3


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--desk", metavar="NAMA", default="", help="nama loket jendela ini, mis. 'Loket 2'")


def has_screen(environ: Mapping[str, str], platform: str = sys.platform) -> bool:
    """Whether a window can be shown. A platform of Qt named in QT_QPA_PLATFORM counts as one."""
    if not platform.startswith("linux"):
        return True
    return any(environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def run(args: argparse.Namespace) -> int:
    if not has_screen(os.environ):
        return _tour()
    from ui.app import start

    return start(lambda: _doors(args))


def _doors(args: argparse.Namespace) -> FolderDoors:
    """Called when the window is on the screen: settings, log, and all that is heavy."""
    from ilp_desk.commands._doors import FolderDoors
    from ilp_desk.commands._opening import machine_of

    machine = machine_of(args)
    if args.desk:
        machine = replace(machine, settings=replace(machine.settings, desk=" ".join(args.desk.split())))
    _log_to(machine.data)
    return FolderDoors(machine)


def _log_to(folder: Path) -> None:
    """Errors go to a file beside the data: codes, uids and places in the program, never names."""
    import logging
    from logging.handlers import RotatingFileHandler

    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handler = RotatingFileHandler(folder / "desk.log", maxBytes=LOG_SIZE, backupCount=LOG_FILES, encoding="utf-8")
    except OSError:
        return  # the window will say what is wrong with the folder
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.WARNING)


def _tour() -> int:
    """Without a screen: the whole main job on sample data in a temporary folder, pictured."""
    import tempfile

    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    out = Path(tempfile.mkdtemp(prefix="ilp-desk-tour-"))
    print("Tidak ada layar (DISPLAY dan WAYLAND_DISPLAY kosong), jadi meja kerja tidak dapat dibuka.")
    print("Sebagai gantinya dijalankan tur dengan data contoh di folder sementara; data Anda tidak disentuh.")
    tour = load("tour")
    parser = argparse.ArgumentParser()
    tour.arguments(parser)
    code = tour.run(parser.parse_args(["--out", str(out)]))
    print(f"Gambar dan PDF ada di {out}")
    return code if code else Exit.OK
