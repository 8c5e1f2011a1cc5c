"""`ilp-desk import facts FILE`: earlier doses, services and screenings from a list, while the desk goes on."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from ilp_desk.commands import _lists
from ilp_desk.desk import Desk
from ilp_desk.domain.fact_rows import FIELDS, guess, template, unmapped
from ilp_desk.domain.staff import Actor
from ilp_desk.rows.importing import ImportReport, facts_text
from ilp_desk.services.importing import BatchDone

NAME = "import facts"
HELP = "Masukkan imunisasi, layanan, dan skrining yang lalu dari CSV atau XLSX; bisa dicoba dulu tanpa menyimpan."


def arguments(parser: argparse.ArgumentParser) -> None:
    _lists.arguments(parser, FACTS)


def run(args: argparse.Namespace) -> int:
    return _lists.run(args, FACTS)


def _steps(
    desk: Desk, actor: Actor, file: Path, rows: _lists.Rows, mapping: _lists.Mapped, dry: bool
) -> Iterator[tuple[ImportReport, BatchDone]]:
    return desk.fact_importing.run(actor, rows, mapping, dry=dry)


FACTS = _lists.Listing(
    fields=tuple(FIELDS),
    template=template(),
    guess=guess,
    unmapped=unmapped,
    steps=_steps,
    counts=lambda report, dry: facts_text(report, dry=dry),
    more=lambda report: "",
    example="what='Vaksin'",
)
