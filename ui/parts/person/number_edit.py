"""A number that identifies somebody: whole while the focus is on it, else its last digits, once it is on record."""

from __future__ import annotations

from PySide6.QtGui import QFocusEvent

from ilp_desk.domain.text.identifiers import mask
from ui.widgets import LineEdit


class NumberEdit(LineEdit):
    """`text` is always the whole number; what is painted without the focus is not, after `conceal`."""

    def __init__(self, placeholder: str = "", max_length: int = 300) -> None:
        self._whole: str | None = None
        self._concealing = False
        super().__init__(placeholder=placeholder, max_length=max_length)

    def conceal(self) -> None:
        """From now on others at the counter see the last digits only."""
        self._concealing = True
        if not self.hasFocus():
            self._hide()

    def text(self) -> str:
        return super().text() if self._whole is None else self._whole

    def setText(self, text: str | None) -> None:
        self._whole = None
        super().setText(text or "")
        if self._concealing and not self.hasFocus():
            self._hide()

    def focusInEvent(self, event: QFocusEvent) -> None:
        if self._whole is not None:
            whole, self._whole = self._whole, None
            super().setText(whole)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self._concealing:
            self._hide()

    def _hide(self) -> None:
        if self._whole is None and super().text():
            whole = super().text()
            super().setText(mask("".join(whole.split())))
            self._whole = whole
