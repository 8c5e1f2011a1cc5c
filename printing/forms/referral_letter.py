"""Surat rujukan, A4, with the reply slip to tear off."""

from __future__ import annotations

from ilp_desk.paperwork import Diagnosis, ReferralLetter, Signature, Vital
from printing import blocks, codes, parts, styles, tables
from printing.lines import Span, break_lines, measure
from printing.page import Page
from printing.parts import Entry, Row
from printing.pen import Pen
from printing.samples import LETTERHEAD, PATIENT

PAPER = styles.A4
LABEL_WIDTH = 98.0
QR_SIDE = 64.0
CHOICES = ("dirawat", "kontrol tgl ...........", "rujuk balik (PRB)", "selesai", "meninggal")


def draw(data: ReferralLetter, page: Page) -> None:
    width, patient = page.width, data.patient
    page.running_head(
        blocks.running_patient(
            f"SURAT RUJUKAN {data.number}", patient.name, patient.record_number, patient.birth_date, width
        )
    )
    page.add(blocks.letterhead(data.letterhead, width))
    below: list[Span] = [(styles.SUBTITLE, f"Nomor: {data.number}\u00a0 · \u00a0"), (styles.STRONG, data.kind_line)]
    page.add(blocks.title("SURAT RUJUKAN", below, width))
    if data.added:
        page.add([*parts.paragraph([(styles.STRONG, data.added)], width), parts.gap(4)])
    page.add(blocks.with_code(_address(data, width - QR_SIDE - 14), codes.qr(data.uid), width, QR_SIDE))
    page.add([parts.gap(8)])
    page.add(blocks.patient_box(patient, width))
    page.add([parts.gap(6)])
    greeting = "Dengan hormat, mohon pemeriksaan dan penanganan lebih lanjut pasien tersebut di atas."
    page.add(parts.paragraph([(styles.BODY, greeting)], width))
    _findings(data, page)
    _judgement(data, page)
    if data.valid_until:
        validity = f"Surat rujukan ini berlaku untuk satu kunjungan, sampai dengan {data.valid_until}."
        page.add([parts.gap(5), *parts.paragraph([(styles.SOFT, validity)], width)])
    page.add([parts.gap(10), *blocks.signed(data.signature, width)])
    page.at_bottom([Row(12.0), *_reply_slip(data, page)])


def _address(data: ReferralLetter, width: float) -> list[Row]:
    entries = [
        Entry("Kepada Yth.", [(styles.STRONG, data.to_unit or "–")]),
        Entry("Di", [(styles.STRONG, data.to_facility or "–")]),
    ]
    if data.contacted:
        entries.append(Entry.plain("Dihubungi", data.contacted))
    if data.external_number is not None:
        missing: Span = (styles.SOFT, "belum ada, menyusul")
        number: Span = (styles.BODY, data.external_number)
        entries.append(Entry(data.external_label, [number if data.external_number else missing]))
    entries += [Entry.plain(line.label, line.value) for line in data.details]
    return parts.fields(entries, width, LABEL_WIDTH)


def _findings(data: ReferralLetter, page: Page) -> None:
    when = f" ({data.examined_at})" if data.examined_at else ""
    told = "\n".join(text for text in (data.anamnesis, data.examination) if text)
    page.add(parts.heading(f"ANAMNESIS DAN PEMERIKSAAN{when}", page.width))
    page.add(parts.paragraph([(styles.BODY, told or "–")], page.width))
    page.add(_vitals(data, page.width))
    page.add(parts.section("PEMERIKSAAN PENUNJANG", [(styles.BODY, data.supporting)], page.width))


def _vitals(data: ReferralLetter, width: float) -> list[Row]:
    columns = [
        [(styles.STRONG, vital.label), (styles.STRONG if vital.notable else styles.BODY, vital.value or "–")]
        for vital in data.vitals
    ]
    rows: list[Row] = []
    wanted = [max(36.0, min(width / 2, tables.natural(column))) for column in columns]
    for chosen in tables.spread(wanted, width):
        widths = tables.shares([wanted[index] for index in chosen], width, 110.0)
        head = [[columns[index][0]] for index in chosen]
        record = [[columns[index][1]] for index in chosen]
        rows += [parts.gap(5), *parts.together(tables.table(head, [record], widths, "center"))]
    return rows


