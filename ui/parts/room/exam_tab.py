"""Pemeriksaan: complaint, vital signs with their alarms, anamnesis and examination."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from ilp_desk.desk import Desk
from ilp_desk.domain.alarms import Alarm, alarms, measured_alarms, with_earlier
from ilp_desk.domain.reference.signs import Level
from ilp_desk.domain.referral_rules import notable
from ilp_desk.domain.staff import Actor
from ilp_desk.rows.encounter import Encounter
from ilp_desk.work import may
from ui.parts.room.alarm_list import AlarmList
from ui.parts.room.measures import facts
from ui.parts.room.part import Part
from ui.parts.room.signs_row import SignsRow
from ui.parts.room.text_part import ComplaintPart, SectionPart
from ui.parts.room.vitals import VitalsPart
from ui.widgets import State, hbox, scroll, vbox


class ExamTab(QWidget):
    """alarmed(alarms): those that stand now, typed values counted, with what was answered."""

    alarmed = Signal(object)

    def __init__(self, desk: Desk, actor: Actor) -> None:
        super().__init__()
        self._desk, self._actor = desk, actor
        self._visit: Encounter | None = None
        self._writable = True
        self.complaint = ComplaintPart(desk, actor)
        self.vitals = VitalsPart(desk, actor)
        self.signs = SignsRow(desk.reference)
        self.alarms = AlarmList()
        self.anamnesis = SectionPart(
            "anamnesis", "Anamnesis", desk, actor, "Sejak kapan, bagaimana, apa yang menyertai"
        )
        self.examination = SectionPart("examination", "Pemeriksaan fisik", desk, actor, "Yang ditemukan")
        texts = hbox(self.anamnesis, self.examination, spacing=12)
        for box in (self.anamnesis, self.examination):
            texts.setStretchFactor(box, 1)
            texts.setAlignment(box, Qt.AlignmentFlag.AlignTop)
        self._body = QWidget()
        column = (self.complaint, self.vitals, self.signs, self.alarms, texts, None)
        self._column = vbox(*column, spacing=10, margins=(14, 12, 14, 12))
        self._body.setLayout(self._column)
        self.area = scroll(self._body)
        self._body.installEventFilter(self)
        self.setLayout(vbox(self.area))
        # Many values are read at once when a visit is shown; the alarms are worked out once.
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._judge)
        self.vitals.judged.connect(self._soon.start)
        for part in (self.complaint, self.anamnesis, self.examination):
            part.clashed.connect(lambda part=part: self._bring_into_sight(part.banner))

    @property
    def parts(self) -> tuple[Part, ...]:
        return (self.complaint, self.vitals, self.anamnesis, self.examination)

    def show_visit(self, visit: Encounter, *, writable: bool) -> None:
        """After the parts have taken it: alarms of this visit."""
        self._visit, self._writable = visit, writable
        for part in (self.anamnesis, self.examination):
            # Who may not write here is shown what was written, not an empty field.
            part.setVisible(may(self._actor, part.act) or bool(part.editor.text()))
        self.signs.show_visit(visit, writable=writable)
        self._order_tabs()
        self._judge()

    def clear(self) -> None:
        self._visit = None
        self.signs.clear()
        self.alarms.show_alarms((), {}, (), writable=False)
        self.area.verticalScrollBar().setValue(0)

    def focus_first(self) -> None:
        """Where one goes on: the complaint if nobody asked, else the first measure, else the anamnesis."""
        asked = self.complaint.editor.text().strip() or self.complaint.editor.isReadOnly()
        if not asked and may(self._actor, "encounter.write"):
            self.complaint.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif not self.vitals.focus_first():
            self.anamnesis.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
        QTimer.singleShot(0, self, self.show_focus)

    def show_measure(self, code: str) -> None:
        """Put the keyboard into the field of a measure; one that is not asked for joins the grid."""
        self.vitals.focus_measure(code)
        QTimer.singleShot(0, self, self.show_focus)

    def focus_alarm(self) -> None:
        """Put the keyboard on the first answer that is wanted."""
        if self.alarms.focus_first():
            self._column.activate()
            self.area.ensureWidgetVisible(self.alarms.stops()[0], 0, 12)

    def standing(self) -> tuple[Alarm, ...]:
        """The alarms of what is on record and what is typed."""
        if self._visit is None:
            return ()
        now = alarms(self.vitals.values(), facts(self._visit), self._desk.reference)
        return with_earlier(now, self._visit.earlier, self._visit.answers)

    def _judge(self) -> None:
        if self._visit is None:
            return
        standing = self.standing()
        values, who, reference = self.vitals.values(), facts(self._visit), self._desk.reference
        levels: dict[str, State] = {}
        for code in notable(values, who, reference) if standing else ():
            red = any(a.level is Level.RED for a in measured_alarms({code: values[code]}, who, reference))
            levels[code] = "error" if red else "warn"
        self.vitals.mark(levels)
        keys = {alarm.key for alarm in standing}
        past = [one for one in self._visit.answered if one.key not in keys]
        if self.alarms.show_alarms(standing, self._visit.answers, past, writable=self._writable):
            self._bring_into_sight(self.alarms)
        self._order_tabs()
        self.alarmed.emit(standing)

    def _order_tabs(self) -> None:
        """Complaint, measures as they stand, the answers to alarms, texts: as the eye goes."""
        stops = [self.complaint.editor, *self.vitals.stops(), self.signs.ask, *self.alarms.stops()]
        for before, after in pairwise([*stops, self.anamnesis.editor, self.examination.editor]):
            QWidget.setTabOrder(before, after)

    def _bring_into_sight(self, widget: QWidget) -> None:
        """What is new is seen at once, and the field in hand stays in sight. After it has got its place."""
        QTimer.singleShot(0, widget, lambda: self._scroll_to(widget))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Alarms that are laid out later push the field in hand away: it stays in sight.
        if watched is self._body and event.type() is QEvent.Type.Resize:
            QTimer.singleShot(0, self, self.show_focus)
        return super().eventFilter(watched, event)

    def show_focus(self) -> None:
        """Scroll to the field that has the keyboard, where it is here."""
        here = QApplication.focusWidget()
        if here is not None and self._body.isAncestorOf(here):
            self._column.activate()
            self.area.ensureWidgetVisible(here, 0, 8)

    def _scroll_to(self, widget: QWidget) -> None:
        self._column.activate()
        self.area.ensureWidgetVisible(widget, 0, 8)
        self.show_focus()
