"""The sheet that sends somebody on: where to, whether they come back, what to tell there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ilp_desk.errors import InvalidInput, UserError
from ilp_desk.rows.queue import QueuePoint, QueueRow
from ui.keys import Keys
from ui.widgets import Choice, Combo, Field, KeyButton, LineEdit, SheetPanel, label, vbox


class SendPanel(SheetPanel):
    """sent(point uid, comes back, note). Ctrl+Enter sends from every field."""

    sent = Signal(str, bool, str)

    def __init__(self, row: QueueRow, points: Sequence[QueuePoint]) -> None:
        places = [(p.uid, f"{p.name}  ({p.waiting} menunggu)") for p in points if p.uid != row.point_uid]
        self.place = Combo(places, placeholder="Pilih titik layanan", name="Tujuan")
        self.returns = Choice([("back", "Kembali ke sini"), ("gone", "Tidak kembali")], "back", name="Sesudahnya")
        self.note = LineEdit(placeholder="mis. Hb, golongan darah", name="Catatan untuk tujuan", max_length=300)
        self.place_field = Field("Tujuan", self.place)
        self.note_field = Field("Catatan untuk tujuan (boleh kosong)", self.note)
        body = QWidget()
        body.setLayout(
            vbox(
                label(f"{row.ticket} · {row.name}", "strong", wrap=True),
                label(
                    "Nomornya tetap. Yang kembali dipanggil lebih dulu daripada yang baru datang.", "muted", wrap=True
                ),
                self.place_field,
                Field("Sesudahnya", self.returns, reserve=False),
                self.note_field,
                None,
                spacing=6,
                margins=(22, 2, 22, 8),
            )
        )
        self.go = KeyButton("Kirim", "Ctrl+Enter", kind="primary")
        super().__init__("Kirim ke titik layanan lain", body, (None, self.go))
        self.go.clicked.connect(self._send)
        self.note.returnPressed.connect(self._send)
        self.place.currentIndexChanged.connect(lambda _: self.place_field.set_state(""))
        self.keys = Keys(self, "Kirim")
        self.keys.bind("Ctrl+Return", "kirim", self._send)
        self.setFocusProxy(self.place)

    def _send(self) -> None:
        place = self.place.value()
        if not isinstance(place, str):
            self.place_field.set_state("error", "Pilih tujuannya dulu.")
            self.place.setFocus()
            return
        self.sent.emit(place, self.returns.value() == "back", self.note.text())

    def refuse(self, error: Exception) -> None:
        """It was refused: say why beside the field it is about; what was chosen stays."""
        sentence = error.sentence if isinstance(error, UserError) else UserError.default
        about_note = isinstance(error, InvalidInput) and error.field == "note"
        (self.note_field if about_note else self.place_field).set_state("error", sentence)