def _judgement(data: ReferralLetter, page: Page) -> None:
    width = page.width
    page.add(parts.heading("DIAGNOSIS", width))
    for diagnosis in data.diagnoses:
        note = f" ({diagnosis.note})" if diagnosis.note else ""
        code: list[Span] = [(styles.STRONG, diagnosis.code), (styles.BODY, " ")] if diagnosis.code else []
        line = [*code, (styles.BODY, f"{diagnosis.name}{note}")]
        page.add(parts.paragraph(line, width))
    page.add(parts.heading("ALERGI DAN TERAPI YANG SUDAH DIBERIKAN", width))
    given = [
        (styles.STRONG, f"Alergi: {data.allergies or 'belum ditanyakan'}."),
        (styles.BODY, f" {data.therapy or 'Terapi: –'}"),
    ]
    page.add(parts.paragraph(given, width))
    why: list[Span] = [(styles.BODY, "\n".join(filter(None, (data.reason or "–", data.transport))))]
    if data.consent:
        why += [(styles.STRONG, "\nPersetujuan rujukan:"), (styles.BODY, f" {data.consent}")]
    page.add(parts.section("ALASAN RUJUKAN DAN PENGANTARAN" if data.transport else "ALASAN RUJUKAN", why, width))


def _reply_slip(data: ReferralLetter, page: Page) -> list[Row]:
    width, patient = page.width, data.patient
    who = f"{patient.name} / {patient.record_number} (rujukan {data.short_number})"
    rows = [_cut_line(page), parts.gap(7)]
    rows += parts.fields([Entry.plain("Nama / No. RM", who)], width, LABEL_WIDTH)
    for label in ("Diagnosis akhir", "Terapi / tindakan", "Rumah sakit / tanggal"):
        rows.append(parts.writing_line(label, width, LABEL_WIDTH))
    rows.append(parts.gap(6))
    rows += parts.choice_field("Tindak lanjut", CHOICES, width, LABEL_WIDTH)
    rows.append(parts.writing_line("Dokter, tanda tangan", width, LABEL_WIDTH, 24.0))
    return rows


def _cut_line(page: Page) -> Row:
    """From paper edge to paper edge, with scissors and what the slip is for."""
    text = "lembar balasan, mohon diisi dan dikirim kembali ke Puskesmas"
    line = break_lines([(styles.NOTE, text)], page.width)[0]
    left, right = page.paper.left, page.paper.right

    def draw_cut(pen: Pen, x: float, top: float) -> None:
        pen.line(x - left, top + 4, x + page.width + right, top + 4, 0.8, 0.35, dash="3 2.4")
        start = x + (page.width - measure(styles.NOTE, text)) / 2
        _scissors(pen, start - 16, top + 13)
        line.draw(pen, start, top + 7)

    return Row(20.0, draw_cut, keep=True)


def _scissors(pen: Pen, x: float, y: float) -> None:
    pen.circle(x, y - 2.1, 1.6, 0.8, 0.4)
    pen.circle(x, y + 2.1, 1.6, 0.8, 0.4)
    pen.line(x + 1.4, y - 1.2, x + 9, y + 2.4, 0.8, 0.4)
    pen.line(x + 1.4, y + 1.2, x + 9, y - 2.4, 0.8, 0.4)


SAMPLE = ReferralLetter(
    uid="01932f5a-7c3e-7e8e-9a3b-1f2e3d4c5b6a",
    letterhead=LETTERHEAD,
    number="440/0217/RJK/PKM-CTH/XI/2026",
    short_number="440/0217",
    kind_line="RUJUKAN GAWAT DARURAT",
    to_unit="Dokter Spesialis Kebidanan dan Kandungan",
    to_facility="RSUD Contoh (IGD PONEK)",
    contacted="09.02, dokter jaga IGD: diterima",
    external_number="",
    patient=PATIENT,
    examined_at="08.41",
    anamnesis=(
        "G2P1A0, hamil 28 minggu. Pusing sejak 3 hari, bengkak kedua tungkai. Kesadaran kompos mentis. "
        "Golongan darah B+."
    ),
    vitals=(
        Vital("TD", "162/108 mmHg", notable=True),
        Vital("Nadi", "96/mnt"),
        Vital("Napas", "20/mnt"),
        Vital("Suhu", "36,7 °C"),
        Vital("SpO₂", "98%"),
        Vital("TFU", "27 cm"),
        Vital("DJJ", "142/mnt"),
        Vital("Protein urin", "++", notable=True),
    ),
    diagnoses=(Diagnosis("O14.1", "Preeklamsia berat", "utama"),),
    allergies="amoksisilin",
    therapy="MgSO₄ 40% 4 g IV pelan (08.50), nifedipin 10 mg per oral (08.52), infus RL 500 ml.",
    reason="Penanganan preeklamsia berat memerlukan PONEK.",
    transport=(
        "Berangkat 09.10 dengan ambulans PSC 119, didampingi bidan; keadaan saat berangkat: sadar, TD 150/100, DJJ 140."
    ),
    consent="suami (Ahmad Contoh), 21-11-2026 pukul 08.58.",
    signature=Signature(
        place_date="Contoh, 21 November 2026, 09.05",
        role="Dokter pemeriksa",
        name="dr. Nama Contoh",
        identifiers="NIP 00000000 000000 0 000 · SIP 000/SIP/2025",
    ),
)
