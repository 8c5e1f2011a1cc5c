"""Layanan hari ini, beside the examination: what is done, due, late, and by which key it is opened."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from ilp_desk.rows.care import DueLine
from ilp_desk.rows.encounter import Encounter
from ui.parts.room.due_groups import DueGroup, groups_of, one_line
from ui.parts.room.due_list import DueListView
from ui.widgets import Card, Key, Paragraph, Runs, Text, hbox, label, vbox

ALL = "Alt+3"
"""The tab that has all of them."""
KEY = "Alt+L"
ALARMED = ". Tangani tanda bahaya dulu."


class DueCard(Card):
    """opened(DueLine): one is to be closed; listed(bundle): several, or the rest, are wanted in the tab."""

    opened = Signal(object)
    listed = Signal(str)

    def __init__(self) -> None:
        self.view = DueListView()
        self._short = Paragraph()
        self._short.hide()
        head = hbox(label("Layanan hari ini", "section"), None, Runs([Text(""), Key(KEY)], fixed=True))
        super().__init__(vbox(head, self._short, self.view, spacing=4, margins=(12, 9, 12, 8)))
        self._lines: tuple[DueLine, ...] = ()
        self._alarmed = False
        self.view.row_activated.connect(self._chosen)

    def show_lines(self, lines: Sequence[DueLine], visit: Encounter) -> None:
        """What is due for whoever is here."""
        self._lines = tuple(lines)
        self.view.show_groups(groups_of(lines, visit.on), ALL)
        self._fold()

    def set_alarmed(self, on: bool) -> None:
        """While a red alarm waits for an answer one line is enough."""
        if on != self._alarmed:
            self._alarmed = on
            self._fold()

    def line(self) -> DueLine | None:
        """The service the keyboard is on."""
        group = self.view.current_row() if self.view.hasFocus() else None
        return group.lines[0] if group is not None and len(group.lines) == 1 else None

    def focus(self) -> None:
        """The keyboard goes to the card; where it is folded, to the tab with all of them."""
        if self.view.isHidden():
            self.listed.emit("")
        else:
            self.view.focus()

    def _fold(self) -> None:
        words = one_line(self._lines)
        folded = self._alarmed or not self.view.groups.rows
        self._short.set_parts([Text(words + (ALARMED if self._alarmed else "."), muted=True)])
        self._short.setVisible(folded)
        self.view.setVisible(not folded)

    def _chosen(self, group: DueGroup) -> None:
        if len(group.lines) == 1:
            self.opened.emit(group.lines[0])
        elif group.state != "done":
            self.listed.emit(group.lines[0].bundle if group.lines else "")
