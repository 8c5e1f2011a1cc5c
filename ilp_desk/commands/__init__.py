"""The commands of `ilp-desk`: one module each, loaded only when it is asked for.

A command is a module in this folder whose name is what people type, with `_` between the words
(`import_patients` is `ilp-desk import patients`); names that begin with `_` are helpers. It has

    NAME = "find"                                   what people type
    HELP = "Cari orang dan tampilkan hasilnya."     one sentence for the list of commands
    def arguments(parser: argparse.ArgumentParser) -> None: ...
    def run(args: argparse.Namespace) -> int: ...   the exit code (`Exit`)

`args.data` is the folder given with --data, or None. What goes wrong for the user is raised as a `UserError`: the
sentence is printed and the exit code follows from it.
"""

from __future__ import annotations

import argparse
import pkgutil
from enum import IntEnum
from importlib import import_module
from typing import Protocol, cast

from ilp_desk.errors import DatabaseTrouble, NotFound, UserError


class Exit(IntEnum):
    """What a command ends with.

    TROUBLE: something the sentence tells; USAGE: the arguments; NOTHING: nothing found; DATABASE: the database cannot
    be opened; FINDINGS: a check found something; CRASH: an error nobody foresaw; CANCELLED: stopped by Ctrl+C.
    """

    OK = 0
    TROUBLE = 1
    USAGE = 2
    NOTHING = 3
    DATABASE = 4
    FINDINGS = 5
    CRASH = 70
    CANCELLED = 130


class Command(Protocol):
    """What a module of this folder offers."""

    NAME: str
    HELP: str

    def arguments(self, parser: argparse.ArgumentParser) -> None: ...

    def run(self, args: argparse.Namespace) -> int: ...


def names() -> tuple[str, ...]:
    """All commands as they are typed, in alphabetical order; none is loaded."""
    found = (module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_"))
    return tuple(sorted(name.replace("_", " ") for name in found))


def load(name: str) -> Command:
    """The module of a command as typed (`import patients`)."""
    return cast(Command, import_module(f"{__name__}.{name.replace(' ', '_')}"))


def match(words: list[str]) -> tuple[str, list[str]]:
    """The command these words begin with, the longest one, and the words left; an empty name where there is none."""
    known = names()
    for count in range(len(words), 0, -1):
        name = " ".join(words[:count])
        if name in known:
            return name, words[count:]
    return "", words


def exit_code(trouble: UserError) -> Exit:
    """The exit code of an error made for people."""
    if isinstance(trouble, DatabaseTrouble):
        return Exit.DATABASE
    return Exit.NOTHING if isinstance(trouble, NotFound) else Exit.TROUBLE
