"""One line of words for one act: what was done about an alarm, why one is ignored, why something is taken back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ui.widgets import Field, KeyButton, LineEdit, SheetPanel, label, vbox


class WordsSheet(SheetPanel):
    """given(words). needed: fewer than three letters are sent back with `needed` as the sentence."""

    given = Signal(str)

    def __init__(self, title: str, text: str, field: str, act: str, *, needed: str = "", placeholder: str = "") -> None:
        self._needed = needed
        self.words = LineEdit(placeholder=placeholder, name=field)
        self.field = Field(field, self.words)
        body = QWidget()
        body.setLayout(vbox(label(text, "", wrap=True), self.field, spacing=12, margins=(22, 4, 22, 8)))
        self.done = KeyButton(act, "Enter", kind="primary")
        super().__init__(title, body, (None, self.done))
        self.done.clicked.connect(self._give)
        self.words.returnPressed.connect(self._give)
        self.words.textEdited.connect(lambda _: self.field.set_state(""))

    def begin(self) -> None:
        """The keyboard goes to the words; once the sheet is open."""
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, sentence: str) -> None:
        """It was refused: say why, keep what was typed."""
        self.field.set_state("error", sentence)
        self.done.setEnabled(True)

    def _give(self) -> None:
        words = self.words.text().strip()
        if self._needed and len(words) < 3:
            self.field.set_state("error", self._needed)
            self.words.setFocus()
            return
        if self.done.isEnabled():
            self.done.setEnabled(False)
            self.given.emit(words)
