"""What a manager typed in a form of the management and has not saved yet."""

from __future__ import annotations

from collections.abc import Mapping

from ilp_desk.domain.clinical import Draft
from ilp_desk.domain.staff import MANAGERS
from ilp_desk.ports import UnitOfWork
from ilp_desk.work import Service, command, question

SCREEN = "manage"


class DraftActs(Service):
    @question("site.draft", MANAGERS)
    def draft(self, uow: UnitOfWork, part: str) -> Draft | None:
        """The actor's own draft of a part of the management."""
        return uow.draft(SCREEN, part)

    @command("site.keep_draft", MANAGERS, quiet=True)
    def keep_draft(self, uow: UnitOfWork, part: str, content: Mapping[str, object]) -> None:
        """Keep what is typed; no passwords, no pictures."""
        uow.keep_draft(SCREEN, part, content)

    @command("site.drop_draft", MANAGERS, quiet=True)
    def drop_draft(self, uow: UnitOfWork, part: str) -> None:
        """It was saved, or thrown away."""
        uow.drop_draft(SCREEN, part)
