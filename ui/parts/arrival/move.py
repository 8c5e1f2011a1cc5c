"""Give a visit that was opened on the wrong person to the right one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ilp_desk.errors import UserError
from ilp_desk.rows.arrival import Arrival
from ilp_desk.rows.patients import Found, PatientHit
from ui.page import Context
from ui.rows import RowsModel
from ui.theme import px
from ui.widgets import Field, KeyButton, LineEdit, ListView, SearchBox, SheetPanel, TwoLine, label, vbox


class MovePanel(SheetPanel):
    """Find the right person, say why, move. moved: it is done."""

    moved = Signal()

    def __init__(self, context: Context, wrong: Arrival) -> None:
        self._context, self._wrong = context, wrong
        self.search = SearchBox("Cari orang yang benar", key="", name="Cari orang yang benar")
        self.model: RowsModel[PatientHit] = RowsModel(speak=lambda h: f"{h.name}, {h.born}")
        self.view = ListView(self.model, _line, right=(150,), key=lambda h: h.uid, name="Orang yang benar")
        self.view.setMinimumHeight(px(220))
        self.view.follow(self.search.edit)
        self.reason = LineEdit(placeholder="mis. salah pilih nama yang mirip", name="Alasan")
        self.field = Field("Alasan", self.reason)
        tickets = ", ".join(wrong.today.tickets) if wrong.today else ""
        body = QWidget()
        told = label(f"Nomor {tickets} sekarang atas nama {wrong.name}, lahir {wrong.born}.", "", wrap=True)
        body.setLayout(vbox(told, self.search, self.view, self.field, margins=(22, 4, 22, 8)))
        go = KeyButton("Pindahkan kunjungan", "Enter", kind="primary")
        super().__init__("Pindahkan ke pasien lain", body, (None, go))
        go.clicked.connect(self._move)
        self.search.changed.connect(self._find)
        self.search.entered.connect(lambda: self.reason.setFocus(Qt.FocusReason.OtherFocusReason))
        self.reason.returnPressed.connect(self._move)
        self.setFocusProxy(self.search)

    def _find(self, text: str) -> None:
        desk, actor = self._context.desk, self._context.actor
        self._context.runner.read("move.find", lambda: desk.finding.find(actor, text), self._show, self._refuse)

    def _show(self, found: Found) -> None:
        self.model.answer(self.search.text(), [h for h in found.hits if h.uid != self._wrong.person_uid])

    def _move(self) -> None:
        row = self.view.current_row()
        if row is None:
            self.field.set_state("error", "Cari dan pilih orang yang benar dulu.")
            return
        if self._wrong.today is None:
            return
        visit_uid, why = self._wrong.today.uid, self.reason.text()
        desk, actor = self._context.desk, self._context.actor
        self._context.runner.write(
            lambda: desk.registration.move(actor, visit_uid, row.uid, why), lambda _: self.moved.emit(), self._refuse
        )

    def _refuse(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self.field.set_state("error", error.sentence)


def _line(hit: PatientHit) -> TwoLine:
    facts = (hit.sex, hit.age, hit.born, hit.relative)
    return TwoLine(
        hit.name,
        " · ".join(f for f in facts if f),
        marks=hit.marks,
        note=hit.note,
        right=((f"RM {hit.record_number}" if hit.record_number else "", hit.area),),
    )
