"""Screens put together from the widgets as the mock-ups show them: desk, new patient, cluster room.

People and numbers are invented.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.rows import RowsModel
from ui.theme import color, px, tokens
from ui.widgets import (
    Banner,
    Card,
    CheckBox,
    Chip,
    Choice,
    ClusterCard,
    Columns,
    Combo,
    DateEdit,
    Due,
    DueList,
    Event,
    Field,
    FocusRing,
    Hair,
    Icon,
    Key,
    KeyButton,
    KeyHints,
    LineEdit,
    ListView,
    Pill,
    PillButton,
    QueueTile,
    RailButton,
    Runs,
    SearchBox,
    Series,
    Sheet,
    SheetPanel,
    State,
    Tab,
    Tabs,
    Text,
    TextArea,
    Timeline,
    Trend,
    TwoLine,
    ground,
    hbox,
    label,
    scroll,
    vbox,
)


@dataclass(frozen=True, slots=True)
class Person:
    """An invented search hit."""

    uid: str
    name: str
    marks: tuple[tuple[int, int], ...]
    sub: str
    number: str
    ident: str
    place: str
    rt: str
    note: str = ""
    chip: str = ""


PEOPLE = (
    Person(
        "1",
        "Siti Nurhaliza",
        ((0, 8),),
        "P · 27 th 9 bln · 03-02-1999 · suami Ahmad Fauzi",
        "RM 00-12-47-01",
        "NIK •••••••••••••001",
        "Jr. Gasang",
        "RT 02 / RW 01",
    ),
    Person(
        "2",
        "Siti Nurjannah",
        ((0, 8),),
        "P · 64 th · 17-08-1962 · KK Jamaludin",
        "RM 00-03-19-01",
        "BPJS ••••••••••471",
        "Bayua",
        "RT 01 / RW 03",
    ),
    Person(
        "3",
        "Siti Nuraini",
        ((0, 8),),
        "P · 41 th · 09-11-1985 · suami Hendri",
        "RM 00-08-82-01",
        "NIK •••••••••••••002",
        "Koto Kaciak",
        "RT 04 / RW 02",
        chip="B-014 · menunggu",
    ),
    Person(
        "4",
        "Siti Nur Azizah",
        ((0, 8),),
        "P · 9 bln 7 hr · 14-02-2026 · ibu Desi Marlina",
        "RM 00-14-03-03",
        "BPJS ••••••••••812",
        "Maninjau",
        "RT 03 / RW 01",
    ),
    Person(
        "5",
        "Sitti Nurbaya",
        ((6, 9),),
        "P · 33 th · 21-05-1993 · KK Rusdi",
        "RM 00-10-55-02",
        "",
        "Sungai Batang",
        "RT 02 / RW 02",
        note="ejaan mirip",
    ),
    Person(
        "6",
        "Siti Nurmala",
        ((0, 8),),
        "P · 71 th · 30-12-1954 · KK Siti Nurmala",
        "RM 00-01-08-00",
        "",
        "Duo Koto",
        "RT 01 / RW 01",
    ),
)


def two_lines(row: Person) -> TwoLine:
    """How the search shows a person."""
    chips = (Chip(row.chip),) if row.chip else ()
    return TwoLine(
        row.name,
        row.sub,
        marks=row.marks,
        note=row.note,
        chips=chips,
        right=((row.number, row.ident), (row.place, row.rt)),
    )


def spoken(row: Person) -> str:
    return f"{row.name}, {row.sub}, {row.number}, {row.place} {row.rt}"


def digits(count: int) -> Callable[[str], tuple[State, str]]:
    """A check that asks for `count` digits."""

    def check(text: str) -> tuple[State, str]:
        found = text.replace(" ", "")
        if not found:
            return "", ""
        if not found.isdigit():
            return "error", "Hanya angka"
        if len(found) < count:
            return "error", f"Harus {count} angka, kurang {count - len(found)}"
        return ("error", f"Harus {count} angka, lebih {len(found) - count}") if len(found) > count else ("ok", "")

    return check


class _Strip(QWidget):
    """Top and status bar of the gallery: white with a line at one edge."""

    def __init__(self, height: int, line_below: bool) -> None:
        super().__init__()
        self._below = line_below
        self.setFixedHeight(px(height))

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        p.fillRect(self.rect(), color("card"))
        p.fillRect(0, self.height() - 1 if self._below else 0, self.width(), 1, color("line"))


class _Rail(QWidget):
    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        p.fillRect(self.rect(), color("card"))
        p.fillRect(self.width() - 1, 0, 1, self.height(), color("line"))


RAIL = (
    ("Pendaftaran", "register"),
    ("Antrean", "queue"),
    ("Pelayanan", "care"),
    ("Riwayat", "history"),
    ("Rujukan", "refer"),
    ("Wilayah", "area"),
    ("Laporan", "report"),
    ("Manajemen", "manage"),
)


def shell(content: QWidget, at: int = 0) -> QWidget:
    """A frame as the program's, to judge widgets where they live."""
    top = _Strip(40, True)
    title = Runs([Text("ILP Desk", bold=True), Text("    Puskesmas Maninjau")])
    bar = hbox(
        title,
        Pill("Sabtu, 21 Nov 2026 · 08.14"),
        Pill("Data tersimpan", "dot", "ok"),
        Pill("Loket 1 · Rina (Pendaftaran)"),
        PillButton("Kunci", "lock", "Ctrl+L"),
        spacing=12,
        margins=(14, 0, 14, 0),
    )
    bar.setStretch(0, 1)
    top.setLayout(bar)
    rail = _Rail()
    rail.setFixedWidth(px(tokens().rail))
    buttons = [RailButton(text, icon, f"Ctrl+{n}") for n, (text, icon) in enumerate(RAIL, 1)]
    buttons[at].setChecked(True)
    rail.setLayout(vbox(*buttons, None, spacing=0, margins=(0, 6, 1, 0)))
    status = _Strip(26, False)
    hints = KeyHints(
        [
            ("F2", "cari"),
            ("↑↓", "pilih"),
            ("Enter", "buka, lalu daftarkan"),
            ("F3", "pasien baru"),
            ("F8", "darurat"),
            ("F1", "semua tombol"),
        ]
    )
    foot = hbox(
        hints, label("Hari ini: 46 terdaftar · 17 selesai · 2 rujukan", "small"), spacing=12, margins=(14, 0, 14, 0)
    )
    foot.setStretch(0, 1)
    status.setLayout(foot)
    middle = hbox(rail, content, spacing=0)
    middle.setStretch(1, 1)
    column = vbox(top, middle, status, spacing=0)
    column.setStretch(1, 1)
    window = ground(column)
    FocusRing(window)
    return window


