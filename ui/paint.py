"""Painting shared by widgets and list delegates, so that a key cap or a chip looks the same everywhere.

All functions take the painter first; x and y are pixels of the widget, `px` is a design size, colours are token names.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from ui.icons import pixmap
from ui.theme import color, color_value, font, metrics, px, text_width, tokens, tone

LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
CENTER = Qt.AlignmentFlag.AlignCenter


def elide(text: str, width: float, size: float, bold: bool = False) -> str:
    """`text`, or its beginning with an ellipsis when it is wider than `width`."""
    if text_width(text, size, bold) <= width:
        return text
    return metrics(size, bold).elidedText(text, Qt.TextElideMode.ElideRight, max(0, int(width)))


def draw_text(
    p: QPainter,
    rect: QRect | QRectF,
    text: str,
    size: float,
    *,
    bold: bool = False,
    ink: str = "ink",
    align: Qt.AlignmentFlag = LEFT,
) -> int:
    """One line of text inside `rect`, elided at the right; gives the width that was drawn."""
    box = QRectF(rect)
    shown = elide(text, box.width(), size, bold)
    p.setFont(font(size, bold))
    p.setPen(color(ink))
    p.drawText(box.adjusted(0, 0, 2, 0) if align == LEFT else box, int(align), shown)
    return text_width(shown, size, bold)


def draw_icon(p: QPainter, name: str, ink: str, x: float, y: float, size: int) -> None:
    """The icon with its upper left corner at x, y; `size` in pixels."""
    p.drawPixmap(round(x), round(y), pixmap(name, color_value(ink), size, p.device().devicePixelRatio()))


def keycap_width(key: str) -> int:
    return max(text_width(key, tokens().small) + px(10), px(18))


def draw_keycap(p: QPainter, x: float, cy: float, key: str) -> int:
    """A key hint centred on the height `cy`; gives its width."""
    k = tokens()
    width, height = keycap_width(key), px(18)
    r = QRectF(x + 0.5, round(cy - height / 2) + 0.5, width - 1, height - 1)
    p.setRenderHint(QPainter.RenderHint.Antialiasing)
    p.setPen(Qt.PenStyle.NoPen)
    p.setBrush(color("line_strong"))
    p.drawRoundedRect(r.adjusted(-0.5, 0, 0.5, 1.5), 3.5, 3.5)
    p.setPen(QPen(color("line_strong"), 1))
    p.setBrush(color("card"))
    p.drawRoundedRect(r, 3, 3)
    draw_text(p, r, key, k.small, align=CENTER)
    return width


def chip_width(text: str) -> int:
    return text_width(text, tokens().small, True) + px(14)


def draw_chip(p: QPainter, x: float, cy: float, text: str, tone_name: str = "accent") -> int:
    """A short bold word on its tint, centred on the height `cy`; gives its width."""
    k, style = tokens(), tone(tone_name)
    width, height = chip_width(text), px(k.small + 7)
    r = QRectF(x, round(cy - height / 2), width, height)
    p.setRenderHint(QPainter.RenderHint.Antialiasing)
    p.setPen(QPen(color(style.ink)) if k.high_contrast else QPen(Qt.PenStyle.NoPen))
    p.setBrush(color(style.tint))
    p.drawRoundedRect(r.adjusted(0.5, 0.5, -0.5, -0.5) if k.high_contrast else r, 4, 4)
    draw_text(p, r, text, k.small, bold=True, ink=style.ink, align=CENTER)
    return width


def draw_letter(p: QPainter, rect: QRectF, letter: str) -> None:
    """The cluster's letter in white on a block of its colour."""
    p.setRenderHint(QPainter.RenderHint.Antialiasing)
    p.setPen(Qt.PenStyle.NoPen)
    p.setBrush(color(tone(letter).ink))
    p.drawRoundedRect(rect, 5, 5)
    draw_text(p, rect, letter, tokens().subtitle, bold=True, ink="on_accent", align=CENTER)


def draw_panel(p: QPainter, rect: QRect, fill: str, line: str, radius: float = 0) -> None:
    """A filled rounded rectangle with a one-pixel line, sharp on whole pixels."""
    p.setRenderHint(QPainter.RenderHint.Antialiasing)
    p.setPen(QPen(color(line)))
    p.setBrush(color(fill))
    r = radius or tokens().radius
    p.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), r, r)
