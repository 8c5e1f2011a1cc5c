"""Push buttons with their key hint, and the buttons of the rail."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QWidget,
)

from ui.icons import known
from ui.paint import CENTER, draw_icon, draw_keycap, draw_text, keycap_width
from ui.theme import color, px, text_width, tokens

Kind = Literal["", "primary", "danger", "link"]
ICON_SPACE = 22
KEY_GAP = 8


class KeyButton(QPushButton):
    """A push button: icon, word, key hint. The key is a hint only; the screen binds it. Enter presses it as Space does.

    Where room is short the icon goes first, then the key, never the word.
    """

    def __init__(
        self,
        text: str,
        key: str = "",
        kind: Kind = "",
        icon: str = "",
        small: bool = False,
        tall: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.key, self.kind, self._icon = key, kind, known(icon)
        self._size = tokens().subtitle if tall else tokens().body
        for name, value in (("kind", kind), ("small", small), ("tall", tall)):
            if value:
                self.setProperty(name, value)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setText(text)
        self.set_key(key)

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()

    def set_key(self, key: str) -> None:
        """Show another key hint (empty: none)."""
        self.key = key
        self.setAccessibleDescription(f"Tombol {key}" if key else "")
        self.updateGeometry()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Qt presses with Enter only what is the default of a dialog; here it is the button that has the focus.
        alone = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if alone and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
            if not event.isAutoRepeat():
                self.click()
            return
        super().keyPressEvent(event)

    @property
    def _bold(self) -> bool:
        return self.kind == "primary"

    def _word(self) -> int:
        return text_width(self.text(), self._size, self._bold)

    def _key_space(self) -> int:
        return keycap_width(self.key) + px(KEY_GAP) if self.key else 0

    def _frame(self) -> int:
        return px(4) if self.kind == "link" else px(26)

    def sizeHint(self) -> QSize:
        icon = px(ICON_SPACE) if self._icon else 0
        return QSize(self._word() + self._key_space() + icon + self._frame(), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        spare = 0 if self.kind == "link" else px(8)
        return QSize(self._word() + self._frame() - spare, super().sizeHint().height())

    def _ink(self) -> str:
        if self.kind == "primary":
            return "on_accent" if self.isEnabled() else "disabled_ink" if tokens().high_contrast else "card"
        if not self.isEnabled():
            return "disabled_ink"
        return {"link": "accent", "danger": "danger"}.get(self.kind, "ink")

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QStylePainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        p.drawControl(QStyle.ControlElement.CE_PushButtonBevel, option)
        room = self.width() - min(px(8), self._frame())
        word, middle, ink = self._word(), self.height() / 2, self._ink()
        key = self._key_space() if word + self._key_space() <= room else 0
        icon = px(ICON_SPACE) if self._icon and word + key + px(ICON_SPACE) <= room else 0
        x = max(px(2), round((self.width() - word - key - icon) / 2))
        if icon:
            size = px(tokens().icon)
            quiet = self.kind == "" and self.isEnabled()
            draw_icon(p, self._icon, "muted" if quiet else ink, x, middle - size / 2, size)
            x += icon
        box = QRectF(x, 0, min(word, self.width() - x), self.height())
        draw_text(p, box, self.text(), self._size, bold=self._bold, ink=ink)
        if self.kind == "link":
            p.fillRect(QRect(x, round(middle + px(8)), word, 1), color(ink))
        if key:
            p.setOpacity(1.0 if self.isEnabled() or tokens().high_contrast else 0.5)
            draw_keycap(p, x + word + px(KEY_GAP), middle, self.key)


class RailButton(QAbstractButton):
    """A place of the rail: icon over word, one of them checked. The key is a hint; the shell binds it."""

    def __init__(self, text: str, icon: str, key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(text)
        self.key, self._icon = key, known(icon)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFixedHeight(px(60))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(text)
        self.setToolTip(f"{text}  {key}" if key else text)

    def sizeHint(self) -> QSize:
        return QSize(px(tokens().rail), px(60))

    def paintEvent(self, event: QPaintEvent) -> None:
        k, on, area = tokens(), self.isChecked(), self.rect()
        p = QPainter(self)
        bar = px(3)
        if on or self.underMouse():
            p.fillRect(area, color("accent_tint" if on else "hover"))
        if on:
            p.fillRect(0, 0, bar, area.height(), color("accent"))
        ink = ("accent" if on else "muted") if self.isEnabled() else "disabled_ink"
        size = px(22)
        draw_icon(p, self._icon, ink, (area.width() + bar - size) / 2, px(10), size)
        box = QRectF(bar, px(34), area.width() - bar, px(18))
        draw_text(p, box, self.text(), k.small, bold=on, ink=ink, align=CENTER)
