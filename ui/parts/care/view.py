"""What a full-width view of one service of the life cycle is made of: `CareView`, and the `CareCase` it is shown.

class GrowthView(CareView):
    def __init__(self, context: Context) -> None:
        super().__init__(context, "growth", "Tumbuh kembang")
        self.keys.bind("Ctrl+Enter", "simpan", self.save)
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ilp_desk.rows.encounter import Encounter
from ui.keys import Keys
from ui.page import Context


@dataclass(frozen=True, slots=True)
class CareCase:
    """Whose care it is, in which visit. writable: whether anything may be recorded here."""

    visit: Encounter
    writable: bool

    @property
    def person_uid(self) -> str:
        return self.visit.person_uid

    @property
    def visit_uid(self) -> str:
        return self.visit.visit_uid


class CareView(QWidget):
    """Stands in the room over the whole width, under the person's banner, while the queue and the visit rest.

    closed: go back to the visit; recorded: something is on record now, the room reads again; opens(code, target):
    another view is wanted; sends(point, note): the patient is to be sent on to this service point; asks_signs: the
    danger signs are to be asked. keys: hold while this view is open, those of the room rest then.
    """

    closed = Signal()
    recorded = Signal()
    opens = Signal(str, str)
    sends = Signal(str, str)
    asks_signs = Signal()

    def __init__(self, context: Context, code: str, title: str) -> None:
        super().__init__()
        self.code, self.title = code, title
        self.context = context
        self.desk, self.actor, self.runner = context.desk, context.actor, context.runner
        self.shell = context.shell
        self.setAccessibleName(title)
        self.keys = Keys(self, title)

    def open(self, case: CareCase, target: str) -> None:
        """Another person or another target; empty: as the view likes. Put the focus."""
        raise NotImplementedError

    def show_case(self, case: CareCase) -> None:
        """The same visit, read anew. What is being typed is never touched."""
        raise NotImplementedError

    def keep(self) -> None:
        """Keep what is typed, now: the view is left, the desk is locked, the window closes."""
        raise NotImplementedError

    def back(self) -> bool:
        """Esc: take one step back inside. False: there was none, the visit is shown again."""
        return False
