"""The fields of the grid, four in a row or three where it is narrow, with one sentence below each row.

They are kept from visit to visit where they fit.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ilp_desk.domain.reference import Reference
from ilp_desk.rows.encounter import Encounter
from ui.parts.room.measures import OPTIONS, others, shown, usual_option
from ui.parts.room.part import alone, clear_column
from ui.parts.room.vital_field import VitalField
from ui.theme import px
from ui.widgets import Columns, Combo, Field, Sentence, State, vbox

IN_A_ROW, NARROW_ROW = 4, 3
NARROW = 380
"""Design pixels under which four labels beside each other are cut."""
LENGTH = "Panjang badan"
"""What height is called where it is measured lying."""


class _Row(QWidget):
    """Some fields, and below them whatever is wrong with any of them. span: of twelve columns."""

    def __init__(self, fields: list[Field], span: int) -> None:
        super().__init__()
        self._fields = [f for f in fields if isinstance(f, VitalField)]
        self.sentence = Sentence()
        self.setLayout(vbox(Columns([[(f, span) for f in fields]], gap=8), self.sentence, spacing=2))
        for field in self._fields:
            field.judged.connect(self.say)
            field.typed.connect(self.say)
        self.say()

    def say(self) -> None:
        found = [f.question for f in self._fields if f.question[0]]
        state: State = "error" if any(one == "error" for one, _ in found) else "warn" if found else ""
        self.sentence.set(state, " ".join(words for _, words in found))
        self.sentence.setVisible(bool(found))


class VitalsGrid(QWidget):
    """typed, judged: as of any field; chosen: a choice beside a measure was changed; more_wanted(code): add one; laid:
    another width took other fields."""

    typed = Signal()
    judged = Signal()
    chosen = Signal()
    more_wanted = Signal(str)
    laid = Signal()

    def __init__(self, reference: Reference) -> None:
        super().__init__()
        self._reference = reference
        self._laid: tuple[object, ...] = ()
        self._asked: tuple[Encounter, tuple[str, ...]] | None = None
        self._writable = True
        self.fields: dict[str, VitalField] = {}
        self.options: dict[str, Combo] = {}
        self.more = Combo()
        self.stops: list[QWidget] = []
        """What the Tab key visits, in order."""
        self._column: QVBoxLayout = vbox(spacing=4)
        self.setLayout(self._column)

    def ask(self, visit: Encounter, codes: Sequence[str], *, anew: bool) -> None:
        """Ask for these measures. anew: another visit, so nothing of the one before stays."""
        with_option = {row.code: row.option for row in shown(visit) if row.option}
        lying = usual_option("position", visit) == "L"
        self._asked = visit, tuple(codes)
        wanted = (tuple(codes), tuple(with_option.items()), lying, self._in_a_row)
        if wanted != self._laid:
            self._laid = wanted
            self._lay(visit, codes, with_option, LENGTH if lying else "", keep=not anew)
        elif anew:
            for field in self.fields.values():
                field.renew(visit.exact_age)
        if anew:
            for option, combo in self.options.items():
                combo.set_value(usual_option(option, visit))
            self.more.set_value(None)

    @property
    def _in_a_row(self) -> int:
        return NARROW_ROW if self.isVisible() and self.width() < px(NARROW) else IN_A_ROW

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._asked is not None and self._laid and self._laid[-1] != self._in_a_row:
            # After the layout that asks for this width is through.
            QTimer.singleShot(0, self, self._lay_anew)

    def _lay_anew(self) -> None:
        if self._asked is not None:
            self.ask(*self._asked, anew=False)
            self.laid.emit()

    def clear(self) -> None:
        """Nothing of a visit stays; the fields do."""
        self._asked = None
        for field in self.fields.values():
            field.renew(None)

    def set_writable(self, on: bool) -> None:
        self._writable = on
        for field in self.fields.values():
            field.set_writable(on)
        for combo in (*self.options.values(), self.more):
            combo.setEnabled(on)

    def option(self, name: str) -> str:
        """What a choice beside a measure says; empty where there is none."""
        combo = self.options.get(name)
        return str(combo.value()) if combo is not None else ""

    def _lay(
        self, visit: Encounter, codes: Sequence[str], with_option: dict[str, str], length: str, *, keep: bool
    ) -> None:
        typed = {code: (field.own, field.confirmed) for code, field in self.fields.items() if field.own}
        picked = {name: combo.value() for name, combo in self.options.items()}
        here = next(((code, f.edit.cursorPosition()) for code, f in self.fields.items() if f.edit.hasFocus()), None)
        clear_column(self._column)
        self.fields, self.options, self.stops = {}, {}, []
        made: list[Field] = []
        for code in codes:
            made.append(self._field(code, visit, length if code == "height" else ""))
            if code in with_option:
                made.append(self._option_field(with_option[code], visit))
        made.append(self._more_field(visit, codes))
        many = self._in_a_row
        for start in range(0, len(made), many):
            self._column.addWidget(_Row(made[start : start + many], 12 // many))
        if not keep:
            return
        for code, (text, confirmed) in typed.items():
            if code in self.fields:
                self.fields[code].put(text, confirmed)
        for name, value in picked.items():
            if name in self.options:
                self.options[name].set_value(value)
        if here is not None and here[0] in self.fields:
            edit = self.fields[here[0]].edit
            edit.setFocus(Qt.FocusReason.OtherFocusReason)
            edit.setCursorPosition(here[1])

    def _field(self, code: str, visit: Encounter, name: str) -> VitalField:
        field = VitalField(self._reference.measures[code], visit.exact_age, self._reference, name)
        alone(field)
        field.typed.connect(self.typed)
        field.judged.connect(self.judged)
        field.set_writable(self._writable)
        self.fields[code] = field
        self.stops.append(field.edit)
        return field

    def _option_field(self, option: str, visit: Encounter) -> Field:
        text, items = OPTIONS[option]
        combo = Combo(items, usual_option(option, visit), name=text)
        combo.setEnabled(self._writable)
        combo.activated.connect(self.chosen)
        combo.entered.connect(combo.focusNextChild)
        self.options[option] = combo
        self.stops.append(combo)
        return alone(Field(text, combo, reserve=False))

    def _more_field(self, visit: Encounter, codes: Sequence[str]) -> Field:
        self.more = Combo(others(visit, set(codes), self._reference), placeholder="Pilih", name="Ukuran lain")
        self.more.setEnabled(self._writable)
        self.more.activated.connect(lambda _: self.more_wanted.emit(str(self.more.value())))
        self.stops.append(self.more)
        return alone(Field("Ukuran lain", self.more, reserve=False))
