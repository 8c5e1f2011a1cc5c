"""The diagnoses of the visit: which one is primary, whether the case is new, and taking one back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from ilp_desk.domain.clinical import Diagnosis
from ui.parts.room.part import clear_column, enterable
from ui.theme import px
from ui.widgets import Chip, Choice, KeyButton, Runs, Segment, Text, hbox, inside, vbox

COURSE = 204
COURSES = (("new", "Baru"), ("old", "Lama"), ("follow_up", "Kontrol"))


class DiagnosisList(QWidget):
    """primary(uid), course(uid, course), withdraw(uid, words)."""

    primary = Signal(str)
    course = Signal(str, str)
    withdraw = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[object, ...] = ()
        self._column = vbox(spacing=6)
        self.setLayout(self._column)

    def show_diagnoses(self, diagnoses: Sequence[Diagnosis], *, writable: bool) -> None:
        """The primary one first."""
        ordered = tuple(sorted(diagnoses, key=lambda d: not d.primary))
        if (ordered, writable) == self._shown:
            return
        here = self._focused_name()
        self._shown = (ordered, writable)
        clear_column(self._column)
        for diagnosis in ordered:
            self._column.addWidget(self._row(diagnosis, writable))
        self.setVisible(bool(ordered))
        for widget in inside(self, QWidget):
            if here and widget.accessibleName() == here:
                widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def _focused_name(self) -> str:
        focus = QApplication.focusWidget()
        return focus.accessibleName() if focus is not None and self.isAncestorOf(focus) else ""

    def _row(self, diagnosis: Diagnosis, writable: bool) -> QWidget:
        uid, words = diagnosis.uid, f"{diagnosis.code} {diagnosis.title}"
        segments: list[Segment] = [Text(diagnosis.code, bold=True), Text(f"  {diagnosis.title}")]
        if diagnosis.primary:
            segments.insert(1, Chip("utama"))
        line = Runs(segments)
        course = Choice(COURSES, diagnosis.course, name=f"Kasus {diagnosis.code}")
        course.changed.connect(lambda value: self.course.emit(uid, str(value)))
        course.setEnabled(writable)
        course.setFixedWidth(px(COURSE))
        make = KeyButton("Jadikan utama", small=True)
        make.setAccessibleName(f"Jadikan {diagnosis.code} diagnosis utama")
        make.clicked.connect(lambda: self.primary.emit(uid))
        if not writable or diagnosis.primary:
            make.hide()
        back = KeyButton("Tarik", kind="link", small=True)
        back.setAccessibleName(f"Tarik {diagnosis.code}")
        back.clicked.connect(lambda: self.withdraw.emit(uid, words))
        if not writable:
            back.hide()
        enterable(make, back)
        row = QWidget()
        across = hbox(line, make, course, back)
        across.setStretch(0, 1)
        row.setLayout(across)
        return row
