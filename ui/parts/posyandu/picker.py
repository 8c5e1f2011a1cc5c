"""Which child a row of the sheet is about: those it may be, or whoever is searched for."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from ilp_desk.domain.text.ages import short_age_text
from ilp_desk.domain.text.dates import day_text
from ilp_desk.rows.patients import PatientHit
from ilp_desk.rows.posyandu import ChildRow, PreviewRow
from ui.page import Context
from ui.parts.arrival.hits import hit_line
from ui.rows import RowsModel
from ui.widgets import KeyButton, ListView, SearchBox, TwoLine, hbox, label, vbox

TYPING_MS = 120
OTHERS = (
    "Bukan salah satu dari ini?",
    "Coba nama ibu, NIK atau tanggal lahir. Anak baru didaftarkan dulu di Pendaftaran.",
)


class ChildPicker(QWidget):
    """picked(line, uid); left: nobody was chosen."""

    picked = Signal(int, str)
    left = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._desk, self._actor, self._runner = context.desk, context.actor, context.runner
        self._row: PreviewRow | None = None
        self.heading = label("", "subtitle")
        self.about = label("", "muted", wrap=True)
        self.search = SearchBox("Nama anak atau ibu, NIK, No. RM, tanggal lahir", key="", name="Cari anak")
        self.model: RowsModel[PatientHit | ChildRow] = RowsModel(speak=lambda hit: hit.name)
        self.view = ListView(self.model, self._line, key=lambda hit: hit.uid, first=True, name="Anak", sentence=OTHERS)
        self.back = KeyButton("Kembali", "Esc", icon="back")
        self.take = KeyButton("Pilih anak ini", "Enter", kind="primary", icon="check")
        column = vbox(
            self.heading,
            self.about,
            self.search,
            self.view,
            hbox(self.back, None, self.take),
            spacing=10,
            margins=(22, 2, 22, 12),
        )
        column.setStretch(3, 1)
        self.setLayout(column)
        self._pause = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._pause.timeout.connect(self._find)
        self.search.changed.connect(lambda _: self._pause.start())
        self.search.entered.connect(self._choose)
        self.view.follow(self.search.edit)
        self.view.row_activated.connect(lambda _: self._choose())
        self.take.clicked.connect(self._choose)
        self.back.clicked.connect(self.left)

    def begin(self, row: PreviewRow) -> None:
        """For another row: who it may be, or a search by what the sheet says."""
        self._row = row
        self.heading.setText(f"Baris {row.line}: {row.told}")
        self.about.setText(" ".join(filter(None, (row.sentence, row.sizes and f"Diukur {row.day}: {row.sizes}."))))
        self.search.edit.blockSignals(True)
        self.search.set_text("" if row.candidates else row.row.get("name"))
        self.search.edit.blockSignals(False)
        if row.candidates:
            self.model.answer("", row.candidates)
        else:
            self._find()
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.search.edit.selectAll()

    def _find(self) -> None:
        self._pause.stop()
        text, row = self.search.text().strip(), self._row
        if not text:
            self.model.answer("", row.candidates if row is not None else ())
            return
        self._runner.read(
            "posyandu.find",
            lambda: self._desk.finding.find(self._actor, text),
            lambda found: self.model.answer(text, found.hits),
        )

    def _choose(self) -> None:
        hit = self.view.current_row()
        answered = not self._pause.isActive() and self.model.question == self.search.text().strip()
        if hit is None or not answered or self._row is None:
            return
        self.picked.emit(self._row.line, hit.uid)

    def _line(self, hit: PatientHit | ChildRow) -> TwoLine:
        if isinstance(hit, PatientHit):
            return hit_line(hit)
        age = short_age_text(hit.born_on, hit.born_precision, self._desk.clock.today())
        facts = (hit.sex, age, day_text(hit.born_on, hit.born_precision))
        number = f"RM {hit.record_number}" if hit.record_number else ""
        return TwoLine(hit.name, " · ".join(filter(None, facts)), right=((number, ""),))
