"""Give a visit that was opened on the wrong person to the right one."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QWidget

from ilp_desk.errors import UserError
from ilp_desk.rows.arrival import Arrival
from ilp_desk.rows.patients import Found, PatientHit
from ilp_desk.services.registration import AsksFirst
from ui.page import Context
from ui.question import Act, AskBox, Question
from ui.rows import RowsModel
from ui.theme import px
from ui.widgets import (
    Field,
    KeyButton,
    LineEdit,
    ListView,
    Paragraph,
    SearchBox,
    SheetPanel,
    Text,
    TwoLine,
    label,
    vbox,
)


class MovePanel(SheetPanel):
    """Find the right person, say why, move. moved(rows.Moved): it is done.

    Enter in the search opens a person as at the desk (`ui.question`); only whoever stands under "Ke" is moved to.
    """

    moved = Signal(object)

    def __init__(self, context: Context, wrong: Arrival) -> None:
        self._context, self._wrong = context, wrong
        self.right: PatientHit | None = None
        self._sending = False
        self.search = SearchBox("Cari orang yang benar", key="", name="Cari orang yang benar")
        self.model: RowsModel[PatientHit] = RowsModel(speak=lambda h: f"{h.name}, {h.born}")
        self.view = ListView(self.model, _line, right=(150,), key=lambda h: h.uid, name="Orang yang benar")
        self.view.setMinimumHeight(px(220))
        self.view.follow(self.search.edit)
        self.box: AskBox[PatientHit] = AskBox(self._find, self._open, lambda hit: hit.uid)
        self.to = Paragraph()
        self.reason = LineEdit(placeholder="mis. salah pilih nama yang mirip", name="Alasan")
        self.field = Field("Alasan", self.reason)
        self.status_reason = LineEdit(placeholder="mis. sudah kembali, orangnya hadir", name="Alasan didaftarkan juga")
        self.status_field = Field("Alasan didaftarkan juga", self.status_reason)
        self.status_field.hide()
        tickets = ", ".join(wrong.today.tickets) if wrong.today else ""
        body = QWidget()
        told = label(f"Nomor {tickets} sekarang atas nama {wrong.name}, lahir {wrong.born}.", "", wrap=True)
        body.setLayout(
            vbox(told, self.search, self.view, self.to, self.field, self.status_field, margins=(22, 4, 22, 8))
        )
        go = KeyButton("Pindahkan kunjungan", "Enter", kind="primary")
        super().__init__("Pindahkan ke pasien lain", body, (None, go))
        go.clicked.connect(self._move)
        self.search.changed.connect(self._typed)
        self.search.entered.connect(self.box.enter)
        self.view.row_chosen.connect(self._chosen)
        self.view.row_activated.connect(lambda row: self.box.open(self.box.rows.index(row)))
        for edit in (self.reason, self.status_reason):
            edit.returnPressed.connect(self._move)
        self._aim(None)
        self.setFocusProxy(self.search)

    def _typed(self, text: str) -> None:
        before = self.box.question
        self.box.typed(text)
        if self.box.question != before:
            self._aim(None)

    def _find(self, question: Question) -> None:
        desk, actor = self._context.desk, self._context.actor

        def failed(error: Exception) -> None:
            self.box.failed(question)
            self._refuse(error)

        self._context.runner.read(
            "move.find", lambda: desk.finding.find(actor, question.text), lambda f: self._found(question, f), failed
        )

    def _found(self, question: Question, found: Found) -> None:
        if question != self.box.question:
            return
        others = [hit for hit in found.hits if hit.uid != self._wrong.person_uid]
        self.box.answer(question, others)
        with QSignalBlocker(self.view):
            self.model.answer(question.text, others)
            self.view.select(self.box.row)

    def _chosen(self, row: PatientHit | None) -> None:
        if row is not None and row in self.box.rows:
            self.box.choose(self.box.rows.index(row))
            if row != self.right:
                self._aim(None)

    def _open(self, act: Act, row: PatientHit) -> None:
        """Whoever was opened stands under "Ke"; the next Enter belongs to the reason."""
        if act is Act.REGISTER:
            self.box.again()
        else:
            self._aim(row)
            self.box.shown(row.uid)
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _aim(self, row: PatientHit | None) -> None:
        self.right = row
        self.status_field.hide()
        self.status_reason.clear()
        facts = " · ".join(f for f in (row.born, row.area) if f) if row else ""
        said = [Text("Ke ", muted=True), Text(row.name, bold=True), Text(f"  {facts}")] if row else []
        self.to.set_parts(said or [Text("Cari orangnya, lalu Enter untuk memilih.", muted=True)])

    def _move(self) -> None:
        row, today = self.right, self._wrong.today
        if row is None:
            self.field.set_state("error", "Cari orang yang benar, pilih dengan Enter, lalu tulis alasannya.")
            return
        if today is None or self._sending:
            return
        why, sure = self.reason.text(), self.status_reason.text()
        desk, actor = self._context.desk, self._context.actor
        self._sending = True
        self._context.runner.write(
            lambda: desk.registration.move(actor, today.uid, row.uid, why, sure), self.moved.emit, self._refuse
        )

    def _refuse(self, error: Exception) -> None:
        self._sending = False
        if isinstance(error, AsksFirst):
            self.status_field.show()
            self.status_field.set_state("error", error.sentence)
            self.status_reason.setFocus(Qt.FocusReason.OtherFocusReason)
        elif isinstance(error, UserError):
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
