"""The line below the form: pregnancy with HPHT, weeks and HPL; disability; whether data will be completed later."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ilp_desk.domain.person import Sex
from ilp_desk.domain.person_form import UNSAID, PersonForm, Reading, Remark, read_form
from ilp_desk.domain.reference import Reference
from ilp_desk.domain.text.dates import day_text
from ui.theme import px
from ui.widgets import CheckBox, Combo, DateEdit, Runs, Text, hbox, label, restyle

_INK = {"error": "danger", "warn": "warning"}


class ExtraLine(QWidget):
    """edited(name): the clerk changed pregnant, lmp, disability or later."""

    edited = Signal(str)

    def __init__(self, reference: Reference, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        self.pregnant = CheckBox("Sedang hamil")
        self.lmp = DateEdit(name="HPHT", understand=self._understand)
        self.lmp.setFixedWidth(px(112))
        self._head = label("HPHT", "", self.lmp)
        self.weeks = Runs()
        self.disabled = CheckBox("Disabilitas")
        self.kind = Combo(
            [(row.code, row.label) for row in reference.codes["disability"]],
            placeholder="Jenis",
            name="Jenis disabilitas",
        )
        self.kind.setFixedWidth(px(128))
        self.later = CheckBox("Lengkapi nanti")
        line = hbox(self.pregnant, self._head, self.lmp, self.weeks, self.disabled, self.kind, self.later, spacing=10)
        line.setStretch(3, 1)
        self.setLayout(line)
        self.setMinimumHeight(px(34))
        self.pregnant.clicked.connect(lambda: self._clicked("pregnant", self.lmp))
        self.disabled.clicked.connect(lambda: self._clicked("disability", self.kind))
        self.later.clicked.connect(lambda: self.edited.emit("later"))
        self.lmp.textEdited.connect(lambda: self.edited.emit("lmp"))
        self.kind.activated.connect(lambda: self.edited.emit("disability"))
        self._show_parts()

    def stops(self) -> list[QWidget]:
        """The tab stops in their order."""
        return [self.pregnant, self.lmp, self.disabled, self.kind, self.later]

    def values(self) -> dict[str, object]:
        return {
            "pregnant": self.pregnant.isChecked(),
            "lmp": self.lmp.text() if self.pregnant.isChecked() else "",
            "disability": str(self.kind.value() or UNSAID) if self.disabled.isChecked() else "",
            "later": self.later.isChecked(),
        }

    def show_form(self, form: PersonForm) -> None:
        self.pregnant.setChecked(form.pregnant)
        self.lmp.setText(form.lmp)
        self.disabled.setChecked(bool(form.disability))
        self.kind.set_value(form.disability or None)
        self.later.setChecked(form.later)
        self._show_parts()

    def hold_pregnancy(self) -> None:
        """A pregnancy on record is ended in the room, not by taking a tick away."""
        self.pregnant.setEnabled(False)
        self.pregnant.setToolTip("Kehamilan ini diakhiri di ruang pelayanan.")

    def set_sex(self, sex: Sex) -> None:
        """A man is not asked about a pregnancy."""
        if not self.pregnant.isChecked():
            self.pregnant.setVisible(sex is not Sex.MALE)

    def show_remarks(self, reading: Reading, *, all_of_them: bool) -> None:
        """Weeks and HPL, or what is wrong with them, beside the HPHT."""
        remark = reading.remarks.get("pregnant") or reading.remarks.get("lmp") or Remark("")
        half = not self.lmp.text() or self.lmp.hasFocus()
        if remark.state == "error" and half and not all_of_them and "pregnant" not in reading.remarks:
            remark = Remark("")
        parts = [Text(reading.pregnancy, bold=True, color="A")] if reading.pregnancy else []
        if remark.sentence:
            gap = "  " if parts else ""
            parts.append(Text(gap + remark.sentence, color=_INK.get(remark.state, "muted")))
        self.weeks.set_segments(parts)
        restyle(self.lmp, state=remark.state if self.pregnant.isChecked() else "")
        self.lmp.setAccessibleDescription(remark.sentence or reading.pregnancy)
        wrong = all_of_them and "disability" in reading.remarks
        restyle(self.kind, state="error" if wrong else "")
        self.kind.setAccessibleDescription(reading.remarks["disability"].sentence if wrong else "")

    def _clicked(self, name: str, then: QWidget) -> None:
        self._show_parts()
        if then.isVisible():
            then.setFocus()
        self.edited.emit(name)

    def _show_parts(self) -> None:
        for part in (self._head, self.lmp):
            part.setVisible(self.pregnant.isChecked())
        self.kind.setVisible(self.disabled.isChecked())

    def _understand(self, text: str) -> tuple[str, str]:
        read = read_form(PersonForm(sex="P", pregnant=True, lmp=text), self._today())
        return day_text(read.lmp) if read.lmp else "", ""
