"""The general consent: printed, signed on paper, and what was signed recorded. Nothing is chosen beforehand."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ilp_desk.domain.person_form import tidy
from ilp_desk.domain.reference import Reference
from ui.widgets import Choice, Columns, Combo, Field, KeyButton, LineEdit, Runs, Segment, Text, hbox, vbox

ANSWERS = (("agreed", "Setuju"), ("refused", "Tidak setuju"))
_SAID = {"agreed": ("setuju", "ok"), "refused": ("tidak setuju", "danger"), "not_asked": ("belum", "warning")}


class ConsentLine(QWidget):
    """print_wanted: the paper; given(answer, signer, relation): what was signed on it."""

    print_wanted = Signal()
    given = Signal(str, str, str)

    def __init__(self, reference: Reference) -> None:
        super().__init__()
        self.state = Runs(fixed=True)
        self.button = KeyButton("Cetak & catat", icon="print", small=True)
        self.answer = Choice(ANSWERS, name="Jawaban di lembar yang ditandatangani")
        self.signer = LineEdit(name="Yang menandatangani")
        relations = [(row.code, row.label) for row in reference.codes["responsible_relation"]]
        self.relation = Combo(relations, placeholder="Pilih", name="Hubungan dengan pasien")
        self.record = KeyButton("Catat jawaban", icon="check", small=True)
        self._answer_field = Field("Jawaban di lembar yang ditandatangani", self.answer)
        self._signer_field = Field("Yang menandatangani", self.signer)
        self._relation_field = Field("Hubungan dengan pasien", self.relation)
        keep = QWidget()
        keep.setLayout(vbox(20, self.record, None, spacing=0))
        self.form = Columns([[(self._answer_field, 4), (self._signer_field, 4), (self._relation_field, 2), (keep, 2)]])
        self.form.hide()
        self.setLayout(vbox(hbox(self.state, self.button, None, spacing=9), self.form, spacing=4))
        self.button.clicked.connect(self.print_wanted)
        self.record.clicked.connect(self._give)
        self.signer.textEdited.connect(lambda: self._signer_field.set_state(""))
        self.show_state("not_asked", "")

    def stops(self) -> list[QWidget]:
        return [self.button, *self.answer.buttons, self.signer, self.relation, self.record]

    def show_state(self, answer: str, on: str) -> None:
        """What is on record."""
        words, ink = _SAID.get(answer, _SAID["not_asked"])
        parts: list[Segment] = [Text("Persetujuan umum: "), Text(words, bold=True, color=ink)]
        if on:
            parts.append(Text(f" · {on}", muted=True))
        self.state.set_segments(parts)

    def show_answer(self, signer: str) -> None:
        """The paper is out: what was signed is recorded here. signer: a name to begin with, to be corrected."""
        self.form.show()
        if not self.signer.text():
            self.signer.setText(signer)
        self.answer.setFocus(Qt.FocusReason.OtherFocusReason)

    def put_away(self) -> None:
        """It was recorded."""
        self.form.hide()
        self.answer.set_value(None)
        self.signer.clear()
        self.relation.setCurrentIndex(-1)

    def _give(self) -> None:
        if self.answer.value() is None:
            self._answer_field.set_state("error", "Pilih sesuai lembar yang ditandatangani.")
        elif not tidy(self.signer.text()):
            self._signer_field.set_state("error", "Tulis nama yang menandatangani.")
        else:
            self._answer_field.set_state("")
            self.given.emit(str(self.answer.value()), tidy(self.signer.text()), str(self.relation.value() or "self"))
