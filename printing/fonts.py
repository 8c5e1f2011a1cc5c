"""The letters on paper: Source Sans Pro, embedded, and the rule for signs it does not have.

Our own texts are drawn strictly: a sign no face has raises `MissingSign`, so a hole can never reach the paper.
What people typed goes through `printable` first, which keeps it readable and visible:
control and invisible formatting characters are removed, look-alikes are replaced by their plain form (`Ａ` by `A`),
and every other sign the faces lack (emoji, Arabic ...) becomes `SUBSTITUTE`.
"""

from __future__ import annotations

import functools
import re
import threading
import unicodedata
import zlib
from importlib import resources
from typing import Any, Literal, NamedTuple

from reportlab.pdfbase import pdfmetrics, ttfonts

from ilp_desk.errors import DeskError, UserError
from ilp_desk.paperwork.common import SUBSTITUTE as SUBSTITUTE
from printing.streams import Ready, stream_body

Face = Literal["regular", "semibold", "bold", "italic"]
Runs = list[tuple[Face, str]]

_FILES: dict[Face, str] = {
    "regular": "SourceSansPro-Regular.ttf",
    "semibold": "SourceSansPro-Semibold.ttf",
    "bold": "SourceSansPro-Bold.ttf",
    "italic": "SourceSansPro-It.ttf",
}
# Put first into the embedded subset of every document, so that nearly all documents share one subset and it is made
# and compressed once a process instead of once a letter.
_USUAL_SIGNS = "·–—−×±≥≤→•°₂₄₆½☐✓“”’…µéèüöñ⁇"
_lock = threading.RLock()


class MissingSign(DeskError):
    """A text of ours holds a sign that no printing face has."""


class FontsMissing(UserError):
    default = "Huruf cetak tidak ditemukan, jadi belum bisa mencetak. Pasang ulang ILP Desk, lalu coba lagi."


class _Subset(NamedTuple):
    """The four PDF objects of an embedded subset, as bytes."""

    font_file: bytes
    unicode_map: bytes
    descriptor: bytes
    entry: bytes


class PrintFont(ttfonts.TTFont):
    """A TrueType font whose embedded subsets are made once and kept.

    ReportLab makes and compresses the subset anew for each document, 1 ms a face; a queue ticket has 1 ms in all.
    """

    def __init__(self, name: str, path: str) -> None:
        super().__init__(name, path, asciiReadable=1, shapable=False)
        self.signs = frozenset(chr(code) for code in self.face.charToGlyph if code >= 0x20) | {"\xa0"}
        self.widths: dict[str, float] = {sign: self.face.getCharWidth(ord(sign)) / 1000 for sign in self.signs}
        self.widths["\xa0"] = self.widths[" "]  # ReportLab draws a no-break space as a space
        self._usual = "".join(sign for sign in _USUAL_SIGNS if sign in self.signs)
        self._subset = functools.lru_cache(maxsize=24)(self._make_subset)

    def begin(self, doc: Any) -> None:
        """Reserve the usual signs in a document before anything is drawn in it."""
        super().splitString(self._usual, doc)

    def splitString(self, text: str, doc: Any, encoding: str = "utf-8") -> list[tuple[int, bytes]]:
        if text.isascii():  # codes 32-126 of the first subset are ASCII itself
            return [(0, text.encode("ascii"))]
        pieces: list[tuple[int, bytes]] = super().splitString(text, doc, encoding)
        return pieces

    def _make_subset(self, signs: tuple[int, ...], name: str) -> _Subset:
        face = self.face
        with _lock:  # the face is one open file with one reading position
            font_file = face.makeSubset(signs)
        unicode_map = ttfonts.makeToUnicodeCMap(name, signs).encode("ascii")
        widths = " ".join([f"{face.getCharWidth(code):.0f}" for code in signs])
        flags = face.flags & ~ttfonts.FF_NONSYMBOLIC | ttfonts.FF_SYMBOLIC
        box = " ".join([f"{edge:.0f}" for edge in face.bbox])
        descriptor = (
            f"<< /Type /FontDescriptor /FontName /{name} /Flags {flags} /FontBBox [{box}] "
            f"/Ascent {face.ascent:.0f} /Descent {face.descent:.0f} /CapHeight {face.capHeight:.0f} "
            f"/ItalicAngle {face.italicAngle:.0f} /StemV {face.stemV:.0f} "
            f"/MissingWidth {face.defaultWidth:.0f} /FontFile2 %s >>"
        )
        entry = (
            f"<< /Type /Font /Subtype /TrueType /BaseFont /{name} /FirstChar 0 /LastChar {len(signs) - 1} "
            f"/Widths [{widths}] /ToUnicode %s /FontDescriptor %s >>"
        )
        return _Subset(
            stream_body(zlib.compress(font_file, 9), f" /Length1 {len(font_file)}"),
            stream_body(zlib.compress(unicode_map, 9)),
            descriptor.encode("ascii"),
            entry.encode("ascii"),
        )

    def addObjects(self, doc: Any) -> None:
        """ReportLab's hook at the end of a document: put font file, widths and unicode map into it."""
        for index, signs in enumerate(self.state[doc].subsets):
            internal = self.getSubsetInternalName(index, doc).removeprefix("/")
            name = f"{ttfonts.SUBSETN(index).decode('ascii')}+{self.face.name.decode('ascii')}"
            subset = self._subset(tuple(signs), name)
            unicode_map = doc.Reference(Ready(subset.unicode_map), f"toUnicode:{name}")
            font_file = doc.Reference(Ready(subset.font_file), f"fontFile:{name}")
            descriptor = doc.Reference(Ready(subset.descriptor, font_file), f"fontDescriptor:{name}")
            entry = Ready(subset.entry, unicode_map, descriptor)
            doc.Reference(entry, internal)
            doc.idToObject["BasicFonts"].dict[internal] = entry
        del self.state[doc]


