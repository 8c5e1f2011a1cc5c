"""What the small sheets about a person share: refusals beside their fields, Enter, one commit at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, SignalInstance
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from ilp_desk.domain.text.dates import day_text
from ilp_desk.domain.text.typed_dates import DateError, read_day
from ilp_desk.errors import InvalidInput, UserError
from ui.page import Context
from ui.theme import tokens
from ui.widgets import Choice, Combo, Field, KeyButton, LineEdit, SheetPanel


def typed_day(text: str, today: date) -> date | str:
    """A full date as typed, or the sentence that says why it is none."""
    try:
        return read_day(text, today)
    except DateError as wrong:
        return wrong.sentence


def canonical_day(today: Callable[[], date]) -> Callable[[str], tuple[str, str]]:
    """For a date field: 3/2/26 becomes 03-02-2026 when the field is left."""

    def understand(text: str) -> tuple[str, str]:
        day = typed_day(text, today())
        return (day_text(day), "") if isinstance(day, date) else ("", "")

    return understand


def _answered(editor: QWidget) -> SignalInstance:
    """What an editor emits when the clerk types or chooses there."""
    if isinstance(editor, Choice):
        return editor.changed
    if isinstance(editor, Combo):
        return editor.activated
    assert isinstance(editor, LineEdit), f"nobody hears what is answered in a {type(editor).__name__}"
    return editor.textEdited


class SmallSheet(SheetPanel):
    """fields: by the name an InvalidInput uses. Enter presses the focused button, elsewhere the main one."""

    def __init__(
        self,
        context: Context,
        title: str,
        body: QWidget,
        main: KeyButton,
        left: tuple[QWidget, ...] = (),
        beside: tuple[QWidget, ...] = (),
        corner: tuple[QWidget, ...] = (),
    ) -> None:
        self.context, self.main = context, main
        self.cancel = KeyButton("Batal", "Esc")
        super().__init__(title, body, (*left, None, self.cancel, *beside, main), corner)
        self.fields: Mapping[str, Field] = {}
        self._body = body

    def take_fields(self, fields: Mapping[str, Field]) -> None:
        """The fields by name. A refusal stands beside its field until somebody answers there."""
        self.fields = fields
        for field in fields.values():
            _answered(field.editor).connect(lambda _=None, field=field: field.set_state(""))

    def high(self) -> int:
        """The height it wants, in design pixels: a scrolling body does not tell by itself."""
        layout = self.layout()
        rest = layout.sizeHint().height() - self.area.sizeHint().height() if layout is not None else 0
        return round((self._body.sizeHint().height() + rest) / tokens().zoom) + 2

    def work(self, work: Any, done: Any) -> None:
        """Carry out a command; the main button sleeps meanwhile."""
        for field in self.fields.values():
            field.set_state("")
        self.main.setEnabled(False)

        def ended(value: Any) -> None:
            self.main.setEnabled(True)
            done(value)

        self.context.runner.write(work, ended, self.refuse)

    def refuse(self, error: Exception) -> None:
        """Say it beside its field, else where sentences stand."""
        self.main.setEnabled(True)
        if isinstance(error, InvalidInput) and error.field in self.fields:
            self.blame(error.field, error.sentence)
        elif isinstance(error, UserError):
            self.context.shell.sentence(error.sentence)

    def blame(self, name: str, sentence: str) -> None:
        """Something is wrong with a field: say so and go there."""
        field = self.fields[name]
        field.set_state("error", sentence)
        # Pills show the ring only to whoever comes by keyboard; a text is not to be selected and typed over.
        pills = isinstance(field.editor, Choice)
        field.editor.setFocus(Qt.FocusReason.TabFocusReason if pills else Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        foreign = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not foreign:
            here = QApplication.focusWidget()
            button = here if isinstance(here, QPushButton) else self.main
            if button.isEnabled():
                button.click()
            event.accept()
            return
        super().keyPressEvent(event)
