"""Nomor RM: running numbers or family folders, and the table of relationship codes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from ilp_desk.domain.numbering import FAMILY_FOLDER, RUNNING, folder_number, running_number, running_serial
from ilp_desk.rows.site import Numbering
from ilp_desk.services.site import NumberingForm, RelationshipForm
from ilp_desk.services.site.numbers import FOLDER_WIDTHS, WIDTHS
from ui.page import Context
from ui.parts.manage.codes import CodesTable
from ui.parts.manage.form import Form
from ui.parts.manage.part import Part
from ui.theme import px
from ui.widgets import (
    Banner,
    Card,
    Choice,
    Combo,
    Field,
    Hair,
    KeyButton,
    LineEdit,
    Paragraph,
    Text,
    hbox,
    label,
    scroll,
    vbox,
)

ABOUT = {
    RUNNING: "Satu nomor urut untuk tiap orang, melanjutkan nomor tertinggi yang sudah ada di map lama.",
    FAMILY_FOLDER: (
        "Satu map untuk tiap keluarga: kode desa (WW), nomor urut keluarga (FFFF), lalu tempat dalam keluarga (SS). "
        "Kode yang pernah dipakai tidak dipakai lagi."
    ),
}
SIDE_WIDTH = 470
MOST_WIDE = 820


class NumbersPart(Part):
    code, title = "numbers", "Nomor RM"

    def __init__(self, context: Context, *, setup: bool = False) -> None:
        super().__init__(context, setup=setup)
        self._seen: Numbering | None = None
        schemes = [(RUNNING, "Nomor urut"), (FAMILY_FOLDER, "Map keluarga")]
        widths = [(n, f"{n} angka") for n in FOLDER_WIDTHS]
        self.form = Form(
            [
                [("scheme", Field("Cara penomoran", Choice(schemes, RUNNING)), 12)],
                [
                    ("width", Field("Banyak angka", Combo([(n, f"{n} angka") for n in WIDTHS], 6)), 4),
                    ("separator", Field("Pemisah", Choice([("", "Tanpa"), ("-", "Strip"), (".", "Titik")], "")), 8),
                ],
                [("last_number", Field("Nomor terakhir yang sudah dipakai di map lama", LineEdit()), 12)],
                [
                    ("folder_width", Field("Angka urut keluarga", Combo(widths, 4)), 6),
                    ("outside_code", Field("Kode luar wilayah", LineEdit(max_length=2)), 6),
                ],
            ]
        )
        self.about = Paragraph()
        self.sample = label("", "figure")
        self.stands = label("", "muted", wrap=True)
        self.codes = CodesTable(context.desk.reference)
        self.save_button = KeyButton("Simpan", "Ctrl+S", kind="primary")
        self.villages = Banner("warning", "")
        self.villages.hide()
        self._lay()
        self.form.edited.connect(self._edited)
        self.codes.changed.connect(self._save_codes)
        self.save_button.clicked.connect(self.save)
        self._edited()

    def _lay(self) -> None:
        self._column = vbox(
            self.villages,
            self.form,
            self.about,
            8,
            label("Nomor berikutnya akan terlihat seperti", "label"),
            self.sample,
            self.stands,
            None,
            spacing=8,
            margins=(16, 14, 16, 12),
        )
        body = QWidget()
        body.setLayout(self._column)
        body.setMaximumWidth(px(MOST_WIDE))
        main = vbox(scroll(body), spacing=0, margins=(1, 1, 1, 1))
        main.setStretch(0, 1)
        if not self.setup:
            main.addWidget(Hair())
            main.addLayout(hbox(None, self.save_button, margins=(16, 10, 16, 12)))
        self.table = Card(vbox(self.codes, margins=(1, 1, 1, 1)))
        self.table.setFixedWidth(px(SIDE_WIDTH))
        row = hbox(Card(main), self.table, spacing=10)
        row.setStretch(0, 1)
        self.setLayout(row)
        self.keep_drafts(self.form, self._column)

    def load(self) -> None:
        self.ask("numbering", self._question, lambda found: self._shown(*found))

    def _question(self) -> tuple[Numbering, Sequence[RelationshipForm]]:
        return self.desk.site.numbering(self.actor), self.desk.site.relationship_codes(self.actor)

    def _shown(self, found: Numbering, codes: Sequence[RelationshipForm]) -> None:
        self._seen = found
        self.codes.show_rows(codes)
        if not self.busy_with():
            self.form.put(
                {
                    "scheme": found.scheme,
                    "width": found.width,
                    "separator": found.separator,
                    "folder_width": found.folder_width,
                    "outside_code": found.outside_code,
                    "last_number": "",
                }
            )
        self._edited()
        self.offer_draft()

    def _edited(self) -> None:
        """What depends on what stands in the form."""
        values: dict[str, Any] = self.form.values()
        folder = values["scheme"] == FAMILY_FOLDER
        for name, shown in (("width", not folder), ("separator", not folder), ("last_number", not folder),
                            ("folder_width", folder), ("outside_code", folder)):  # fmt: skip
            self.form[name].setVisible(shown)
        self.table.setVisible(folder)
        self.about.set_parts([Text(ABOUT[str(values["scheme"])], muted=True)])
        highest = self._seen.highest if self._seen else 0
        typed = running_serial(values["last_number"], int(values["width"])) or 0
        if folder:
            self.sample.setText(folder_number("01", 12, int(values["folder_width"])) + "-02")
            self.stands.setText("Desa 01, keluarga ke-12, tempat 02 dalam keluarga.")
        else:
            self.sample.setText(running_number(max(highest, typed) + 1, int(values["width"]), str(values["separator"])))
            known = f"{highest:,}".replace(",", ".")
            self.stands.setText(f"Nomor tertinggi yang dikenal program ini: {known}." if highest else "")
        without = self._seen.villages_without_code if self._seen else ()
        self.villages.setVisible(folder and bool(without))
        if without:
            self.villages.set("warning", "Desa tanpa kode map:", f"{', '.join(without)}. Isi di bagian Wilayah.")

    def save(self) -> None:
        self.commit(lambda: self.shell.toast("Cara penomoran tersimpan. Nomor yang sudah diberikan tetap."))

    def commit(self, done: Callable[[], None]) -> None:
        form = NumberingForm(**self.form.values())  # type: ignore[arg-type]
        seen = self._seen.facility_uid if self._seen else ""

        def saved(_: object) -> None:
            self.form.settle()
            self.drop_draft()
            self.load()
            done()

        self.runner.write(lambda: self.desk.site.save_numbering(self.actor, form, seen), saved, self.say)

    def _save_codes(self, rows: Sequence[RelationshipForm]) -> None:
        table = tuple(rows)

        def saved(_: object) -> None:
            self.codes.show_rows(table)
            self.shell.toast("Tabel kode hubungan tersimpan.")

        self.runner.write(lambda: self.desk.site.save_relationship_codes(self.actor, table), saved, self.codes.refuse)
