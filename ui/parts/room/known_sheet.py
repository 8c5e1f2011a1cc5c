"""Allergies and known problems: asked and none, or each with its words; taking one back needs a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ilp_desk.desk import Desk
from ilp_desk.domain.clinical import Problem
from ilp_desk.domain.reference import Reference
from ilp_desk.domain.staff import Actor
from ilp_desk.rows.encounter import CodeHit, Encounter
from ui.keys import Keys
from ui.parts.room.icd_box import IcdBox
from ui.parts.room.part import clear_column, enterable
from ui.runner import Runner
from ui.widgets import (
    Choice,
    Columns,
    Field,
    KeyButton,
    LineEdit,
    Paragraph,
    Runs,
    Sentence,
    SheetPanel,
    Text,
    hbox,
    vbox,
)


@dataclass(frozen=True, slots=True)
class Known:
    """One line: uid, words, and what may be done with it beside taking it back ("" for nothing)."""

    uid: str
    words: str
    over: str = ""


def problem_line(problem: Problem) -> str:
    """`Hipertensi (I10), sejak 2019`"""
    code = f" ({problem.code})" if problem.code else ""
    since = f", sejak {problem.since.year}" if problem.since else ""
    return f"{problem.title}{code}{since}"


class KnownSheet(SheetPanel):
    """The frame both share. none_wanted: asked, there is none. add_wanted: record what is typed. withdraw(uid, reason).

    over(uid): a problem has ended. `show_known` shows what stands, `refuse` what was refused.
    """

    none_wanted = Signal()
    add_wanted = Signal()
    withdraw = Signal(str, str)
    over = Signal(str)

    def __init__(self, title: str, none_text: str, editors: Sequence[tuple[Field, int]], add_text: str) -> None:
        self._fields = [field for field, _ in editors]
        self._asking = ""
        self._column = vbox(spacing=4)
        self._state = Paragraph()
        self.none = KeyButton(none_text, "Ctrl+T")
        self.add = KeyButton(add_text, "Enter", kind="primary")
        self.sentence = Sentence()
        self.reason = LineEdit(placeholder="mis. salah orang", name="Alasan menarik")
        self.reason_field = Field("Alasan menarik", self.reason, reserve=False)
        self.reason_field.hide()
        body = QWidget()
        column = (self._state, self._column, self.reason_field, Columns([list(editors)]), self.sentence)
        body.setLayout(vbox(*column, None, spacing=8, margins=(22, 4, 22, 8)))
        super().__init__(title, body, (self.none, None, self.add))
        self.none.clicked.connect(self.none_wanted)
        Keys(self, title).bind("Ctrl+T", none_text.lower(), self.none.click)
        self.add.clicked.connect(self._add)
        self.reason.returnPressed.connect(self._reasoned)
        for field in self._fields:
            if isinstance(field.editor, LineEdit):
                field.editor.returnPressed.connect(self._add)
                field.editor.textEdited.connect(lambda _: self._quiet())

    def begin(self) -> None:
        """The keyboard goes to the name; once the sheet is open."""
        self._fields[0].editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_known(self, state: str, rows: Sequence[Known]) -> None:
        """What stands on record; state: not_asked, none, present."""
        words = {"not_asked": "Belum ditanyakan.", "none": "Sudah ditanyakan, tidak ada.", "present": "Tercatat:"}
        self._state.set_parts([Text(words.get(state, ""), bold=True)])
        clear_column(self._column)
        for row in rows:
            self._column.addWidget(self._row(row))
        self.none.setEnabled(not rows)
        self.reason_field.hide()
        self._asking = ""

    def recorded(self) -> None:
        """What was typed is on record: the fields are free for the next one."""
        for field in self._fields:
            if isinstance(field.editor, LineEdit):
                field.editor.clear()
        self._quiet()
        self.begin()

    def refuse(self, sentence: str) -> None:
        self.sentence.set("error", sentence)

    def text(self, place: int) -> str:
        """What is typed in a field."""
        return self._fields[place].text()

    def _row(self, row: Known) -> QWidget:
        back = KeyButton("Tarik", kind="link", small=True)
        back.setAccessibleName(f"Tarik {row.words}")
        back.clicked.connect(lambda: self._ask_reason(row.uid))
        line = Runs([Text(row.words, bold=True)])
        buttons = [back]
        if row.over:
            ended = KeyButton(row.over, small=True)
            ended.setAccessibleName(f"{row.over}: {row.words}")
            ended.clicked.connect(lambda: self.over.emit(row.uid))
            buttons.insert(0, ended)
        enterable(*buttons)
        widget = QWidget()
        across = hbox(line, *buttons)
        across.setStretch(0, 1)
        widget.setLayout(across)
        return widget

    def _ask_reason(self, uid: str) -> None:
        self._asking = uid
        self.reason.clear()
        self.reason_field.show()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _reasoned(self) -> None:
        if len(self.reason.text().strip()) < 3:
            self.reason_field.set_state("error", "Tulis alasannya, lalu tekan Enter.")
            return
        self.withdraw.emit(self._asking, self.reason.text().strip())

    def _add(self) -> None:
        if not self._fields[0].text().strip():
            self.refuse("Tulis namanya dulu, atau pilih bahwa tidak ada.")
            self.begin()
            return
        self.add_wanted.emit()

    def _quiet(self) -> None:
        self.sentence.set("", "")


class AllergySheet(KnownSheet):
    """Substance, reaction, kind (drug, food, other)."""

    def __init__(self, reference: Reference) -> None:
        substance = Field("Nama obat, makanan, atau zat", LineEdit(placeholder="mis. amoksisilin"), reserve=False)
        reaction = Field("Reaksinya", LineEdit(placeholder="mis. gatal seluruh badan"), reserve=False)
        kinds = [(row.code, row.label) for row in reference.codes["allergy_kind"]][:5]
        self.kind = Choice(kinds, kinds[0][0], name="Jenis")
        super().__init__(
            "Alergi",
            "Sudah ditanyakan, tidak ada",
            [(substance, 4), (reaction, 4), (Field("Jenis", self.kind, reserve=False), 4)],
            "Catat",
        )

    def show_visit(self, visit: Encounter) -> None:
        rows = [Known(a.uid, f"{a.substance} ({a.reaction})" if a.reaction else a.substance) for a in visit.allergies]
        self.show_known(visit.allergy_state, rows)


class ProblemSheet(KnownSheet):
    """Title, the year it began, and its ICD-10 code where somebody looks for one; code: empty without."""

    def __init__(self, desk: Desk, actor: Actor, runner: Runner) -> None:
        self.code = ""
        self.search = IcdBox(desk, actor, runner)
        self.search.setPlaceholderText("cari, boleh kosong")
        self._title = LineEdit(placeholder="mis. hipertensi")
        title = Field("Nama penyakit", self._title, reserve=False)
        self.since = Field("Sejak tahun", LineEdit(placeholder="mis. 2019", max_length=4), reserve=False)
        code = Field("Kode ICD-10", self.search, reserve=False)
        super().__init__(
            "Penyakit yang diketahui", "Sudah ditanyakan, tidak ada", [(title, 5), (self.since, 2), (code, 5)], "Catat"
        )
        self.search.picked.connect(self._coded)
        self.search.textEdited.connect(lambda _: self._uncoded())
        self.search.warm()

    def recorded(self) -> None:
        super().recorded()
        self._uncoded()

    def _coded(self, hit: CodeHit) -> None:
        self.code = hit.code
        self.search.setText(f"{hit.code} {hit.label}")
        if not self._title.text().strip():
            self._title.setText(hit.label)
        self.since.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _uncoded(self) -> None:
        self.code = ""

    def show_visit(self, visit: Encounter) -> None:
        rows = [Known(p.uid, problem_line(p), "Sudah selesai") for p in visit.problems]
        self.show_known(visit.problem_state, rows)
