"""Several of a list: tick boxes in even columns."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.theme import px
from ui.widgets import CheckBox


class Ticks(QWidget):
    """`value()` is the tuple of chosen values in the order of the list."""

    changed = Signal()

    def __init__(self, options: Sequence[tuple[object, str]], columns: int = 2, name: str = "") -> None:
        super().__init__()
        self._boxes = [(value, CheckBox(text)) for value, text in options]
        grid = QGridLayout()
        grid.setContentsMargins(0, px(2), 0, px(2))
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(5))
        high = -(-len(self._boxes) // columns)
        for n, (_, box) in enumerate(self._boxes):
            grid.addWidget(box, n % high, n // high)
            box.toggled.connect(lambda _: self.changed.emit())
        for column in range(columns):
            grid.setColumnStretch(column, 1)
        self.setLayout(grid)
        if self._boxes:
            self.setFocusProxy(self._boxes[0][1])
        self.setAccessibleName(name)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        for _, box in self._boxes:
            box.setAccessibleName(f"{name}: {box.text()}" if name else box.text())

    def text(self) -> str:
        return ", ".join(box.text() for _, box in self._boxes if box.isChecked())

    def value(self) -> tuple[object, ...]:
        return tuple(value for value, box in self._boxes if box.isChecked())

    def set_value(self, value: object) -> None:
        """Tick these and no others."""
        chosen = set(value) if isinstance(value, tuple | list | frozenset) else set()
        for option, box in self._boxes:
            box.setChecked(option in chosen)

    def focus_first(self) -> None:
        self._boxes[0][1].setFocus(Qt.FocusReason.OtherFocusReason)
