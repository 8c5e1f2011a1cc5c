"""Label for a specimen, 40 x 25 mm."""

from __future__ import annotations

from ilp_desk.paperwork import LabLabel
from printing import codes, parts, styles
from printing.page import Page, TooMuchText
from printing.parts import Row
from printing.styles import Style

PAPER = styles.LABEL_40
BARS = 19.0  # at least so much height is left to the bars
CODE = Style("semibold", 6.6, 8.2, tracking=0.4)
NAME = Style("bold", 8.0, 9.8)
DETAIL = Style("regular", 6.8, 8.4)


def draw(data: LabLabel, page: Page) -> None:
    texts = [
        (CODE, data.code),
        (NAME, data.name),
        (DETAIL, f"RM {data.record_number} · {data.age_sex}"),
        (DETAIL, f"{data.specimen} · {data.taken_at}"),
    ]
    rows = parts.fitted(texts, page.width, page.height - BARS, "center")
    if rows is None:
        raise TooMuchText
    code = codes.code128(data.code)
    left, wide = codes.place_bars(code, page.width)
    tall = page.height - parts.total(rows)
    page.add([Row(tall, lambda pen, x, top: code.draw_bars(pen, x + left, top, wide, tall - 1.5)), *rows])


SAMPLE = LabLabel(
    code="2611210014",
    name="Siti Contoh",
    record_number="00-12-47-01",
    age_sex="27 th · P",
    specimen="Darah EDTA",
    taken_at="21-11-2026 08.55",
)
