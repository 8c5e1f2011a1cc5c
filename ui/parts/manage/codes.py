"""The table of relationship codes of the family-folder scheme."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ilp_desk.domain.reference import Reference
from ilp_desk.errors import InvalidInput, UserError
from ilp_desk.services.site import RelationshipForm
from ui.parts.manage.form import Form
from ui.rows import Column, RowsModel
from ui.widgets import Combo, Field, Hair, KeyButton, LineEdit, TableView, hbox, label, vbox


class CodesTable(QWidget):
    """`changed` carries the whole table as it should be from now on."""

    changed = Signal(object)

    def __init__(self, reference: Reference) -> None:
        super().__init__()
        words = {choice.code: choice.label for choice in reference.codes["family_relationship"]}
        self.model: RowsModel[RelationshipForm] = RowsModel(
            (
                Column("Kode", lambda r: r.code, 70, bold=True),
                Column("Arti", lambda r: r.label),
                Column("Hubungan", lambda r: words.get(r.standard, r.standard), 130, muted=True),
            )
        )
        self.view: TableView[RelationshipForm] = TableView(
            self.model, key=lambda r: r.code, name="Kode hubungan", sentence=("Belum ada kode.", "Isi di bawah ini.")
        )
        self.form = Form(
            [
                [
                    ("code", Field("Kode", LineEdit(max_length=2)), 2),
                    ("label", Field("Arti", LineEdit()), 5),
                    ("standard", Field("Hubungan", Combo(list(words.items()), placeholder="Pilih")), 5),
                ]
            ]
        )
        self.keep = KeyButton("Simpan baris", kind="primary", small=True)
        self.away = KeyButton("Hapus baris", small=True)
        self.error = label("", "danger", wrap=True)
        foot = vbox(self.form, self.error, hbox(self.away, None, self.keep), spacing=4, margins=(14, 8, 14, 12))
        column = vbox(
            hbox(label("Kode hubungan dalam keluarga", "subtitle"), margins=(12, 12, 16, 6)),
            self.view,
            Hair(),
            foot,
            spacing=0,
        )
        column.setStretch(1, 1)
        self.setLayout(column)
        self.error.hide()
        self.view.row_chosen.connect(self._chosen)
        self.keep.clicked.connect(self._keep)
        self.away.clicked.connect(self._remove)

    def show_rows(self, rows: Sequence[RelationshipForm]) -> None:
        """Show the table in force."""
        self.error.hide()
        self.model.answer("", tuple(rows))

    def refuse(self, error: Exception) -> None:
        """Tell why the table cannot be."""
        if isinstance(error, InvalidInput) and self.form.refuse(error):
            return
        self.error.setText(error.sentence if isinstance(error, UserError) else UserError.default)
        self.error.show()

    def _chosen(self, row: RelationshipForm | None) -> None:
        if row is not None:
            self.form.put({"code": row.code, "label": row.label, "standard": row.standard})

    def _keep(self) -> None:
        row = RelationshipForm(self.form.text("code").strip(), self.form.text("label"), self.form.text("standard"))
        others = [r for r in self.model.rows if r.code != row.code]
        self.changed.emit(tuple(sorted((*others, row), key=lambda r: r.code)))

    def _remove(self) -> None:
        code = self.form.text("code").strip()
        self.changed.emit(tuple(r for r in self.model.rows if r.code != code))
