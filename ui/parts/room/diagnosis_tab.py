"""Diagnosis & terapi: codes, procedures, therapy, plan, next visit."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ilp_desk.desk import Desk
from ilp_desk.domain.person import Sex
from ilp_desk.domain.referral_rules import contradictions
from ilp_desk.domain.staff import Actor
from ilp_desk.rows.encounter import CodeHit, Encounter
from ilp_desk.work import may
from ui.parts.room.diagnosis_list import DiagnosisList
from ui.parts.room.icd_box import IcdBox
from ui.parts.room.part import Part, enterable
from ui.parts.room.plan_parts import NextVisitPart, ProcedurePart
from ui.parts.room.text_part import SectionPart
from ui.runner import Runner
from ui.widgets import Banner, Field, KeyButton, hbox, scroll, vbox


class DiagnosisTab(QWidget):
    """picked(CodeHit): record this diagnosis. keep: put one that lasts on the list of known problems."""

    picked = Signal(object)

    def __init__(self, desk: Desk, actor: Actor, runner: Runner) -> None:
        super().__init__()
        self.search = IcdBox(desk, actor, runner)
        self.search_field = Field("Diagnosis (ICD-10)", self.search, reserve=False)
        self._reference = desk.reference
        self._may_keep = may(actor, "person.problem")
        self.list = DiagnosisList()
        self.clashes = Banner("warning", "")
        self.clashes.hide()
        self.keep = KeyButton("Catat", "Alt+K", small=True)
        enterable(self.keep)
        self.lasting = Banner("info", "", buttons=(self.keep,))
        self.lasting.hide()
        self.procedure = ProcedurePart(desk, actor)
        self.therapy = SectionPart("therapy", "Terapi", desk, actor, "Obat, dosis, aturan pakai; satu baris satu obat")
        self.plan = SectionPart("plan", "Rencana dan edukasi", desk, actor, "Yang dikerjakan sesudah ini")
        self.next = NextVisitPart(desk, actor)
        texts = hbox(self.therapy, self.plan, spacing=12)
        for box in (self.therapy, self.plan):
            texts.setStretchFactor(box, 1)
            texts.setAlignment(box, Qt.AlignmentFlag.AlignTop)
        body = QWidget()
        column = (self.search_field, self.list, self.clashes, self.lasting, texts, self.procedure, self.next, None)
        body.setLayout(vbox(*column, spacing=10, margins=(14, 12, 14, 12)))
        self.area = scroll(body)
        self.setLayout(vbox(self.area))
        self.search.picked.connect(self._picked)
        self.search.textEdited.connect(lambda _: self.search_field.set_state(""))

    @property
    def parts(self) -> tuple[Part, ...]:
        return (self.procedure, self.therapy, self.plan, self.next)

    def show_visit(self, visit: Encounter, *, writable: bool) -> None:
        """After the parts have taken it: the diagnoses, what does not go together, what lasts."""
        self.list.show_diagnoses(visit.diagnoses, writable=writable)
        self.search.setReadOnly(not writable)
        codes = [d.code for d in visit.diagnoses]
        expects = visit.pregnancy is not None
        sex, age = Sex(visit.sex), visit.exact_age
        found = contradictions(codes, sex, age, expects, self._reference, postpartum=visit.postpartum)
        self.clashes.set("warning", "Periksa diagnosis.", " ".join(clash.sentence for clash in found))
        self.clashes.setVisible(bool(found))
        if visit.unlisted:
            first = visit.unlisted[0]
            self.lasting.set("info", f"{first.code} {first.title}", "belum ada di penyakit yang diketahui.")
        self.lasting.setVisible(bool(visit.unlisted) and writable and self._may_keep)

    def clear(self) -> None:
        self.list.show_diagnoses((), writable=False)
        self.search.clear()
        self.search_field.set_state("")
        self.clashes.hide()
        self.lasting.hide()
        self.area.verticalScrollBar().setValue(0)

    def focus_first(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def refuse(self, sentence: str) -> None:
        """The diagnosis was not recorded: say why beside the field."""
        self.search_field.set_state("error", sentence)

    def _picked(self, hit: CodeHit) -> None:
        # clear() would leave a step to undo: Ctrl+Z would bring the words back instead of taking the code back.
        self.search.setText("")
        self.picked.emit(hit)
