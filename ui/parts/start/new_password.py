"""Choosing a password of one's own: typed twice."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ui.parts.start.password import PasswordEdit
from ui.widgets import Field, KeyButton, vbox


class NewPassword(QWidget):
    """`wanted` carries the password once both typings agree."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.new, self.again = PasswordEdit("Kata sandi baru"), PasswordEdit("Ulangi kata sandi baru")
        self.new_field = Field("Kata sandi baru, sedikitnya 8 huruf atau angka", self.new)
        self.again_field = Field("Ulangi", self.again)
        self.button = KeyButton("Simpan dan masuk", "Enter", kind="primary", tall=True)
        self.setLayout(vbox(self.new_field, self.again_field, self.button, spacing=4))
        self.new.textEdited.connect(lambda _: self.new_field.set_state(""))
        self.again.textEdited.connect(lambda _: self.again_field.set_state(""))
        self.new.returnPressed.connect(lambda: self.again.setFocus(Qt.FocusReason.OtherFocusReason))
        self.again.returnPressed.connect(self.enter)
        self.button.clicked.connect(self.enter)

    def enter(self) -> None:
        """Both fields are filled in."""
        if self.new.text() != self.again.text():
            self.again_field.set_state("error", "Ulangannya berbeda. Ketik sekali lagi.")
            self.again.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.wanted.emit(self.new.text())

    def refuse(self, sentence: str) -> None:
        """This password cannot be."""
        self.new_field.set_state("error", sentence)
        self.new.setFocus(Qt.FocusReason.OtherFocusReason)
