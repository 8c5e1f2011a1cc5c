"""Lembar posyandu: choose a file, see row by row whose it is and what it says, settle what is open, import."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from ilp_desk.domain.growth.posyandu import CALLED
from ilp_desk.domain.record import new_uid
from ilp_desk.domain.text.dates import day_text
from ilp_desk.domain.text.typed_dates import DateError, read_day
from ilp_desk.errors import UserError
from ilp_desk.rows.posyandu import Fate, Preview, PreviewRow
from ilp_desk.services.life_cycle.posyandu import Decided, ImportMeasures, Sheet
from ui.keys import Keys
from ui.page import Context
from ui.parts.posyandu.picker import ChildPicker
from ui.rows import Column, RowsModel
from ui.theme import px
from ui.widgets import (
    Banner,
    BusyBar,
    Card,
    DateEdit,
    Field,
    KeyButton,
    LineEdit,
    Paragraph,
    SheetPanel,
    State,
    TableView,
    Text,
    hbox,
    label,
    vbox,
)

TITLE = "Lembar penimbangan posyandu"
SIZE = (1120, 660)
"""Width and height of the sheet, design pixels."""
AT_ONCE = 10
"""Children stored in one transaction, so that nobody at a desk waits."""
TYPING_MS = 350
STATES = {
    Fate.READY: ("siap", "ok"),
    Fate.THERE: ("sudah ada", "neutral"),
    Fate.OTHER: ("angka lain", "warning"),
    Fate.CHECK: ("pilih anak", "warning"),
    Fate.WRONG: ("perbaiki", "danger"),
}
INKS = {"severe": "danger", "obese": "danger", "doubtful": "danger", "low": "warning", "high": "warning"}
START = (
    "Pilih lembar penimbangan (CSV atau XLSX).",
    "Baris pertama judul kolom: nik atau no rm atau nama dan tanggal lahir; tgl ukur; berat, panjang, lk, lila.",
)
HINT = (
    "Panjang memakai kolom cara ukur L (terlentang) atau H (berdiri); edema y atau n. Impor ulang tidak menggandakan."
)
ORDER = (Fate.CHECK, Fate.OTHER, Fate.WRONG, Fate.READY, Fate.THERE)


def open_posyandu(context: Context) -> PosyanduPanel:
    """Open the sheet over the screen; its panel."""
    panel = PosyanduPanel(context)
    context.shell.sheet(SheetPanel(TITLE, panel), *SIZE)
    panel.choose.setFocus(Qt.FocusReason.OtherFocusReason)
    return panel


class PosyanduPanel(QWidget):
    """Whatever is settled here, the record is asked anew what would become of every row."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setAccessibleName(TITLE)
        self._context = context
        self._desk, self._actor, self._runner = context.desk, context.actor, context.runner
        self._sheet: Sheet | None = None
        self._preview: Preview | None = None
        self._decided = Decided()
        self._stamp = 0
        self._done = self._given = 0
        self._queue: list[ImportMeasures] = []
        self.choose = KeyButton("Pilih berkas", "Ctrl+O", icon="upload")
        self.file_name = label("Belum ada berkas.", "strong")
        self.place = LineEdit(placeholder="mis. Posyandu Anggrek", name="Posyandu")
        self.day = DateEdit(name="Tanggal posyandu", understand=self._understand)
        self.told = Banner("info", *START)
        self.swap = KeyButton("Tukar kolomnya", "Ctrl+T", small=True)
        self.swapped = Banner("warning", "", buttons=(self.swap,))
        self.swapped.hide()
        self.model: RowsModel[PreviewRow] = RowsModel(_columns(), _spoken)
        self.view = TableView(
            self.model, key=lambda row: row.line, first=True, name="Baris lembar", sentence=("", HINT)
        )
        self.about = Paragraph()
        self.pick = KeyButton("Pilih anak", "Enter", small=True)
        self.anew = KeyButton("Ganti yang lama", "Ctrl+G", small=True)
        self.busy = BusyBar()
        self.rest = KeyButton("Simpan yang tersisa", "Ctrl+S", icon="save")
        self.go = KeyButton("Masukkan", "Ctrl+Enter", kind="primary", icon="check")
        self.picker = ChildPicker(context)
        self._pages = QStackedWidget()
        self._lay()
        self._bind()
        self._pause = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._pause.timeout.connect(self.look)
        self._enable()

    def _lay(self) -> None:
        place = Field("Posyandu", self.place, reserve=False)
        self._day = Field("Tanggal posyandu, bila barisnya tanpa tanggal", self.day, reserve=False)
        top = hbox(vbox(18, self.choose), vbox(26, self.file_name, None), None, place, self._day, spacing=12)
        top.setStretch(3, 3)
        top.setStretch(4, 3)
        about = hbox(self.about, self.pick, self.anew, spacing=8, margins=(12, 7, 12, 8))
        about.setStretch(0, 1)
        table = Card(vbox(self.view, about, margins=(1, 1, 1, 1), spacing=0))
        foot = hbox(self.busy, self.rest, self.go, spacing=10)
        foot.setStretch(0, 1)
        first = QWidget()
        column = vbox(top, self.told, self.swapped, table, foot, spacing=10, margins=(22, 2, 22, 12))
        column.setStretch(3, 1)
        first.setLayout(column)
        self._pages.addWidget(first)
        self._pages.addWidget(self.picker)
        self.setLayout(vbox(self._pages))
        self.setMinimumHeight(px(380))

    def _bind(self) -> None:
        keys = self.keys = Keys(self, TITLE)
        keys.bind("Ctrl+O", "pilih berkas", self.choose_file)
        keys.bind("Ctrl+T", "tukar kolom", self._swap)
        keys.bind("Ctrl+G", "ganti yang diimpor dulu", self._replace)
        keys.bind("Ctrl+S", "simpan yang tersisa", self.save_rest)
        keys.bind("Ctrl+Enter", "masukkan", self.store)
        keys.note("Enter", "pilih anak untuk baris ini")
        self.choose.clicked.connect(self.choose_file)
        self.swap.clicked.connect(self._swap)
        self.pick.clicked.connect(self._open_picker)
        self.anew.clicked.connect(self._replace)
        self.rest.clicked.connect(self.save_rest)
        self.go.clicked.connect(self.store)
        self.place.textEdited.connect(lambda _: self._pause.start())
        self.day.textEdited.connect(lambda _: self._pause.start())
        self.view.row_chosen.connect(self._show_row)
        self.view.row_activated.connect(lambda _: self._open_picker())
        self.picker.picked.connect(self._picked)
        self.picker.left.connect(self._back)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._pages.currentWidget() is self.picker:
            self._back()
            event.accept()
            return
        super().keyPressEvent(event)

    # The file

    def choose_file(self) -> None:
        """Ask for a file with the system's own window."""
        name, _ = QFileDialog.getOpenFileName(self, "Pilih lembar posyandu", "", "Daftar (*.csv *.txt *.tsv *.xlsx)")
        if name:
            self.take(Path(name))

    def take(self, path: Path) -> None:
        """Read a sheet and look at it."""
        self._runner.read("posyandu.read", lambda: self._desk.posyandu.read(path), self._read, self._refuse)

    def _read(self, sheet: Sheet) -> None:
        self._sheet, self._preview, self._decided = sheet, None, Decided()
        self.file_name.setText(sheet.name)
        self._done = 0
        self.look()
        if not sheet.dated and not self.day.text():
            self.day.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def look(self) -> None:
        """Ask the record what would become of each row."""
        self._pause.stop()
        sheet = self._sheet
        if sheet is None:
            return
        self._decided = decided = replace(self._decided, on=self._read_day(), place=" ".join(self.place.text().split()))
        self._stamp += 1
        stamp = self._stamp
        self._runner.read(
            "posyandu.preview",
            lambda: self._desk.posyandu.preview(self._actor, sheet, decided),
            lambda preview: self._show(preview) if stamp == self._stamp else None,
            self._refuse,
        )

    def _understand(self, text: str) -> tuple[str, str]:
        try:
            return day_text(read_day(text, self._desk.clock.today())), ""
        except DateError:
            return "", ""

    def _read_day(self) -> date | None:
        text = self.day.text().strip()
        state: tuple[State, str] = ("", "")
        found: date | None = None
        try:
            found = read_day(text, self._desk.clock.today()) if text else None
        except DateError as error:
            state = "error", f"{error.sentence[:1].upper()}{error.sentence[1:]}."
        self._day.set_state(*state)
        return found

    # Showing

    def _show(self, preview: Preview) -> None:
        self._preview = preview
        rows = sorted(preview.rows, key=lambda row: (ORDER.index(row.fate), row.line))
        self.model.answer("", rows)
        swapped = preview.swapped[0] if preview.swapped else None
        self.swapped.setVisible(swapped is not None)
        if swapped is not None:
            names = f"{CALLED[swapped.less]} dan {CALLED[swapped.more]}"
            self.swapped.set("warning", "Kolom tertukar?", f"Di {swapped.rows} baris {names} tampaknya tertukar.")
        self._tell(preview)
        self._enable()
        self._show_row(self.view.current_row())

    def _tell(self, preview: Preview) -> None:
        ready, there = preview.count(Fate.READY), preview.count(Fate.THERE)
        open_ones, wrong = preview.count(Fate.CHECK, Fate.OTHER), preview.count(Fate.WRONG)
        counts = (f"{ready} siap", f"{open_ones} perlu dipilih", f"{wrong} perlu diperbaiki", f"{there} sudah ada")
        words = f"{len(preview.rows)} baris: {', '.join(counts)}."
        if self._done:
            self.told.set("info", f"{self._done} anak dimasukkan.", words)
        elif open_ones or wrong:
            self.told.set("warning", "Periksa dulu.", words)
        else:
            self.told.set("info", "Siap dimasukkan." if ready else "Semua sudah tercatat.", words)

    def _show_row(self, row: PreviewRow | None) -> None:
        parts = []
        if row is not None:
            whole = ". ".join(filter(None, (row.told, row.child_words, row.sizes, row.judged)))
            parts = [Text(f"Baris {row.line}: {whole}. ", muted=True), Text(row.sentence)]
        self.about.set_parts(parts)
        self.pick.setVisible(row is not None and row.fate in (Fate.CHECK, Fate.READY, Fate.WRONG))
        self.anew.setVisible(row is not None and row.fate is Fate.OTHER)

    def _refuse(self, error: Exception) -> None:
        self.busy.stop()
        self._queue = []
        if isinstance(error, UserError):
            self.told.set("danger", "Tidak berhasil.", error.sentence)
        self._enable()

    def _enable(self) -> None:
        preview, busy = self._preview, bool(self._queue)
        ready = preview.count(Fate.READY) if preview is not None else 0
        left = preview.count(Fate.CHECK, Fate.OTHER, Fate.WRONG) if preview is not None else 0
        self.go.setText(f"Masukkan {ready} anak" if ready else "Masukkan")
        self.go.setEnabled(bool(ready) and not busy)
        self.rest.setEnabled(bool(left) and not busy)
        self.choose.setEnabled(not busy)

    # Settling rows

    def _swap(self) -> None:
        preview = self._preview
        if preview is not None and preview.swapped:
            pair = (preview.swapped[0].less, preview.swapped[0].more)
            self._decided = replace(self._decided, swapped=(*self._decided.swapped, pair))
            self.look()

    def _replace(self) -> None:
        row = self.view.current_row()
        if row is not None and row.fate is Fate.OTHER:
            self._decided = replace(self._decided, anew=self._decided.anew | {row.line})
            self.look()

    def _open_picker(self) -> None:
        row = self.view.current_row()
        if row is not None and row.fate in (Fate.CHECK, Fate.READY, Fate.WRONG):
            self._pages.setCurrentWidget(self.picker)
            self.picker.begin(row)

    def _picked(self, line: int, uid: str) -> None:
        chosen = dict(self._decided.chosen or {})
        chosen[line] = uid
        self._decided = replace(self._decided, chosen=chosen)
        self._back()
        self.look()

    def _back(self) -> None:
        self._pages.setCurrentIndex(0)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    # Storing

    def store(self) -> None:
        """Ctrl+Enter: the rows that are ready go into the records, some at a time."""
        preview = self._preview
        if preview is None or self._queue or not self.go.isEnabled():
            return
        self._queue = [
            ImportMeasures(uid=new_uid(), person_uid=row.child, measures=row.measures, replaces=row.replaces)
            for row in preview.rows
            if row.fate is Fate.READY and row.measures is not None
        ]
        self._given, self._done = len(self._queue), 0
        self.busy.start("Memasukkan ukuran")
        self._enable()
        self._next()

    def _next(self) -> None:
        some = tuple(self._queue[:AT_ONCE])
        if not some:
            self.busy.stop()
            self._context.shell.toast(f"{self._done} anak dimasukkan dari lembar posyandu.")
            self.look()
            return

        def stored(new: int) -> None:
            self._done += new
            self._queue = self._queue[len(some) :]
            self.busy.progress(self._given - len(self._queue), self._given)
            self._next()

        def failed(error: Exception) -> None:
            self._refuse(error)
            self.look_after_trouble(error)

        self._runner.write(lambda: self._desk.posyandu.store(self._actor, some), stored, failed)

    def look_after_trouble(self, error: Exception) -> None:
        """What was stored stays; the rest is looked at again, and the sentence stands."""
        sheet, decided = self._sheet, self._decided
        if sheet is None:
            return

        def shown(preview: Preview) -> None:
            self._show(preview)
            self._refuse(error)

        self._runner.read(
            "posyandu.preview", lambda: self._desk.posyandu.preview(self._actor, sheet, decided), shown, self._refuse
        )

    def save_rest(self) -> None:
        """Ctrl+S: rows that stay behind, with their reasons, into a file for the posyandu."""
        sheet, preview = self._sheet, self._preview
        if sheet is None or preview is None or not self.rest.isEnabled():
            return
        stem = Path(sheet.name).stem
        name, _ = QFileDialog.getSaveFileName(self, "Simpan yang tersisa", f"{stem}-sisa.csv", "CSV (*.csv)")
        if name:
            self.write_rest(Path(name))

    def write_rest(self, path: Path) -> None:
        """Write the rows that stay behind."""
        sheet, preview = self._sheet, self._preview
        if sheet is None or preview is None:
            return
        left = [row for row in preview.rows if row.fate in (Fate.CHECK, Fate.OTHER, Fate.WRONG)]
        self._runner.device(
            lambda: self._desk.posyandu.save_rest(path, sheet, left),
            lambda _: self._context.shell.toast(f"{len(left)} baris disimpan di {path.name}."),
            self._refuse,
        )


def _columns() -> Sequence[Column[PreviewRow]]:
    return (
        Column("Baris", lambda r: str(r.line), 58, muted=True),
        Column("Di lembar", lambda r: r.row.get("name") or r.told, 180),
        Column("Anak", lambda r: r.child_words.partition(" · RM")[0] or "—", bold=True),
        Column("Tanggal", lambda r: r.day, 96, optional=True),
        Column("Ukuran", lambda r: " · ".join(r.sizes.split(" · ")[:2]), 140),
        Column(
            "Penilaian",
            lambda r: r.judged.partition(" · ")[0],
            214,
            ink=lambda r: INKS.get(r.level, "ok"),
            optional=True,
        ),
        Column("Keadaan", lambda r: "", 104, chip=lambda r: STATES[r.fate]),
    )


def _spoken(row: PreviewRow) -> str:
    said = (f"Baris {row.line}", row.told, row.child_words, row.sizes, row.judged, STATES[row.fate][0], row.sentence)
    return ", ".join(filter(None, said))
