"""The twelve-column form about a person: editors, what the clerk typed and what was filled in for them."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields as record_fields
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ilp_desk.domain.person import Precision, Sex
from ilp_desk.domain.person_form import PersonForm, Reading, Remark, read_form
from ilp_desk.domain.person_start import relationships
from ilp_desk.domain.reference import Reference
from ilp_desk.domain.text.dates import day_text
from ilp_desk.domain.text.identifiers import grouped
from ilp_desk.rows.people import AreaNode
from ui.parts.person.editors import FURTHER, LABELS, MAIN, columns, make_editors
from ui.parts.person.extra import ExtraLine
from ui.parts.person.home import HomeFields
from ui.parts.person.number_edit import NumberEdit
from ui.widgets import CheckBox, Columns, Combo, Field, LineEdit, vbox

NOT_SHOWN = frozenset({"payer_fktp", "payer_status", "gravida", "para", "abortus", "birth_order", "family_uid"})
"""Kept as they were read: other screens ask for them."""
MORE = tuple(name for row in FURTHER for name, _ in row)


class PersonFields(QWidget):
    """All fields. edited(name): the clerk changed a field; left(name): the focus left it.

    `fill` puts a value into a field the clerk has not typed in; `show_form` replaces everything.
    """

    edited = Signal(str)
    left = Signal(str)

    def __init__(self, reference: Reference, today: Callable[[], date], parent: QWidget) -> None:
        # With its place in the window from the start: a full form that is moved is styled anew with all it holds.
        super().__init__(parent)
        self._reference, self._today = reference, today
        self._kept: dict[str, object] = {}
        self._own: set[str] = set()
        self._has_head = False
        self.mother_uid = ""
        self._make(reference)
        self._lay()
        self._listen()

    # Building

    def _make(self, reference: Reference) -> None:
        self._relations = [(row.code, row.label) for row in reference.codes["family_relationship"]]
        self.anonymous = CheckBox("tanpa identitas", small=True)
        self.home = HomeFields()
        self.extra = ExtraLine(reference, self._today)
        self.editors = make_editors(reference, self._understand_birth)
        self.sex, self.relationship = self._combo("sex"), self._combo("relationship")

    def _combo(self, name: str) -> Combo:
        editor = self.editors[name]
        assert isinstance(editor, Combo)
        return editor

    def _lay(self) -> None:
        corners = {"nik": self.anonymous}
        self.fields = {
            name: Field(LABELS[name], editor, corner=corners.get(name), parent=self)
            for name, editor in self.editors.items()
        }
        self.fields |= {"outside_text": self.home.text_field, "area_uid": self.home.village_field}
        self.grid = Columns(columns(MAIN, {**self.fields, "home": self.home}), parent=self)
        self.more = Columns(columns(FURTHER, self.fields), parent=self)
        for name in ("nik_shared_reason", "old_number", "old_origin"):
            self.fields[name].hide()
        self.more.hide()
        self.setLayout(vbox(self.grid, self.extra, self.more, spacing=6))

    def tab_order(self, then: Sequence[QWidget], more: QWidget, last: Sequence[QWidget]) -> None:
        """The tab order follows the eye, corners after their fields; call it once everything has its parent.

        then, more: what stands between the fields always shown and the others; last: what follows the form.
        """
        order: list[QWidget] = []
        for name, editor in self.editors.items():
            if name == "rt":
                order += [self.home.village, self.home.away, self.home.hamlet, self.home.text, self.home.back]
            if name == "responsible_name":
                order += self.extra.stops()
                order += [*then, more]
            order.append(editor)
            if name == "nik":
                order.append(self.anonymous)
        for before, after in itertools.pairwise([*order, *last]):
            QWidget.setTabOrder(before, after)

    def _listen(self) -> None:
        for name, editor in self.editors.items():
            if isinstance(editor, Combo):
                editor.activated.connect(lambda _=0, name=name: self._user(name))
            else:
                editor.textEdited.connect(lambda _="", name=name: self._user(name))
                editor.editingFinished.connect(lambda name=name: self.left.emit(name))
        self.anonymous.clicked.connect(lambda: self._user("identity"))
        self.home.chosen.connect(self._user)
        self.extra.edited.connect(self._user)

    # What the clerk does

    def _user(self, name: str) -> None:
        if self._value(name) in ("", None, False):
            self._own.discard(name)
        else:
            self._own.add(name)
        if name == "mother_name":
            self.mother_uid = ""
        if name == "sex":
            self._fit_relations()
        if name == "identity":
            self.editors["nik"].setEnabled(not self.anonymous.isChecked())
        self.edited.emit(name)

    def editor(self, name: str) -> QWidget:
        """The widget to put the focus in for a field, by the name it has in PersonForm."""
        elsewhere: dict[str, QWidget] = {
            "area_uid": self.home.village,
            "outside_text": self.home.text,
            "lmp": self.extra.lmp,
            "pregnant": self.extra.pregnant,
            "disability": self.extra.kind,
        }
        return elsewhere.get(name) or self.editors[name]

    def says(self, name: str, form: PersonForm) -> bool:
        """Whether a field is filled, by the clerk or for them."""
        return getattr(form, name) not in ("", "?")

    def owns(self, name: str) -> bool:
        """Whether the clerk typed or chose this field."""
        return name in self._own

    # Values

    def form(self) -> PersonForm:
        """Everything as it stands in the fields."""
        values: dict[str, object] = dict(self._kept)
        for name in self.editors:
            values[name] = self._value(name)
        values |= self.extra.values()
        values |= {
            "sex": values["sex"] or self._kept.get("sex", "?"),
            "area_uid": self.home.area_uid(),
            "outside": self.home.outside,
            "outside_text": self.home.text.text() if self.home.outside else "",
            "mother_uid": self.mother_uid,
        }
        if self.anonymous.isChecked():
            values |= {"identity": "none", "nik": ""}
        elif values.get("identity") == "none":
            values["identity"] = "known"
        return PersonForm(**values)  # type: ignore[arg-type]

    def _value(self, name: str) -> object:
        editor = self.editors.get(name)
        if isinstance(editor, Combo):
            return str(editor.value() or "")
        if editor is not None:
            return editor.text()
        if name == "identity":
            return self.anonymous.isChecked()
        if name in ("area_uid", "outside", "outside_text"):
            return {"area_uid": self.home.area_uid(), "outside": self.home.outside}.get(name, self.home.text.text())
        return self.extra.values().get(name)

    def show_form(self, form: PersonForm) -> None:
        """Put a whole form into the fields; what is not empty counts as the clerk's."""
        blank = PersonForm()
        self._kept = {name: getattr(form, name) for name in (*NOT_SHOWN, "sex", "identity", "later")}
        self.anonymous.setChecked(form.identity == "none")
        self.editors["nik"].setEnabled(form.identity != "none")
        self.mother_uid = form.mother_uid
        self._own = {
            f.name
            for f in record_fields(PersonForm)
            if getattr(form, f.name) != getattr(blank, f.name) and f.name not in NOT_SHOWN
        }
        for name in self.editors:
            if name != "relationship":
                self._put(name, getattr(form, name))
        self._fit_relations()
        self._put("relationship", form.relationship)
        self.home.set_outside(form.outside, form.outside_text)
        self.home.set_area(form.area_uid)
        self.extra.show_form(form)
        for name in ("old_number", "nik_shared_reason"):
            if getattr(form, name):
                self.uncover(name)
        if any(getattr(form, name) for name in MORE):
            self.show_more()

    def fill(self, name: str, value: str) -> None:
        """Put something known into a field, unless the clerk typed there."""
        if name in self._own:
            return
        if name == "area_uid":
            if "outside" not in self._own:
                self.home.set_area(value)
        else:
            self._put(name, value)
        if name == "sex":
            self._fit_relations()

    def _put(self, name: str, value: str) -> None:
        editor = self.editors[name]
        if isinstance(editor, Combo):
            editor.set_value(value or None)
        elif editor.text() != value:
            editor.setText(value)
            if editor.hasFocus():
                # Somebody is about to type here: what they type replaces what was filled in, it is not put behind it.
                editor.selectAll()

    def set_family(self, family_uid: str, *, has_head: bool) -> None:
        """The family behind the KK, empty for a new one; its relationship choices."""
        self._kept["family_uid"] = family_uid
        self._has_head = has_head
        self._fit_relations()

    def _fit_relations(self) -> None:
        sex = Sex(str(self.sex.value() or "?"))
        fitting = relationships(self._relations, sex, has_head=self._has_head)
        self.relationship.set_items([("", "–"), *fitting], self.relationship.value())
        self.extra.set_sex(sex)

    def prepare(self, areas: Sequence[AreaNode], *, family_folder: bool) -> None:
        """What the facility is like: its areas, and whether families have numbered folders."""
        self.home.set_areas(areas)
        if family_folder:
            self.fields["kk"].label.setText("No. KK atau map keluarga")

    # Remarks

    def show_remarks(self, reading: Reading, said: Mapping[str, Remark], *, all_of_them: bool) -> None:
        """What stands beside each field. said: what only the desk knows, by field; it goes before what was read.

        Empty fields are not blamed, and a half-typed date is not, until somebody wants to save (`all_of_them`).
        """
        for name, field in self.fields.items():
            remark = reading.remarks.get(name, Remark(""))
            if remark.state != "error" and name in said:
                remark = said[name]
            if remark.state == "error" and not all_of_them and self._too_early(name):
                remark = Remark("")
            field.set_state(remark.state, remark.sentence)
        self.extra.show_remarks(reading, all_of_them=all_of_them)

    def _too_early(self, name: str) -> bool:
        value = self._value(name)
        return not value or (name == "birth" and self.editors[name].hasFocus())

    def uncover(self, name: str) -> None:
        """Show a field that is hidden until it is needed."""
        if name in MORE:
            self.show_more()
        elif name in ("old_number", "old_origin"):
            self.show_old_number()
        elif name == "nik_shared_reason":
            self.fields[name].show()

    def type_in(self, name: str, text: str) -> None:
        """As if the clerk had typed it: a scanned number."""
        editor = self.editors[name]
        if isinstance(editor, LineEdit):
            editor.setText(text)
            editor.setFocus(Qt.FocusReason.OtherFocusReason)
            self._user(name)
            self.left.emit(name)

    def tidy_up(self, name: str, reading: Reading) -> None:
        """A number that was understood is shown in groups, to be read aloud and compared with the card."""
        number = {"nik": reading.nik, "kk": reading.kk, "phone": reading.phone}.get(name, "")
        editor = self.editors[name]
        if number and isinstance(editor, LineEdit) and editor.text() != grouped(number):
            editor.setText(grouped(number))

    def show_old_number(self) -> None:
        for name in ("old_number", "old_origin"):
            self.fields[name].show()

    def conceal(self) -> None:
        """What is typed is on record: numbers are shown by their last digits, unless the focus is on them."""
        for editor in self.editors.values():
            if isinstance(editor, NumberEdit):
                editor.conceal()

    def show_more(self) -> None:
        """Show the fields that are seldom asked for."""
        self.more.show()

    def _understand_birth(self, text: str) -> tuple[str, str]:
        reading = read_form(PersonForm(birth=text), self._today())
        if reading.birth is None:
            return "", ""
        exact = reading.birth.precision is not Precision.ESTIMATED
        return day_text(reading.birth.day, reading.birth.precision) if exact else "", reading.age
