"""Surat keterangan sakit, A5. The diagnosis stands on it only with the patient's consent."""

from __future__ import annotations

from ilp_desk.paperwork import Letterhead, SickNote, Signature
from printing import blocks, codes, parts, styles
from printing.page import Page
from printing.parts import Entry, Row

PAPER = styles.A5
LABEL_WIDTH = 78.0
QR_SIDE = 56.0


def draw(data: SickNote, page: Page) -> None:
    width = page.width
    name = f"SURAT KETERANGAN SAKIT {data.number} · {data.name}"
    page.running_head(blocks.running_head([(styles.SMALL_STRONG, name)], width))
    page.add(blocks.letterhead(data.letterhead, width, 0.84))
    page.add(blocks.title("SURAT KETERANGAN SAKIT", [(styles.BODY, f"Nomor: {data.number}")], width, 0.9))
    page.add(parts.paragraph([(styles.BODY, "Yang bertanda tangan di bawah ini menerangkan bahwa:")], width))
    page.add([parts.gap(4)])
    entries = [
        Entry("Nama", [(styles.STRONG, data.name)]),
        Entry.plain("Umur / JK", data.age_sex),
        *([Entry.plain("No. RM", data.record_number)] if data.record_number else []),
        *([Entry.plain("Pekerjaan", data.occupation)] if data.occupation else []),
        Entry.plain("Alamat", data.address),
    ]
    page.add(parts.fields(entries, width, LABEL_WIDTH))
    page.add([parts.gap(9)])
    statement = [
        (styles.BODY, "berdasarkan hasil pemeriksaan dalam keadaan sakit dan perlu beristirahat selama "),
        (styles.STRONG, data.days),
        (styles.BODY, ", terhitung mulai tanggal "),
        (styles.STRONG, data.first_day),
        (styles.BODY, " sampai dengan tanggal "),
        (styles.STRONG, data.last_day),
        (styles.BODY, "."),
    ]
    page.add(parts.paragraph(statement, width))
    if data.diagnosis:
        page.add([parts.gap(6)])
        label = "Diagnosis (dicantumkan atas persetujuan pasien): "
        page.add(parts.paragraph([(styles.BODY, label), (styles.STRONG, data.diagnosis)], width))
    page.add([parts.gap(8)])
    purpose = f" untuk {data.purpose}" if data.purpose else " untuk dipergunakan seperlunya"
    page.add(parts.paragraph([(styles.BODY, f"Surat keterangan ini dibuat dengan sebenarnya{purpose}.")], width))
    page.add([parts.gap(16), *_signed(data, width)])


def _signed(data: SickNote, width: float) -> list[Row]:
    rows = blocks.signed(data.signature, width, 0.56, 38.0)
    if not data.uid:
        return rows
    code = codes.qr(data.uid)
    below = parts.total(rows) - QR_SIDE - 3
    return [Row(0.0, lambda pen, x, top: code.draw_square(pen, x, top + max(0.0, below), QR_SIDE), keep=True), *rows]


SAMPLE = SickNote(
    letterhead=Letterhead(
        above=("PEMERINTAH KABUPATEN CONTOH · DINAS KESEHATAN",),
        facility="UPTD PUSKESMAS CONTOH",
        below=("Jl. Contoh Raya No. 1, Kec. Contoh 00000 · Telp. (000) 00000",),
    ),
    number="440/0031/SKS/PKM-CTH/XI/2026",
    name="Budi Contoh",
    age_sex="34 th 2 bln / Laki-laki",
    record_number="00-08-15-00",
    occupation="Karyawan swasta",
    address="Jr. Contoh RT 03/RW 02, Nagari Contoh",
    days="3 (tiga) hari",
    first_day="21 November 2026",
    last_day="23 November 2026",
    purpose="keperluan izin tidak masuk kerja",
    signature=Signature(
        place_date="Contoh, 21 November 2026",
        role="Dokter pemeriksa",
        name="dr. Nama Contoh",
        identifiers="SIP 000/SIP/2025",
    ),
    uid="01932f5c-2222-7e8e-9a3b-1f2e3d4c5b6a",
)
