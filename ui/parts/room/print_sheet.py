"""Cetak: a sick note, the summary of the record, or the label of a specimen."""

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

SICK_NOTE, SUMMARY, LAB_LABEL = "sick_note", "summary", "lab_label"


class PrintSheet(SheetPanel):
    """sick_note(days, first day, with the diagnosis, purpose); summary(purpose); lab_label(specimen).

    The diagnosis starts unticked. specimens: whether a label is what is printed here most, as in the laboratory.
    """

    sick_note = Signal(int, object, bool, str)
    summary = Signal(str)
    lab_label = Signal(str)

    def __init__(self, today: date, *, may_certify: bool, specimens: bool = False) -> None:
        self._today = today
        note = ((SICK_NOTE, "Surat keterangan sakit"),) if may_certify else ()
        kinds = (*note, (SUMMARY, "Ringkasan riwayat"), (LAB_LABEL, "Label sampel"))
        self.kind = Choice(kinds, LAB_LABEL if specimens else kinds[0][0], name="Yang dicetak")
        self.days = LineEdit("1", name="Lama istirahat", max_length=3)
        self.first = DateEdit(day_text(today), understand=lambda text: _understood(text, today), name="Mulai istirahat")
        self.purpose = LineEdit(placeholder="mis. untuk sekolah, tempat kerja, klaim", name="Keperluan")
        self.specimen = LineEdit(placeholder="mis. darah EDTA, urin, dahak", name="Bahan sampel")
        self.with_diagnosis = CheckBox("Cantumkan diagnosis; pasien sudah setuju")
        self.days_field = Field("Lama istirahat", self.days, suffix="hari")
        self.first_field = Field("Mulai tanggal", self.first)
        self.purpose_field = Field("Keperluan", self.purpose, reserve=False)
        self.specimen_field = Field("Bahan sampel", self.specimen)
        self._shown = {
            SICK_NOTE: (self.days_field, self.first_field, self.with_diagnosis, self.purpose_field),
            SUMMARY: (self.purpose_field,),
            LAB_LABEL: (self.specimen_field,),
        }
        self.sentence = Sentence()
        body = QWidget()
        form = Columns(
            [
                [(self.days_field, 4), (self.first_field, 8)],
                [(self.purpose_field, 12)],
                [(self.specimen_field, 12)],
                [(self.with_diagnosis, 12)],
            ]
        )
        kind = Field("Yang dicetak", self.kind, reserve=False)
        body.setLayout(vbox(kind, form, self.sentence, spacing=10, margins=(22, 4, 22, 8)))
        self.done = KeyButton("Buat dan tampilkan", "Enter", kind="primary")
        super().__init__("Cetak", body, (None, self.done))
        self.kind.changed.connect(lambda _: self._fit())
        self.done.clicked.connect(self._make)
        for edit in (self.days, self.first, self.purpose, self.specimen):
            edit.returnPressed.connect(self._make)
        self._fit()

    def begin(self) -> None:
        """The keyboard goes to what differs most often; once the sheet is open."""
        first = {SICK_NOTE: self.days, SUMMARY: self.purpose, LAB_LABEL: self.specimen}[str(self.kind.value())]
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        self.days.selectAll()

    def refuse(self, field: str, sentence: str) -> None:
        """It was refused: say why beside the field; what was typed stays."""
        fields = {"days": self.days_field, "first_day": self.first_field, "specimen": self.specimen_field}
        beside = fields.get(field)
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
        shown = self._shown[str(self.kind.value())]
        for widget in {widget for row in self._shown.values() for widget in row}:
            widget.setVisible(widget in shown)

    def _make(self) -> None:
        if not self.done.isEnabled():
            return
        self.sentence.set("", "")
        if self.kind.value() == SUMMARY:
            self.done.setEnabled(False)
            self.summary.emit(self.purpose.text().strip())
            return
        if self.kind.value() == LAB_LABEL:
            self.done.setEnabled(False)
            self.lab_label.emit(self.specimen.text())
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
