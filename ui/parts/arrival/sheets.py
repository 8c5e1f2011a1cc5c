"""Sheets of the registration desk: another place, an emergency, a reason, a second service."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from ilp_desk.domain.reference.places import Choice
from ilp_desk.domain.reference.signs import DangerSign, Level
from ilp_desk.rows.arrival import ServicePlace
from ui.rows import RowsModel
from ui.theme import px
from ui.widgets import Chip, Field, KeyButton, LineEdit, ListView, SheetPanel, TwoLine, hbox, label, vbox

ONE_KEY = "123456789ABCDEFGHIJK"
"""The keys of the danger signs, in their order; 0 and X have meanings of their own."""
_HERE = Chip("sudah menunggu di sini", "neutral")


class PlacePanel(SheetPanel):
    """Choose a service point, with a reason where it is against the rule. chosen(place, reason).

    rule_uid: the service point of the rule; here: uids of those where they wait already; start: the one chosen at
    first, else the rule's; where they wait at both none is: one Enter too many must not send anybody anywhere.
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
        self.view = ListView(self.model, self._line, key=lambda p: p.uid, first=False, name="Titik layanan")
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
        self.view.select_key(next((uid for uid in (start, rule_uid) if uid in free), ""))
        done.clicked.connect(self._choose)
        self.reason.returnPressed.connect(self._choose)
        self.view.row_activated.connect(lambda _: self._picked())
        if reason_wanted:
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


class SignPanel(SheetPanel):
    """A list of signs, one key each. chosen(code): of a sign, or "" for "none said" (Enter)."""

    chosen = Signal(str)

    def __init__(self, title: str, body: QWidget, plain: KeyButton, left: tuple[QWidget, ...] = ()) -> None:
        super().__init__(title, body, (*left, None, plain))
        self._plain = plain
        self._keys = {button.key: button for button in self.findChildren(KeyButton)}
        plain.clicked.connect(lambda: self.chosen.emit(""))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _sign(self, label: str, code: str, key: str) -> KeyButton:
        button = KeyButton(label, key)
        button.clicked.connect(lambda: self.chosen.emit(code))
        return button

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._plain.setFocus(Qt.FocusReason.OtherFocusReason)  # else Enter would mean the first sign

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """One key is enough: nobody looks for a mouse now."""
        button = self._keys.get(event.text().upper())
        if button is not None and button.isVisible():
            button.click()
            return
        super().keyPressEvent(event)


class EmergencyPanel(SignPanel):
    """F8: the danger sign seen; none said is an emergency all the same.

    nobody: the patient is not known; registration starts without a name.
    """

    nobody = Signal()

    def __init__(self, signs: Sequence[DangerSign], person: str, *, known: bool) -> None:
        red = [s for s in signs if s.level is Level.RED]
        yellow = [s for s in signs if s.level is not Level.RED]
        keyed = zip((*red, *yellow), ONE_KEY, strict=False)
        rows: list[QWidget] = [self._sign(sign.label, sign.code, key) for sign, key in keyed]
        if yellow:
            rows.insert(len(red), label("Segera (kuning)", "section"))
        half = (len(rows) + 1) // 2
        columns = hbox(vbox(*rows[:half], None, spacing=4), vbox(*rows[half:], None, spacing=4), spacing=12)
        body = QWidget()
        body.setLayout(vbox(label(person, "strong"), columns, spacing=6, margins=(22, 2, 22, 6)))
        stranger = KeyButton("Pasien tidak dikenal", "X", icon="user")
        plain = KeyButton("Darurat, tanda lain", "0", kind="danger")
        super().__init__("Darurat: tanda apa yang terlihat?", body, plain, (stranger,))
        stranger.clicked.connect(self.nobody)
        stranger.setVisible(not known)


class InfectionPanel(SignPanel):
    """F5: what makes somebody suspected of a catching disease."""

    def __init__(self, signs: Sequence[Choice], person: str) -> None:
        rows = [self._sign(sign.label, sign.code, str(number)) for number, sign in enumerate(signs, 1)]
        body = QWidget()
        body.setLayout(vbox(label(person, "strong"), *rows, None, spacing=4, margins=(22, 2, 22, 6)))
        super().__init__("Curiga menular: tanda apa?", body, KeyButton("Tanda tidak disebut", "Enter", kind="primary"))
