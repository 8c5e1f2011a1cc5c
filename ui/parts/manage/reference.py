"""Referensi: which rules are in force, where they are from, what waits for approval; files of the Puskesmas."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from ilp_desk.domain.site_files import SiteFile
from ilp_desk.domain.text.dates import day_text
from ilp_desk.errors import UserError
from ilp_desk.rows.reference import ReferenceDetail, ReferenceRow
from ui.page import Context
from ui.parts.manage.part import Part
from ui.parts.manage.reference_file import ReferenceFilePanel
from ui.rows import Column, RowsModel
from ui.widgets import Banner, Card, Hair, KeyButton, Paragraph, TableView, Text, hbox, vbox

ORIGINS = {"ours": "bawaan", "site": "Puskesmas ini", "both": "bawaan + Puskesmas"}
LATER = ("Aturan yang diterima belum berlaku di layar ini.", "Tutup program di setiap loket, lalu buka lagi.")
FILES = "Berkas acuan (*.toml)"


class ReferencePart(Part):
    """The list of files; Enter opens one in its place, Esc comes back to the list."""

    code, title = "reference", "Referensi"

    def __init__(self, context: Context, *, setup: bool = False) -> None:
        super().__init__(context, setup=setup)
        self.model: RowsModel[ReferenceRow] = RowsModel(
            (
                Column("Aturan", lambda r: r.title, 250, bold=True),
                Column("Versi", lambda r: r.version, 120),
                Column("Berlaku sejak", lambda r: day_text(r.valid_from), 110, optional=True),
                Column("Sumber", lambda r: r.source, muted=True),
                Column("Dari", lambda r: ORIGINS[r.origin], 145, muted=True),
                Column("Isi", lambda r: f"{r.rows} baris", 80, align="right", muted=True, optional=True),
                Column("Keadaan", lambda r: "", 190, chip=_chip),
            )
        )
        self.view = TableView(self.model, key=lambda r: r.name, first=True, name="Referensi yang berlaku")
        self.words = Paragraph()
        self.refused, self.later = Banner("danger", ""), Banner("warning", *LATER)
        self.open_button = KeyButton("Buka", "Enter", kind="primary")
        self.lay_button = KeyButton("Pasang berkas Puskesmas", "F3", icon="plus")
        self.model_button = KeyButton("Simpan contoh", icon="download")
        self.panel = ReferenceFilePanel(context)
        self.stack = QStackedWidget()
        self.stack.addWidget(self._list())
        self.stack.addWidget(self.panel)
        self.setLayout(vbox(self.refused, self.later, self.stack, spacing=8))
        self.refused.hide()
        self.later.hide()
        self.view.row_activated.connect(lambda row: self.open_file(row.name))
        self.open_button.clicked.connect(self._open_chosen)
        self.lay_button.clicked.connect(self.fresh)
        self.model_button.clicked.connect(self.save_model)
        self.panel.back_wanted.connect(self.back)
        self.panel.changed.connect(self.load)

    def _list(self) -> QWidget:
        foot = QWidget()
        foot.setLayout(hbox(self.lay_button, self.model_button, None, self.open_button, margins=(11, 9, 11, 9)))
        card = Card(vbox(self.view, Hair(), foot, spacing=0, margins=(1, 1, 1, 1)))
        card.layout().setStretch(0, 1)  # type: ignore[union-attr]
        column = vbox(self.words, card, spacing=10)
        column.setStretch(1, 1)
        page = QWidget()
        page.setLayout(column)
        return page

    # The list

    def load(self) -> None:
        self.ask("files", lambda: self.desk.site.reference_files(self.actor), self._shown)
        if self.stack.currentWidget() is self.panel and self.panel.name:
            self.open_file(self.panel.name)

    def _shown(self, rows: Sequence[ReferenceRow]) -> None:
        self.model.answer("", tuple(rows))
        waiting = sum(row.open_rows for row in rows)
        files = sum(1 for row in rows if row.open_rows)
        text = (
            f"{waiting} baris di {files} berkas menunggu persetujuan kepala Puskesmas; semuanya tetap dipakai. "
            "Buka berkasnya untuk menyetujui."
            if waiting
            else "Semua aturan sudah disetujui."
        )
        self.words.set_parts([Text(text, muted=True)])
        bad = [row for row in rows if row.refused]
        if bad:
            runs = "; ".join(f"{row.title}: {row.refused}. Berlaku versi {row.version}" for row in bad)
            self.refused.set(
                "danger", "Berkas Puskesmas tidak dapat dipakai.", f"{runs}.", "Perbaiki, lalu pasang lagi."
            )
        self.refused.setVisible(bool(bad))
        self.later.setVisible(any(row.later for row in rows))

    def _open_chosen(self) -> None:
        row = self.view.current_row()
        if row is not None:
            self.open_file(row.name)

    # One file

    def open_file(self, name: str) -> None:
        """Show the rows of a file."""
        self.ask("file", lambda: self.desk.site.reference_file(self.actor, name), self._opened)

    def _opened(self, detail: ReferenceDetail) -> None:
        self.panel.show_detail(detail)
        if self.stack.currentWidget() is not self.panel:
            self.stack.setCurrentWidget(self.panel)
            self.panel.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def back(self) -> bool:
        if self.stack.currentIndex() == 0:
            return False
        self.stack.setCurrentIndex(0)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def save(self) -> None:
        if self.stack.currentWidget() is self.panel:
            self.panel.approve_one()

    # Files of the Puskesmas

    def fresh(self) -> None:
        """F3: choose a file to lay over ours."""
        name, _ = QFileDialog.getOpenFileName(self.window(), "Pilih berkas aturan Puskesmas", "", FILES)
        if name:
            self.lay(Path(name))

    def lay(self, path: Path) -> None:
        """Hand a file to the service; it is refused whole or accepted."""

        def laid(file: SiteFile) -> None:
            starts = f", berlaku mulai {day_text(file.valid_from)}" if file.valid_from > self.desk.clock.today() else ""
            undo = lambda: self.panel.take_back(file.uid, "diurungkan")  # noqa: E731
            self.shell.toast(f"{path.name} versi {file.version} diterima{starts}. Barisnya menunggu persetujuan.", undo)
            self.load()

        self.runner.write(lambda: self.desk.site.lay_reference(self.actor, path.name, _content(path)), laid, self.say)

    def save_model(self) -> None:
        """Write the chosen file of ours to edit."""
        row = self.view.current_row()
        if row is None or row.origin == "site":
            return
        name, _ = QFileDialog.getSaveFileName(self.window(), "Simpan contoh", f"{row.name}.toml", FILES)
        if name:
            self.write_model(row.name, Path(name))

    def write_model(self, name: str, path: Path) -> None:
        """The file of ours as a model, on disk."""
        self.ask(
            "model",
            lambda: write_text(path, self.desk.site.reference_text(self.actor, name)),
            lambda _: self.shell.toast(f"Contoh disimpan: {path.name}."),
        )


def write_text(path: Path, text: str) -> None:
    """Raises UserError."""
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as trouble:
        raise UserError(f"{path} tidak dapat ditulis. Pilih folder lain.") from trouble


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as trouble:
        raise UserError(f"{path.name} tidak dapat dibaca. Periksa berkasnya, lalu pilih lagi.") from trouble


def _chip(row: ReferenceRow) -> tuple[str, str]:
    if row.refused:
        return "berkas Puskesmas ditolak", "danger"
    return ("disetujui", "ok") if row.approved else (f"{row.open_rows} menunggu persetujuan", "warning")
