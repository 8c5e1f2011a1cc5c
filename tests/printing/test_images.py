"""Logos of the letterhead."""

from __future__ import annotations

import io
from dataclasses import replace

import pypdfium2
import pytest
from PIL import Image

from ilp_desk.errors import InvalidInput
from printing.forms import referral_letter
from printing.images import UNREADABLE, check_logo
from printing.renderer import PdfRenderer
from tests.printing.reading import overprints, read, text

renderer = PdfRenderer()


def logo(kind: str, mode: str = "RGB", size: tuple[int, int] = (200, 160), colour: str = "#cc2200") -> bytes:
    written = io.BytesIO()
    Image.new(mode, size, colour).save(written, kind)
    return written.getvalue()


def letter(left: bytes | None, right: bytes | None) -> bytes:
    kop = replace(referral_letter.SAMPLE.letterhead, logo_left=left, logo_right=right)
    return renderer.pdf(replace(referral_letter.SAMPLE, letterhead=kop))


def colour_at(pdf: bytes, x_mm: float, y_mm: float) -> tuple[int, ...]:
    with pypdfium2.PdfDocument(pdf) as document:
        picture = document[0].render(scale=2).to_pil().convert("RGB")
    found = picture.getpixel((round(x_mm / 25.4 * 144), round(y_mm / 25.4 * 144)))
    assert isinstance(found, tuple)
    return found


def test_both_logos_stand_beside_the_letterhead() -> None:
    pdf = letter(logo("PNG"), logo("JPEG", colour="#0033cc"))
    red, blue = colour_at(pdf, 22, 17), colour_at(pdf, 188, 17)
    assert red[0] > 180 > 80 > red[2]
    assert blue[2] > 180 > 80 > blue[0]
    assert overprints(read(pdf)[0]) == []


def test_a_transparent_logo_is_white_where_nothing_is() -> None:
    assert colour_at(letter(logo("PNG", "RGBA", colour="#00000000"), None), 22, 17) == (255, 255, 255)


def test_the_same_logo_twice_is_stored_once() -> None:
    one, two = letter(logo("PNG"), None), letter(logo("PNG"), logo("PNG"))
    assert one.count(b"/Subtype /Image") == two.count(b"/Subtype /Image") == 1


def test_a_large_photo_is_made_small() -> None:
    assert len(letter(logo("JPEG", size=(4000, 3000)), None)) < 120_000


@pytest.mark.parametrize("data", [b"not a picture", b"\x89PNG\r\n\x1a\n broken", logo("PNG")[:60]])
def test_a_damaged_logo_is_marked_and_the_letter_still_prints(data: bytes) -> None:
    read_back = text(letter(data, None))
    assert UNREADABLE in read_back
    assert "RUJUKAN GAWAT DARURAT" in read_back


def test_choosing_a_damaged_logo_is_refused_in_words() -> None:
    check_logo(logo("PNG"))
    with pytest.raises(InvalidInput) as refusal:
        check_logo(b"GIF89a")
    assert refusal.value.field == "logo"
    assert "PNG atau JPG" in refusal.value.sentence
