"""A list at the left, the chosen row as a form at the right: service points, staff, partners, areas."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.page import Context
from ui.parts.manage.form import Form
from ui.parts.manage.part import Part
from ui.rows import Column, RowsModel
from ui.theme import px
from ui.widgets import Card, Hair, KeyButton, TableView, hbox, label, scroll, vbox

R = TypeVar("R")
FORM_WIDTH = 400


class ListAndForm(Part, Generic[R]):
    """What differs between the lists is told by the methods at the top; a row is known by `uid` and `row_version`.

    Choosing another row while something typed is not saved keeps it as the draft of the part.
    """

    noun = "baris"
    empty = ("Belum ada isinya.", "Tekan F3 untuk menambah.")
    hint = ""

    def __init__(self, context: Context, columns: Sequence[Column[R]], form: Form, *, setup: bool = False) -> None:
        super().__init__(context, setup=setup)
        self.form = form
        self.current: R | None = None
        self.model: RowsModel[R] = RowsModel(columns)
        self.view: TableView[R] = TableView(self.model, key=self.uid, name=self.title, sentence=self.empty, first=False)
        self.heading = label("", "subtitle")
        self.save_button = KeyButton("Simpan", "Ctrl+S", kind="primary")
        self.new_button = KeyButton(f"{self.noun.capitalize()} baru", "F3", icon="plus")
        self.side_button = KeyButton("", small=False)
        self.side_button.hide()
        self._lay()
        self.view.row_chosen.connect(self._chosen)
        self.save_button.clicked.connect(self.save)
        self.new_button.clicked.connect(self.fresh)
        self.side_button.clicked.connect(self.side_act)
        self.keep_drafts(form, self._column)
        self._show(None)

    # What a list says about itself

    def uid(self, row: R) -> str:
        return str(row.uid)  # type: ignore[attr-defined]

    def fields_of(self, row: R | None) -> Mapping[str, object]:
        """What the form shows for a row; None: a new one."""
        raise NotImplementedError

    def heading_of(self, row: R | None) -> str:
        raise NotImplementedError

    def rows(self) -> Sequence[R]:
        """Ask the service; runs off the GUI thread."""
        raise NotImplementedError

    def keep(self, row: R | None, values: Mapping[str, Any]) -> object:
        """Save through the service; runs off the GUI thread. Gives the saved record."""
        raise NotImplementedError

    def side_text(self, row: R | None) -> str:
        """The second button (Nonaktifkan, Hapus); empty: none."""
        return ""

    def side_act(self) -> None:
        """The second button was pressed."""

    # Building

    def _lay(self) -> None:
        self._foot = hbox(self.new_button, None, margins=(11, 9, 11, 9))
        foot = QWidget()
        foot.setLayout(self._foot)
        table = Card(vbox(self.view, Hair(), foot, spacing=0, margins=(1, 1, 1, 1)))
        table.layout().setStretch(0, 1)  # type: ignore[union-attr]
        self._column = vbox(self.form, None, spacing=8, margins=(16, 4, 16, 8))
        body = QWidget()
        body.setLayout(self._column)
        buttons = hbox(self.side_button, None, self.save_button, margins=(16, 10, 16, 12))
        head = hbox(self.heading, margins=(16, 12, 16, 4))
        side = vbox(head, scroll(body), Hair(), buttons, spacing=0, margins=(1, 1, 1, 1))
        side.setStretch(1, 1)
        self.side = Card(side)
        self.side.setFixedWidth(px(FORM_WIDTH))
        row = hbox(table, self.side, spacing=10)
        row.setStretch(0, 1)
        outer = vbox(row, spacing=8)
        if self.hint:
            outer.insertWidget(0, label(self.hint, "muted", wrap=True))
        self.setLayout(outer)

    def add_to_foot(self, *widgets: QWidget) -> None:
        """More buttons under the list."""
        for widget in widgets:
            self._foot.addWidget(widget)

    # The list

    def load(self) -> None:
        self.ask("rows", self.rows, self._listed)

    def _listed(self, rows: Sequence[R]) -> None:
        self._show_rows(rows)
        self.offer_draft()

    def _show_rows(self, rows: Sequence[R]) -> None:
        self.view.set_sentence(*(("", "") if rows else self.empty))
        self.model.answer("", tuple(rows))

    def _chosen(self, row: R | None) -> None:
        if row is None or row is self.current:
            return
        if self.busy_with():
            if self.current is not None and self.uid(self.current) == self.uid(row):
                return  # the same row, read again: what is being typed stays
            self.save_draft()
            self.shell.toast("Isian yang belum disimpan ditahan sebagai draf.", self._back_to_draft)
        self._show(row)

    def _back_to_draft(self) -> None:
        self.ask("draft", lambda: self.desk.site.draft(self.actor, self.code), self._take_back)

    def _take_back(self, draft: Any) -> None:
        if draft is not None:
            self.take_up(draft.content)

    def _show(self, row: R | None) -> None:
        self.current = row
        self.heading.setText(self.heading_of(row))
        self.form.put(self.fields_of(row))
        text = self.side_text(row)
        self.side_button.setText(text)
        self.side_button.setVisible(bool(text))

    def fresh(self) -> None:
        """F3: an empty form, the keyboard in its first field."""
        if self.busy_with():
            self.save_draft()
        self.view.select(-1)
        self._show(None)
        self.form.first().setFocus(Qt.FocusReason.ShortcutFocusReason)

    # Saving

    def save(self) -> None:
        row, values = self.current, self.form.values()
        self.save_button.setEnabled(False)
        self.runner.write(lambda: self.keep(row, values), self._saved, self._not_saved)

    def _saved(self, record: object) -> None:
        self.save_button.setEnabled(True)
        self.form.settle()
        self.drop_draft()
        self.shell.toast(f"{self.noun.capitalize()} tersimpan.")
        self.current = None
        self.show_saved(record)

    def show_saved(self, record: object) -> None:
        """After saving: read the list again and choose what was saved."""
        uid = getattr(record, "uid", None)

        def listed(rows: Sequence[R]) -> None:
            self._show_rows(rows)
            self.view.select_key(uid)

        self.ask("rows", self.rows, listed)

    def _not_saved(self, error: Exception) -> None:
        self.save_button.setEnabled(True)
        self.say(error)

    def carry_out(self, work: Callable[[], object], told: str) -> None:
        """A side act: do it, tell it, read the list again."""

        def done(record: object) -> None:
            self.shell.toast(told)
            self.current = None
            self.form.settle()
            self.show_saved(record)

        self.runner.write(work, done, self.say)

    # Drafts

    def draft_content(self) -> dict[str, object]:
        row = self.current
        return {"uid": "" if row is None else self.uid(row)}

    def take_up(self, content: Mapping[str, object]) -> None:
        uid = content.get("uid")
        self.view.select(-1)
        chosen = next((row for row in self.model.rows if self.uid(row) == uid), None)
        self._show(chosen)
        super().take_up(content)
