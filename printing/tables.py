"""Ruled tables. A record may break over pages between its lines; the head is repeated on the next page."""

from __future__ import annotations

from collections.abc import Sequence

from printing import styles
from printing.lines import Line, Span, break_lines, measure
from printing.parts import Align, Draw, Row
from printing.pen import Pen
from printing.styles import Style

Content = Sequence[Span]
PAD_X = 3.8
PAD_Y = 2.6


def table(
    head: Sequence[Content], records: Sequence[Sequence[Content]], widths: Sequence[float], align: Align = "left"
) -> list[Row]:
    """A shaded head and records below it; every record has as many cells as there are widths."""
    top = _record(head, widths, align, shaded=True, first=True)
    top = [Row(row.height, row.draw, keep=True) for row in top]
    rows = list(top)
    for record in records:
        rows += [Row(row.height, row.draw, row.keep, tuple(top)) for row in _record(record, widths, align)]
    return rows


def spread(wanted: Sequence[float], width: float) -> list[list[int]]:
    """Which columns go into which table: the fewest tables, evenly filled, that give each column what it wants.

    wanted: points for each column, none wider than `width`.
    """
    whole = range(len(wanted))
    for tables in whole:
        each = -(-len(wanted) // (tables + 1))
        spread_out = [list(whole[start : start + each]) for start in range(0, len(wanted), each)]
        if all(sum(wanted[index] for index in table) <= width + 0.01 for table in spread_out):
            return spread_out
    return [[index] for index in whole]


def natural(texts: Sequence[tuple[Style, str]]) -> float:
    """The width a column needs for its texts unbroken."""
    return max([measure(style, part) for style, text in texts for part in text.split("\n")]) + 2 * PAD_X + 0.1


def shares(wanted: Sequence[float], width: float, most: float = 1e9) -> list[float]:
    """The wanted widths, made to fill `width`, none stretched beyond `most`."""
    factor = width / sum(wanted)
    return [min(most, want * factor) if factor > 1 else want * factor for want in wanted]


def _record(
    cells: Sequence[Content], widths: Sequence[float], align: Align, shaded: bool = False, first: bool = False
) -> list[Row]:
    broken = [break_lines(cell, wide - 2 * PAD_X) for cell, wide in zip(cells, widths)]
    count = max(1, *[len(lines) for lines in broken])
    rows = []
    for index in range(count):
        present = [lines[index] if index < len(lines) else None for lines in broken]
        height = max([line.height for line in present if line], default=8.0)
        above = PAD_Y if index == 0 else 0.0
        below = PAD_Y if index == count - 1 else 0.0
        keep = index < count - 1 and (count <= 8 or index == 0 or index == count - 2)
        drawer = _strip(present, widths, align, height, above, below, shaded, first and index == 0)
        rows.append(Row(height + above + below, drawer, keep))
    return rows


def _strip(
    lines: Sequence[Line | None], widths: Sequence[float], align: Align, height: float, above: float, below: float,
    shaded: bool, roof: bool,
) -> Draw:  # fmt: skip
    whole = sum(widths)

    def draw(pen: Pen, x: float, top: float) -> None:
        bottom = top + height + above + below
        if shaded:
            pen.fill(x, top, whole, bottom - top, styles.SHADE)
        if roof:
            pen.line(x, top, x + whole, top, 0.6, styles.LINE)
        pen.line(x, top, x, bottom, 0.6, styles.LINE)
        left = x
        for line, wide in zip(lines, widths):
            if line:
                space = wide - line.width
                shift = {"left": PAD_X, "center": space / 2, "right": space - PAD_X}[align]
                line.draw(pen, left + shift, top + above)
            left += wide
            pen.line(left, top, left, bottom, 0.6, styles.LINE)
        if below:
            pen.line(x, bottom, x + whole, bottom, 0.6, styles.LINE)

    return draw
