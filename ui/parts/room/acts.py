"""What is done with an open visit: answers to alarms, diagnoses, letters, sending on, printing, finishing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QObject, Signal

from ilp_desk.domain.alarms import Alarm
from ilp_desk.domain.record import new_uid
from ilp_desk.domain.reference.signs import Level
from ilp_desk.domain.visit import QueueEntry
from ilp_desk.errors import InvalidInput, UserError
from ilp_desk.rows.encounter import CodeHit, Encounter, RoomPlace
from ilp_desk.services.examination import NotFinished
from ilp_desk.work import may
from ui.page import Context
from ui.papers import show_document, show_summary
from ui.parts.referral import open_letter
from ui.parts.room.finish_sheet import PHARMACY, FinishSheet
from ui.parts.room.open_visit import BEFORE_CARE, OpenVisit
from ui.parts.room.print_sheet import PrintSheet
from ui.parts.room.send_sheet import SendSheet
from ui.parts.room.visit_panel import DIAGNOSIS, EXAM, VisitPanel
from ui.parts.room.words_sheet import WordsSheet

LABORATORY = "lab"
REASON = "Tulis alasannya, sedikitnya tiga huruf."


class Acts(QObject):
    """left: the visit was ended or sent on; the room is free."""

    left = Signal()

    def __init__(self, context: Context, visit: OpenVisit, panel: VisitPanel, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._desk, self._actor, self._shell = context, context.desk, context.actor, context.shell
        self._visit, self._panel = visit, panel
        self._places: tuple[RoomPlace, ...] = ()
        exam, diagnosis = panel.exam, panel.diagnosis
        exam.alarms.done.connect(self.alarm_done)
        exam.alarms.ignore.connect(self.alarm_ignored)
        exam.alarms.refer.connect(self.refer)
        exam.vitals.withdraw.connect(lambda uid, words: self.withdraw("taking", uid, words))
        diagnosis.picked.connect(self.diagnose)
        diagnosis.list.primary.connect(self.make_primary)
        diagnosis.list.course.connect(self.change_course)
        diagnosis.list.withdraw.connect(lambda uid, words: self.withdraw("diagnosis", uid, words))
        diagnosis.procedure.add.connect(visit.save)
        diagnosis.procedure.withdraw.connect(lambda uid, words: self.withdraw("procedure", uid, words))
        for button, act in (
            (panel.referral.button, self.refer),
            (panel.send, self.send_on),
            (panel.print, self.print),
            (panel.finish, self.finish),
        ):
            button.clicked.connect(act)
        panel.referral.opened.connect(lambda row: show_document(context, row.document_uid, "Surat rujukan"))

    def set_places(self, places: Sequence[RoomPlace]) -> None:
        """The service points of the site."""
        self._places = tuple(places)

    # Alarms

    def alarm_done(self, alarm: Alarm) -> None:
        """Somebody did what the alarm asks for."""
        text = f"{alarm.act}\n{alarm.reason}"
        sheet = WordsSheet("Apa yang sudah dilakukan?", text, "Tindakan", "Catat", placeholder="boleh dikosongkan")
        self._answer(alarm, "done", sheet)

    def alarm_ignored(self, alarm: Alarm) -> None:
        """An alarm is set aside, with a reason."""
        sheet = WordsSheet("Abaikan tanda bahaya?", alarm.reason, "Alasan", "Abaikan", needed=REASON)
        self._answer(alarm, "ignored", sheet)

    def _answer(self, alarm: Alarm, answer: str, sheet: WordsSheet) -> None:
        visit = self._visit.visit
        if visit is None:
            return

        def given(words: str) -> None:
            # What raised the alarm goes on record before its answer.
            self._visit.save()
            self._visit.act(
                lambda: self._desk.examination.answer_alarm(self._actor, visit.visit_uid, alarm, answer, words),
                lambda _: opened.close_sheet(),
                lambda error: sheet.refuse(error.sentence),
            )

        sheet.given.connect(given)
        opened = self._shell.sheet(sheet, 560)
        sheet.begin()

    # Diagnoses

    def diagnose(self, hit: CodeHit) -> None:
        """Record a code from the search."""
        visit = self._visit.visit
        if visit is None:
            return
        uid = new_uid()

        def made(_: object) -> None:
            undo: Callable[[], object] = lambda: self._take_back(uid)  # noqa: E731
            self._shell.toast(f"{hit.code} {hit.label} dicatat.", undo)

        self._visit.act(
            lambda: self._desk.examination.diagnose(self._actor, visit.visit_uid, uid, hit.code, hit.label),
            made,
            lambda error: self._panel.diagnosis.refuse(error.sentence),
        )

    def make_primary(self, uid: str) -> None:
        self._visit.act(lambda: self._desk.examination.change_diagnosis(self._actor, uid, primary=True))

    def change_course(self, uid: str, course: str) -> None:
        self._visit.act(lambda: self._desk.examination.change_diagnosis(self._actor, uid, course=course))

    def _take_back(self, uid: str) -> None:
        self._visit.act(lambda: self._desk.examination.withdraw(self._actor, "diagnosis", uid, "diurungkan"))

    def withdraw(self, kind: str, uid: str, words: str) -> None:
        """Take something back, with a reason; it stays on record."""
        text = f"{words}\nYang ditarik tetap tersimpan dengan alasannya."
        sheet = WordsSheet("Tarik catatan ini?", text, "Alasan", "Tarik", needed=REASON, placeholder="mis. salah ketik")

        def taken_back(_: object) -> None:
            # The button that asked goes away with what was taken back.
            opened.close_sheet()
            self._panel.focus_tab(EXAM if kind == "taking" else DIAGNOSIS)

        sheet.given.connect(
            lambda why: self._visit.act(
                lambda: self._desk.examination.withdraw(self._actor, kind, uid, why),
                taken_back,
                lambda error: sheet.refuse(error.sentence),
            )
        )
        opened = self._shell.sheet(sheet, 560)
        sheet.begin()

    # Ending

    def refer(self) -> None:
        """Ctrl+R: what is typed goes on record, then the letter opens."""
        visit = self._visit.visit
        if visit is not None and self._panel.referral.button.isEnabled():
            self._visit.save(lambda: open_letter(self._context, visit.visit_uid, self._visit.refresh))

    def send_on(self) -> None:
        """Ctrl+I: what is typed goes on record, then where to."""
        self.send_to("", "")

    def send_to(self, to: str, note: str) -> None:
        """The same; to: code of the service point that is meant first, note: why."""
        if self._visit.visit is not None and self._panel.send.isEnabled():
            self._visit.save(lambda: self._choose_where(to, note))

    def _choose_where(self, to: str, said: str) -> None:
        visit = self._visit.visit
        if visit is None:
            return
        red = [alarm.reason for alarm in self._panel.unanswered() if alarm.level is Level.RED]
        sheet = SendSheet([place for place in self._places if place.uid != visit.point_uid], red)
        uid = new_uid()

        def send(place: RoomPlace, back: bool, note: str) -> None:
            def sent(_: object) -> None:
                opened.close_sheet()
                after = "akan kembali ke sini" if back else "pelayanan di sini selesai"
                self._shell.toast(f"{visit.ticket} dikirim ke {place.name}; {after}.")
                self._visit.leave()
                self.left.emit()

            self._context.runner.write(
                lambda: self._send(visit, place.uid, uid, note, back=back),
                sent,
                lambda error: sheet.refuse(error.sentence) if isinstance(error, UserError) else None,
            )

        sheet.send.connect(send)
        sheet.mean(to, said)
        opened = self._shell.sheet(sheet, 620)
        sheet.begin()

    def _send(self, visit: Encounter, place: str, uid: str, note: str, *, back: bool) -> QueueEntry:
        """Off the GUI thread."""
        if not back:
            self._begun(visit)
        return self._desk.queueing.send_on(self._actor, visit.entry_uid, place, uid, note, returns=back)

    def _begun(self, visit: Encounter) -> None:
        """Off the GUI thread. Care ends only where it began: begin it now, if nobody has."""
        now = self._desk.examination.open(self._actor, visit.entry_uid)
        if now.entry_state in BEFORE_CARE:
            self._desk.queueing.start(self._actor, visit.entry_uid, visit.room)

    def print(self) -> None:
        """Ctrl+P: a sick note, the summary, or the label of a specimen."""
        visit = self._visit.visit
        if visit is None:
            return
        certify = may(self._actor, "paper.sick_note")
        sheet = PrintSheet(visit.on, may_certify=certify, specimens=visit.point_code == LABORATORY)

        def refused(error: Exception) -> None:
            if isinstance(error, InvalidInput):
                sheet.refuse(error.field, error.sentence)
            elif isinstance(error, UserError):
                sheet.refuse("", error.sentence)

        def note(days: int, first: date, with_diagnosis: bool, purpose: str) -> None:
            self._context.runner.write(
                lambda: self._desk.documents.sick_note(
                    self._actor, visit.visit_uid, days, first, with_diagnosis=with_diagnosis, purpose=purpose
                ),
                lambda made: show_document(self._context, made.document_uid, "Surat keterangan sakit"),
                refused,
            )

        def label(specimen: str) -> None:
            self._context.runner.write(
                lambda: self._desk.documents.lab_label(self._actor, visit.visit_uid, specimen),
                lambda made: show_document(self._context, made.document_uid, "Label sampel"),
                refused,
            )

        sheet.sick_note.connect(note)
        sheet.lab_label.connect(label)
        sheet.summary.connect(lambda purpose: show_summary(self._context, visit.person_uid, purpose))
        self._shell.sheet(sheet, 600)
        sheet.begin()

    def finish(self) -> None:
        """Ctrl+Enter: save, go to what is missing, or ask how the visit ends."""
        if self._visit.visit is not None and self._panel.finish.isEnabled():
            self._visit.save(self._end)

    def _end(self) -> None:
        visit, missing = self._visit.visit, self._panel.missing()
        if visit is None:
            return
        if missing:
            self._shell.toast(f"Belum dapat diselesaikan. Kurang: {', '.join(missing)}.", None, 6)
            if "diagnosis" in missing:
                self._panel.focus_tab(DIAGNOSIS)
            else:
                self._panel.tabs.select(EXAM)
                self._panel.exam.focus_alarm()
            return
        if visit.sender or not may(self._actor, "encounter.diagnose"):
            # Whoever was sent here goes back; how the visit ends is decided there.
            self._finish(visit, None, "", None)
            return
        pharmacy = next((p for p in self._places if p.code == PHARMACY and p.uid != visit.point_uid), None)
        codes = [(row.code, row.label) for row in self._desk.reference.codes["discharge"]]
        referred = self._panel.referral.referred()
        sheet = FinishSheet(visit, pharmacy, codes, referred=referred)
        sheet.finish.connect(lambda place, discharge: self._finish(visit, place, discharge, sheet))
        sheet.close_wanted.connect(self._shell.sheet(sheet, 560).close_sheet)
        sheet.begin()

    def _finish(self, visit: Encounter, place: RoomPlace | None, discharge: str, sheet: FinishSheet | None) -> None:
        uid = new_uid()

        def ended(_: object) -> None:
            on = place.name if place else visit.sender
            self._shell.toast(f"{visit.ticket} selesai." + (f" Nomornya menunggu di {on}." if on else ""))
            self._visit.leave()
            self.left.emit()
            if sheet is not None:
                sheet.close_wanted.emit()

        def refused(error: Exception) -> None:
            if isinstance(error, UserError):
                (sheet.refuse if sheet is not None else self._shell.sentence)(error.sentence)

        self._context.runner.write(lambda: self._close(visit, place, uid, discharge), ended, refused)

    def _close(self, visit: Encounter, place: RoomPlace | None, uid: str, discharge: str) -> QueueEntry:
        """Off the GUI thread: nothing moves while something is missing."""
        examination = self._desk.examination
        if place is not None:
            missing = examination.missing(self._actor, visit.entry_uid)
            if missing:
                raise NotFinished(missing[0])
            self._begun(visit)
            self._desk.queueing.send_on(self._actor, visit.entry_uid, place.uid, uid, returns=False)
        return examination.finish(self._actor, visit.entry_uid, discharge)
