"""Copies of the database: make one now, see which there are."""

from __future__ import annotations

import threading
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from ilp_desk.domain.text.dates import day_text, time_text
from ilp_desk.errors import UserError
from ilp_desk.rows.safekeeping import CopyRow, SafeState
from ui.long_lane import Cancelled
from ui.page import Context
from ui.rows import Column, RowsModel
from ui.theme import px
from ui.widgets import BusyBar, KeyButton, Paragraph, TableView, Text, hbox, label, vbox

LIST_HIGH = 176
NONE = ("Belum ada salinan di folder ini.", "Simpan satu sekarang, lalu setiap sore.")
ADVICE = "Salinan di cakram yang sama tidak menolong bila cakramnya rusak: simpan juga ke flashdisk."


def size_text(size: int) -> str:
    """`412 kB`, `18,4 MB`, `1,2 GB`."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} kB"
    unit, value = ("GB", size / 1e9) if size >= 1_000_000_000 else ("MB", size / 1e6)
    return f"{value:.1f} {unit}".replace(".", ",")


class Steps(QObject):
    """Progress of work in another thread: `step` arrives on the GUI thread, `cancel` stops it at its next step."""

    step = Signal(int, int)
    found = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._stop = threading.Event()

    def begin(self) -> None:
        """New work."""
        self._stop.clear()

    def cancel(self) -> None:
        """Stop at the next step."""
        self._stop.set()

    def told(self, done: int, total: int) -> None:
        """Called by the worker. Raises Cancelled."""
        if self._stop.is_set():
            raise Cancelled
        self.step.emit(done, total)

    def each(self, thing: object) -> None:
        """Called by the worker for every result. Raises Cancelled."""
        if self._stop.is_set():
            raise Cancelled
        self.found.emit(thing)


class CopiesPanel(QWidget):
    """`changed` asks for the state to be read again."""

    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.folder: Path | None = None
        self._working = False
        self.model: RowsModel[CopyRow] = RowsModel(
            (
                Column("Dibuat", lambda r: f"{day_text(r.at.date())} {time_text(r.at)}", 150, bold=True),
                Column("Berkas", lambda r: r.path.name, muted=True),
                Column("Ukuran", lambda r: size_text(r.size), 90, align="right"),
            )
        )
        self.view = TableView(
            self.model,
            key=lambda r: r.path,
            name="Salinan cadangan",
            sentence=NONE,
        )
        self.view.setFixedHeight(px(LIST_HIGH))
        self.where = Paragraph()
        self.now = KeyButton("Simpan salinan sekarang", kind="primary", icon="database")
        self.other = KeyButton("Pilih folder lain")
        self.busy = BusyBar()
        self.steps = Steps(self)
        self.steps.step.connect(self.busy.progress)
        self.busy.cancelled.connect(self.steps.cancel)
        self.now.clicked.connect(self.back_up)
        self.other.clicked.connect(self._choose)
        self.setLayout(
            vbox(
                label("Salinan cadangan", "subtitle"),
                self.where,
                hbox(self.now, self.other, None),
                self.busy,
                self.view,
                spacing=8,
            )
        )

    def show_state(self, state: SafeState) -> None:
        """What the service told."""
        self.folder = state.folder
        self.where.set_parts(
            [
                Text("Folder: ", muted=True),
                Text(str(state.folder)),
                Text("\n" + ADVICE, muted=True),
            ]
        )
        self.view.set_sentence(*(("", "") if state.copies else NONE))
        self.model.answer("", state.copies)

    def back_up(self) -> None:
        """Make a copy; work goes on."""
        if self._working:
            return
        folder, desk, actor = self.folder, self._context.desk, self._context.actor
        self._working = True
        self.steps.begin()
        self.busy.start("Menyalin dan memeriksa")
        self._context.runner.read(
            "safe.back_up",
            lambda: desk.safekeeping.back_up(actor, folder, self.steps.told),
            self._copied,
            self._not_copied,
        )

    def _copied(self, made: CopyRow) -> None:
        self._rest()
        self._context.shell.toast(f"Salinan tersimpan dan sudah diperiksa: {size_text(made.size)}.")
        self.changed.emit()

    def _not_copied(self, error: Exception) -> None:
        self._rest()
        if isinstance(error, UserError):
            self._context.shell.sentence(error.sentence)

    def _rest(self) -> None:
        self.busy.stop()
        self._working = False

    def _choose(self) -> None:
        name = QFileDialog.getExistingDirectory(self.window(), "Folder untuk salinan", str(self.folder or ""))
        if name:
            self.use(Path(name))

    def use(self, folder: Path) -> None:
        """Copies go here from now on, in this window."""
        self.folder = folder
        self.changed.emit()
