"""Queue tickets as ESC/POS bytes, for the roll printer at the desk. Knows no PDF and starts in no time.

Commands used are the ones every ESC/POS printer has (Epson's reference names in brackets). Text is sent in code page
437; what the printer lacks is written in plain letters (`é` stays, `ā` becomes `a`, `·` stays, `–` becomes `-`), and
what has no plain letters becomes `?`. Control characters never reach the printer: they would be commands.
"""

from __future__ import annotations

import unicodedata

from ilp_desk.errors import UserError
from ilp_desk.paperwork import QueueTicket

ESC, GS = b"\x1b", b"\x1d"
PREFIX = "ILP1:"
"""What stands before the uid in every QR of ours: a scanner field knows it by this."""

_COLUMNS = {80: 48, 58: 32}  # font A is 12 dots wide; the heads are 576 and 384 dots wide
_PLAIN = str.maketrans(
    {"–": "-", "—": "-", "−": "-", "‘": "'", "’": "'", "“": '"', "”": '"', "…": "...", "•": "\xb7", "×": "x", "→": "->"}
)


OFFERED = "Tanyakan juga hari ini:"
"""Before the services of a ticket."""


class PaperUnknown(UserError):
    default = "Lebar kertas tiket harus 80 atau 58 mm. Perbaiki pengaturan printer di Manajemen."


def plain(text: str) -> bytes:
    """Text in the printer's code page; newlines and tabs become blanks, other control characters vanish."""
    kept = []
    for sign in unicodedata.normalize("NFC", text.translate(_PLAIN)):
        if sign in "\n\r\t" or unicodedata.category(sign) in ("Zs", "Zl", "Zp"):
            kept.append(b" ")
        elif unicodedata.category(sign) not in ("Cc", "Cf", "Mn"):
            kept.append(_one(sign))
    return b"".join(kept)


def _one(sign: str) -> bytes:
    for form in (sign, unicodedata.normalize("NFKD", sign)):
        try:
            return "".join(part for part in form if not unicodedata.combining(part)).encode("cp437")
        except UnicodeEncodeError:
            continue
    return b"?"


def wrap(text: str, columns: int) -> list[bytes]:
    """Lines of at most `columns` letters; words longer than a line are cut."""
    lines: list[bytes] = []
    line = b""
    for word in plain(text).split():
        if line and len(line) + 1 + len(word) > columns:
            lines.append(line)
            line = b""
        while len(word) > columns:
            lines.append(word[:columns])
            word = word[columns:]
        line = line + b" " + word if line else word
    return [*lines, line] if line else lines


class Roll:
    """Writes ESC/POS. Every text is wrapped to the paper; alignment and size hold until changed."""

    def __init__(self, width_mm: int) -> None:
        if width_mm not in _COLUMNS:
            raise PaperUnknown
        self._columns = _COLUMNS[width_mm]
        self._scale = 1
        self._bytes = bytearray(ESC + b"@" + ESC + b"t\x00")  # initialise [ESC @]; code page 437 [ESC t]

    def align(self, where: str) -> None:
        """left, center or right [ESC a]."""
        self._bytes += ESC + b"a" + bytes([("left", "center", "right").index(where)])

    def size(self, scale: int) -> None:
        """Letters 1 to 8 times as wide and high [GS !]."""
        self._scale = scale
        self._bytes += GS + b"!" + bytes([(scale - 1) << 4 | (scale - 1)])

    def bold(self, on: bool) -> None:
        """[ESC E]"""
        self._bytes += ESC + b"E" + bytes([on])

    def inverse(self, on: bool) -> None:
        """White on black [GS B]."""
        self._bytes += GS + b"B" + bytes([on])

    def text(self, text: str) -> None:
        for line in wrap(text, self._columns // self._scale):
            self._bytes += line + b"\n"

    def fitting_size(self, text: str, largest: int) -> int:
        """The largest scale at which the text stays on one line, at least 1."""
        letters = max(1, len(plain(text)))
        return max(1, min(largest, self._columns // letters))

    def rule(self) -> None:
        self._bytes += b"-" * self._columns + b"\n"

    def feed(self, lines: int = 1) -> None:
        self._bytes += ESC + b"d" + bytes([lines])

    def qr(self, content: str, module: int = 5) -> None:
        """QR of printable ASCII, correction M; module: dots a cell [GS ( k, functions 165, 167, 169, 180, 181]."""
        data = content.encode("ascii")
        for function in (b"1A2\x00", b"1C" + bytes([module]), b"1E1", b"1P0" + data, b"1Q0"):
            self._bytes += GS + b"(k" + len(function).to_bytes(2, "little") + function

    def code128(self, content: str, height: int = 60, module: int = 2) -> None:
        """Code 128 (set B) of printable ASCII with its text below [GS H, GS h, GS w, GS k]."""
        data = b"{B" + content.encode("ascii").replace(b"{", b"{{")
        self._bytes += GS + b"H\x02" + GS + b"h" + bytes([height]) + GS + b"w" + bytes([module])
        self._bytes += GS + b"kI" + bytes([len(data)]) + data

    def cut(self) -> None:
        """Feed to the knife and cut, leaving a bridge [GS V 66]."""
        self._bytes += GS + b"VB\x03"

    def getvalue(self) -> bytes:
        return bytes(self._bytes)


def ticket(data: QueueTicket, width_mm: int) -> bytes:
    """The queue ticket for 80 or 58 mm paper; raises PaperUnknown for another width."""
    roll = Roll(width_mm)
    roll.align("center")
    roll.bold(True)
    roll.text(data.facility)
    roll.bold(False)
    roll.text(data.issued_at)
    roll.rule()
    roll.text("NOMOR ANTREAN")
    roll.bold(True)
    roll.size(roll.fitting_size(data.number, 8))
    roll.text(data.number)
    roll.size(2)
    roll.inverse(True)
    roll.text(cluster(data))
    roll.inverse(False)
    roll.text(data.service_point)
    roll.size(1)
    roll.text(data.room)
    roll.text(data.priority)
    roll.bold(False)
    roll.rule()
    for line in waiting(data):
        roll.text(line)
    if data.next_services:
        roll.feed()
        roll.text("Setelah itu:")
        roll.bold(True)
        for service in data.next_services:
            roll.text(" · ".join(part for part in (service.name, service.room, service.number) if part))
        roll.bold(False)
    if data.offered:
        roll.feed()
        roll.text(OFFERED)
        roll.bold(True)
        roll.text(" · ".join(data.offered))
        roll.bold(False)
    if data.uid:
        roll.feed()
        roll.qr(PREFIX + data.uid, 5 if width_mm == 80 else 4)
    if data.record_tail:
        roll.text(f"No. RM ... {data.record_tail}")
    if data.note:
        roll.rule()
        roll.text(data.note)
    roll.cut()
    return roll.getvalue()


def cluster(data: QueueTicket) -> str:
    """`A · Ibu & Anak`"""
    return " · ".join(part for part in (data.cluster_letter, data.cluster_name) if part)


def waiting(data: QueueTicket) -> list[str]:
    """How long it may take, in words."""
    lines = []
    if data.waiting_ahead == 0:
        lines.append("Anda yang berikutnya")
    elif data.waiting_ahead is not None:
        lines.append(f"Menunggu di depan Anda: {data.waiting_ahead} orang")
    if data.estimate:
        lines.append(f"Perkiraan dipanggil {data.estimate}")
    return lines
