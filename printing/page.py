"""A document as it grows: forms add measured rows, `pdf` puts them on pages and draws them."""

from __future__ import annotations

import math
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from ilp_desk.errors import UserError
from printing import fonts, styles
from printing.lines import break_lines, measure
from printing.parts import Cell, Row, side_by_side, together, total
from printing.pen import Pen
from printing.streams import Ready, stream_body
from printing.styles import Paper, Style


class TooMuchText(UserError):
    default = "Teksnya terlalu panjang untuk kertas ini. Persingkat isinya, lalu cetak lagi."


@dataclass(frozen=True)
class Marks:
    """What is stamped over every page: SALINAN on a reprint, DIBATALKAN on a voided paper."""

    copy: bool = False
    void: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        return ("DIBATALKAN",) * self.void + ("SALINAN",) * self.copy


@dataclass
class _Sheet:
    rows: list[tuple[float, Row]] = field(default_factory=list)
    y: float = 0.0
    fresh: bool = True


class Page:
    """Forms add rows from top to bottom, each measured for `width`."""

    def __init__(self, paper: Paper, title: str, marks: Marks = Marks()) -> None:
        self.paper = paper
        self.width = paper.width - paper.left - paper.right
        self._title = title
        self._marks = marks
        self._rows: list[Row] = []
        self._bottom: list[Row] = []
        self._running: list[Row] = []

    @property
    def height(self) -> float:
        """Height between the margins of a sheet."""
        assert self.paper.height is not None, "roll paper has no height"
        return self.paper.height - self.paper.top - self.paper.bottom - self.paper.footer

    def add(self, rows: Sequence[Row]) -> None:
        self._rows += rows

    def running_head(self, rows: Sequence[Row]) -> None:
        """Rows repeated at the top of the second and every further page."""
        self._running = list(rows)

    def at_bottom(self, rows: Sequence[Row]) -> None:
        """Rows that stand at the foot of the last page, in one piece where a page can hold them."""
        self._bottom = together(rows)

    def pdf(self) -> bytes:
        """The finished document. Equal input gives equal bytes. Raises TooMuchText, fonts.FontsMissing."""
        if self.paper.height is None:
            marks = self._mark_rows()
            sheets = [self._roll(marks)]
            height = self.paper.top + sheets[0].y + self.paper.bottom
        else:
            sheets = self._flow()
            height = self.paper.height
        canvas = _canvas(self.paper.width, height)
        canvas.setTitle(self._title)
        canvas.setCreator("ILP Desk")
        for number, sheet in enumerate(sheets, 1):
            pen = Pen(canvas, height)
            for word in self._marks.words[:1]:
                self._watermark(pen, word, height)
            for y, row in sheet.rows:
                row.draw(pen, self.paper.left, self.paper.top + y)
            if len(sheets) > 1:
                self._page_number(pen, number, len(sheets), height)
            pen.flush()
            _close(canvas)
        data: bytes = canvas.getpdfdata()
        return data

    def _roll(self, marks: list[Row]) -> _Sheet:
        sheet = _Sheet()
        for row in [*marks, *self._rows, *self._bottom]:
            self._put(sheet, row)
        return sheet

    def _flow(self) -> list[_Sheet]:
        sheets = [self._new_sheet(first=True)]
        for group in _groups(self._rows):
            self._place(sheets, group)
        if self._bottom:
            height = total(self._bottom)
            if sheets[-1].y + height > self.height and height <= self._room_of_new():
                sheets.append(self._new_sheet())
            if sheets[-1].y + height <= self.height:
                sheets[-1].y = self.height - height
            for group in _groups(self._bottom):
                self._place(sheets, group)
        return sheets

    def _place(self, sheets: list[_Sheet], group: Sequence[Row]) -> None:
        height = total(group)
        if sheets[-1].y + height > self.height + 0.01 and height <= self._room_of_new():
            sheets.append(self._new_sheet())
        for row in group:
            if sheets[-1].y + row.height > self.height + 0.01:
                sheets.append(self._new_sheet())
                if sheets[-1].y + row.height > self.height + 0.01:
                    raise TooMuchText
            self._put(sheets[-1], row)

    def _put(self, sheet: _Sheet, row: Row) -> None:
        if sheet.fresh and row.gap:
            return
        if sheet.fresh:
            for head in row.head:
                sheet.rows.append((sheet.y, head))
                sheet.y += head.height
        sheet.fresh = False
        sheet.rows.append((sheet.y, row))
        sheet.y += row.height

    def _room_of_new(self) -> float:
        return self.height - total(self._mark_rows()) - total(self._running)

    def _new_sheet(self, first: bool = False) -> _Sheet:
        sheet = _Sheet()
        for row in [*self._mark_rows(), *([] if first else self._running)]:
            sheet.rows.append((sheet.y, row))
            sheet.y += row.height
        return sheet

    def _mark_rows(self) -> list[Row]:
        """The marks as a small framed word at the very top, readable where a watermark is too pale on a copier."""
        rows: list[Row] = []
        for word in self._marks.words:
            wide = measure(styles.MARK, word) + 14
            lines = break_lines([(styles.MARK, word)], self.width)
            inner = side_by_side([Cell(0.0, self.width, lines, "right")])[0]

            def draw(pen: Pen, x: float, top: float, inner: Row = inner, wide: float = wide) -> None:
                pen.frame(x + self.width - wide, top, wide, 16.5, 2, 0.9)
                inner.draw(pen, x - 6, top + 1)

            rows.append(Row(20.0, draw))
        return rows

    def _watermark(self, pen: Pen, word: str, height: float) -> None:
        """A pale word from corner to corner, under the text."""
        width = self.paper.width
        angle = math.degrees(math.atan2(height, width))
        wide = fonts.width("bold", word)
        size = min(0.72 * math.hypot(width, height) / wide, 0.3 * min(width, height))
        style = Style("bold", size, size, f"{styles.WATERMARK} g")
        run, rise = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        shift = size * 0.33  # half the height of capitals, to the right of the slanted line
        x = width / 2 - run * wide * size / 2 + rise * shift
        y = height / 2 + rise * wide * size / 2 + run * shift
        pen.turned(x, y, angle, style, word)

    def _page_number(self, pen: Pen, number: int, count: int, height: float) -> None:
        text = f"hal {number} dari {count}"
        x = self.paper.width - self.paper.right - measure(styles.SMALL, text)
        pen.text(x, height - self.paper.bottom - 2.5, styles.SMALL, text)


def _canvas(width: float, height: float) -> Any:
    """A ReportLab canvas; Any, because its stubs know neither its document nor that a font name is a string."""
    make: Any = Canvas
    return make(
        "", pagesize=(width, height), invariant=1, pageCompression=0, lang="id-ID", initialFontName=fonts.initial()
    )


def _close(canvas: Any) -> None:
    """End the page, its drawing compressed by us."""
    canvas.showPage()
    page = canvas._doc.Pages.pages[-1]
    page.Contents = Ready(stream_body(zlib.compress(page.stream.encode("ascii"), 3)))


def _groups(rows: Sequence[Row]) -> list[list[Row]]:
    """Rows that must stay on one page, as far as a page can hold them."""
    groups: list[list[Row]] = []
    joined = False
    for row in rows:
        if joined:
            groups[-1].append(row)
        else:
            groups.append([row])
        joined = row.keep
    return groups