def desk() -> QWidget:
    """Search, results, arrival panel and queue strip, as on the registration desk."""
    box = SearchBox("Ketik nama, NIK, No. RM, BPJS, atau pindai kartu", name="Cari pasien")
    box.set_text("siti nur")
    box.set_info("6 dari 31.482")
    model: RowsModel[Person] = RowsModel(speak=spoken)
    view = ListView(
        model,
        two_lines,
        right=(190, 150),
        key=lambda r: r.uid,
        name="Hasil pencarian",
        sentence=(
            "Bukan salah satu dari ini?",
            "Tambahkan tanggal lahir atau nama ibu untuk mempersempit, atau F3 untuk pasien baru.",
        ),
    )
    view.follow(box.edit)
    model.answer("siti nur", PEOPLE)
    actions = hbox(
        KeyButton("Pasien baru", "F3", icon="useradd"),
        KeyButton("Daftarkan sekeluarga", "F4", icon="family"),
        KeyButton("Cetak kartu", "F6", icon="card"),
        None,
        KeyButton("Darurat", "F8", icon="alert", kind="danger"),
        margins=(11, 9, 11, 9),
    )
    results = Card(vbox(view, Hair(), actions, spacing=0, margins=(1, 1, 1, 1)))
    left = vbox(box, results, spacing=10)
    top = hbox(left, arrival(), spacing=10)
    top.setStretch(0, 1)
    page = ground(vbox(top, strip(), spacing=10, margins=(12, 12, 12, 12)))
    return shell(page)


def strip(compact: bool = False) -> QWidget:
    """The queue strip."""
    row = QWidget()
    row.setLayout(
        hbox(
            QueueTile("A", "Ibu & Anak", 7, "terlama 24 mnt", "dipanggil A-004 · Ruang 2", compact),
            QueueTile("B", "Usia Produktif", 12, "terlama 31 mnt", "dipanggil B-009 · Ruang 4", compact),
            QueueTile("C", "Lansia", 5, "terlama 12 mnt", "dipanggil C-003 · Ruang 5", compact),
            QueueTile("D", "Klaster 4", 0, "", "Ruang 7", compact),
            QueueTile("E", "Lintas Klaster", 999, "terlama 2 j 18 mnt", "gigi 2 · lab 1 · farmasi 1", compact),
            spacing=10,
        )
    )
    return row


