"""Cetak: a sick note, or the summary of the record."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ilp_desk.domain.text.dates import day_text, long_day_text
from ilp_desk.domain.text.typed_dates import DateError, read_day
from ui.widgets import (
    CheckBox,
    Choice,
    Columns,
    DateEdit,
    Field,
    KeyButton,
    LineEdit,
    Sentence,
    SheetPanel,
    vbox,
)

SICK_NOTE, SUMMARY = "sick_note", "summary"


class PrintSheet(SheetPanel):
    """sick_note(days, first day, with the diagnosis, purpose); summary(purpose). The diagnosis starts unticked."""

    sick_note = Signal(int, object, bool, str)
    summary = Signal(str)

    def __init__(self, today: date, *, may_certify: bool) -> None:
        self._today = today
        kinds = ((SICK_NOTE, "Surat keterangan sakit"), (SUMMARY, "Ringkasan riwayat"))
        self.kind = Choice(kinds, SICK_NOTE if may_certify else SUMMARY, name="Yang dicetak")
        self.days = LineEdit("1", name="Lama istirahat", max_length=3)
        self.first = DateEdit(day_text(today), understand=lambda text: _understood(text, today), name="Mulai istirahat")
        self.purpose = LineEdit(placeholder="mis. untuk sekolah, tempat kerja, klaim", name="Keperluan")
        self.with_diagnosis = CheckBox("Cantumkan diagnosis; pasien sudah setuju")
        self.days_field = Field("Lama istirahat", self.days, suffix="hari")
        self.first_field = Field("Mulai tanggal", self.first)
        self._only_note = (self.days_field, self.first_field, self.with_diagnosis)
        self.sentence = Sentence()
        body = QWidget()
        form = Columns(
            [
                [(self.days_field, 4), (self.first_field, 8)],
                [(Field("Keperluan", self.purpose, reserve=False), 12)],
                [(self.with_diagnosis, 12)],
            ]
        )
        kind = Field("Yang dicetak", self.kind, reserve=False)
        if not may_certify:
            kind.hide()
        body.setLayout(vbox(kind, form, self.sentence, spacing=10, margins=(22, 4, 22, 8)))
        self.done = KeyButton("Buat dan tampilkan", "Enter", kind="primary")
        super().__init__("Cetak", body, (None, self.done))
        self.kind.changed.connect(lambda _: self._fit())
        self.done.clicked.connect(self._make)
        for edit in (self.days, self.first, self.purpose):
            edit.returnPressed.connect(self._make)
        self._fit()

    def begin(self) -> None:
        """The keyboard goes to what differs most often; once the sheet is open."""
        (self.days if self.kind.value() == SICK_NOTE else self.purpose).setFocus(Qt.FocusReason.OtherFocusReason)
        self.days.selectAll()

    def refuse(self, field: str, sentence: str) -> None:
        """It was refused: say why beside the field; what was typed stays."""
        beside = {"days": self.days_field, "first_day": self.first_field}.get(field)
        if beside is not None:
            beside.set_state("error", sentence)
        else:
            self.sentence.set("error", sentence)
        self.done.setEnabled(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._make()
            event.accept()
            return
        super().keyPressEvent(event)

    def _fit(self) -> None:
        for widget in self._only_note:
            widget.setVisible(self.kind.value() == SICK_NOTE)

    def _make(self) -> None:
        if not self.done.isEnabled():
            return
        self.sentence.set("", "")
        if self.kind.value() == SUMMARY:
            self.done.setEnabled(False)
            self.summary.emit(self.purpose.text().strip())
            return
        days, first = self._days(), self._first()
        if days is not None and first is not None:
            self.done.setEnabled(False)
            self.sick_note.emit(days, first, self.with_diagnosis.isChecked(), self.purpose.text().strip())

    def _days(self) -> int | None:
        typed = self.days.text().strip()
        if typed.isascii() and typed.isdigit():
            self.days_field.set_state("")
            return int(typed)
        self.days_field.set_state("error", "Tulis angka harinya, mis. 2.")
        self.days.setFocus()
        return None

    def _first(self) -> date | None:
        try:
            day = read_day(self.first.text(), self._today)
        except DateError as error:
            self.first_field.set_state("error", error.sentence)
            self.first.setFocus()
            return None
        self.first_field.set_state("")
        return day


def _understood(text: str, today: date) -> tuple[str, str]:
    try:
        day = read_day(text, today)
    except DateError:
        return "", ""
    return day_text(day), long_day_text(day).split(",")[0]
