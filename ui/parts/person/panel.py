"""The sheet about one person, new or known: the form, what is asked over it, and saving."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from ilp_desk.domain.person_form import PersonForm, Reading, Remark, read_form, tidy
from ilp_desk.domain.person_start import from_draft
from ilp_desk.domain.record import new_uid
from ilp_desk.errors import InvalidInput, UserError
from ilp_desk.rows.people import DraftKept, OpenedPerson, Preparation, SavedPerson
from ilp_desk.services.people import FormErrors, SameNik
from ui.keys import Keys
from ui.page import Context
from ui.parts.person.asking import Asking
from ui.parts.person.draft import DraftKeeper
from ui.parts.person.frame import GO, PersonFrame
from ui.parts.person.going import Going
from ui.parts.person.knowing import Knowing
from ui.parts.person.lookups import DuplicateWatch
from ui.parts.person.saver import Saver
from ui.scanner import Taker

HINT = "Mulai dari NIK atau nama; Enter pindah ke isian penting yang masih kosong. Pasien yang mirip muncul di sini."
EDIT_HINT = "Ubah atau lengkapi, lalu simpan. Enter pindah ke isian penting yang masih kosong."
UNNAMED = "Belum bernama resmi. Alt+N memberi nama; nama yang sekarang tetap bisa dicari."


class PersonPanel(PersonFrame):
    """saved(SavedPerson, register): committed; other(uid, PersonForm): it is this person, registered before.

    wanted(what): another sheet about this person: newborn, status, family; restarted(DraftKept): the draft of another
    new person is taken up; discarded(DraftKept): it is thrown away; closing: the sheet may be closed.
    subject: the uid of somebody new whose draft is taken up; else it is made here.
    """

    saved = Signal(object, bool)
    other = Signal(str, object)
    wanted = Signal(str)
    restarted = Signal(object)
    discarded = Signal(object)
    closing = Signal()

    def __init__(
        self, context: Context, form: PersonForm, known: OpenedPerson | None = None, subject: str = ""
    ) -> None:
        super().__init__(context, known)
        self.context, self._known = context, known
        self.uid = known.uid if known else subject or new_uid()
        self._tried = self._dirty = False
        self.drafts = DraftKeeper(context, self.uid, self._draft, self)
        self.watch = DuplicateWatch(context, self.uid if known else "", self.fields.form, self)
        self.knowing = Knowing(context, self.fields, self)
        self.saver = Saver(context, self.uid, known.row_version if known else 0, self)
        self.going = Going(self.fields, self.area, self.main, self)
        self.asking = Asking(self.slot, self.watch, *self._hint(), self)
        self._bind()
        self.fields.show_form(form)
        if not self.fields.more.isHidden():
            self.more.hide()
        self._show_known()
        self._read()
        if form != PersonForm():
            self.watch.ask()
            self.knowing.start(form)

    # Building

    def _bind(self) -> None:
        keys = Keys(self, self.accessibleName())
        keys.bind("Ctrl+S", "simpan", lambda: self.save(register=False))
        if self._known is None:
            keys.bind("Ctrl+Enter", "simpan, lalu buka di loket", lambda: self.save(register=True))
        keys.bind("Alt+1", "jawaban pertama di atas isian", self.slot.first)
        keys.bind("Alt+0", "jawaban kedua", self.slot.second)
        keys.bind("Alt+R", "No. RM lama", self.old.click)
        for button, key, what in self.links:
            keys.bind(key, button.text().rstrip("?").lower(), button.click)
            button.clicked.connect(lambda _=False, what=what: self.wanted.emit(what))
        self.old.clicked.connect(lambda: self.going.to("old_number"))
        keys.note("Enter", "isian kosong berikutnya")
        self.cancel.clicked.connect(self.escape)
        self.keep.clicked.connect(lambda: self.save(register=False))
        self.go.clicked.connect(lambda: self.save(register=True))
        self.more.clicked.connect(self._open_more)
        self.consent.print_wanted.connect(self.print_consent)
        self.fields.edited.connect(self._edited)
        self.fields.left.connect(self._left)
        self.knowing.learnt.connect(self._read)
        self.drafts.kept.connect(self._kept)
        self.saver.busy.connect(self._busy)
        self.saver.refused.connect(self._refused)
        self.asking.other.connect(self._open_other)
        self.going.carded.connect(self._open_other)
        self.asking.reason_wanted.connect(lambda: self.going.to("nik_shared_reason"))
        self.asking.resumed.connect(self._resume)
        self.asking.discarded.connect(self.discarded)
        self.asking.left.connect(self._leave)

    def _hint(self) -> tuple[str, str]:
        if self._known is None:
            return HINT, "info"
        if self._known.status_text:
            return f"Tercatat {self._known.status_text}.", "warn"
        return (UNNAMED, "baby") if self._known.unnamed else (EDIT_HINT, "info")

    def _show_known(self) -> None:
        known = self._known
        if known is None:
            return
        self.fields.conceal()
        self.consent.show_state(known.consent, known.consent_on)
        if known.ongoing:
            self.fields.extra.hold_pregnancy()
        if known.draft is not None:
            fresh = known.draft.content.get("version") == known.row_version
            why = "belum disimpan" if fresh else "data ini sudah diubah sesudahnya: periksa dulu sebelum menyimpan"
            self.asking.offer(known.draft, f"Ada perubahan yang belum disimpan {known.draft.at}:", why)

    def prepare(self, told: Preparation) -> None:
        """Areas have arrived, and what was left unsaved about new people."""
        self.knowing.districts = told.districts
        self.fields.prepare(told.areas, family_folder=told.family_folder)
        drafts = [draft for draft in told.drafts if draft.subject != self.uid]
        if self._known is None and drafts and not self._dirty:
            self.asking.offer(drafts[0], f"Ada draf pasien baru {drafts[0].at}:", "belum disimpan")
        self._read()

    def first_focus(self) -> None:
        """Put the focus where typing goes on."""
        self.going.start(known=self._known is not None, unnamed=self._known is not None and self._known.unnamed)

    def taker(self) -> Taker | None:
        """A scanned card goes into its field, wherever the focus is."""
        return self.going.take

    # While somebody types

    def reading(self) -> Reading:
        return read_form(self.fields.form(), self.context.desk.clock.today(), self.knowing.districts)

    def _edited(self, name: str) -> None:
        self._dirty = True
        self.asking.stay()
        self.asking.forget_offer()
        self.drafts.touched()
        self.watch.touched(name)
        self.knowing.edited(name)
        self._read()

    def _left(self, name: str) -> None:
        self.fields.tidy_up(name, self.reading())
        self._read()

    def _read(self) -> None:
        reading = self.reading()
        self.fields.show_remarks(reading, self.knowing.said, all_of_them=self._tried)
        self.show_lack(reading)
        self.go.setText(" · ".join(filter(None, (GO, self.knowing.whereto(reading)))))

    # Leaving

    def escape(self) -> None:
        """Esc: at once if nothing was typed; else it asks, and a second Esc keeps the draft and closes."""
        if not self._dirty or self.asking.leaving:
            self._leave(True)
        else:
            self.asking.ask_leaving()

    def _leave(self, keep: bool) -> None:
        if keep:
            self.drafts.flush()
        else:
            self.drafts.drop()
        self.closing.emit()

    def _open_other(self, uid: str) -> None:
        self.drafts.drop()
        self.other.emit(uid, self.fields.form())

    def _resume(self, draft: DraftKept) -> None:
        if self._known is None:
            self.restarted.emit(draft)
            return
        self.fields.show_form(from_draft(draft.content))
        self._dirty = True
        self._read()

    def _draft(self) -> dict[str, object]:
        return {**asdict(self.fields.form()), "version": self.saver.version}

    def _kept(self, at: datetime) -> None:
        self.draft_line.setText(f"Draf tersimpan {self.context.desk.clock.local(at):%H.%M.%S}")
        self.context.shell.draft_saved(at)

    # Saving

    def save(self, *, register: bool, stay: bool = False) -> None:
        """Commit; the sheet closes afterwards, unless a paper is to be printed (`stay`)."""
        self._tried = True
        reading = self.reading()
        self._read()
        if reading.errors:
            self.going.to(next(iter(reading.errors)))
            return
        after = self._stayed if stay else (lambda done: self._finish(done, register))
        self.saver.save(self.fields.form(), tuple(self.watch.not_same), after)

    def _finish(self, done: SavedPerson, register: bool) -> None:
        self.drafts.stop()
        self.saved.emit(done, register)

    def _stayed(self, done: SavedPerson) -> None:
        self._dirty = False
        self.watch.not_same.clear()
        self.watch.uid = self.uid
        self.fields.conceal()
        self.number.setText(f"RM {done.record_number}")
        self.draft_line.setText("Tersimpan")
        self._print()

    def _busy(self, on: bool) -> None:
        for button in (self.keep, self.go, self.consent.button):
            button.setEnabled(not on)

    def _refused(self, error: Exception) -> None:
        if isinstance(error, SameNik):
            self.knowing.said["nik_shared_reason"] = Remark("error", error.sentence)
            self.going.to("nik_shared_reason")
        elif isinstance(error, FormErrors):
            self.going.to(error.field)
        elif isinstance(error, InvalidInput) and error.field in self.fields.fields:
            self.knowing.said[error.field] = Remark("error", error.sentence)
            self.going.to(error.field)
        elif isinstance(error, UserError):
            self.context.shell.sentence(error.sentence)
        self._read()

    def print_consent(self) -> None:
        """Print the paper; what was typed is saved first, for the paper bears the name and the number."""
        if self.saver.version == 0 or self._dirty:
            self.save(register=False, stay=True)
        else:
            self._print()

    def _print(self) -> None:
        form = self.fields.form()
        self.consent.print_paper(self.uid, tidy(form.responsible_name) or tidy(form.name))
        self.going.reveal(self.consent.record)

    # Keys

    def _open_more(self) -> None:
        self.fields.show_more()
        self.more.hide()
        self.going.to("responsible_name")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a field goes on to the next empty one that matters, and at last to the main button."""
        foreign = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not foreign:
            event.accept()
            self.going.enter()
            return
        super().keyPressEvent(event)
