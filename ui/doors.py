"""What the program can do before there is a desk. Given by the command that starts it; every method may block."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from ilp_desk.desk import Desk
    from ilp_desk.rows.safekeeping import CopyRow
    from ilp_desk.settings import Machine, Settings


class Doors(Protocol):
    """The ways into one data folder. Errors are UserError, mostly DatabaseTrouble with its code."""

    @property
    def machine(self) -> Machine:
        """Settings and places of this computer."""

    @property
    def password(self) -> str:
        """The password of every account where the data are samples, else empty."""

    def enter(self, passphrase: str | None = None) -> Desk | None:
        """The desk on what lies there, brought up to date; None: nothing was ever set up here."""

    def create(self) -> tuple[Desk, str]:
        """A new, empty database, and its recovery code, which stands nowhere else."""

    def recover(self, code: str) -> Desk:
        """The desk by its recovery code; the key file is written anew."""

    def copies(self) -> tuple[CopyRow, ...]:
        """Copies that lie in the usual folder, newest first."""

    def restore(self, copy: Path, code: str | None) -> Desk:
        """The desk on a copy put in the place of the database, which is put aside. code: None, the key file fits."""

    def put_key_aside(self) -> None:
        """A key file without its database goes under another name, so that a new set-up may begin."""

    def try_out(self, afresh: bool) -> Doors:
        """The doors of the sample data, made now if there are none or `afresh`."""

    def has_samples(self) -> bool:
        """Whether sample data lie ready."""

    def keep(self, settings: Settings) -> None:
        """Write this computer's settings."""
