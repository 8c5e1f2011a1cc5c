"""Words that wrap, with bold and coloured parts: what a rich-text label would do, without reading markup from data."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import color, font, metrics, px, text_width, tokens
from ui.widgets.runs import Text


class Paragraph(QWidget):
    """Texts joined into one wrapping paragraph; a newline in a text begins a new line. Nothing is elided."""

    def __init__(self, parts: Sequence[Text] = (), *, size: float = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._size = size or tokens().body
        self._parts: tuple[Text, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_parts(parts)

    def set_parts(self, parts: Sequence[Text]) -> None:
        """Show other words."""
        self._parts = tuple(parts)
        self.setAccessibleName(" ".join("".join(p.text for p in parts).split()))
        self.updateGeometry()
        self.update()

    def _layout(self, width: int) -> tuple[QTextLayout, float]:
        text, formats, start = "", [], 0
        for part in self._parts:
            # QTextLayout knows the Unicode line separator, not the newline.
            words = part.text.replace("\n", "\u2028")
            look = QTextCharFormat()
            look.setFont(font(self._size, part.bold))
            look.setForeground(color(part.ink))
            span = QTextLayout.FormatRange()
            # Offsets count UTF-16 units.
            length = len(words.encode("utf-16-le")) // 2
            span.start, span.length, span.format = start, length, look
            formats.append(span)
            text += words
            start += length
        layout = QTextLayout(text, font(self._size))
        layout.setFormats(formats)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        height = 0.0
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(px(40), width))
            line.setPosition(QPointF(0, height))
            height += line.height()
        layout.endLayout()
        return layout, height

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round(self._layout(width)[1] + 0.5)

    def sizeHint(self) -> QSize:
        lines = "".join(p.text for p in self._parts).split("\n")
        wide = min(px(420), max((text_width(line, self._size, True) for line in lines), default=0))
        return QSize(wide, self.heightForWidth(max(wide, px(40))))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(80), metrics(self._size).height())

    def paintEvent(self, event: QPaintEvent) -> None:
        layout, height = self._layout(self.width())
        layout.draw(QPainter(self), QPointF(0, max(0.0, (self.height() - height) / 2)))
