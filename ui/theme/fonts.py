"""The font of the program: Source Sans Pro from its own package, with cached fonts and widths for painting."""

from __future__ import annotations

import functools

from PySide6.QtGui import QFont, QFontDatabase, QFontMetrics

from ui.theme.places import FONT_FOLDER
from ui.theme.tokens import px as scaled

FAMILY = "Source Sans Pro"
FILES = ("SourceSansPro-Regular.ttf", "SourceSansPro-Bold.ttf")


def load_fonts() -> tuple[str, ...]:
    """Register the font files with Qt once; gives the names of files that could not be loaded (empty: all well)."""
    if QFontDatabase.hasFamily(FAMILY):
        return ()
    missing = []
    for name in FILES:
        if QFontDatabase.addApplicationFont(str(FONT_FOLDER / name)) < 0:
            missing.append(name)
    return tuple(missing)


@functools.cache
def _font(pixels: int, bold: bool) -> QFont:
    font = QFont(FAMILY)
    font.setPixelSize(pixels)
    font.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    # Without hinting the widths are the same at 100, 125 and 150 %.
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


@functools.cache
def _metrics(pixels: int, bold: bool) -> QFontMetrics:
    return QFontMetrics(_font(pixels, bold))


@functools.lru_cache(maxsize=8192)
def _width(pixels: int, bold: bool, text: str) -> int:
    return _metrics(pixels, bold).horizontalAdvance(text)


def font(px: float, bold: bool = False) -> QFont:
    """The program's font at a design size, zoom applied."""
    return _font(scaled(px), bold)


def metrics(px: float, bold: bool = False) -> QFontMetrics:
    """Metrics of `font(px, bold)`."""
    return _metrics(scaled(px), bold)


def text_width(text: str, px: float, bold: bool = False) -> int:
    """Width of `text` in pixels, cached, because painting asks for it all the time."""
    return _width(scaled(px), bold, text)
