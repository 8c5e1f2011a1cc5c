"""The general consent: printed, signed on paper, and what was signed recorded. Nothing is chosen beforehand."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ilp_desk.domain.person_form import tidy
from ilp_desk.domain.text.dates import day_text
from ilp_desk.errors import InvalidInput, UserError
from ui.page import Context
from ui.papers import send_document
from ui.widgets import Choice, Columns, Combo, Field, KeyButton, LineEdit, Runs, Segment, Text, hbox, vbox

ANSWERS = (("agreed", "Setuju"), ("refused", "Tidak setuju"))
_SAID = {"agreed": ("setuju", "ok"), "refused": ("tidak setuju", "danger"), "not_asked": ("belum", "warning")}


class ConsentLine(QWidget):
    """What is on record, and *Cetak & catat*. print_wanted: the sheet saves first, then calls `print_paper`."""

    print_wanted = Signal()

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._uid = context, ""
        self.state = Runs(fixed=True)
        self.button = KeyButton("Cetak & catat", icon="print", small=True)
        self.answer = Choice(ANSWERS, name="Jawaban di lembar yang ditandatangani")
        self.signer = LineEdit(name="Yang menandatangani")
        relations = [(row.code, row.label) for row in context.desk.reference.codes["responsible_relation"]]
        self.relation = Combo(relations, placeholder="Pilih", name="Hubungan dengan pasien")
        self.record = KeyButton("Catat", icon="check")
        self._answer_field = Field("Jawaban di lembar bertanda tangan", self.answer)
        self._signer_field = Field("Yang menandatangani", self.signer)
        self._relation_field = Field("Hubungan dengan pasien", self.relation)
        keep = QWidget()
        keep.setLayout(vbox(19, self.record, None, spacing=2))
        self.form = Columns([[(self._answer_field, 4), (self._signer_field, 3), (self._relation_field, 3), (keep, 2)]])
        self.form.hide()
        self._top = hbox(self.state, self.button, None, spacing=9)
        self.setLayout(vbox(self._top, self.form, spacing=4))
        self.button.clicked.connect(self.print_wanted)
        self.record.clicked.connect(self._give)
        self.show_state("not_asked", "")

    def add_corner(self, widget: QWidget) -> None:
        """Something at the right of the line."""
        self._top.addWidget(widget)

    def stops(self) -> list[QWidget]:
        """The tab stops in their order."""
        return [self.button, *self.answer.buttons, self.signer, self.relation, self.record]

    def show_state(self, answer: str, on: str) -> None:
        """What is on record."""
        words, ink = _SAID.get(answer, _SAID["not_asked"])
        parts: list[Segment] = [Text("Persetujuan umum: "), Text(words, bold=True, color=ink)]
        if on:
            parts.append(Text(f" · {on}", muted=True))
        self.state.set_segments(parts)

    def print_paper(self, uid: str, signer: str) -> None:
        """Print the paper of somebody registered, and ask what was signed. signer: a name to begin with."""
        context, self._uid = self._context, uid
        context.runner.write(
            lambda: context.desk.documents.general_consent(context.actor, uid),
            lambda made: send_document(context, "Persetujuan umum", made),
        )
        self.form.show()
        if not self.signer.text():
            self.signer.setText(signer)
        self.answer.setFocus(Qt.FocusReason.OtherFocusReason)

    def _give(self) -> None:
        answer, signer = self.answer.value(), tidy(self.signer.text())
        relation = str(self.relation.value() or "")
        self._answer_field.set_state("" if answer else "error", "" if answer else "Pilih sesuai lembarnya.")
        self._signer_field.set_state("" if signer else "error", "" if signer else "Tulis namanya.")
        self._relation_field.set_state("" if relation else "error", "" if relation else "Pilih hubungannya.")
        if not (answer and signer and relation):
            return
        said, uid = str(answer), self._uid
        desk, actor = self._context.desk, self._context.actor
        self.record.setEnabled(False)
        self._context.runner.write(
            lambda: desk.documents.record_consent(actor, uid, said, signer, relation),
            lambda _: self._kept(said),
            self._refused,
        )

    def _kept(self, answer: str) -> None:
        self.record.setEnabled(True)
        self.show_state(answer, day_text(self._context.desk.clock.today()))
        self.form.hide()
        self.answer.set_value(None)
        self.signer.clear()
        self.relation.setCurrentIndex(-1)
        self.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refused(self, error: Exception) -> None:
        self.record.setEnabled(True)
        if isinstance(error, InvalidInput):
            field = self._signer_field if error.field == "signer" else self._answer_field
            field.set_state("error", error.sentence)
        elif isinstance(error, UserError):
            self._context.shell.sentence(error.sentence)
