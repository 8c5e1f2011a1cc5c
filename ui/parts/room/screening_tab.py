"""Skrining: every service that concerns this person, by state, with why, who gives it and what closes it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ilp_desk.domain.due.rules import OPEN
from ilp_desk.domain.staff import ROLE_LABELS, Role
from ilp_desk.rows.care import DueLine
from ui.parts.room.part import enterable
from ui.parts.room.screening_list import ServiceList
from ui.widgets import Choice, Hair, KeyButton, LineEdit, hbox, label, vbox

NOTHING = ("Tidak ada layanan untuk orang ini.", "Umur dan keadaannya menentukan; periksa tanggal lahirnya.")
ALL_DONE = ("Tidak ada yang terbuka.", "Pilih Semua untuk melihat yang selesai dan yang akan datang.")
NOT_FOUND = ("Tidak ada yang cocok.", "Hapus saringannya untuk melihat semua.")
FILTER_WIDTH = 240


class ScreeningTab(QWidget):
    """opened, answer(DueLine); earlier(DueLine or None): what was done before is to be recorded."""

    opened = Signal(object)
    answer = Signal(object)
    earlier = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[DueLine, ...] = ()
        self.filter = LineEdit(placeholder="saring: nama, kelompok, petugas", name="Saring layanan")
        self.which = Choice([("open", "Terbuka"), ("all", "Semua")], "open", name="Yang ditampilkan")
        self.view = ServiceList()
        self.view.follow(self.filter)
        self.filter.installEventFilter(self)
        self.open = KeyButton("Buka", "Enter", small=True)
        self.refuse = KeyButton("Tolak atau tunda", "Alt+M", small=True)
        self.before = KeyButton("Data lama", "Alt+D", small=True)
        enterable(self.open, self.refuse, self.before)
        self._count = label("", "muted")
        head = hbox(self.filter, self.which, None, self._count, spacing=10, margins=(14, 10, 14, 10))
        head.setStretch(0, 2)
        head.setStretch(1, 1)
        head.setStretch(2, 1)
        foot = hbox(None, self.before, self.refuse, self.open, margins=(14, 8, 14, 10))
        column = vbox(head, Hair(), self.view, Hair(), foot, spacing=0)
        column.setStretch(2, 1)
        self.setLayout(column)
        self.filter.textChanged.connect(lambda _: self._show())
        self.which.changed.connect(lambda _: self._show())
        self.view.row_activated.connect(self._activated)
        self.view.row_chosen.connect(lambda _: self._enable())
        self.open.clicked.connect(self.open_chosen)
        self.refuse.clicked.connect(self.answer_chosen)
        self.before.clicked.connect(lambda: self.earlier.emit(self.view.line()))
        self._writable = False

    def show_lines(self, lines: Sequence[DueLine], *, writable: bool) -> None:
        """What is due for whoever is here."""
        self._lines, self._writable = tuple(lines), writable
        self._show()

    def clear(self) -> None:
        """Nothing of the visit stays."""
        self._lines = ()
        self.filter.clear()
        self.which.set_value("open")
        self._show()

    def only(self, bundle: str) -> None:
        """Show one bundle, or all for an empty code."""
        name = next((line.bundle_name for line in self._lines if bundle and line.bundle == bundle), "")
        self.filter.setText(name)
        self.view.choose_first()

    def focus_first(self) -> None:
        """The keyboard goes to the filter; the arrow keys move in the list from there."""
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()
        self.view.choose_first()

    def line(self) -> DueLine | None:
        """The chosen service."""
        return self.view.line()

    def open_chosen(self) -> None:
        """What closes the chosen service."""
        line = self.view.line()
        if line is not None:
            self.opened.emit(line)

    def answer_chosen(self) -> None:
        """The chosen service is refused or put off."""
        line = self.view.line()
        if line is not None:
            self.answer.emit(line)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent)
        if watched is self.filter and pressed and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):  # type: ignore[attr-defined]
            self.open_chosen()
            return True
        return super().eventFilter(watched, event)

    def _show(self) -> None:
        words = self.filter.text().casefold().split()
        every = self.which.value() == "all" or bool(words)
        shown = [
            line for line in self._lines if (every or line.state in OPEN) and all(w in _searched(line) for w in words)
        ]
        self.view.show_lines(shown)
        self.view.set_sentence(*(NOTHING if not self._lines else NOT_FOUND if words else ALL_DONE))
        self.view.choose_first()
        self._count.setText(f"{len(shown)} dari {len(self._lines)}")
        self._enable()

    def _enable(self) -> None:
        chosen = self.view.line() is not None
        self.open.setEnabled(chosen)
        self.refuse.setEnabled(chosen and self._writable)
        self.before.setEnabled(self._writable)

    def _activated(self, row: object) -> None:
        if isinstance(row, DueLine):
            self.opened.emit(row)


def _searched(line: DueLine) -> str:
    labels = " ".join(label for _, label in line.closes)
    by = " ".join(ROLE_LABELS[Role(role)] for role in line.roles)
    return f"{line.name} {line.bundle_name} {line.words} {labels} {by}".casefold()
