"""Sizes and words on a screen that is read from five metres: they follow the window, not the reader's text size."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from ui.paint import LEFT, draw_text
from ui.theme import DisplayTokens, text_width, tokens

LEAST_WIDE, HIGH = 1100, 768
"""The sizes of the tokens are meant for a window this high; narrower than this (4:3), they shrink with the width."""


def look() -> DisplayTokens:
    """Colours and design sizes of the display."""
    return tokens().display


def unit(width: int, height: int) -> float:
    """Pixels for one design pixel in a window of this size."""
    return min(width / LEAST_WIDE, height / HIGH)


def words_width(text: str, pixels: float, bold: bool = False) -> int:
    """Width of a line in pixels."""
    return text_width(text, pixels / tokens().zoom, bold)


def fitted(text: str, pixels: float, room: float, bold: bool = False) -> float:
    """The size, at most `pixels`, at which the line is no wider than `room`; whole pixels where it had to shrink."""
    wide = words_width(text, pixels, bold)
    if wide <= room:
        return pixels
    size = int(pixels * room / wide)
    while size > 1 and words_width(text, size, bold) > room:
        size -= 1
    return max(1, size)


def two_lines(text: str, pixels: float, room: float) -> tuple[str, ...]:
    """The text in one line, or broken between words into two; the second may still be too long."""
    if words_width(text, pixels) <= room:
        return (text,)
    words = text.split()
    count = max((n for n in range(1, len(words)) if words_width(" ".join(words[:n]), pixels) <= room), default=0)
    return (" ".join(words[:count]), " ".join(words[count:])) if count else (text,)


def draw_words(
    p: QPainter,
    box: QRectF,
    text: str,
    pixels: float,
    *,
    ink: str,
    bold: bool = False,
    align: Qt.AlignmentFlag = LEFT,
) -> int:
    """One line, elided at the right; gives the width drawn. ink: a colour value."""
    return draw_text(p, box, text, pixels / tokens().zoom, bold=bold, ink=ink, align=align)
