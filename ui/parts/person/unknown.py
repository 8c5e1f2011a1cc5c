"""An emergency patient nobody knows: sex, about how old, and the number is there. Three keys are enough."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from ilp_desk.domain.person import Sex
from ilp_desk.domain.record import new_uid
from ilp_desk.rows.people import SavedPerson
from ui.page import Context
from ui.parts.person.home import TEXT_ROOM
from ui.parts.person.small import SmallSheet
from ui.widgets import Choice, Field, KeyButton, LineEdit, vbox

WIDTH = 640
SEXES = (("L", "Laki-laki"), ("P", "Perempuan"), ("X", "Tidak jelas"))
OPEN_END = 5
"""Years above the last limit that a group without an upper end is taken for."""


def middle_age(words: str) -> int:
    """The age in the middle of a group as the list words it: '18 sampai 40 tahun' is 29, 'di atas 65 tahun' 70."""
    limits = [int(number) for number in re.findall(r"\d+", words)]
    return sum(limits) // 2 if len(limits) > 1 else limits[0] + OPEN_END


class _Pills(Choice):
    """A choice that leaves digits to the sheet, where they have their own meaning."""

    def take_key(self, button: QAbstractButton, event: QKeyEvent) -> bool:
        return not event.text().isdigit() and super().take_key(button, event)


class UnknownPanel(SmallSheet):
    """saved(SavedPerson). L, P or X choose the sex, a digit the age, Enter saves; the rest may wait."""

    saved = Signal(object)

    def __init__(self, context: Context) -> None:
        self._uid = new_uid()
        groups = list(context.desk.reference.codes["unknown_age"])
        self._years = {row.code: middle_age(row.label) for row in groups}
        ages = [(row.code, f"{row.code} · {row.label}") for row in groups]
        half = (len(ages) + 1) // 2
        self.sex = _Pills([(key, f"{key} · {words}") for key, words in SEXES], name="Jenis kelamin")
        self.ages = [_Pills(part, name="Perkiraan umur") for part in (ages[:half], ages[half:])]
        self.found_at = LineEdit(placeholder="mis. Pasar Lama, depan kantor nagari", max_length=TEXT_ROOM)
        self.escort = LineEdit(placeholder="nama dan telepon bila ada", max_length=TEXT_ROOM)
        fields = {
            "sex": Field("Jenis kelamin", self.sex),
            "young": Field("Perkiraan umur", self.ages[0], reserve=False),
            "years": Field("", self.ages[1]),
            "found_at": Field("Ditemukan di (boleh kosong)", self.found_at),
            "escort": Field("Pengantar (boleh kosong)", self.escort),
        }
        fields["years"].label.hide()
        body = QWidget()
        body.setLayout(vbox(*fields.values(), spacing=4, margins=(22, 4, 22, 6)))
        go = KeyButton("Daftarkan", "Enter", kind="primary")
        super().__init__(context, "Pasien tidak dikenal", body, go)
        self.take_fields(fields)
        for choice in self.ages:
            choice.changed.connect(lambda code: self._choose_age(str(code)))
        go.clicked.connect(self.save)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @property
    def age(self) -> str:
        """The chosen group, empty if none."""
        return next((str(choice.value()) for choice in self.ages if choice.value()), "")

    def save(self) -> None:
        """Register. Sex and age are asked for: a choice not made cannot be told from one overlooked."""
        chosen = str(self.sex.value() or "")
        if not chosen:
            self.blame("sex", "Tekan L, P, atau X bila tidak jelas.")
            return
        if not self.age:
            self.blame("years", "Tekan angka 1 sampai 6.")
            return
        sex = Sex(chosen) if chosen != "X" else Sex.UNKNOWN
        years, found_at, escort = self._years[self.age], self.found_at.text(), self.escort.text()
        people, actor, uid = self.context.desk.people, self.context.actor, self._uid
        self.work(lambda: people.unknown(actor, uid, sex, years, found_at, escort), self._saved)

    def _saved(self, done: SavedPerson) -> None:
        self.saved.emit(done)

    def _choose_age(self, code: str) -> None:
        for choice in self.ages:
            choice.set_value(code)
        self.fields["years"].set_state("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.text().upper()
        if not isinstance(QApplication.focusWidget(), QLineEdit):
            if key in dict(SEXES):
                self.sex.set_value(key)
                self.fields["sex"].set_state("")
                return
            if key in self._years:
                self._choose_age(key)
                return
        super().keyPressEvent(event)
