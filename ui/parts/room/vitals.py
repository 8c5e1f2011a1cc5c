"""The grid of vital signs and results: what is asked depends on age, pregnancy and place (`measures`)."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ilp_desk.desk import Desk
from ilp_desk.domain.record import new_uid
from ilp_desk.domain.staff import Actor
from ilp_desk.errors import UserError
from ilp_desk.rows.encounter import Encounter, Taken
from ilp_desk.services.examination import Taking
from ui.parts.room.measures import LABORATORY, shown
from ui.parts.room.part import Content, Order, Part, clear_column, enterable, text_of
from ui.parts.room.summary import taking_words
from ui.parts.room.vital_field import VitalField
from ui.parts.room.vitals_grid import VitalsGrid
from ui.widgets import KeyButton, Paragraph, State, Text, hbox, label, vbox

TAKE_BACK = "Alt+W"


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
        self._extra: list[str] = []
        self._listed: tuple[object, ...] = ()
        self._from: dict[str, Taken] = {}
        self._wiped = ""
        self._backs: dict[str, KeyButton] = {}
        self.grid = VitalsGrid(desk.reference)
        self.grid.typed.connect(self.edited)
        self.grid.chosen.connect(self.edited)
        self.grid.judged.connect(self.judged)
        self.grid.more_wanted.connect(self._add)
        self.grid.laid.connect(self._laid_anew)
        self.repeat = KeyButton("Ukur ulang", "Alt+U", small=True, icon="refresh")
        enterable(self.repeat)
        self.repeat.clicked.connect(self.again)
        self._title = label("", "section")
        head = hbox(self._title, None, self.repeat)
        self._takings: QVBoxLayout = vbox(spacing=2)
        self.setLayout(vbox(head, self.grid, self._takings, spacing=4))

    @property
    def fields(self) -> dict[str, VitalField]:
        """The fields by the code of their measure."""
        return self.grid.fields

    # Part

    def show_visit(self, visit: Encounter) -> None:
        same = self._visit is not None and self._visit.visit_uid == visit.visit_uid
        if not same:
            self._extra = []
        self._visit = visit
        self._title.setText("Hasil" if visit.point_code == LABORATORY else "Tanda vital")
        codes = [row.code for row in shown(visit)]
        known = self._desk.reference.measures
        standing = {code: (text, one) for one in visit.taken for code, text in one.values.items() if code in known}
        self._from = {code: one for code, (_, one) in standing.items()}
        self._extra += [code for code in standing if code not in codes and code not in self._extra]
        self.grid.ask(visit, [*codes, *self._extra], anew=not same)
        for code, field in self.fields.items():
            if code in standing:
                text, one = standing[code]
                field.repeating = self._again
                field.stand(text, one.at, say_when=len(visit.taken) > 1, way=_way_back(field.label.text(), text, one))
            else:
                field.forget()
        for field in self.fields.values():
            field.repeating = self._again
            if self._again:
                field.again()
        kind = next((t.glucose_kind for t in reversed(visit.taken) if t.glucose_kind), "")
        if kind and "glucose_kind" in self.grid.options and not self.fields["glucose"].own:
            self.grid.options["glucose_kind"].set_value(kind)
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
            "options": {option: self.grid.option(option) for option in self.grid.options},
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
            if option in self.grid.options:
                self.grid.options[option].set_value(value)
        self.judged.emit()

    def orders(self, visit: Encounter) -> list[Order]:
        self._wiped = ""
        for code, field in self.fields.items():
            field.judge()
            if field.emptied:
                self._wiped = self._wiped or code
                field.explain()
        ready = {code: field.own for code, field in self.fields.items() if field.ready}
        if not ready:
            return []
        taking = Taking(
            uid=self._uid,
            visit_uid=visit.visit_uid,
            typed=ready,
            confirmed=frozenset(code for code in ready if self.fields[code].confirmed),
            glucose_kind=self.grid.option("glucose_kind") if "glucose" in ready else "",
            position=self.grid.option("position") if "height" in ready else "",
        )
        return [
            Order(
                lambda: self._desk.examination.take(self._actor, taking),
                lambda _: self._recorded(taking),
                self._refused,
            )
        ]

    def trouble(self) -> QWidget | None:
        wrong = next((f.edit for f in self.fields.values() if f.own and not f.ready), None)
        if wrong is None and self._wiped in self._from:
            return self._backs.get(self._from[self._wiped].uid, self.fields[self._wiped].edit)
        return wrong

    def left(self) -> list[str]:
        return [f.label.text() for f in self.fields.values() if f.own and not f.ready]

    def clear(self) -> None:
        self._visit, self._again, self._uid, self._extra = None, False, new_uid(), []
        self._listed, self._wiped = (), ""
        self._from, self._backs = {}, {}
        clear_column(self._takings)
        self.grid.clear()

    def set_writable(self, on: bool) -> None:
        self._writable = on
        self.grid.set_writable(on)
        self.repeat.setVisible(on and bool(self._visit and self._visit.taken))
        if self._visit is not None:
            self._show_takings(self._visit)

    # What the tab asks

    def take_back(self) -> bool:
        """Ask to take back the actor's own taking: that of a value that was wiped out, else the last; False where there
        is none."""
        if not self._backs:
            return False
        wiped = self._from.get(self._wiped)
        last = next(reversed(self._backs.values()))
        (self._backs.get(wiped.uid, last) if wiped is not None else last).click()
        return True

    def again(self) -> None:
        """Another taking: every value on record makes room and stands beside its label."""
        if self._visit is None or not self._writable:
            return
        self._again = True
        for field in self.fields.values():
            field.again()
            field.repeating = True
        self.focus_first()
        self.judged.emit()

    def stops(self) -> list[QWidget]:
        """What the Tab key visits, in order."""
        return [*self.grid.stops, self.repeat, *self._backs.values()]

    def focus_measure(self, code: str) -> None:
        """Put the focus into the field of a measure, which joins the grid if it is not there."""
        self._add(code)
        if code in self.fields:
            self.fields[code].edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

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

    def _laid_anew(self) -> None:
        if self._visit is not None:
            self.show_visit(self._visit)

    def _add(self, code: str) -> None:
        if self._visit is not None and code not in self.fields:
            self._extra.append(code)
            self.show_visit(self._visit)
            self.fields[code].edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_takings(self, visit: Encounter) -> None:
        state = (visit.taken, self._writable)
        if state == self._listed:
            return
        self._listed = state
        clear_column(self._takings)
        self._backs = {}
        own = [one.uid for one in visit.taken if one.mine]
        for one in visit.taken:
            words = taking_words(one, self._desk.reference)
            line = Paragraph([Text(f"Diukur {one.at}, {one.by}  ", muted=True), Text(words)], size=13)
            across = hbox(line)
            across.setStretch(0, 1)
            if one.mine and self._writable:
                back = KeyButton("Tarik", TAKE_BACK if one.uid == own[-1] else "", kind="link", small=True)
                back.setAccessibleName(f"Tarik pengukuran {one.at}")
                told = f"{one.at} {words}"
                back.clicked.connect(lambda _=False, uid=one.uid, text=told: self.withdraw.emit(uid, text))
                enterable(back)
                self._backs[one.uid] = back
                across.addWidget(back, 0, Qt.AlignmentFlag.AlignTop)
            row = QWidget()
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


def _way_back(label: str, text: str, one: Taken) -> str:
    """What to do where a value on record is wrong."""
    if one.mine:
        return f"{label} {text} tetap tercatat. Bila salah, Tarik pengukuran {one.at} dengan alasan ({TAKE_BACK})."
    return f"{label} {text} tetap tercatat oleh {one.by} {one.at}. Bila diukur ulang, ketik nilai baru."
