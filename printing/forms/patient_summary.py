"""Ringkasan riwayat pasien, A4: identity, allergies, problems, last visits."""

from __future__ import annotations

from ilp_desk.paperwork import (
    Field,
    PatientSummary,
    Problem,
    Signature,
    VisitLine,
)
from printing import blocks, parts, styles, tables
from printing.lines import Span
from printing.page import Page
from printing.parts import Entry, Row
from printing.samples import LETTERHEAD, PATIENT

PAPER = styles.A4


def draw(data: PatientSummary, page: Page) -> None:
    width, patient = page.width, data.patient
    page.running_head(
        blocks.running_patient("RINGKASAN RIWAYAT", patient.name, patient.record_number, patient.birth_date, width)
    )
    page.add(blocks.letterhead(data.letterhead, width))
    below = [(styles.SUBTITLE, f"Dicetak untuk {data.purpose}" if data.purpose else "")]
    page.add(blocks.title("RINGKASAN RIWAYAT PASIEN", below, width))
    page.add(blocks.patient_box(patient, width))
    page.add(_identity(data.identity, width))
    page.add(parts.section("ALERGI", [(styles.STRONG, data.allergies or "Belum ditanyakan")], width))
    page.add(parts.section("KEHAMILAN", [(styles.BODY, data.pregnancy)], width))
    page.add(_problems(data, width))
    *visits, last = _visits(data.visits, width)
    # A signature never stands alone on a page: the last visit goes with it.
    page.add([*visits, *parts.together([last, parts.gap(12), *blocks.signed(data.signature, width)])])
    note = "Rahasia: hanya untuk pasien dan petugas yang merawatnya."
    page.at_bottom([Row(8.0), *blocks.foot_note(note, data.uid, width)])


def _identity(lines: tuple[Field, ...], width: float) -> list[Row]:
    """Two columns, read left to right."""
    entries = [Entry.plain(line.label, line.value) for line in lines]
    if len(entries) % 2:
        last = parts.fields(entries[-1:], width, 92.0)
        entries = entries[:-1]
    else:
        last = []
    pairs = list(zip(entries[::2], entries[1::2]))
    rows = parts.paired_fields(pairs, width, (92.0, 92.0), width * 0.52)
    return [parts.gap(7), *rows, *([parts.gap(1.6), *last] if last else [])] if lines else []


def _problems(data: PatientSummary, width: float) -> list[Row]:
    title = parts.heading("MASALAH KESEHATAN", width)
    problems, note = data.problems, data.problem_note
    if not problems:
        return [*title, *parts.paragraph([(styles.BODY, note or "Belum ada yang tercatat.")], width)]
    head = [[(styles.STRONG, text)] for text in ("Kode", "Masalah", "Sejak", "Keadaan")]
    records = [[[(styles.BODY, text)] for text in (one.code, one.name, one.since, one.status)] for one in problems]
    below = parts.paragraph([(styles.BODY, note)], width) if note else []
    return [*title, *tables.table(head, records, [width * part for part in (0.12, 0.50, 0.18, 0.20)]), *below]


def _visits(visits: tuple[VisitLine, ...], width: float) -> list[Row]:
    title = parts.heading("KUNJUNGAN TERAKHIR", width)
    if not visits:
        return [*title, *parts.paragraph([(styles.BODY, "Belum ada kunjungan.")], width)]
    head = [[(styles.STRONG, text)] for text in ("Tanggal, layanan", "Keluhan dan pemeriksaan", "Diagnosis", "Terapi")]
    widths = [width * part for part in (0.17, 0.33, 0.24, 0.26)]
    return [*title, *tables.table(head, [_visit(visit) for visit in visits], widths)]


def _visit(visit: VisitLine) -> list[list[Span]]:
    place = "\n".join(part for part in (visit.place, visit.performer) if part)
    found = "\n".join(part for part in (visit.complaint, visit.vitals) if part)
    return [
        [(styles.TABLE_STRONG, f"{visit.date}\n"), (styles.TABLE, place)],
        [(styles.TABLE, found)],
        [(styles.TABLE, visit.diagnoses)],
        [(styles.TABLE, visit.therapy)],
    ]


SAMPLE = PatientSummary(
    letterhead=LETTERHEAD,
    patient=PATIENT,
    purpose="pasien, atas permintaan sendiri",
    identity=(
        Field("Nama ibu", "Aminah Contoh"),
        Field("Telepon", "0800-0000-000"),
        Field("No. KK", "1306040101180001"),
        Field("Golongan darah", "B+"),
        Field("Persetujuan umum", "setuju, 21-11-2026"),
        Field("Pekerjaan", "Ibu rumah tangga"),
    ),
    allergies="Amoksisilin (ruam, 2019)",
    problems=(
        Problem(name="Hipertensi dalam kehamilan", code="O13", since="12-10-2026", status="aktif"),
        Problem(name="Anemia defisiensi besi", code="D50.9", since="03-08-2026", status="selesai"),
    ),
    visits=(
        VisitLine(
            date="21-11-2026",
            place="Poli KIA",
            complaint="Pusing sejak 3 hari, bengkak kedua tungkai. Hamil 28 mgg.",
            vitals="TD 162/108 mmHg, nadi 96/mnt, suhu 36,7 °C, SpO₂ 98%, TFU 27 cm, DJJ 142/mnt",
            diagnoses="O14.1 Preeklamsia berat",
            therapy="MgSO₄ 40% 4 g IV, nifedipin 10 mg; dirujuk ke RSUD Contoh",
            performer="dr. Nama Contoh",
        ),
        VisitLine(
            date="12-10-2026",
            place="Poli KIA",
            complaint="Kontrol hamil 22 mgg, tidak ada keluhan.",
            vitals="TD 138/90 mmHg, BB 61,5 kg, LiLA 25,5 cm",
            diagnoses="O13 Hipertensi dalam kehamilan",
            therapy="Metildopa 3 x 250 mg, tablet tambah darah",
            performer="Bidan Contoh",
        ),
        VisitLine(
            date="03-08-2026",
            place="Poli KIA",
            complaint="Kontrol hamil 12 mgg, mudah lelah.",
            vitals="TD 118/76 mmHg, Hb 10,2 g/dL",
            diagnoses="Z34 Pengawasan kehamilan normal; D50.9 Anemia defisiensi besi",
            therapy="Tablet tambah darah, asam folat",
            performer="Bidan Contoh",
        ),
    ),
    signature=Signature(
        place_date="Contoh, 21 November 2026",
        role="Dokter penanggung jawab",
        name="dr. Nama Contoh",
        identifiers="SIP 000/SIP/2025",
    ),
    uid="01932f5f-5555-7e8e-9a3b-1f2e3d4c5b6a",
)
