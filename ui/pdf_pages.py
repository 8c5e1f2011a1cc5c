"""Pages of a PDF as pictures, for the preview and for printers that take no PDF. Safe to call from any thread."""

from __future__ import annotations

import threading

import pypdfium2
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QImage

from ilp_desk.errors import UserError

POINTS_PER_INCH = 72
_PDFIUM = threading.Lock()
"""PDFium may be used by one thread at a time."""


class UnreadablePdf(UserError):
    default = "Berkas PDF ini tidak dapat dibaca. Buat ulang dokumennya, lalu coba lagi."


def page_sizes(pdf: bytes) -> tuple[QSizeF, ...]:
    """Width and height of every page, in points (1/72 inch). Raises UnreadablePdf."""
    with _PDFIUM:
        document = _opened(pdf)
        try:
            return tuple(QSizeF(*document.get_page_size(n)) for n in range(len(document)))
        finally:
            document.close()


def holds(pdf: bytes, sign: str) -> bool:
    """Whether a sign stands in the text of any page. Raises UnreadablePdf."""
    with _PDFIUM:
        document = _opened(pdf)
        try:
            return any(sign in page.get_textpage().get_text_range() for page in document)
        finally:
            document.close()


def page_image(pdf: bytes, page: int, dots_per_inch: float) -> QImage:
    """One page (0 is the first), white where the PDF paints nothing. Raises UnreadablePdf."""
    with _PDFIUM:
        document = _opened(pdf)
        try:
            # Four bytes a pixel, blue first: Qt's RGB32. The filled white keeps barcodes readable.
            bitmap = document[page].render(
                scale=dots_per_inch / POINTS_PER_INCH, fill_color=(255, 255, 255, 255), prefer_bgrx=True
            )
            picture = QImage(
                bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32
            )
            return picture.copy()  # the bytes above live no longer than this function
        finally:
            document.close()


def _opened(pdf: bytes) -> pypdfium2.PdfDocument:
    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as error:
        raise UnreadablePdf from error
    if not len(document):
        raise UnreadablePdf
    return document
