"""`ilp-desk import patients FILE`: people from a list, while the desk goes on."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from ilp_desk.commands import _lists
from ilp_desk.desk import Desk
from ilp_desk.domain.import_rows import FIELDS, cell_of, guess, template, unmapped
from ilp_desk.domain.staff import Actor
from ilp_desk.rows.importing import ImportReport, counts_text, places_text
from ilp_desk.services.importing import BatchDone
from ilp_desk.services.tables import rows_of

NAME = "import patients"
HELP = "Masukkan daftar pasien dari CSV atau XLSX; bisa dicoba dulu tanpa menyimpan."


def arguments(parser: argparse.ArgumentParser) -> None:
    _lists.arguments(parser, PATIENTS)


def run(args: argparse.Namespace) -> int:
    return _lists.run(args, PATIENTS)


def _steps(
    desk: Desk, actor: Actor, file: Path, rows: _lists.Rows, mapping: _lists.Mapped, dry: bool
) -> Iterator[tuple[ImportReport, BatchDone]]:
    # A second reading of the file: its numbers must be known before a row without one is given the next.
    numbers = (cell_of("record_number", cells, mapping) for _, cells in rows_of(file))
    return desk.importing.run(actor, rows, mapping, numbers=numbers, dry=dry)


PATIENTS = _lists.Listing(
    fields=tuple(FIELDS),
    template=template(),
    guess=guess,
    unmapped=unmapped,
    steps=_steps,
    counts=lambda report, dry: counts_text(report, dry=dry),
    more=places_text,
    example="name='Nama Px'",
)
