"""Wilayah: the tree of the catchment, typed quickly."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ilp_desk.domain.areas import BELOW, LEVELS, AreaLine, spoken
from ilp_desk.errors import InvalidInput
from ilp_desk.services.site import AreaForm
from ui.page import Context
from ui.parts.manage.form import Form
from ui.parts.manage.list_and_form import ListAndForm
from ui.rows import Column
from ui.widgets import Columns, Combo, Field, Hair, KeyButton, LineEdit, hbox, label, vbox

INDENT = "\u2003\u2002"
"""Spaces a layout does not join."""
COLUMNS: tuple[Column[AreaLine], ...] = (
    Column("Nama", lambda line: INDENT * line.depth + line.path[-1]),
    Column("Jenis", lambda line: LEVELS[line.area.level], 120, muted=True),
    Column("Kode wilayah", lambda line: line.area.code, 140, muted=True, optional=True),
    Column("Map", lambda line: line.area.folder_code, 60, align="right", muted=True),
)
ABOVE = "Seperti wilayah di atasnya"
EXAMPLES = {
    "village": "mis. Maninjau; Bayua",
    "hamlet": "mis. Gasang; Bancah; Kubu Baru",
    "rw": "mis. 1-4",
    "rt": "mis. 1-6",
    "pustu": "mis. Pustu Bayua",
    "posyandu": "mis. Melati; Kenanga",
}


class AreasPart(ListAndForm[AreaLine]):
    code, title, noun = "areas", "Wilayah", "wilayah"
    empty = ("Mulai dengan desa atau nagari.", "Ketik namanya di kanan, lalu Enter.")

    def __init__(self, context: Context, *, setup: bool = False) -> None:
        self.level = Combo(name="Jenis yang ditambah")
        self.names = LineEdit(name="Nama yang ditambah", max_length=600)
        self.add_button = KeyButton("Tambah", "Enter", kind="primary")
        self.names_field = Field("Nama", self.names)
        self.serving = Combo([("", ABOVE)], name="Dilayani posyandu")
        form = Form(
            [
                [("name", Field("Nama", LineEdit()), 12)],
                [
                    ("code", Field("Kode wilayah (Kemendagri)", LineEdit(placeholder="13.06.04.2001")), 8),
                    ("folder_code", Field("Kode map", LineEdit(placeholder="01")), 4),
                ],
                [("posyandu_uid", Field("Dilayani posyandu", self.serving), 12)],
            ]
        )
        self._posyandu: dict[str, str] = {}
        serving: Column[AreaLine] = Column("Posyandu", self._serving_name, 150, muted=True, optional=True)
        super().__init__(context, (*COLUMNS[:2], serving, *COLUMNS[2:]), form, setup=setup)
        self.new_button.setText("Desa/nagari baru")
        self.level.currentIndexChanged.connect(self._level_chosen)
        self.names.returnPressed.connect(self.add)
        self.names.textChanged.connect(lambda _: self.names_field.set_state(""))
        self.add_button.clicked.connect(self.add)
        self._show(None)

    def _lay(self) -> None:
        super()._lay()
        self.below = label("", "strong", wrap=True)
        add = QWidget()
        fields = Columns([[(Field("Jenis", self.level), 5), (self.names_field, 7)]])
        add.setLayout(
            vbox(
                self.below,
                label("Beberapa sekaligus dipisah titik koma; RW dan RT juga sebagai 1-6.", "small", wrap=True),
                fields,
                hbox(None, self.add_button),
                spacing=6,
                margins=(16, 12, 16, 12),
            )
        )
        self.choose_one = label(
            "Pilih wilayah di daftar untuk mengubahnya atau menambah di bawahnya.", "muted", wrap=True
        )
        self._column.insertWidget(0, self.choose_one)
        layout = self.side.layout()
        if layout is not None:
            layout.insertWidget(0, add)  # type: ignore[attr-defined]
            layout.insertWidget(1, Hair())  # type: ignore[attr-defined]

    def focus_first(self) -> None:
        self.names.setFocus(Qt.FocusReason.OtherFocusReason)

    # The list

    def uid(self, row: AreaLine) -> str:
        return row.area.uid

    def rows(self) -> Sequence[AreaLine]:
        return self.desk.site.areas(self.actor)

    def _show_rows(self, rows: Sequence[AreaLine]) -> None:
        self._posyandu = {line.area.uid: line.path[-1] for line in rows if line.area.level == "posyandu"}
        super()._show_rows(rows)

    def _serving_name(self, line: AreaLine) -> str:
        return self._posyandu.get(line.area.posyandu_uid or "", "").removeprefix("Posyandu ")

    def heading_of(self, row: AreaLine | None) -> str:
        return "" if row is None else f"Ubah {row.path[-1]}"

    def fields_of(self, row: AreaLine | None) -> Mapping[str, object]:
        if row is None:
            return {"name": "", "code": "", "folder_code": "", "posyandu_uid": ""}
        area = row.area
        return {
            "name": area.name,
            "code": area.code,
            "folder_code": area.folder_code,
            "posyandu_uid": area.posyandu_uid or "",
        }

    def keep(self, row: AreaLine | None, values: Mapping[str, Any]) -> object:
        if row is None:
            raise InvalidInput("name", "Pilih dulu wilayah yang diubah.")
        return self.desk.site.save_area(self.actor, row.area.uid, AreaForm(**values), row.area.row_version)

    def side_text(self, row: AreaLine | None) -> str:
        return "" if row is None else "Hapus"

    def side_act(self) -> None:
        row = self.current
        if row is not None:
            uid = row.area.uid
            self.carry_out(lambda: self.desk.site.remove_area(self.actor, uid), f"{row.path[-1]} dihapus.")

    def _show(self, row: AreaLine | None) -> None:
        near = [line for line in self.model.rows if row is not None and line.path[0] == row.path[0]]
        own = [(line.area.uid, line.path[-1]) for line in near if line.area.level == "posyandu"]
        self.serving.set_items([("", ABOVE), *own])
        super()._show(row)
        self.names_field.set_state("")  # what was said was said of another area
        chosen = row is not None
        self.form.setVisible(chosen)
        self.heading.setVisible(chosen)
        self.save_button.setVisible(chosen)
        self.choose_one.setVisible(not chosen)
        level = row.area.level if row is not None else ""
        self.form["folder_code"].setVisible(level == "village")
        self.form["posyandu_uid"].setVisible("posyandu" in BELOW[level] and bool(own))
        options = BELOW[level]
        self.below.setText(f"Tambah di bawah {row.path[-1]}" if row is not None else "Tambah desa atau nagari")
        kept = self.level.value()
        self.level.set_items([(code, LEVELS[code]) for code in options], kept if kept in options else None)
        self.level.setEnabled(bool(options))
        self.names.setEnabled(bool(options))
        self.add_button.setEnabled(bool(options))
        self._level_chosen()

    def _level_chosen(self) -> None:
        self.names.setPlaceholderText(EXAMPLES.get(str(self.level.value()), ""))

    # Adding

    def fresh(self) -> None:
        """F3: the keyboard goes where a desa or nagari is typed."""
        self.view.select(-1)
        self._show(None)
        self.names.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def add(self) -> None:
        """Add what is typed below the chosen node; the keyboard stays for the next."""
        self._add(lambda: self.names.setFocus(Qt.FocusReason.OtherFocusReason))

    def _add(self, done: Callable[[], object]) -> None:
        parent = self.current
        uid, level, text = (parent.area.uid if parent else None), str(self.level.value() or ""), self.names.text()

        def added(made: Sequence[Any]) -> None:
            self.names.setText("")
            names = ", ".join(spoken(area) for area in made[:3])
            more = f" dan {len(made) - 3} lagi" if len(made) > 3 else ""
            self.shell.toast(f"Ditambahkan: {names}{more}.")
            self.load()
            done()

        self.runner.write(lambda: self.desk.site.add_areas(self.actor, uid, level, text), added, self._not_added)

    def _not_added(self, error: Exception) -> None:
        if isinstance(error, InvalidInput):
            self.names_field.set_state("error", error.sentence)
            self.names.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.say(error)

    def busy_with(self) -> bool:
        return self.current is not None and super().busy_with()

    def commit(self, done: Callable[[], None]) -> None:
        """The set-up goes on: what still stands in the field is added first."""
        if self.names.text().strip():
            self._add(done)
        elif not self.model.rows:
            self._not_added(InvalidInput("name", "Ketik sedikitnya satu desa atau nagari."))
        else:
            done()
