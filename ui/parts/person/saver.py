"""Saving one person: one commit at a time, by the uid made for them, on the version that was read."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from ilp_desk.domain.person_form import PersonForm
from ilp_desk.rows.people import SavedPerson
from ilp_desk.services.people import SavePerson
from ui.page import Context

Then = Callable[[SavedPerson], None]


class Saver(QObject):
    """busy(on): a commit is under way; refused(error): nothing was saved.

    version: 0 as long as nobody is registered under this uid.
    """

    busy = Signal(bool)
    refused = Signal(object)

    def __init__(self, context: Context, uid: str, version: int, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self.uid, self.version = context, uid, version
        self._under_way = False

    def save(self, form: PersonForm, not_same: tuple[str, ...], then: Then) -> None:
        """Commit and go on with `then`; while a commit is under way further ones are ignored."""
        if self._under_way:
            return
        self._mark(True)
        order = SavePerson(uid=self.uid, form=form, row_version=self.version, not_same=not_same, draft=self.uid)
        desk, actor = self._context.desk, self._context.actor
        self._context.runner.write(
            lambda: desk.people.save(actor, order), lambda done: self._done(done, then), self._failed
        )

    def _done(self, done: SavedPerson, then: Then) -> None:
        self.version = done.row_version
        self._mark(False)
        self._context.shell.saved()
        then(done)

    def _failed(self, error: Exception) -> None:
        self._mark(False)
        self.refused.emit(error)

    def _mark(self, on: bool) -> None:
        self._under_way = on
        self.busy.emit(on)
