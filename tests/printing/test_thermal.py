"""ESC/POS tickets, read by a small printer of the test's own."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilp_desk.errors import UserError
from ilp_desk.paperwork import NextService
from printing.forms import queue_ticket
from printing.renderer import PdfRenderer
from printing.thermal import Roll, plain, ticket, wrap

SAMPLE = queue_ticket.SAMPLE


@dataclass
class Printer:
    """What came out: (scale, line) with the columns each took, codes, whether it was cut."""

    lines: list[tuple[int, str]] = field(default_factory=list)
    qr: list[str] = field(default_factory=list)
    code128: list[str] = field(default_factory=list)
    cut: bool = False
    page: int = -1

    def feed(self, data: bytes) -> Printer:
        at, scale, line, stored = 0, 1, bytearray(), b""
        while at < len(data):
            byte = data[at : at + 1]
            if byte == b"\x1b":
                command = data[at + 1 : at + 2]
                assert command in (b"@", b"t", b"a", b"E", b"d"), f"unknown ESC {command!r}"
                if command == b"t":
                    self.page = data[at + 2]
                at += 2 if command == b"@" else 3
            elif byte == b"\x1d":
                command = data[at + 1 : at + 2]
                if command == b"!":
                    scale = (data[at + 2] & 7) + 1
                    at += 3
                elif command in (b"B", b"H", b"h", b"w"):
                    at += 3
                elif command == b"V":
                    self.cut = True
                    at += 4
                elif command == b"(":
                    assert data[at + 2 : at + 3] == b"k"
                    size = int.from_bytes(data[at + 3 : at + 5], "little")
                    body = data[at + 5 : at + 5 + size]
                    assert len(body) == size
                    if body[:3] == b"1P0":
                        stored = body[3:]
                    if body[:3] == b"1Q0":
                        self.qr.append(stored.decode("ascii"))
                    at += 5 + size
                elif command == b"k":
                    size = data[at + 3]
                    self.code128.append(data[at + 4 : at + 4 + size].decode("ascii"))
                    at += 4 + size
                else:
                    raise AssertionError(f"unknown GS {command!r}")
            elif byte == b"\n":
                self.lines.append((scale, line.decode("cp437")))
                line = bytearray()
                at += 1
            else:
                assert byte[0] >= 0x20, f"control byte {byte!r} in the text"
                line += byte
                at += 1
        assert not line, "text without a line end"
        return self

    @property
    def text(self) -> str:
        return "\n".join(line for _, line in self.lines)


@pytest.mark.parametrize(("width_mm", "columns"), [(80, 48), (58, 32)])
def test_ticket_says_what_the_pdf_says(width_mm: int, columns: int) -> None:
    printer = Printer().feed(PdfRenderer().escpos(SAMPLE, width_mm))
    for expected in ("UPTD Puskesmas Contoh", "A-012", "A · Ibu & Anak", "Poli KIA", "Ruang 3", "Didahulukan",
                     "Menunggu di depan Anda: 4 orang", "Imunisasi · Ruang 5", "47-01"):  # fmt: skip
        assert expected in printer.text
    assert printer.qr == [f"ILP1:{SAMPLE.uid}"]
    assert printer.cut
    assert printer.page == 0
    assert all(len(line) * scale <= columns for scale, line in printer.lines)
    largest = max(printer.lines)
    assert largest[1] == "A-012"
    assert largest[0] >= 6


@given(st.text(max_size=300), st.sampled_from([80, 58]))
def test_no_typed_text_becomes_a_command(typed: str, width_mm: int) -> None:
    texts: dict[str, Any] = dict.fromkeys(
        ("facility", "number", "cluster_name", "service_point", "room", "note", "priority"), typed
    )
    data = replace(SAMPLE, next_services=(NextService(typed, typed, typed),), **texts)
    printer = Printer().feed(ticket(data, width_mm))
    columns = {80: 48, 58: 32}[width_mm]
    assert all(len(line) * scale <= columns for scale, line in printer.lines)
    assert printer.qr == [f"ILP1:{SAMPLE.uid}"]


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Ma'ruf d’Arc", b"Ma'ruf d'Arc"),
        ("Renée", "Renée".encode("cp437")),
        ("Łucja Āminah", b"?ucja Aminah"),
        ("SpO₂ ≥ 94%", "SpO2 ≥ 94%".encode("cp437")),
        ("Poli – KIA…", b"Poli - KIA..."),
        ("Siti 😀", b"Siti ?"),
        ("\x1b@\x1dV\x00Siti\x07", b"@VSiti"),
        ("a\nb\tc\u00a0d", b"a b c d"),
        ("Ｓｉｔｉ", b"Siti"),
    ],
)
def test_signs_the_printer_lacks_are_written_plainly(typed: str, printed: bytes) -> None:
    assert plain(typed) == printed


def test_long_words_are_cut_into_lines() -> None:
    assert wrap("x" * 70 + " y", 32) == [b"x" * 32, b"x" * 32, b"x" * 6 + b" y"]
    assert wrap("", 32) == []


def test_code_128_is_sent_with_its_text() -> None:
    roll = Roll(80)
    roll.code128("00-12{47")
    assert Printer().feed(roll.getvalue()).code128 == ["{B00-12{{47"]


def test_another_paper_width_is_refused_in_words() -> None:
    with pytest.raises(UserError, match="80 atau 58 mm"):
        PdfRenderer().escpos(SAMPLE, 110)


def test_thermal_tickets_need_no_pdf_library() -> None:
    seen = subprocess.run(
        [sys.executable, "-c", "import printing, printing.thermal, sys; print('reportlab' in sys.modules)"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert seen.stdout.strip() == "False"
