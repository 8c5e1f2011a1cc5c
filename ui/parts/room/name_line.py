"""A name that is never cut: beside its chips where it fits, else on lines of its own with the chips below."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import tokens
from ui.widgets import Chip, Paragraph, Runs, Text, vbox


class NameLine(QWidget):
    """One line if there is room for it."""

    def __init__(self) -> None:
        super().__init__()
        # A long name is read as well in smaller letters, and leaves more room for the work below it.
        self._line = Runs(size=tokens().title)
        self._name, self._chips = Paragraph(size=tokens().subtitle), Runs(size=tokens().subtitle)
        self._has_chips = False
        self.setLayout(vbox(self._line, self._name, self._chips, spacing=0))
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set(self, name: str, chips: Sequence[Chip]) -> None:
        """Show another name."""
        self._line.set_segments([Text(name, bold=True), *chips])
        self._name.set_parts([Text(name, bold=True)])
        self._chips.set_segments(list(chips))
        self._has_chips = bool(chips)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        fits = self._line.natural_width() <= self.width() or not self.isVisible()
        self._line.setVisible(fits)
        self._name.setVisible(not fits)
        self._chips.setVisible(not fits and self._has_chips)
