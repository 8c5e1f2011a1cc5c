"""Ctrl+R: the sheet a referral letter is written in, from the open visit to the number and the printer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from ilp_desk.domain.clinical import Draft
from ilp_desk.domain.record import new_uid
from ilp_desk.domain.text.dates import WEEKDAYS, day_text, moment_text, time_text
from ilp_desk.domain.text.typed_dates import DateError, read_day
from ilp_desk.errors import InvalidInput, NeedsReason, UserError
from ilp_desk.rows.papers import Issued, LetterStart
from ilp_desk.services.letters import MissingFields
from ui.keys import Keys
from ui.page import Context
from ui.papers import send_document
from ui.parts.referral.consent import CONSENT_TITLE, WHY
from ui.parts.referral.form import LetterForm
from ui.preview import PreviewPanel
from ui.widgets import Banner, KeyButton, Paragraph, Runs, Sheet, SheetPanel, Text, hbox, label, vbox

WIDTH = 1020
HEIGHT = 2000
"""More than any window has: the sheet takes what there is."""
DRAFT_MS = 800


def open_sheet(context: Context, visit_uid: str, issued: Callable[[], None] | None = None) -> None:
    """Read what the letter starts from and what was left unfinished, then open the sheet."""

    def read() -> tuple[LetterStart, Draft | None]:
        referrals, actor = context.desk.referrals, context.actor
        return referrals.start(actor, visit_uid), referrals.draft(actor, visit_uid)

    def show(found: tuple[LetterStart, Draft | None]) -> None:
        letter = LetterSheet(context, *found, issued)
        letter.live_in(context.shell.sheet(letter, WIDTH, HEIGHT, keep=True))

    context.runner.read("letter.start", read, show)


class LetterSheet(QStackedWidget):
    """The form, and over it the pages as they would be.

    issued: told when a letter was issued or its refusal recorded. uid and document_uid are made once and kept in the
    draft: an order sent twice is carried out once.
    """

    def __init__(
        self,
        context: Context,
        start: LetterStart,
        draft: Draft | None,
        issued: Callable[[], None] | None = None,
    ) -> None:
        super().__init__()
        self.context, self.start, self._tell_issued = context, start, issued
        self.setAccessibleName("Surat rujukan")
        self.uid, self.document_uid = new_uid(), new_uid()
        self._sheet: Sheet | None = None
        self._unsaved = False
        self._pause = QTimer(self, singleShot=True, interval=DRAFT_MS)
        self._pause.timeout.connect(self.save_draft)
        self.form = LetterForm(start, context.desk.reference, self._understand)
        fresh = KeyButton("Mulai baru", small=True)
        fresh.clicked.connect(self.start_anew)
        self.banner = Banner("info", "", buttons=(fresh,))
        self._trouble = Banner("danger", "")
        self._trouble.hide()
        self._restored, self._told = QWidget(), label("", "muted")
        self._lacking = Paragraph()
        self.cancel = KeyButton("Tutup", "Esc")
        self.look = KeyButton("Pratinjau", "Ctrl+P", icon="eye")
        self.go = KeyButton("Terbitkan & cetak", "Ctrl+Enter", kind="primary")
        self.page = self._lay()
        self.addWidget(self.page)
        self.preview: PreviewPanel | None = None
        self.keys = Keys(self, "Surat rujukan")
        self.keys.bind("Ctrl+Return", "terbitkan dan cetak", self.issue)
        self.keys.bind("Ctrl+P", "pratinjau", self.show_preview)
        self._listen()
        if draft is not None:
            self._take_up(draft)
        self._judge()

    def _lay(self) -> SheetPanel:
        sex = {"L": "L", "P": "P"}.get(self.start.sex, "JK ?")
        who = Runs(
            [
                Text(self.start.name, bold=True),
                Text(f"   {sex} · {self.start.age} · RM {self.start.record_number or 'belum ada'}", muted=True),
            ],
            fixed=True,
        )
        body, foot = QWidget(), QWidget()
        self._restored.setLayout(vbox(self.banner, margins=(22, 0, 22, 6)))
        self._restored.hide()
        trouble = vbox(self._trouble, margins=(22, 0, 22, 0))
        body.setLayout(vbox(self._restored, trouble, self.form, spacing=0))
        self._told.hide()
        row = hbox(vbox(None, self._lacking, self._told, None, spacing=0), self.cancel, self.look, self.go)
        row.setStretch(0, 1)
        foot.setLayout(row)
        return SheetPanel("Surat rujukan", body, (foot,), corner=(who,))

    def _listen(self) -> None:
        self.cancel.clicked.connect(self.leave)
        self.look.clicked.connect(self.show_preview)
        self.go.clicked.connect(self.issue)
        self.form.kind_chosen.connect(self._judge)
        self.form.changed.connect(self._changed)
        self.form.paper_wanted.connect(self.print_consent)

    def live_in(self, sheet: Sheet) -> None:
        """The sheet this is shown in: Esc goes back from the preview, then leaves."""
        self._sheet = sheet
        sheet.escaped.connect(self._escape)
        self.window().installEventFilter(self)
        self.form.begin()

    # Drafts

    def _changed(self) -> None:
        self._unsaved = True
        self._trouble.hide()
        if not self._pause.isActive():
            self._pause.start()
        self._judge()

    def save_draft(self) -> None:
        """Keep what stands there, now."""
        if not self._unsaved:
            return
        self._unsaved = False
        self._pause.stop()
        content = {**self.form.state(), "uid": self.uid, "document_uid": self.document_uid}
        desk, actor, visit = self.context.desk, self.context.actor, self.start.visit_uid
        self.context.runner.write(lambda: desk.referrals.keep_draft(actor, visit, content), self._kept)

    def _kept(self, _: None) -> None:
        now = self.context.desk.clock.now()
        self.context.shell.draft_saved(now)
        self._told.setText(f"Draf tersimpan {time_text(self.context.desk.clock.local(now), seconds=True)}")
        self._told.show()

    def _take_up(self, draft: Draft) -> None:
        content: Mapping[str, object] = draft.content
        self.uid, self.document_uid = (str(content.get(n) or new_uid()) for n in ("uid", "document_uid"))
        self.form.restore(content)
        when = moment_text(self.context.desk.clock.local(draft.saved_at))
        self.banner.set("info", f"Draf Anda dari {when} dilanjutkan.", "Periksa isinya sebelum terbit.")
        self._restored.show()
        self._unsaved = False
        self._pause.stop()

    def start_anew(self) -> None:
        """Throw the draft away and begin with the record's own words."""
        desk, actor, visit = self.context.desk, self.context.actor, self.start.visit_uid
        context, issued = self.context, self._tell_issued
        self._unsaved = False
        self._pause.stop()
        context.runner.write(
            lambda: desk.referrals.drop_draft(actor, visit), lambda _: open_sheet(context, visit, issued)
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Close:
            self.save_draft()
        return super().eventFilter(watched, event)

    def hideEvent(self, event: QHideEvent) -> None:
        # Locked, closed, or another sheet took the place: nothing typed is lost.
        self.save_draft()
        super().hideEvent(event)

    def leave(self) -> None:
        """Close; what was typed comes back with the next Ctrl+R."""
        if self._unsaved:
            self.context.shell.toast("Draf surat rujukan disimpan. Ctrl+R melanjutkannya.")
        self.save_draft()
        self._close()

    def _close(self) -> None:
        if self._sheet is not None:
            self._sheet.close_sheet()

    def _escape(self) -> None:
        if self.preview is not None:
            self.close_preview()
        else:
            self.leave()

    # What is missing

    def _judge(self) -> None:
        refused, kind = self.form.refused(), self.form.kind_code()
        self.go.setText("Catat penolakan & cetak" if refused else "Terbitkan & cetak")
        self.look.setEnabled(bool(kind) and not refused)
        gaps = self.form.missing()
        must = ", ".join(g.label for g in gaps if not g.later)
        later = ", ".join(g.label for g in gaps if g.later)
        parts = [Text("Pilih jenis rujukan: tekan 1 sampai 4.", bold=True)] if not kind else []
        if must and not refused:
            parts = [Text("Belum diisi: ", bold=True, color="danger"), Text(must)]
        elif later and not refused:
            parts = [Text("Dapat menyusul: ", bold=True), Text(later, muted=True)]
        self._lacking.set_parts(parts)

    def _understand(self, text: str) -> tuple[str, str]:
        today: date = self.context.desk.clock.today()
        try:
            day = read_day(text, today)
        except DateError:
            return "", ""
        past = ", sudah lewat: periksa" if day < today else ""
        return day_text(day), f"{WEEKDAYS[day.weekday()]}{past}"

    # Acts

    def show_preview(self) -> None:
        """Ctrl+P: the pages as they would be, without a number."""
        if self.preview is not None or not self.look.isEnabled():
            return
        desk, actor = self.context.desk, self.context.actor
        order = self.form.order(self.uid, self.document_uid)
        self.context.runner.read(
            "letter.preview", lambda: desk.referrals.preview(actor, order), self._previewed, self._failed
        )

    def _previewed(self, pdf: bytes) -> None:
        if self.preview is not None:
            return
        panel = PreviewPanel(self.context.runner, "Pratinjau surat rujukan", pdf, "pratinjau-rujukan.pdf")
        panel.print_button.setText("Terbitkan & cetak")
        panel.save_button.hide()
        panel.print_wanted.connect(self.issue)
        panel.close_wanted.connect(self.close_preview)
        panel.keys.bind("Ctrl+Return", "terbitkan dan cetak", self.issue)
        self.keys.set_active(False)
        self.preview = panel
        self.addWidget(panel)
        self.setCurrentWidget(panel)
        panel.print_button.setFocus()

    def close_preview(self) -> None:
        """Back to the form."""
        panel, self.preview = self.preview, None
        if panel is None:
            return
        self.setCurrentWidget(self.page)
        self.removeWidget(panel)
        panel.deleteLater()
        self.keys.set_active(True)
        self.go.setFocus()

    def issue(self) -> None:
        """Ctrl+Enter: number, freeze, print; or record the refusal."""
        if not self.go.isEnabled():
            return
        if not self.form.kind_code():
            self.form.complain({"kind": "Pilih jenis rujukan: tekan 1 sampai 4."})
            return
        self.go.setEnabled(False)
        desk, actor = self.context.desk, self.context.actor
        order = self.form.order(self.uid, self.document_uid)
        if self.form.refused():
            self._refuse()
            return
        self.context.runner.write(lambda: desk.referrals.issue(actor, order), self._issued, self._failed)

    def _refuse(self) -> None:
        box = self.form.consent
        answer = box.value() if box is not None else None
        if box is None or answer is None:
            return
        desk, actor, visit = self.context.desk, self.context.actor, self.start.visit_uid
        place = self.form.destination.text()
        self.context.runner.write(
            lambda: desk.referrals.refuse(actor, visit, answer, place), self._recorded, self._failed
        )

    def _issued(self, made: Issued) -> None:
        self._end(made, "Surat rujukan", f"Surat rujukan {made.number} terbit.")

    def _recorded(self, made: Issued) -> None:
        self._end(made, "Penolakan rujukan", f"Penolakan rujukan dicatat, nomor {made.number}.")

    def _end(self, made: Issued, title: str, told: str) -> None:
        self._unsaved = False
        self._pause.stop()
        context = self.context
        context.shell.saved()
        if self._tell_issued is not None:
            self._tell_issued()
        self._close()
        send_document(context, title, made)
        context.shell.toast(told)

    def _failed(self, error: Exception) -> None:
        self.go.setEnabled(True)
        if isinstance(error, MissingFields):
            told = {gap.field: gap.sentence for gap in error.all}
        elif isinstance(error, InvalidInput):
            told = {error.field: error.sentence}
        elif isinstance(error, NeedsReason):
            told = {"why": WHY}
        elif isinstance(error, UserError):
            told = {"": error.sentence}
        else:
            return
        left = self.form.complain(told)
        self._trouble.set("danger", " ".join(left))
        self._trouble.setVisible(bool(left))
        if left:
            self.close_preview()

    def print_consent(self) -> None:
        """The paper to be signed; the letter records the answer. While it is to follow, lines for who will sign."""
        box = self.form.consent
        if box is None:
            return
        answer = box.value()
        later = box.later()
        if answer is None and not later:
            told = "Pilih Setuju dan penanda tangannya, atau Menyusul, lalu cetak lembarnya."
            self.form.complain({"consent": told})
            return
        desk, actor, visit, context = self.context.desk, self.context.actor, self.start.visit_uid, self.context
        place = self.form.destination.text()
        context.runner.write(
            lambda: desk.referrals.consent_paper(actor, visit, answer, place, later=later),
            lambda made: send_document(context, CONSENT_TITLE, made),
            self._failed,
        )
