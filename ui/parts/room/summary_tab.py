"""Ringkasan: today's visit as it stands on record, with who wrote what and when; below it the visit before."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from ilp_desk.domain.alarms import Alarm
from ilp_desk.domain.text.dates import short_day_text
from ilp_desk.rows.encounter import Encounter
from ilp_desk.rows.history import VisitDetail
from ui.page import Context
from ui.parts.history import detail_parts
from ui.parts.room.summary import summary
from ui.widgets import Hair, Paragraph, label, scroll, vbox


class SummaryTab(QWidget):
    """Nothing is typed here."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._reference, self._clock = context, context.desk.reference, context.desk.clock
        self._visit: Encounter | None = None
        self._alarms: tuple[Alarm, ...] = ()
        self._today = Paragraph()
        self._before_title = label("", "section")
        self._before = Paragraph()
        self._line = Hair()
        body = QWidget()
        column = (label("Hari ini", "section"), self._today, self._line, self._before_title, self._before, None)
        body.setLayout(vbox(*column, spacing=8, margins=(14, 12, 14, 12)))
        self._area = scroll(body)
        self.setLayout(vbox(self._area))
        self._show_before(False)

    def show_visit(self, visit: Encounter) -> None:
        """What is on record now."""
        other = self._visit is None or self._visit.visit_uid != visit.visit_uid
        self._visit = visit
        self._show_today()
        if other:
            self._show_before(False)
            if visit.history:
                self._read_before(visit)

    def show_alarms(self, alarms: Sequence[Alarm]) -> None:
        """Alarms that stand, typed values counted."""
        self._alarms = tuple(alarms)
        self._show_today()

    def clear(self) -> None:
        self._visit, self._alarms = None, ()
        self._today.set_parts(())
        self._show_before(False)

    def _show_today(self) -> None:
        if self._visit is not None:
            self._today.set_parts(summary(self._visit, self._alarms, self._reference, self._clock))

    def _read_before(self, visit: Encounter) -> None:
        desk, actor, uid = self._context.desk, self._context.actor, visit.history[0].visit_uid
        self._context.runner.read("room.before", lambda: desk.history.visit(actor, uid), self._found_before, quiet=True)

    def _found_before(self, detail: VisitDetail) -> None:
        if self._visit is None or not self._visit.history or self._visit.history[0].visit_uid != detail.visit_uid:
            return
        self._before_title.setText(f"Kunjungan sebelumnya, {short_day_text(detail.day)}")
        self._before.set_parts(detail_parts(detail, self._reference))
        self._show_before(True)

    def _show_before(self, on: bool) -> None:
        for widget in (self._line, self._before_title, self._before):
            widget.setVisible(on)
