"""Two small sheets about one service: what is recorded to close it, and what was said against it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ilp_desk.domain.text.typed_dates import DateError
from ilp_desk.rows.care import DueLine
from ui.keys import Keys
from ui.parts.room.due_groups import hint_of
from ui.parts.room.part import enterable
from ui.parts.room.plan_date import read_plan, understood
from ui.widgets import Choice, Combo, DateEdit, Field, KeyButton, LineEdit, Paragraph, Sentence, SheetPanel, Text, vbox

FREE = "\0other"
"""A result that is none of those the rule asks for."""
REASON = "Tulis alasannya, sedikitnya tiga huruf."


class RecordSheet(SheetPanel):
    """Something given, examined or attended today. given(fact, value); answer_wanted; earlier_wanted."""

    given = Signal(str, str)
    answer_wanted = Signal()
    earlier_wanted = Signal()

    def __init__(self, line: DueLine, facts: Sequence[tuple[str, str]]) -> None:
        self._facts = tuple(facts)
        self._which = Combo([(code, words) for code, words in facts], facts[0][0], name="Yang dilakukan")
        self._which_field = Field("Yang dilakukan", self._which, reserve=False)
        self._values = line.values
        self._value = Combo([], name="Hasil")
        self._value_field = Field("Hasil", self._value, reserve=False)
        self._free = LineEdit(placeholder="boleh kosong", name="Hasil dengan kata")
        self._free_field = Field("Hasil dengan kata" if line.values else "Hasil", self._free, reserve=False)
        if len(facts) == 1:
            self._which_field.hide()
        self.sentence = Sentence()
        body = QWidget()
        body.setLayout(
            vbox(
                Paragraph([Text(hint_of(line), muted=True)]),
                self._which_field,
                self._value_field,
                self._free_field,
                *[Paragraph([Text(f"{heading}: ", bold=True), Text(words)]) for heading, words in line.guide],
                self.sentence,
                None,
                spacing=10,
                margins=(22, 4, 22, 8),
            )
        )
        earlier = KeyButton("Sudah pernah", "Alt+D")
        answer = KeyButton("Tolak atau tunda", "Alt+M")
        self.done = KeyButton("Catat hari ini", "Enter", kind="primary")
        enterable(earlier, answer, self.done)
        super().__init__(line.name, body, (earlier, answer, None, self.done))
        self._offer()  # once its fields have a parent: shown alone they would be windows
        keys = Keys(self, line.name)
        keys.bind("Alt+D", "sudah pernah, di sini atau di tempat lain", self.earlier_wanted.emit)
        keys.bind("Alt+M", "tolak atau tunda", self.answer_wanted.emit)
        earlier.clicked.connect(self.earlier_wanted)
        answer.clicked.connect(self.answer_wanted)
        self.done.clicked.connect(self._give)
        self._free.returnPressed.connect(self._give)
        self._value.entered.connect(self._give)
        self._which.entered.connect(self._give)
        self._which.activated.connect(lambda _: self._offer())
        self._value.activated.connect(lambda _: self._free_field.setVisible(self._value.value() == FREE))

    def _offer(self) -> None:
        """The results of what was chosen; words where the rule asks for none."""
        values = [(value, value) for fact, value in self._values if fact == self._which.value()]
        self._value.set_items([("", "Belum dipilih"), *values, (FREE, "Lain, ditulis")], "")
        self._value_field.setVisible(bool(values))
        self._free_field.setVisible(not values)

    def begin(self) -> None:
        """The keyboard goes to the result; once the sheet is open."""
        first = self._value if not self._value_field.isHidden() else self._free
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, sentence: str) -> None:
        """It was refused: say why, keep what was typed."""
        self.sentence.set("error", sentence)
        self.done.setEnabled(True)

    def _give(self) -> None:
        if not self.done.isEnabled():
            return
        if self._value_field.isHidden() or self._value.value() == FREE:
            value = self._free.text().strip()
        else:
            value = str(self._value.value() or "")
            if not value:
                self.refuse("Pilih hasilnya dulu: dari sana dihitung kapan lagi.")
                return
        self.done.setEnabled(False)
        self.given.emit(str(self._which.value()), value)


class AnswerSheet(SheetPanel):
    """A service is refused, or put off until a day. given(until or None, reason)."""

    given = Signal(object, str)

    def __init__(self, line: DueLine, today: date) -> None:
        self._today = today
        self.which = Choice([("later", "Ditunda"), ("never", "Menolak")], "later", name="Jawaban")
        self.until = DateEdit(
            name="Ditunda sampai", placeholder="mis. 7, 2 mgg, 1 bln", understand=lambda text: understood(text, today)
        )
        self.until_field = Field("Ditunda sampai", self.until)
        self.why = LineEdit(placeholder="mis. sedang demam, menunggu suami", name="Alasan")
        self.why_field = Field("Alasan", self.why)
        body = QWidget()
        body.setLayout(
            vbox(
                Paragraph([Text(hint_of(line), muted=True)]),
                Field("Jawaban", self.which, reserve=False),
                self.until_field,
                self.why_field,
                None,
                spacing=8,
                margins=(22, 4, 22, 8),
            )
        )
        self.done = KeyButton("Catat", "Enter", kind="primary")
        enterable(self.done)
        super().__init__(f"{line.name}: tolak atau tunda", body, (None, self.done))
        self.which.changed.connect(lambda _: self._turned())
        self.until.returnPressed.connect(lambda: self.why.setFocus(Qt.FocusReason.TabFocusReason))
        self.why.returnPressed.connect(self._give)
        self.done.clicked.connect(self._give)
        for editor, field in ((self.until, self.until_field), (self.why, self.why_field)):
            editor.textEdited.connect(lambda _, field=field: field.set_state(""))

    def begin(self) -> None:
        """The keyboard goes to the choice; once the sheet is open."""
        self.which.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, field: str, sentence: str) -> None:
        """It was refused: say why beside the field, keep what was typed."""
        (self.until_field if field == "until" else self.why_field).set_state("error", sentence)
        self.done.setEnabled(True)

    def _turned(self) -> None:
        self.until_field.setVisible(self.which.value() == "later")

    def _give(self) -> None:
        if not self.done.isEnabled():
            return
        until: date | None = None
        if self.which.value() == "later":
            try:
                until = read_plan(self.until.text(), self._today)
            except DateError as error:
                self._stop(self.until_field, error.sentence)
                return
            if until is None:
                self._stop(self.until_field, "Sampai kapan? Ketik tanggalnya, atau 7 (hari), 2 mgg, 1 bln.")
                return
        if len(self.why.text().strip()) < 3:
            self._stop(self.why_field, REASON)
            return
        self.done.setEnabled(False)
        self.given.emit(until, self.why.text().strip())

    def _stop(self, field: Field, sentence: str) -> None:
        field.set_state("error", sentence)
        field.setFocus(Qt.FocusReason.OtherFocusReason)
