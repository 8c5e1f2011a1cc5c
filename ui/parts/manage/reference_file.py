"""One reference file opened: its rows in words, what the Puskesmas laid over it, and the head's approval."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ilp_desk.domain.site_files import RowApproval
from ilp_desk.domain.text.dates import day_text, time_text
from ilp_desk.errors import UserError
from ilp_desk.rows.reference import LaidRow, ReferenceDetail, RuleRow
from ilp_desk.work import may
from ui.page import Context
from ui.parts.referral.facts import Facts
from ui.parts.room.words_sheet import WordsSheet
from ui.rows import Column, RowsModel
from ui.theme import px
from ui.widgets import Card, CheckBox, Chip, Hair, KeyButton, Runs, TableView, Text, hbox, label, scroll, vbox

SIDE = 380
SHOWN_FILES = 3
"""Files of the Puskesmas that are listed; older ones stay stored."""
REASON = "Tulis alasannya, sedikitnya tiga huruf."
STATES = {
    "runs": ("berlaku", "ok"),
    "before": ("digantikan yang lebih baru", "neutral"),
    "later": ("belum mulai berlaku", "accent"),
    "over": ("masa berlakunya habis", "neutral"),
    "refused": ("tidak dapat dipakai", "danger"),
}
ORIGINS = {"ours": "bawaan program", "site": "ditambah Puskesmas ini", "both": "diubah Puskesmas ini"}


class ReferenceFilePanel(QWidget):
    """back_wanted: to the list; changed: something was approved or taken back."""

    back_wanted = Signal()
    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.desk, self.actor, self.shell, self.runner = context.desk, context.actor, context.shell, context.runner
        self._may = may(self.actor, "site.approve_reference")
        self.detail: ReferenceDetail | None = None
        self.model: RowsModel[RuleRow] = RowsModel(
            (
                Column("Kode", lambda r: r.code or r.section, 170, bold=True),
                Column("Nama", lambda r: r.label, 240, ink=lambda r: "muted" if r.off else "ink"),
                Column("Aturan", lambda r: r.words, muted=True, optional=True),
                Column("Keadaan", lambda r: "", 170, chip=_chip),
            )
        )
        self.view = TableView(self.model, key=lambda r: r.digest, first=True, name="Baris aturan")
        self.heading, self.about = label("", "subtitle"), label("", "muted")
        self.back = KeyButton("Semua berkas", "Esc", icon="back", small=True)
        self.only = CheckBox("Hanya yang menunggu")
        self.one = KeyButton("Setujui baris ini", "Ctrl+S", kind="primary")
        self.all = KeyButton("Setujui semua")
        self.revoke = KeyButton("Cabut persetujuan", small=True)
        self.name_label, self.chips, self.facts = label("", "subtitle", wrap=True), Runs(pad=(0, 2)), Facts()
        self._files: QVBoxLayout = vbox(spacing=4)
        self._lay()
        self.back.clicked.connect(self.back_wanted)
        self.only.toggled.connect(lambda _: self._list())
        self.view.row_chosen.connect(self._chosen)
        self.one.clicked.connect(self.approve_one)
        self.all.clicked.connect(self.approve_all)
        self.revoke.clicked.connect(self.ask_revoke)

    def _lay(self) -> None:
        foot = QWidget()
        foot.setLayout(hbox(self.only, None, self.all, self.one, margins=(11, 9, 11, 9)))
        table = Card(vbox(self.view, Hair(), foot, spacing=0, margins=(1, 1, 1, 1)))
        table.layout().setStretch(0, 1)  # type: ignore[union-attr]
        body = QWidget()
        body.setLayout(
            vbox(
                self.name_label,
                self.chips,
                4,
                self.facts,
                8,
                hbox(self.revoke, None),
                None,
                spacing=5,
                margins=(16, 14, 16, 12),
            )
        )
        self.side = Card(vbox(scroll(body), margins=(1, 1, 1, 1)))
        self.side.setFixedWidth(px(SIDE))
        across = hbox(table, self.side, spacing=10)
        across.setStretch(0, 1)
        head = hbox(self.back, self.heading, self.about, spacing=12)
        head.setStretch(2, 1)
        column = vbox(head, self._files, across, spacing=8)
        column.setStretch(2, 1)
        self.setLayout(column)

    @property
    def name(self) -> str:
        """The file that is open, or empty."""
        return self.detail.file.name if self.detail is not None else ""

    # Showing

    def show_detail(self, detail: ReferenceDetail) -> None:
        """Show a file, or the same one as it is now."""
        other = detail.file.name != self.name
        self.detail = detail
        file = detail.file
        self.heading.setText(file.title)
        end = f" sampai {day_text(file.valid_to)}" if file.valid_to else ""
        self.about.setText(f"Versi {file.version} · berlaku sejak {day_text(file.valid_from)}{end}")
        self.about.setToolTip(file.source)
        self._show_files(detail.laid[:SHOWN_FILES])
        self.all.setText(f"Setujui {file.open_rows} baris")
        self.all.setVisible(self._may and file.open_rows > 1)
        if other:
            self.only.setChecked(False)
        self._list()
        if other:
            self.view.select(0)

    def _show_files(self, laid: Sequence[LaidRow]) -> None:
        while (item := self._files.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for row in laid:
            self._files.addWidget(self._file_line(row))

    def _file_line(self, row: LaidRow) -> QWidget:
        at = self.desk.clock.local(row.at) if row.at is not None else None
        when = f"{day_text(at.date())} {time_text(at)}" if at is not None else ""
        word, tone = STATES[row.state]
        how = f"{row.changes} perubahan" if row.changes else "berkas sendiri"
        told = f"{how}, dipasang {row.by} {when}".replace("  ", " ").strip()
        runs = Runs([Text(f"Puskesmas {row.version}", bold=True), Chip(word, tone), Text(told, muted=True)])
        runs.setToolTip(row.trouble or row.file_name)
        take = KeyButton("Tarik", small=True)
        take.setAccessibleName(f"Tarik berkas Puskesmas versi {row.version}")
        take.clicked.connect(lambda: self.ask_take_back(row))
        line = QWidget()
        across = hbox(runs, take, spacing=10)
        across.setStretch(0, 1)
        line.setLayout(across)
        return line

    def _list(self) -> None:
        if self.detail is None:
            return
        at, before = self.view.currentIndex().row(), self.view.current_row()
        rows = tuple(row for row in self.detail.rows if row.waits or not self.only.isChecked())
        self.view.set_sentence(*(("", "") if rows else ("Tidak ada yang menunggu.", "Semua baris sudah disetujui.")))
        self.model.answer("", rows)
        if before is not None and rows and all(row.digest != before.digest for row in rows):
            self.view.select(min(at, len(rows) - 1))  # the row was approved: on with the next
        self._chosen(self.view.current_row())

    def _chosen(self, row: RuleRow | None) -> None:
        self.one.setVisible(self._may)
        self.one.setEnabled(row is not None and row.waits)
        self.revoke.setVisible(self._may and row is not None and bool(row.approval_uid))
        if row is None:
            self.name_label.setText("")
            self.chips.set_segments(())
            self.facts.set(())
            return
        self.name_label.setText(row.label)
        self.chips.set_segments((Chip(*_chip(row)), Text(f"{row.section} · {ORIGINS[row.origin]}", muted=True)))
        self.facts.set((*_facts(row), ("Persetujuan", self._approval(row))))

    def _approval(self, row: RuleRow) -> str:
        if not row.approval_uid:
            return "menunggu kepala Puskesmas" if row.waits else "tidak perlu, sumbernya pasti"
        at = self.desk.clock.local(row.approved_at) if row.approved_at is not None else None
        when = f", {day_text(at.date())} {time_text(at)}" if at is not None else ""
        return f"{row.approved_by}{when}"

    # Approving

    def approve_one(self) -> None:
        """Ctrl+S: the chosen row."""
        row = self.view.current_row()
        if self._may and row is not None and row.waits:
            self._approve((row.digest,), f"{row.label} disetujui.")

    def approve_all(self) -> None:
        """Every row of this file that waits."""
        waiting = tuple(row.digest for row in self.detail.rows if row.waits) if self.detail is not None else ()
        if self._may and waiting:
            self._approve(waiting, f"{len(waiting)} baris disetujui.")

    def _approve(self, digests: tuple[str, ...], told: str) -> None:
        name = self.name

        def approved(made: Sequence[RowApproval]) -> None:
            uids = tuple(approval.uid for approval in made)
            self.shell.toast(told, lambda: self._revoke(uids, "diurungkan"))
            self.changed.emit()

        self._write(lambda: self.desk.site.approve_reference(self.actor, name, digests), approved)

    def ask_revoke(self) -> None:
        """Take the approval of the chosen row back, with a reason."""
        row = self.view.current_row()
        if row is None or not row.approval_uid:
            return
        text = f"{row.label}\nBaris ini menunggu persetujuan lagi; aturannya tetap dipakai."
        self._ask_why("Cabut persetujuan?", text, "Cabut", lambda why: self._revoke((row.approval_uid,), why))

    def _revoke(self, uids: tuple[str, ...], why: str) -> None:
        self._write(lambda: self.desk.site.revoke_reference(self.actor, uids, why), lambda _: self.changed.emit())

    # Files of the Puskesmas

    def ask_take_back(self, row: LaidRow) -> None:
        """Take a file of the Puskesmas out of force, with a reason."""
        text = (
            f"Versi {row.version} tidak dipakai lagi sesudah program dibuka kembali; "
            "yang berlaku versi sebelumnya, atau bawaan program. Berkasnya tetap tersimpan."
        )
        self._ask_why("Tarik berkas Puskesmas?", text, "Tarik", lambda why: self.take_back(row.uid, why))

    def take_back(self, uid: str, why: str) -> None:
        """Do it."""

        def taken(_: object) -> None:
            self.shell.toast("Berkas Puskesmas ditarik.")
            self.changed.emit()

        self._write(lambda: self.desk.site.take_back_reference(self.actor, uid, why), taken)

    def _ask_why(self, title: str, text: str, act: str, do: Callable[[str], None]) -> None:
        sheet = WordsSheet(title, text, "Alasan", act, needed=REASON)

        def given(why: str) -> None:
            opened.close_sheet()
            do(why)

        sheet.given.connect(given)
        opened = self.shell.sheet(sheet, 560)
        sheet.begin()

    def _write(self, work: Callable[[], object], done: Callable[..., None]) -> None:
        self.runner.write(work, done, self._say)

    def _say(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self.shell.sentence(error.sentence)


def _facts(row: RuleRow) -> tuple[tuple[str, str], ...]:
    start, end = day_text(row.valid_from), day_text(row.valid_to)
    valid = " sampai ".join(part for part in (start, end) if part)
    return (
        ("Kode", row.code),
        *((name.capitalize(), value) for name, value in row.columns if value != row.label),
        ("Berlaku", valid),
        ("Sumber", row.source),
    )


def _chip(row: RuleRow) -> tuple[str, str]:
    if row.waits:
        return "menunggu persetujuan", "warning"
    if row.off:
        return "tidak dipakai di sini", "neutral"
    return ("disetujui", "ok") if row.approval_uid else ("sumber pasti", "ok")
