"""Facts in two columns: what it is, muted, and what stands there; values wrap."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.theme import px
from ui.widgets import Paragraph, Text, label

NAMES = 116


class Facts(QWidget):
    """Rows of (name, value); rows without a value are left out."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(px(10))
        self._grid.setVerticalSpacing(px(5))
        self._grid.setColumnMinimumWidth(0, px(NAMES))
        self._grid.setColumnStretch(1, 1)
        self.setLayout(self._grid)

    def set(self, rows: Sequence[tuple[str, str]]) -> None:
        """Show other facts."""
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for n, (name, value) in enumerate(row for row in rows if row[1]):
            self._grid.addWidget(label(name, "muted"), n, 0, Qt.AlignmentFlag.AlignTop)
            # A paragraph breaks a word that has no end, too: a label would push the card apart.
            self._grid.addWidget(Paragraph([Text(value)]), n, 1)
