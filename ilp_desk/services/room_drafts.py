"""What somebody typed in the room and has not saved yet."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from ilp_desk.domain.clinical import Draft
from ilp_desk.domain.staff import CARE
from ilp_desk.ports import UnitOfWork
from ilp_desk.work import Service, command, question


class RoomDrafts(Service):
    """Part of the examination: drafts belong to their writer and go away when the visit is finished."""

    @command("draft.keep", CARE, quiet=True)
    def keep_draft(self, uow: UnitOfWork, visit_uid: str, content: Mapping[str, object]) -> datetime:
        """Keep what is typed and not saved; gives the instant it was kept."""
        uow.about(visit_uid)
        uow.keep_draft("room", visit_uid, content)
        return uow.now

    @question("draft.find", CARE)
    def draft(self, uow: UnitOfWork, visit_uid: str) -> Draft | None:
        """What the actor left unsaved in this visit."""
        uow.about(visit_uid)
        return uow.draft("room", visit_uid)

    @command("draft.drop", CARE, quiet=True)
    def drop_draft(self, uow: UnitOfWork, visit_uid: str) -> None:
        """Throw the actor's own draft away."""
        uow.about(visit_uid)
        uow.drop_draft("room", visit_uid)
