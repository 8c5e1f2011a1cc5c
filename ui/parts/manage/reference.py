"""Referensi: which versions are in force, and what still waits for approval. Read only."""

from __future__ import annotations

from collections.abc import Sequence

from ilp_desk.domain.text.dates import day_text
from ilp_desk.rows.reference import ReferenceRow
from ui.page import Context
from ui.parts.manage.part import Part
from ui.rows import Column, RowsModel
from ui.widgets import Card, Paragraph, TableView, Text, vbox


class ReferencePart(Part):
    code, title = "reference", "Referensi"

    def __init__(self, context: Context, *, setup: bool = False) -> None:
        super().__init__(context, setup=setup)
        self.model: RowsModel[ReferenceRow] = RowsModel(
            (
                Column("Aturan", lambda r: r.title, 250, bold=True),
                Column("Versi", lambda r: r.version, 90),
                Column("Berlaku sejak", lambda r: day_text(r.valid_from), 120),
                Column("Sumber", lambda r: r.source, muted=True),
                Column("Isi", lambda r: f"{r.rows} baris", 90, align="right", muted=True, optional=True),
                Column("Keadaan", lambda r: "", 210, chip=_chip),
            )
        )
        view = TableView(self.model, key=lambda r: r.name, name="Referensi yang berlaku")
        self.words = Paragraph()
        column = vbox(self.words, Card(vbox(view, margins=(1, 1, 1, 1))), spacing=10)
        column.setStretch(1, 1)
        self.setLayout(column)

    def load(self) -> None:
        self.ask("files", lambda: self.desk.site.reference_files(self.actor), self._shown)

    def _shown(self, rows: Sequence[ReferenceRow]) -> None:
        self.model.answer("", tuple(rows))
        waiting = sum(row.open_rows for row in rows)
        files = sum(1 for row in rows if row.open_rows)
        text = (
            f"{waiting} baris di {files} berkas menunggu persetujuan kepala Puskesmas. "
            "Berkasnya dikirim bersama program dan diganti bersama pembaruan."
            if waiting
            else "Semua aturan sudah disetujui."
        )
        self.words.set_parts([Text(text, muted=True)])


def _chip(row: ReferenceRow) -> tuple[str, str]:
    return ("disetujui", "ok") if row.approved else (f"{row.open_rows} baris menunggu persetujuan", "warning")
