"""Consent or refusal of patient or family: who answered what, and who saw it. Nothing is chosen beforehand."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ilp_desk.domain.person import Sex
from ilp_desk.domain.reference import Reference
from ilp_desk.domain.referral_rules import relation_words
from ilp_desk.services.letters import ConsentAnswer
from ui.widgets import Choice, Columns, Combo, Field, KeyButton, LineEdit, hbox, label, vbox

AGREED, REFUSED, LATER = "agreed", "refused", "later"
CONSENT_TITLE = "Persetujuan rujukan"
WHY = "Tulis alasan menolak dengan kata-kata."


class ConsentBox(QWidget):
    """patient: offered as signer for *Diri sendiri*; kin, kin_relation: the responsible person on record, offered for
    that relation; later: whether the answer may follow; prints_refusal: whether a refusal is printed from here, too.

    changed: anything was entered; answered(answer): another answer was chosen; paper_wanted: print the paper.
    """

    changed = Signal()
    answered = Signal(str)
    paper_wanted = Signal()

    def __init__(
        self,
        reference: Reference,
        patient: str,
        sex: str,
        kin: str,
        kin_relation: str,
        *,
        later: bool,
        prints_refusal: bool = False,
    ) -> None:
        super().__init__()
        self._patient, self._kin, self._kin_relation = patient, kin, kin_relation
        answers = [(AGREED, "Setuju"), (REFUSED, "Menolak"), *([(LATER, "Menyusul")] if later else [])]
        self.answer = Choice(answers)
        relations = [
            (row.code, relation_words(row.code, Sex(sex), reference)) for row in reference.codes["responsible_relation"]
        ]
        self.relation = Combo(relations, placeholder="Pilih", name="Hubungan dengan pasien")
        self.signer = LineEdit(name="Nama penanda tangan")
        self.witness = LineEdit(placeholder="boleh kosong", name="Saksi")
        self.why = LineEdit(name="Alasan menolak")
        self.fields = {
            "consent": Field("Jawaban", self.answer),
            "relation": Field("Hubungan dengan pasien", self.relation, check=lambda _: ("", "")),
            "signer": Field("Nama penanda tangan", self.signer, check=lambda _: ("", "")),
            "witness": Field("Saksi", self.witness, check=lambda _: ("", "")),
            "why": Field("Alasan menolak", self.why, check=lambda _: ("", "")),
        }
        self.paper = KeyButton("Cetak lembar untuk ditandatangani", icon="print", small=True)
        self._prints_refusal = prints_refusal
        self.form = Columns(
            [
                [(self.fields["consent"], 4), (self.fields["relation"], 3), (self.fields["signer"], 5)],
                [(self.fields["witness"], 4), (self.fields["why"], 8)],
            ]
        )
        title = label("Persetujuan pasien atau keluarga", "section")
        self.setLayout(vbox(title, self.form, hbox(self.paper, None), spacing=4))
        self._show_why()
        self.answer.changed.connect(self._answered)
        self.relation.currentIndexChanged.connect(self._related)
        for edit in (self.signer, self.witness, self.why):
            edit.textChanged.connect(self.changed)
        self.paper.clicked.connect(self.paper_wanted)

    def value(self) -> ConsentAnswer | None:
        """The answer as it stands; None while there is none, or it is to follow."""
        answer = self.answer.value()
        if answer not in (AGREED, REFUSED):
            return None
        return ConsentAnswer(
            answer=str(answer),
            signer=self.signer.text(),
            relation=str(self.relation.value() or ""),
            witness=self.witness.text(),
            reason=self.why.text() if answer == REFUSED else "",
        )

    def later(self) -> bool:
        """Whether the answer is to follow."""
        return self.answer.value() == LATER

    def state(self) -> dict[str, str]:
        """Everything entered, for a draft."""
        return {
            "answer": str(self.answer.value() or ""),
            "relation": str(self.relation.value() or ""),
            "signer": self.signer.text(),
            "witness": self.witness.text(),
            "why": self.why.text(),
        }

    def restore(self, state: dict[str, str]) -> None:
        """Take up what `state` gave; an answer this box does not offer is left out."""
        self.answer.set_value(state.get("answer") or None)
        self.relation.blockSignals(True)
        self.relation.set_value(state.get("relation") or None)
        self.relation.blockSignals(False)
        for name, edit in (("signer", self.signer), ("witness", self.witness), ("why", self.why)):
            edit.setText(state.get(name, ""))
        self._show_why()

    def order(self) -> tuple[QWidget, ...]:
        """Its widgets in the order of Tab."""
        return (*self.answer.buttons, self.relation, self.signer, self.witness, self.why, self.paper)

    def _answered(self, answer: object) -> None:
        if answer in (AGREED, REFUSED) and not self.signer.text() and self.relation.value() is None:
            self.relation.set_value(self._kin_relation or None)
        self.fields["consent"].set_state("")
        self._show_why()
        self.answered.emit(str(answer or ""))
        self.changed.emit()

    def _related(self) -> None:
        names = {"self": self._patient, self._kin_relation: self._kin}
        if self.signer.text() in ("", self._patient, self._kin):
            self.signer.setText(names.get(str(self.relation.value() or ""), ""))
        self.changed.emit()

    def _show_why(self) -> None:
        refused = self.answer.value() == REFUSED
        self.fields["why"].setVisible(refused)
        # In a letter a refusal prints its own paper when it is recorded.
        self.paper.setVisible(self._prints_refusal or not refused)
