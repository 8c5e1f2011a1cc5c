"""Reads PDFs back: text, places of signs, sizes, QR and Code 128."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pypdfium2.raw
import zxingcpp


@dataclass(frozen=True)
class Sign:
    """A printed sign and the box of its ink, in points from the lower left corner."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def height(self) -> float:
        return self.top - self.bottom


@dataclass(frozen=True)
class Sheet:
    width: float
    height: float
    text: str
    signs: tuple[Sign, ...]


def read(pdf: bytes) -> list[Sheet]:
    """All pages. Slanted signs (the watermark) are left out of `signs`."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [_sheet(page) for page in document]


def _sheet(page: Any) -> Sheet:
    text_page = page.get_textpage()
    signs = []
    for index in range(text_page.count_chars()):
        code = pypdfium2.raw.FPDFText_GetUnicode(text_page, index)
        angle = pypdfium2.raw.FPDFText_GetCharAngle(text_page, index)
        if chr(code).isspace() or code == 0 or math.sin(angle) ** 2 > 0.01:
            continue
        left, bottom, right, top = text_page.get_charbox(index)
        if right > left and top > bottom:
            signs.append(Sign(chr(code), left, bottom, right, top))
    width, height = page.get_size()
    return Sheet(width, height, text_page.get_text_bounded(), tuple(signs))


def text(pdf: bytes) -> str:
    """The text of all pages, blanks and line ends made one blank."""
    return " ".join(" ".join(sheet.text for sheet in read(pdf)).split())


def overprints(sheet: Sheet) -> list[tuple[Sign, Sign]]:
    """Pairs of signs whose ink boxes overlap by more than neighbours in a well-set word do."""
    cells: dict[tuple[int, int], list[Sign]] = defaultdict(list)
    found = []
    for sign in sheet.signs:
        slack = 0.3 + 0.07 * sign.height
        left, right = sign.left + slack, sign.right - slack
        bottom, top = sign.bottom + slack * 0.5, sign.top - slack * 0.5
        if right <= left or top <= bottom:
            continue
        inner = Sign(sign.text, left, bottom, right, top)
        places = [
            (x, y)
            for x in range(int(left // 24), int(right // 24) + 1)
            for y in range(int(bottom // 24), int(top // 24) + 1)
        ]
        near = {id(other): other for place in places for other in cells[place]}
        for other in near.values():
            if other.left < right and left < other.right and other.bottom < top and bottom < other.top:
                found.append((other, inner))
        for place in places:
            cells[place].append(inner)
    return found


def outside(sheet: Sheet, left: float, right: float, top: float, bottom: float) -> list[Sign]:
    """Signs with ink in the margins, which are given in points; slanted letters may lean out by a point."""
    return [
        sign
        for sign in sheet.signs
        if sign.left < left - 1.0
        or sign.right > sheet.width - right + 1.0
        or sign.bottom < bottom - 1.0
        or sign.top > sheet.height - top + 1.0
    ]


def codes(pdf: bytes, dpi: int = 203) -> list[tuple[str, str]]:
    """(kind, content) of every code on the pages, as a scanner at the print resolution of a label printer sees it."""
    found = []
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            picture = page.render(scale=dpi / 72).to_pil()
            found += [(code.format.name, code.text) for code in zxingcpp.read_barcodes(picture)]
    return found
