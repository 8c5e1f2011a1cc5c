"""Writes PDF drawing operators for one page. Points; x from the left, y from the top edge downwards."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from printing import fonts
from printing.styles import Style


class Pen:
    """Collects operators and hands them to a ReportLab canvas at once: `drawString` alone costs as much as all this."""

    def __init__(self, canvas: Any, height: float) -> None:
        self.canvas = canvas
        self._doc = canvas._doc  # fonts number their signs per document; ReportLab has no public name for it
        self._height = height
        self._ops: list[str] = []
        self._state = ""

    def flush(self) -> None:
        """Give what was drawn to the canvas, before the page is shown."""
        self.canvas.addLiteral("\n".join(self._ops))
        self._ops = []
        self._state = ""

    def text(self, x: float, y: float, style: Style, text: str) -> float:
        """Draw one line of text with its base line at y; gives its width."""
        start = x
        for face, run in fonts.split(text, style.face):
            self._text_op(f"1 0 0 1 {x:.2f} {self._height - y:.2f}", face, style, run)
            x += fonts.width(face, run) * style.size + style.tracking * len(run)
        if style.underline:
            self.line(start, y + style.size * 0.16, x - style.tracking, y + style.size * 0.16, style.size * 0.07)
        return x - start

    def turned(self, x: float, y: float, degrees: float, style: Style, text: str) -> None:
        """Text in one face around a slanted base line that starts at x, y."""
        cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
        matrix = f"{cos:.4f} {sin:.4f} {-sin:.4f} {cos:.4f} {x:.2f} {self._height - y:.2f}"
        self._text_op(matrix, style.face, style, text)

    def _text_op(self, matrix: str, face: fonts.Face, style: Style, run: str) -> None:
        font = fonts.font(face)
        if self._doc not in font.state:
            font.begin(self._doc)
        shown = []
        for subset, codes in font.splitString(run, self._doc):
            name = font.getSubsetInternalName(subset, self._doc)
            state = f"{name} {style.size:.4g} Tf {style.ink} {style.tracking:.3g} Tc"
            if state != self._state:
                shown.append(state)
                self._state = state
            shown.append(f"<{codes.hex()}> Tj" if not run.isascii() else f"({_escape(run)}) Tj")
        self._ops.append(f"BT {matrix} Tm {' '.join(shown)} ET")

    def line(
        self, x1: float, y1: float, x2: float, y2: float, thick: float = 0.6, grey: float = 0.07, dash: str = ""
    ) -> None:
        top = self._height
        self._ops.append(
            f"q {grey} G {thick:.2f} w [{dash}] 0 d {x1:.2f} {top - y1:.2f} m {x2:.2f} {top - y2:.2f} l S Q"
        )

    def fill(self, x: float, y: float, width: float, height: float, grey: float) -> None:
        """A filled rectangle; y is its upper edge."""
        self._ops.append(f"q {grey} g {x:.2f} {self._height - y - height:.2f} {width:.2f} {height:.2f} re f Q")

    def frame(
        self, x: float, y: float, width: float, height: float, radius: float = 0.0, thick: float = 0.6,
        grey: float = 0.07, dash: str = "", filled: float | None = None,
    ) -> None:  # fmt: skip
        """The outline of a rectangle with round corners; y is its upper edge; filled: a grey inside."""
        path = self._round(x, self._height - y - height, width, height, radius)
        paint = "S" if filled is None else "B"
        inside = "" if filled is None else f"{filled} g "
        self._ops.append(f"q {inside}{grey} G {thick:.2f} w [{dash}] 0 d {path} {paint} Q")

    def edge(self, x: float, y: float, width: float, height: float, radius: float, grey: float, upper: bool) -> None:
        """Only the upper or the lower part of such an outline: a cap, open where the box goes on."""
        low, r, c = self._height - y - height, radius, radius * 0.4477
        left, right = f"{x:.2f}", f"{x + width:.2f}"
        if upper:
            end, flat, bend = low, low + height, -1
        else:
            end, flat, bend = low + height, low, 1
        self._ops.append(
            f"q {grey} G 0.6 w {left} {end:.2f} m {left} {flat + bend * r:.2f} l "
            f"{left} {flat + bend * c:.2f} {x + c:.2f} {flat:.2f} {x + r:.2f} {flat:.2f} c "
            f"{x + width - r:.2f} {flat:.2f} l "
            f"{x + width - c:.2f} {flat:.2f} {right} {flat + bend * c:.2f} {right} {flat + bend * r:.2f} c "
            f"{right} {end:.2f} l S Q"
        )

    def circle(self, x: float, y: float, radius: float, thick: float = 0.6, grey: float = 0.07) -> None:
        self.frame(x - radius, y - radius, 2 * radius, 2 * radius, radius, thick, grey)

    def path(self, points: Iterable[tuple[float, float]], ink: str, thick: float) -> None:
        """A line through all points, with round corners. ink: red, green and blue, each 0 to 1."""
        spots = [f"{x:.2f} {self._height - y:.2f}" for x, y in points]
        if len(spots) > 1:
            way = f"{spots[0]} m " + " ".join([f"{spot} l" for spot in spots[1:]])
            self._ops.append(f"q {ink} RG {thick:.2f} w 1 J 1 j {way} S Q")

    def area(self, points: Iterable[tuple[float, float]], ink: str) -> None:
        """A filled shape with these corners. ink: as of `path`."""
        spots = [f"{x:.2f} {self._height - y:.2f}" for x, y in points]
        if len(spots) > 2:
            way = f"{spots[0]} m " + " ".join([f"{spot} l" for spot in spots[1:]])
            self._ops.append(f"q {ink} rg {way} h f Q")

    def dot(self, x: float, y: float, radius: float, ink: str) -> None:
        """A filled circle. ink: as of `path`."""
        shape = self._round(x - radius, self._height - y - radius, 2 * radius, 2 * radius, radius)
        self._ops.append(f"q {ink} rg {shape} f Q")

    def cells(self, x: float, y: float, unit: float, tall: float, boxes: Iterable[tuple[int, int, int]]) -> None:
        """Black boxes on a grid as one path: (column, row, columns wide), cells `unit` wide and `tall` high."""
        path = " ".join([f"{column} {-row - 1} {wide} 1 re" for column, row, wide in boxes])
        self._ops.append(f"q 0 g {unit:.4f} 0 0 {tall:.4f} {x:.2f} {self._height - y:.2f} cm {path} f Q")

    def image(self, name: str, x: float, y: float, width: float, height: float) -> None:
        """Place an image object of the document by its PDF name; y is its upper edge."""
        self._ops.append(f"q {width:.2f} 0 0 {height:.2f} {x:.2f} {self._height - y - height:.2f} cm /{name} Do Q")

    @staticmethod
    def _round(x: float, y: float, w: float, h: float, r: float) -> str:
        if not r:
            return f"{x:.2f} {y:.2f} {w:.2f} {h:.2f} re"
        c = r * 0.4477  # control points of a quarter circle
        return (
            f"{x + r:.2f} {y:.2f} m {x + w - r:.2f} {y:.2f} l "
            f"{x + w - c:.2f} {y:.2f} {x + w:.2f} {y + c:.2f} {x + w:.2f} {y + r:.2f} c "
            f"{x + w:.2f} {y + h - r:.2f} l "
            f"{x + w:.2f} {y + h - c:.2f} {x + w - c:.2f} {y + h:.2f} {x + w - r:.2f} {y + h:.2f} c "
            f"{x + r:.2f} {y + h:.2f} l "
            f"{x + c:.2f} {y + h:.2f} {x:.2f} {y + h - c:.2f} {x:.2f} {y + h - r:.2f} c "
            f"{x:.2f} {y + r:.2f} l "
            f"{x:.2f} {y + c:.2f} {x + c:.2f} {y:.2f} {x + r:.2f} {y:.2f} c h"
        )


def _escape(ascii_text: str) -> str:
    return ascii_text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
