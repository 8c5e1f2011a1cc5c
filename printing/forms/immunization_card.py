"""Kartu imunisasi, A5: series and doses as in the mother's book, with room to write, and the next day in large."""

from __future__ import annotations

from collections.abc import Sequence

from ilp_desk.paperwork import CardDose, CardSeries, ImmunizationCard, Letterhead, PatientBlock
from printing import blocks, parts, styles, tables
from printing.lines import Span
from printing.page import Page
from printing.parts import Row
from printing.styles import Style

PAPER = styles.A5
NAMES = 74.0
MOST = 5
"""Doses side by side; a longer series goes on below."""
SCALE = 0.8
NEXT = Style("bold", 13.0, 17.0)
CELL = Style("regular", 8.4, 10.8)
CELL_STRONG = Style("semibold", 8.4, 10.8)
CELL_PALE = Style("regular", 8.4, 10.8, styles.PALE)


def draw(data: ImmunizationCard, page: Page) -> None:
    width, patient = page.width, data.patient
    page.running_head(
        blocks.running_patient("KARTU IMUNISASI", patient.name, patient.record_number, patient.birth_date, width)
    )
    page.add(blocks.letterhead(data.letterhead, width, SCALE))
    page.add(blocks.title("KARTU IMUNISASI", [], width, SCALE))
    page.add(blocks.patient_box(patient, width))
    page.add(_ahead(data, width))
    page.add([parts.gap(5), *_table(data.series, width), parts.gap(3)])
    for sentence in data.status:
        page.add(parts.paragraph([(styles.SMALL, sentence)], width))
    for sentence in data.warnings:
        page.add(parts.paragraph([(styles.SMALL_STRONG, sentence)], width))
    note = f"Bawa kartu ini dan Buku KIA setiap kali datang. {data.schedule}. {data.printed}"
    page.at_bottom(parts.paragraph([(styles.NOTE, note)], width))


def _ahead(data: ImmunizationCard, width: float) -> list[Row]:
    """What is due already and the next day in a box of its own; where nothing follows a sentence."""
    inner = width - 16
    rows: list[Row] = []
    if data.open_doses:
        rows += parts.paragraph([(styles.HEADING, "SUDAH WAKTUNYA, DATANG SECEPATNYA")], inner)
        rows += parts.paragraph([(styles.STRONG, data.open_doses)], inner)
    if data.next_day:
        rows += parts.paragraph([(styles.HEADING, "DATANG LAGI")], inner)
        rows += parts.paragraph([(NEXT, data.next_day)], inner)
        rows += parts.paragraph([(styles.BODY, data.next_doses)], inner)
    if not rows:
        rows = parts.paragraph([(styles.BODY, "Tidak ada jadwal berikutnya.")], inner)
    return [parts.gap(5), *parts.boxed(rows, width)]


def _table(series: Sequence[CardSeries], width: float) -> list[Row]:
    if not series:
        return []
    count = max(1, min(MOST, max(len(line.doses) for line in series)))
    widths = [NAMES, *[(width - NAMES) / count] * count]
    head: list[list[Span]] = [[(CELL_STRONG, "Imunisasi")], [(CELL_STRONG, "Dosis")]]
    head += [[(CELL, "")] for _ in range(count - 1)]
    records = []
    for line in series:
        for start in range(0, len(line.doses), count):
            cells = [_cell(dose) for dose in line.doses[start : start + count]]
            cells += [[(CELL, "")] for _ in range(count - len(cells))]
            records.append([[(CELL_STRONG, "" if start else line.label)], *cells])
    return tables.table(head, records, widths)


def _cell(dose: CardDose) -> list[Span]:
    if not dose.day:
        return [(CELL_PALE, f"{dose.label}\n"), (CELL, "\u00a0")]
    spans = [(CELL, f"{dose.label}\n"), (CELL if dose.note else CELL_STRONG, dose.day)]
    return [*spans, (CELL, f"\n{dose.note}")] if dose.note else spans


SAMPLE = ImmunizationCard(
    letterhead=Letterhead(
        above=("PEMERINTAH KABUPATEN CONTOH · DINAS KESEHATAN",),
        facility="UPTD PUSKESMAS CONTOH",
        below=("Jl. Contoh Raya No. 1, Kec. Contoh 00000 · Telp. (000) 00000",),
    ),
    patient=PatientBlock(
        name="Rizki Contoh",
        record_number="00-14-02-03",
        age_sex="1 th 2 bln / Laki-laki",
        birth_date="18 September 2025",
        payer="JKN PBI · 0001234567890",
        address="Jr. Contoh RT 02/RW 02, Nagari Contoh",
        family="Yeni Contoh (ibu)",
    ),
    series=(
        CardSeries(label="HB0", doses=(CardDose(label="HB0", day="18-09-2025 · 6 jam"),)),
        CardSeries(label="BCG", doses=(CardDose(label="BCG", day="20-10-2025"),)),
        CardSeries(
            label="OPV",
            doses=(
                CardDose(label="1", day="20-10-2025"),
                CardDose(label="2", day="20-11-2025"),
                CardDose(label="3", day="22-12-2025"),
                CardDose(label="4", day="26-01-2026"),
            ),
        ),
        CardSeries(
            label="DPT-HB-Hib",
            doses=(
                CardDose(label="1", day="20-11-2025"),
                CardDose(label="2", day="13-12-2025", note="tak dihitung"),
                CardDose(label="2", day="22-12-2025"),
                CardDose(label="3", day="26-01-2026"),
                CardDose(label="lanjutan"),
            ),
        ),
        CardSeries(label="MR", doses=(CardDose(label="1", day="22-06-2026"), CardDose(label="2"))),
    ),
    next_day="Kamis, 18 Maret 2027",
    next_doses="DPT-HB-Hib lanjutan, MR2",
    open_doses="PCV3",
    status=("IDL belum: RV3 tidak bisa dikejar.",),
    warnings=("KIPI 22-11-2026 sesudah PCV13 21-11-2026: demam 38,7 (ringan).",),
    schedule="Jadwal 2026.1",
    printed="Dicetak 21-11-2026 09.05 oleh Bidan Contoh.",
)
