"""Sizes, papers and text styles: the only place with literal sizes and greys. Lengths in points, 72 an inch."""

from __future__ import annotations

from dataclasses import dataclass, replace

from printing.fonts import Face

MM = 72 / 25.4

BLACK = "0.07 g"
MUTED = "0.27 g"
PALE = "0.45 g"
RULE = 0.07
LINE = 0.62
SHADE = 0.945
WATERMARK = 0.935


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet. height None: roll paper, as long as its text. footer: height kept free for `hal 1 dari 2`."""

    width: float
    height: float | None
    left: float
    right: float
    top: float
    bottom: float
    footer: float = 0.0


A4 = Paper(210 * MM, 297 * MM, 15 * MM, 15 * MM, 10 * MM, 9 * MM, footer=12)
A5 = Paper(148 * MM, 210 * MM, 13 * MM, 13 * MM, 9 * MM, 8 * MM, footer=11)
ID1 = Paper(85.6 * MM, 54 * MM, 4 * MM, 4 * MM, 3.5 * MM, 3.5 * MM)
LABEL_50 = Paper(50 * MM, 20 * MM, 2 * MM, 2 * MM, 1.5 * MM, 1.5 * MM)
LABEL_40 = Paper(40 * MM, 25 * MM, 2 * MM, 2 * MM, 1.5 * MM, 1.5 * MM)


def roll(width_mm: int) -> Paper:
    """Roll paper; the margins are what thermal heads cannot reach (72 of 80 mm, 48 of 58 mm are printed)."""
    side = 4 * MM if width_mm >= 72 else 5 * MM
    return Paper(width_mm * MM, None, side, side, 3 * MM, 5 * MM)


@dataclass(frozen=True, slots=True)
class Style:
    """How a piece of text looks. leading: distance of base lines; tracking: extra space after each sign."""

    face: Face
    size: float
    leading: float
    ink: str = BLACK
    tracking: float = 0.0
    underline: bool = False

    def scaled(self, factor: float) -> Style:
        return replace(self, size=self.size * factor, leading=self.leading * factor)


BODY = Style("regular", 10.1, 13.2)
STRONG = Style("bold", 10.1, 13.2)
SOFT = Style("italic", 10.1, 13.2)
LABEL = Style("regular", 10.1, 13.2, MUTED)
HEADING = Style("bold", 9.1, 12.2, "0.2 g", tracking=0.5)
TITLE = Style("bold", 14.0, 18.0, tracking=1.2, underline=True)
SUBTITLE = Style("regular", 10.1, 13.4)
SMALL = Style("regular", 8.6, 11.2)
SMALL_STRONG = Style("semibold", 8.6, 11.2)
NOTE = Style("regular", 8.6, 11.2, PALE)
SIGNED = Style("bold", 10.1, 13.2, underline=True)
KOP_ABOVE = Style("regular", 10.1, 13.0)
KOP_NAME = Style("bold", 16.0, 19.6)
KOP_BELOW = Style("regular", 9.0, 11.8)
TABLE = Style("regular", 9.2, 12.0)
TABLE_STRONG = Style("bold", 9.2, 12.0)
MARK = Style("bold", 11.0, 14.0, tracking=2.4)
