"""The check of the database, finding by finding."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ilp_desk.errors import UserError
from ilp_desk.rows.safekeeping import FindingRow
from ui.page import Context
from ui.parts.manage.copies import Steps
from ui.widgets import BusyBar, Icon, KeyButton, Runs, Text, hbox, label, vbox

ABOUT = "Membaca seluruh basis data: susunan, tanda tangan, jejak audit, dan indeks pencarian."


class CheckPanel(QWidget):
    """`finished` carries whether all is well."""

    finished = Signal(bool)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.findings: list[FindingRow] = []
        self._working = False
        self.start_button = KeyButton("Periksa sekarang", icon="check")
        self.busy = BusyBar()
        self.steps = Steps(self)
        self.steps.found.connect(self._found)
        self.busy.cancelled.connect(self.steps.cancel)
        self.start_button.clicked.connect(self.check)
        self._lines = vbox(spacing=6)
        self.words = label(ABOUT, "muted", wrap=True)
        self.setLayout(
            vbox(
                label("Pemeriksaan", "subtitle"),
                self.words,
                hbox(self.start_button, None),
                self.busy,
                self._lines,
                spacing=8,
            )
        )

    def check(self) -> None:
        """Check everything; work goes on."""
        if self._working:
            return
        desk, actor = self._context.desk, self._context.actor
        self._working = True
        self.steps.begin()
        self.busy.start("Memeriksa basis data")
        self.findings = []
        while (item := self._lines.takeAt(0)) is not None:
            line = item.widget()
            if line is not None:
                line.hide()
                line.deleteLater()

        def work() -> None:
            for found in desk.safekeeping.check(actor):
                self.steps.each(found)

        self._context.runner.read("safe.check", work, self._done, self._failed)

    def _found(self, found: FindingRow) -> None:
        self.findings.append(found)
        icon = Icon("check", "ok", "baik") if found.ok else Icon("alert", "danger", "masalah")
        line = Runs([icon, Text(found.sentence, color="" if found.ok else "danger")])
        if not found.ok:
            line.setToolTip(found.sentence)
        self._lines.addWidget(line)

    def _done(self, _: None) -> None:
        self._rest()
        bad = sum(1 for found in self.findings if not found.ok)
        self._context.shell.toast(f"{bad} masalah ditemukan." if bad else "Pemeriksaan selesai: semua baik.")
        self.finished.emit(not bad)

    def _failed(self, error: Exception) -> None:
        self._rest()
        if isinstance(error, UserError):
            self._context.shell.sentence(error.sentence)

    def _rest(self) -> None:
        self.busy.stop()
        self._working = False
