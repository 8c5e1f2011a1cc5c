"""A choice as large as a card: an icon, what it is, what happens then."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from ui.icons import known
from ui.paint import draw_icon, draw_keycap, draw_panel, draw_text, keycap_width
from ui.theme import color, font, px, tokens

HIGH = 190
WRAPPED = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)


class BigChoice(QAbstractButton):
    """`primary` is filled with the accent's tint; the key is a hint, the screen binds it."""

    def __init__(self, icon: str, text: str, words: str, key: str = "", primary: bool = False) -> None:
        super().__init__()
        self.setText(text)
        self._icon, self._words, self._key, self._primary = known(icon), words, key, primary
        self.setAccessibleName(text)
        self.setAccessibleDescription(words)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(px(300), px(HIGH))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(220), px(HIGH))

    def paintEvent(self, event: QPaintEvent) -> None:
        k, p = tokens(), QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        over = self.isEnabled() and (self.underMouse() or self.isDown())
        fill = "accent_tint" if self._primary else "hover" if over else "card"
        edge = "accent" if over or self.hasFocus() or self._primary else "line_strong"
        draw_panel(p, self.rect(), fill, edge, k.radius)
        ink = "ink" if self.isEnabled() else "disabled_ink"
        left, wide = px(20), self.width() - 2 * px(20)
        draw_icon(p, self._icon, "accent" if self.isEnabled() else "disabled_ink", left, px(20), px(30))
        if self._key:
            draw_keycap(p, self.width() - px(20) - keycap_width(self._key), px(34), self._key)
        draw_text(p, QRectF(left, px(62), wide, px(28)), self.text(), k.title, bold=True, ink=ink)
        p.setFont(font(k.body))
        p.setPen(color("muted" if self.isEnabled() else "disabled_ink"))
        p.drawText(QRectF(left, px(96), wide, self.height() - px(104)), WRAPPED, self._words)
