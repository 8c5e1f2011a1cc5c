"""QR and Code 128 are the ones the field's own libraries make, and scanners read them."""

from __future__ import annotations

import uuid

import pytest
import segno
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from ilp_desk.errors import UserError
from printing.codes import Code, code128, place_bars, qr
from printing.styles import MM


def picture(code: Code, tall: int, module: int = 3) -> Image.Image:
    """The code on white with a quiet zone; tall: modules a row is high (1 in a QR)."""
    rows = 1 + max(row for _, row, _ in code.boxes)
    image = Image.new("L", ((code.modules + 20) * module, (rows * tall + 20) * module), 255)
    for column, row, wide in code.boxes:
        left, top = (column + 10) * module, (row * tall + 10) * module
        image.paste(0, (left, top, left + wide * module, top + tall * module))
    return image


@given(st.uuids())
def test_qr_is_exactly_what_segno_makes(uid: uuid.UUID) -> None:
    code = qr(str(uid))
    dark = {(x, row) for column, row, wide in code.boxes for x in range(column, column + wide)}
    symbol = segno.make_qr(f"ILP1:{uid}", error="m", mask=4, boost_error=False)
    assert dark == {(x, row) for row, cells in enumerate(symbol.matrix) for x, cell in enumerate(cells) if cell}
    assert code.modules == len(symbol.matrix)


@given(st.uuids())
def test_qr_is_read_with_its_prefix_and_nothing_more(uid: uuid.UUID) -> None:
    code = qr(str(uid))
    (found,) = zxingcpp.read_barcodes(picture(code, 1))
    assert found.text == f"ILP1:{uid}"


@given(st.text(alphabet=st.characters(min_codepoint=0x20, max_codepoint=0x7E), min_size=1, max_size=16))
def test_code_128_is_read_back(value: str) -> None:
    (found,) = zxingcpp.read_barcodes(picture(code128(value), 40))
    assert (found.format.name, found.text) == ("Code128", value)


@pytest.mark.parametrize("value", ["", "00-12-é", "a\nb", "\x1b"])
def test_what_is_no_printable_ascii_is_refused_in_words(value: str) -> None:
    with pytest.raises(UserError, match="barcode"):
        code128(value)


def test_bars_too_fine_for_a_scanner_are_refused() -> None:
    with pytest.raises(UserError, match="terlalu panjang"):
        place_bars(code128("A" * 30), 36 * MM)


@pytest.mark.parametrize("value", ["001247", "00-12-47-01", "2611210014"])
def test_bars_are_whole_printer_dots_with_quiet_zones(value: str) -> None:
    code = code128(value)
    left, wide = place_bars(code, 46 * MM)
    dots = wide / code.modules / (0.125 * MM)
    assert dots == pytest.approx(round(dots))
    assert dots >= 2
    assert left >= 10 * wide / code.modules - 0.4
    assert left + wide <= 46 * MM - 10 * wide / code.modules + 0.4
