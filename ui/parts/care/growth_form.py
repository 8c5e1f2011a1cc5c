"""Ukur hari ini: weight, length, head, arm, oedema, weeks at birth, as one taking of the visit."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ilp_desk.domain.record import new_uid
from ilp_desk.domain.reference import Reference
from ilp_desk.errors import InvalidInput
from ilp_desk.rows.encounter import Encounter
from ilp_desk.rows.growth import ChildGrowth
from ilp_desk.services.life_cycle.growth_picture import GESTATION
from ilp_desk.services.takings import Taking
from ui.parts.room.part import alone
from ui.parts.room.vital_field import VitalField
from ui.widgets import Card, CheckBox, Columns, KeyButton, Sentence, State, hbox, label, vbox

SIZES = ("weight", "height", "head", "arm")
NAMES = {"height": "Tinggi", "head": "Lingkar kepala", "arm": "LiLA", GESTATION: "Lahir pada"}
LYING, STANDING = "Panjang, terlentang", "Tinggi, berdiri"
WAY = "Yang tercatat tetap tersimpan. Bila salah, tarik di tab Pemeriksaan (Alt+W)."


class MeasureForm(Card):
    """changed: what is typed is another; saves: it is to be recorded."""

    changed = Signal()
    saves = Signal()

    def __init__(self, reference: Reference) -> None:
        self.fields = {
            code: VitalField(reference.measures[code], None, reference, NAMES.get(code, ""))
            for code in (*SIZES, GESTATION)
        }
        self.oedema = CheckBox("edema", small=True)
        self.oedema.setAccessibleName("Edema pada kedua kaki")
        self.other_way = CheckBox("diukur berdiri", small=True)
        self.born = KeyButton("", kind="link", small=True)
        self.save = KeyButton("Simpan", "Ctrl+Enter", kind="primary", small=True)
        self.sentence = Sentence()
        self.sentence.hide()
        for field in self.fields.values():
            alone(field)
        rows = [[(self.fields[a], 6), (self.fields[b], 6)] for a, b in (SIZES[:2], SIZES[2:])]
        self.fields[GESTATION].hide()
        grid = Columns([*rows, [(self.fields[GESTATION], 6)]], gap=8)
        ticks = hbox(self.oedema, self.other_way, None, self.born, spacing=10)
        title = label("Ukur hari ini", "section")
        super().__init__(
            vbox(hbox(title, None, self.save), grid, ticks, self.sentence, spacing=4, margins=(12, 9, 12, 9))
        )
        self._uid = new_uid()
        self._lying = True
        self._seen: bool | None = None
        self._touched = False
        for field in self.fields.values():
            field.typed.connect(self._edited)
            field.judged.connect(self._say)
        self.oedema.clicked.connect(self._ticked)
        self.other_way.clicked.connect(self._turned)
        self.born.clicked.connect(self._ask_weeks)
        self.save.clicked.connect(self.saves)

    def renew(self, visit: Encounter) -> None:
        """Somebody else is measured."""
        for field in self.fields.values():
            field.renew(visit.exact_age)
        self._uid, self._seen, self._touched = new_uid(), None, False
        self.oedema.setChecked(False)
        self.other_way.setChecked(False)
        self.fields[GESTATION].hide()
        self.born.setText("")
        self._refuse("")

    def show_case(self, visit: Encounter, growth: ChildGrowth | None, *, writable: bool) -> None:
        """What stands on record of today. What is typed stays."""
        standing = {
            code: (text, taken.at)
            for taken in visit.taken
            for code, text in taken.values.items()
            if code in self.fields
        }
        if growth is not None and growth.gestation is not None:
            standing.setdefault(GESTATION, (str(growth.gestation), ""))
        for code, field in self.fields.items():
            if code in standing:
                text, at = standing[code]
                field.stand(text, at, say_when=False, way=WAY)
            else:
                field.forget()
            field.set_writable(writable)
        taken = [row for row in visit.takings if row.oedema is not None]
        self._seen = taken[-1].oedema if taken else None
        if not self._touched:
            self.oedema.setChecked(self._seen is True)
        if growth is not None:
            self._lying = not growth.standing
            measured = [row for row in visit.takings if row.height is not None]
            if measured and not self.fields["height"].own:
                self.other_way.setChecked(measured[-1].position == ("H" if self._lying else "L"))
            self._name_length()
            weeks = "?" if growth.gestation is None else str(growth.gestation)
            self.born.setText(f"lahir {weeks} mgg")
            self.born.setAccessibleName(f"Umur kehamilan saat lahir {weeks} minggu, ubah")
        for control in (self.oedema, self.other_way, self.born, self.save):
            control.setEnabled(writable)

    def typed(self) -> dict[str, object]:
        """What is typed and not saved, for a draft."""
        values = {code: field.own for code, field in self.fields.items() if field.own}
        if not values and not self._touched:
            return {}
        return {
            "uid": self._uid,
            "values": values,
            "confirmed": sorted(code for code in values if self.fields[code].confirmed),
            "oedema": self.oedema.isChecked() if self._touched else None,
            "other_way": self.other_way.isChecked(),
        }

    def put_back(self, content: Mapping[str, object], visit: Encounter) -> None:
        """Take up a draft, unless it reached the record after it was kept."""
        values, confirmed = content.get("values"), content.get("confirmed")
        if not isinstance(values, dict) or any(row.uid == content.get("uid") for row in visit.taken):
            return
        self._uid = str(content.get("uid") or new_uid())
        self.other_way.setChecked(content.get("other_way") is True)
        if isinstance(content.get("oedema"), bool):
            self._touched = True
            self.oedema.setChecked(content.get("oedema") is True)
        for code, text in values.items():
            if code in self.fields:
                self.fields[code].show()
                self.fields[code].put(str(text), isinstance(confirmed, list) and code in confirmed)
        self._name_length()

    def taking(self, visit: Encounter) -> Taking | None:
        """What can be recorded; None where nothing is typed, or something of it has to be answered first."""
        for field in self.fields.values():
            field.judge()
        self._say()
        own = {code: field.own for code, field in self.fields.items() if field.own}
        if self.trouble() is not None:
            return None
        if not own and not self._touched:
            self._refuse("Belum ada yang diketik. Isi berat atau panjangnya dulu.")
            return None
        lying = self._lying != self.other_way.isChecked()
        return Taking(
            uid=self._uid,
            visit_uid=visit.visit_uid,
            typed=own,
            confirmed=frozenset(code for code in own if self.fields[code].confirmed),
            position=("L" if lying else "H") if "height" in own else "",
            oedema=self.oedema.isChecked() if self._touched else None,
        )

    def trouble(self) -> VitalField | None:
        """The first value that cannot be saved as it stands."""
        return next((field for field in self.fields.values() if field.own and not field.ready), None)

    def recorded(self, taking: Taking) -> None:
        """It is on record; what was typed meanwhile stays."""
        self._uid, self._touched = new_uid(), False
        for code, text in taking.typed.items():
            if self.fields[code].own == text:
                self.fields[code].recorded()
        self._refuse("")

    def refused(self, error: InvalidInput) -> None:
        """The rule there said no: its sentence, and the keyboard at the field."""
        self._refuse(error.sentence)
        field = self.fields.get(error.field)
        if field is not None:
            field.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus(self) -> None:
        """The keyboard goes to the first field that is empty, else to what is to be saved."""
        free = next((f.edit for f in self.fields.values() if f.wanted and not f.isHidden()), None)
        (free or self.fields["weight"].edit).setFocus(Qt.FocusReason.OtherFocusReason)

    def stops(self) -> list[QWidget]:
        """What the Tab key visits, in order."""
        sizes = [self.fields[code].edit for code in SIZES]
        return [*sizes, self.fields[GESTATION].edit, self.oedema, self.other_way, self.born, self.save]

    def _ask_weeks(self) -> None:
        field = self.fields[GESTATION]
        field.show()
        field.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _edited(self) -> None:
        self._say()
        self.changed.emit()

    def _ticked(self) -> None:
        self._touched = self.oedema.isChecked() != (self._seen is True)
        self.changed.emit()

    def _turned(self) -> None:
        self._name_length()
        self.changed.emit()

    def _name_length(self) -> None:
        self.other_way.setText("diukur berdiri" if self._lying else "diukur terlentang")
        self.other_way.setAccessibleName(self.other_way.text())
        lying = self._lying != self.other_way.isChecked()
        field = self.fields["height"]
        field.label.setText(LYING if lying else STANDING)
        field.edit.setAccessibleName("Panjang badan terlentang (cm)" if lying else "Tinggi badan berdiri (cm)")

    def _say(self) -> None:
        found = [field.question for field in self.fields.values() if field.question[0]]
        state: State = "error" if any(one == "error" for one, _ in found) else "warn" if found else ""
        self._tell(state, " ".join(words for _, words in found))

    def _refuse(self, sentence: str) -> None:
        self._tell("error" if sentence else "", sentence)

    def _tell(self, state: State, words: str) -> None:
        self.sentence.set(state, words)
        self.sentence.setVisible(bool(words))
