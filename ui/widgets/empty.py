"""What a panel says when it has nothing to show: what to do next."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.icons import known
from ui.paint import draw_icon
from ui.theme import px
from ui.widgets.base import hbox, label, vbox

ICON = 36


class _Picture(QWidget):
    def __init__(self, icon: str) -> None:
        super().__init__()
        self._icon = known(icon)
        self.setFixedHeight(px(ICON))

    def paintEvent(self, event: QPaintEvent) -> None:
        size = px(ICON)
        draw_icon(QPainter(self), self._icon, "line_strong", (self.width() - size) / 2, 0, size)


class EmptyState(QWidget):
    """An icon, a sentence, how to go on, and perhaps a button, in the middle of its panel."""

    def __init__(
        self,
        head: str,
        text: str = "",
        buttons: Sequence[QWidget] = (),
        icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._head, self._text = label(head, "strong", wrap=True), label(text, "small", wrap=True)
        for words in (self._head, self._text):
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column = vbox(None, spacing=4, margins=(16, 12, 16, 12))
        if icon:
            column.addWidget(_Picture(icon))
            column.addSpacing(px(8))
        column.addWidget(self._head)
        column.addWidget(self._text)
        if buttons:
            column.addSpacing(px(8))
            column.addLayout(hbox(None, *buttons, None))
        column.addStretch(1)
        self.setLayout(column)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.set(head, text)

    def set(self, head: str, text: str = "") -> None:
        """Show other words."""
        self._head.setText(head)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self.setAccessibleName(f"{head} {text}".strip())
