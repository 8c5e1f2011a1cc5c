"""Importing people from a file: choose, see how the columns are understood, try, import. The desk goes on meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QWidget

from ilp_desk.domain.import_rows import FIELDS, guess, unmapped
from ilp_desk.errors import UserError
from ui.long_lane import LongTask, Progress
from ui.page import Context
from ui.theme import px
from ui.widgets import Banner, BusyBar, Card, Columns, Combo, Field, KeyButton, hbox, label, scroll, vbox

LABELS = {
    "name": "Nama",
    "sex": "Jenis kelamin",
    "birth": "Tanggal lahir",
    "birth_place": "Tempat lahir",
    "nik": "NIK",
    "kk": "No. KK",
    "relationship": "Hubungan keluarga",
    "bpjs": "No. BPJS",
    "payer": "Penjamin",
    "record_number": "No. RM",
    "mother_name": "Nama ibu",
    "phone": "Telepon",
    "address": "Alamat",
    "rt": "RT",
    "rw": "RW",
    "hamlet": "Dusun",
    "village": "Desa",
    "occupation": "Pekerjaan",
}
NOTHING = "(tidak ada)"
PER_ROW = 3


class ImportPanel(QWidget):
    """One file at a time. The work is done by `ilp-desk import patients` in a process of its own."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setAccessibleName("Impor data pasien")
        self._context = context
        self._file: Path | None = None
        self._heading: tuple[str, ...] = ()
        self._task: LongTask | None = None
        self._errors = Path()
        self.choose = KeyButton("Pilih berkas CSV atau XLSX", icon="upload")
        self.template = KeyButton("Simpan contoh daftar", icon="download")
        self.dry = KeyButton("Periksa dulu", icon="search")
        self.go = KeyButton("Masukkan", kind="primary", icon="check")
        self.told = Banner(
            "info",
            "Daftar pasien dari sistem lama.",
            "Baris pertama harus judul kolom. Nomor RM yang ada dipertahankan; yang sudah tercatat dilewati.",
        )
        self.busy = BusyBar()
        self.busy.cancelled.connect(self._cancel)
        self.file_name = label("Belum ada berkas.", "strong")
        self._combos = {field: Combo((), name=LABELS[field]) for field in FIELDS}
        names = list(FIELDS)
        rows = [
            [(Field(LABELS[name], self._combos[name], reserve=False), 12 // PER_ROW) for name in names[i : i + PER_ROW]]
            for i in range(0, len(names), PER_ROW)
        ]
        self._columns = Columns(rows)
        body = QWidget()
        body.setLayout(vbox(label("Kolom di berkas", "section"), self._columns, None, margins=(14, 10, 14, 10)))
        for button, act in (
            (self.choose, self.choose_file),
            (self.template, self.save_template),
            (self.dry, lambda: self._run(dry=True)),
            (self.go, lambda: self._run(dry=False)),
        ):
            button.clicked.connect(act)
        card = Card(vbox(scroll(body), margins=(1, 1, 1, 1)))
        self.setLayout(
            vbox(
                hbox(self.choose, self.template, self.file_name, None, spacing=10),
                self.told,
                card,
                hbox(self.busy, None, self.dry, self.go, spacing=10),
                spacing=10,
                margins=(22, 4, 22, 12),
            )
        )
        self.setMinimumHeight(px(260))
        self._enable()

    def choose_file(self) -> None:
        """Ask for a file with the system's own window."""
        name, _ = QFileDialog.getOpenFileName(self, "Pilih daftar pasien", "", "Daftar (*.csv *.txt *.tsv *.xlsx)")
        if name:
            self.take(Path(name))

    def take(self, path: Path) -> None:
        """Read the headings and say how the columns are understood."""
        self._context.runner.read(
            "import.heading",
            lambda: self._context.desk.importing.heading(path),
            lambda h: self._show(path, h),
            self._refuse,
        )

    def _show(self, path: Path, heading: tuple[str, ...]) -> None:
        self._file, self._heading = path, heading
        self.file_name.setText(path.name)
        mapping = guess(heading)
        for field, combo in self._combos.items():
            items: list[str | tuple[object, str]] = [("", NOTHING), *((h, h) for h in heading if h.strip())]
            combo.set_items(items, heading[mapping[field]] if field in mapping else "")
        absent = unmapped(mapping)
        if absent:
            self.told.set("warning", "Tunjukkan kolomnya.", f"Belum ditemukan: {', '.join(absent)}.")
        else:
            self.told.set("info", "Kolom dikenali.", "Periksa dulu tanpa menyimpan; hasilnya disebut di sini.")
        self._enable()

    def _refuse(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self.told.set("danger", "Tidak dapat dibaca.", error.sentence)

    def save_template(self) -> None:
        """Write an empty list with the right headings."""
        name, _ = QFileDialog.getSaveFileName(self, "Simpan contoh daftar", "contoh-pasien.csv", "CSV (*.csv)")
        if name:
            self._context.runner.long(
                ["import", "patients", "--template", name, "--progress"],
                lambda _: self._context.shell.toast("Contoh daftar disimpan."),
                self._refuse,
            )

    def arguments(self, *, dry: bool) -> list[str]:
        """What the other process is told."""
        words = ["import", "patients", str(self._file), "--progress", "--errors", str(self._errors)]
        words += ["--staff", self._context.actor.staff_uid]
        if dry:
            words.append("--dry-run")
        for field, combo in self._combos.items():
            if combo.value():
                words += ["--map", f"{field}={combo.value()}"]
        return words

    def _run(self, *, dry: bool) -> None:
        if self._file is None or self._task is not None:
            return
        self._errors = self._file.with_name(f"{self._file.stem}-perlu-diperiksa.csv")
        self.busy.start("Memeriksa daftar" if dry else "Memasukkan pasien")
        self._task = self._context.runner.long(
            self.arguments(dry=dry), lambda result: self._done(result, dry=dry), self._failed, self._progress
        )
        self._enable()

    def _progress(self, step: Progress) -> None:
        self.busy.progress(step.done, step.total)

    def _done(self, result: Mapping[str, Any], *, dry: bool) -> None:
        self._over()
        said = "akan masuk" if dry else "masuk"
        text = (
            f"{result['seen']} baris: {result['added']} {said}, {result['skipped']} sudah ada, "
            f"{result['wrong']} ditolak, {result['suspected']} diduga ganda."
        )
        rest = result["wrong"] or result["skipped"] or result["suspected"]
        why = f"Rinciannya di {self._errors.name}, di folder yang sama." if rest else ""
        self.told.set("warning" if result["wrong"] else "info", "Selesai diperiksa." if dry else "Selesai.", text, why)

    def _failed(self, error: Exception) -> None:
        self._over()
        self._refuse(error)

    def _over(self) -> None:
        self._task = None
        self.busy.stop()
        self._enable()

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _enable(self) -> None:
        ready = self._file is not None and self._task is None
        self.dry.setEnabled(ready)
        self.go.setEnabled(ready)
        self.choose.setEnabled(self._task is None)
