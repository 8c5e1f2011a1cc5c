"""The look of the program. Widgets and screens import from here: `from ui.theme import color, font, px, tokens`."""

from __future__ import annotations

from ui.theme.apply import apply, between, color, system_tokens
from ui.theme.fonts import FAMILY, font, load_fonts, metrics, text_width
from ui.theme.tokens import (
    CONTRAST,
    NORMAL,
    ClusterStyle,
    DisplayTokens,
    Tokens,
    cluster_style,
    color_value,
    px,
    tokens,
    tone,
    use,
    zoomed,
)

__all__ = [
    "CONTRAST",
    "FAMILY",
    "NORMAL",
    "ClusterStyle",
    "DisplayTokens",
    "Tokens",
    "apply",
    "between",
    "cluster_style",
    "color",
    "color_value",
    "font",
    "load_fonts",
    "metrics",
    "px",
    "system_tokens",
    "text_width",
    "tokens",
    "tone",
    "use",
    "zoomed",
]
