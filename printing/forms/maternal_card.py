"""Kartu ibu, A4: a pregnancy with its visits, risks and birth plan; after the birth nifas and the child."""

from __future__ import annotations

from collections.abc import Sequence

from ilp_desk.paperwork import CardBaby, CardVisit, Field, MaternalCard, Signature
from printing import blocks, parts, styles, tables
from printing.lines import Span
from printing.page import Page
from printing.parts import Entry, Row
from printing.samples import LETTERHEAD, PATIENT

PAPER = styles.A4
LABELS = 92.0
HEAD = ("Kunjungan", "Umur", "TD", "BB", "LiLA", "TFU", "DJJ", "Hb", "Prot.", "TTD", "Di mana, temuan")
FIGURES = ("pressure", "weight", "arm", "fundus", "heart", "haemoglobin", "protein", "tablets")
SHARES = (0.13, 0.11, 0.08, 0.06, 0.06, 0.055, 0.055, 0.055, 0.08, 0.05, 0.265)


def draw(data: MaternalCard, page: Page) -> None:
    width, patient = page.width, data.patient
    page.running_head(
        blocks.running_patient("KARTU IBU", patient.name, patient.record_number, patient.birth_date, width)
    )
    page.add(blocks.letterhead(data.letterhead, width))
    page.add(blocks.title("KARTU IBU", [], width))
    page.add(blocks.patient_box(patient, width))
    page.add(_pairs("KEHAMILAN INI", data.dating, width))
    page.add(_visits(data, width))
    page.add(parts.section("RISIKO", [(styles.BODY, data.risks)], width))
    page.add(_pairs("STATUS T DAN TABLET", data.care, width))
    page.add(_pairs("RENCANA PERSALINAN", data.plan, width))
    page.add(parts.section("PERSALINAN", [(styles.BODY, data.delivery)], width))
    page.add(_pairs("NIFAS", data.postpartum, width))
    for baby in data.babies:
        page.add(_pairs(f"BAYI: {baby.name}", baby.services, width))
    ahead = parts.section("KUNJUNGAN BERIKUTNYA", [(styles.STRONG, data.next_visit)], width)
    page.add(parts.together([*ahead, parts.gap(12), *blocks.signed(data.signature, width)]))
    note = "Bawa kartu ini dan Buku KIA setiap kali periksa. Rahasia: hanya untuk ibu dan petugas yang merawatnya."
    page.at_bottom([Row(8.0), *blocks.foot_note(note, "", width)])


def _pairs(title: str, lines: Sequence[Field], width: float) -> list[Row]:
    """Two columns of fields under a heading, read left to right; nothing where there are none."""
    if not lines:
        return []
    entries = [Entry.plain(line.label, line.value) for line in lines]
    odd = entries[-1:] if len(entries) % 2 else []
    even = entries[: len(entries) - len(odd)]
    rows = parts.paired_fields(list(zip(even[::2], even[1::2])), width, (LABELS, LABELS), width * 0.52)
    last = parts.fields(odd, width, LABELS)
    return [*parts.heading(title, width), *rows, *([parts.gap(1.6)] if rows and last else []), *last]


def _visits(data: MaternalCard, width: float) -> list[Row]:
    title = parts.heading("PEMERIKSAAN KEHAMILAN", width)
    below = parts.paragraph([(styles.BODY, data.pattern)], width) if data.pattern else []
    if not data.visits:
        return [*title, *parts.paragraph([(styles.BODY, "Belum ada kunjungan.")], width), *below]
    head = [[(styles.SMALL_STRONG, text)] for text in HEAD]
    widths = [width * share for share in SHARES]
    note: list[Row] = []
    if any(visit.flagged for visit in data.visits):
        note = parts.paragraph([(styles.SMALL, "Angka tebal: di luar batas.")], width)
    return [*title, *tables.table(head, [_visit(v) for v in data.visits], widths), parts.gap(2), *note, *below]


def _visit(visit: CardVisit) -> list[list[Span]]:
    figures = [
        [(styles.SMALL_STRONG if name in visit.flagged else styles.SMALL, getattr(visit, name))] for name in FIGURES
    ]
    return [
        [(styles.SMALL_STRONG, f"{visit.name}\n"), (styles.SMALL, visit.date)],
        [(styles.SMALL, visit.weeks)],
        *figures,
        [(styles.SMALL, visit.remarks)],
    ]


SAMPLE = MaternalCard(
    letterhead=LETTERHEAD,
    patient=PATIENT,
    dating=(
        Field("HPHT", "09-05-2026 (pasti)"),
        Field("HPL", "13-02-2027"),
        Field("G/P/A", "G2P1A0"),
        Field("Umur kehamilan", "28 mgg"),
    ),
    visits=(
        CardVisit(
            name="K1 murni",
            date="11-07-2026",
            weeks="9 mgg 0 hr",
            pressure="112/72",
            weight="55,4",
            arm="25,0",
            haemoglobin="11,4",
            protein="negatif",
            tablets="30",
            remarks="dr. Nama Contoh, USG: janin tunggal",
        ),
        CardVisit(
            name="K2",
            date="03-10-2026",
            weeks="21 mgg 0 hr",
            pressure="122/80",
            weight="60,1",
            fundus="20",
            heart="144",
            tablets="30",
            remarks="PMB Contoh",
        ),
        CardVisit(
            name="K3",
            date="12-11-2026",
            weeks="26 mgg 5 hr",
            pressure="142/94",
            weight="64,0",
            fundus="25",
            heart="142",
            protein="negatif",
            tablets="30",
            remarks="Bidan Contoh; edema tungkai minimal",
            flagged=("pressure",),
        ),
    ),
    pattern="Masih kurang: 2 kali periksa di trimester 3, USG oleh dokter di trimester 3.",
    risks="Sedikitnya 2, Kehamilan risiko rendah (KRR).",
    care=(Field("Status T", "T2 sejak 10-06-1999"), Field("Tablet", "90 dari 180, diminum 58")),
    plan=(Field("Tempat", "Puskesmas"), Field("Penolong", "Bidan"), Field("Kendaraan", "ambulans nagari")),
    delivery="Lahir hidup 13-02-2027 pukul 07.40. Puskesmas, Bidan, Spontan, IMD.",
    postpartum=(Field("KF1", "13-02-2027"), Field("KF2", "17-02-2027"), Field("KF3", "belum"), Field("KF4", "belum")),
    babies=(
        CardBaby(
            name="By. Ny. Siti Contoh · L · 3200 g",
            services=(Field("KN1", "13-02-2027"), Field("HB0", "13-02-2027"), Field("SHK", "15-02-2027")),
        ),
    ),
    next_visit="05-12-2026",
    signature=Signature(
        place_date="Contoh, 21 November 2026", role="Bidan pemeriksa,", name="Bidan Contoh", identifiers="SIPB 000/2025"
    ),
)
