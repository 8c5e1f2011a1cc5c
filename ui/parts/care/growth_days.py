"""Every record of a child's measures: here, at the posyandu, told; one that is wrong is taken back, one that is missing
is added."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ilp_desk.domain.record import new_uid
from ilp_desk.domain.text.typed_dates import DateError, read_day
from ilp_desk.errors import InvalidInput
from ilp_desk.rows.growth import ChildGrowth, TakingLine
from ilp_desk.services.life_cycle.growth import EarlierMeasures
from ilp_desk.services.takings import UnlikelyValue
from ui.rows import Column, RowsModel
from ui.widgets import Choice, Columns, DateEdit, Field, KeyButton, LineEdit, SheetPanel, TableView, hbox, label, vbox

WITHDRAW, EARLIER = "Alt+W", "Alt+L"
NOTHING = ("Belum pernah diukur.", f"Ukuran hari ini diisi di kanan; ukuran hari lain dengan {EARLIER}.")
SIZES = (
    ("weight", "Berat (kg)"),
    ("height", "Panjang/tinggi (cm)"),
    ("head", "Lingkar kepala (cm)"),
    ("arm", "LiLA (cm)"),
)
AGAIN = "Tekan Catat lagi bila benar."


class DaysTab(QWidget):
    """withdraw(TakingLine); earlier: measures of another day are to be added."""

    withdraw = Signal(object)
    earlier = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.model: RowsModel[TakingLine] = RowsModel(
            (
                Column("Tanggal", lambda r: r.day, 96, bold=True),
                Column("Umur", lambda r: r.age, 100, muted=True),
                Column("Berat", lambda r: r.weight, 66),
                Column("Panjang", lambda r: r.height, 84),
                Column("LK", lambda r: r.head, 58),
                Column("LiLA", lambda r: r.arm, 58),
                Column("Edema", lambda r: r.oedema, 66, optional=True),
                Column("Di mana", lambda r: r.where, muted=True),
            ),
            lambda r: f"{r.words}, {r.where}",
        )
        self.view = TableView(self.model, key=lambda r: r.uid, first=True, name="Semua ukuran", sentence=NOTHING)
        self.back = KeyButton("Tarik", WITHDRAW, small=True)
        self.add = KeyButton("Ukuran lain hari", EARLIER, small=True, icon="plus")
        column = vbox(self.view, hbox(self.add, None, self.back, margins=(10, 6, 10, 8)), spacing=0)
        column.setStretch(0, 1)
        self.setLayout(column)
        self.back.clicked.connect(self.take_back)
        self.add.clicked.connect(self.earlier)
        self.view.row_chosen.connect(lambda _: self._enable())
        self._writable = True

    def show_growth(self, growth: ChildGrowth, *, writable: bool) -> None:
        self._writable = writable
        self.model.answer("", growth.takings)
        self.add.setEnabled(writable)
        self._enable()

    def take_back(self) -> None:
        """Ask to take back the chosen record."""
        row = self.view.current_row()
        if row is not None and row.uid and self._writable:
            self.withdraw.emit(row)

    def _enable(self) -> None:
        row = self.view.current_row()
        self.back.setEnabled(row is not None and bool(row.uid) and self._writable)


class EarlierMeasuresSheet(SheetPanel):
    """given(EarlierMeasures): as typed, to be recorded."""

    given = Signal(object)

    def __init__(self, person_uid: str, name: str, today: date) -> None:
        self._person, self._today = person_uid, today
        self._uid = new_uid()
        self._confirmed: set[str] = set()
        self.day = DateEdit(name="Tanggal diukur")
        self.place = LineEdit(placeholder="mis. Posyandu Anggrek, RS; kosong: menurut ibu", name="Tempat")
        self.way = Choice((("L", "terlentang"), ("H", "berdiri")), name="Cara ukur")
        self.edits = {code: LineEdit(name=words) for code, words in SIZES}
        self._fields = {code: Field(words, self.edits[code]) for code, words in SIZES}
        self._day = Field("Tanggal diukur", self.day)
        rows: Mapping[str, Field] = self._fields
        grid = Columns(
            [
                [(self._day, 5), (Field("Tempat", self.place), 7)],
                [(rows["weight"], 6), (rows["height"], 6)],
                [(rows["head"], 6), (rows["arm"], 6)],
                [(Field("Cara ukur panjang", self.way, reserve=False), 6)],
            ]
        )
        body = QWidget()
        text = label(f"Dari Buku KIA atau tempat lain, untuk {name}.", "muted", wrap=True)
        body.setLayout(vbox(text, grid, spacing=8, margins=(22, 4, 22, 8)))
        self.done = KeyButton("Catat", "Enter", kind="primary")
        super().__init__("Ukuran hari lain", body, (None, self.done))
        self.done.clicked.connect(self._give)
        for edit in (self.day, self.place, *self.edits.values()):
            edit.returnPressed.connect(self._give)
        for code, edit in self.edits.items():
            edit.textEdited.connect(lambda _, code=code: self._typed(code))

    def begin(self) -> None:
        """The keyboard goes to the day; once the sheet is open."""
        self.day.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, error: InvalidInput) -> None:
        """What was typed stays; the sentence stands beside its field."""
        self.done.setEnabled(True)
        field = self._fields.get(error.field, self._day)
        if isinstance(error, UnlikelyValue):
            self._confirmed.add(error.field)
            field.set_state("warn", f"{error.sentence} {AGAIN}")
        else:
            field.set_state("error", error.sentence)
        field.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _typed(self, code: str) -> None:
        self._confirmed.discard(code)
        self._fields[code].set_state("")

    def _give(self) -> None:
        if not self.done.isEnabled():
            return
        try:
            on = read_day(self.day.text(), self._today)
        except DateError as error:
            self._day.set_state("error", f"{error.sentence[:1].upper()}{error.sentence[1:]}.")
            self.day.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._day.set_state("")
        self.done.setEnabled(False)
        self.given.emit(
            EarlierMeasures(
                uid=self._uid,
                person_uid=self._person,
                on=on,
                typed={code: edit.text() for code, edit in self.edits.items() if edit.text().strip()},
                position=str(self.way.value() or ""),
                place=self.place.text(),
                confirmed=frozenset(self._confirmed),
            )
        )
