"""A form in twelve even columns."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import px

Row = Sequence[tuple[QWidget, int]]


class Columns(QWidget):
    """Rows of (widget, span); the spans of a row add up to at most twelve.

    QGridLayout lets the minimum widths of spanning items bend its columns; here they cannot. The tab order follows the
    rows. A hidden widget keeps its place; a row whose widgets are all hidden takes no height.
    """

    def __init__(self, rows: Sequence[Row], gap: int = 12, vgap: int = 4, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        for row in rows:
            if sum(span for _, span in row) > 12:
                raise ValueError("a row of Columns spans more than twelve columns")
        self._rows = [list(row) for row in rows]
        self._gap, self._vgap = px(gap), px(vgap)
        flat = [widget for row in self._rows for widget, _ in row]
        for widget in flat:
            widget.setParent(self)
        for before, after in itertools.pairwise(flat):
            QWidget.setTabOrder(before, after)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def _height(self, row: Row) -> int:
        return max((w.sizeHint().height() for w, _ in row if not w.isHidden()), default=0)

    def sizeHint(self) -> QSize:
        heights = [h for row in self._rows if (h := self._height(row))]
        return QSize(px(600), sum(heights) + self._vgap * max(0, len(heights) - 1))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(200), self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
            self._place()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        unit = (self.width() + self._gap) / 12
        y = 0
        for row in self._rows:
            height, column = self._height(row), 0
            for widget, span in row:
                left, right = round(column * unit), round((column + span) * unit) - self._gap
                widget.setGeometry(left, y, right - left, widget.sizeHint().height())
                column += span
            if height:
                y += height + self._vgap
