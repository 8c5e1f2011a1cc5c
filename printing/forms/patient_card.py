"""Kartu berobat, ID-1 (85.6 x 54 mm)."""

from __future__ import annotations

from ilp_desk.paperwork import PatientCard
from printing import codes, parts, styles
from printing.page import Page, TooMuchText
from printing.parts import Row
from printing.pen import Pen
from printing.styles import MM, Style

PAPER = styles.ID1
QR_SIDE = 21.5 * MM
HEAD_HEIGHT = 27.0
FOOT_HEIGHT = 15.0

KIND = Style("bold", 7.0, 9.0, tracking=1.3)
FACILITY = Style("bold", 10.0, 12.6)
CAPTION = Style("regular", 6.6, 8.2, styles.MUTED)
NUMBER = Style("bold", 14.0, 17.0)
NAME = Style("bold", 11.2, 14.4)
DETAIL = Style("regular", 8.8, 11.6)
FOOT = Style("regular", 6.8, 8.4, styles.MUTED)


def draw(data: PatientCard, page: Page) -> None:
    width = page.width
    body_height = page.height - HEAD_HEIGHT - FOOT_HEIGHT
    head = _fit([(KIND, "KARTU BEROBAT"), (FACILITY, data.facility)], width, HEAD_HEIGHT - 5)
    page.add([*head, Row(HEAD_HEIGHT - parts.total(head), _rule_at_foot(width, HEAD_HEIGHT - parts.total(head)))])
    texts = [
        (CAPTION, "No. RM" if data.record_number else ""),
        (NUMBER, data.record_number),
        (NAME, data.name),
        (DETAIL, " · ".join(part for part in (data.birth_date, data.sex) if part)),
        (DETAIL, data.address),
    ]
    if data.family_folder:
        texts.append((DETAIL, f"Map keluarga {data.family_folder}"))
    body = _fit(texts, width - QR_SIDE - 9, body_height)
    code = codes.qr(data.uid)
    quiet = (body_height - QR_SIDE) / 2
    page.add([Row(0.0, lambda pen, x, top: code.draw_square(pen, x + width - QR_SIDE, top + quiet, QR_SIDE))])
    page.add([*body, Row(body_height - parts.total(body))])
    phone = f" Telp. {data.phone}." if data.phone else ""
    text = f"Bawa kartu ini setiap kali berobat. Bila ditemukan, mohon serahkan ke Puskesmas.{phone}"
    page.add(_fit([(FOOT, text)], width, FOOT_HEIGHT))


def _fit(texts: list[tuple[Style, str]], width: float, height: float) -> list[Row]:
    rows = parts.fitted([entry for entry in texts if entry[1]], width, height)
    if rows is None:
        raise TooMuchText
    return rows


def _rule_at_foot(width: float, height: float) -> parts.Draw:
    def draw_rule(pen: Pen, x: float, top: float) -> None:
        pen.line(x, top + height - 2.5, x + width, top + height - 2.5, 1.0)

    return draw_rule


SAMPLE = PatientCard(
    uid="01932f5a-1111-7e8e-9a3b-1f2e3d4c5b6a",
    facility="UPTD Puskesmas Contoh",
    record_number="00-12-47-01",
    name="Siti Contoh",
    birth_date="3 Februari 1999",
    sex="Perempuan",
    address="Jr. Contoh RT 02/RW 01, Nagari Contoh",
    family_folder="00-12-47",
    phone="(000) 00000",
)
