"""Everything beside the queue while a visit is open: banner, tabs, side panel, and what may be done with it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ilp_desk.domain.alarms import Alarm
from ilp_desk.domain.clinical import Draft
from ilp_desk.domain.queueing import ENDED
from ilp_desk.domain.reference.signs import Level
from ilp_desk.domain.text.dates import time_text
from ilp_desk.domain.visit import QueueState, VisitState
from ilp_desk.rows.encounter import Encounter
from ilp_desk.work import may
from ui.page import Context
from ui.parts.room.diagnosis_tab import DiagnosisTab
from ui.parts.room.due_groups import open_count
from ui.parts.room.exam_tab import ExamTab
from ui.parts.room.history_tab import HistoryTab
from ui.parts.room.open_visit import BEFORE_CARE, Reading
from ui.parts.room.part import Part, enterable
from ui.parts.room.person_banner import PersonBanner
from ui.parts.room.referral_tab import ReferralTab
from ui.parts.room.screening_tab import ScreeningTab
from ui.parts.room.side import SidePanel
from ui.parts.room.summary_tab import SummaryTab
from ui.theme import px
from ui.widgets import Banner, Card, Icon, KeyButton, Runs, Segment, Tab, Tabs, Text, hbox, vbox

SUMMARY, EXAM, SCREENING, DIAGNOSIS, REFERRAL, HISTORY = range(6)
STATE_WIDTH = 272
NARROW = 800
"""Design pixels of this panel under which the side panel is narrower."""


class VisitPanel(QWidget):
    """Shows one visit. The buttons are the screen's to connect."""

    alarmed = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._actor = context, context.actor
        desk = context.desk
        self._reading: Reading | None = None
        self._alarms: tuple[Alarm, ...] = ()
        self._told: tuple[str, tuple[str, ...]] = ("", ())
        self.writable = False
        """Whether services of today may be recorded: the visit goes on and care has begun."""
        self.banner = PersonBanner(desk.reference)
        self.summary = SummaryTab(context)
        self.exam = ExamTab(desk, context.actor)
        self.screening = ScreeningTab()
        self.diagnosis = DiagnosisTab(desk, context.actor, context.runner)
        self.referral = ReferralTab(desk.reference)
        self.history = HistoryTab(context)
        self.side = SidePanel(desk.reference, desk.clock)
        self.tabs = Tabs(
            [
                Tab("Ringkasan", self.summary),
                Tab("Pemeriksaan", self.exam),
                Tab("Skrining", self.screening),
                Tab("Diagnosis & terapi", self.diagnosis),
                Tab("Rujukan", self.referral),
                Tab("Riwayat", self.history),
            ],
            EXAM,
        )
        self._make_banners()
        self._make_foot()
        self._lay()
        self.exam.alarmed.connect(self._alarmed)
        for part in self.parts:
            part.edited.connect(self._typed_on)

    @property
    def parts(self) -> tuple[Part, ...]:
        """All that is typed, in the order it is saved."""
        return (*self.exam.parts, *self.diagnosis.parts)

    # Building

    def _make_banners(self) -> None:
        self.start = KeyButton("Mulai", "Enter", kind="primary", small=True)
        self.again = KeyButton("Panggil lagi", "Ctrl+Shift+J", small=True)
        self.skip = KeyButton("Lewati", "Ctrl+K", small=True)
        self.absent = KeyButton("Tidak hadir", "Ctrl+Shift+K", small=True)
        self._called = Banner("info", "", buttons=(self.start, self.again, self.skip, self.absent))
        self.take = KeyButton("Lanjutkan", "Enter", kind="primary", small=True)
        self.drop = KeyButton("Buang", small=True)
        self._draft = Banner("warning", "", buttons=(self.take, self.drop))
        self._over = Banner("info", "")
        for banner in (self._called, self._draft, self._over):
            banner.hide()
        enterable(self.start, self.again, self.skip, self.absent, self.take, self.drop)

    def _make_foot(self) -> None:
        self.state = Runs()
        self.send = KeyButton("Rujuk internal", "Ctrl+I", icon="send")
        self.print = KeyButton("Cetak", "Ctrl+P", icon="print")
        self.save = KeyButton("Simpan", "Ctrl+S", icon="save")
        self.finish = KeyButton("Selesaikan kunjungan", "Ctrl+Enter", kind="primary")
        enterable(self.send, self.print, self.save, self.finish)
        self.finish.setMinimumWidth(self.finish.sizeHint().width())

    def _lay(self) -> None:
        card = Card(vbox(self.tabs, margins=(1, 1, 1, 1)))
        middle = hbox(card, self.side, spacing=10)
        middle.setStretch(0, 1)
        foot = hbox(self.state, self.send, self.print, self.save, self.finish)
        foot.setStretch(0, 1)
        self._column = vbox(self.banner, self._called, self._draft, self._over, middle, foot, spacing=10)
        self._column.setStretch(4, 1)
        self.setLayout(self._column)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.side.set_narrow(self.width() < px(NARROW))

    # Showing

    def show_reading(self, reading: Reading, *, offered: bool) -> None:
        """Show what was read; offered: a draft waits, nothing is typed before it is answered."""
        visit = reading.visit
        self._reading = reading
        self.banner.show_visit(visit)
        going = visit.visit_state is VisitState.OPEN and visit.entry_state not in ENDED
        for part in self.parts:
            part.set_writable(going and not offered and may(self._actor, part.act))
        writable = going and not offered
        self.exam.show_visit(visit, writable=writable and may(self._actor, "encounter.alarm"))
        self.diagnosis.show_visit(visit, writable=writable and may(self._actor, "encounter.diagnose"))
        self.summary.show_visit(visit)
        may_refer = going and may(self._actor, "referral.issue")
        self.referral.show_letters(reading.letters, reading.refusals, writable=may_refer)
        self.history.show_visit(visit)
        self.side.show_visit(visit)
        self.writable = writable and visit.entry_state not in BEFORE_CARE
        self.side.due.show_lines(reading.due, visit)
        self.screening.show_lines(reading.due, writable=self.writable)
        opened = open_count(reading.due)
        self.tabs.set_badge(SCREENING, str(opened) if opened else "")
        self.tabs.set_badge(DIAGNOSIS, str(len(visit.diagnoses)) if visit.diagnoses else "")
        self.tabs.set_badge(REFERRAL, str(len(reading.letters)) if reading.letters else "")
        self._show_turn(visit, going)
        for button in (self.send, self.save, self.finish):
            button.setEnabled(writable)
        self.show_state()

    def clear(self) -> None:
        """Nothing of the visit stays."""
        self._reading, self._alarms, self._told = None, (), ("", ())
        self.banner.clear()
        for part in self.parts:
            part.set_writable(False)
        for tab in (self.summary, self.exam, self.screening, self.diagnosis, self.history):
            tab.clear()
        for banner in (self._called, self._draft, self._over):
            banner.hide()

    def offer(self, draft: Draft) -> None:
        """Something was left unsaved: go on with it, or throw it away."""
        at = time_text(self._context.desk.clock.local(draft.saved_at))
        self._draft.set("warning", f"Ada draf {at} yang belum disimpan.", "Lanjutkan dari sana, atau buang?")
        self._draft.show()
        self.take.setFocus(Qt.FocusReason.OtherFocusReason)

    def answered(self) -> None:
        """The draft was taken or thrown away: what stands may be typed in."""
        self._draft.hide()
        if self._reading is not None:
            self.show_reading(self._reading, offered=False)

    def begun(self) -> None:
        """The patient is in; the reading that says so is on its way."""
        self._called.hide()
        self._column.activate()

    def focus_tab(self, index: int) -> None:
        """Open a tab and go where one goes on there."""
        self.tabs.select(index)
        if index == SUMMARY:
            # No ring around the word: nothing is typed here, and what moves the tabs would leave the ring behind.
            self.tabs.buttons[SUMMARY].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            (self.exam, self.screening, self.diagnosis, self.referral, self.history)[index - 1].focus_first()

    def first_tab(self) -> int:
        """Where this actor begins."""
        return EXAM if may(self._actor, "encounter.write") or self._laboratory else SUMMARY

    @property
    def _laboratory(self) -> bool:
        return self._reading is not None and self._reading.visit.point_code == "lab"

    def missing(self) -> tuple[str, ...]:
        """What finishing still wants, in a few words each."""
        if self._reading is None:
            return ()
        found = []
        if may(self._actor, "encounter.diagnose") and not self._reading.visit.diagnoses:
            found.append("diagnosis")
        if any(a.level is Level.RED for a in self.unanswered()):
            found.append("jawaban alarm merah")
        return tuple(found)

    def unanswered(self) -> Sequence[Alarm]:
        """Alarms this actor has to answer: who may diagnose all of them, others those of their own figures."""
        if self._reading is None:
            return ()
        visit = self._reading.visit
        decides = may(self._actor, "encounter.diagnose")
        others = set() if decides else {a.alarm.key for a in visit.alarms if not a.mine}
        return [a for a in self._alarms if a.key not in visit.answers and a.key not in others]

    def show_state(self, saved_at: str = "", left: Sequence[str] = ()) -> None:
        """What is missing, or that all is saved, in words beside the buttons; the last save is told until more is
        typed. left: what it left out."""
        if saved_at or left:
            self._told = saved_at, tuple(left)
        saved_at, left = self._told
        missing = self.missing()
        line: list[Segment] = []
        if left:
            words = f"Tersimpan {saved_at}; belum: " if saved_at else "Belum tersimpan: "
            line = [Icon("warn", "warning"), Text(words + ", ".join(left), color="warning")]
        elif missing:
            line = [Icon("info", "muted"), Text(f"Kurang: {', '.join(missing)}", muted=True)]
        elif saved_at:
            line = [Icon("check", "ok"), Text(f"Tersimpan {saved_at}", color="ok")]
        self.state.set_segments(line)
        # The buttons leave out their icons and keys before this is cut.
        self.state.setMinimumWidth(min(self.state.natural_width() + px(4), px(STATE_WIDTH)) if line else 0)

    # Inside

    def _show_turn(self, visit: Encounter, going: bool) -> None:
        called = visit.entry_state is QueueState.CALLED
        where = f" ke {visit.room}" if visit.room else ""
        said = f"{visit.ticket} dipanggil {visit.called}{where}." if called else f"{visit.ticket} belum dipanggil."
        self._called.set("info", said)
        for button in (self.again, self.skip, self.absent):
            button.setVisible(called)
        self._called.setVisible(going and visit.entry_state in BEFORE_CARE)
        words = ""
        if visit.visit_state is not VisitState.OPEN:
            words = "Kunjungan ini sudah selesai; isinya tinggal dibaca."
        elif visit.entry_state in ENDED:
            words = f"Pelayanan di {visit.point} sudah selesai; isinya tinggal dibaca."
        elif visit.entry_state is QueueState.SENT_ON:
            words = "Pasien sedang di layanan lain dan akan kembali ke sini."
        elif visit.note:
            words = f"Pesan dari {visit.sender or 'pengirim'}:"
        if words:
            self._over.set("info", words, visit.note if words.endswith(":") else "")
        self._over.setVisible(bool(words))

    def _typed_on(self) -> None:
        self._told = "", ()
        self.show_state()

    def _alarmed(self, alarms: tuple[Alarm, ...]) -> None:
        self._alarms = alarms
        answers = self._reading.visit.answers if self._reading else {}
        self.banner.show_alarms(alarms, answers)
        self.summary.show_alarms(alarms)
        self.side.due.set_alarmed(any(a.level is Level.RED and a.key not in answers for a in alarms))
        self.show_state()
        self.alarmed.emit(alarms)
