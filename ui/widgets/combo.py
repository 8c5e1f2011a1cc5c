"""A choice from a list that opens."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from ui.paint import draw_text
from ui.theme import tokens


class Combo(QComboBox):
    """A combo box whose closed text ends in an ellipsis instead of being cut. `entered` tells of Enter while closed.

    Items are texts or (value, text) pairs; `value()` gives the value (the text where none was given), None when nothing
    is chosen. With a `placeholder` nothing is chosen at first.
    """

    entered = Signal()

    def __init__(
        self,
        items: Sequence[str | tuple[object, str]] = (),
        current: object = None,
        placeholder: str = "",
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        # Without a delegate of its own the popup ignores the stylesheet's ::item rules.
        self.setItemDelegate(QStyledItemDelegate(self))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(1)
        self.setMaxVisibleItems(12)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setPlaceholderText(placeholder)
        if name:
            self.setAccessibleName(name)
        self.set_items(items, current)

    def set_items(self, items: Sequence[str | tuple[object, str]], current: object = None) -> None:
        """Replace the items; `current` is the value to choose, else the first (nothing when there is a placeholder)."""
        self.blockSignals(True)
        self.clear()
        for item in items:
            value, text = (item, item) if isinstance(item, str) else item
            self.addItem(text, value)
        self.blockSignals(False)
        self.setCurrentIndex(-1 if self.placeholderText() or not items else 0)
        if current is not None:
            self.set_value(current)

    def value(self) -> object:
        return self.currentData() if self.currentIndex() >= 0 else None

    def set_value(self, value: object) -> None:
        """Choose by value; None or an unknown value chooses nothing."""
        for i in range(self.count()):
            if self.itemData(i) == value:
                self.setCurrentIndex(i)
                return
        self.setCurrentIndex(-1)

    def text(self) -> str:
        return self.currentText()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        # Scrolling the page must not change a value under the mouse.
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        p.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        box = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
        )
        chosen = self.currentIndex() >= 0
        ink = "disabled_ink" if not self.isEnabled() else "ink" if chosen else "placeholder"
        text = self.currentText() if chosen else self.placeholderText()
        # One pixel lower than the middle: there QLineEdit has its baseline.
        draw_text(p, box.adjusted(0, 1, -4, 1), text, tokens().body, ink=ink)
