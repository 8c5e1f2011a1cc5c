"""An argument parser that speaks Indonesian."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from typing import Any, NoReturn

from ilp_desk.commands import Exit

_SAID = (
    (r"unrecognized arguments: (.+)", r"argumen tidak dikenal: \1"),
    (r"the following arguments are required: (.+)", r"argumen ini harus diisi: \1"),
    (r"argument (.+): expected one argument", r"\1 harus diikuti satu nilai"),
    (r"argument (.+): expected at least one argument", r"\1 harus diikuti sedikitnya satu nilai"),
    (r"argument (.+): expected (\d+) arguments", r"\1 harus diikuti \2 nilai"),
    (r"argument (.+): invalid \w+ value: (.+)", r"\1: nilai \2 tidak dapat dibaca"),
    (r"argument (.+): invalid choice: (.+) \(choose from (.+)\)", r"\1: \2 tidak dikenal; pilih dari \3"),
    (r"argument (.+): not allowed with argument (.+)", r"\1 tidak dapat dipakai bersama \2"),
    (r"argument (.+): ignored explicit argument (.+)", r"\1 tidak menerima nilai \2"),
    (r"one of the arguments (.+) is required", r"salah satu harus diisi: \1"),
    (r"ambiguous option: (.+) could match (.+)", r"pilihan \1 kurang jelas: \2"),
    (r"argument (.+?): (.+)", r"\1: \2"),
)
"""What argparse says, as patterns, and what we say instead."""


def said(message: str) -> str:
    """A message of argparse in Indonesian."""
    for pattern, ours in _SAID:
        if re.fullmatch(pattern, message):
            return re.sub(pattern, ours, message)
    return message


class _Layout(argparse.RawDescriptionHelpFormatter):
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "pemakaian: " if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """Headings, help and errors in Indonesian; an error ends with Exit.USAGE. Options are not abbreviated."""

    def __init__(self, prog: str, description: str, epilog: str = "", usage: str | None = None) -> None:
        super().__init__(
            prog=prog,
            usage=usage,
            description=description,
            epilog=epilog,
            add_help=False,
            allow_abbrev=False,
            formatter_class=_Layout,
        )
        self._positionals.title = "argumen"
        self._optionals.title = "pilihan"
        self.add_argument("-h", "--help", action="help", help="tampilkan bantuan ini")

    def error(self, message: str) -> NoReturn:
        self.exit(Exit.USAGE, f"{self.prog}: {said(message)}.\nBantuan: {self.prog} --help\n")
