"""Imunisasi: the series with their doses, giving one, what stands against one, what comes next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QElapsedTimer, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ilp_desk.domain.clinical import Draft
from ilp_desk.domain.immunization.records import LAST_CLASS, GivenDose, ObjectionKind
from ilp_desk.domain.record import new_uid
from ilp_desk.errors import InvalidInput, NeedsReason, UserError
from ilp_desk.rows.immunization import DoseCell, ImmunizationView
from ilp_desk.services.life_cycle.immunizations import EarlierDose, Happened, NotAdvised, Stands
from ilp_desk.work import may
from ui.page import Context
from ui.papers import show_immunization_card
from ui.parts.care.immunization_give import GiveCard
from ui.parts.care.immunization_grid import DoseGrid, Legend
from ui.parts.care.immunization_sheets import (
    EarlierSheet,
    EventSheet,
    ObjectionSheet,
    RecordSheet,
    dose_sheet,
    event_sheet,
    objection_sheet,
)
from ui.parts.care.immunization_side import LinesCard, NextCard, event_rows, objection_rows, other_rows
from ui.parts.care.view import CareCase, CareView
from ui.theme import px
from ui.widgets import (
    Card,
    Chip,
    Combo,
    EmptyState,
    KeyButton,
    Paragraph,
    Runs,
    Segment,
    Text,
    hbox,
    label,
    scroll,
    vbox,
)

WIDTH, NARROW = 372, 330
"""Design pixels of the column at the right."""
NARROW_WINDOW = 1000
KEEP_MS = 600
TWICE_MS = 500
"""A second press so soon was meant for the dose before: it neither gives the next one nor answers a doubt."""
TONES = {"reached": "ok", "late": "ok", "open": "neutral", "impossible": "warning"}
NO_BIRTH = ("Tanggal lahir belum dicatat", "Isi dulu di data pasien: jadwal dihitung dari umur.")
NO_SERIES = ("Tidak ada jadwal imunisasi untuk umur ini", "Dosis tetap dapat dicatat di kanan.")
CLASSES: tuple[tuple[object, str], ...] = (
    (0, "belum diketahui"),
    *((number, f"kelas {number}") for number in range(1, LAST_CLASS + 1)),
)
OBJECTION_SHEET, EARLIER_SHEET, EVENT_SHEET, RECORD_SHEET = 480, 560, 520, 520


@dataclass(frozen=True, slots=True)
class _Reading:
    view: ImmunizationView
    draft: Draft | None


class ImmunizationCare(CareView):
    """Ctrl+Enter records the dose in hand; Alt+N takes the next one."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "immunization", "Imunisasi")
        self._case: CareCase | None = None
        self._view: ImmunizationView | None = None
        self._target = ""
        self._pressed = QElapsedTimer()
        self.twice_ms = TWICE_MS
        self._kept: dict[str, object] = {}
        self._stamp = 0
        self.earlier = KeyButton("Tambah dosis lampau", "Alt+D", small=True)
        self.print = KeyButton("Cetak kartu", "Ctrl+P", icon="print", small=True)
        self.state = Runs([])
        self.words = Paragraph()
        self.school = Combo((), name="Kelas")
        self.grid = DoseGrid()
        self.schedule = label("", "small", wrap=True)
        self.give = GiveCard()
        self.next = NextCard()
        self.report = KeyButton("Laporkan", "Alt+L", kind="link", small=True)
        self.events = LinesCard("KIPI", self.report)
        self.objections = LinesCard("Penundaan dan keberatan")
        self.others = LinesCard("Dosis lain yang tercatat")
        self._empty = EmptyState("", "", icon="baby")
        self._soon = QTimer(self, singleShot=True, interval=KEEP_MS)
        self._soon.timeout.connect(self.keep)
        self._class_soon = QTimer(self, singleShot=True, interval=KEEP_MS)
        self._class_soon.timeout.connect(self._set_class)
        self._build()
        self._bind()

    def _build(self) -> None:
        head = hbox(label("Imunisasi", "title"), self.state, self.earlier, self.print, spacing=8)
        head.setStretch(1, 1)
        body = QWidget()
        inner = vbox(self.grid, self._empty, Legend(), self.schedule, None, spacing=8, margins=(14, 2, 10, 10))
        body.setLayout(inner)
        self.school.setFixedWidth(px(150))
        self._school = QWidget()
        self._school.setLayout(
            hbox(label("Kelas tahun ajaran ini", "label", self.school), self.school, None, spacing=8)
        )
        top = QWidget()
        top.setLayout(vbox(head, self.words, self._school, spacing=4, margins=(14, 10, 14, 2)))
        column = vbox(top, scroll(body), spacing=2, margins=(1, 1, 1, 1))
        column.setStretch(1, 1)
        left = Card(column)
        side = QWidget()
        side.setLayout(vbox(self.give, self.next, self.objections, self.events, self.others, None, spacing=10))
        self._side = scroll(side)
        across = hbox(left, self._side, spacing=10)
        across.setStretch(0, 1)
        self.setLayout(across)
        self._set_width()

    def _bind(self) -> None:
        keys = self.keys
        keys.bind("Ctrl+Enter", "catat pemberian", self.record)
        keys.bind("Alt+N", "dosis berikut", self.give.next_dose)
        keys.bind("Alt+D", "dosis lampau", self.add_earlier)
        keys.bind("Ctrl+P", "cetak kartu", self.print_card)
        keys.bind("Alt+T", "tunda", lambda: self.stand_against(ObjectionKind.DEFERRAL), bar=False)
        keys.bind("Alt+M", "menolak", lambda: self.stand_against(ObjectionKind.REFUSAL), bar=False)
        keys.bind("Alt+K", "kontraindikasi", lambda: self.stand_against(ObjectionKind.CONTRAINDICATION), bar=False)
        keys.bind("Alt+L", "lapor KIPI", self.report_event, bar=False)
        keys.bind("Alt+B", "ke daftar dosis", self.grid.setFocus, bar=False)
        keys.note("←→↑↓", "dosis demi dosis, Enter membukanya", bar=False)
        keys.bind("Alt+C", "kelas", self._to_school, bar=False)
        # By arrows one passes other classes on the way; only where one stops is meant.
        self.school.activated.connect(lambda _: self._class_soon.start())
        self.earlier.clicked.connect(self.add_earlier)
        self.print.clicked.connect(self.print_card)
        self.report.clicked.connect(self.report_event)
        self.give.saves.connect(self.record)
        self.give.objects.connect(self.stand_against)
        self.give.changed.connect(self._soon.start)
        self.grid.chosen.connect(self._chosen)
        self.events.opened.connect(self._open_event)
        self.objections.opened.connect(self._open_objection)
        self.others.opened.connect(self._open_dose)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set_width()

    def _set_width(self) -> None:
        self._side.setFixedWidth(px(NARROW if self.width() < px(NARROW_WINDOW) else WIDTH))

    # CareView

    def open(self, case: CareCase, target: str) -> None:
        first = self._case is None or self._case.visit_uid != case.visit_uid
        if first:
            self.keep()
        self._case, self._target = case, target
        if first:
            self._view, self._kept = None, {}
            self.give.renew()
            self.grid.show_lines(())
        self._read(first=first, focus=True)

    def show_case(self, case: CareCase) -> None:
        self._case = case
        self._read()

    def keep(self) -> None:
        self._soon.stop()
        if self._class_soon.isActive():
            self._class_soon.stop()
            self._set_class()
        if self._case is None or not may(self.actor, "immunization.keep_draft"):
            return
        content, uid = self.give.typed(), self._case.visit_uid
        if content == self._kept:
            return
        self._kept = content
        service, actor = self.desk.immunizations, self.actor
        if content:
            self.runner.write(lambda: service.keep_draft(actor, uid, content), self.shell.draft_saved)
        else:
            self.runner.write(lambda: service.drop_draft(actor, uid), lambda _: None)

    # Reading and showing

    @property
    def ready(self) -> bool:
        """Whether what is shown is of the visit in hand."""
        return self._view is not None

    @property
    def _writable(self) -> bool:
        return self._case is not None and self._case.writable and may(self.actor, "immunization.give")

    def _read(self, *, first: bool = False, focus: bool = False) -> None:
        case = self._case
        if case is None:
            return
        service, actor = self.desk.immunizations, self.actor
        drafts = first and case.writable and may(actor, "immunization.draft")
        self._stamp += 1
        stamp = self._stamp

        def work() -> _Reading:
            view = service.open(actor, case.person_uid)
            return _Reading(view, service.draft(actor, case.visit_uid) if drafts else None)

        def found(reading: _Reading) -> None:
            if stamp != self._stamp or self._case is None or self._case.visit_uid != case.visit_uid:
                return
            self._view = reading.view
            self._show()
            if reading.draft is not None:
                self.give.put_back(reading.draft.content)
                self._kept = self.give.typed()
            if focus:
                self._focus()

        self.runner.read("care.immunization", work, found)

    def _show(self) -> None:
        view = self._view
        if view is None:
            return
        self.grid.show_lines(view.lines)
        self.grid.setVisible(bool(view.lines))
        self._empty.setVisible(not view.lines)
        if not view.lines:
            self._empty.set(*(NO_SERIES if view.born_known else NO_BIRTH))
        chips: list[Segment] = [Chip(_milestone(one.label, one.state), TONES[one.state]) for one in view.milestones]
        if view.tetanus is not None and view.tetanus.code:
            chips.append(Chip(f"Status {view.tetanus.code}", "accent"))
        self.state.set_segments(chips)
        said = [one.words for one in view.milestones if one.state != "open"]
        if view.tetanus is not None:
            said += [view.tetanus.words, view.tetanus.td]
        self.words.set_parts([Text(" ".join(said), muted=True)])
        self.words.setVisible(bool(said))
        self._school.setVisible(view.school_class is not None)
        if not self._class_soon.isActive():
            self.school.set_items(CLASSES, view.school_class or 0)
        self.school.setEnabled(self._writable)
        self.schedule.setText(view.schedule)
        self.give.show_view(view, writable=self._writable)
        self.next.show_view(view)
        self.events.show_rows(event_rows(view), "Tidak ada yang dilaporkan.")
        self.objections.show_rows(objection_rows(view))
        self.objections.setVisible(bool(objection_rows(view)))
        self.others.show_rows(other_rows(view))
        self.others.setVisible(bool(view.others))
        self.earlier.setEnabled(self._writable)
        self.report.setEnabled(self._writable and bool(view.doses))

    def _to_school(self) -> None:
        if not self._school.isHidden():
            self.school.setFocus()

    def _set_class(self) -> None:
        """The class was chosen: what goes by the class is reckoned anew."""
        case, number = self._case, self.school.value()
        if case is None or not isinstance(number, int) or not self._writable:
            return
        service, actor, uid = self.desk.immunizations, self.actor, new_uid()
        self.runner.write(
            lambda: service.school_class(actor, uid, case.person_uid, number), lambda _: self._changed("")
        )

    def _focus(self) -> None:
        if self._target:
            taken = self.give.select(self._target)
            self.grid.select(self._series_of(self._target))
            if not taken:
                self.grid.setFocus()
                return
        if self._writable and self._view is not None and self._view.offers:
            self.give.focus()
        else:
            self.grid.setFocus()

    def _series_of(self, target: str) -> str:
        """target: a series, or a vaccine."""
        row = self._view.vaccines.get(target) if self._view is not None else None
        codes = [line.code for line in self._view.lines] if self._view is not None else []
        if target in codes or row is None:
            return target
        return next((code for code in row.series if code in codes), target)

    # Acts

    def record(self) -> None:
        """Ctrl+Enter: the dose in hand goes on record."""
        case = self._case
        if case is None or not self._writable or self._view is None:
            return
        if self._pressed.isValid() and self._pressed.elapsed() < self.twice_ms:
            return
        order = self.give.order(case.visit_uid)
        if order is None:
            return
        service, actor = self.desk.immunizations, self.actor

        def saved(given: GivenDose) -> None:
            self._pressed.start()
            self.give.recorded()
            self.keep()
            self.shell.saved()
            offer = next((o for o in self._view.offers if given.code in o.vaccines), None) if self._view else None
            row = self._view.vaccines.get(given.code) if self._view else None
            name = offer.title if offer is not None else row.label if row is not None else given.code
            self.shell.toast(f"{name} dicatat.", lambda: self._undo(given.uid))
            self.recorded.emit()
            self._read(focus=True)
            self._target = ""

        def failed(error: Exception) -> None:
            if isinstance(error, NotAdvised):
                self._pressed.start()
                self.give.ask(error.sentence)
            elif isinstance(error, InvalidInput):
                self.give.refuse(error.field, error.sentence)
            elif isinstance(error, UserError):
                self.shell.sentence(error.sentence)

        self.runner.write(lambda: service.give(actor, order), saved, failed)

    def _undo(self, uid: str) -> None:
        service, actor = self.desk.immunizations, self.actor
        self.runner.write(lambda: service.withdraw(actor, "dose", uid, "diurungkan"), lambda _: self._changed(""))

    def _changed(self, said: str) -> None:
        if said:
            self.shell.toast(said)
        self.shell.saved()
        self.recorded.emit()
        self._read()

    def add_earlier(self, target: str = "") -> None:
        """Alt+D: doses of before, from a book or told."""
        view = self._view
        if view is None or not self._writable:
            return
        panel = EarlierSheet(view, target)
        sheet = self.shell.sheet(panel, EARLIER_SHEET)
        service, actor = self.desk.immunizations, self.actor

        def send(dose: EarlierDose) -> None:
            def failed(error: Exception) -> None:
                if isinstance(error, NotAdvised):
                    panel.ask(error.sentence)
                elif isinstance(error, InvalidInput):
                    panel.refuse(error.field, error.sentence)
                elif isinstance(error, UserError):
                    panel.refuse("on", error.sentence)

            def saved(_: object) -> None:
                panel.recorded(dose)
                self._changed("")

            self.runner.write(lambda: service.earlier(actor, dose), saved, failed)

        def copied() -> None:
            uid = new_uid()
            self.runner.write(
                lambda: service.copied(actor, uid, view.person_uid),
                lambda _: self._changed("Buku disalin lengkap: yang belum tercatat sekarang dihitung belum diberikan."),
            )

        panel.given.connect(send)
        panel.copied.connect(copied)
        panel.end.clicked.connect(sheet.close_sheet)
        panel.begin()

    def stand_against(self, kind: ObjectionKind) -> None:
        """Alt+T, Alt+M, Alt+K: put off, refused, or not to be given."""
        view, case = self._view, self._case
        if view is None or case is None or not self._writable:
            return
        offer = self.give.offer()
        known = [code for code, _ in view.series]
        meant = view.vaccines[offer.vaccines[0]].series if offer is not None else ()
        series = next((code for code in (offer.series if offer is not None else "", *meant) if code in known), "")
        panel = ObjectionSheet(kind, view, series, case.visit_uid)
        service, actor = self.desk.immunizations, self.actor

        def send(stands: Stands) -> None:
            self._send(panel, lambda: service.objection(actor, stands), "Dicatat.", panel.refuse)

        panel.given.connect(send)
        self._sheet = self.shell.sheet(panel, OBJECTION_SHEET)
        panel.begin()

    def report_event(self, dose_uid: str = "") -> None:
        """Alt+L: KIPI after a dose; the newest one if none is said."""
        view, case = self._view, self._case
        if view is None or case is None or not view.doses or not self._writable:
            return
        panel = EventSheet(view, dose_uid or view.doses[0].uid, case.visit_uid)
        service, actor = self.desk.immunizations, self.actor

        def send(happened: Happened) -> None:
            self._send(panel, lambda: service.report(actor, happened), "KIPI dicatat.", panel.refuse)

        panel.given.connect(send)
        self._sheet = self.shell.sheet(panel, EVENT_SHEET)
        panel.begin()

    def print_card(self) -> None:
        """Ctrl+P: the card for the mother's hand."""
        if self._case is not None:
            show_immunization_card(self.context, self._case.person_uid)

    # One record

    def _chosen(self, series: str, cell: DoseCell) -> None:
        """A box of the grid: a recorded dose is opened, another is taken in hand."""
        if cell.dose_uid:
            self._open_dose(cell.dose_uid)
        elif self.give.select(series):
            self.give.focus()
        elif cell.words:
            self.shell.toast(cell.words)

    def _open_dose(self, uid: str) -> None:
        view = self._view
        line = next((line for line in view.doses if line.uid == uid), None) if view is not None else None
        if view is not None and line is not None:
            self._open_record(dose_sheet(line, view.events, writable=self._writable), "Dosis dibatalkan.")

    def _open_event(self, uid: str) -> None:
        line = next((line for line in self._view.events if line.uid == uid), None) if self._view else None
        if line is not None:
            self._open_record(event_sheet(line, writable=self._writable), "KIPI dibatalkan.")

    def _open_objection(self, uid: str) -> None:
        line = next((line for line in self._view.objections if line.uid == uid), None) if self._view else None
        if line is not None:
            self._open_record(objection_sheet(line, writable=self._writable), "Dicabut.")

    def _open_record(self, panel: RecordSheet, said: str) -> None:
        service, actor = self.desk.immunizations, self.actor

        def take_back(kind: str, uid: str, why: str) -> None:
            def refuse(_: str, sentence: str) -> None:
                panel.refuse(sentence)

            self._send(panel, lambda: service.withdraw(actor, kind, uid, why), said, refuse)

        def report(uid: str) -> None:
            self._sheet.close_sheet()
            self.report_event(uid)

        panel.withdrawn.connect(take_back)
        panel.event_wanted.connect(report)
        self._sheet = self.shell.sheet(panel, RECORD_SHEET)
        panel.begin()

    def _send(self, panel: QWidget, work: Callable[[], object], said: str, refuse: Callable[[str, str], None]) -> None:
        """One act of a sheet: it closes when it is done, and says why not."""
        sheet = self._sheet

        def done(_: object) -> None:
            sheet.close_sheet()
            self._changed(said)

        def failed(error: Exception) -> None:
            if isinstance(error, InvalidInput):
                refuse(error.field, error.sentence)
            elif isinstance(error, NeedsReason):
                refuse("why", error.sentence)
            elif isinstance(error, UserError):
                sheet.close_sheet()
                self.shell.sentence(error.sentence)

        self.runner.write(work, done, failed)


def _milestone(name: str, state: str) -> str:
    return {
        "reached": f"{name} lengkap",
        "late": f"{name} lengkap, lambat",
        "open": f"{name} belum",
        "impossible": f"{name} belum",
    }[state]
