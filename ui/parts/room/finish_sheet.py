"""Ending a visit: on to the pharmacy or home, and how the patient leaves."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ilp_desk.rows.encounter import Encounter, RoomPlace
from ui.widgets import Choice, Combo, Field, KeyButton, Paragraph, Sentence, SheetPanel, Text, vbox

PHARMACY = "farmasi"


class FinishSheet(SheetPanel):
    """finish(place to go on to or None, discharge code). close_wanted: it was done."""

    finish = Signal(object, str)
    close_wanted = Signal()

    def __init__(
        self,
        visit: Encounter,
        pharmacy: RoomPlace | None,
        discharges: Sequence[tuple[object, str]],
        *,
        referred: bool,
    ) -> None:
        self._pharmacy = pharmacy
        therapy = any(s.note.section == "therapy" and s.note.text for s in visit.sections)
        options = ((True, f"Ke {pharmacy.name}"), (False, "Tidak")) if pharmacy else ((False, "Tidak"), (True, "Ya"))
        self.on = Choice(options, bool(therapy and pharmacy and not referred), name="Ke farmasi")
        self.how = Combo(discharges, "referred" if referred else "home", name="Cara pulang")
        self.sentence = Sentence()
        words = Paragraph([Text(f"{visit.ticket} {visit.name}", bold=True), Text(_told(visit), muted=True)])
        column: list[QWidget] = [words]
        if pharmacy is not None:
            column.append(Field("Ke farmasi dengan nomor yang sama?", self.on, reserve=False))
        column += [Field("Cara pulang", self.how, reserve=False), self.sentence]
        body = QWidget()
        body.setLayout(vbox(*column, spacing=12, margins=(22, 4, 22, 8)))
        self.done = KeyButton("Selesaikan", "Enter", kind="primary")
        super().__init__("Selesaikan kunjungan", body, (None, self.done))
        self.done.clicked.connect(self._finish)

    def begin(self) -> None:
        """The keyboard goes to the main button; once the sheet is open."""
        self.done.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, sentence: str) -> None:
        """It was refused: say why."""
        self.sentence.set("error", sentence)
        self.done.setEnabled(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._finish()
            event.accept()
            return
        super().keyPressEvent(event)

    def _finish(self) -> None:
        if self.done.isEnabled():
            self.done.setEnabled(False)
            place = self._pharmacy if self.on.value() is True else None
            self.finish.emit(place, str(self.how.value()))


def _told(visit: Encounter) -> str:
    primary = next((d for d in visit.diagnoses if d.primary), None)
    return f"\n{primary.code} {primary.title}" if primary else ""
