"""One letter beside the list: what it says, where it stands, what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ilp_desk.domain.document import ReferralState
from ilp_desk.domain.text.dates import day_text
from ilp_desk.rows.papers import ReferralDetail
from ui.parts.referral.facts import Facts
from ui.parts.referral.words import NEXT, STATES
from ui.widgets import (
    Banner,
    Card,
    Chip,
    EmptyState,
    Field,
    Hair,
    KeyButton,
    LineEdit,
    Runs,
    Text,
    hbox,
    label,
    scroll,
    vbox,
)

NOBODY = ("Pilih surat di daftar.", "Isi, keadaan, dan balasannya tampil di sini.")


class DetailPanel(Card):
    """Shows a ReferralDetail; tells what is wanted and does nothing itself.

    may_consent, may_void: whether the role may. number_given(text): the number of BPJS or SISRUTE.
    """

    look_wanted = Signal()
    mark_wanted = Signal()
    consent_wanted = Signal()
    reply_wanted = Signal()
    void_wanted = Signal()
    number_given = Signal(str)

    def __init__(self, *, may_consent: bool, may_void: bool) -> None:
        super().__init__()
        self._may_consent, self._may_void = may_consent, may_void
        self.detail: ReferralDetail | None = None
        self.empty = EmptyState(*NOBODY, icon="refer")
        self._number, self._chips = label("", "subtitle", wrap=True), Runs(pad=(0, 2))
        self._who, self._more = label("", "strong", wrap=True), label("", "muted", wrap=True)
        self._warning = Banner("warning", "")
        self._facts, self._reply = Facts(), Facts()
        self._reply_title = label("Balasan", "section")
        self.external = LineEdit(placeholder="Ketik nomor, lalu Enter", max_length=60)
        self.external_field = Field("Nomor BPJS atau SISRUTE (F7)", self.external, check=lambda _: ("", ""))
        self.look = KeyButton("Lihat & cetak", "Ctrl+P", icon="print")
        self.mark = KeyButton("Tandai terkirim", "F4", icon="send")
        self.consent = KeyButton("Catat persetujuan", "F5", icon="edit")
        self.reply = KeyButton("Ketik balasan", "F6", kind="primary")
        self.void = KeyButton("Batalkan surat", kind="danger", icon="void", small=True)
        self._lay()
        self._listen()
        self.show_detail(None)

    def _lay(self) -> None:
        body = QWidget()
        body.setLayout(
            vbox(
                self._number,
                self._chips,
                4,
                self._who,
                self._more,
                self._warning,
                4,
                self._facts,
                4,
                self.external_field,
                self._reply_title,
                self._reply,
                None,
                8,
                hbox(self.void, None),
                spacing=5,
                margins=(16, 14, 16, 10),
            )
        )
        self._area = scroll(body)
        self._foot = QWidget()
        self._foot.setLayout(
            vbox(
                self.consent,
                hbox(self.look, self.mark),
                self.reply,
                spacing=8,
                margins=(16, 10, 16, 12),
            )
        )
        self._hair = Hair()
        column = vbox(self.empty, self._area, self._hair, self._foot, spacing=0)
        column.setStretch(1, 1)
        self.setLayout(column)

    def _listen(self) -> None:
        self.look.clicked.connect(self.look_wanted)
        self.mark.clicked.connect(self.mark_wanted)
        self.consent.clicked.connect(self.consent_wanted)
        self.reply.clicked.connect(self.reply_wanted)
        self.void.clicked.connect(self.void_wanted)
        self.external.returnPressed.connect(lambda: self.number_given.emit(self.external.text()))

    def show_detail(self, detail: ReferralDetail | None) -> None:
        """Show another letter, or none."""
        other = detail is None or self.detail is None or detail.referral.uid != self.detail.referral.uid
        self.detail = detail
        for widget in (self._area, self._hair, self._foot):
            widget.setVisible(detail is not None)
        self.empty.setVisible(detail is None)
        if detail is None:
            return
        self._head(detail)
        self._show_facts(detail)
        self._acts(detail)
        if other or not self.external.isModified():
            self.external.setText(detail.referral.external_number)
            self.external_field.set_state("")
        if other:
            self._area.verticalScrollBar().setValue(0)

    def _head(self, d: ReferralDetail) -> None:
        word, tone = STATES[d.referral.state]
        chips: list[Chip | Text] = [Chip(word, tone)]
        if d.late:
            chips.append(Chip(f"{d.waits} hari tanpa balasan", "danger"))
        elif d.waits:
            chips.append(Text(f"{d.waits} hari menunggu", muted=True))
        self._number.setText(d.number)
        self._chips.set_segments(chips)
        self._who.setText(d.name)
        sex = d.sex if d.sex in ("L", "P") else "JK ?"
        self._more.setText(" · ".join(p for p in (sex, d.age, f"RM {d.record_number}" if d.record_number else "") if p))
        self._warning.setVisible(d.consent_open or bool(d.void_reason))
        if d.void_reason:
            self._warning.set("danger", "Dibatalkan:", f"{d.void_reason}.")
        elif d.consent_open:
            self._warning.set("warning", "Persetujuan menyusul.", "Catat setelah lembarnya ditandatangani.")

    def _show_facts(self, d: ReferralDetail) -> None:
        r = d.referral
        diagnosis = f"{r.diagnosis_code} {r.diagnosis_title}".strip()
        self._facts.set(
            (
                ("Jenis", d.kind),
                ("Tujuan", r.destination),
                ("Unit", r.specialty),
                ("Diagnosis", diagnosis),
                ("Terbit", f"{d.issued}, {d.signer}" if d.signer else d.issued),
                ("Berlaku sampai", day_text(r.valid_until)),
                ("Persetujuan", d.consent),
                ("Dicetak", f"{d.copies} kali" if d.copies else "belum"),
            )
        )
        self._reply_title.setVisible(r.reply_on is not None)
        self._reply.setVisible(r.reply_on is not None)
        self._reply.set(
            (
                ("Tanggal", day_text(r.reply_on)),
                ("Dokter", r.reply_doctor),
                ("Diagnosis akhir", r.reply_diagnosis),
                ("Terapi", r.reply_therapy),
                ("Rencana", r.reply_plan),
            )
        )

    def _acts(self, d: ReferralDetail) -> None:
        state = d.referral.state
        standing = state is not ReferralState.VOIDED
        coming = NEXT.get(state)
        self.look.setVisible(d.clinical)
        self.mark.setVisible(coming is not None)
        if coming is not None:
            self.mark.setText(coming[1])
        self.consent.setVisible(d.consent_open and self._may_consent)
        self.void.setVisible(standing and self._may_void)
        self.external_field.setEnabled(standing)
        self.external_field.setVisible(standing or bool(d.referral.external_number))
        replied = d.referral.reply_on is not None
        self.reply.setText("Perbaiki balasan" if replied else "Ketik balasan")
        # Who is not shown the reply cannot mend it without writing over it blindly.
        self.reply.setVisible(standing and (d.clinical or not replied))

    def ask_number(self) -> None:
        """Put the focus into the number of BPJS or SISRUTE."""
        if self.detail is not None and self.external_field.isEnabled():
            self.external.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.external.selectAll()
