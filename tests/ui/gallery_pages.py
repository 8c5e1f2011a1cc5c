"""The pages of the gallery: every widget in every state. People and numbers are invented."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from tests.ui.gallery_screens import PEOPLE, desk, room, shell
from ui.icons import names
from ui.paint import draw_icon, draw_text
from ui.rows import Column, RowsModel
from ui.theme import color, px
from ui.widgets import (
    Banner,
    BusyBar,
    Card,
    CheckBox,
    Chip,
    Choice,
    ClusterCard,
    Columns,
    Combo,
    DateEdit,
    EmptyState,
    Field,
    KeyButton,
    LineEdit,
    Paragraph,
    Pill,
    PillButton,
    SearchBox,
    SuggestEdit,
    TableView,
    Text,
    TextArea,
    TwoLine,
    ground,
    hbox,
    label,
    scroll,
    vbox,
)


def states() -> QWidget:
    """Buttons, fields, choices and bars in each of their states."""
    off = [KeyButton("Simpan", "Ctrl+S"), KeyButton("Simpan", kind="primary"), KeyButton("Batalkan", kind="danger")]
    for button in off:
        button.setEnabled(False)
    narrow = KeyButton("Daftarkan sekeluarga", "F4", icon="family")
    narrow.setFixedWidth(narrow.minimumSizeHint().width())
    buttons = vbox(
        label("Tombol", "section"),
        hbox(
            KeyButton("Biasa"),
            KeyButton("Dengan tombol", "F3", icon="useradd"),
            KeyButton("Utama", "Enter", kind="primary"),
            KeyButton("Bahaya", kind="danger", icon="void"),
            KeyButton("Tautan", kind="link"),
            None,
        ),
        hbox(*off, narrow, KeyButton("Kecil", "F7", small=True), None),
        hbox(
            PillButton("Kunci", "lock"),
            Pill("Tersimpan", "dot", "ok"),
            Pill("Printer tidak siap", "warn", "danger"),
            None,
        ),
        spacing=10,
    )
    plain = LineEdit(placeholder="Kosong")
    read_only = LineEdit("Hanya dibaca")
    read_only.setReadOnly(True)
    disabled = LineEdit("Tidak berlaku")
    disabled.setEnabled(False)
    wrong, warned, right = (Field("Suhu", LineEdit(v), suffix="°C") for v in ("420", "39,8", "36,7"))
    wrong.set_state("error", "Suhu 25 sampai 45 °C. Periksa angkanya.")
    warned.set_state("warn", "Tinggi. Ukur ulang.")
    right.set_state("ok", "Normal")
    shut = Combo(["Tidak berlaku"])
    shut.setEnabled(False)
    area = Field("Catatan", TextArea("Baris pertama\nBaris kedua", lines=2))
    area.set_state("warn", "Draf lama ditemukan. Periksa isinya sebelum disimpan, kalimat ini panjang sekali.")
    fields = Columns(
        [
            [(Field("Kosong", plain), 4), (Field("Hanya dibaca", read_only), 4), (Field("Tidak berlaku", disabled), 4)],
            [(wrong, 4), (warned, 4), (right, 4)],
            [
                (Field("Pilihan panjang", Combo(["Pilihan yang panjang sekali sehingga tidak muat di sini"])), 4),
                (Field("Belum dipilih", Combo(["a", "b"], placeholder="Pilih")), 4),
                (Field("Tidak berlaku", shut), 4),
            ],
            [
                (area, 6),
                (Field("Tanggal", DateEdit("", "", "Tanggal")), 3),
                (Field("Kg", LineEdit("68,4", tail="kg")), 3),
            ],
        ]
    )
    off_choice = Choice(["Ya", "Tidak"], "Ya")
    off_choice.setEnabled(False)
    off_check = CheckBox("Tidak berlaku", True)
    off_check.setEnabled(False)
    choices = vbox(
        label("Pilihan", "section"),
        hbox(
            Choice(["Ya", "Tidak"]),
            Choice(["Belum ditanya", "Tidak ada", "Ada"], "Tidak ada"),
            off_choice,
            None,
        ),
        hbox(Choice(["0", "1", "2", "3", "4"], "3"), CheckBox("Ya"), CheckBox("Dipilih", True), off_check, None),
        spacing=10,
    )
    waiting = BusyBar()
    waiting.start("Memeriksa berkas")
    waiting._show_line()
    waiting._show_detail()
    waiting.progress(312_000, 1_000_000)
    news = vbox(
        Banner(
            "info",
            "Data dari program lain baru masuk.",
            "Muat ulang untuk melihatnya.",
            buttons=(KeyButton("Muat ulang", small=True),),
        ),
        Banner(
            "warning",
            "Nama mirip hari ini:",
            "Siti Nurhaliza (27 th) dan Siti Nurhalizah (31 th).",
            "Cocokkan tanggal lahir sebelum memanggil.",
        ),
        Banner("danger", "Printer tidak siap.", "Nyalakan printer, lalu cetak ulang dengan F9."),
        waiting,
        spacing=8,
    )
    text = Paragraph(
        [
            Text("Persetujuan umum. ", bold=True),
            Text("Pasien atau keluarga menyetujui pemeriksaan dan pencatatan. Tanda: − ≥ ≤ → ↑ ↓ ✓ • · – — … ° ₂ × ☐"),
            Text(" Tidak dapat dibatalkan.", color="danger"),
        ]
    )
    body = QWidget()
    body.setLayout(vbox(buttons, 4, choices, 4, fields, None, spacing=8, margins=(16, 14, 16, 14)))
    left = Card(vbox(scroll(body), margins=(1, 1, 1, 1)))
    empty = EmptyState(
        "Belum ada pasien dipanggil.",
        "Tekan Ctrl+J untuk memanggil nomor berikutnya.",
        (KeyButton("Panggil berikutnya", "Ctrl+J", kind="primary"),),
        icon="call",
    )
    side = vbox(
        Card(vbox(news, text, spacing=10, margins=(14, 12, 14, 12))),
        Card(
            vbox(
                ClusterCard("C", "Lansia", "Poli Lansia", "Klaster 3, karena umur 64 tahun."), margins=(14, 12, 14, 12)
            )
        ),
        Card(vbox(empty)),
        spacing=10,
    )
    side.setStretch(2, 1)
    right_side = QWidget()
    right_side.setLayout(side)
    beside = scroll(right_side)
    beside.setFixedWidth(px(470))
    across = hbox(left, beside, spacing=10, margins=(12, 12, 12, 12))
    across.setStretch(0, 1)
    return shell(ground(across), 7)


CODES = (
    TwoLine("Hipertensi gestasional", "tanpa proteinuria bermakna", lead="O13", chips=(Chip("sering"),)),
    TwoLine("Hipertensi esensial (primer)", "darah tinggi", lead="I10"),
    TwoLine("Preeklamsia berat", "hipertensi dalam kehamilan", lead="O14.1"),
)


def offers() -> QWidget:
    """A field that offers diagnoses, in a form."""
    edit: SuggestEdit[TwoLine] = SuggestEdit(
        lambda row: row, lambda row: f"{row.lead} {row.title}", "Ketik kode atau kata", name="Diagnosis"
    )
    form = Columns(
        [
            [(Field("Diagnosis utama", edit), 8), (Field("Kasus", Choice(["Baru", "Lama"], "Baru")), 4)],
            [(Field("Terapi", TextArea(placeholder="Nama obat, dosis, lama", lines=5)), 12)],
        ]
    )
    card = Card(vbox(label("Diagnosis & terapi", "subtitle"), form, None, margins=(16, 14, 16, 14)))
    page = shell(ground(vbox(card, margins=(12, 12, 12, 12))), 2)
    edit.setText("hip")
    return page


def table() -> QWidget:
    """A long table and an empty list."""
    columns: tuple[Column[tuple[str, ...]], ...] = (
        Column("Nomor", lambda r: r[0], 110, bold=True),
        Column("Pasien", lambda r: r[1]),
        Column("Tujuan", lambda r: r[2], 260, muted=True, optional=True),
        Column("Status", lambda r: "", 170, chip=lambda r: (r[3], r[4])),
        Column("Umur", lambda r: r[5], 110, align="right"),
        Column("Dibuat", lambda r: r[6], 120, align="right", ink=lambda r: "danger" if r[4] == "danger" else "ink"),
    )
    model: RowsModel[tuple[str, ...]] = RowsModel(columns)
    kinds = (("terkirim", "ok"), ("menunggu balasan", "warning"), ("dibatalkan", "danger"), ("draf", "neutral"))
    rows = []
    for n in range(1, 40):
        word, tone = kinds[n % 4]
        rows.append(
            (f"R-{n:04}", PEOPLE[n % 6].name, "RSUD Lubuk Basung · Obgin", word, tone, "27 th 9 bln", "21-11-2026")
        )
    model.answer("", rows)
    view = TableView(model, name="Surat rujukan", key=lambda r: r[0])
    view.select(3)
    nothing: RowsModel[tuple[str, ...]] = RowsModel(columns[:2])
    none = TableView(
        nothing, name="Balasan", sentence=("Belum ada balasan rujukan.", "Ketik balasan dari kertas dengan Ctrl+B.")
    )
    search = SearchBox("Cari nomor surat atau nama", name="Cari surat")
    search._show_busy()
    body = hbox(
        vbox(search, Card(vbox(view, margins=(1, 1, 1, 1))), spacing=10),
        Card(vbox(none, margins=(1, 1, 1, 1))),
        spacing=10,
        margins=(12, 12, 12, 12),
    )
    body.setStretch(0, 3)
    body.setStretch(1, 1)
    return shell(ground(body), 4)


class _Icons(QWidget):
    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        p.fillRect(self.rect(), color("card"))
        for i, name in enumerate(names()):
            x, y = 24 + (i % 11) * px(118), 24 + (i // 11) * px(84)
            draw_icon(p, name, "ink", x, y, px(28))
            draw_icon(p, name, "accent", x + px(40), y + px(6), px(16))
            draw_text(p, self.rect().adjusted(x, y + px(32), 0, -(self.height() - y - px(56))), name, 12, ink="muted")


def icons() -> QWidget:
    """Every icon at two sizes."""
    return _Icons()


PAGES: dict[str, Callable[[], QWidget]] = {
    "desk": desk,
    "room": room,
    "states": states,
    "table": table,
    "offers": offers,
    "icons": icons,
}
