"""Hasil skrining, A4: the result and what to do next first, then every answer as it was given."""

from __future__ import annotations

from ilp_desk.paperwork import Field, GivenAnswer, PatientBlock, ResultSheet, Signature
from printing import blocks, parts, styles, tables
from printing.page import Page
from printing.parts import Row
from printing.samples import LETTERHEAD

PAPER = styles.A4
MANY, BETWEEN, TALLEST = 14, 10.0, 440.0
"""More answers than that stand in two columns, so far apart, where these are not higher; points."""


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
    """One table; many short answers stand in two of them beside each other, so that the form stays on one page."""
    title = parts.heading("JAWABAN", width)
    if len(answers) > MANY:
        left, right = _halves(answers, (width - BETWEEN) / 2)
        if _higher(left, right) <= TALLEST:
            return [*title, *parts.beside(left, right)]
    return [*title, *_table(answers, width, 1, grouped=any(answer.group for answer in answers))]


def _table(answers: tuple[GivenAnswer, ...], width: float, first: int, *, grouped: bool) -> list[Row]:
    heads = ("Bagian" if grouped else "No.", "Yang ditanyakan", "Jawaban", "Nilai")
    head = [[(styles.STRONG, text)] for text in heads]
    narrow = [tables.natural([(styles.STRONG, text)]) for text in (heads[0], heads[3])]
    sides = (max(narrow[0], width * 0.14 if grouped else 0.0), narrow[1])
    rest = width - sum(sides)
    records = [
        [
            [(styles.TABLE, answer.group if grouped else f"{number}.")],
            [(styles.TABLE, answer.text)],
            [(styles.TABLE_STRONG, answer.answer)],
            [(styles.TABLE, answer.points)],
        ]
        for number, answer in enumerate(answers, first)
    ]
    said = tables.natural([(styles.STRONG, heads[2]), *((styles.TABLE_STRONG, answer.answer) for answer in answers)])
    said = min(said, rest * 0.38)
    return tables.table(head, records, [sides[0], rest - said, said, sides[1]])


def _halves(answers: tuple[GivenAnswer, ...], width: float) -> tuple[list[Row], list[Row]]:
    """Two tables of about the same height, the second moved to the right."""
    middle = len(answers) // 2
    tried = []
    for cut in range(middle - 3, middle + 2):
        left = _table(answers[:cut], width, 1, grouped=False)
        right = _table(answers[cut:], width, cut + 1, grouped=False)
        tried.append((left, [_moved(row, width + BETWEEN) for row in right]))
    return min(tried, key=lambda pair: _higher(*pair))


def _higher(left: list[Row], right: list[Row]) -> float:
    return max(parts.total(left), parts.total(right))


def _moved(row: Row, right: float) -> Row:
    return Row(row.height, lambda pen, x, top: row.draw(pen, x + right, top), row.keep)


SAMPLE = ResultSheet(
    letterhead=LETTERHEAD,
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
