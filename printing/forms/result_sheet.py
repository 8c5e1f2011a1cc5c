"""Hasil skrining, A4: the result and what to do next first, then every answer as it was given."""

from __future__ import annotations

from ilp_desk.paperwork import Field, GivenAnswer, Letterhead, PatientBlock, ResultSheet, Signature
from printing import blocks, parts, styles, tables
from printing.page import Page
from printing.parts import Row

PAPER = styles.A4


def draw(data: ResultSheet, page: Page) -> None:
    width, patient = page.width, data.patient
    page.running_head(
        blocks.running_patient("HASIL SKRINING", patient.name, patient.record_number, patient.birth_date, width)
    )
    page.add(blocks.letterhead(data.letterhead, width))
    below = [(styles.SUBTITLE, data.instrument), (styles.SMALL, f"\n{data.version}")]
    page.add(blocks.title("HASIL SKRINING", below, width))
    page.add(blocks.patient_box(patient, width))
    page.add([parts.gap(8), *parts.boxed(_result(data, width - 16.0), width)])
    page.add(parts.section("CATATAN", [(styles.BODY, data.note)], width))
    *answers, last = _answers(data.answers, width)
    # A signature never stands alone on a page: the last answer goes with it.
    page.add([*answers, *parts.together([last, parts.gap(10), *blocks.signed(data.signature, width)])])
    note = "Rahasia: hanya untuk pasien dan petugas yang merawatnya."
    page.at_bottom([Row(8.0), *blocks.foot_note(note, data.uid, width)])


def _result(data: ResultSheet, width: float) -> list[Row]:
    rows = parts.paragraph([(styles.STRONG, data.band)], width)
    words = " · ".join([data.score, *(f"{score.label} {score.value}" for score in data.scores)])
    rows += parts.paragraph([(styles.BODY, words)], width)
    rows += parts.paragraph([(styles.SMALL, data.asked)], width)
    for warning in data.warnings:
        rows += [parts.gap(3), *parts.paragraph([(styles.STRONG, f"! {warning}")], width)]
    for title, lines in (("Selanjutnya", data.acts), ("Lanjutan", data.follow)):
        if lines:
            rows += [parts.gap(4), *parts.paragraph([(styles.STRONG, title)], width)]
            for line in lines:
                rows += parts.numbered("-", [(styles.BODY, line)], width, indent=10.0)
    return rows


def _answers(answers: tuple[GivenAnswer, ...], width: float) -> list[Row]:
    grouped = any(answer.group for answer in answers)
    heads = (
        ("Bagian", "Yang ditanyakan", "Jawaban", "Nilai") if grouped else ("No.", "Yang ditanyakan", "Jawaban", "Nilai")
    )
    head = [[(styles.STRONG, text)] for text in heads]
    shares = (0.14, 0.50, 0.27, 0.09) if grouped else (0.07, 0.52, 0.32, 0.09)
    records = [
        [
            [(styles.TABLE, answer.group if grouped else f"{number}.")],
            [(styles.TABLE, answer.text)],
            [(styles.TABLE_STRONG, answer.answer)],
            [(styles.TABLE, answer.points)],
        ]
        for number, answer in enumerate(answers, 1)
    ]
    return [*parts.heading("JAWABAN", width), *tables.table(head, records, [width * share for share in shares])]


SAMPLE = ResultSheet(
    letterhead=Letterhead(
        above=("PEMERINTAH KABUPATEN CONTOH · DINAS KESEHATAN",),
        facility="UPTD PUSKESMAS CONTOH",
        below=("Jl. Contoh Raya No. 1, Kec. Contoh 00000 · Telp. (000) 00000 · Kode faskes P0000000000",),
    ),
    patient=PatientBlock(
        name="Nurmala Contoh",
        record_number="00-01-08-00",
        age_sex="71 th 10 bln / Perempuan",
        birth_date="30 Desember 1954",
        nik="1306047012540001",
        payer="JKN PBI · 0001234567890",
        address="Jr. Contoh RT 01/RW 01, Nagari Contoh",
        family="Siti Contoh (anak)",
    ),
    instrument="SKILAS, skrining lansia sederhana",
    version="versi 2026.1, redaksi singkat, belum redaksi resmi",
    asked="21-11-2026, 09.04, oleh Dewi Contoh",
    band="Ada penurunan kapasitas",
    score="Kotak tercentang 2 dari 10",
    scores=(Field("Kognitif", "1 dari 1"), Field("Lihat", "1 dari 1")),
    warnings=("Tidak dapat menghitung jari: periksa visus, rujuk ke dokter mata bila berat.",),
    acts=("Periksa di Puskesmas menurut kotak yang tercentang, lakukan pemeriksaan lanjutannya.",),
    follow=("Mini-Cog, karena kognitif", "AD-8 INA, karena kognitif", "IADL Lawton, untuk setiap lansia"),
    answers=(
        GivenAnswer(group="Kognitif", text="Mengulang 3 kata setelah jeda", answer="Ada yang salah", points="1"),
        GivenAnswer(group="Kognitif", text="Menyebut tanggal dan tempat dengan benar", answer="Benar", points="0"),
        GivenAnswer(group="Gerak", text="Berdiri dari kursi 5 kali dalam 14 detik", answer="Ya", points="0"),
        GivenAnswer(group="Gizi", text="LiLA kurang dari 21 cm", answer="Tidak (tercatat hari itu)", points="0"),
        GivenAnswer(group="Lihat", text="Menghitung jari dengan benar 3 kali", answer="Tidak", points="1"),
        GivenAnswer(group="Dengar", text="Dapat menirukan tes bisik", answer="Ya", points="0"),
    ),
    note="Anak perempuan ikut menjawab.",
    signature=Signature(
        place_date="Contoh, 21 November 2026, 09.10",
        role="Pemeriksa",
        name="Dewi Contoh",
        identifiers="NIP 19900101 201501 2 001",
    ),
    uid="01932f5f-6666-7e8e-9a3b-1f2e3d4c5b6a",
)
