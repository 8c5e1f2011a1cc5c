"""Label for the record folder, 50 x 20 mm."""

from __future__ import annotations

from ilp_desk.paperwork import RecordLabel
from printing import codes, parts, styles
from printing.page import Page, TooMuchText
from printing.parts import Row
from printing.styles import Style

PAPER = styles.LABEL_50
BARS = 17.5  # at least so much height is left to the bars
NUMBER = Style("bold", 8.6, 10.4, tracking=0.4)
NAME = Style("semibold", 7.6, 9.4)
DETAIL = Style("regular", 6.8, 8.4)


def draw(data: RecordLabel, page: Page) -> None:
    texts = [(NUMBER, data.record_number), (NAME, data.name), (DETAIL, data.birth_sex)]
    rows = parts.fitted(texts, page.width, page.height - BARS, "center")
    if rows is None:
        raise TooMuchText
    code = codes.code128(data.record_number)
    left, wide = codes.place_bars(code, page.width)
    tall = page.height - parts.total(rows)
    page.add([Row(tall, lambda pen, x, top: code.draw_bars(pen, x + left, top, wide, tall - 1.5)), *rows])


SAMPLE = RecordLabel(record_number="00-12-47-01", name="Siti Contoh", birth_sex="03-02-1999 · P")
