"""Keeping the data safe: the recovery code, copies, checks, and how the program is unlocked at its start.

The work itself is slow and happens outside a transaction; each act is written down by whoever carried it out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from ilp_desk.domain.site import Facility
from ilp_desk.domain.staff import MANAGERS, Actor
from ilp_desk.domain.text.dates import day_text, time_text
from ilp_desk.errors import InvalidInput, NotAllowed
from ilp_desk.paperwork import RecoverySheet
from ilp_desk.ports import UnitOfWork, Vault
from ilp_desk.rows.safekeeping import CopyRow, FindingRow, SafeState, WayIn
from ilp_desk.services.papers import facility
from ilp_desk.work import Service, Tools, command, may, question


class Safekeeping(Service):
    """For head and admin."""

    def __init__(self, tools: Tools, vault: Vault) -> None:
        super().__init__(tools)
        self._vault = vault

    def state(self, actor: Actor, folder: Path | None = None) -> SafeState:
        """Where the data lies and which copies there are. folder: of the copies, the usual one if none."""
        site = self._site(actor)
        where = folder or self._vault.copies_folder
        database = self._vault.database
        return SafeState(
            database=database,
            size=database.stat().st_size,
            key=self._vault.key_state(),
            folder=where,
            copies=self._vault.copies(where),
            idle_minutes=site.idle_minutes if site else 0,
        )

    @question("safe.state", MANAGERS)
    def _site(self, uow: UnitOfWork) -> Facility | None:
        found = uow.all(Facility)
        return found[-1] if found else None

    @question("safe.way_in", MANAGERS)
    def way_in(self, uow: UnitOfWork) -> WayIn:
        """What another process of this program needs to work on the same data, as a long import does."""
        return self._vault.way_in()

    # -- copies and checks

    def back_up(
        self, actor: Actor, folder: Path | None = None, progress: Callable[[int, int], None] | None = None
    ) -> CopyRow:
        """Make a verified copy while work goes on. Raises NotAllowed, DatabaseTrouble."""
        _ask(actor, "safe.back_up")
        made = self._vault.back_up(folder or self._vault.copies_folder, progress)
        self._backed_up(actor, made.path.name)
        return made

    @command("safe.back_up", MANAGERS)
    def _backed_up(self, uow: UnitOfWork, name: str) -> None:
        uow.about(name)

    def check(self, actor: Actor) -> Iterator[FindingRow]:
        """Check everything, one finding after the other; minutes at a million people. Raises NotAllowed."""
        _ask(actor, "safe.check")
        bad = []
        for found in self._vault.findings():
            if not found.ok:
                bad.append(found.code)
            yield found
        self._checked(actor, ",".join(bad) or "ok")

    @command("safe.check", MANAGERS)
    def _checked(self, uow: UnitOfWork, outcome: str) -> None:
        uow.about(outcome)

    # -- recovery code

    def new_code(self, actor: Actor) -> str:
        """A fresh recovery code to be printed and typed back. Raises NotAllowed."""
        _ask(actor, "safe.change_code")
        return self._vault.new_code()

    def sheet(self, actor: Actor, code: str) -> bytes:
        """The A4 sheet with a code, as PDF."""
        return self.tools.renderer.pdf(self._sheet(actor, tuple(code.split("-"))))

    @command("safe.print_code", MANAGERS)
    def _sheet(self, uow: UnitOfWork, groups: tuple[str, ...]) -> RecoverySheet:
        site = facility(uow)
        now = self.tools.clock.local(uow.now)
        return RecoverySheet(
            facility=site.name,
            groups=groups,
            database=f"{site.name}, basis data utama",
            made_at=f"{day_text(now.date())} pukul {time_text(now)}",
            made_by=uow.actor.name,
        )

    def confirm_code(self, actor: Actor, code: str, typed: str) -> None:
        """The code was typed back from paper. Raises InvalidInput("recovery_code") where it is another."""
        _ask(actor, "safe.change_code")
        if not self._vault.same_code(code, typed):
            raise InvalidInput(
                "recovery_code", "Ini kode lain. Ketik kode dari lembar yang baru dicetak, mulai kelompok 1."
            )

    def in_force(self, actor: Actor, code: str) -> bool:
        """Whether this code opens the database now."""
        _ask(actor, "safe.change_code")
        return self._vault.opens(code)

    def change_code(self, actor: Actor, code: str, typed: str, passphrase: str | None = None) -> None:
        """Put a new code in force once it was typed back. Raises InvalidInput, DatabaseTrouble, NotAllowed."""
        self.confirm_code(actor, code, typed)
        if not self._vault.opens(code):
            self._vault.change_code(code, passphrase)
        self._code_changed(actor)

    @command("safe.change_code", MANAGERS)
    def _code_changed(self, uow: UnitOfWork) -> None:
        uow.about("desk.key")

    # -- how the program is unlocked at its start

    def change_start(self, actor: Actor, passphrase: str | None, old: str | None = None) -> None:
        """Ask for a passphrase at every start (None: no longer). Raises InvalidInput, DatabaseTrouble, NotAllowed."""
        _ask(actor, "safe.change_start")
        self._vault.change_start(passphrase, old)
        self._start_changed(actor)

    @command("safe.change_start", MANAGERS)
    def _start_changed(self, uow: UnitOfWork) -> None:
        uow.about("desk.key")


def _ask(actor: Actor, act: str) -> None:
    if not may(actor, act):
        raise NotAllowed
