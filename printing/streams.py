"""PDF objects whose bytes are ready. ReportLab formats every number of a font anew in each document."""

from __future__ import annotations

from typing import Any

from reportlab.pdfbase import pdfdoc


class Ready(pdfdoc.PDFObject):
    """An object by its bytes; `%s` in them stands for the references, in order."""

    __RefOnly__ = 1  # ReportLab: always an object of its own, never written into another

    def __init__(self, body: bytes, *references: pdfdoc.PDFObjectReference) -> None:
        self._body = body
        self._references = references

    def format(self, document: Any) -> bytes:
        if not self._references:
            return self._body
        return self._body % tuple([reference.format(document) for reference in self._references])


def stream_body(compressed: bytes, entries: str = "") -> bytes:
    """The bytes of a stream object from zlib bytes; entries: further ones of its dictionary."""
    head = f"<< /Filter /FlateDecode /Length {len(compressed)}{entries} >>\nstream\n"
    return head.encode("ascii") + compressed + b"\nendstream\n"
