"""The grid of vital signs and results: what is asked depends on age, pregnancy and place (`measures`)."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ilp_desk.desk import Desk
from ilp_desk.domain.record import new_uid
from ilp_desk.domain.staff import Actor
from ilp_desk.errors import UserError
from ilp_desk.rows.encounter import Encounter
from ilp_desk.services.examination import Taking
from ui.parts.room.measures import LABORATORY, OPTIONS, others, shown, usual_option
from ui.parts.room.part import Content, Order, Part, alone, clear_column, enterable, text_of
from ui.parts.room.summary import taking_words
from ui.parts.room.vital_field import VitalField
from ui.widgets import Columns, Combo, Field, KeyButton, Runs, Sentence, State, Text, hbox, label, vbox

IN_A_ROW = 4
SPAN = 12 // IN_A_ROW
LENGTH = "Panjang badan"
"""What height is called where it is measured lying."""


class _Row(QWidget):
    """Up to four fields, and one sentence below them for whatever is wrong with one of them."""

    def __init__(self, fields: list[Field]) -> None:
        super().__init__()
        self._fields = [f for f in fields if isinstance(f, VitalField)]
        self.sentence = Sentence()
        self.setLayout(vbox(Columns([[(f, SPAN) for f in fields]], gap=8), self.sentence, spacing=2))
        for field in self._fields:
            field.judged.connect(self.say)
            field.typed.connect(self.say)
        self.say()

    def say(self) -> None:
        found: tuple[State, str] = next((f.question for f in self._fields if f.question[0]), ("", ""))
        self.sentence.set(*found)
        self.sentence.setVisible(bool(found[1]))


class VitalsPart(Part):
    """Fields for one taking after another.

    judged: a value was read or a colleague's came, so alarms may be others. withdraw(uid, words): a taking is to be
    taken back.
    """

    name = "vitals"
    act = "encounter.vitals"
    judged = Signal()
    withdraw = Signal(str, str)

    def __init__(self, desk: Desk, actor: Actor) -> None:
        super().__init__()
        self._desk, self._actor = desk, actor
        self._visit: Encounter | None = None
        self._uid = new_uid()
        self._writable = True
        self._again = False
        self.fields: dict[str, VitalField] = {}
        self.options: dict[str, Combo] = {}
        self._extra: list[str] = []
        self._stops: list[QWidget] = []
        self.repeat = KeyButton("Ukur ulang", "Alt+U", small=True, icon="refresh")
        enterable(self.repeat)
        self.repeat.clicked.connect(self.again)
        self.more = Combo()
        self._title = label("", "section")
        head = hbox(self._title, None, self.repeat)
        self._rows: QVBoxLayout = vbox(spacing=4)
        self._takings: QVBoxLayout = vbox(spacing=2)
        self.setLayout(vbox(head, self._rows, self._takings, spacing=4))

    # Part

    def show_visit(self, visit: Encounter) -> None:
        same = self._visit is not None and self._visit.visit_uid == visit.visit_uid
        if not same:
            self._extra = []
        self._visit = visit
        self._title.setText("Hasil" if visit.point_code == LABORATORY else "Tanda vital")
        codes = [row.code for row in shown(visit)]
        known = self._desk.reference.measures
        taken = ((code, text, one.at) for one in visit.taken for code, text in one.values.items() if code in known)
        standing = {code: (text, at) for code, text, at in taken}
        self._extra += [code for code in standing if code not in codes and code not in self._extra]
        wanted = [*codes, *self._extra]
        if not same or wanted != list(self.fields):
            self._build(visit, wanted)
        for code, field in self.fields.items():
            if code in standing:
                field.stand(*standing[code], say_when=len(visit.taken) > 1)
            else:
                field.forget()
        for field in self.fields.values():
            field.repeating = self._again
            if self._again:
                field.again()
        for option, combo in self.options.items():
            kept = next((t.glucose_kind for t in reversed(visit.taken) if t.glucose_kind), "")
            if option == "glucose_kind" and kept and not self.fields["glucose"].own:
                combo.set_value(kept)
        self.repeat.setVisible(bool(visit.taken) and self._writable)
        self._show_takings(visit)
        self.judged.emit()

    def typed(self) -> Content:
        values = {code: field.own for code, field in self.fields.items() if field.own}
        if not values:
            return {}
        return {
            "values": values,
            "confirmed": sorted(code for code in values if self.fields[code].confirmed),
            "options": {option: str(combo.value()) for option, combo in self.options.items()},
            "uid": self._uid,
        }

    def put_back(self, content: Mapping[str, object]) -> None:
        values, confirmed, options = content.get("values"), content.get("confirmed"), content.get("options")
        if self._visit is None or not isinstance(values, dict):
            return
        if any(one.uid == content.get("uid") for one in self._visit.taken):
            return  # it reached the record after the draft was kept
        self._uid = text_of(content, "uid") or new_uid()
        known = [code for code in values if code in self._desk.reference.measures]
        self._extra += [code for code in known if code not in self.fields]
        if any(code not in self.fields for code in known):
            self.show_visit(self._visit)
        for code in known:
            self.fields[code].put(str(values[code]), isinstance(confirmed, list) and code in confirmed)
        for option, value in options.items() if isinstance(options, dict) else ():
            if option in self.options:
                self.options[option].set_value(value)
        self.judged.emit()

    def orders(self, visit: Encounter) -> list[Order]:
        for field in self.fields.values():
            field.judge()
        ready = {code: field.own for code, field in self.fields.items() if field.ready}
        if not ready:
            return []
        taking = Taking(
            uid=self._uid,
            visit_uid=visit.visit_uid,
            typed=ready,
            confirmed=frozenset(code for code in ready if self.fields[code].confirmed),
            glucose_kind=self._option("glucose_kind") if "glucose" in ready else "",
            position=self._option("position") if "height" in ready else "",
        )
        return [
            Order(
                lambda: self._desk.examination.take(self._actor, taking),
                lambda _: self._recorded(taking),
                self._refused,
            )
        ]

    def trouble(self) -> QWidget | None:
        return next((f.edit for f in self.fields.values() if f.own and not f.ready), None)

    def clear(self) -> None:
        self._visit, self._again, self._uid, self._extra = None, False, new_uid(), []
        self._build(None, [])

    def set_writable(self, on: bool) -> None:
        self._writable = on
        for field in self.fields.values():
            field.set_writable(on)
        for combo in (*self.options.values(), self.more):
            combo.setEnabled(on)
        self.repeat.setVisible(on and bool(self._visit and self._visit.taken))

    # What the tab asks

    def again(self) -> None:
        """Another taking: every value on record makes room and stands beside its label."""
        if self._visit is None or not self._writable:
            return
        self._again = True
        for field in self.fields.values():
            field.repeating = True
            field.again()
        self.focus_first()
        self.judged.emit()

    def stops(self) -> list[QWidget]:
        """What the Tab key visits, in order."""
        return [*self._stops, self.repeat]

    def focus_first(self) -> bool:
        """Put the focus into the first field that is empty; False where there is none."""
        for field in self.fields.values():
            if field.wanted:
                field.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return True
        return False

    def values(self) -> dict[str, int | str]:
        """The latest value of each measure, typed ones included, in base units."""
        found: dict[str, int | str] = dict(self._visit.values) if self._visit else {}
        for field in self.fields.values():
            for part in field.reading.parts:
                found[part.code] = part.special if part.special is not None else part.value or 0
        return found

    def mark(self, levels: Mapping[str, State]) -> None:
        """Colour the fields that alarms are about: code of the measure -> error or warn."""
        measures = self._desk.reference.measures
        for code, field in self.fields.items():
            parts = measures[code].parts or (code,)
            found = [levels[part] for part in parts if part in levels]
            field.set_alarm("error" if "error" in found else found[0] if found else "")

    # Inside

    def _build(self, visit: Encounter | None, codes: list[str]) -> None:
        typed = {code: (field.own, field.confirmed) for code, field in self.fields.items() if field.own}
        chosen = {option: combo.value() for option, combo in self.options.items()}
        same = visit is not None and bool(self.fields)
        clear_column(self._rows)
        self.fields, self.options, self._stops = {}, {}, []
        if visit is None:
            return
        with_option = {row.code: row.option for row in shown(visit) if row.option}
        made: list[Field] = []
        for code in codes:
            text = LENGTH if code == "height" and usual_option("position", visit) == "L" else ""
            field = VitalField(self._desk.reference.measures[code], visit.exact_age, self._desk.reference, text)
            alone(field)
            field.typed.connect(self.edited)
            field.judged.connect(self.judged)
            field.set_writable(self._writable)
            self.fields[code] = field
            made.append(field)
            self._stops.append(field.edit)
            if code in with_option:
                made.append(self._option_field(with_option[code], visit))
        self.more = Combo(others(visit, set(codes), self._desk.reference), placeholder="Pilih", name="Ukuran lain")
        self.more.setEnabled(self._writable)
        self.more.activated.connect(self._add_chosen)
        made.append(alone(Field("Ukuran lain", self.more, reserve=False)))
        self._stops.append(self.more)
        for start in range(0, len(made), IN_A_ROW):
            self._rows.addWidget(_Row(made[start : start + IN_A_ROW]))
        if same:
            for code, (text, confirmed) in typed.items():
                if code in self.fields:
                    self.fields[code].put(text, confirmed)
            for option, value in chosen.items():
                if option in self.options:
                    self.options[option].set_value(value)

    def _option_field(self, option: str, visit: Encounter) -> Field:
        text, items = OPTIONS[option]
        combo = Combo(items, usual_option(option, visit), name=text)
        combo.setEnabled(self._writable)
        combo.activated.connect(self.edited)
        self.options[option] = combo
        self._stops.append(combo)
        return alone(Field(text, combo, reserve=False))

    def _option(self, option: str) -> str:
        combo = self.options.get(option)
        return str(combo.value()) if combo is not None else ""

    def _add_chosen(self, _: int) -> None:
        code = self.more.value()
        if self._visit is not None and isinstance(code, str):
            self._extra.append(code)
            self.show_visit(self._visit)
            self.fields[code].edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_takings(self, visit: Encounter) -> None:
        clear_column(self._takings)
        for one in visit.taken:
            words = taking_words(one, self._desk.reference)
            shown = words if len(visit.taken) > 1 else ""
            line = Runs([Text(f"Diukur {one.at}, {one.by}  ", muted=True), Text(shown)], size=13)
            back = KeyButton("Tarik", kind="link", small=True)
            back.setAccessibleName(f"Tarik pengukuran {one.at}")
            back.clicked.connect(lambda _=False, uid=one.uid, text=f"{one.at} {words}": self.withdraw.emit(uid, text))
            if not self._writable:
                back.hide()
            enterable(back)
            row = QWidget()
            across = hbox(line, back)
            across.setStretch(0, 1)
            row.setLayout(across)
            self._takings.addWidget(row)

    def _recorded(self, taking: Taking) -> None:
        self._uid, self._again = new_uid(), False
        for code, text in taking.typed.items():
            field = self.fields.get(code)
            if field is not None and field.own == text:
                field.recorded()

    def _refused(self, error: UserError) -> bool:
        # The same rule was asked here: the visit was closed meanwhile, or the rule is another one there.
        return False
