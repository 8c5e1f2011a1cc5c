"""What the A4 and A5 forms have in common: letterhead, title, patient box, running head."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ilp_desk.paperwork import Letterhead, PatientBlock, Signature
from printing import parts, styles
from printing.codes import Code, qr
from printing.images import draw_logo
from printing.lines import Span, break_lines
from printing.parts import Cell, Entry, Row, boxed, gap, paired_fields, paragraph, side_by_side, together, total
from printing.pen import Pen


def letterhead(kop: Letterhead, width: float, scale: float = 1.0) -> list[Row]:
    """Authority, facility and address between two logos, and the double rule below. Without logos the text is wider."""
    side = 42.0 * scale
    inset = side + 12 if kop.logo_left or kop.logo_right else 0.0
    parts = (
        [(styles.KOP_ABOVE.scaled(scale), line) for line in kop.above]
        + [(styles.KOP_NAME.scaled(scale), kop.facility)]
        + [(styles.KOP_BELOW.scaled(scale), line) for line in kop.below]
    )
    lines = [line for part in parts for line in break_lines([part], width - 2 * inset)]
    rows = side_by_side([Cell(inset, width - 2 * inset, lines, "center")])
    lack = side - total(rows)
    if inset and lack > 0:
        rows = [Row(lack / 2), *rows, Row(lack / 2)]

    def logos(pen: Pen, x: float, top: float) -> None:
        if kop.logo_left:
            draw_logo(pen, kop.logo_left, x, top, side)
        if kop.logo_right:
            draw_logo(pen, kop.logo_right, x + width - side, top, side)

    def double_rule(pen: Pen, x: float, top: float) -> None:
        pen.line(x, top + 5, x + width, top + 5, 1.5)
        pen.line(x, top + 7.4, x + width, top + 7.4, 0.5)

    return together([Row(0.0, logos), *rows, Row(9.0, double_rule)])


def title(text: str, below: Sequence[Span], width: float, scale: float = 1.0) -> list[Row]:
    """The centred title of a paper and the line under it (number, kind)."""
    style = styles.TITLE.scaled(scale)
    rows = [gap(9.0 * scale), *paragraph([(style, text)], width, "center")]
    if any(text for _, text in below):
        rows += [gap(2.0), *paragraph(below, width, "center")]
    return [*together(rows), gap(7.0 * scale)]


def patient_box(patient: PatientBlock, width: float) -> list[Row]:
    """The framed patient block in two columns; long values wrap and push the rest down."""
    inner = width - 16
    pairs = [
        (Entry("Nama", [(styles.STRONG, patient.name)]), Entry.plain("No. RM", patient.record_number, styles.STRONG)),
        (Entry.plain("Umur / JK", patient.age_sex), Entry.plain("NIK", patient.nik)),
        (Entry.plain("Tgl lahir", patient.birth_date), Entry.plain("Penjamin", patient.payer)),
        (Entry.plain("Alamat", patient.address), Entry.plain("Keluarga", patient.family)),
    ]
    rows = paired_fields(pairs, inner, (58.0, 56.0), inner * 0.53)
    return together(boxed(rows, width))


def running_patient(paper: str, name: str, record_number: str, birth_date: str, width: float) -> list[Row]:
    """For the second and further pages: which paper this is and of whom."""
    strong, rest = f"{paper} · {name}", f" · No. RM {record_number} · lahir {birth_date}"
    return running_head([(styles.SMALL_STRONG, strong), (styles.SMALL, rest)], width)


def running_head(spans: Sequence[Span], width: float) -> list[Row]:
    """A small text over a line, for the second and further pages."""
    line = Row(9.0, lambda pen, x, top: pen.line(x, top + 3, x + width, top + 3, 0.6, styles.LINE))
    return [*paragraph(spans, width), line]


def with_code(rows: Sequence[Row], code: Code, width: float, side: float) -> list[Row]:
    """A square code at the upper right of rows measured for less than `width - side`; both stay on one page."""
    rows = list(rows)
    lack = side - total(rows)
    if lack > 0:
        rows.append(Row(lack))
    reached, kept = 0.0, []
    for row in rows:
        reached += row.height
        kept.append(replace(row, keep=True) if reached < side else row)
    return [Row(0.0, lambda pen, x, top: code.draw_square(pen, x + width - side, top, side), keep=True), *kept]


def foot_note(text: str, uid: str, width: float, side: float = 46.0) -> list[Row]:
    """A small remark at the foot of a form, beside the QR of the document where there is a uid."""
    left = side + 10 if uid else 0.0
    note = paragraph([(styles.NOTE, text)], width - left, x=left)
    if not uid:
        return note
    code = qr(uid)
    lack = max(0.0, side - total(note))
    return together([Row(0.0, lambda pen, x, top: code.draw_square(pen, x, top, side)), Row(lack), *note])


def signed(signature: Signature, width: float, share: float = 0.46, room: float = 42.0) -> list[Row]:
    """Place and date, role and name of who signs, at the right; share: of the width."""
    column = width * share
    role = signature.role.rstrip(", ")
    above = (signature.place_date, f"{role}," if role else "")
    return parts.signature(column, width - column, above, signature.name, (signature.identifiers,), room)
