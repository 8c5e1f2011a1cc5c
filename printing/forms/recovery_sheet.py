"""The database's recovery code on one A4 sheet, to be locked away."""

from __future__ import annotations

from ilp_desk.paperwork import RecoverySheet
from printing import parts, styles
from printing.lines import break_lines
from printing.page import Page
from printing.parts import Cell, Entry, Row
from printing.pen import Pen
from printing.styles import Style

PAPER = styles.A4
PER_LINE = 4
GROUP = Style("bold", 25.0, 31.0, tracking=2.2)
ORDER = Style("regular", 8.6, 11.2, styles.MUTED)
NAME = Style("bold", 22.0, 28.0)
BODY = Style("regular", 11.0, 15.0)
STRONG = Style("bold", 11.0, 15.0)

WHAT = (
    "Kode ini membuka basis data pasien bila berkas kuncinya (desk.key) hilang atau komputernya rusak. "
    "Tanpa berkas kunci dan tanpa kode ini, data tidak dapat dibuka oleh siapa pun, juga tidak oleh pembuat program."
)
KEEPING = (
    "Simpan lembar ini di amplop tertutup, di lemari terkunci kepala Puskesmas, bukan di ruang komputer.",
    "Buat satu salinan dan simpan di gedung lain, misalnya di Dinas Kesehatan.",
    "Jangan difoto, jangan dikirim lewat pesan, dan jangan disimpan di komputer yang sama.",
    "Siapa yang memegang kode ini dan salinan basis data dapat membaca semua data pasien.",
    "Bila lembar ini hilang atau terbaca orang lain, buat kode baru di Manajemen, lalu musnahkan lembar yang lama.",
)


def draw(data: RecoverySheet, page: Page) -> None:
    width = page.width
    page.add(parts.paragraph([(styles.MARK, "RAHASIA · DISIMPAN TERKUNCI")], width, "center"))
    page.add([Row(8), *parts.paragraph([(NAME, "Kode pemulihan basis data")], width, "center")])
    page.add([*parts.paragraph([(BODY, data.facility)], width, "center"), Row(10)])
    page.add([parts.rule(width, 1.2, below=10)])
    page.add(parts.paragraph([(BODY, WHAT)], width))
    page.add([Row(14), *_grid(data.groups, width), Row(14)])
    page.add(parts.paragraph([(STRONG, "Cara menyimpan")], width))
    for index, text in enumerate(KEEPING, 1):
        page.add([Row(3), *parts.numbered(f"{index}.", [(BODY, text)], width)])
    page.add([Row(12), *parts.paragraph([(STRONG, "Cara memakai")], width), Row(3)])
    using = "Buka ILP Desk, pilih “Pakai kode pemulihan”, lalu ketik kelompok huruf di atas dari nomor 1 berurutan."
    page.add(parts.paragraph([(BODY, using)], width))
    page.add([Row(14)])
    made = [
        Entry.plain("Basis data", data.database),
        Entry.plain("Dibuat", data.made_at),
        Entry.plain("Dibuat oleh", data.made_by),
    ]
    page.add(parts.together(parts.fields(made, width, 110.0)))
    labels = ("Disimpan di", "Disimpan oleh", "Tanggal, paraf")
    kept = [parts.writing_line(label, width, 110.0, 24.0) for label in labels]
    page.add(parts.together([Row(6), *kept]))


def _grid(groups: tuple[str, ...], width: float) -> list[Row]:
    """The groups in numbered frames, read line by line."""
    between = 9.0
    wide = (width - between * (PER_LINE - 1)) / PER_LINE
    longest = max([style for style in (parts.one_line(GROUP, group, wide - 12, 6.0) for group in groups) if style],
                  key=lambda style: -style.size, default=GROUP)  # fmt: skip
    rows: list[Row] = []
    for start in range(0, len(groups), PER_LINE):
        cells = [
            _framed(start + index + 1, group, index * (wide + between), wide, longest)
            for index, group in enumerate(groups[start : start + PER_LINE])
        ]
        rows += [*_merge(cells), Row(between)]
    return parts.together(rows)


def _framed(order: int, group: str, x: float, wide: float, style: Style) -> list[Row]:
    number = parts.side_by_side([Cell(x + 6, wide - 12, break_lines([(ORDER, str(order))], wide - 12))])
    text = parts.side_by_side([Cell(x + 6, wide - 12, break_lines([(style, group)], wide - 12), "center")])
    inner = [Row(3.0), *number, *text, Row(5.0)]
    height = parts.total(inner)

    def frame(pen: Pen, left: float, top: float) -> None:
        pen.frame(left + x, top, wide, height, 4, 1.0)

    return [Row(0.0, frame), *inner]


def _merge(cells: list[list[Row]]) -> list[Row]:
    rows = cells[0]
    for cell in cells[1:]:
        rows = parts.beside(rows, cell)
    return rows


SAMPLE = RecoverySheet(
    facility="UPTD Puskesmas Contoh",
    groups=("K7QDM", "X2WPA", "9HTRC", "VF4NE", "B8JYG", "3ZLUS", "6KCMD", "PQX5W", "HAT2R", "NV9FE", "GYB7J"),
    database="Puskesmas Contoh, basis data utama",
    made_at="21-11-2026 pukul 07.30",
    made_by="Nama Contoh (kepala tata usaha)",
)
