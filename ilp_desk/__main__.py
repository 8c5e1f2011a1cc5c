"""The command line: `ilp-desk` opens the desk, `ilp-desk COMMAND ...` does one thing and ends."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from ilp_desk import __version__
from ilp_desk.commands import Exit, exit_code, load, match, names
from ilp_desk.commands._parser import Parser
from ilp_desk.errors import UserError

PROGRAM = "ilp-desk"
DEFAULT = "run"
ABOUT = "Meja kerja Puskesmas: pendaftaran, antrean, pelayanan, dan rujukan menurut Integrasi Layanan Primer."
CODES = """kode keluar:
  0 selesai   1 ada kendala (kalimatnya tertulis)   2 argumen keliru   3 tidak ada yang ditemukan
  4 basis data tidak dapat dibuka   5 pemeriksaan menemukan sesuatu   70 kesalahan tak terduga   130 dihentikan"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out a command line (the process's own, if none is given); gives the exit code (`ilp_desk.commands.Exit`).

    argparse ends the process by itself for --help, --version and arguments that do not fit.
    """
    _speak_utf8()
    args = _start_parser().parse_args(sys.argv[1:] if arguments is None else arguments)
    name, rest = match(args.words)
    if args.words and not name:
        first = args.words[0]
        sys.stderr.write(f"{PROGRAM}: perintah {first!r} tidak dikenal. Daftar perintah: {PROGRAM} --help\n")
        return Exit.USAGE
    try:
        return _run(name or DEFAULT, rest, args.data)
    except UserError as trouble:
        sys.stderr.write(f"{PROGRAM}: {trouble.sentence}\n")
        return exit_code(trouble)
    except KeyboardInterrupt:
        sys.stderr.write(f"{PROGRAM}: dihentikan.\n")
        return Exit.CANCELLED


def _run(name: str, rest: list[str], data: Path | None) -> int:
    command = load(name)
    parser = Parser(f"{PROGRAM} {name}", command.HELP)
    _place(parser, data)
    command.arguments(parser)
    return command.run(parser.parse_args(rest))


class _StartParser(Parser):
    """Loads the commands only to list them."""

    def format_help(self) -> str:
        known = names()
        wide = max(map(len, known), default=0)
        lines = [f"  {name:{wide}}  {load(name).HELP}" for name in known]
        self.epilog = "\n".join(["perintah:", *lines, "", CODES])
        return super().format_help()


def _start_parser() -> Parser:
    parser = _StartParser(PROGRAM, ABOUT, usage=f"{PROGRAM} [--data FOLDER] [perintah ...]")
    _place(parser, None)
    version = f"ILP Desk {__version__}"
    parser.add_argument("--version", action="version", version=version, help="tampilkan versi program")
    parser.add_argument("words", nargs=argparse.REMAINDER, metavar="perintah", help=f"tanpa perintah: {DEFAULT}")
    return parser


def _place(parser: argparse.ArgumentParser, data: Path | None) -> None:
    parser.add_argument(
        "--data",
        type=Path,
        metavar="FOLDER",
        default=data,
        help="folder data; tanpa ini ILP_DESK_DATA, lalu folder dalam pengaturan komputer ini",
    )


def _speak_utf8() -> None:
    """A console with a narrower code page shows question marks instead of ending the program."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


if __name__ == "__main__":
    sys.exit(main())
