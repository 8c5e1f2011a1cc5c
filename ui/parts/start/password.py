"""A field for a password: hidden, with a word when Caps Lock is on."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from ui.widgets import LineEdit


def capitals(typed: str, shift: bool) -> bool | None:
    """Whether Caps Lock is on, told by a letter and the shift key; None: this key does not tell."""
    if len(typed) != 1 or not typed.isalpha() or typed.lower() == typed.upper():
        return None
    return typed.isupper() != shift


class PasswordEdit(LineEdit):
    """`caps` tells when Caps Lock seems to be on or off. Nothing of it reaches the clipboard."""

    caps = Signal(bool)

    def __init__(self, name: str = "Kata sandi") -> None:
        super().__init__(name=name, max_length=200)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
            | Qt.InputMethodHint.ImhSensitiveData
        )
        self._caps = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        seen = capitals(event.text(), shift)
        if event.key() == Qt.Key.Key_CapsLock:
            seen = not self._caps if self._caps else None
        if seen is not None and seen != self._caps:
            self._caps = seen
            self.caps.emit(seen)
        super().keyPressEvent(event)
