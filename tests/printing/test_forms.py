"""Every form, read back from its PDF as the one who holds the paper reads it."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pypdfium2
import pytest

from ilp_desk.paperwork import Field, GrowthChart, NextService, Paperwork
from ilp_desk.paperwork.referral import Vital
from printing.forms import (
    general_consent,
    patient_card,
    patient_summary,
    queue_ticket,
    recovery_sheet,
    referral_consent,
    referral_letter,
    sick_note,
)
from printing.renderer import _FORMS, PdfRenderer
from printing.styles import MM
from tests.printing.pages import SAMPLES
from tests.printing.reading import codes, read, text

renderer = PdfRenderer()
PATH = pypdfium2.raw.FPDF_PAGEOBJ_PATH
DOT = 8.0
"""Points; nothing else on the chart is so small and as wide as high."""

SIZES_MM = {
    "immunization_card": (148, 210),
    "lab_label": (40, 25),
    "patient_card": (85.6, 54),
    "record_label": (50, 20),
    "sick_note": (148, 210),
}


@pytest.mark.parametrize("name", [name for name in SAMPLES if not name.startswith("queue")])
def test_a_usual_form_is_one_page_of_its_paper(name: str) -> None:
    width, height = SIZES_MM.get(name, (210, 297))
    (sheet,) = read(renderer.pdf(SAMPLES[name]))
    assert sheet.width == pytest.approx(width * MM, abs=0.1)
    assert sheet.height == pytest.approx(height * MM, abs=0.1)


def test_every_registered_form_has_a_sample() -> None:
    assert {type(paper) for paper in SAMPLES.values()} == set(_FORMS)
    for kind in _FORMS:
        assert kind.kind
        assert kind.title


@pytest.mark.parametrize("name", SAMPLES)
def test_equal_input_gives_equal_bytes_and_fonts_are_embedded(name: str) -> None:
    first = renderer.pdf(SAMPLES[name])
    assert first == PdfRenderer().pdf(SAMPLES[name])
    assert b"Helvetica" not in first
    assert first.count(b"/FontFile2") == first.count(b"/Type /FontDescriptor") > 0


def test_letter_says_what_the_receiving_doctor_needs() -> None:
    data = referral_letter.SAMPLE
    read_back = text(renderer.pdf(data))
    for expected in (
        "UPTD PUSKESMAS CONTOH",
        "SURAT RUJUKAN",
        "Nomor: 440/0217/RJK/PKM-CTH/XI/2026",
        "RUJUKAN GAWAT DARURAT",
        "Dokter Spesialis Kebidanan dan Kandungan",
        "RSUD Contoh (IGD PONEK)",
        "belum ada, menyusul",
        "Siti Contoh",
        "00-12-47-01",
        "27 th 9 bln / Perempuan",
        data.anamnesis,
        "162/108 mmHg",
        "SpO₂",
        "O14.1 Preeklamsia berat (utama)",
        "Alergi: amoksisilin. MgSO₄ 40% 4 g IV",
        data.reason,
        "Persetujuan rujukan: suami (Ahmad Contoh)",
        "Contoh, 21 November 2026, 09.05",
        "dr. Nama Contoh",
        "lembar balasan",
        "rujuk balik (PRB)",
        "(rujukan 440/0217)",
    ):
        assert expected in read_back
    assert "berlaku" not in read_back  # an emergency letter has no end date
    assert "hal 1" not in read_back


def test_letter_of_an_outpatient_says_until_when_it_is_valid() -> None:
    data = replace(referral_letter.SAMPLE, valid_until="19 Februari 2027", external_number=None)
    read_back = text(renderer.pdf(data))
    assert "berlaku untuk satu kunjungan, sampai dengan 19 Februari 2027." in read_back
    assert "Nomor BPJS" not in read_back


def test_letter_shows_the_external_number_and_further_details() -> None:
    details = (Field("TACC", "Time, kurang dari 3 hari"),)
    data = replace(referral_letter.SAMPLE, external_number="0001B0011126P000001", details=details)
    read_back = text(renderer.pdf(data))
    assert "Nomor BPJS : 0001B0011126P000001" in read_back
    assert "TACC : Time, kurang dari 3 hari" in read_back


def test_letter_without_vitals_or_findings_still_prints() -> None:
    data = replace(referral_letter.SAMPLE, vitals=(), anamnesis="", allergies="", therapy="", diagnoses=())
    read_back = text(renderer.pdf(data))
    assert "Alergi: belum ditanyakan. Terapi: –" in read_back
    assert "PENUNJANG" not in read_back


@pytest.mark.parametrize("lines", range(1, 30))
def test_a_signature_never_stands_alone_on_a_page(lines: int) -> None:
    patient = replace(general_consent.SAMPLE.patient, address="Jl. Contoh\n" * lines)
    for paper, beside in (
        (replace(general_consent.SAMPLE, patient=patient), "Informasi kesehatan saya"),
        (replace(patient_summary.SAMPLE, patient=patient), patient_summary.SAMPLE.visits[-1].date),
    ):
        (signed,) = [page.text for page in read(renderer.pdf(paper)) if "Contoh, 21 November 2026" in page.text]
        assert beside in signed


@pytest.mark.parametrize("count", range(1, 15))
def test_a_measured_value_is_never_broken(count: int) -> None:
    told = [("TD", "162/108"), ("Nadi", "96/mnt"), ("Napas", "20/mnt"), ("Suhu", "36,7 °C"), ("SpO₂", "98%")]
    told += [("Berat", "68,4 kg"), ("LiLA", "26,0 cm"), ("TFU", "27 cm"), ("DJJ", "142/mnt"), ("Protein urin", "++")]
    told += [("Presentasi", "kepala"), ("Tinggi", "158,5 cm"), ("Gula darah", "108 mg/dL"), ("Hb", "10,2 g/dL")]
    vitals = tuple(Vital(*part) for part in told[:count])
    printed = text(renderer.pdf(replace(referral_letter.SAMPLE, vitals=vitals)))
    assert [part for pair in told[:count] for part in pair if part not in printed] == []


def test_empty_patient_details_print_as_a_dash() -> None:
    patient = replace(referral_letter.SAMPLE.patient, nik="", family="")
    read_back = text(renderer.pdf(replace(referral_letter.SAMPLE, patient=patient)))
    assert "NIK : –" in read_back
    assert "Keluarga : –" in read_back


@pytest.mark.parametrize("name", ["referral_letter", "sick_note", "general_consent", "queue_ticket"])
def test_copies_and_voided_papers_are_marked(name: str) -> None:
    paper = SAMPLES[name]
    plain = text(renderer.pdf(paper))
    assert "SALINAN" not in plain
    assert "DIBATALKAN" not in plain
    assert "SALINAN" in text(renderer.pdf(paper, copy=True))
    assert "DIBATALKAN" in text(renderer.pdf(paper, void=True))
    both = text(renderer.pdf(paper, copy=True, void=True))
    assert "SALINAN" in both
    assert "DIBATALKAN" in both


def test_the_marks_stand_on_every_page_as_a_watermark_too() -> None:
    long = replace(referral_letter.SAMPLE, anamnesis="Nyeri kepala hebat. " * 400)
    sheets = read(renderer.pdf(long, copy=True))
    assert len(sheets) > 1
    for sheet in sheets:
        assert len(re.findall("SALINAN|S\\s*A\\s*L\\s*I\\s*N\\s*A\\s*N", sheet.text)) >= 2


@pytest.mark.parametrize(
    ("name", "kind", "content"),
    [
        ("general_consent", "QRCode", f"ILP1:{general_consent.SAMPLE.uid}"),
        ("lab_label", "Code128", "2611210014"),
        ("patient_card", "QRCode", f"ILP1:{patient_card.SAMPLE.uid}"),
        ("patient_summary", "QRCode", f"ILP1:{patient_summary.SAMPLE.uid}"),
        ("queue_ticket", "QRCode", f"ILP1:{queue_ticket.SAMPLE.uid}"),
        ("queue_ticket_58", "QRCode", f"ILP1:{queue_ticket.SAMPLE.uid}"),
        ("record_label", "Code128", "00-12-47-01"),
        ("referral_consent", "QRCode", f"ILP1:{referral_consent.SAMPLE.uid}"),
        ("referral_letter", "QRCode", f"ILP1:{referral_letter.SAMPLE.uid}"),
        ("sick_note", "QRCode", f"ILP1:{sick_note.SAMPLE.uid}"),
    ],
)
def test_a_scanner_reads_the_code_and_finds_nothing_else_in_it(name: str, kind: str, content: str) -> None:
    assert codes(renderer.pdf(SAMPLES[name])) == [(kind, content)]


@pytest.mark.parametrize("width_mm", [80, 58])
def test_ticket_grows_with_its_text(width_mm: int) -> None:
    short = replace(queue_ticket.SAMPLE, width_mm=width_mm, next_services=(), note="", uid="", priority="")
    long = replace(short, next_services=(NextService("Imunisasi", "Ruang 5", "B-003"), NextService("Laboratorium")))
    (first,), (second,) = read(renderer.pdf(short)), read(renderer.pdf(long))
    assert first.width == second.width == pytest.approx(width_mm * MM)
    assert second.height > first.height + 30
    assert "Imunisasi · Ruang 5 · B-003" in second.text


def test_ticket_shows_number_place_and_wait() -> None:
    read_back = text(renderer.pdf(queue_ticket.SAMPLE))
    for expected in ("A-012", "A · Ibu & Anak", "Poli KIA", "Ruang 3", "21-11-2026 · 08.41", "Didahulukan", "47-01",
                     "Menunggu di depan Anda: 4 orang", "Perkiraan dipanggil sekitar 09.20"):  # fmt: skip
        assert expected in read_back
    assert "Anda yang berikutnya" in text(renderer.pdf(replace(queue_ticket.SAMPLE, waiting_ahead=0)))
    assert "di depan" not in text(renderer.pdf(replace(queue_ticket.SAMPLE, waiting_ahead=None)))


def test_the_number_is_the_largest_thing_on_the_ticket() -> None:
    (sheet,) = read(renderer.pdf(queue_ticket.SAMPLE))
    largest = max(sheet.signs, key=lambda sign: sign.height)
    assert largest.text in "A012"
    assert largest.height > 14 * MM


def test_sick_note_names_the_diagnosis_only_when_given() -> None:
    assert "Diagnosis" not in text(renderer.pdf(sick_note.SAMPLE))
    told = text(renderer.pdf(replace(sick_note.SAMPLE, diagnosis="J06.9 ISPA")))
    assert "Diagnosis (dicantumkan atas persetujuan pasien): J06.9 ISPA" in told


def test_consent_is_printed_with_empty_boxes_only() -> None:
    pdf = renderer.pdf(general_consent.SAMPLE)
    read_back = text(pdf)
    for tick in "☑✓✗☒":
        assert tick not in read_back
    asked = sum(clause.choice for clause in general_consent.SAMPLE.clauses)
    assert len(re.findall(r"(?<!Tidak )\bSetuju\b", read_back)) == asked
    assert read_back.count("Tidak setuju") == asked
    assert "Naskah versi 2026-1" in read_back


def test_refusal_says_so_and_asks_for_the_reason() -> None:
    refused = text(renderer.pdf(SAMPLES["referral_refusal"]))
    assert "PENOLAKAN RUJUKAN" in refused
    assert "MENOLAK" in refused
    assert "ALASAN MENOLAK" in refused
    agreed = text(renderer.pdf(referral_consent.SAMPLE))
    assert "MENYETUJUI" in agreed
    assert "MENOLAK" not in agreed


def test_recovery_sheet_shows_every_group_in_order() -> None:
    read_back = text(renderer.pdf(recovery_sheet.SAMPLE))
    places = [read_back.index(group) for group in recovery_sheet.SAMPLE.groups]
    assert places == sorted(places)


def test_summary_without_problems_and_visits_says_so() -> None:
    read_back = text(renderer.pdf(replace(patient_summary.SAMPLE, problems=(), visits=(), allergies="")))
    for expected in ("Belum ada yang tercatat.", "Belum ada kunjungan.", "Belum ditanyakan"):
        assert expected in read_back


def test_summary_repeats_the_table_head_on_the_next_page() -> None:
    data = replace(patient_summary.SAMPLE, visits=patient_summary.SAMPLE.visits * 12)
    sheets = read(renderer.pdf(data))
    assert len(sheets) >= 3
    with_visits = [sheet for sheet in sheets if "Poli KIA" in sheet.text]
    assert all("Tanggal, layanan" in sheet.text for sheet in with_visits)


def test_metadata_holds_no_person() -> None:
    with pypdfium2.PdfDocument(renderer.pdf(referral_letter.SAMPLE)) as document:
        metadata = document.get_metadata_dict()
    assert metadata["Title"] == "Surat rujukan"
    assert "Siti" not in str(metadata)


def test_a_paper_without_a_form_is_an_error() -> None:
    with pytest.raises(KeyError):
        renderer.pdf(Paperwork())


def test_papers_drawn_at_the_same_time_in_several_threads_are_the_same() -> None:
    papers = list(SAMPLES.values()) * 3
    alone = [renderer.pdf(paper) for paper in papers]
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(renderer.pdf, papers)) == alone


@pytest.mark.parametrize("role", ["Dokter pemeriksa", "Dokter pemeriksa,"])
def test_the_signing_role_ends_with_one_comma(role: str) -> None:
    signed = replace(sick_note.SAMPLE.signature, role=role)
    assert "Dokter pemeriksa, dr. Nama" in text(renderer.pdf(replace(sick_note.SAMPLE, signature=signed)))


def test_ticket_and_card_leave_out_what_is_not_known() -> None:
    ticket = text(renderer.pdf(replace(queue_ticket.SAMPLE, cluster_name="", room="", record_tail="")))
    assert "A ·" not in ticket
    assert "No. RM" not in ticket
    card = text(renderer.pdf(replace(patient_card.SAMPLE, record_number="", family_folder="", phone="")))
    for label in ("No. RM", "Map keluarga", "Telp."):
        assert label not in card


def test_the_growth_chart_says_what_the_curve_says() -> None:
    sheet = text(renderer.pdf(SAMPLES["growth_chart"]))
    for words in (
        "Berat badan menurut umur, anak laki-laki",
        "+3 SD", "−2 SD", "median", "Umur (bulan)",
        "−2,35 · Berat badan kurang", "T · +50 g, minimal 200 g",
        "2T: konfirmasi dan cari sebab", "Kontrol 05-12-2026",
        "Umur koreksi 12 bln 20 hr; lahir 34 mgg.",
        "19-10-2026", "Posyandu Anggrek",
    ):  # fmt: skip
        assert words in sheet, words


def test_every_point_of_the_growth_chart_is_drawn_where_the_axes_say() -> None:
    """Each day is one filled dot; without days there is none."""
    chart = SAMPLES["growth_chart"]
    assert isinstance(chart, GrowthChart)
    bare = replace(chart, plot=replace(chart.plot, points=()))
    drawn, without = (_dots(renderer.pdf(paper)) for paper in (chart, bare))
    assert without == []
    assert len(drawn) == len(chart.plot.points)
    (x0, _), (x3, _) = drawn[0], drawn[-1]
    months = chart.plot.points[-1].x - chart.plot.points[0].x
    width = 180 * MM - 74.0  # the page between its margins, less the room of the axis and the names
    assert x3 - x0 == pytest.approx(width * months / 24, abs=1.5)


def _dots(pdf: bytes) -> list[tuple[float, float]]:
    """Left and bottom of the small filled circles of the first page, from left to right."""
    page = pypdfium2.PdfDocument(pdf)[0]
    boxes = [shape.get_bounds() for shape in page.get_objects() if shape.type == PATH]
    return sorted(
        (box[0], box[1]) for box in boxes if box[2] - box[0] < DOT and abs(box[2] - box[0] - box[3] + box[1]) < 0.1
    )
