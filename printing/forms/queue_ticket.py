"""Nomor antrean on roll paper, 80 or 58 mm. No name, no NIK, no diagnosis."""

from __future__ import annotations

from ilp_desk.paperwork import NextService, QueueTicket
from printing import codes, parts, styles, thermal
from printing.page import Page
from printing.parts import Row
from printing.pen import Pen
from printing.styles import Paper, Style

FACILITY = Style("bold", 11.0, 14.0)
SMALL = Style("regular", 9.2, 12.0)
CAPTION = Style("bold", 9.0, 12.0, tracking=1.4)
NUMBER = Style("bold", 66.0, 62.0)
PLACE = Style("bold", 15.0, 18.5)
BODY = Style("regular", 11.0, 14.2)
STRONG = Style("bold", 11.0, 14.2)
BADGE = Style("bold", 12.5, 16.0, "1 g")
QR_SIDE = 62.0


def paper(data: QueueTicket) -> Paper:
    return styles.roll(data.width_mm)


def draw(data: QueueTicket, page: Page) -> None:
    width = page.width
    page.add(parts.paragraph([(FACILITY, data.facility)], width, "center"))
    page.add(parts.paragraph([(SMALL, data.issued_at)], width, "center"))
    page.add([parts.gap(5), _dashes(width)])
    page.add([Row(2.0)])
    page.add(parts.paragraph([(CAPTION, "NOMOR ANTREAN")], width, "center"))
    number = parts.one_line(NUMBER, data.number, width, 20.0)
    page.add(parts.paragraph([(number or NUMBER.scaled(0.3), data.number)], width, "center"))
    page.add(_badge(thermal.cluster(data), width))
    page.add([Row(3.0)])
    page.add(parts.paragraph([(PLACE, data.service_point)], width, "center"))
    page.add(parts.paragraph([(BODY, data.room)], width, "center"))
    if data.priority:
        page.add([Row(2.0), *parts.paragraph([(STRONG, data.priority)], width, "center")])
    page.add([Row(4.0), _dashes(width)])
    for line in thermal.waiting(data):
        page.add(parts.paragraph([(BODY, line)], width, "center"))
    _next_services(data, page)
    if data.offered:
        page.add([Row(4.0), *parts.paragraph([(SMALL, thermal.OFFERED)], width, "center")])
        page.add(parts.paragraph([(STRONG, " · ".join(data.offered))], width, "center"))
    _foot(data, page)


def _badge(text: str, width: float) -> list[Row]:
    """The cluster, white on black: colour does not survive a thermal head."""
    rows = parts.paragraph([(BADGE, text)], width - 12, "center")
    height = parts.total(rows) + 5

    def draw_badge(pen: Pen, x: float, top: float) -> None:
        pen.frame(x, top, width, height, 4, 0.5, 0, filled=0)
        y = top + 2.5
        for row in rows:
            row.draw(pen, x + 6, y)
            y += row.height

    return [Row(height, draw_badge)]


def _next_services(data: QueueTicket, page: Page) -> None:
    if not data.next_services:
        return
    page.add([Row(4.0), *parts.paragraph([(SMALL, "Setelah itu:")], page.width, "center")])
    for service in data.next_services:
        line = " · ".join(part for part in (service.name, service.room, service.number) if part)
        page.add(parts.paragraph([(STRONG, line)], page.width, "center"))


def _foot(data: QueueTicket, page: Page) -> None:
    width = page.width
    if data.uid:
        code = codes.qr(data.uid)
        left = (width - QR_SIDE) / 2
        page.add([Row(8.0), Row(QR_SIDE, lambda pen, x, top: code.draw_square(pen, x + left, top, QR_SIDE))])
    if data.record_tail:
        page.add([Row(6.0), *parts.paragraph([(SMALL, f"No. RM … {data.record_tail}")], width, "center")])
    if data.note:
        page.add([Row(4.0), _dashes(width), *parts.paragraph([(SMALL, data.note)], width, "center")])


def _dashes(width: float) -> Row:
    return Row(5.0, lambda pen, x, top: pen.line(x, top + 1, x + width, top + 1, 0.8, 0, dash="2 2"))


SAMPLE = QueueTicket(
    facility="UPTD Puskesmas Contoh",
    number="A-012",
    cluster_letter="A",
    cluster_name="Ibu & Anak",
    service_point="Poli KIA",
    room="Ruang 3",
    issued_at="Sabtu, 21-11-2026 · 08.41",
    waiting_ahead=4,
    estimate="sekitar 09.20",
    priority="Didahulukan",
    record_tail="47-01",
    next_services=(NextService("Imunisasi", "Ruang 5"),),
    offered=("Timbang dan ukur", "Skrining tahunan (CKG)"),
    uid="01932f5b-0d11-7b42-8c55-6a7b8c9d0e1f",
)
