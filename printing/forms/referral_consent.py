"""Persetujuan or penolakan rujukan, A4. Which of the two it is stands in its title, not in a box."""

from __future__ import annotations

from ilp_desk.paperwork import ConsentSigner, Field, ReferralConsent
from printing import blocks, parts, styles
from printing.page import Page
from printing.parts import Entry, Row
from printing.samples import LETTERHEAD, PATIENT

PAPER = styles.A4
LABEL_WIDTH = 132.0


def draw(data: ReferralConsent, page: Page) -> None:
    width, patient = page.width, data.patient
    name = "PENOLAKAN RUJUKAN" if data.refused else "PERSETUJUAN RUJUKAN"
    page.running_head(blocks.running_patient(name, patient.name, patient.record_number, patient.birth_date, width))
    page.add(blocks.letterhead(data.letterhead, width))
    page.add(blocks.title(name, [(styles.SUBTITLE, f"Nomor: {data.number}" if data.number else "")], width))
    page.add(_signer(data.signer, width))
    decision = "MENOLAK" if data.refused else "MENYETUJUI"
    stated = [
        (styles.BODY, "setelah mendapat penjelasan, dengan ini menyatakan "),
        (styles.STRONG, decision),
        (styles.BODY, " rujukan bagi pasien:"),
    ]
    page.add([parts.gap(8), *parts.paragraph(stated, width), parts.gap(5)])
    page.add(blocks.patient_box(patient, width))
    page.add([parts.gap(7)])
    page.add(parts.fields([Entry.plain(line.label, line.value) for line in data.referral], width, LABEL_WIDTH))
    page.add(parts.heading("PENJELASAN YANG SUDAH DITERIMA", width))
    for text in data.explained:
        page.add([parts.gap(2), *parts.numbered("–", [(styles.BODY, text)], width, 12.0)])
    if data.refused:
        page.add(_reason(data.reason, width))
    page.add([parts.gap(8), *parts.paragraph([(styles.BODY, _closing(data.refused))], width)])
    if data.note:
        page.add([parts.gap(5), *parts.paragraph([(styles.SOFT, data.note)], width)])
    page.add([parts.gap(12), *_signatures(data, width)])
    version = f"Naskah versi {data.text_version}." if data.text_version else ""
    page.at_bottom([Row(8.0), *blocks.foot_note(version, data.uid, width)])


def _signer(signer: ConsentSigner, width: float) -> list[Row]:
    rows = parts.paragraph([(styles.BODY, "Yang bertanda tangan di bawah ini:")], width)
    for label, value in (
        ("Nama", signer.name),
        ("Hubungan dengan pasien", signer.relation),
        ("NIK / nomor identitas", signer.identity),
        ("Telepon", signer.phone),
        ("Alamat", signer.address),
    ):
        rows += parts.field_or_line(label, value, width, LABEL_WIDTH)
    return parts.together(rows)


def _reason(reason: str, width: float) -> list[Row]:
    rows = parts.heading("ALASAN MENOLAK", width)
    if reason:
        return [*rows, *parts.paragraph([(styles.BODY, reason)], width)]
    return parts.together([*rows, parts.writing_line("Alasan", width, LABEL_WIDTH)])


def _closing(refused: bool) -> str:
    if refused:
        return (
            "Saya memahami akibat yang dapat timbul karena tidak dirujuk, dan keputusan ini saya ambil tanpa paksaan. "
            "Saya dapat mengubah keputusan ini sewaktu-waktu; pelayanan di Puskesmas tetap diberikan."
        )
    return (
        "Saya memahami penjelasan tersebut, telah diberi kesempatan bertanya, "
        "dan keputusan ini saya ambil tanpa paksaan."
    )


def _signatures(data: ReferralConsent, width: float) -> list[Row]:
    half = width * 0.44
    right = width - half
    when = f", pukul {data.time}" if data.time else ""
    doctor = parts.signature(half, 0.0, ("\u00a0", data.explainer), data.doctor, (data.doctor_identifiers,))
    signer = parts.signature(half, right, (f"{data.place_date}{when}", "Yang membuat pernyataan,"), data.signer.name)
    first, second = data.witnesses
    witness_one = parts.signature(half, 0.0, ("Saksi 1,",), first, room=36.0)
    witness_two = parts.signature(half, right, ("Saksi 2,",), second, room=36.0)
    return [*parts.beside(doctor, signer), parts.gap(8), *parts.beside(witness_one, witness_two)]


SAMPLE = ReferralConsent(
    letterhead=LETTERHEAD,
    patient=PATIENT,
    number="440/0217/RJK/PKM-CTH/XI/2026",
    referral=(
        Field("Jenis rujukan", "Rujukan gawat darurat"),
        Field("Dirujuk ke", "RSUD Contoh (IGD PONEK), Dokter Spesialis Kebidanan dan Kandungan"),
        Field("Diagnosis", "O14.1 Preeklamsia berat"),
    ),
    explained=(
        "Keadaan pasien dan diagnosis kerja, serta alasan penanganan tidak dapat diselesaikan di Puskesmas.",
        "Manfaat dirujuk, risiko selama perjalanan, dan risiko bila tidak dirujuk.",
        "Pilihan lain yang ada, fasilitas yang dituju, perkiraan biaya dan penjaminannya.",
    ),
    place_date="Contoh, 21 November 2026",
    time="08.58",
    explainer="Dokter yang menjelaskan,",
    doctor="dr. Nama Contoh",
    doctor_identifiers="SIP 000/SIP/2025",
    signer=ConsentSigner(
        name="Ahmad Contoh",
        relation="Suami",
        identity="1306040101959002",
        phone="0800-0000-000",
        address="Jr. Contoh RT 02/RW 01, Nagari Contoh",
    ),
    witnesses=("Bidan Contoh", ""),
    text_version="2026-1",
    uid="01932f5e-4444-7e8e-9a3b-1f2e3d4c5b6a",
)
