"""`ilp-desk tour`: the main job from the first key press to the printed letter, with nobody in front of the screen."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from ilp_desk.commands import Exit
from ilp_desk.commands._doors import FolderDoors
from ilp_desk.commands._sample import AT, sample_desk
from ilp_desk.services.demo import DemoOrder

NAME = "tour"
HELP = "Jalankan seluruh pekerjaan utama di jendela sungguhan tanpa orang; tinggalkan gambar, PDF, dan catatan."


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="folder gambar, PDF, dan tour.log")
    parser.add_argument("--patients", type=int, default=3_000, metavar="N", help="jumlah pasien contoh (%(default)s)")
    parser.add_argument("--visits", type=int, default=2_000, metavar="M", help="jumlah kunjungan contoh (%(default)s)")


def run(args: argparse.Namespace) -> int:
    from ui.pictures import Sitter
    from ui.stage import Stage
    from ui.tour import Tour, steps

    order = DemoOrder(patients=args.patients, visits=args.visits, at=AT)
    with TemporaryDirectory(prefix="ilp-desk-") as folder:
        with sample_desk(Path(folder), order, _from_morning()) as sample:
            with Stage(sample.desk, "Puskesmas Maninjau") as stage:
                sitters = {name: Sitter(*who) for name, who in sample.people.items()}
                doors = FolderDoors(sample.machine, sample=True, clock=sample.desk.clock)
                done = Tour(stage, sitters, args.out, sample.desk.clock, doors).run(steps())
    print(f"{done.steps} langkah, {len(done.pictures)} gambar, {len(done.papers)} PDF di {args.out}")
    for fault in stage.faults:
        print(f"  perlu dilihat: {fault}")
    return Exit.FINDINGS if stage.faults else Exit.OK


def _from_morning() -> Callable[[], datetime]:
    """Now, as if the program had been opened at AT."""
    began = time.monotonic()
    return lambda: AT + timedelta(seconds=time.monotonic() - began)
