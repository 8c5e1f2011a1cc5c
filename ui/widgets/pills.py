"""Round facts and actions of the top bar."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.icons import known
from ui.paint import draw_icon, draw_panel, draw_text
from ui.theme import px, text_width, tokens

HEIGHT = 24
ICON = 14
PAD = 11


def _width(text: str, icon: str) -> int:
    return text_width(text, tokens().label) + 2 * px(PAD) + (px(ICON + 5) if icon else 0)


def _draw(p: QPainter, widget: QWidget, text: str, icon: str, inks: tuple[str, str, str, str]) -> None:
    """`inks`: fill, line, icon, text."""
    fill, line, icon_ink, text_ink = inks
    draw_panel(p, widget.rect(), fill, line, widget.height() / 2 - 0.5)
    x = px(PAD)
    if icon:
        size = px(ICON)
        draw_icon(p, icon, icon_ink, x, (widget.height() - size) / 2, size)
        x += px(ICON + 5)
    draw_text(p, QRectF(x, 0, widget.width() - x, widget.height()), text, tokens().label, ink=text_ink)


class Pill(QWidget):
    """A fact: date and time, state of the data, who is signed in where. `color` is the icon's colour token."""

    def __init__(self, text: str, icon: str = "", color: str = "muted", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(px(HEIGHT))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set(text, icon, color)

    def set(self, text: str, icon: str = "", color: str = "muted") -> None:
        """Show another fact."""
        self._text, self._icon, self._color = text, known(icon), color
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        return self._text

    def sizeHint(self) -> QSize:
        return QSize(_width(self._text, self._icon), px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        _draw(QPainter(self), self, self._text, self._icon, ("card", "line", self._color, "muted"))


class PillButton(QAbstractButton):
    """A round button of the top bar: lock, change user."""

    def __init__(self, text: str, icon: str = "", key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(text)
        self.key, self._icon = key, known(icon)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)
        self.setToolTip(f"{text}  {key}" if key else "")

    def sizeHint(self) -> QSize:
        return QSize(_width(self.text(), self._icon), px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        fill = "selection" if self.isDown() else "hover" if self.underMouse() else "card"
        ink = "ink" if self.isEnabled() else "disabled_ink"
        _draw(QPainter(self), self, self.text(), self._icon, (fill, "line_strong", ink, ink))