def arrival() -> QWidget:
    """The arrival panel with its fixed main action."""
    payer = Field(
        "Penjamin", Combo(["JKN PBI · FKTP sini · aktif", "JKN mandiri", "Umum / bayar sendiri"]), reserve=False
    )
    reason = Field("Kunjungan", Combo(["Sakit", "Sehat", "Kontrol"]), reserve=False)
    why = Field("Keluhan utama (boleh kosong)", LineEdit(placeholder="mis. pusing, kaki bengkak"), reserve=False)
    two = hbox(payer, reason, spacing=10)
    two.setStretch(0, 7)
    two.setStretch(1, 5)
    who = vbox(
        Runs([Text("Siti Nurhaliza", bold=True), Chip("Hamil 28 mgg", "A")], size=tokens().title),
        Runs([Text("Perempuan · 27 th 9 bln · lahir 03-02-1999 · ibu Rosmaini", muted=True)]),
        Runs([Text("Jr. Gasang RT 02/RW 01 · HP •••••••190", muted=True)]),
        spacing=0,
    )
    alarm = Runs(
        [
            Icon("warn", "danger"),
            Text("Alergi: ", bold=True, color="danger"),
            Text("amoksisilin", color="danger"),
            Text("  ·  ", color="danger"),
            Text("Perlu didahulukan", bold=True, color="danger"),
        ],
        fill="danger_tint",
        pad=(10, 6),
    )
    family = Runs(
        [
            Icon("family", "accent"),
            Text("Keluarga: ", bold=True),
            Text("Alif (adik, 19 bln) imunisasi MR2 terlambat 1 bln"),
            Key("F4"),
        ],
        fill="accent_tint",
        pad=(10, 7),
        size=tokens().label,
    )
    due = DueList(
        [
            Due("due", "Pemeriksaan kehamilan (ANC)", "bidan, dokter"),
            Due("due", "Laboratorium kehamilan", "lab"),
            Due("late", "Imunisasi Td", "terlambat 2 bln"),
            Due("none", "Skrining tahunan (CKG)", "belum ada data"),
        ]
    )
    body = QWidget()
    body.setLayout(
        vbox(
            who,
            alarm,
            ClusterCard("A", "Ibu & Anak", "Poli KIA", "Klaster 2, karena hamil 28 minggu (HPHT 09-05-2026)."),
            vbox(label("Layanan hari ini", "section"), due, spacing=2),
            family,
            two,
            why,
            None,
            spacing=11,
            margins=(14, 12, 14, 4),
        )
    )
    main = KeyButton("Daftarkan & cetak nomor antrean", "Enter", kind="primary", tall=True)
    panel = Card(vbox(scroll(body), vbox(main, margins=(14, 8, 14, 12)), spacing=0, margins=(1, 1, 1, 1)))
    panel.setFixedWidth(px(430))
    return panel


