"""`ilp-desk reference check [FILE]`: are the rules in order, ours and those of the Puskesmas; before a file is laid."""

from __future__ import annotations

import argparse
from pathlib import Path

from ilp_desk.bootstrap import SYSTEM, shipped
from ilp_desk.commands import Exit
from ilp_desk.commands._opening import machine_of, opened_desk
from ilp_desk.domain.reference.in_force import Shipped
from ilp_desk.domain.reference.reading import BadReference
from ilp_desk.errors import UserError
from ilp_desk.services.site.rule_files import check_bundled, check_file

NAME = "reference check"
HELP = "Periksa berkas acuan bawaan dan milik Puskesmas, atau satu BERKAS yang akan dipasang."


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", type=Path, nargs="?", metavar="BERKAS", help="berkas .toml; namanya menunjuk bawaan yang ditindih"
    )


def run(args: argparse.Namespace) -> int:
    try:
        ours = shipped()
        checked = check_bundled(ours)
    except BadReference as trouble:
        return _wrong(trouble)
    if args.file is not None:
        return _one(ours, args.file)
    if machine_of(args).database.exists():
        return _here(args)
    for file in checked:
        _tell(file.name, file.version, file.rows, file.waiting)
    print(_sum(len(checked), sum(file.rows for file in checked), sum(file.waiting for file in checked)))
    return Exit.OK


def _one(ours: Shipped, path: Path) -> int:
    """One file laid over ours alone."""
    try:
        content = path.read_bytes()
    except OSError as trouble:
        raise UserError(f"{path} tidak dapat dibaca. Periksa nama dan tempat berkasnya.") from trouble
    try:
        found = check_file(ours, path.name, content)
    except BadReference as trouble:
        return _wrong(trouble)
    _tell(found.name, found.version, found.rows, found.waiting)
    said = f"{found.changes} baris berbeda dari bawaan" if found.changes else "tidak ada yang berbeda dari bawaan"
    print(f"{found.title}: {said}. Berkas ini dapat dipasang." if found.changes else f"{found.title}: {said}.")
    return Exit.OK


def _here(args: argparse.Namespace) -> int:
    """Everything as this Puskesmas has it."""
    with opened_desk(args) as desk:
        files = desk.site.reference_files(SYSTEM)
        refused = desk.tools.in_force.refused
    for file in files:
        _tell(file.name, file.version, file.rows, file.open_rows)
    for bad in refused:
        runs = f"versi {bad.instead}" if bad.instead else "bawaan program"
        print(
            f"[PERIKSA] {bad.trouble.fault}. Berkas Puskesmas versi {bad.file.version} tidak terpakai; berlaku {runs}."
        )
    print(_sum(len(files), sum(file.rows for file in files), sum(file.open_rows for file in files)))
    return Exit.FINDINGS if refused else Exit.OK


def _wrong(trouble: BadReference) -> int:
    print(f"[PERIKSA] {trouble.fault}.")
    return Exit.FINDINGS


def _tell(name: str, version: str, rows: int, waiting: int) -> None:
    rest = f", {waiting} menunggu persetujuan" if waiting else ""
    print(f"[baik] {name} {version}: {rows} baris{rest}.")


def _sum(files: int, rows: int, waiting: int) -> str:
    return f"{files} berkas, {rows} baris, {waiting} menunggu persetujuan kepala Puskesmas."
