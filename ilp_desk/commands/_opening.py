"""How a command gets at the data: the machine's settings, the key, the database, all services."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ilp_desk.bootstrap import open_desk
from ilp_desk.errors import DatabaseTrouble
from ilp_desk.settings import Machine
from ilp_desk.settings import load as load_settings

if TYPE_CHECKING:
    from ilp_desk.desk import Desk


def machine_of(args: Namespace) -> Machine:
    """The settings and places of this machine, with --data where it was given."""
    data: Path | None = args.data
    return load_settings(data)


def key_of(machine: Machine, passphrase: str | None = None) -> bytes:
    """The key of this machine's database. Raises DatabaseTrouble."""
    from db.rekey import settled_key

    return settled_key(machine.database, machine.key_file, passphrase)


@contextmanager
def opened_desk(args: Namespace, key: bytes | None = None) -> Iterator[Desk]:
    """All services on this machine's database, for as long as the block lasts. Raises DatabaseTrouble.

    key: handed over by the window that is open on it; None: this machine's own.
    """
    machine = machine_of(args)
    if not machine.database.exists():
        raise DatabaseTrouble(
            "missing",
            f"Belum ada basis data di {machine.data}. Buka ILP Desk untuk menyiapkannya, atau beri --data FOLDER.",
        )
    desk = open_desk(machine.database, key or key_of(machine))
    try:
        yield desk
    finally:
        desk.close()
