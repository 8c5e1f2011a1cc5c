"""`ilp-desk screens`: a picture of every screen on sample data."""

from __future__ import annotations

import argparse
import re
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from ilp_desk.clock import Ticking
from ilp_desk.commands import Exit
from ilp_desk.commands._sample import AT, sample_desk
from ilp_desk.errors import UserError
from ilp_desk.services.demo import DemoOrder

NAME = "screens"
HELP = "Gambar semua layar dengan data contoh, untuk diperiksa."


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="folder gambarnya")
    parser.add_argument(
        "--size",
        action="append",
        metavar="LxT",
        help="ukuran jendela, mis. 1366x768; boleh berulang (bawaan: tiga ukuran)",
    )
    parser.add_argument("--only", action="append", metavar="LAYAR", help="hanya layar ini; boleh berulang")
    parser.add_argument("--patients", type=int, default=31_482, metavar="N", help="jumlah pasien contoh (%(default)s)")
    parser.add_argument("--visits", type=int, default=9_000, metavar="M", help="jumlah kunjungan contoh (%(default)s)")
    parser.add_argument("--looks", action="store_true", help="juga kontras tinggi dan huruf 120 persen")


def run(args: argparse.Namespace) -> int:
    from ui.navigation import SCREENS
    from ui.pictures import SIZES, Sitter, draw
    from ui.shots import SHOTS
    from ui.stage import Stage

    sizes = dict(map(_size, args.size)) if args.size else SIZES
    wanted = set(args.only or ())
    unknown = wanted - {screen.code for screen in SCREENS} - {shot.name for shot in SHOTS}
    if unknown:
        raise UserError(f"Layar {', '.join(sorted(unknown))} tidak dikenal.")
    order = DemoOrder(patients=args.patients, visits=args.visits, at=AT)
    with TemporaryDirectory(prefix="ilp-desk-") as folder:
        with sample_desk(Path(folder), order, Ticking(AT, timedelta(milliseconds=1))) as sample:
            with Stage(sample.desk, "Puskesmas Maninjau") as stage:
                made = draw(
                    stage,
                    {name: Sitter(*who) for name, who in sample.people.items()},
                    args.out,
                    sizes,
                    looks=args.looks,
                    screens=[screen for screen in SCREENS if not wanted or screen.code in wanted],
                    shots=[shot for shot in SHOTS if not wanted or shot.name in wanted],
                )
    print(f"{len(made)} gambar di {args.out}")
    for fault in stage.faults:
        print(f"  perlu dilihat: {fault}")
    return Exit.FINDINGS if stage.faults else Exit.OK


def _size(text: str) -> tuple[str, tuple[int, int]]:
    found = re.fullmatch(r"(\d{3,4})x(\d{3,4})", text)
    if found is None:
        raise UserError(f"--size: tulis seperti 1366x768, bukan {text!r}.")
    return text, (int(found[1]), int(found[2]))
