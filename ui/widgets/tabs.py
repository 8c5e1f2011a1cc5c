"""One level of tabs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QStackedWidget, QWidget

from ui.paint import draw_text
from ui.theme import color, px, text_width, tokens
from ui.widgets.base import Hair, hbox, vbox

HEIGHT = 40
PAD = 14


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab's word, its page and a figure beside the word ("3")."""

    text: str
    page: QWidget
    badge: str = ""


class _TabButton(QAbstractButton):
    def __init__(self, text: str, badge: str, key: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.badge = badge
        self.setText(text)
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedHeight(px(HEIGHT))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setToolTip(f"{text}  {key}" if key else text)
        self.setAccessibleDescription(f"Tombol {key}" if key else "")

    def sizeHint(self) -> QSize:
        k = tokens()
        badge = text_width(self.badge, k.body, True) + px(6) if self.badge else 0
        return QSize(text_width(self.text(), k.body, True) + badge + 2 * px(PAD), px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(48), px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        k, on = tokens(), self.isChecked()
        p = QPainter(self)
        if self.underMouse() and not on:
            p.fillRect(self.rect(), color("hover"))
        ink = "disabled_ink" if not self.isEnabled() else "accent" if on else "muted"
        badge = text_width(self.badge, k.body, True) + px(6) if self.badge else 0
        wide = min(text_width(self.text(), k.body, on), self.width() - badge - px(8))
        x = (self.width() - wide - badge) / 2
        drawn = draw_text(p, QRectF(x, 0, wide, self.height() - 3), self.text(), k.body, bold=on, ink=ink)
        if self.badge:
            box = QRectF(x + drawn + px(6), 0, badge, self.height() - 3)
            draw_text(p, box, self.badge, k.body, bold=True, ink="accent" if on else "ink")
        if on:
            p.fillRect(0, self.height() - px(3), self.width(), px(3), color("accent"))


class Tabs(QWidget):
    """A row of words over pages; Left and Right move along it. `changed` carries the index.

    The screen binds Alt+1..n to `select`; `keys` names them.
    """

    changed = Signal(int)

    def __init__(self, tabs: Sequence[Tab], current: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.keys = tuple(f"Alt+{n}" for n in range(1, len(tabs) + 1))
        self.stack = QStackedWidget()
        self.buttons = [_TabButton(t.text, t.badge, key, self) for t, key in zip(tabs, self.keys, strict=True)]
        for i, (button, tab) in enumerate(zip(self.buttons, tabs, strict=True)):
            button.clicked.connect(lambda _=False, i=i: self.select(i))
            self.stack.addWidget(tab.page)
        head = hbox(*self.buttons, None, spacing=0)
        self.setLayout(vbox(head, Hair(), self.stack, spacing=0))
        self._current = -1
        self.select(current)
        for i in range(len(tabs)):
            self.set_badge(i, tabs[i].badge)

    def current(self) -> int:
        return self._current

    def select(self, index: int) -> None:
        """Show page `index`; out of range is ignored, so that Alt+6 of four tabs does nothing."""
        if not 0 <= index < len(self.buttons) or index == self._current:
            return
        had_focus = self._current >= 0 and self.buttons[self._current].hasFocus()
        self._current = index
        for i, button in enumerate(self.buttons):
            button.setChecked(i == index)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus if i == index else Qt.FocusPolicy.NoFocus)
        self.stack.setCurrentIndex(index)
        if had_focus:
            self.buttons[index].setFocus(Qt.FocusReason.TabFocusReason)
        self.changed.emit(index)

    def set_badge(self, index: int, badge: str) -> None:
        """Change the figure beside a tab's word."""
        button = self.buttons[index]
        button.badge = badge
        button.setAccessibleName(f"{button.text()} {badge}".strip())
        button.updateGeometry()
        button.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None or not self.buttons[self._current].hasFocus():
            super().keyPressEvent(event)
            return
        self.select((self._current + step) % len(self.buttons))
