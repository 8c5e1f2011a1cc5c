"""H: somebody was called; one key says what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ilp_desk.domain.text.dates import day_text
from ilp_desk.domain.text.typed_dates import DateError, read_day
from ui.widgets import Columns, DateEdit, Field, KeyButton, LineEdit, SheetPanel, hbox, label, vbox

WIDTH = 560
IN_ROW = 2


class ContactPanel(SheetPanel):
    """given(result, day, by, note). results: code and label, each with a digit for its key."""

    given = Signal(str, object, str, str)

    def __init__(self, name: str, results: Sequence[tuple[str, str]], today: date, by: str) -> None:
        self._today = today
        self.day = DateEdit(day_text(today), name="Tanggal dihubungi", understand=self._understood)
        self.by = LineEdit(by, name="Dihubungi oleh", max_length=60)
        self.note = LineEdit(placeholder="mis. diantar kakaknya Selasa", name="Catatan", max_length=200)
        self.day_field, self.by_field = Field("Tanggal", self.day), Field("Oleh", self.by)
        self._buttons = {str(n): self._button(code, words, str(n)) for n, (code, words) in enumerate(results, 1)}
        buttons = list(self._buttons.values())
        for typed in (self.day, self.by, self.note):
            typed.returnPressed.connect(lambda: buttons[0].setFocus(Qt.FocusReason.TabFocusReason))
        rows = [hbox(*buttons[at : at + IN_ROW], spacing=8) for at in range(0, len(buttons), IN_ROW)]
        body = QWidget()
        body.setLayout(
            vbox(
                label(
                    "Tekan angkanya; langsung tercatat dan dapat diurungkan. Di isian: Enter dulu, lalu angkanya.",
                    "muted",
                    wrap=True,
                ),
                *rows,
                Columns([[(self.day_field, 5), (self.by_field, 7)]]),
                Field("Catatan", self.note),
                spacing=10,
                margins=(22, 4, 22, 14),
            )
        )
        super().__init__(f"Hasil menghubungi {name}", body)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _button(self, code: str, words: str, key: str) -> KeyButton:
        button = KeyButton(words, key)
        button.clicked.connect(lambda: self._give(code))
        return button

    def _understood(self, text: str) -> tuple[str, str]:
        try:
            return day_text(read_day(text, self._today)), ""
        except DateError:
            return "", ""

    def _give(self, code: str) -> None:
        try:
            day = read_day(self.day.text(), self._today)
        except DateError as wrong:
            self.day_field.set_state("error", wrong.sentence)
            self.day.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.given.emit(code, day, self.by.text(), self.note.text())

    def complain(self, field: str, sentence: str) -> bool:
        """Say beside its field why it was refused; False: none of ours."""
        fields = {"on": self.day_field, "by": self.by_field}
        if field not in fields:
            return False
        fields[field].set_state("error", sentence)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        button = self._buttons.get(event.text())
        if button is not None:
            button.click()
            return
        super().keyPressEvent(event)
