"""Any screening instrument, full width: choose one, answer it by digits, see what it means, keep it.

target: the code of an instrument; empty shows what there is to choose from, due first.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from ilp_desk.domain.assessment import Assessment
from ilp_desk.domain.record import new_uid
from ilp_desk.domain.scoring import Incomplete, OutOfRange, score
from ilp_desk.domain.text.dates import time_text
from ilp_desk.errors import InvalidInput, UserError
from ilp_desk.rows.assessments import OpenInstrument
from ilp_desk.services.life_cycle.assessments import SaveAssessment
from ilp_desk.services.life_cycle.care import Answered
from ilp_desk.work import may
from ui.page import Context
from ui.papers import show_paper
from ui.parts.care.instrument_chooser import InstrumentChooser
from ui.parts.care.instrument_form import InstrumentForm, answers_of
from ui.parts.care.instrument_side import InstrumentSide
from ui.parts.care.view import CareCase, CareView
from ui.parts.room.due_sheets import REASON, AnswerSheet
from ui.parts.room.words_sheet import WordsSheet
from ui.theme import px
from ui.widgets import KeyButton, Sentence, State, hbox, vbox

KEEP_MS = 600
NARROW = 1000
SIDE, SIDE_NARROW = 352, 330
READ = "care.instrument"
READ_ONLY = "Hanya dapat dibaca: pelayanan belum dimulai atau sudah selesai."
NOT_YOURS = "Hanya dapat dibaca: diisi oleh perawat, bidan, atau dokter."


class InstrumentView(CareView):
    """Chooser and form. What is answered is kept as a draft until it is saved."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "instrument", "Skrining")
        self.case: CareCase | None = None
        self.opened: OpenInstrument | None = None
        self._code, self._uid, self._from_list = "", "", False
        self._kept: dict[str, Any] = {}
        self._saving = False
        self.chooser = InstrumentChooser()
        self.form, self.side = InstrumentForm(), InstrumentSide(context.desk.reference)
        self.sentence = Sentence()
        self.draft_words = Sentence()
        for place in (self.sentence, self.draft_words):
            place.hide()
        self._make_buttons()
        acts = hbox(self.later, self.void, None, self.print, self.follow, self.save_button, spacing=8)
        column = vbox(self.side, self.draft_words, self.sentence, acts, spacing=8)
        column.setStretch(0, 1)
        self._right = QWidget()
        self._right.setLayout(column)
        whole = QWidget()
        across = hbox(self.form, self._right, spacing=10)
        across.setStretch(0, 1)
        whole.setLayout(across)
        self._form_page = whole
        self.stack = QStackedWidget()
        self.stack.addWidget(self.chooser)
        self.stack.addWidget(whole)
        self.setLayout(vbox(self.stack))
        self._soon = QTimer(self, singleShot=True, interval=KEEP_MS)
        self._soon.timeout.connect(self.keep)
        self._connect()
        self._bind()

    def _make_buttons(self) -> None:
        self.later = KeyButton("Tolak atau tunda…", "Alt+M")
        self.void = KeyButton("Batalkan…", "Alt+B")
        self.print = KeyButton("Cetak", "Ctrl+P")
        self.follow = KeyButton("Lanjutannya", "Alt+L", kind="primary")
        self.save_button = KeyButton("Simpan", "Ctrl+Enter", kind="primary")

    def _connect(self) -> None:
        self.chooser.chosen.connect(self._chosen)
        self.form.edited.connect(self._edited)
        self.form.done.connect(self._form_done)
        self.side.noted.connect(self._noted)
        for button, act in (
            (self.later, self.refuse_or_postpone),
            (self.void, self.take_back),
            (self.print, self.print_result),
            (self.follow, self.go_on),
            (self.save_button, self.save),
        ):
            button.clicked.connect(act)

    def _bind(self) -> None:
        keys = self.keys
        keys.note("1…9", "jawab dan turun")
        keys.note("↑↓", "pindah")
        keys.note("Backspace", "hapus jawaban")
        keys.bind("Ctrl+Enter", "simpan", self.save)
        keys.bind("Alt+M", "tolak atau tunda", self.refuse_or_postpone, bar=False)
        keys.bind("Alt+B", "batalkan hasil", self.take_back, bar=False)
        keys.bind("Alt+L", "lanjutannya", self.go_on, bar=False)
        keys.bind("Ctrl+P", "cetak hasil", self.print_result, bar=False)
        keys.bind("Alt+C", "catatan", lambda: self.side.note.setFocus(Qt.FocusReason.ShortcutFocusReason), bar=False)
        keys.bind("F7", "daftar skrining", self.choose)

    # CareView

    def open(self, case: CareCase, target: str) -> None:
        self.keep()
        self.case, self._from_list = case, not target
        if target:
            self._open(target)
        else:
            self.choose()

    def show_case(self, case: CareCase) -> None:
        same = self.case is not None and self.case.visit_uid == case.visit_uid
        self.case = case
        if not same:
            self.choose()
        elif self.stack.currentWidget() is self.chooser:
            self._read_list()
        else:
            self._show_buttons()

    def keep(self) -> None:
        """Keep what is answered and not saved, now."""
        self._soon.stop()
        if self.case is None or self.opened is None or not self._writable or self._saving:
            return
        content = self._typed()
        if content == self._kept:
            return
        self._kept, visit, code = content, self.case.visit_uid, self._code
        desk, actor = self.desk, self.actor
        if content:
            self.runner.write(lambda: desk.assessments.keep_draft(actor, visit, code, content), self.shell.draft_saved)
        else:
            self.runner.write(lambda: desk.assessments.drop_draft(actor, visit, code), lambda _: None)

    def back(self) -> bool:
        if self.stack.currentWidget() is self._form_page and self._from_list:
            self.choose()
            return True
        self.keep()
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._right.setFixedWidth(px(SIDE_NARROW if self.width() < px(NARROW) else SIDE))

    # Choosing

    def choose(self) -> None:
        """F7: all instruments that fit, those that are due first."""
        self.keep()
        self.opened, self._code, self._from_list = None, "", True
        self.stack.setCurrentWidget(self.chooser)
        self._read_list()
        self.chooser.begin()

    def _read_list(self) -> None:
        if self.case is None:
            return
        desk, actor, person = self.desk, self.actor, self.case.person_uid
        self.runner.read(READ, lambda: desk.assessments.list(actor, person), self.chooser.show_lines)

    def _chosen(self, code: str) -> None:
        self._from_list = True
        self._open(code)

    def _open(self, code: str) -> None:
        case = self.case
        if case is None:
            return
        self.keep()
        self.opened, self._code = None, code
        desk, actor, visit = self.desk, self.actor, case.visit_uid
        self.runner.read(READ, lambda: desk.assessments.open(actor, visit, code), self._found, self._not_found)

    def _not_found(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self.shell.sentence(error.sentence)
        self.choose()

    def _found(self, opened: OpenInstrument) -> None:
        self.opened, self._uid = opened, new_uid()
        answers, note = dict(opened.answers), opened.standing.note if opened.standing else ""
        self._say(self.draft_words, "", "")
        draft = opened.draft if self._writable else None
        left = draft.content.get("answers") if draft is not None else None
        if draft is not None and isinstance(left, dict) and draft.content.get("version") == opened.instrument.version:
            answers, draft_at = answers_of(opened.instrument, left), draft.saved_at
            note = str(draft.content.get("note", ""))
            self._say(self.draft_words, "ok", f"Dilanjutkan dari draf {time_text(self.desk.clock.local(draft_at))}.")
        self._say(self.sentence, "", "")
        self.form.show_instrument(opened.instrument, opened.known, answers, self._writable)
        self.side.note.blockSignals(True)
        self.side.note.setText(note)
        self.side.note.setReadOnly(not self._writable)
        self.side.note.blockSignals(False)
        self.side.show_opened(opened)
        self._kept = self._typed()
        self.stack.setCurrentWidget(self._form_page)
        self._show_now()
        self._show_buttons()
        self._put_focus()

    def _put_focus(self) -> None:
        if self.opened is not None and self.opened.standing is not None and not self._kept:
            self.form.rest()
            first = self.follow if self.follow.isVisible() else self.print
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.form.begin()

    # Answering

    @property
    def _writable(self) -> bool:
        return self.case is not None and self.case.writable and may(self.actor, "assessment.save")

    def _typed(self) -> dict[str, Any]:
        """What is typed and not on record; empty where nothing is."""
        opened = self.opened
        if opened is None:
            return {}
        answers, note = self.form.answers(), self.side.note.text().strip()
        before = opened.standing.note if opened.standing is not None else ""
        if answers == dict(opened.answers) and note == before:
            return {}
        return {"version": opened.instrument.version, "answers": answers, "note": note}

    def _edited(self) -> None:
        self._say(self.sentence, "", "")
        self._show_now()
        self._show_buttons()
        self._soon.start()

    def _noted(self) -> None:
        self._show_buttons()
        self._soon.start()

    def _form_done(self) -> None:
        """The last item was answered."""
        (self.save_button if self.save_button.isVisible() else self.form).setFocus(Qt.FocusReason.TabFocusReason)

    def _show_now(self) -> None:
        opened, state = self.opened, self.form.state()
        if opened is None or state is None:
            return
        wrong = any(row.trouble() for row in self.form.rows.values() if not row.isHidden())
        if state.missing or wrong:
            self.side.show_growing(opened.instrument, state, opened.last)
            return
        result = score(opened.instrument, self.form.asked_answers())
        kept = ""
        if opened.standing_line is not None and not self._typed():
            kept = f"{opened.standing_line.at}, {opened.standing_line.by}"
        self.side.show_result(opened.instrument, result, opened.last, kept)

    def _show_buttons(self) -> None:
        opened = self.opened
        if opened is None:
            return
        standing, typed, can = opened.standing is not None, bool(self._typed()), self._writable
        self.later.setVisible(can and not standing and bool(opened.services))
        self.void.setVisible(standing and may(self.actor, "assessment.void") and not typed)
        self.print.setVisible(standing and not typed)
        self.save_button.setVisible(can and (typed or not standing))
        self.save_button.setText("Simpan perbaikan" if standing else "Simpan")
        self.save_button.setEnabled(not self._saving)
        following = self._following()
        self.follow.setVisible(standing and not typed and bool(following) and can)
        if following:
            self.follow.setText(following[1])
        if not can and not self.sentence.text():
            self._say(self.sentence, "warn", READ_ONLY if may(self.actor, "assessment.save") else NOT_YOURS)

    def _following(self) -> tuple[str, str] | None:
        """The first instrument that follows what is on record and has a form here."""
        opened = self.opened
        if opened is None or opened.standing is None:
            return None
        codes = self.desk.tools.in_force.instruments.codes()
        return next(((code, name) for code, name in opened.standing.follow.items() if code in codes), None)

    def _say(self, place: Sentence, state: State, words: str) -> None:
        place.set(state, words)
        place.setVisible(bool(words))

    # Acts

    def save(self) -> None:
        """Ctrl+Enter: keep the result; what it asks for is due from now on."""
        opened, case = self.opened, self.case
        if opened is None or case is None or self._saving or not self.save_button.isVisible():
            return
        if self.form.complete() is None:
            self._say(self.sentence, "error", "Lengkapi dulu yang diberi tanda merah.")
            return
        order = SaveAssessment(
            uid=self._uid,
            visit_uid=case.visit_uid,
            instrument=opened.instrument.code,
            version=opened.instrument.version,
            answers=self.form.asked_answers(),
            from_record=self.form.from_record(),
            note=self.side.note.text(),
            replaces=opened.standing.uid if opened.standing is not None else None,
        )
        self._saving, typed = True, self._typed()
        self._soon.stop()
        self._show_buttons()
        desk, actor = self.desk, self.actor

        def refused(error: Exception) -> None:
            if typed:  # the form may have been left meanwhile: what it held is not lost
                visit, code = order.visit_uid, order.instrument
                self.runner.write(lambda: desk.assessments.keep_draft(actor, visit, code, typed), lambda _: None)
            self._refused(error)

        self.runner.write(lambda: desk.assessments.save(actor, order), self._saved, refused)

    def _saved(self, made: Assessment) -> None:
        self._saving = False
        self._kept = {}
        self.shell.saved()
        said = next(iter(made.flags)) if made.red else made.band_label
        self.shell.toast(f"{made.label} tersimpan: {said}.")
        self.recorded.emit()
        if made.instrument == self._code and self.case is not None and made.visit_uid == self.case.visit_uid:
            self.opened = None  # what is on the screen is on record
            self._open(self._code)

    def _refused(self, error: Exception) -> None:
        self._saving = False
        if isinstance(error, Incomplete | OutOfRange):
            self.form.refuse(error)
        if isinstance(error, UserError):
            self._say(self.sentence, "error", error.sentence)
        self._show_buttons()

    def take_back(self) -> None:
        """Alt+B: the result was recorded by mistake."""
        opened = self.opened
        if opened is None or opened.standing is None or not self.void.isVisible():
            return
        uid, desk, actor = opened.standing.uid, self.desk, self.actor
        words = "Hasil ini tetap tersimpan sebagai dibatalkan. Yang dimintanya tidak lagi jatuh tempo."
        title = f"Batalkan hasil {opened.instrument.short}"
        sheet = WordsSheet(title, words, "Alasan", "Batalkan hasil", needed=REASON, placeholder="mis. salah orang")
        self._ask(sheet, lambda why: desk.assessments.void(actor, uid, why), 560)

    def _ask(self, sheet: WordsSheet, work: Callable[[str], object], width: int) -> None:
        opened = self.shell.sheet(sheet, width)

        def done(_: object) -> None:
            opened.close_sheet()
            self.recorded.emit()
            self._open(self._code)

        def refused(error: Exception) -> None:
            if isinstance(error, UserError):
                sheet.refuse(error.sentence)

        sheet.given.connect(lambda why: self.runner.write(lambda: work(why), done, refused))
        sheet.begin()

    def refuse_or_postpone(self) -> None:
        """Alt+M: the patient does not want it, or not today."""
        opened, case = self.opened, self.case
        if opened is None or case is None or not self.later.isVisible():
            return
        lines, desk, actor, today = opened.services, self.desk, self.actor, self.desk.clock.today()
        sheet = AnswerSheet(lines[0], today)
        shown = self.shell.sheet(sheet, 560)

        def given(until: Any, why: str) -> None:
            said = [
                Answered(
                    uid=new_uid(),
                    person_uid=case.person_uid,
                    visit_uid=case.visit_uid,
                    service=line.service,
                    until=until,
                    why=why,
                )
                for line in lines
            ]
            self.runner.write(lambda: [desk.care.answer(actor, one) for one in said], done, refused)

        def done(_: object) -> None:
            shown.close_sheet()
            self.recorded.emit()
            self.choose()

        def refused(error: Exception) -> None:
            if isinstance(error, UserError):
                sheet.refuse(error.field if isinstance(error, InvalidInput) else "", error.sentence)

        sheet.given.connect(given)
        sheet.begin()

    def go_on(self) -> None:
        """Alt+L: the instrument this result asks for."""
        following = self._following()
        if following is not None and self.follow.isVisible():
            self._open(following[0])

    def print_result(self) -> None:
        """Ctrl+P: the result sheet."""
        opened = self.opened
        if opened is not None and opened.standing is not None and self.print.isVisible():
            uid, person = opened.standing.uid, opened.standing.person_uid
            desk, actor = self.desk, self.actor
            made = lambda: desk.assessments.sheet(actor, uid)  # noqa: E731 - runs elsewhere
            show_paper(self.context, "Hasil skrining", made, kind="result", subject=person)
