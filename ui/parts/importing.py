"""Importing a list from a file: choose, see how the columns are understood, try, import. The desk goes on meanwhile."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from ilp_desk.domain.import_rows import unused
from ilp_desk.errors import UserError
from ui.page import Context
from ui.parts.import_work import PATIENTS, ImportWork, ListKind, PatientList, Told
from ui.theme import px
from ui.widgets import Banner, BusyBar, Card, Columns, Combo, Field, KeyButton, hbox, label, scroll, vbox

NOTHING = "(tidak ada)"
PER_ROW = 3
GOES_ON = "Lembar ini boleh ditutup: impor berjalan terus. Tombol yang sama membukanya lagi."


class ImportPanel(QWidget):
    """One file at a time. The work is done by `ilp-desk import ...` in a process of its own (`ImportWork`).

    Closing it stops nothing; opened again it shows how things stand.
    """

    def __init__(self, context: Context, kind: ListKind = PATIENTS) -> None:
        super().__init__()
        self.setAccessibleName(kind.title)
        self._context, self._kind = context, kind
        self._work = ImportWork.of(context.runner, kind)
        self._list: PatientList | None = None
        self.choose = KeyButton("Pilih berkas CSV atau XLSX", icon="upload")
        self.template = KeyButton("Simpan contoh daftar", icon="download")
        self.dry = KeyButton("Periksa dulu", icon="search")
        self.go = KeyButton("Masukkan", kind="primary", icon="check")
        self.told = Banner(
            "info",
            kind.head,
            kind.hint,
        )
        self.busy = BusyBar()
        self.busy.cancelled.connect(self._work.cancel)
        self.file_name = label("Belum ada berkas.", "strong")
        self._combos = {field: Combo((), name=text) for field, text in kind.labels.items()}
        pairs = list(kind.labels.items())
        rows = [
            [(Field(text, self._combos[name], reserve=False), 12 // PER_ROW) for name, text in pairs[i : i + PER_ROW]]
            for i in range(0, len(pairs), PER_ROW)
        ]
        self._columns = Columns(rows)
        self.unused = label("", "muted", wrap=True)
        self.unused.hide()
        body = QWidget()
        head = label("Kolom di berkas", "section")
        body.setLayout(vbox(head, self.unused, self._columns, None, margins=(14, 10, 14, 10)))
        for combo in self._combos.values():
            combo.activated.connect(lambda _: self._name_unused())
        for button, act in (
            (self.choose, self.choose_file),
            (self.template, self.save_template),
            (self.dry, lambda: self._run(dry=True)),
            (self.go, lambda: self._run(dry=False)),
        ):
            button.clicked.connect(act)
        foot = hbox(self.busy, self.dry, self.go, spacing=10)
        foot.setStretch(0, 1)
        card = Card(vbox(scroll(body), margins=(1, 1, 1, 1)))
        self.setLayout(
            vbox(
                hbox(self.choose, self.template, self.file_name, None, spacing=10),
                self.told,
                card,
                foot,
                spacing=10,
                margins=(22, 4, 22, 12),
            )
        )
        self.setMinimumHeight(px(260))
        self._enable()
        if self._work.chosen is not None:
            self._take_up(self._work.chosen)
        if self._work.running:
            self.busy.start(self._work.title)
        self._follow()
        self._work.changed.connect(self._follow)
        self._work.over.connect(self._ended)

    def choose_file(self) -> None:
        """Ask for a file with the system's own window."""
        name, _ = QFileDialog.getOpenFileName(self, "Pilih daftar", "", "Daftar (*.csv *.txt *.tsv *.xlsx)")
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
        mapping = self._kind.guess(heading)
        self._take_up(PatientList(path, heading, {field: heading[column] for field, column in mapping.items()}))
        absent = self._kind.unmapped(mapping)
        if absent:
            self.told.set("warning", "Tunjukkan kolomnya.", f"Belum ditemukan: {', '.join(absent)}.")
        else:
            self.told.set("info", "Kolom dikenali.", "Periksa dulu tanpa menyimpan; hasilnya disebut di sini.")
        self._go_on(self.dry)

    def _take_up(self, chosen: PatientList) -> None:
        self._list = chosen
        self.file_name.setText(chosen.path.name)
        for field, combo in self._combos.items():
            items: list[str | tuple[object, str]] = [("", NOTHING), *((h, h) for h in chosen.heading if h.strip())]
            combo.set_items(items, chosen.columns.get(field, ""))
        self._name_unused()
        self._enable()

    def _name_unused(self) -> None:
        """Say which columns of the file are left out: a column one counted on is not missed in silence."""
        chosen = self.chosen()
        left = unused(chosen.heading, chosen.columns.values()) if chosen is not None else ()
        self.unused.setText(f"Kolom yang tidak dipakai: {', '.join(left)}.")
        self.unused.setVisible(bool(left))

    def _go_on(self, then: QWidget) -> None:
        """The focus where work goes on: at the first wanted field without a column, else at this button."""
        lacking = [combo for field, combo in self._combos.items() if field in self._kind.wanted and not combo.value()]
        (lacking[0] if lacking else then).setFocus(Qt.FocusReason.TabFocusReason)

    def _refuse(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self.told.set("danger", "Tidak berhasil.", error.sentence)

    def save_template(self) -> None:
        """Write an empty list with the right headings."""
        name, _ = QFileDialog.getSaveFileName(self, "Simpan contoh daftar", self._kind.template, "CSV (*.csv)")
        if name:
            self._context.runner.long(
                [*self._kind.command, "--template", name, "--progress"],
                lambda _: self._context.shell.toast("Contoh daftar disimpan."),
                self._refuse,
            )

    def chosen(self) -> PatientList | None:
        """The list with its columns as they are set now: a field without a column is named too."""
        if self._list is None:
            return None
        return replace(self._list, columns={field: str(combo.value() or "") for field, combo in self._combos.items()})

    def _run(self, *, dry: bool) -> None:
        chosen = self.chosen()
        if chosen is None or self._work.running:
            return
        self._work.start(self._context, chosen, dry=dry)
        self.busy.start(self._work.title)

    def _follow(self) -> None:
        """Show how the work stands."""
        work = self._work
        if work.running:
            self.busy.progress(work.step.done, work.step.total)
            self.told.set("info", f"{work.title}.", work.step.text, GOES_ON)
        else:
            self.busy.stop()
            if work.told is not None:
                self._tell(work.told)
        self._enable()

    def _ended(self, _: str) -> None:
        """What was pressed went grey meanwhile and lost the focus: give it to what comes next."""
        if isinstance(QApplication.focusWidget(), Combo):
            return
        told = self._work.told
        failed = told is not None and told.kind == "danger"
        self._go_on(self.dry if failed else self.go if self._work.dry else self.choose)

    def _tell(self, told: Told) -> None:
        self.told.set(told.kind, told.head, told.text, told.why)

    def _enable(self) -> None:
        ready = self._list is not None and not self._work.running
        self.dry.setEnabled(ready)
        self.go.setEnabled(ready)
        self.choose.setEnabled(not self._work.running)
