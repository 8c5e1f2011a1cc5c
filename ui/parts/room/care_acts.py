"""Asking about danger signs and about a pregnancy, for the visit in the room."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from ilp_desk.domain.danger import concerning
from ilp_desk.domain.person import Sex
from ilp_desk.domain.pregnancy import PregnancyForm, run_out
from ilp_desk.errors import InvalidInput, UserError
from ilp_desk.work import may
from ui.page import Context
from ui.parts.room.measures import facts
from ui.parts.room.open_visit import OpenVisit
from ui.parts.room.pregnancy_sheet import PregnancySheet
from ui.parts.room.signs_sheet import WIDTH, SignsSheet
from ui.parts.room.visit_panel import VisitPanel


class CareActs(QObject):
    """Opens the sheets and carries out what they ask."""

    def __init__(self, context: Context, visit: OpenVisit, panel: VisitPanel, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._actor, self._shell = context.desk, context.actor, context.shell
        self._visit, self._panel = visit, panel
        panel.exam.signs.ask.clicked.connect(self.signs)
        panel.side.pregnancy.clicked.connect(self.pregnancy)

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

    def pregnancy(self) -> None:
        """Alt+H: HPHT, G/P/A, and how it ended."""
        visit = self._visit.visit
        if visit is None or visit.sex == Sex.MALE or not may(self._actor, "pregnancy.save"):
            return
        person, known = visit.person_uid, visit.last_pregnancy
        pregnancies, actor, reference = self._desk.pregnancies, self._actor, self._desk.reference
        sheet = PregnancySheet(known, visit.on, reference)

        def refused(error: UserError) -> None:
            sheet.refuse(error.field if isinstance(error, InvalidInput) else "", error.sentence)

        def save(form: PregnancyForm, on: str, outcome: str) -> None:
            begin: Callable[[], object] = lambda: pregnancies.save(actor, person, form)  # noqa: E731
            end: Callable[[], object] = lambda: pregnancies.end(actor, person, on, outcome)  # noqa: E731
            works = [work for work, wanted in ((begin, form.lmp.strip()), (end, outcome)) if wanted]
            if run_out(known, visit.on, reference):
                works.reverse()  # what ended is the old one

            def all_of_them() -> None:
                for work in works:
                    work()

            self._visit.act(all_of_them, lambda _: opened.close_sheet(), refused)

        def act(work: Callable[[], object]) -> None:
            self._visit.act(work, lambda _: opened.close_sheet(), refused)

        sheet.save_wanted.connect(save)
        if known is not None:
            uid = known.uid
            sheet.resume_wanted.connect(lambda: act(lambda: pregnancies.resume(actor, uid)))
            sheet.withdraw_wanted.connect(lambda why: act(lambda: pregnancies.withdraw(actor, uid, why)))
        opened = self._shell.sheet(sheet, 700, sheet.high())
        sheet.begin()