@functools.cache
def font(face: Face) -> PrintFont:
    """The loaded face; raises FontsMissing. 4 ms the first time, then nothing."""
    with _lock:
        try:
            folder = resources.files("font_source_sans_pro") / "files"
            with resources.as_file(folder / _FILES[face]) as path:
                return PrintFont(f"SourceSans-{face}", str(path))
        except (ModuleNotFoundError, OSError, ttfonts.TTFError) as trouble:
            raise FontsMissing from trouble


def initial() -> str:
    """The name of a face for ReportLab's canvas, which else puts an unembedded Helvetica into every file."""
    regular = font("regular")
    pdfmetrics.registerFont(regular)
    return regular.fontName


def check() -> None:
    """Load every face; raises FontsMissing. For `ilp-desk check`."""
    for face in _FILES:
        font(face)


def split(text: str, face: Face) -> Runs:
    """Runs of (face, text) in which every sign exists: the wanted face first, then regular. Raises MissingSign."""
    signs = font(face).signs
    if signs.issuperset(text):
        return [(face, text)]
    fallback = font("regular").signs
    runs: Runs = []
    for sign in text:
        if sign in signs:
            chosen = face
        elif sign in fallback:
            chosen = "regular"
        else:
            raise MissingSign(f"sign {sign!r} (U+{ord(sign):04X}) is in no printing face")
        if runs and runs[-1][0] == chosen:
            runs[-1] = (chosen, runs[-1][1] + sign)
        else:
            runs.append((chosen, sign))
    return runs


@functools.lru_cache(maxsize=4096)
def width(face: Face, text: str) -> float:
    """Width of a text at size 1. Raises MissingSign."""
    widths = font(face).widths
    try:
        return sum([widths[sign] for sign in text])
    except KeyError:
        return sum(font(part).widths[sign] for part, run in split(text, face) for sign in run)


@functools.cache
def _drawable() -> frozenset[str]:
    """Signs of typed text that are drawn as they are: the regular face, without those nothing is to be seen of."""
    signs = font("regular").signs
    return frozenset(sign for sign in signs if unicodedata.category(sign) not in ("Cc", "Cf")) | {"\n"}


@functools.cache
def _composed() -> re.Pattern[str]:
    """Text that needs no second look: drawable, and no accent apart from its letter."""
    signs = "".join(sorted(sign for sign in _drawable() if not unicodedata.combining(sign)))
    return re.compile(f"[{re.escape(signs)}]*")


def printable(text: str) -> str:
    """What people typed, made drawable: newlines stay, tabs become blanks; see the head of this module."""
    if _composed().fullmatch(text):
        return text
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join([_printable_sign(sign) for sign in text])


def _printable_sign(sign: str) -> str:
    drawable = _drawable()
    if sign in drawable:
        return sign
    category = unicodedata.category(sign)
    if category in ("Zl", "Zp"):
        return "\n"
    if category == "Zs" or sign == "\t":
        return " "
    if category in ("Cc", "Cf") or "\ufe00" <= sign <= "\ufe0f":  # the last: variation selectors
        return ""
    plain = unicodedata.normalize("NFKC", sign)
    return plain if drawable.issuperset(plain) else SUBSTITUTE
