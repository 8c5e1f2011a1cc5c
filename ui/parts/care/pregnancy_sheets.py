"""Small sheets of a pregnancy: a visit here or elsewhere, the birth plan, a visit after the birth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from ilp_desk.domain.maternity.forms import ContactForm, PlanForm
from ilp_desk.domain.maternity.records import BirthPlan
from ilp_desk.domain.reference import Reference
from ilp_desk.domain.text.dates import day_text
from ilp_desk.domain.text.typed_dates import DateError, read_done
from ui.theme import tokens
from ui.widgets import (
    CheckBox,
    Choice,
    Columns,
    Combo,
    DateEdit,
    Field,
    KeyButton,
    LineEdit,
    Paragraph,
    Sentence,
    SheetPanel,
    Text,
    vbox,
)

HEADROOM = 30
"""Design pixels for a sentence that may take a second line."""
MEASURES = (
    ("blood_pressure", "TD", "mmHg", "110/70"),
    ("weight", "BB", "kg", "58,2"),
    ("arm", "LiLA", "cm", "25,0"),
    ("fundus", "TFU", "cm", "20"),
    ("fetal_heart", "DJJ", "/mnt", "140"),
    ("haemoglobin", "Hb", "g/dL", "11,4"),
    ("urine_protein", "Protein urin", "", "negatif"),
)
"""Code, label, unit, example of what a book tells of a visit elsewhere."""


class RecordSheet(SheetPanel):
    """One record on a sheet: fields by name, a sentence where none fits, Enter saves. `save` is the subclass's."""

    def __init__(self, title: str, rows: Sequence[QWidget], fields: Mapping[str, Field], main: str = "Simpan") -> None:
        self.fields = dict(fields)
        self.recorded = False
        self._asked: dict[str, str] = {}
        self._first: dict[str, object] = {}
        self.sentence = Sentence()
        body = QWidget()
        body.setLayout(vbox(*rows, self.sentence, None, spacing=8, margins=(22, 2, 22, 8)))
        self._body = body
        self.done = KeyButton(main, "Enter", kind="primary")
        super().__init__(title, body, (None, self.done))
        self.done.clicked.connect(self.save)
        for field in self.fields.values():
            if isinstance(field.editor, Combo):
                field.editor.entered.connect(self.done.click)
            elif isinstance(field.editor, LineEdit):
                field.editor.returnPressed.connect(self.done.click)

    def save(self) -> None:
        """Tell what is typed."""
        raise NotImplementedError

    def refuse(self, field: str, sentence: str, *, unlikely: bool = False) -> None:
        """Say why beside the field; an unlikely figure stands when it is saved once more."""
        self.done.setEnabled(True)
        target = self.fields.get(field)
        if target is None:
            self.sentence.set("error", sentence)
            return
        if unlikely:
            self._asked[field] = self._text(field)
        target.set_state(
            "warn" if unlikely else "error", f"{sentence} Simpan lagi bila benar." if unlikely else sentence
        )
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(target.editor, LineEdit):
            target.editor.selectAll()  # what is typed now takes the place of what was refused

    def confirmed(self) -> frozenset[str]:
        """Fields whose unlikely value was asked about and is still the same."""
        return frozenset(field for field, text in self._asked.items() if text == self._text(field))

    def _text(self, field: str) -> str:
        editor = self.fields[field].editor
        return editor.text().strip() if isinstance(editor, LineEdit) else ""

    def ticks(self) -> dict[str, CheckBox]:
        """Boxes that stand without a field, by name."""
        return {}

    def unsaved(self) -> dict[str, object]:
        """What was typed and chosen since the sheet was opened, by name; nothing once it is on record."""
        return {} if self.recorded else {n: v for n, v in self._values().items() if v != self._first.get(n)}

    def put_back(self, values: Mapping[str, object]) -> None:
        """Open with what `unsaved` gave when the sheet was put away."""
        self._first = self._values()
        for name, editor in self._editors().items():
            if name in values:
                _set(editor, values[name])

    def _editors(self) -> dict[str, QWidget]:
        return {name: field.editor for name, field in self.fields.items()} | self.ticks()

    def _values(self) -> dict[str, object]:
        return {name: _get(editor) for name, editor in self._editors().items()}

    def high(self) -> int:
        """The height it wants, in design pixels: a scrolling body does not tell by itself."""
        layout = self.layout()
        rest = layout.sizeHint().height() - self.area.sizeHint().height() if layout is not None else 0
        return round((self._body.sizeHint().height() + rest) / tokens().zoom) + HEADROOM

    def begin(self) -> None:
        """The keyboard goes to the first field; once the sheet is open."""
        next(iter(self.fields.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            here = QApplication.focusWidget()
            (here if isinstance(here, QPushButton) else self.done).click()
            event.accept()
            return
        super().keyPressEvent(event)

    def _hold(self) -> bool:
        """Whether it may be told now; told once until it is refused."""
        if not self.done.isEnabled():
            return False
        self.sentence.set("", "")
        for field in self.fields.values():
            field.set_state("")
        self.done.setEnabled(False)
        return True


def _get(editor: QWidget) -> object:
    if isinstance(editor, LineEdit):
        return editor.text()
    if isinstance(editor, CheckBox):
        return editor.isChecked()
    return editor.value() if isinstance(editor, Combo | Choice) else None


def _set(editor: QWidget, value: object) -> None:
    if isinstance(editor, LineEdit):
        editor.setText(str(value))
    elif isinstance(editor, CheckBox):
        editor.setChecked(bool(value))
    elif isinstance(editor, Combo | Choice):
        editor.set_value(value)


class ContactSheet(RecordSheet):
    """given(ContactForm). elsewhere: with day, place and the figures of the book; else the visit of today."""

    given = Signal(object)

    def __init__(self, today: date, *, elsewhere: bool, doctor: bool, figures: str = "") -> None:
        self._today, self._elsewhere = today, elsewhere
        self.on = DateEdit(name="Kapan", placeholder="12/8/2026 atau agu 2026", understand=self._understood)
        self.place, self.by = LineEdit(placeholder="mis. PMB Lina, RSUD"), LineEdit(placeholder="boleh kosong")
        self.doctor, self.usg = CheckBox("Diperiksa dokter", doctor), CheckBox("Dengan USG")
        self.tablets, self.swallowed = LineEdit(max_length=3), LineEdit(max_length=3)
        self.findings = LineEdit(placeholder="boleh kosong, mis. USG: janin tunggal, letak kepala")
        self.typed = {code: LineEdit(placeholder=example) for code, _, _, example in MEASURES}
        given = Field("TTD diberikan", self.tablets, suffix="tablet")
        taken = Field("TTD diminum sejak kunjungan lalu", self.swallowed, suffix="tablet")
        words = Field("Temuan, konseling", self.findings)
        measures = {code: Field(label, self.typed[code], suffix=unit) for code, label, unit, _ in MEASURES}
        who = [(self.doctor, 6), (self.usg, 6)]
        tablets = [(given, 5), (taken, 7)]
        rows: list[QWidget]
        fields: dict[str, Field]
        if elsewhere:
            when, place, by = Field("Kapan", self.on), Field("Di mana", self.place), Field("Oleh", self.by)
            fields = {"on": when, "place": place, "by": by}
            first = measures["blood_pressure"], measures["weight"], measures["arm"], measures["fundus"]
            rest = measures["fetal_heart"], measures["haemoglobin"], measures["urine_protein"]
            table = Columns(
                [
                    [(when, 4), (place, 5), (by, 3)],
                    who,
                    [(field, 3) for field in first],
                    [(field, 4) for field in rest],
                    tablets,
                    [(words, 12)],
                ]
            )
            rows = [table]
            fields |= measures
        else:
            said = figures or "Belum ada ukuran tersimpan. Yang diisi di Pemeriksaan ikut tampil setelah disimpan."
            rows = [Paragraph([Text(said, muted=True)]), Columns([who, tablets, [(words, 12)]])]
            fields = {}
        fields |= {"tablets": given, "swallowed": taken, "findings": words}
        title = "Kontak di tempat lain" if elsewhere else "Kontak hari ini"
        super().__init__(title, rows, fields, "Catat")

    def ticks(self) -> dict[str, CheckBox]:
        return {"doctor": self.doctor, "usg": self.usg}

    def begin(self) -> None:
        first: QWidget = self.on if self._elsewhere else self.usg
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def form(self) -> ContactForm:
        """The visit as typed."""
        return ContactForm(
            doctor=self.doctor.isChecked(),
            usg=self.usg.isChecked(),
            tablets=self.tablets.text(),
            swallowed=self.swallowed.text(),
            findings=self.findings.text(),
            on=self.on.text(),
            place=self.place.text(),
            by=self.by.text(),
            typed={code: edit.text() for code, edit in self.typed.items() if edit.text().strip()},
            confirmed=self.confirmed(),
        )

    def save(self) -> None:
        if self._hold():
            self.given.emit(self.form())

    def _understood(self, text: str) -> tuple[str, str]:
        try:
            found = read_done(text, self._today)
        except DateError:
            return "", ""
        return "", day_text(found.day, found.precision)


class PlanSheet(RecordSheet):
    """given(PlanForm)."""

    given = Signal(object)

    def __init__(self, plan: BirthPlan | None, reference: Reference) -> None:
        table = reference.pregnancy
        self.place = Combo(
            [("", "Belum"), *((row.code, row.label) for row in table.places)], plan.place if plan else ""
        )
        self.helper = Combo(
            [("", "Belum"), *((row.code, row.label) for row in table.helpers)], plan.helper if plan else ""
        )
        names = ("place_name", "companion", "transport", "donor", "funds", "contraception")
        hints = (
            "nama tempatnya",
            "mis. suami",
            "mis. ambulans desa, motor Pak RT",
            "nama dan golongan",
            "mis. JKN, tabulin",
            "mis. IUD",
        )
        self.lines = {
            name: LineEdit(getattr(plan, name) if plan else "", placeholder=hint)
            for name, hint in zip(names, hints, strict=True)
        }
        self.sticker = CheckBox("Stiker P4K terpasang", plan.sticker if plan else False)
        labels = ("Nama tempat", "Pendamping", "Kendaraan", "Donor darah", "Dana", "KB pascasalin")
        lines = {name: Field(label, self.lines[name]) for name, label in zip(names, labels, strict=True)}
        place, helper = Field("Tempat bersalin", self.place), Field("Penolong", self.helper)
        rows = Columns(
            [
                [(place, 6), (lines["place_name"], 6)],
                [(helper, 6), (lines["companion"], 6)],
                [(lines["transport"], 6), (lines["donor"], 6)],
                [(lines["funds"], 6), (lines["contraception"], 6)],
                [(self.sticker, 12)],
            ]
        )
        self._seen = plan.uid if plan else ""
        super().__init__("Rencana persalinan", [rows], {"place": place, "helper": helper, **lines})

    def ticks(self) -> dict[str, CheckBox]:
        return {"sticker": self.sticker}

    def form(self) -> PlanForm:
        """The plan as typed."""
        words = {name: edit.text() for name, edit in self.lines.items()}
        return PlanForm(
            place=str(self.place.value() or ""),
            helper=str(self.helper.value() or ""),
            sticker=self.sticker.isChecked(),
            seen=self._seen,
            **words,
        )

    def save(self) -> None:
        if self._hold():
            self.given.emit(self.form())


class AfterSheet(RecordSheet):
    """given(code of the choice, day as typed, place, result). choices: code and words; empty day: now."""

    given = Signal(str, str, str, str)

    def __init__(self, title: str, choices: Sequence[tuple[str, str]], chosen: str) -> None:
        self.what = Combo(list(choices), chosen, name="Yang dicatat")
        self.on = DateEdit(name="Kapan", placeholder="kosong: sekarang")
        self.place = LineEdit(placeholder="kosong: di sini")
        self.value = LineEdit(placeholder="boleh kosong")
        fields = {
            "what": Field("Yang dicatat", self.what),
            "on": Field("Kapan", self.on),
            "place": Field("Di mana", self.place),
            "value": Field("Hasil", self.value),
        }
        rows = Columns([[(fields["what"], 12)], [(fields["on"], 4), (fields["place"], 4), (fields["value"], 4)]])
        super().__init__(title, [rows], fields, "Catat")
        self.what.currentIndexChanged.connect(lambda _: self._turned())
        self._turned()

    def save(self) -> None:
        if self._hold():
            self.given.emit(str(self.what.value()), self.on.text(), self.place.text(), self.value.text())

    def _turned(self) -> None:
        # A visit has no result of its own: what was found stands in the examination.
        self.fields["value"].setEnabled(":" in str(self.what.value()))
