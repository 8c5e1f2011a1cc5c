"""One level of tabs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QStackedWidget, QWidget

from ui.paint import draw_text
from ui.theme import color, px, text_width, tokens
from ui.widgets.base import Hair, hbox, vbox

HEIGHT = 40
PAD = 14
LEAST_PAD = 6
LEAST_WORD = 30


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab's word, its page and a figure beside the word ("3")."""

    text: str
    page: QWidget
    badge: str = ""


class _TabButton(QAbstractButton):
    """A tab's word; the row decides its place. `stepped` is an arrow key: -1 or 1."""

    stepped = Signal(int)

    def __init__(self, text: str, badge: str, key: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.badge = badge
        self.setText(text)
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(f"{text}  {key}" if key else text)
        self.setAccessibleDescription(f"Tombol {key}" if key else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # QAbstractButton would use the arrows to move the focus among its neighbours.
        by = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if by is None:
            super().keyPressEvent(event)
        else:
            self.stepped.emit(by)

    def content_width(self) -> int:
        """Word and figure, as wide as when chosen, so that choosing moves nothing."""
        return text_width(self.text(), tokens().body, True) + self._badge_width()

    def _badge_width(self) -> int:
        return text_width(self.badge, tokens().body, True) + px(6) if self.badge else 0

    def sizeHint(self) -> QSize:
        return QSize(self.content_width() + 2 * px(PAD), px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        k, on = tokens(), self.isChecked()
        p = QPainter(self)
        if self.underMouse() and not on:
            p.fillRect(self.rect(), color("hover"))
        ink = "disabled_ink" if not self.isEnabled() else "accent" if on else "muted"
        badge = self._badge_width()
        wide = min(text_width(self.text(), k.body, on), self.width() - badge - px(2))
        x = (self.width() - wide - badge) / 2
        drawn = draw_text(p, QRectF(x, 0, wide, self.height() - 3), self.text(), k.body, bold=on, ink=ink)
        if self.badge:
            box = QRectF(x + drawn + px(6), 0, badge, self.height() - 3)
            draw_text(p, box, self.badge, k.body, bold=True, ink="accent" if on else "ink")
        if on:
            p.fillRect(0, self.height() - px(3), self.width(), px(3), color("accent"))


class _TabRow(QWidget):
    """Places the words side by side. Where room is short first the gaps shrink, then the longest words that are not
    chosen; the chosen one is never cut."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.buttons: list[_TabButton] = []
        self.setFixedHeight(px(HEIGHT))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(sum(b.sizeHint().width() for b in self.buttons), px(HEIGHT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.place()

    def place(self) -> None:
        """Lay the buttons out for the present width and words."""
        widths = [b.content_width() for b in self.buttons]
        if not widths:
            return
        spare = (self.width() - sum(widths)) // (2 * len(widths))
        pad = max(px(LEAST_PAD), min(px(PAD), spare))
        over = sum(widths) + 2 * pad * len(widths) - self.width()
        while over > 0:
            free = [i for i, b in enumerate(self.buttons) if not b.isChecked() and widths[i] > px(LEAST_WORD)]
            if not free:
                break
            longest = max(free, key=lambda i: widths[i])
            widths[longest] -= 1
            over -= 1
        x = 0
        for button, width in zip(self.buttons, widths, strict=True):
            button.setGeometry(x, 0, width + 2 * pad, self.height())
            x += width + 2 * pad


class Tabs(QWidget):
    """A row of words over pages; Left and Right move along it. `changed` carries the index.

    The screen binds Alt+1..n to `select`; `keys` names them.
    """

    changed = Signal(int)

    def __init__(self, tabs: Sequence[Tab], current: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.keys = tuple(f"Alt+{n}" for n in range(1, len(tabs) + 1))
        self.stack = QStackedWidget()
        self._row = _TabRow(self)
        self.buttons = [_TabButton(t.text, t.badge, key, self._row) for t, key in zip(tabs, self.keys, strict=True)]
        self._row.buttons = self.buttons
        for i, (button, tab) in enumerate(zip(self.buttons, tabs, strict=True)):
            button.clicked.connect(lambda _=False, i=i: self.select(i))
            button.stepped.connect(self.step)
            self.stack.addWidget(tab.page)
        self._top = hbox(self._row, spacing=8)
        self._top.setStretch(0, 1)
        self.setLayout(vbox(self._top, Hair(), self.stack, spacing=0))
        self._current = -1
        self.select(current)
        for i in range(len(tabs)):
            self.set_badge(i, tabs[i].badge)

    def add_corner(self, widget: QWidget) -> None:
        """Something at the right of the words, on every page."""
        self._top.addWidget(widget)

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
        self._row.place()
        self.stack.setCurrentIndex(index)
        if had_focus:
            self.buttons[index].setFocus(Qt.FocusReason.TabFocusReason)
        self.changed.emit(index)

    def set_badge(self, index: int, badge: str) -> None:
        """Change the figure beside a tab's word."""
        button = self.buttons[index]
        button.badge = badge
        button.setAccessibleName(f"{button.text()} {badge}".strip())
        self._row.place()
        button.update()

    def step(self, by: int) -> None:
        """Show the next or the previous page, round and round."""
        self.select((self._current + by) % len(self.buttons))
