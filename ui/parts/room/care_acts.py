"""Asking about danger signs, for the visit in the room."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from ilp_desk.domain.danger import concerning
from ilp_desk.errors import UserError
from ilp_desk.work import may
from ui.page import Context
from ui.parts.room.measures import facts
from ui.parts.room.open_visit import OpenVisit
from ui.parts.room.signs_sheet import WIDTH, SignsSheet
from ui.parts.room.visit_panel import VisitPanel


class CareActs(QObject):
    """Opens the sheets and carries out what they ask."""

    def __init__(self, context: Context, visit: OpenVisit, panel: VisitPanel, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._actor, self._shell = context.desk, context.actor, context.shell
        self._visit, self._panel = visit, panel
        panel.exam.signs.ask.clicked.connect(self.signs)

    def signs(self) -> None:
        """Alt+B: which danger signs are there; each key is on record at once, and its alarm stands at once."""
        visit = self._visit.visit
        if visit is None or self._panel.exam.signs.ask.isHidden() or not may(self._actor, "encounter.sign"):
            return
        uid, examination, actor = visit.visit_uid, self._desk.examination, self._actor
        sheet = SignsSheet(concerning(facts(visit), self._desk.reference), visit.signs)
        waiting: list[object] = []

        def told() -> None:
            # A reading from before the last key would take its tick away.
            if waiting:
                waiting.pop()
            if not waiting and self._visit.visit is not None:
                sheet.show_signs(self._visit.visit.signs)

        def carry_out(work: Callable[[], object], then: Callable[[], object] | None = None) -> None:
            waiting.append(work)
            sheet.refuse("")

            def refused(error: UserError) -> None:
                sheet.refuse(error.sentence)
                told()

            self._visit.act(work, lambda _: then() if then is not None else None, refused)

        opened = self._shell.sheet(sheet, WIDTH, sheet.high())
        sheet.toggled.connect(lambda code, seen: carry_out(lambda: examination.see_sign(actor, uid, code, seen)))
        sheet.none_wanted.connect(lambda: carry_out(lambda: examination.no_signs(actor, uid), opened.close_sheet))
        sheet.ended.connect(opened.close_sheet)

        def shown(_: object) -> None:
            told()

        self._visit.shown.connect(shown)
        opened.closed.connect(lambda: self._visit.shown.disconnect(shown))
        sheet.begin()
