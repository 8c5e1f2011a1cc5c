"""Key hints of the status bar."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.paint import draw_keycap, draw_text, keycap_width
from ui.theme import px, text_width, tokens


class KeyHints(QWidget):
    """Pairs of (key, what it does), as many whole ones as fit."""

    def __init__(self, pairs: Sequence[tuple[str, str]] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.set_pairs(pairs)

    def set_pairs(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Show other hints."""
        self._pairs = tuple(pairs)
        self.setAccessibleName(", ".join(f"{key} {text}" for key, text in self._pairs))
        self.update()

    def pairs(self) -> tuple[tuple[str, str], ...]:
        return self._pairs

    def minimumSizeHint(self) -> QSize:
        return QSize(px(50), px(20))

    def sizeHint(self) -> QSize:
        return QSize(px(400), px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        x, size = 0, tokens().label
        for key, text in self._pairs:
            wide = text_width(text, size)
            if x + keycap_width(key) + px(6) + wide > self.width():
                break
            x += draw_keycap(p, x, self.height() / 2, key) + px(6)
            draw_text(p, QRectF(x, 0, wide, self.height()), text, size, ink="muted")
            x += wide + px(18)
