"""Rujuk internal: to the laboratory, pharmacy, dental room or another cluster, with the same number."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ilp_desk.rows.encounter import RoomPlace
from ui.rows import RowsModel
from ui.theme import px
from ui.widgets import Banner, Choice, Field, KeyButton, LineEdit, ListView, Sentence, SheetPanel, TwoLine, hbox, vbox


def in_order(places: Sequence[RoomPlace]) -> list[RoomPlace]:
    """The usual destinations first, the others as the site orders them."""
    return sorted(places, key=lambda p: (not p.send_order, p.send_order))


class SendSheet(SheetPanel):
    """send(RoomPlace, comes back, note). red: alarms nobody answered; they are told and stop nobody."""

    send = Signal(object, bool, str)

    def __init__(self, places: Sequence[RoomPlace], red: Sequence[str] = ()) -> None:
        self._chose_back = False
        self.model: RowsModel[RoomPlace] = RowsModel(speak=lambda place: place.name)
        self.view = ListView(
            self.model,
            lambda place: TwoLine(place.name, ", ".join(place.rooms) or "tanpa ruang tetap", lead=place.letter),
            key=lambda place: place.uid,
            name="Tujuan",
            sentence=("Belum ada tujuan lain.", "Minta admin membuat titik layanan di Manajemen."),
        )
        self.view.setMinimumHeight(px(230))
        self.back = Choice(((True, "Kembali ke sini"), (False, "Lanjut di sana")), True, name="Sesudahnya")
        self.note = LineEdit(placeholder="mis. periksa Hb dan protein urin", name="Pesan untuk tujuan")
        self.alarm = Banner(
            "danger", "Alarm merah belum dijawab.", f"{' '.join(red)} Tetap dapat dikirim; di antrean tujuan ditandai."
        )
        if not red:
            self.alarm.hide()
        self.sentence = Sentence()
        body = QWidget()
        after = Field("Sesudahnya", self.back, reserve=False)
        words = Field("Pesan untuk tujuan", self.note, reserve=False)
        row = hbox(after, words, spacing=12)
        row.setStretch(0, 2)
        row.setStretch(1, 3)
        body.setLayout(vbox(self.alarm, self.view, row, self.sentence, spacing=10, margins=(22, 4, 22, 8)))
        self.done = KeyButton("Kirim", "Enter", kind="primary")
        super().__init__("Rujuk internal", body, (None, self.done))
        self.view.row_chosen.connect(self._usual)
        self.model.answer("", in_order(places))
        self.view.select(0)
        self.back.changed.connect(self._chosen)
        self.view.row_activated.connect(lambda _: self.note.setFocus(Qt.FocusReason.OtherFocusReason))
        self.note.returnPressed.connect(self._send)
        self.done.clicked.connect(self._send)

    def mean(self, code: str, note: str) -> None:
        """Choose a service point and say why; nothing where this site has no such point."""
        place = next((place for place in self.model.rows if place.code == code), None)
        if place is not None:
            self.view.select(self.model.rows.index(place))
            self.note.setText(note)

    def begin(self) -> None:
        """The keyboard goes to the list; once the sheet is open."""
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, sentence: str) -> None:
        """It was refused: say why, keep what was typed."""
        self.sentence.set("error", sentence)
        self.done.setEnabled(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._send()
            event.accept()
            return
        super().keyPressEvent(event)

    def _usual(self, place: RoomPlace | None) -> None:
        if place is not None and not self._chose_back:
            self.back.set_value(place.comes_back)

    def _chosen(self, _: object) -> None:
        self._chose_back = True

    def _send(self) -> None:
        place = self.view.current_row()
        if place is not None and self.done.isEnabled():
            self.done.setEnabled(False)
            self.send.emit(place, self.back.value() is True, self.note.text().strip())
