"""The sheet about one person, new or known: the form, what is asked over it, and saving."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton, QSizePolicy, QWidget

from ilp_desk.domain.person import Sex
from ilp_desk.domain.person_form import PersonForm, Reading, Remark, read_form, tidy
from ilp_desk.domain.record import new_uid
from ilp_desk.domain.routing import RoutingFacts, route
from ilp_desk.errors import InvalidInput, UserError
from ilp_desk.rows.people import DraftKept, Duplicate, FamilyFound, OpenedPerson, Preparation, SavedPerson
from ilp_desk.services.people import FormErrors, SameNik, SavePerson
from ui.keys import Keys
from ui.page import Context
from ui.parts.person.consent import ConsentLine
from ui.parts.person.draft import DraftKeeper
from ui.parts.person.fields import PersonFields
from ui.parts.person.lookups import DuplicateWatch, FamilyLookup
from ui.parts.person.slot import Ask, Slot
from ui.widgets import Icon, KeyButton, Runs, Segment, SheetPanel, Text, hbox, label, vbox

HINT = "Mulai dari NIK atau nama; Enter pindah ke isian penting yang masih kosong. Pasien yang mirip muncul di sini."
NEXT = ("nik", "name", "sex", "birth", "kk", "relationship", "mother_name", "area_uid", "phone")
"""What Enter visits, if it is empty."""
WIDTH, HEIGHT = 1010, 672


class PersonPanel(SheetPanel):
    """saved(SavedPerson, register): committed; other(uid): it is this person, registered before.

    resumed, discarded(DraftKept): what was left unsaved is wanted, or not; closing: the sheet may be closed.
    subject: the uid of somebody new whose draft is taken up; else it is made here.
    """

    saved = Signal(object, bool)
    other = Signal(str)
    resumed = Signal(object)
    discarded = Signal(object)
    closing = Signal()

    def __init__(
        self, context: Context, form: PersonForm, known: OpenedPerson | None = None, subject: str = ""
    ) -> None:
        self.context = context
        self.uid = known.uid if known else subject or new_uid()
        self._known = known
        self._version = known.row_version if known else 0
        self._districts: frozenset[str] = frozenset()
        self._family: FamilyFound | None = None
        self._said: dict[str, Remark] = {}
        self._tried = self._dirty = self._saving = self._leaving = False
        self.slot = Slot()
        self.fields = PersonFields(context.desk.reference, context.desk.clock.today)
        self.consent = ConsentLine(context.desk.reference)
        self.more = KeyButton("Penanggung jawab dan data lain", kind="link")
        body = QWidget()
        body.setLayout(
            vbox(
                self.slot,
                self.fields,
                hbox(self.consent, self.more, spacing=10),
                None,
                spacing=8,
                margins=(22, 2, 22, 8),
            )
        )
        self.number = label(f"RM {known.record_number}" if known else "No. RM diberikan saat disimpan", "muted")
        self.old = KeyButton("Sudah punya No. RM lama?", kind="link")
        self.draft_line = label("", "small")
        self.lack = Runs()
        self.cancel = KeyButton("Batal", "Esc")
        self.save_button = KeyButton("Simpan", "Ctrl+S", kind="primary" if known else "")
        self.go = KeyButton("Simpan & daftarkan", "Ctrl+Enter", kind="primary")
        if known is not None:
            self.go.hide()
        left = QWidget()
        left.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        left.setLayout(vbox(self.draft_line, self.lack, spacing=0))
        title = "Data pasien" if known else "Pasien baru"
        super().__init__(title, body, (left, self.cancel, self.save_button, self.go), (self.number, self.old))
        self.drafts = DraftKeeper(context, self.uid, self.fields.form, self)
        self.watch = DuplicateWatch(context, self.uid if known else "", self.fields.form, self)
        self.kk = FamilyLookup(context, self)
        self._bind(title)
        self.fields.show_form(form)
        self._order()
        if known is not None:
            self.consent.show_state(known.consent, known.consent_on)
            if known.ongoing:
                self.fields.extra.hold_pregnancy()
        self._read()
        self._quiet()
        if form != PersonForm():
            self.watch.ask()
            self.kk.typed(form.kk)

    # Building

    def _bind(self, title: str) -> None:
        keys = Keys(self, title)
        keys.bind("Ctrl+S", "simpan", lambda: self.save(register=False))
        if self._known is None:
            keys.bind("Ctrl+Enter", "simpan dan daftarkan", lambda: self.save(register=True))
        keys.bind("Alt+1", "jawaban pertama di atas isian", self.slot.first)
        keys.bind("Alt+0", "jawaban kedua", self.slot.second)
        keys.note("Enter", "isian kosong berikutnya")
        self.cancel.clicked.connect(self.escape)
        self.save_button.clicked.connect(lambda: self.save(register=False))
        self.go.clicked.connect(lambda: self.save(register=True))
        self.old.clicked.connect(self._open_old_number)
        self.more.clicked.connect(self._open_more)
        self.consent.print_wanted.connect(self.print_consent)
        self.consent.given.connect(self._record_consent)
        self.fields.edited.connect(self._edited)
        self.fields.left.connect(lambda _: self._read())
        self.drafts.kept.connect(self._kept)
        self.watch.changed.connect(self._quiet)
        self.kk.found.connect(self._found_family)

    def _order(self) -> None:
        self.fields.tab_order([*self.consent.stops(), self.more])

    def first_focus(self) -> None:
        """Put the focus where typing goes on."""
        form = self.fields.form()
        name = "name" if form.nik and not form.name else "nik"
        if form.nik and form.name:
            name = "birth" if not form.birth else "kk"
        self.fields.editors[name].setFocus(Qt.FocusReason.OtherFocusReason)

    def prepare(self, told: Preparation) -> None:
        """Areas have arrived, and what was left unsaved."""
        self._districts = told.districts
        self.fields.set_areas(told.areas)
        self._read()
        if self._known is None and told.drafts and not self._dirty:
            self._offer_draft(told.drafts[0])

    # Reading while somebody types

    def reading(self) -> Reading:
        return read_form(self.fields.form(), self.context.desk.clock.today(), self._districts)

    def _edited(self, name: str) -> None:
        self._dirty, self._leaving = True, False
        self.drafts.touched()
        self.watch.touched(name)
        if name == "kk" and not self.kk.typed(self.fields.form().kk):
            self._forget_family()
        if name == "nik":
            self._from_nik()
        if name == "relationship":
            self._from_relationship()
        self._read()

    def _from_nik(self) -> None:
        reading = self.reading()
        births = reading.nik_births
        sex = reading.nik_sex.value if reading.nik_sex is not Sex.UNKNOWN else ""
        self.fields.fill("sex", sex)
        self.fields.fill("birth", f"{births[0]:%d-%m-%Y}" if births else "")

    def _from_relationship(self) -> None:
        child = self.fields.form().relationship == "child"
        mother = self._family.mother if self._family is not None and child else None
        if not self.fields.owns("mother_name"):
            self.fields.fill("mother_name", mother.name if mother else "")
            self.fields.mother_uid = mother.uid if mother else ""

    def _found_family(self, number: str, family: FamilyFound | None) -> None:
        if number != self.fields.form().kk.strip():
            return
        self._family = family
        self.fields.set_family(family.uid if family else "", has_head=family is not None and family.has_head)
        if family is None:
            self._said["kk"] = Remark("ok", "KK baru: keluarganya dibuat saat disimpan.")
        else:
            head = f"Keluarga {family.head_name}" if family.head_name else "Keluarga ini"
            folder = f" · map {family.folder}" if family.folder else ""
            self._said["kk"] = Remark("ok", f"{head}, {len(family.members)} anggota{folder}")
            self.fields.fill("area_uid", family.area_uid or "")
            for name, value in (("rt", family.rt), ("rw", family.rw), ("address", family.address)):
                self.fields.fill(name, value)
            self._from_relationship()
        self._read()

    def _forget_family(self) -> None:
        if self._family is not None or self._said.pop("kk", None) is not None:
            self._family = None
            self.fields.set_family("", has_head=False)

    def _read(self) -> None:
        reading = self.reading()
        self.fields.show_remarks(reading, self._said, all_of_them=self._tried)
        missing = ", ".join(reading.missing)
        if missing:
            parts: list[Segment] = [Icon("edit", "warning"), Text("Belum lengkap: "), Text(missing, muted=True)]
        else:
            parts = [Icon("check", "ok"), Text("Data lengkap", muted=True)]
        self.lack.set_segments(parts)
        self.go.setText(f"Simpan & daftarkan{self._whereto(reading)}")

    def _whereto(self, reading: Reading) -> str:
        """ " ke Klaster 2", as the rules say for what is typed so far; empty while the age is not known."""
        if reading.birth is None:
            return ""
        form, desk = self.fields.form(), self.context.desk
        facts = RoutingFacts(
            sex=reading.sex,
            born_on=reading.birth.day,
            born_precision=reading.birth.precision,
            pregnant=form.pregnant and reading.sex is not Sex.MALE,
            lmp=reading.lmp,
            disability=bool(form.disability),
        )
        cluster = desk.reference.clusters.get(route(facts, desk.clock.today(), desk.reference).cluster)
        return f" ke {cluster.words}" if cluster else ""

    # What is asked over the form

    def _quiet(self) -> None:
        """Show the likeliest duplicate, else nothing."""
        self._leaving = False
        if self.watch.left:
            self._ask_duplicate(self.watch.left[0], len(self.watch.left))
        elif self._known is not None and self._known.status_text:
            self.slot.show_line(f"Tercatat {self._known.status_text}.", "warn")
        elif self._known is not None and self._known.unnamed:
            self.slot.show_line("Belum bernama resmi: tulis namanya di bawah. Nama lama tetap bisa dicari.", "baby")
        else:
            self.slot.show_line(HINT)

    def _ask_duplicate(self, likely: Duplicate, count: int) -> None:
        number = f"RM {likely.record_number}" if likely.record_number else ""
        who = " · ".join(p for p in (likely.name, likely.sex, likely.born, number) if p)
        mother = f"ibu {likely.mother}" if likely.mother else ""
        why = " · ".join(p for p in (mother, likely.area, likely.reasons) if p)
        more = f" ({count} orang)" if count > 1 else ""
        head = "NIK ini sudah dipakai:" if likely.same_nik else f"Mungkin sudah terdaftar{more}:"
        self.slot.show_ask(
            Ask(
                "warning", head, who, why, "Buka pasien ini", "Orang lain",
                lambda: self._open_other(likely.uid), lambda: self._somebody_else(likely),
            )
        )  # fmt: skip

    def _open_other(self, uid: str) -> None:
        self.drafts.drop()
        self.other.emit(uid)

    def _somebody_else(self, likely: Duplicate) -> None:
        self.watch.other()
        if likely.same_nik:
            self.ask_reason()

    def ask_reason(self) -> None:
        """The same NIK twice: why?"""
        self.fields.show_reason()
        self.fields.editors["nik_shared_reason"].setFocus(Qt.FocusReason.OtherFocusReason)

    def _offer_draft(self, draft: DraftKept) -> None:
        name = tidy(str(draft.content.get("name") or "")) or "belum bernama"
        self.slot.show_ask(
            Ask(
                "info", f"Ada draf pasien baru {draft.at}:", name, "belum disimpan", "Lanjutkan", "Buang",
                lambda: self.resumed.emit(draft), lambda: self._discard(draft),
            )
        )  # fmt: skip

    def _discard(self, draft: DraftKept) -> None:
        self.discarded.emit(draft)
        self._quiet()
        self.first_focus()

    # Leaving

    def escape(self) -> None:
        """Esc: at once if nothing was typed; else it asks, and a second Esc keeps the draft and closes."""
        if not self._dirty or self._leaving:
            self.drafts.flush()
            self.closing.emit()
            return
        self._leaving = True
        self.slot.show_ask(
            Ask(
                "warning", "Tutup tanpa menyimpan?", "Esc sekali lagi menutup lembar ini.",
                "Drafnya disimpan dan ditawarkan lagi; mengetik terus membatalkan.", "Tutup, simpan draf", "Buang draf",
                self.escape, self._throw_away,
            )
        )  # fmt: skip

    def _throw_away(self) -> None:
        self.drafts.drop()
        self.closing.emit()

    def _kept(self, at: datetime) -> None:
        self.draft_line.setText(f"Draf tersimpan {self.context.desk.clock.local(at):%H.%M.%S}")
        self.context.shell.draft_saved(at)

    # Saving

    def save(self, *, register: bool, then: Callable[[], None] | None = None) -> None:
        """Commit; the sheet closes afterwards unless there is something to do `then`."""
        if self._saving:
            return
        self._tried = True
        reading = self.reading()
        self._read()
        if reading.errors:
            self._blame(next(iter(reading.errors)))
            return
        self._busy(True)
        order = SavePerson(
            uid=self.uid,
            form=self.fields.form(),
            row_version=self._version,
            not_same=tuple(self.watch.not_same),
            draft=self.uid,
        )
        desk, actor = self.context.desk, self.context.actor
        self.context.runner.write(
            lambda: desk.people.save(actor, order), lambda done: self._done(done, register, then), self._failed
        )

    def _busy(self, on: bool) -> None:
        self._saving = on
        for button in (self.save_button, self.go, self.consent.button):
            button.setEnabled(not on)

    def _done(self, done: SavedPerson, register: bool, then: Callable[[], None] | None) -> None:
        self._busy(False)
        self._dirty, self._version = False, done.row_version
        self.watch.not_same.clear()
        self.draft_line.setText("Tersimpan")
        self.context.shell.saved()
        if then is None:
            self.drafts.stop()
            self.saved.emit(done, register)
            return
        self.number.setText(f"RM {done.record_number}")
        then()

    def _failed(self, error: Exception) -> None:
        self._busy(False)
        if isinstance(error, FormErrors):
            self._blame(error.field)
        elif isinstance(error, SameNik):
            self._said["nik_shared_reason"] = Remark("error", error.sentence)
            self._read()
            self.ask_reason()
        elif isinstance(error, InvalidInput) and error.field in self.fields.fields:
            self._said[error.field] = Remark("error", error.sentence)
            self._read()
            self._blame(error.field)
        elif isinstance(error, UserError):
            self.context.shell.sentence(error.sentence)

    def _blame(self, name: str) -> None:
        """Put the focus into a field that is wrong."""
        target = self.fields.editor(name)
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        self.area.ensureWidgetVisible(target)

    # Consent

    def print_consent(self) -> None:
        """Print the paper; somebody new is saved first, for it bears the name and the number."""
        if self._version == 0 or self._dirty:
            self.save(register=False, then=self._print)
        else:
            self._print()

    def _print(self) -> None:
        from ui.papers import send_document

        context, uid = self.context, self.uid
        context.runner.write(
            lambda: context.desk.documents.general_consent(context.actor, uid),
            lambda made: send_document(context, "Persetujuan umum", made),
        )
        form = self.fields.form()
        self.consent.show_answer(tidy(form.responsible_name) or tidy(form.name))

    def _record_consent(self, answer: str, signer: str, relation: str) -> None:
        desk, actor, uid = self.context.desk, self.context.actor, self.uid
        self.context.runner.write(
            lambda: desk.documents.record_consent(actor, uid, answer, signer, relation),
            lambda _: self._consent_kept(answer),
        )

    def _consent_kept(self, answer: str) -> None:
        today = self.context.desk.clock.today()
        self.consent.show_state(answer, f"{today:%d-%m-%Y}")
        self.consent.put_away()
        self.consent.button.setFocus(Qt.FocusReason.OtherFocusReason)

    # Keys

    def _open_old_number(self) -> None:
        self.fields.show_old_number()
        self.fields.editors["old_number"].setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_more(self) -> None:
        self.fields.show_more()
        target = self.fields.editors["responsible_name"]
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        self.area.ensureWidgetVisible(target)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a field goes on to the next empty one that matters, and at last to the main button."""
        here = QApplication.focusWidget()
        foreign = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not foreign:
            event.accept()
            if isinstance(here, QPushButton):
                here.click()
            elif isinstance(here, QLineEdit | QComboBox):
                self._next_empty(here)
            return
        super().keyPressEvent(event)

    def _next_empty(self, here: QWidget) -> None:
        at = next((n for n, name in enumerate(NEXT) if self.fields.editor(name) is here), -1)
        form = self.fields.form()
        for name in (*NEXT[at + 1 :], *NEXT[: max(at, 0)]):
            target = self.fields.editor(name)
            if not self.fields.says(name, form) and target.isEnabled() and target.isVisible():
                target.setFocus(Qt.FocusReason.TabFocusReason)
                self.area.ensureWidgetVisible(target)
                return
        (self.go if self._known is None else self.save_button).setFocus(Qt.FocusReason.TabFocusReason)
