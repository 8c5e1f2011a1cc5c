"""Sheets over the immunization view: doses of before, what stands against a vaccine, KIPI, one dose in full."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ilp_desk.domain.immunization.records import ObjectionKind
from ilp_desk.domain.record import new_uid
from ilp_desk.domain.text.dates import day_text
from ilp_desk.domain.text.typed_dates import DateError, read_day, read_done
from ilp_desk.rows.immunization import DoseLine, EventLine, ImmunizationView, ObjectionLine
from ilp_desk.services.life_cycle.immunizations import EarlierDose, Happened, Stands
from ui.parts.room.part import alone, enterable
from ui.parts.room.plan_date import read_plan, understood
from ui.widgets import (
    Banner,
    CheckBox,
    Choice,
    Combo,
    DateEdit,
    Field,
    Hair,
    KeyButton,
    LineEdit,
    Paragraph,
    SheetPanel,
    Text,
    vbox,
)

MARGINS = (22, 4, 22, 8)
REASON = "Tulis alasannya, sedikitnya tiga huruf."
OBJECTIONS = {
    ObjectionKind.DEFERRAL: ("Tunda", "Ditunda sampai", "mis. demam 38,5, batuk sesak"),
    ObjectionKind.REFUSAL: ("Menolak", "", "mis. ayah tidak setuju"),
    ObjectionKind.CONTRAINDICATION: (
        "Kontraindikasi",
        "Sampai (kosong: seterusnya)",
        "mis. reaksi alergi berat dosis 1",
    ),
}
DOSE_OF_BEFORE = "Tambah dosis lampau"


def _day(text: str, today: date) -> tuple[str, str]:
    try:
        return (day_text(read_day(text, today)), "") if text.strip() else ("", "")
    except DateError:
        return "", ""


class EarlierSheet(SheetPanel):
    """Doses copied from a book or told, one after the other: given(EarlierDose); copied: the book is copied whole.

    The sheet stays open until it is closed; each dose that went on record stands in its list.
    """

    given = Signal(object)
    copied = Signal()

    def __init__(self, view: ImmunizationView, target: str = "") -> None:
        self._view, self._uid, self._doubt = view, new_uid(), False
        self._added: list[str] = []
        choices: list[tuple[object, str]] = [(code, row.label) for code, row in view.vaccines.items()]
        self.vaccine = Combo(choices, target or None, name="Vaksin", placeholder="pilih")
        self.on = DateEdit(understand=self._understand, placeholder="12/3/2025, 3/2025, 2025", name="Tanggal")
        self.how = Choice([("book", "Buku KIA atau catatan"), ("told", "Lisan")], "book", name="Diketahui dari")
        self.place = LineEdit(placeholder="boleh kosong", name="Tempat", max_length=80)
        self.fields = {
            "code": alone(Field("Vaksin", self.vaccine)),
            "on": alone(Field("Tanggal, atau bulan, atau tahunnya saja", self.on)),
            "place": alone(Field("Diberikan di", self.place)),
        }
        self.warning = Banner("warning", "")
        self.warning.hide()
        self.list = Paragraph()
        self.whole = CheckBox("Buku sudah disalin lengkap: yang tidak tercatat memang belum diberikan")
        self.whole.setChecked(view.copied)
        self.whole.setEnabled(not view.copied)
        body = QWidget()
        body.setLayout(
            vbox(
                Paragraph([Text("Ditulis satu demi satu; lembar ini tetap terbuka.", muted=True)]),
                self.fields["code"],
                self.fields["on"],
                Field("Diketahui dari", self.how, reserve=False),
                self.fields["place"],
                self.warning,
                Hair(),
                self.whole,
                self.list,
                None,
                spacing=6,
                margins=MARGINS,
            )
        )
        self.end = KeyButton("Selesai", "Esc")
        self.done = KeyButton("Catat dosis", "Enter", kind="primary")
        enterable(self.end, self.done)
        super().__init__(DOSE_OF_BEFORE, body, (self.end, None, self.done))
        self.vaccine.entered.connect(lambda: self.on.setFocus(Qt.FocusReason.TabFocusReason))
        self.vaccine.activated.connect(lambda _: self._edited())
        self.how.changed.connect(lambda _: self._edited())
        for edit in (self.on, self.place):
            edit.textEdited.connect(lambda _: self._edited())
            edit.returnPressed.connect(self._give)
        self.done.clicked.connect(self._give)
        self.whole.toggled.connect(lambda on: self.copied.emit() if on else None)

    def begin(self) -> None:
        """The keyboard goes to the vaccine, or to its day where the vaccine is known."""
        target: QWidget = self.on if self.vaccine.value() else self.vaccine
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def recorded(self, dose: EarlierDose) -> None:
        """It is on record: the next one."""
        row = self._view.vaccines.get(dose.code)
        self._added.insert(0, f"✓ {row.label if row else dose.code} {dose.on}")
        self.list.set_parts([Text("\n".join(self._added), color="ok")])
        self._uid = new_uid()
        self.on.setText("")
        self._edited()
        self.on.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, field: str, sentence: str) -> None:
        """It was refused: say why beside the field, keep what was typed."""
        self.done.setEnabled(True)
        target = self.fields.get(field, self.fields["on"])
        target.set_state("error", sentence)
        target.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask(self, sentence: str) -> None:
        """The rules would not count it: the next press records it all the same."""
        self.done.setEnabled(True)
        self._doubt = True
        self.warning.set("warning", sentence, why="Periksa vaksin dan tanggalnya. Enter sekali lagi mencatatnya.")
        self.warning.show()
        self.done.setText("Tetap catat")

    def _edited(self) -> None:
        self._doubt = False
        self.warning.hide()
        self.done.setText("Catat dosis")
        self.done.setEnabled(True)
        for field in self.fields.values():
            field.set_state("")

    def _give(self) -> None:
        if not self.done.isEnabled():
            return
        if self.vaccine.value() is None:
            self.refuse("code", "Pilih vaksinnya dulu.")
            return
        self.done.setEnabled(False)
        self.given.emit(
            EarlierDose(
                uid=self._uid,
                person_uid=self._view.person_uid,
                code=str(self.vaccine.value()),
                on=self.on.text(),
                told=self.how.value() == "told",
                place=self.place.text(),
                confirmed=self._doubt,
            )
        )

    def _understand(self, text: str) -> tuple[str, str]:
        try:
            when = read_done(text, self._view.on) if text.strip() else None
        except DateError:
            return "", ""
        return (day_text(when.day, when.precision), "") if when is not None else ("", "")


class ObjectionSheet(SheetPanel):
    """A vaccine is put off, refused, or must not be given: given(Stands)."""

    given = Signal(object)

    def __init__(self, kind: ObjectionKind, view: ImmunizationView, series: str, visit_uid: str | None) -> None:
        title, until, example = OBJECTIONS[kind]
        self._kind, self._view, self._visit_uid, self._uid = kind, view, visit_uid, new_uid()
        self.series = Combo(list(view.series), series, name="Vaksin")
        self.until = DateEdit(
            understand=lambda text: understood(text, view.on), placeholder="mis. 7, 2 mgg, 1 bln", name=until
        )
        self.why = LineEdit(placeholder=example, name="Alasan")
        self.fields = {
            "series": alone(Field("Vaksin", self.series)),
            "until": alone(Field(until, self.until)),
            "why": alone(Field("Alasan", self.why)),
        }
        if kind is ObjectionKind.REFUSAL:
            self.fields["until"].hide()
        body = QWidget()
        body.setLayout(vbox(*self.fields.values(), None, spacing=6, margins=MARGINS))
        self.done = KeyButton("Catat", "Enter", kind="primary")
        enterable(self.done)
        super().__init__(title, body, (None, self.done))
        first = self.why if kind is ObjectionKind.REFUSAL else self.until
        self.series.entered.connect(lambda: first.setFocus(Qt.FocusReason.TabFocusReason))
        self.until.returnPressed.connect(lambda: self.why.setFocus(Qt.FocusReason.TabFocusReason))
        self.why.returnPressed.connect(self._give)
        self.done.clicked.connect(self._give)
        for name, edit in (("until", self.until), ("why", self.why)):
            edit.textEdited.connect(lambda _, name=name: self.fields[name].set_state(""))

    def begin(self) -> None:
        """The keyboard goes to the first thing to be typed."""
        first = self.why if self._kind is ObjectionKind.REFUSAL else self.until
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, field: str, sentence: str) -> None:
        """It was refused: say why beside the field, keep what was typed."""
        self.done.setEnabled(True)
        target = self.fields.get(field, self.fields["why"])
        target.set_state("error", sentence)
        target.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _give(self) -> None:
        if not self.done.isEnabled():
            return
        until = ""
        if self._kind is not ObjectionKind.REFUSAL:
            try:
                day = read_plan(self.until.text(), self._view.on)
            except DateError as wrong:
                self.refuse("until", wrong.sentence)
                return
            until = day_text(day)
            if day is None and self._kind is ObjectionKind.DEFERRAL:
                self.refuse("until", "Tulis sampai kapan ditunda, mis. 7 hari lagi: ketik 7.")
                return
        if len(self.why.text().strip()) < 3:
            self.refuse("why", REASON)
            return
        self.done.setEnabled(False)
        self.given.emit(
            Stands(
                uid=self._uid,
                person_uid=self._view.person_uid,
                kind=self._kind,
                series=str(self.series.value() or ""),
                why=self.why.text(),
                until=until,
                visit_uid=self._visit_uid,
            )
        )


class EventSheet(SheetPanel):
    """KIPI after one of the recorded doses: given(Happened)."""

    given = Signal(object)

    def __init__(self, view: ImmunizationView, dose_uid: str, visit_uid: str | None) -> None:
        self._visit_uid, self._uid = visit_uid, new_uid()
        doses: list[tuple[object, str]] = [(line.uid, f"{line.label} {line.day}") for line in view.doses]
        self.dose = Combo(doses, dose_uid or None, name="Sesudah dosis")
        self.on = DateEdit(day_text(view.on), understand=lambda text: _day(text, view.on), name="Mulai")
        self.symptom = LineEdit(placeholder="mis. demam 38,5, bengkak di tempat suntik", name="Gejala")
        self.severity = Choice(list(view.severities), name="Beratnya")
        self.action = LineEdit(placeholder="boleh kosong", name="Tindakan")
        self.fields = {
            "dose": alone(Field("Sesudah dosis", self.dose, reserve=False)),
            "on": alone(Field("Gejala mulai", self.on)),
            "symptom": alone(Field("Gejala", self.symptom)),
            "severity": Field("Beratnya", self.severity),
            "action": alone(Field("Tindakan", self.action, reserve=False)),
        }
        note = Text("Berat: dirawat, kejang, syok, atau mengancam jiwa. Catat juga kontraindikasinya.", muted=True)
        body = QWidget()
        body.setLayout(vbox(*self.fields.values(), Paragraph([note]), None, spacing=5, margins=MARGINS))
        self.done = KeyButton("Catat KIPI", "Enter", kind="primary")
        enterable(self.done)
        super().__init__("Lapor KIPI", body, (None, self.done))
        self.done.clicked.connect(self._give)
        for name, edit in (("on", self.on), ("symptom", self.symptom), ("action", self.action)):
            edit.textEdited.connect(lambda _, name=name: self.fields[name].set_state(""))
            edit.returnPressed.connect(self._give)
        self.severity.changed.connect(lambda _: self.fields["severity"].set_state(""))

    def begin(self) -> None:
        """The keyboard goes to the symptom."""
        self.symptom.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, field: str, sentence: str) -> None:
        """It was refused: say why beside the field, keep what was typed."""
        self.done.setEnabled(True)
        target = self.fields.get(field, self.fields["symptom"])
        target.set_state("error", sentence)
        target.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _give(self) -> None:
        if not self.done.isEnabled():
            return
        self.done.setEnabled(False)
        self.given.emit(
            Happened(
                uid=self._uid,
                dose_uid=str(self.dose.value() or ""),
                on=self.on.text(),
                symptom=self.symptom.text(),
                severity=str(self.severity.value() or ""),
                action=self.action.text(),
                visit_uid=self._visit_uid,
            )
        )


class RecordSheet(SheetPanel):
    """One dose, KIPI or objection in full, and taking it back: withdrawn(kind, uid, reason); event_wanted(dose uid)."""

    withdrawn = Signal(str, str, str)
    event_wanted = Signal(str)

    def __init__(
        self, kind: str, uid: str, title: str, parts: Sequence[Text], act: str, *, writable: bool, event: bool = False
    ) -> None:
        self._kind, self._uid = kind, uid
        self.why = LineEdit(placeholder="mis. salah orang", name="Alasan")
        self.field = alone(Field("Alasan", self.why))
        body = QWidget()
        body.setLayout(vbox(Paragraph(parts), 4, self.field, None, spacing=6, margins=MARGINS))
        report = KeyButton("Lapor KIPI")
        self.done = KeyButton(act, kind="danger")
        enterable(report, self.done)
        super().__init__(title, body, (report, None, self.done))
        report.setVisible(event and writable)
        self.field.setVisible(writable)
        self.done.setVisible(writable)
        report.clicked.connect(lambda: self.event_wanted.emit(uid))
        self.done.clicked.connect(self._give)
        self.why.returnPressed.connect(self._give)
        self.why.textEdited.connect(lambda _: self.field.set_state(""))

    def begin(self) -> None:
        """The keyboard goes to the reason."""
        self.why.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, sentence: str) -> None:
        """It was refused: say why, keep what was typed."""
        self.field.set_state("error", sentence)
        self.done.setEnabled(True)

    def _give(self) -> None:
        if not self.done.isEnabled():
            return
        if len(self.why.text().strip()) < 3:
            self.field.set_state("error", REASON)
            self.why.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.done.setEnabled(False)
        self.withdrawn.emit(self._kind, self._uid, self.why.text())


def dose_sheet(line: DoseLine, events: Sequence[EventLine], *, writable: bool) -> RecordSheet:
    """A recorded dose."""
    parts = [Text(f"{line.label} · {line.day}", bold=True), Text(f"\n{line.details}", muted=True)]
    parts.append(Text(f"\n{line.words}", color="ok" if line.counted else "warning"))
    parts += [Text(f"\nKIPI {event.text}", color="danger") for event in events if event.dose_uid == line.uid]
    return RecordSheet("dose", line.uid, "Dosis", parts, "Batalkan dosis", writable=writable, event=True)


def event_sheet(line: EventLine, *, writable: bool) -> RecordSheet:
    """A recorded KIPI."""
    return RecordSheet("event", line.uid, "KIPI", [Text(line.text)], "Batalkan KIPI", writable=writable)


def objection_sheet(line: ObjectionLine, *, writable: bool) -> RecordSheet:
    """A recorded objection."""
    return RecordSheet("objection", line.uid, "Keberatan", [Text(line.text)], "Cabut", writable=writable)
