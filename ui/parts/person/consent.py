"""The general consent: printed, signed on paper, and what was signed recorded. Nothing is chosen beforehand."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ilp_desk.domain.person_form import tidy
from ilp_desk.domain.text.dates import day_text
from ilp_desk.errors import InvalidInput, UserError
from ilp_desk.services.letters import ConsentAnswer
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
        self.witness = LineEdit(placeholder="boleh kosong", name="Saksi")
        choices = context.desk.reference.consents["general"].choices
        self.clauses = {row.code: Choice(ANSWERS, name=row.heading) for row in choices}
        self.record = KeyButton("Catat", icon="check")
        self.fields = {
            "consent": Field("Jawaban di lembar bertanda tangan", self.answer),
            "signer": Field("Yang menandatangani", self.signer),
            "relation": Field("Hubungan dengan pasien", self.relation),
            "witness": Field("Saksi", self.witness),
            **{row.code: Field(row.heading, self.clauses[row.code]) for row in choices},
        }
        f = self.fields
        pairs = [choices[n : n + 2] for n in range(0, len(choices), 2)]
        self.form = Columns(
            [
                [(f["consent"], 3), (f["signer"], 4), (f["relation"], 3), (f["witness"], 2)],
                *([(f[row.code], 6) for row in pair] for pair in pairs),
                [(self.record, 2)],
            ]
        )
        self.form.hide()
        self._top = hbox(self.state, self.button, None, spacing=9)
        self.setLayout(vbox(self._top, self.form, spacing=4))
        self.answer.changed.connect(lambda _: self._fit())
        self.button.clicked.connect(self.print_wanted)
        self.record.clicked.connect(self._give)
        self.show_state("not_asked", "")

    def add_corner(self, widget: QWidget) -> None:
        """Something at the right of the line."""
        self._top.addWidget(widget)

    def stops(self) -> list[QWidget]:
        """The tab stops in their order."""
        pills = [button for choice in self.clauses.values() for button in choice.buttons]
        return [self.button, *self.answer.buttons, self.signer, self.relation, self.witness, *pills, self.record]

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
        self._fit()
        self.form.show()
        if not self.signer.text():
            self.signer.setText(signer)
        self.answer.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fit(self) -> None:
        """Who refused the whole sheet is asked for no clause of it."""
        for code in self.clauses:
            self.fields[code].setVisible(self.answer.value() == "agreed")
            self.fields[code].set_state("")

    def _lacking(self) -> dict[str, str]:
        """What is still empty, by field, with the sentence beside it."""
        needed = {
            "consent": (self.answer.value(), "Pilih sesuai lembarnya."),
            "signer": (tidy(self.signer.text()), "Tulis namanya."),
            "relation": (self.relation.value(), "Pilih hubungannya."),
        }
        if self.answer.value() == "agreed":
            needed |= {code: (choice.value(), "Pilih sesuai lembarnya.") for code, choice in self.clauses.items()}
        return {name: sentence for name, (given, sentence) in needed.items() if not given}

    def _give(self) -> None:
        lacking = self._lacking()
        for name, field in self.fields.items():
            field.set_state("error" if name in lacking else "", lacking.get(name, ""))
        if lacking:
            self.fields[next(iter(lacking))].editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        answer = ConsentAnswer(
            answer=str(self.answer.value()),
            signer=tidy(self.signer.text()),
            relation=str(self.relation.value()),
            witness=tidy(self.witness.text()),
            clauses={code: str(choice.value()) for code, choice in self.clauses.items() if choice.value()},
        )
        desk, actor, uid = self._context.desk, self._context.actor, self._uid
        self.record.setEnabled(False)
        self._context.runner.write(
            lambda: desk.documents.record_consent(actor, uid, answer),
            lambda _: self._kept(answer.answer),
            self._refused,
        )

    def _kept(self, answer: str) -> None:
        self.record.setEnabled(True)
        self.show_state(answer, day_text(self._context.desk.clock.today()))
        self.form.hide()
        for choice in (self.answer, *self.clauses.values()):
            choice.set_value(None)
        self.signer.clear()
        self.witness.clear()
        self.relation.setCurrentIndex(-1)
        self.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refused(self, error: Exception) -> None:
        self.record.setEnabled(True)
        if isinstance(error, InvalidInput) and error.field in self.fields:
            self.fields[error.field].set_state("error", error.sentence)
        elif isinstance(error, UserError):
            self._context.shell.sentence(error.sentence)
