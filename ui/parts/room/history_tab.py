"""Riwayat in the room: earlier visits at the left, the chosen one whole at the right."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ilp_desk.domain.text.dates import day_text, short_day_text
from ilp_desk.rows.encounter import Encounter, PastVisit
from ilp_desk.rows.history import VisitDetail, VisitPage
from ui.page import Context
from ui.parts.history import detail_parts
from ui.rows import RowsModel
from ui.theme import px
from ui.widgets import KeyButton, ListView, Paragraph, TwoLine, hbox, scroll, vbox

LIST = 300
PAGE = 20
"""Rows of a page of the history (`rows.encounter.PastVisits`)."""
FIRST = ("Kunjungan pertama di sini.", "Sesudah selesai, kunjungan ini tampil di sini.")


class HistoryTab(QWidget):
    """Reading a visit is noted by the service. whole_wanted: the record on a screen of its own."""

    whole_wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._visit: Encounter | None = None
        self._before: tuple[date, str] | None = None
        self.model: RowsModel[PastVisit] = RowsModel(speak=lambda v: f"{day_text(v.day)}, {v.point}, {v.diagnoses}")
        self.view = ListView(
            self.model,
            lambda v: TwoLine(v.diagnoses or v.point, " · ".join(p for p in (v.point, v.vitals) if p), lead=_day(v)),
            key=lambda v: v.visit_uid,
            first=False,
            name="Kunjungan sebelumnya",
        )
        self.view.setMinimumWidth(px(180))
        self.view.setMaximumWidth(px(LIST))
        self.model.more_wanted.connect(self._more)
        self.view.row_chosen.connect(self._chosen)
        self._detail = Paragraph()
        self.whole = KeyButton("Buka riwayat lengkap", "Ctrl+4", small=True, icon="history")
        self.whole.clicked.connect(self.whole_wanted)
        page = QWidget()
        page.setLayout(vbox(self._detail, hbox(self.whole, None), None, spacing=12, margins=(14, 12, 14, 12)))
        across = hbox(self.view, scroll(page), spacing=0)
        across.setStretch(0, 2)
        across.setStretch(1, 3)
        self.setLayout(across)

    def show_visit(self, visit: Encounter) -> None:
        """Show whose history it is; the chosen visit stays."""
        if self._visit is not None and self._visit.history == visit.history:
            self._visit = visit
            return
        self._visit = visit
        last = visit.history[-1] if visit.history else None
        self._before = (last.day, last.visit_uid) if last else None
        self.model.answer(visit.person_uid, visit.history, more=len(visit.history) >= PAGE)
        self.whole.setVisible(bool(visit.history))
        self.view.set_sentence(*(("", "") if visit.history else FIRST))
        if not visit.history:
            self._detail.set_parts(())

    def clear(self) -> None:
        self._visit, self._before = None, None
        self.model.answer("", ())
        self._detail.set_parts(())

    def focus_first(self) -> None:
        self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if self.view.current_row() is None:
            self.view.select(0)

    def _more(self) -> None:
        if self._visit is None or self._before is None:
            return
        person, before, desk, actor = self._visit.person_uid, self._before, self._context.desk, self._context.actor
        self._context.runner.read("room.past", lambda: desk.history.visits(actor, person, before), self._found)

    def _found(self, page: VisitPage) -> None:
        self._before = page.before
        here = self._visit.visit_uid if self._visit else ""
        self.model.append([v for v in page.visits if v.visit_uid != here], more=page.before is not None)

    def _chosen(self, row: PastVisit | None) -> None:
        if row is None:
            self._detail.set_parts(())
            return
        desk, actor, uid = self._context.desk, self._context.actor, row.visit_uid
        self._context.runner.read("room.past.visit", lambda: desk.history.visit(actor, uid), self._read)

    def _read(self, detail: VisitDetail) -> None:
        row = self.view.current_row()
        if row is not None and row.visit_uid == detail.visit_uid:
            self._detail.set_parts(detail_parts(detail, self._context.desk.reference))


def _day(visit: PastVisit) -> str:
    return short_day_text(visit.day)
