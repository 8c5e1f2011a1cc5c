"""Logos: read, made small and compressed once a process, then only placed."""

from __future__ import annotations

import functools
import hashlib
import io
import logging
import zlib
from dataclasses import dataclass
from typing import Any

from PIL import Image

from ilp_desk.errors import DeskError, InvalidInput
from printing import styles
from printing.lines import measure
from printing.pen import Pen
from printing.streams import Ready, stream_body

_log = logging.getLogger(__name__)
_MOST_PIXELS = 320  # 15 mm at 540 dpi

UNREADABLE = "logo rusak"


class _NoPicture(DeskError):
    """The bytes are no PNG or JPEG."""


@dataclass(frozen=True, slots=True)
class _Logo:
    name: str
    width: int
    height: int
    body: bytes


@functools.lru_cache(maxsize=8)
def _read(data: bytes) -> _Logo | None:
    try:
        small = _open(data)
    except _NoPicture:
        _log.warning("a logo of %d bytes cannot be read as a picture; a mark is printed in its place", len(data))
        return None
    entries = (
        f" /Type /XObject /Subtype /Image /Width {small.width} /Height {small.height}"
        " /BitsPerComponent 8 /ColorSpace /DeviceRGB"
    )
    body = stream_body(zlib.compress(small.tobytes(), 9), entries)
    return _Logo("logo" + hashlib.sha256(data).hexdigest()[:16], small.width, small.height, body)


def _open(data: bytes) -> Image.Image:
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as picture:
            picture.draft("RGB", (_MOST_PIXELS, _MOST_PIXELS))
            full = picture.convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as trouble:
        raise _NoPicture from trouble
    full.thumbnail((_MOST_PIXELS, _MOST_PIXELS))
    white = Image.new("RGBA", full.size, "white")
    return Image.alpha_composite(white, full).convert("RGB")


def check_logo(data: bytes) -> None:
    """Raises InvalidInput (field `logo`) where the bytes are no PNG or JPEG. For where logos are chosen."""
    try:
        _open(data)
    except _NoPicture as trouble:
        raise InvalidInput("logo", "Gambar ini tidak dapat dibaca. Pilih berkas PNG atau JPG yang lain.") from trouble


def draw_logo(pen: Pen, data: bytes, x: float, top: float, side: float) -> None:
    """The logo inside a square, or a visible mark where the bytes are no picture: a letter must not wait for a logo."""
    logo = _read(data)
    if logo is None:
        pen.circle(x + side / 2, top + side / 2, side / 2, grey=styles.LINE)
        style = styles.NOTE.scaled(0.8)
        wide = measure(style, UNREADABLE)
        pen.text(x + (side - wide) / 2, top + side / 2 + 2.5, style, UNREADABLE)
        return
    scale = side / max(logo.width, logo.height)
    wide, tall = logo.width * scale, logo.height * scale
    pen.image(_place(pen.canvas, logo), x + (side - wide) / 2, top + (side - tall) / 2, wide, tall)


def _place(canvas: Any, logo: _Logo) -> str:
    """Make the logo known to this document and page; gives its name there."""
    doc = canvas._doc
    inner: str = doc.getXObjectName(logo.name)
    if inner not in doc.idToObject:
        doc.addForm(logo.name, Ready(logo.body))
    canvas._formsinuse.append(logo.name)
    return inner