def new_patient(over: QWidget) -> Sheet:
    """The new-patient form in its sheet."""
    nik = Field("NIK", LineEdit("1306 0443 0299 9001"), check=digits(16))
    bpjs = Field("No. BPJS", LineEdit("00012345644"), check=digits(13))
    family = Field("No. KK", LineEdit("1306 0412 0612 9007"))
    born = DateEdit("3/2/99", understand=lambda text: ("03-02-1999", "27 th 9 bln") if text else ("", ""))
    village = Combo(["Maninjau", "Bayua", "Duo Koto"])
    form = Columns(
        [
            [
                (nik, 4),
                (Field("Nama lengkap sesuai KTP/KK", LineEdit("Siti Nurhaliza")), 5),
                (Field("Jenis kelamin", Choice(["Perempuan", "Laki-laki"], "Perempuan")), 3),
            ],
            [
                (Field("Tanggal lahir", born), 3),
                (Field("Tempat lahir", LineEdit("Maninjau")), 3),
                (bpjs, 3),
                (Field("Penjamin", Combo(["JKN PBI", "JKN mandiri", "Umum"])), 3),
            ],
            [
                (family, 4),
                (Field("Hubungan keluarga", Combo(["Istri", "Kepala keluarga", "Anak"])), 4),
                (Field("Nama ibu kandung", LineEdit("Rosmaini")), 4),
            ],
            [
                (Field("Nagari/Desa", village, corner=CheckBox("luar wilayah", small=True)), 3),
                (Field("Jorong/Dusun", Combo(["Gasang", "Kubu Baru"])), 3),
                (Field("RT", LineEdit("02")), 1),
                (Field("RW", LineEdit("01")), 1),
                (Field("Telepon / WhatsApp", LineEdit("0812 0000 0190")), 4),
            ],
            [
                (Field("Alamat", LineEdit("Jl. Pasar Lama No. 4")), 8),
                (Field("Pekerjaan", Combo([], placeholder="Pilih pekerjaan")), 4),
            ],
        ]
    )
    nik.set_state("ok", "Perempuan · lahir 03-02-1999 · Kec. Tanjung Raya")
    family.set_state("warn", "Alamat keluarga ini berbeda: Jr. Kubu Baru. Tanyakan mana yang benar.")
    bpjs.validate()
    born.editingFinished.emit()
    duplicate = Banner(
        "warning",
        "Mungkin sudah terdaftar:",
        "Siti Nurhalizah · P · 03-02-1999 · RM 00-12-47-01",
        "ibu Rosmaini · Jr. Gasang · ejaan nama mirip, tanggal lahir dan nama ibu sama, NIK belum tercatat",
        (KeyButton("Buka pasien ini", "Alt+1", small=True), KeyButton("Orang lain", "Alt+0", small=True)),
    )
    pregnant = CheckBox("Sedang hamil", checked=True)
    lmp = LineEdit("09-05-2026", name="HPHT")
    lmp.setFixedWidth(px(100))
    extra = hbox(
        pregnant,
        label("HPHT", buddy=lmp),
        lmp,
        Runs([Text("28 mgg, HPL 13-02-2027", bold=True, color="A")], fixed=True),
        14,
        CheckBox("Disabilitas"),
        14,
        Runs([Text("Persetujuan umum: "), Text("belum", bold=True, color="warning")], fixed=True),
        KeyButton("Cetak & catat", icon="print", small=True),
        None,
        spacing=9,
    )
    body = QWidget()
    body.setLayout(vbox(duplicate, form, extra, None, spacing=8, margins=(22, 2, 22, 6)))
    panel = SheetPanel(
        "Pasien baru",
        body,
        footer=(
            label("Draf tersimpan 08.41.52", "small"),
            None,
            KeyButton("Batal", "Esc"),
            KeyButton("Simpan", "Ctrl+S"),
            KeyButton("Simpan & buka di loket · Klaster 2", "Ctrl+Enter", kind="primary"),
        ),
        corner=(
            label("No. RM diberikan saat disimpan  ·", "muted"),
            KeyButton("Sudah punya No. RM lama?", kind="link"),
        ),
    )
    sheet = Sheet(over, panel, 1010, 640)
    bpjs.editor.setFocus()
    return sheet


