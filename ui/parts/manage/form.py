"""A form whose fields have names: read it, fill it, and put an error beside the field it is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from ilp_desk.errors import InvalidInput
from ui.widgets import Choice, Columns, Combo, Field

Cell = tuple[str, QWidget, int]
"""Name, widget (a Field, a tick box, or anything with value, set_value and changed) and span of twelve columns."""


class Form(Columns):
    """Rows of named cells; a cell with an empty name is only shown.

    edited: somebody changed something. Values are text, bool, or what the widget's own `value()` gives.
    """

    edited = Signal()

    def __init__(self, rows: Sequence[Sequence[Cell]], vgap: int = 2, secret: Sequence[str] = ()) -> None:
        super().__init__([[(widget, span) for _, widget, span in row] for row in rows], vgap=vgap)
        self._cells = {name: widget for row in rows for name, widget, _ in row if name}
        self._secret = frozenset(secret)
        self._clean: dict[str, object] = {}
        self._putting = False
        self._refused: set[str] = set()
        for name, widget in self._cells.items():
            self._watch(name, widget.editor if isinstance(widget, Field) else widget)
        self.settle()

    def __getitem__(self, name: str) -> QWidget:
        return self._cells[name]

    def first(self) -> QWidget:
        """The first cell."""
        return next(iter(self._cells.values()))

    def field(self, name: str) -> Field:
        """The Field of this name; TypeError where the cell is something else."""
        widget = self._cells[name]
        if not isinstance(widget, Field):
            raise TypeError(f"{name} is no field")
        return widget

    def values(self) -> dict[str, object]:
        """What stands there, by name."""
        return {name: _read(_editor(widget)) for name, widget in self._cells.items()}

    def text(self, name: str) -> str:
        """The value as text; empty where nothing is chosen."""
        value = _read(_editor(self._cells[name]))
        return "" if value is None else str(value)

    def put(self, values: Mapping[str, object]) -> None:
        """Show these values; names the form does not have are ignored. What is shown counts as saved."""
        self._fill(values)
        self.settle()

    def take_up(self, values: Mapping[str, object]) -> None:
        """Show values that are not saved yet, as from a draft."""
        self._fill(values)
        self.edited.emit()

    def settle(self) -> None:
        """What stands there is saved."""
        self._clean = self.values()

    @property
    def dirty(self) -> bool:
        """Whether something stands there that is not saved."""
        return self.values() != self._clean

    def draft(self) -> dict[str, object]:
        """What may be kept while it is not saved: no passwords."""
        return {name: value for name, value in self.values().items() if name not in self._secret}

    def refuse(self, error: InvalidInput) -> bool:
        """Put the sentence beside its field and the keyboard into it; False where the form has no such field."""
        widget = self._cells.get(error.field)
        if not isinstance(widget, Field):
            return False
        widget.set_state("error", error.sentence)
        self._refused.add(error.field)
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _fill(self, values: Mapping[str, object]) -> None:
        self._putting = True
        for name, widget in self._cells.items():
            if name in values:
                _write(_editor(widget), values[name])
            if isinstance(widget, Field) and name in self._refused:
                widget.set_state("")
                widget.validate()
        self._refused.clear()
        self._putting = False

    def _watch(self, name: str, editor: QWidget) -> None:
        if isinstance(editor, QLineEdit | QPlainTextEdit):
            signal = editor.textChanged
        elif isinstance(editor, QComboBox):
            signal = editor.currentIndexChanged
        elif isinstance(editor, QCheckBox):
            signal = editor.toggled
        else:
            signal = editor.changed  # type: ignore[attr-defined]
        signal.connect(lambda *_: self._typed(name))

    def _typed(self, name: str) -> None:
        if self._putting:
            return
        widget = self._cells[name]
        if name in self._refused and isinstance(widget, Field):
            self._refused.discard(name)
            widget.set_state("")
            widget.validate()
        self.edited.emit()


def _editor(widget: QWidget) -> QWidget:
    return widget.editor if isinstance(widget, Field) else widget


def _read(editor: QWidget) -> object:
    if isinstance(editor, QLineEdit):
        return editor.text()
    if isinstance(editor, QPlainTextEdit):
        return editor.toPlainText()
    if isinstance(editor, QCheckBox):
        return editor.isChecked()
    return editor.value()  # type: ignore[attr-defined]


def _write(editor: QWidget, value: object) -> None:
    if isinstance(editor, QLineEdit):
        editor.setText(str(value or ""))
    elif isinstance(editor, QPlainTextEdit):
        editor.setPlainText(str(value or ""))
    elif isinstance(editor, QCheckBox):
        editor.setChecked(bool(value))
    elif isinstance(editor, Combo | Choice):
        editor.set_value(value)
    else:
        editor.set_value(value)  # type: ignore[attr-defined]
