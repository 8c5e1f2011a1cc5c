"""Breaks text into lines. No mark-up is ever read: `<b>` and `&` are printed as they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from printing import fonts
from printing.pen import Pen
from printing.styles import Style

Span = tuple[Style, str]

BOX = 8.6
"""Side of a square to tick by hand."""


@dataclass(frozen=True, slots=True)
class Line:
    """One measured line: pieces (x from its left end, style, text), width, and the height it needs.

    boxes: where squares to tick stand (x from the left end); they are always empty.
    """

    pieces: tuple[tuple[float, Style, str], ...]
    width: float
    height: float
    boxes: tuple[float, ...] = ()

    def draw(self, pen: Pen, x: float, top: float) -> None:
        size = max([style.size for _, style, _ in self.pieces], default=0.0)
        base = top + (self.height - size) / 2 + size * 0.77  # Source Sans: 0.75 above the base line, 0.25 below
        for offset in self.boxes:
            pen.frame(x + offset, base - BOX + 1.2, BOX, BOX, thick=0.8)
        for offset, style, text in self.pieces:
            pen.text(x + offset, base, style, text)


def measure(style: Style, text: str) -> float:
    """Width of a text on one line, in points."""
    return fonts.width(style.face, text) * style.size + style.tracking * len(text)


def break_lines(spans: Sequence[Span], width: float) -> list[Line]:
    """Lines no wider than `width`; newlines break, blanks at a break vanish, a word too long is cut between signs.

    A single sign wider than `width` still gets a line of its own. Empty text gives no line.
    """
    breaker = _Breaker(width)
    for style, content in spans:
        for index, paragraph in enumerate(content.split("\n")):
            if index:
                breaker.end_line(style)
            breaker.add(style, paragraph)
    return breaker.finish()


def choice_lines(style: Style, choices: Sequence[str], width: float) -> list[Line]:
    """Empty squares, each with its words, side by side as far as they go; a choice too long for a line wraps."""
    lines: list[Line] = []
    pieces: list[tuple[float, Style, str]] = []
    boxes: list[float] = []
    x = 0.0
    for choice in choices:
        for index, part in enumerate(break_lines([(style, choice)], width - BOX - 4)):
            start = x + 16 if x else 0.0
            if x and (index or start + BOX + 4 + part.width > width):
                lines.append(Line(tuple(pieces), x, style.leading, tuple(boxes)))
                pieces, boxes, start = [], [], 0.0
            if not index:
                boxes.append(start)
            pieces += [(start + BOX + 4 + offset, style, text) for offset, _, text in part.pieces]
            x = start + BOX + 4 + part.width
    if pieces:
        lines.append(Line(tuple(pieces), x, style.leading, tuple(boxes)))
    return lines


class _Breaker:
    def __init__(self, width: float) -> None:
        self.width = width
        self.lines: list[Line] = []
        self.pieces: list[tuple[float, Style, str]] = []
        self.x = 0.0
        self.run: list[str] = []
        self.run_x = 0.0
        self.blank = 0.0  # width of a pending blank, drawn only if another word follows on the line

    def add(self, style: Style, paragraph: str) -> None:
        words = paragraph.split(" ")
        space = measure(style, " ")
        for index, word in enumerate(words):
            if index and self.x:
                self.blank = space
            if word:
                self._word(style, word)
        self._close_run(style)

    def _word(self, style: Style, word: str) -> None:
        wide = measure(style, word)
        if self.x and self.x + self.blank + wide > self.width + 0.01:
            self.end_line(style)
        if wide > self.width + 0.01:
            word, wide = self._cut(style, word)
        self._put(style, word, wide)

    def _put(self, style: Style, word: str, wide: float) -> None:
        if self.run and self.blank:
            self.run.append(" ")
        elif not self.run:
            self.run_x = self.x + self.blank
        self.x += self.blank + wide
        self.blank = 0.0
        self.run.append(word)

    def _cut(self, style: Style, word: str) -> tuple[str, float]:
        """Fill whole lines with the head of a word wider than the line; gives the rest."""
        head, wide = "", 0.0
        for sign in word:
            step = measure(style, sign)
            if head and wide + step > self.width:
                self._put(style, head, wide)
                self.end_line(style)
                head, wide = "", 0.0
            head += sign
            wide += step
        return head, wide

    def _close_run(self, style: Style) -> None:
        if self.run:
            self.pieces.append((self.run_x, style, "".join(self.run)))
            self.run = []

    def end_line(self, style: Style) -> None:
        self._close_run(style)
        height = max([piece[1].leading for piece in self.pieces], default=style.leading)
        self.lines.append(Line(tuple(self.pieces), self.x, height))
        self.pieces, self.x, self.blank = [], 0.0, 0.0

    def finish(self) -> list[Line]:
        if self.pieces:
            self.end_line(self.pieces[-1][1])
        return self.lines