def room() -> QWidget:
    """A queue beside a tabbed examination with its side panels, as in a cluster room."""
    queue: RowsModel[TwoLine] = RowsModel(speak=lambda r: f"{r.lead} {r.title}, {r.sub}")
    queue.answer(
        "",
        (
            TwoLine("Siti Nurhaliza", "hamil 28 mgg · 4 mnt", lead="A-012"),
            TwoLine("Yulia Sari", "hamil 12 mgg · K1 · 9 mnt", lead="A-013"),
            TwoLine("Desi Marlina", "nifas hari 9 · KF3 · 21 mnt", lead="A-007"),
            TwoLine("Weni", "hamil 34 mgg · hasil siap", lead="A-003", chips=(Chip("dari lab"),), bar="accent"),
            TwoLine("Rosi Amelia", "hamil 20 mgg · 2 mnt", lead="A-015", dim=True),
        ),
    )
    waiting = ListView(queue, lambda r: r, name="Antrean Poli KIA")
    head = Runs([Text("Poli KIA", bold=True), Text("  5 menunggu", muted=True)], pad=(12, 9))
    left = Card(vbox(head, Hair(), waiting, spacing=0, margins=(1, 1, 1, 1)))
    left.setFixedWidth(px(210))
    person = vbox(
        Runs([Text("Siti Nurhaliza", bold=True), Chip("G2P1A0 · 28 mgg 0 hr · HPL 13-02-2027", "A")], size=20),
        Runs([Text("P · 27 th 9 bln · RM 00-12-47-01 · JKN PBI · Jr. Gasang RT 02/RW 01", muted=True)]),
        spacing=0,
    )
    banner = hbox(
        person,
        Runs([Text("Alergi amoksisilin", bold=True, color="danger")], fill="danger_tint", pad=(12, 7), fixed=True),
        Runs(
            [Text("Tensi 142/94", bold=True, color="warning"), Text(" · 12 Nov", color="warning")],
            fill="warning_tint",
            pad=(12, 7),
            fixed=True,
        ),
        spacing=12,
        margins=(14, 10, 14, 10),
    )
    banner.setStretch(0, 1)
    pressure = Field("Tekanan darah", LineEdit("162 / 108"), suffix="mmHg", reserve=False)
    pressure.set_state("error")
    vitals = Columns(
        [
            [
                (pressure, 3),
                (Field("Nadi", LineEdit("96"), suffix="/mnt", reserve=False), 3),
                (Field("Napas", LineEdit("20"), suffix="/mnt", reserve=False), 3),
                (Field("Suhu", LineEdit("36,7"), suffix="°C", reserve=False), 3),
            ],
            [
                (Field("Berat", LineEdit("68,4"), suffix="kg", reserve=False), 3),
                (Field("LiLA", LineEdit("26,0"), suffix="cm", reserve=False), 3),
                (Field("SpO₂", LineEdit("98"), suffix="%", reserve=False), 3),
                (Field("Protein urin", Choice(["−", "+", "++", "+++"], "++"), reserve=False), 3),
            ],
        ],
        gap=8,
        vgap=8,
    )
    alarm = Banner(
        "danger",
        "Merah: sistol ≥160 atau diastol ≥110 pada kehamilan, protein urin ++.",
        "Panggil dokter, baring miring kiri, infus, MgSO₄ sesuai SOP, telepon RS/119.",
        buttons=(KeyButton("Buat rujukan", "Ctrl+R", kind="danger", small=True),),
    )
    exam = QWidget()
    exam.setLayout(
        vbox(
            Field("Keluhan utama", LineEdit("Pusing sejak 3 hari, bengkak kedua tungkai"), reserve=False),
            label("Tanda vital", "section"),
            vitals,
            alarm,
            Field(
                "Catatan (S O A P)", TextArea(placeholder="Ketik, atau pilih templat dengan /", lines=4), reserve=False
            ),
            None,
            spacing=10,
            margins=(14, 12, 14, 12),
        )
    )
    tabs = Tabs(
        [
            Tab("Ringkasan", QWidget()),
            Tab("Pemeriksaan", scroll(exam)),
            Tab("Skrining", QWidget(), "3"),
            Tab("Diagnosis & terapi", QWidget()),
            Tab("Rujukan", QWidget()),
            Tab("Riwayat", QWidget()),
        ],
        current=1,
    )
    due = DueList(
        [
            Due("done", "TD, BB, LiLA, TFU, DJJ"),
            Due("due", "ANC trimester 3 (kontak ke-4)", key="A"),
            Due("due", "Hb, glukosa", key="L"),
            Due("late", "Td-3", "terlambat 2 bln", key="I"),
            Due("none", "2 lagi · K6: trimester 2 kurang 1"),
        ]
    )
    trend = Trend(
        ("Jul", "Agt", "Sep", "Okt", "2 Nov", "12 Nov", "21 Nov"),
        (
            Series("sistol", (112, 116, 118, 126, 132, 142, 162), 140),
            Series("diastol", (72, 74, None, 82, 86, 94, 108), 90, "accent"),
        ),
        "mmHg",
        "Tekanan darah, 7 kunjungan",
    )
    past = Timeline(
        [
            Event("12 Nov 2026", "ANC ke-3 · TD 142/94 · O13", alarm=True),
            Event("03 Okt 2026", "ANC ke-2 · USG normal"),
            Event("11 Jul 2026", "ANC ke-1 dokter · Hb 11,4"),
            Event("20 Jan 2025", "ISPA (J06.9)"),
        ]
    )
    side = QWidget()
    side.setLayout(
        vbox(
            Card(vbox(label("Layanan hari ini", "section"), due, spacing=4, margins=(12, 10, 12, 10))),
            Card(
                vbox(label("Tekanan darah (mmHg), 7 kunjungan", "section"), trend, spacing=4, margins=(12, 10, 12, 8))
            ),
            Card(vbox(label("Riwayat", "section"), past, None, spacing=4, margins=(12, 10, 12, 10))),
            spacing=10,
        )
    )
    beside = scroll(side)
    beside.setFixedWidth(px(330))
    middle = hbox(Card(vbox(tabs, margins=(1, 1, 1, 1))), beside, spacing=10)
    middle.setStretch(0, 1)
    foot = hbox(
        None,
        KeyButton("Rujuk internal", "Ctrl+I"),
        KeyButton("Cetak", "Ctrl+P"),
        KeyButton("Simpan draf", "Ctrl+S"),
        KeyButton("Selesaikan kunjungan", "Ctrl+Enter", kind="primary"),
    )
    right = vbox(Card(banner), middle, foot, spacing=10)
    right.setStretch(1, 1)
    across = hbox(left, right, spacing=10, margins=(12, 12, 12, 12))
    across.setStretch(1, 1)
    return shell(ground(across), 2)
