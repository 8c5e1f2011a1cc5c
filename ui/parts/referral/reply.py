"""The reply that came back on paper, typed; and the consent an emergency left for later."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from ilp_desk.domain.document import ReferralState
from ilp_desk.domain.reference import Reference
from ilp_desk.domain.text.dates import WEEKDAYS, day_text
from ilp_desk.domain.text.typed_dates import DateError, read_day
from ilp_desk.rows.papers import ReferralDetail
from ilp_desk.services.letters import ConsentAnswer
from ui.keys import Keys
from ui.parts.referral.consent import ConsentBox
from ui.widgets import (
    CheckBox,
    Columns,
    DateEdit,
    Field,
    KeyButton,
    LineEdit,
    SheetPanel,
    TextArea,
    label,
    vbox,
)

WIDTH = 720
DRAFT_MS = 800


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply:
    """What was typed; close: nothing more is awaited."""

    on: date
    diagnosis: str
    therapy: str
    plan: str
    doctor: str
    close: bool


def reader(today: date) -> Callable[[str], tuple[str, str]]:
    """Reads a typed date for a DateEdit: the date written out, and its weekday."""

    def understand(text: str) -> tuple[str, str]:
        try:
            day = read_day(text, today)
        except DateError:
            return "", ""
        return day_text(day), WEEKDAYS[day.weekday()]

    return understand


class ReplyPanel(SheetPanel):
    """given(Reply): the form is filled and saving was asked for; draft(dict): to be kept while typing goes on."""

    given = Signal(object)
    draft = Signal(object)

    def __init__(self, detail: ReferralDetail, today: date) -> None:
        self._today, self._unsaved = today, False
        was = _before(detail, today) | {k: str(v) for k, v in (detail.draft or {}).items()}
        self.on = DateEdit(was["on"], name="Tanggal balasan", understand=reader(today))
        self.doctor = LineEdit(was["doctor"], placeholder="mis. dr. Nama, Sp.OG", name="Dokter rumah sakit")
        self.diagnosis = TextArea(was["diagnosis"], name="Diagnosis akhir", lines=2)
        self.therapy = TextArea(was["therapy"], name="Terapi atau tindakan", lines=2)
        self.plan = TextArea(was["plan"], placeholder="mis. kontrol di Puskesmas 1 mgg", name="Rencana", lines=2)
        self.closed = CheckBox("Rujukan selesai, tidak ada yang ditunggu lagi", was["closed"] == "ya")
        self.fields = {
            "on": Field("Tanggal balasan", self.on, check=lambda _: ("", "")),
            "doctor": Field("Dokter rumah sakit", self.doctor, check=lambda _: ("", "")),
            "diagnosis": Field("Diagnosis akhir", self.diagnosis, check=lambda _: ("", "")),
            "therapy": Field("Terapi atau tindakan", self.therapy, check=lambda _: ("", "")),
            "plan": Field("Tindak lanjut dan rencana", self.plan, check=lambda _: ("", "")),
        }
        f = self.fields
        form = Columns(
            [[(f["on"], 4), (f["doctor"], 8)], [(f["diagnosis"], 12)], [(f["therapy"], 12)], [(f["plan"], 12)]]
        )
        body = QWidget()
        place = detail.referral.destination
        who = label(f"{detail.name} · {detail.number} · {place}", "muted", wrap=True)
        body.setLayout(vbox(who, form, self.closed, None, spacing=8, margins=(22, 0, 22, 10)))
        cancel, save = KeyButton("Batal", "Esc"), KeyButton("Simpan balasan", "Ctrl+Enter", kind="primary")
        told = label("Draf Anda dilanjutkan." if detail.draft else "", "muted")
        super().__init__("Balasan rujukan", body, (told, None, cancel, save))
        self.cancel = cancel
        self._pause = QTimer(self, singleShot=True, interval=DRAFT_MS)
        self._pause.timeout.connect(self._keep)
        for edit in (self.on, self.doctor, self.diagnosis, self.therapy, self.plan):
            edit.textChanged.connect(self._changed)
        self.closed.toggled.connect(self._changed)
        save.clicked.connect(self._give)
        self.keys = Keys(self, "Balasan rujukan")
        self.keys.bind("Ctrl+Return", "simpan balasan", self._give)

    def _changed(self) -> None:
        self._unsaved = True
        if not self._pause.isActive():
            self._pause.start()

    def _keep(self) -> None:
        if self._unsaved:
            self._unsaved = False
            self._pause.stop()
            self.draft.emit(
                {
                    "on": self.on.text(),
                    "doctor": self.doctor.text(),
                    "diagnosis": self.diagnosis.text(),
                    "therapy": self.therapy.text(),
                    "plan": self.plan.text(),
                    "closed": "ya" if self.closed.isChecked() else "",
                }
            )

    def hideEvent(self, event: QHideEvent) -> None:
        self._keep()
        super().hideEvent(event)

    def saved(self) -> None:
        """The reply is stored: nothing is left to keep."""
        self._unsaved = False
        self._pause.stop()

    def _give(self) -> None:
        try:
            on = read_day(self.on.text(), self._today)
        except DateError as wrong:
            self.complain("on", wrong.sentence)
            return
        self.given.emit(
            Reply(
                on=on,
                diagnosis=self.diagnosis.text(),
                therapy=self.therapy.text(),
                plan=self.plan.text(),
                doctor=self.doctor.text(),
                close=self.closed.isChecked(),
            )
        )

    def complain(self, field: str, sentence: str) -> bool:
        """Say what is wrong beside its field. False where it has none here."""
        if field not in self.fields:
            return False
        self.fields[field].set_state("error", sentence)
        self.fields[field].editor.setFocus(Qt.FocusReason.OtherFocusReason)
        return True


def _before(detail: ReferralDetail, today: date) -> dict[str, str]:
    """What the form starts from: the reply as it stands."""
    was = detail.referral
    return {
        "on": day_text(was.reply_on or today),
        "doctor": was.reply_doctor,
        "diagnosis": was.reply_diagnosis,
        "therapy": was.reply_therapy,
        "plan": was.reply_plan,
        "closed": "ya" if was.state is ReferralState.CLOSED else "",
    }


class ConsentPanel(SheetPanel):
    """given(ConsentAnswer): somebody answered; paper_wanted(ConsentAnswer or None): print the sheet to be signed, None
    with lines for who will sign; draft(dict): to be kept while typing goes on."""

    given = Signal(object)
    draft = Signal(object)
    paper_wanted = Signal(object)

    def __init__(self, detail: ReferralDetail, reference: Reference) -> None:
        self.box = ConsentBox(
            reference, detail.name, detail.sex, detail.kin, detail.kin_relation, later=False, prints_refusal=True
        )
        self.box.paper_wanted.connect(lambda: self.paper_wanted.emit(self.box.value()))
        body = QWidget()
        who = label(f"{detail.name} · {detail.number}", "muted", wrap=True)
        body.setLayout(vbox(who, self.box, None, spacing=8, margins=(22, 0, 22, 10)))
        cancel, save = KeyButton("Batal", "Esc"), KeyButton("Simpan jawaban", "Ctrl+Enter", kind="primary")
        begun = {name: str(text) for name, text in (detail.consent_draft or {}).items()}
        told = label("Draf Anda dilanjutkan." if begun else "", "muted")
        super().__init__("Persetujuan yang menyusul", body, (told, None, cancel, save))
        if begun:
            self.box.restore(begun)
        self._unsaved = False
        self._pause = QTimer(self, singleShot=True, interval=DRAFT_MS)
        self._pause.timeout.connect(self._keep)
        self.box.changed.connect(self._changed)
        self.cancel = cancel
        save.clicked.connect(self._give)
        self.keys = Keys(self, "Persetujuan rujukan")
        self.keys.bind("Ctrl+Return", "simpan jawaban", self._give)
        self.keys.bind("Ctrl+P", "cetak lembar", self.box.paper.click)
        self.box.paper.set_key("Ctrl+P")

    def _changed(self) -> None:
        self._unsaved = True
        if not self._pause.isActive():
            self._pause.start()

    def _keep(self) -> None:
        if self._unsaved:
            self.saved()
            self.draft.emit(self.box.state())

    def hideEvent(self, event: QHideEvent) -> None:
        self._keep()
        super().hideEvent(event)

    def saved(self) -> None:
        """The answer is stored: nothing is left to keep."""
        self._unsaved = False
        self._pause.stop()

    def _give(self) -> None:
        answer: ConsentAnswer | None = self.box.value()
        if answer is None:
            self.complain("consent", "Pilih jawaban pada lembar yang ditandatangani.")
            return
        self.given.emit(answer)

    def complain(self, field: str, sentence: str) -> bool:
        """Say what is wrong beside its field. False where it has none here."""
        if field not in self.box.fields:
            return False
        self.box.fields[field].set_state("error", sentence)
        return True
