"""Sheets of the registration desk: another place, an emergency, a reason, a second service."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ilp_desk.domain.reference.places import Choice
from ilp_desk.domain.reference.signs import DangerSign, Level
from ilp_desk.rows.arrival import ServicePlace
from ui.rows import RowsModel
from ui.theme import px
from ui.widgets import Chip, Field, KeyButton, LineEdit, ListView, SheetPanel, TwoLine, label, vbox

_HERE = Chip("sudah menunggu di sini", "neutral")


class PlacePanel(SheetPanel):
    """Choose a service point, with a reason where it is against the rule. chosen(place, reason).

    rule_uid: the service point of the rule; here: uids of those where they wait already; start: the one chosen at first
    (else the rule's, else the first).
    """

    chosen = Signal(object, str)

    def __init__(
        self,
        title: str,
        places: Sequence[ServicePlace],
        rule_uid: str,
        *,
        reason_wanted: bool,
        here: Sequence[str] = (),
        start: str = "",
    ) -> None:
        self._rule, self._wanted, self._here = rule_uid, reason_wanted, here
        self.model: RowsModel[ServicePlace] = RowsModel(speak=lambda p: f"{p.name}, {p.label}")
        self.view = ListView(self.model, self._line, key=lambda p: p.uid, name="Titik layanan")
        self.reason = LineEdit(placeholder="mis. atas permintaan pasien", name="Alasan")
        self.field = Field("Alasan memilih tempat lain", self.reason)
        if not reason_wanted:
            self.field.hide()
        body = QWidget()
        self.view.setMinimumHeight(px(320))
        body.setLayout(vbox(self.view, self.field, margins=(22, 4, 22, 8)))
        done = KeyButton("Pilih", "Enter", kind="primary")
        super().__init__(title, body, (None, done))
        self.model.answer("", places)
        free = [place.uid for place in places if place.uid not in here]
        self.view.select_key(next((uid for uid in (start, rule_uid, *free) if uid in free), start))
        done.clicked.connect(self._choose)
        self.reason.returnPressed.connect(self._choose)
        self.view.row_activated.connect(lambda _: self._picked())
        self.view.follow(self.reason)
        self.setFocusProxy(self.view)

    def _line(self, place: ServicePlace) -> TwoLine:
        said = ((place.uid == self._rule, Chip("sesuai aturan", "accent")), (place.uid in self._here, _HERE))
        chips = tuple(chip for true, chip in said if true)
        return TwoLine(place.name, f"{place.letter} · {place.label}", chips=chips, right=())

    def _picked(self) -> None:
        row = self.view.current_row()
        if self._wanted and row is not None and row.uid != self._rule and len(self.reason.text().strip()) < 3:
            self.field.set_state("error", "Tulis alasannya, lalu tekan Enter.")
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._choose()

    def _choose(self) -> None:
        row = self.view.current_row()
        if row is None:
            return
        if self._wanted and row.uid != self._rule and len(self.reason.text().strip()) < 3:
            self._picked()
            return
        self.chosen.emit(row, self.reason.text().strip())


class ReasonPanel(SheetPanel):
    """One act that needs a reason in words. given(reason)."""

    given = Signal(str)

    def __init__(self, title: str, text: str, act: str, placeholder: str = "") -> None:
        self.reason = LineEdit(placeholder=placeholder, name="Alasan")
        self.field = Field("Alasan", self.reason)
        body = QWidget()
        body.setLayout(vbox(label(text, "", wrap=True), self.field, spacing=12, margins=(22, 4, 22, 8)))
        done = KeyButton(act, "Enter", kind="danger")
        super().__init__(title, body, (None, done))
        done.clicked.connect(self._give)
        self.reason.returnPressed.connect(self._give)
        self.setFocusProxy(self.reason)

    def _give(self) -> None:
        if len(self.reason.text().strip()) < 3:
            self.field.set_state("error", "Tulis alasannya dengan kata-kata.")
            return
        self.given.emit(self.reason.text().strip())

    def refuse(self, sentence: str) -> None:
        """The act was refused: say why, keep what was typed."""
        self.field.set_state("error", sentence)


class EmergencyPanel(SheetPanel):
    """F8: one key chooses the danger sign seen. chosen(code): a sign, or empty for "emergency, no sign said".

    nobody: the patient is not known; registration starts without a name.
    """

    chosen = Signal(str)
    nobody = Signal()

    def __init__(self, signs: Sequence[DangerSign], person: str, *, known: bool) -> None:
        red = [s for s in signs if s.level is Level.RED][:9]
        yellow = [s for s in signs if s.level is not Level.RED][:8]
        rows: list[QWidget] = [label(person, "strong")]
        self._buttons: list[KeyButton] = []
        for number, sign in enumerate(red, 1):
            rows.append(self._row(sign, str(number)))
        if yellow:
            rows.append(label("Segera (kuning)", "section"))
        for letter, sign in zip("ABCDEFGH", yellow, strict=False):
            rows.append(self._row(sign, letter))
        body = QWidget()
        body.setLayout(vbox(*rows, None, spacing=4, margins=(22, 2, 22, 6)))
        plain = KeyButton("Darurat, tanda lain", "0", kind="danger")
        stranger = KeyButton("Pasien tidak dikenal", "X", icon="user")
        super().__init__("Darurat: tanda apa yang terlihat?", body, (stranger, None, plain))
        plain.clicked.connect(lambda: self.chosen.emit(""))
        stranger.clicked.connect(self.nobody)
        stranger.setVisible(not known)
        self._signs = {b.key: b for b in self._buttons} | {"0": plain} | ({} if known else {"X": stranger})
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _row(self, sign: DangerSign, key: str) -> KeyButton:
        button = KeyButton(sign.label, key)
        button.clicked.connect(lambda: self.chosen.emit(sign.code))
        self._buttons.append(button)
        return button

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """One key is enough: nobody looks for a mouse now."""
        text = event.text().upper()
        button = self._signs.get(text)
        if button is not None:
            button.click()
            return
        super().keyPressEvent(event)


class InfectionPanel(SheetPanel):
    """F5: one key says what makes somebody suspected. chosen(code): a sign, or "" for "none said" (Enter)."""

    chosen = Signal(str)

    def __init__(self, signs: Sequence[Choice], person: str) -> None:
        self._signs: dict[str, KeyButton] = {}
        for number, sign in enumerate(signs, 1):
            button = KeyButton(sign.label, str(number))
            button.clicked.connect(lambda _=False, code=sign.code: self.chosen.emit(code))
            self._signs[str(number)] = button
        body = QWidget()
        body.setLayout(vbox(label(person, "strong"), *self._signs.values(), None, spacing=4, margins=(22, 2, 22, 6)))
        plain = KeyButton("Tanda tidak disebut", "Enter", kind="primary")
        super().__init__("Curiga menular: tanda apa?", body, (None, plain))
        plain.clicked.connect(lambda: self.chosen.emit(""))
        self._plain = plain
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        button = self._plain if enter else self._signs.get(event.text())
        if button is None:
            super().keyPressEvent(event)
        else:
            button.click()
