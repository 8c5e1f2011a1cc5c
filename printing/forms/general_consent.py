"""Persetujuan umum (general consent), A4. Nothing on it is ticked beforehand."""

from __future__ import annotations

from ilp_desk.paperwork import ConsentClause, ConsentSigner, Field, GeneralConsent
from printing import blocks, parts, styles, tables
from printing.page import Page
from printing.parts import Row
from printing.samples import LETTERHEAD, PATIENT

PAPER = styles.A4
LABEL_WIDTH = 132.0
BLANK_PERSONS = 3


def draw(data: GeneralConsent, page: Page) -> None:
    width, patient = page.width, data.patient
    page.running_head(
        blocks.running_patient("PERSETUJUAN UMUM", patient.name, patient.record_number, patient.birth_date, width)
    )
    page.add(blocks.letterhead(data.letterhead, width))
    number = f"Nomor: {data.number}" if data.number else "(general consent)"
    page.add(blocks.title("PERSETUJUAN UMUM", [(styles.SUBTITLE, number)], width))
    page.add(blocks.patient_box(patient, width))
    page.add([parts.gap(7)])
    page.add(parts.together([
        *parts.paragraph([(styles.BODY, "Yang bertanda tangan di bawah ini:")], width),
        *_signer_fields(data.signer, width),
    ]))  # fmt: skip
    page.add([parts.gap(6)])
    page.add(parts.paragraph([(styles.BODY, "menyatakan telah membaca atau dibacakan, dan memahami hal berikut:")],
                             width))  # fmt: skip
    for index, clause in enumerate(data.clauses, 1):
        page.add(_clause(index, clause, width))
    # A signature never stands alone on a page: it could belong to any paper.
    page.add(parts.together([*_release(data.release_to, width), parts.gap(8), *_signatures(data, width)]))
    note = f"Naskah versi {data.text_version}. Persetujuan ini dapat ditarik atau diubah sewaktu-waktu di loket."
    page.at_bottom([Row(8.0), *blocks.foot_note(note, data.uid, width)])


def _signer_fields(signer: ConsentSigner, width: float) -> list[Row]:
    rows: list[Row] = []
    for label, value in (
        ("Nama", signer.name),
        ("Hubungan dengan pasien", signer.relation),
        ("NIK / nomor identitas", signer.identity),
        ("Telepon", signer.phone),
        ("Alamat", signer.address),
    ):
        rows += parts.field_or_line(label, value, width, LABEL_WIDTH)
    return rows


def _clause(index: int, clause: ConsentClause, width: float) -> list[Row]:
    text = [(styles.STRONG, f"{clause.heading}. "), (styles.BODY, clause.text)]
    rows = parts.numbered(f"{index}.", text, width)
    if clause.choice:
        rows[-1:] = parts.together([rows[-1], parts.gap(2), *parts.choices(("Setuju", "Tidak setuju"), width, 17.0)])
    return [parts.gap(4), *rows]


def _release(people: tuple[Field, ...], width: float) -> list[Row]:
    text = "Informasi kesehatan saya boleh diberitahukan kepada:"
    rows = [parts.gap(6), *parts.paragraph([(styles.STRONG, text)], width), parts.gap(3)]
    widths = [width * 0.56, width * 0.44]
    lines = [[[(styles.BODY, who.label)], [(styles.BODY, who.value)]] for who in people]
    blank = [(styles.BODY, "\u00a0")]
    lines += [[blank, blank] for _ in range(BLANK_PERSONS - len(lines))]
    head = [[(styles.STRONG, "Nama")], [(styles.STRONG, "Hubungan / telepon")]]
    return parts.together([*rows, *tables.table(head, lines, widths)])


def _signatures(data: GeneralConsent, width: float) -> list[Row]:
    half = width * 0.44
    left = parts.signature(half, 0.0, ("\u00a0", "Petugas / saksi,"), data.witness)
    right = parts.signature(half, width - half, (data.place_date, "Pasien / wali,"), data.signer.name)
    return parts.beside(left, right)


SAMPLE = GeneralConsent(
    letterhead=LETTERHEAD,
    patient=PATIENT,
    clauses=(
        ConsentClause(
            "Pelayanan",
            "Saya menyetujui pemeriksaan, pengobatan, dan perawatan umum oleh petugas Puskesmas. Tindakan yang "
            "berisiko akan dijelaskan dan dimintakan persetujuan tersendiri.",
        ),
        ConsentClause(
            "Hak dan kewajiban",
            "Saya telah diberi tahu hak dan kewajiban saya sebagai pasien, termasuk hak bertanya, hak menolak "
            "tindakan, hak meminta salinan ringkasan rekam medis, dan hak menyampaikan keluhan.",
        ),
        ConsentClause(
            "Kerahasiaan",
            "Puskesmas menjaga kerahasiaan data kesehatan saya. Data hanya dibuka untuk pelayanan saya, atas "
            "persetujuan saya, atau bila diwajibkan oleh peraturan perundang-undangan.",
        ),
        ConsentClause(
            "Penjaminan",
            "Data yang diperlukan boleh disampaikan kepada penjamin (BPJS Kesehatan atau penjamin lain) untuk "
            "pembiayaan pelayanan saya.",
            choice=True,
        ),
        ConsentClause(
            "SATUSEHAT",
            "Data rekam medis saya boleh dikirim ke SATUSEHAT Kementerian Kesehatan dan dibuka oleh fasilitas "
            "kesehatan lain yang sedang merawat saya.",
            choice=True,
        ),
        ConsentClause(
            "Menghubungi saya",
            "Puskesmas boleh mengingatkan jadwal kontrol, imunisasi, dan skrining melalui telepon, pesan, atau kader.",
            choice=True,
        ),
    ),
    text_version="2026-1",
    place_date="Contoh, 21 November 2026",
    signer=ConsentSigner(
        name="Ahmad Contoh",
        relation="Suami",
        identity="1306040101959002",
        address="Jr. Contoh RT 02/RW 01, Nagari Contoh",
    ),
    uid="01932f5d-3333-7e8e-9a3b-1f2e3d4c5b6a",
)
