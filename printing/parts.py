"""Measured pieces of a page. Everything is a list of rows: heights are known before anything is drawn, so nothing can
be printed over anything else, and a page may end between any two rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from printing import styles
from printing.lines import Line, Span, break_lines, choice_lines, measure
from printing.pen import Pen
from printing.styles import Style

Align = Literal["left", "center", "right"]
Draw = Callable[[Pen, float, float], None]


def _nothing(pen: Pen, x: float, top: float) -> None:
    """The drawing of an empty row."""


@dataclass(frozen=True, slots=True)
class Row:
    """A strip of the page. draw(pen, x, top); keep: stays with the row after it; head: drawn above it, should it begin
    a page; gap: empty, vanishes where a page begins."""

    height: float
    draw: Draw = _nothing
    keep: bool = False
    head: tuple[Row, ...] = ()
    gap: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """Lines that stand side by side with those of other cells. x: from the left end of the row."""

    x: float
    width: float
    lines: Sequence[Line]
    align: Align = "left"


def total(rows: Iterable[Row]) -> float:
    return sum([row.height for row in rows])


def gap(height: float, keep: bool = False) -> Row:
    return Row(height, gap=True, keep=keep)


def together(rows: Sequence[Row]) -> list[Row]:
    """The rows, on one page if a page can hold them."""
    return [replace(row, keep=True) for row in rows[:-1]] + list(rows[-1:])


def side_by_side(cells: Sequence[Cell]) -> list[Row]:
    """Line beside line. Short groups stay together; in long ones no single line is left alone on a page."""
    count = max([len(cell.lines) for cell in cells], default=0)
    rows = []
    for index in range(count):
        present = [(cell, cell.lines[index]) for cell in cells if index < len(cell.lines)]
        height = max([line.height for _, line in present])
        keep = index < count - 1 and (count <= 6 or index == 0 or index == count - 2)
        rows.append(Row(height, _line_drawer(present), keep))
    return rows


def _line_drawer(present: Sequence[tuple[Cell, Line]]) -> Draw:
    placed = []
    for cell, line in present:
        space = cell.width - line.width
        placed.append((cell.x + {"left": 0.0, "center": space / 2, "right": space}[cell.align], line))

    def draw(pen: Pen, x: float, top: float) -> None:
        for shift, line in placed:
            line.draw(pen, x + shift, top)

    return draw


def paragraph(spans: Sequence[Span], width: float, align: Align = "left", x: float = 0.0) -> list[Row]:
    return side_by_side([Cell(x, width, break_lines(spans, width), align)])


def heading(text: str, width: float) -> list[Row]:
    """The title of a section; stays with what follows."""
    rows = paragraph([(styles.HEADING, text)], width)
    return [gap(6.0, keep=True), *[replace(row, keep=True) for row in rows], gap(1.2, keep=True)]


def section(title: str, spans: Sequence[Span], width: float) -> list[Row]:
    """A heading and its text; nothing at all where there is no text."""
    text = paragraph(spans, width)
    return [*heading(title, width), *text] if text else []


@dataclass(frozen=True, slots=True)
class Entry:
    """A label and its value in a list of fields."""

    label: str
    value: Sequence[Span]

    @classmethod
    def plain(cls, label: str, value: str, style: Style = styles.BODY) -> Entry:
        return cls(label, [(style, value or "–")])


def _entry_cells(entry: Entry, x: float, width: float, label_width: float, label: Style) -> list[Cell]:
    colon = 9.0
    return [
        Cell(x, label_width - 4, break_lines([(label, entry.label)], label_width - 4)),
        Cell(x + label_width, colon, break_lines([(label, ":")], colon)),
        Cell(x + label_width + colon, width - label_width - colon,
             break_lines(entry.value, width - label_width - colon)),
    ]  # fmt: skip


def fields(
    entries: Iterable[Entry], width: float, label_width: float, label: Style = styles.LABEL, space: float = 1.6
) -> list[Row]:
    """`Label : value`, one below the other."""
    rows: list[Row] = []
    for entry in entries:
        if rows and space:
            rows.append(gap(space))
        rows += side_by_side(_entry_cells(entry, 0.0, width, label_width, label))
    return rows


def paired_fields(
    pairs: Iterable[tuple[Entry, Entry]], width: float, label_widths: tuple[float, float], middle: float,
    space: float = 1.6,
) -> list[Row]:  # fmt: skip
    """Two columns of fields; the right one begins at `middle`. Fields of a pair begin at the same height."""
    rows: list[Row] = []
    for left, right in pairs:
        if rows and space:
            rows.append(gap(space))
        rows += side_by_side(
            _entry_cells(left, 0.0, middle - 12, label_widths[0], styles.LABEL)
            + _entry_cells(right, middle, width - middle, label_widths[1], styles.LABEL)
        )
    return rows


def boxed(rows: Sequence[Row], width: float, pad: float = 8.0, above: float = 6.0, radius: float = 2.5) -> list[Row]:
    """A frame around rows measured for `width - 2 * pad`; open where a page ends inside it."""

    def cap(upper: bool) -> Draw:
        return lambda pen, x, top: pen.edge(x, top, width, above, radius, styles.LINE, upper)

    inner = [_walled(row, width, pad) for row in rows]
    inner[-1:] = [replace(row, keep=True) for row in inner[-1:]]
    return [Row(above, cap(True), keep=True), *inner, Row(above, cap(False))]


def _walled(row: Row, width: float, pad: float) -> Row:
    def draw(pen: Pen, x: float, top: float) -> None:
        bottom = top + row.height
        pen.line(x, top, x, bottom, 0.6, styles.LINE)
        pen.line(x + width, top, x + width, bottom, 0.6, styles.LINE)
        row.draw(pen, x + pad, top)

    return Row(row.height, draw, row.keep)


def choice_field(label: str, choices: Sequence[str], width: float, label_width: float) -> list[Row]:
    """`Label : [ ] one  [ ] another`, to be ticked by hand."""
    cells = _entry_cells(Entry(label, ()), 0.0, width, label_width, styles.LABEL)
    left = cells[-1].x
    cells[-1] = Cell(left, width - left, choice_lines(styles.BODY, choices, width - left))
    return side_by_side(cells)


def rule(width: float, thick: float = 0.6, grey: float = styles.RULE, dash: str = "", below: float = 0.0) -> Row:
    return Row(thick + below, lambda pen, x, top: pen.line(x, top, x + width, top, thick, grey, dash))


def writing_line(label: str, width: float, label_width: float, height: float = 19.0) -> Row:
    """`Label : ..........` to be filled in by hand; one line, the label must be a short one of ours."""
    line = break_lines([(styles.LABEL, label)], label_width)[0]
    colon = break_lines([(styles.LABEL, ":")], 9.0)[0]

    def draw(pen: Pen, x: float, top: float) -> None:
        text_top = top + height - line.height
        line.draw(pen, x, text_top)
        colon.draw(pen, x + label_width, text_top)
        base = top + height - 1.5
        pen.line(x + label_width + 9, base, x + width, base, 0.7, 0.35, dash="0.7 2.2")

    return Row(height, draw)


def field_or_line(label: str, value: str, width: float, label_width: float) -> list[Row]:
    """A field where the value is known, a line to write on where it is not."""
    if value:
        return [gap(1.6), *fields([Entry.plain(label, value)], width, label_width)]
    return [writing_line(label, width, label_width, 18.0)]


def numbered(mark: str, spans: Sequence[Span], width: float, indent: float = 17.0) -> list[Row]:
    """A paragraph behind `1.` or a dash."""
    style = replace(spans[0][0], face="regular")
    left = Cell(0.0, indent, break_lines([(style, mark)], indent))
    return side_by_side([left, Cell(indent, width - indent, break_lines(spans, width - indent))])


def choices(words: Sequence[str], width: float, x: float = 0.0) -> list[Row]:
    """Empty squares to tick by hand, each with its words."""
    return side_by_side([Cell(x, width - x, choice_lines(styles.BODY, words, width - x))])


def signature(
    width: float, x: float, above: Sequence[str], name: str, below: Sequence[str] = (), room: float = 42.0
) -> list[Row]:
    """A block to sign: lines above, room for the signature, the name underlined (a line where it is not known)."""
    upper = [line for text in above if text for line in break_lines([(styles.BODY, text)], width)]
    lower = [line for text in below if text for line in break_lines([(styles.BODY, text)], width)]
    rows = side_by_side([Cell(x, width, upper, "center")])
    rows.append(Row(room))
    if name:
        rows += side_by_side([Cell(x, width, break_lines([(styles.SIGNED, name)], width), "center")])
    else:
        inset = width * 0.14
        rows.append(
            Row(14.0, lambda pen, left, top: pen.line(
                left + x + inset, top + 11, left + x + width - inset, top + 11, 0.7, 0.35, dash="0.7 2.2"))
        )  # fmt: skip
    return together(rows + side_by_side([Cell(x, width, lower, "center")]))


def beside(left: Sequence[Row], right: Sequence[Row]) -> list[Row]:
    """Two columns of rows of different heights as one strip that stays on one page. Rows know their own x."""
    height = max(total(left), total(right))

    def draw(pen: Pen, x: float, top: float) -> None:
        for column in (left, right):
            y = top
            for row in column:
                row.draw(pen, x, y)
                y += row.height

    return [Row(height, draw)]


def fitted(
    texts: Sequence[tuple[Style, str]], width: float, height: float, align: Align = "left", least: float = 2.0
) -> list[Row] | None:
    """Paragraphs made smaller, the tallest first, until they fit; None where they cannot, above `least` points.

    For papers that cannot grow (card, label): everything stays on them, nothing is cut off.
    """
    sized = [style for style, _ in texts]
    while True:
        blocks = [paragraph([(style, text)], width, align) for style, (_, text) in zip(sized, texts)]
        heights = [total(block) for block in blocks]
        if sum(heights) <= height:
            return [row for block in blocks for row in block]
        tallest = max(range(len(blocks)), key=lambda index: (len(blocks[index]) > 1, heights[index]))
        if sized[tallest].size * 0.94 < least:
            return None
        sized[tallest] = sized[tallest].scaled(0.94)


def one_line(style: Style, text: str, width: float, least: float) -> Style | None:
    """The style, made smaller until the text fits on one line; None where it would fall below `least` points."""
    wide = measure(style, text)
    if wide <= width:
        return style
    shrunk = style.scaled(width / wide)
    return shrunk if shrunk.size >= least else None
