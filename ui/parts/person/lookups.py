"""What the desk already knows about somebody who is being typed: likely duplicates, and the family behind the KK."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from ilp_desk.domain.person_form import FOLDER, PersonForm
from ilp_desk.rows.people import Duplicate, FamilyFound
from ui.page import Context

PAUSE_MS = 250
"""No question is asked while keys follow each other this quickly."""
TELLING = frozenset({"name", "sex", "birth", "nik", "bpjs", "kk", "mother_name", "phone", "area_uid", "rt", "rw"})
"""Fields that say who somebody is."""


class DuplicateWatch(QObject):
    """Asks while somebody types, never in their way. changed: `current` is another one.

    uid: of whom, once they are registered. Those who were judged to be other people (`other`) are kept in `not_same`
    and not shown again.
    """

    changed = Signal()

    def __init__(self, context: Context, uid: str, form: Callable[[], PersonForm], parent: QObject) -> None:
        super().__init__(parent)
        self._context, self.uid, self._form = context, uid, form
        self._found: tuple[Duplicate, ...] = ()
        self.not_same: list[str] = []
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.ask)

    @property
    def left(self) -> tuple[Duplicate, ...]:
        """Likely duplicates nobody has judged yet, likeliest first."""
        return tuple(d for d in self._found if d.uid not in self.not_same)

    def touched(self, name: str) -> None:
        """A field was changed."""
        if name in TELLING:
            self._pause.start()

    def other(self) -> None:
        """The one shown first is somebody else."""
        if self.left:
            self.not_same.append(self.left[0].uid)
            self.changed.emit()

    def ask(self) -> None:
        form = self._form()
        if not (form.name.strip() or form.nik.strip() or form.bpjs.strip()):
            self._show(())
            return
        desk, actor, uid = self._context.desk, self._context.actor, self.uid
        self._context.runner.read(
            "person.duplicates", lambda: desk.people.duplicates(actor, form, uid), self._show, quiet=True
        )

    def _show(self, found: tuple[Duplicate, ...]) -> None:
        if found != self._found:
            self._found = found
            self.changed.emit()


class FamilyLookup(QObject):
    """Finds the family behind a KK number or a folder. found(FamilyFound or None): for the number typed last."""

    found = Signal(object)

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._asked = ""

    def typed(self, kk: str, text: str) -> bool:
        """The KK field says this now; kk: the number understood. False while it is none; one number is asked once."""
        number = kk or (text if FOLDER.fullmatch(text) else "")
        if not number:
            self._asked = ""
            return False
        if number != self._asked:
            self._asked = number
            desk, actor = self._context.desk, self._context.actor
            self._context.runner.read(
                "person.family",
                lambda: desk.people.family(actor, number),
                lambda family: self._answer(number, family),
                quiet=True,
            )
        return True

    def _answer(self, number: str, family: FamilyFound | None) -> None:
        if number == self._asked:
            self.found.emit(family)
