"""QR and Code 128 as cells of a grid, for one filled path."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from ilp_desk.errors import UserError
from printing.pen import Pen
from printing.styles import MM
from printing.thermal import PREFIX

_DARK = re.compile("1+")
_DOT = 0.125 * MM  # of a printer with 8 dots a millimetre
_LEAST_MODULE = 0.17 * MM  # below this cheap scanners lose bars


class CodeTooLong(UserError):
    default = "Nomor ini terlalu panjang atau memakai tanda yang tidak bisa dijadikan barcode. Perbaiki nomornya dulu."


@dataclass(frozen=True, slots=True)
class Code:
    """modules: cells across, without the quiet zone; boxes: (column, row, columns wide) of black cells."""

    modules: int
    boxes: tuple[tuple[int, int, int], ...]

    def draw_square(self, pen: Pen, x: float, top: float, side: float) -> None:
        pen.cells(x, top, side / self.modules, side / self.modules, self.boxes)

    def draw_bars(self, pen: Pen, x: float, top: float, width: float, height: float) -> None:
        pen.cells(x, top, width / self.modules, height, self.boxes)


def qr(uid: str) -> Code:
    """The QR of a uid: `ILP1:<uid>` and nothing else, so that a lost paper tells nothing.

    Exactly the symbol `segno` makes with error correction M and mask 4, but put together from parts: each symbol costs
    segno 0.5 ms (2.4 with a mask of its own choice), half of what a queue ticket may take.
    """
    content = PREFIX + uid
    size, symbol = _zeros(len(content))
    for place, sign in enumerate(content):
        symbol ^= _difference(len(content), place, sign)
    bits = f"{symbol:0{size * size}b}"
    boxes = []
    for row in range(size):
        for run in _DARK.finditer(bits[row * size : row * size + size]):
            boxes.append((run.start(), row, run.end() - run.start()))
    return Code(size, tuple(boxes))


@functools.lru_cache(maxsize=8)
def _zeros(length: int) -> tuple[int, int]:
    """(modules a side, modules as bits) of the QR whose content is that many zero bytes."""
    return _symbol(bytes(length))


@functools.lru_cache(maxsize=4096)
def _difference(length: int, place: int, sign: str) -> int:
    """Which modules turn when one zero byte of the content becomes `sign`.

    With version and mask fixed, every module is a sum modulo 2 of content bits (Reed-Solomon codes are linear), so
    the symbol of any content is the sum of these differences. The test compares with segno itself.
    """
    content = bytearray(length)
    content[place] = ord(sign)
    return _symbol(bytes(content))[1] ^ _zeros(length)[1]


def _symbol(content: bytes) -> tuple[int, int]:
    import segno  # only papers with a QR pay for it

    matrix = segno.make_qr(content, mode="byte", error="m", mask=4, boost_error=False).matrix
    return len(matrix), int("".join(["1" if dark else "0" for row in matrix for dark in row]), 2)


def code128(value: str) -> Code:
    """Code 128 of printable ASCII; raises CodeTooLong for anything else."""
    from reportlab.graphics.barcode.code128 import Code128  # 140 ms, labels only

    if not value or not value.isascii() or not value.isprintable():
        raise CodeTooLong
    symbol = Code128(value, quiet=0)
    symbol.validate()
    symbol.encode()
    boxes, column = [], 0
    for element in symbol.decompose():  # upper case letters are bars, lower case gaps; a is one module wide
        wide = ord(element.lower()) - ord("a") + 1
        if element.isupper():
            boxes.append((column, 0, wide))
        column += wide
    return Code(column, tuple(boxes))


def place_bars(code: Code, width: float) -> tuple[float, float]:
    """(x, width) of the bars of a Code 128 centred in `width`, with quiet zones of 10 modules; raises CodeTooLong.

    Modules are whole dots of a 203 dpi label printer where two or more fit: half dots make bars of uneven width.
    """
    module = min(width / (code.modules + 20), 0.5 * MM)
    if module >= 2 * _DOT:
        module = module // _DOT * _DOT
    if module < _LEAST_MODULE:
        raise CodeTooLong
    wide = module * code.modules
    return (width - wide) / 2 // _DOT * _DOT, wide
