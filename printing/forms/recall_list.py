"""Daftar panggil untuk kader, A4: by RT, longest late first, with room to note what came of the call."""

from __future__ import annotations

from ilp_desk.paperwork import Letterhead, RecallBlock, RecallEntry, RecallList
from printing import blocks, parts, styles, tables
from printing.lines import Span
from printing.page import Page
from printing.parts import Row

PAPER = styles.A4
SHARES = (0.05, 0.26, 0.19, 0.22, 0.28)
HEAD = ("No", "Nama, umur", "Alamat", "Layanan", "Hasil dihubungi (tanggal)")

NOTE = "Rahasia: hanya untuk kader dan petugas. Kembalikan ke Puskesmas sesudah diisi; jangan difoto atau disebarkan."


def draw(data: RecallList, page: Page) -> None:
    width = page.width
    page.running_head(
        blocks.running_head(
            [(styles.SMALL_STRONG, f"DAFTAR PANGGIL · {data.group}"), (styles.SMALL, f" · {data.area} · {data.day}")],
            width,
        )
    )
    page.add(blocks.letterhead(data.letterhead, width))
    page.add(blocks.title("DAFTAR PANGGIL UNTUK KADER", [(styles.SUBTITLE, data.group)], width))
    page.add(parts.paragraph([(styles.STRONG, data.area), (styles.BODY, f" · keadaan {data.day}")], width, "center"))
    page.add(parts.paragraph([(styles.BODY, data.counts)], width, "center"))
    page.add([parts.gap(6)])
    if not data.blocks:
        page.add(parts.paragraph([(styles.BODY, "Tidak ada yang perlu dipanggil.")], width, "center"))
    for block in data.blocks:
        page.add(_block(block, width))
    page.at_bottom([Row(6.0), *parts.paragraph([(styles.NOTE, f"{NOTE} {data.printed}")], width)])


def _block(block: RecallBlock, width: float) -> list[Row]:
    head = [[(styles.TABLE_STRONG, text)] for text in HEAD]
    records = [_record(number, entry) for number, entry in enumerate(block.entries, 1)]
    title = [*parts.heading(f"{block.title.upper()} · {len(block.entries)} ORANG", width)]
    return [*title, *tables.table(head, records, [width * share for share in SHARES]), parts.gap(7)]


def _record(number: int, entry: RecallEntry) -> list[list[Span]]:
    since = (styles.TABLE_STRONG if entry.late else styles.TABLE, entry.since)
    last = f"\nterakhir datang {entry.last_visit}" if entry.last_visit else ""
    return [
        [(styles.TABLE, str(number))],
        [(styles.TABLE_STRONG, entry.name), (styles.TABLE, f"\n{entry.who}")],
        [(styles.TABLE, entry.address + last)],
        [(styles.TABLE, f"{entry.services}\n"), since],
        [(styles.TABLE, entry.contact)],
    ]


SAMPLE = RecallList(
    letterhead=Letterhead(
        above=("PEMERINTAH KABUPATEN CONTOH · DINAS KESEHATAN",),
        facility="UPTD PUSKESMAS CONTOH",
        below=("Jl. Contoh Raya No. 1, Kec. Contoh 00000 · Telp. (000) 00000",),
    ),
    group="Balita: imunisasi dan timbang",
    area="Sungai Batang, Posyandu Anggrek",
    counts="3 terlambat · 1 waktunya bulan ini · 1 belum ada data",
    day="21-11-2026",
    printed="Dicetak bidan Nama Contoh, 21-11-2026 09.05.",
    blocks=(
        RecallBlock(
            title="RT 01 / RW 02, Labuah, Sungai Batang",
            entries=(
                RecallEntry(
                    name="Alif Contoh",
                    who="31 bln · L · ibu Rina Contoh",
                    address="Jl. Danau No. 3",
                    services="Timbang dan ukur",
                    since="terlambat 3 bln",
                    late=True,
                    last_visit="20-08-2026",
                ),
            ),
        ),
        RecallBlock(
            title="RT 02 / RW 02, Labuah, Sungai Batang",
            entries=(
                RecallEntry(
                    name="Nadia Contoh",
                    who="9 bln · P · ibu Yeni Contoh",
                    address="Simpang Tigo",
                    services="Imunisasi DPT-HB-Hib 3, Imunisasi OPV 4",
                    since="terlambat 5 bln",
                    late=True,
                    last_visit="02-06-2026",
                    contact="tidak tersambung, 15-11-2026, Bu Yusni",
                ),
                RecallEntry(
                    name="Rizki Contoh",
                    who="14 bln · L · ibu Desi Contoh",
                    address="Simpang Tigo",
                    services="Imunisasi PCV 3",
                    since="terlambat 1 bln",
                    late=True,
                    last_visit="12-10-2026",
                ),
                RecallEntry(
                    name="Bima Contoh",
                    who="11 bln · L · ibu Nur Contoh",
                    address="",
                    services="Vitamin A biru",
                    since="mulai 28-11-2026",
                    late=False,
                ),
                RecallEntry(
                    name="Keysha Contoh",
                    who="22 bln · P · ibu Ani Contoh",
                    address="Muko Balai",
                    services="Imunisasi bayi dan balita",
                    since="belum ada data",
                    late=False,
                ),
            ),
        ),
    ),
)
