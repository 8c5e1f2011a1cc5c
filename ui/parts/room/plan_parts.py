"""What was done and what comes next: procedures, and the next visit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ilp_desk.desk import Desk
from ilp_desk.domain.person_form import tidy
from ilp_desk.domain.record import new_uid
from ilp_desk.domain.staff import Actor
from ilp_desk.domain.text.dates import day_text
from ilp_desk.domain.text.typed_dates import DateError
from ilp_desk.errors import UserError
from ilp_desk.rows.encounter import Encounter
from ilp_desk.services.examination import SomebodyElseWrote
from ui.parts.room.part import Content, Order, Part, clear_column, enterable, text_of
from ui.parts.room.plan_date import read_plan, understood
from ui.widgets import Columns, DateEdit, Field, KeyButton, LineEdit, Runs, Text, hbox, vbox


class _EnterEdit(LineEdit):
    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
            event.accept()
            return
        super().keyPressEvent(event)


class ProcedurePart(Part):
    """Procedures, one a line; Enter adds. What stands in the field is saved with the rest as well.

    add: the field wants to be recorded now. withdraw(uid, words).
    """

    name = "procedure"
    act = "encounter.procedure"
    add = Signal()
    withdraw = Signal(str, str)

    def __init__(self, desk: Desk, actor: Actor) -> None:
        super().__init__()
        self._desk, self._actor = desk, actor
        self._uid = new_uid()
        self._writable = True
        self._visit: Encounter | None = None
        self._shown: tuple[object, ...] = ()
        self.edit = _EnterEdit(placeholder="mis. rawat luka, injeksi Td; Enter menambah")
        self.field = Field("Tindakan", self.edit, reserve=False)
        self._column = vbox(spacing=2)
        self.setLayout(vbox(self.field, self._column, spacing=4))
        self.edit.textEdited.connect(self._edited)
        self.edit.entered.connect(self._enter)

    def show_visit(self, visit: Encounter) -> None:
        self._visit = visit
        state = (visit.procedures, self._writable)
        if state == self._shown:
            return
        self._shown = state
        clear_column(self._column)
        for one in visit.procedures:
            back = KeyButton("Tarik", kind="link", small=True)
            back.setAccessibleName(f"Tarik {one.text}")
            back.clicked.connect(lambda _=False, one=one: self.withdraw.emit(one.uid, one.text))
            if not self._writable:
                back.hide()
            enterable(back)
            row = QWidget()
            across = hbox(Runs([Text(one.text)]), back)
            across.setStretch(0, 1)
            row.setLayout(across)
            self._column.addWidget(row)

    def typed(self) -> Content:
        text = self.edit.text()
        return {"text": text, "uid": self._uid} if text.strip() else {}

    def put_back(self, content: Mapping[str, object]) -> None:
        uid = text_of(content, "uid")
        if self._visit is not None and any(one.uid == uid for one in self._visit.procedures):
            return  # it reached the record after the draft was kept
        self._uid = uid or new_uid()
        self.edit.setText(text_of(content, "text"))

    def orders(self, visit: Encounter) -> list[Order]:
        text, uid, visit_uid = self.edit.text(), self._uid, visit.visit_uid
        if not text.strip():
            return []
        return [
            Order(
                lambda: self._desk.examination.add_procedure(self._actor, visit_uid, uid, text),
                lambda _: self._added(text),
                self._refused,
            )
        ]

    def clear(self) -> None:
        self._uid, self._shown, self._visit = new_uid(), (), None
        self.edit.clear()
        self.field.set_state("")

    def set_writable(self, on: bool) -> None:
        self._writable = on
        self.edit.setReadOnly(not on)

    def _edited(self) -> None:
        self.field.set_state("")
        self.edited.emit()

    def _enter(self) -> None:
        if self.edit.text().strip():
            self.add.emit()

    def _refused(self, error: UserError) -> bool:
        self.field.set_state("error", error.sentence)
        return True

    def _added(self, text: str) -> None:
        self._uid = new_uid()
        if self.edit.text() == text:
            self.edit.clear()


class NextVisitPart(Part):
    """When to come back, and what for."""

    name = "next"
    act = "encounter.plan"

    def __init__(self, desk: Desk, actor: Actor) -> None:
        super().__init__()
        self._desk, self._actor = desk, actor
        self._today = date.min
        self._base: tuple[date | None, str] = (None, "")
        self.day = DateEdit(understand=lambda text: understood(text, self._today), placeholder="mis. 7 hr, 5-12-2026")
        self.note = LineEdit(placeholder="mis. kontrol tensi")
        self.day_field = Field("Kunjungan berikutnya", self.day, reserve=False)
        self.note_field = Field("Untuk apa", self.note, reserve=False)
        self.setLayout(vbox(Columns([[(self.day_field, 6), (self.note_field, 6)]])))
        for edit in (self.day, self.note):
            edit.textEdited.connect(self._edited)
        self.day.editingFinished.connect(self._check)

    def show_visit(self, visit: Encounter) -> None:
        self._today = visit.on
        standing = (visit.next_visit_on, visit.next_visit_note)
        if not self._dirty() or standing == self._asked():
            self._base = standing
            self._show(*standing)
        elif standing != self._base:
            words = " · ".join(part for part in (day_text(standing[0]), standing[1]) if part) or "tanpa tanggal"
            self._base = standing
            self.note_field.set_state(
                "warn", f"Petugas lain menulis: {words}. Simpan lagi bila tulisan Anda yang benar."
            )

    def typed(self) -> Content:
        if not self._dirty():
            return {}
        day, note = self._base
        return {
            "day": self.day.text(),
            "note": self.note.text(),
            "base_day": day.isoformat() if day else "",
            "base_note": note,
        }

    def put_back(self, content: Mapping[str, object]) -> None:
        self.day.setText(text_of(content, "day"))
        self.note.setText(text_of(content, "note"))

    def orders(self, visit: Encounter) -> list[Order]:
        if not self._dirty() or self.trouble() is not None:
            return []
        (day, note), seen, uid = self._asked(), self._base, visit.visit_uid
        return [
            Order(
                lambda: self._desk.examination.plan_next(self._actor, uid, day, note, seen),
                lambda _: self._saved(day, note),
                self._refused,
            )
        ]

    def trouble(self) -> QWidget | None:
        return None if self._check() else self.day

    def clear(self) -> None:
        self._base = (None, "")
        self._show(None, "")

    def set_writable(self, on: bool) -> None:
        self.day.setReadOnly(not on)
        self.note.setReadOnly(not on)

    def _asked(self) -> tuple[date | None, str]:
        try:
            return read_plan(self.day.text(), self._today), tidy(self.note.text())
        except DateError:
            return date.min, tidy(self.note.text())

    def _dirty(self) -> bool:
        return self._asked() != self._base

    def _show(self, day: date | None, note: str) -> None:
        if self.day.text() != day_text(day):
            self.day.setText(day_text(day))
        if tidy(self.note.text()) != note:
            self.note.setText(note)
        self.note_field.set_state("")
        self.day_field.set_state("")

    def _check(self) -> bool:
        """Whether the day can be read; if not the field says why."""
        try:
            read_plan(self.day.text(), self._today)
        except DateError as error:
            self.day_field.set_state("error", error.sentence)
            return False
        self.day_field.set_state("")
        return True

    def _edited(self) -> None:
        self.day_field.set_state("")
        self.note_field.set_state("")
        self.edited.emit()

    def _saved(self, day: date | None, note: str) -> None:
        self._base = (day, note)

    def _refused(self, error: UserError) -> bool:
        if not isinstance(error, SomebodyElseWrote):
            self.day_field.set_state("error", error.sentence)
        return True
