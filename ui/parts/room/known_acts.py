"""Asking about allergies and long-standing conditions, and recording what was said."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject

from ilp_desk.domain.record import new_uid
from ilp_desk.errors import UserError
from ilp_desk.work import may
from ui.page import Context
from ui.parts.room.known_sheet import AllergySheet, ProblemSheet
from ui.parts.room.open_visit import OpenVisit
from ui.parts.room.visit_panel import VisitPanel

Work = Callable[[], object]
OLDEST_YEAR = 1900


class KnownActs(QObject):
    """Opens the sheets for the visit in the room and carries out what they ask."""

    def __init__(self, context: Context, visit: OpenVisit, panel: VisitPanel, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._visit = context, visit
        self._desk, self._actor, self._shell = context.desk, context.actor, context.shell
        panel.diagnosis.keep.clicked.connect(self.list_diagnosis)

    def allergies(self) -> None:
        """Ask about allergies, record them."""
        sheet = AllergySheet(self._desk.reference)
        examination, actor = self._desk.examination, self._actor

        def add(person: str) -> Work | None:
            uid, kind = new_uid(), str(sheet.kind.value())
            substance, reaction = sheet.text(0), sheet.text(1)
            return lambda: examination.add_allergy(actor, person, uid, substance, reaction, kind)

        self._known(sheet, "allergy", add, lambda person: lambda: examination.no_allergy(actor, person))

    def problems(self) -> None:
        """Ask about long-standing conditions, record them."""
        sheet = ProblemSheet(self._desk, self._actor, self._context.runner)
        examination, actor = self._desk.examination, self._actor

        def add(person: str) -> Work | None:
            uid, title, year, code = new_uid(), sheet.text(0), sheet.since.text().strip(), sheet.code
            if not year:
                return lambda: examination.add_problem(actor, person, uid, title, code)
            visit = self._visit.visit
            latest = visit.on.year if visit else date.max.year
            if not (year.isascii() and year.isdigit() and OLDEST_YEAR <= int(year) <= latest):
                sheet.refuse(f"Tahun mulai sakit {OLDEST_YEAR} sampai {latest}. Kosongkan bila tidak diketahui.")
                return None
            since = date(int(year), 1, 1)
            return lambda: examination.add_problem(actor, person, uid, title, code, since)

        sheet.over.connect(
            lambda uid: self._visit.act(
                lambda: examination.end_problem(actor, uid),
                lambda _: None,
                lambda error: sheet.refuse(error.sentence),
            )
        )
        self._known(sheet, "problem", add, lambda person: lambda: examination.no_problem(actor, person))

    def list_diagnosis(self) -> None:
        """Alt+K: the first diagnosis of today that lasts goes on the list of known problems."""
        visit = self._visit.visit
        if visit is None or not visit.unlisted or not may(self._actor, "person.problem"):
            return
        first, uid, person = visit.unlisted[0], new_uid(), visit.person_uid
        examination, actor = self._desk.examination, self._actor
        # New today: since this year; of an older one nobody said since when.
        since = date(visit.on.year, 1, 1) if first.course == "new" else None

        def take_back() -> None:
            self._visit.act(lambda: examination.withdraw(actor, "problem", uid, "diurungkan"))

        self._visit.act(
            lambda: examination.add_problem(actor, person, uid, first.title, first.code, since),
            lambda _: self._shell.toast(f"{first.title} dicatat sebagai penyakit yang diketahui.", take_back),
            lambda error: self._shell.sentence(error.sentence),
        )

    def _known(
        self,
        sheet: AllergySheet | ProblemSheet,
        kind: str,
        add: Callable[[str], Work | None],
        none: Callable[[str], Work],
    ) -> None:
        visit = self._visit.visit
        if visit is None or not may(self._actor, f"person.{kind}"):
            return
        person = visit.person_uid

        def refused(error: UserError) -> None:
            sheet.refuse(error.sentence)

        def record() -> None:
            work = add(person)
            if work is not None:
                self._visit.act(work, lambda _: sheet.recorded(), refused)

        def take_back(uid: str, why: str) -> None:
            self._visit.act(
                lambda: self._desk.examination.withdraw(self._actor, kind, uid, why),
                lambda _: sheet.recorded(),
                refused,
            )

        def again(_: object) -> None:
            if self._visit.visit is not None:
                sheet.show_visit(self._visit.visit)

        sheet.show_visit(visit)
        sheet.add_wanted.connect(record)
        sheet.none_wanted.connect(lambda: self._visit.act(none(person), lambda _: opened.close_sheet(), refused))
        sheet.withdraw.connect(take_back)
        self._visit.shown.connect(again)
        opened = self._shell.sheet(sheet, 700, 330)
        sheet.begin()
        opened.closed.connect(lambda: self._visit.shown.disconnect(again))
