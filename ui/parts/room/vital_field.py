"""One measure: typed, checked in words, asked about once where it is unlikely, and shown as it was taken."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent

from ilp_desk.domain.reference import Reference
from ilp_desk.domain.reference.measures import Measure
from ilp_desk.domain.text.ages import Age
from ilp_desk.domain.vitals import VitalReading, VitalState, check_vital
from ui.widgets import Field, LineEdit, State, label, restyle

PAUSE_MS = 400
"""A pause in typing after which a value is judged; leaving the field or Enter judges it at once."""
ASK = "Tekan Enter bila benar."
SHORTER = {"height": "Tinggi badan"}
_PAD = Qt.KeyboardModifier.KeypadModifier


class _Edit(LineEdit):
    """Enter goes on to the next field; whether the value may stay is the field's to say.

    whole: what stands is taken as one, so that the first key replaces it.
    """

    entered = Signal()
    left = Signal()
    whole = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~_PAD:
            self.entered.emit()
            event.accept()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.whole:
            # After the press of the mouse has put its caret.
            QTimer.singleShot(0, self, self._select_whole)

    def _select_whole(self) -> None:
        if self.whole and self.hasFocus():
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class VitalField(Field):
    """typed: a key was pressed; judged: what stands in the field has been read, and `reading` says how.

    A value on record is shown, and the Tab key passes it by. Typing over it is measuring again: the value on record
    goes beside the label, the new one belongs to another taking; typing the same again is nothing, unless measuring
    again was asked for. Emptied and left, the field shows the record again and says how it is taken back.
    """

    typed = Signal()
    judged = Signal()

    def __init__(self, measure: Measure, age: Age | None, reference: Reference, name: str = "") -> None:
        self.measure, self._age, self._reference = measure, age, reference
        self.edit = _Edit(max_length=40)
        self._before = label("", "small")
        super().__init__(
            name or SHORTER.get(measure.code, measure.label),
            self.edit,
            suffix=measure.unit,
            corner=self._before,
            reserve=False,
        )
        self.label.short = measure.short[:1].upper() + measure.short[1:]
        self.code = measure.code
        self.reading = VitalReading(code=self.code, state=VitalState.EMPTY)
        self.confirmed = False
        self.repeating = False
        self.standing, self._at = "", ""
        self._way, self._hint = "", ""
        self._say_when = False
        self._alarm: State = ""
        self._locked = False
        self._writable = True
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.judge)
        self.edit.textEdited.connect(self._edited)
        self.edit.entered.connect(self._entered)
        self.edit.left.connect(self._left)

    @property
    def own(self) -> str:
        """What is typed here and not on record."""
        text = self.edit.text().strip()
        return "" if self._locked or (text == self.standing and not self.repeating) else text

    @property
    def wanted(self) -> bool:
        """Whether nothing stands here yet and something may be typed."""
        return self._writable and not self._locked and not self.edit.text().strip()

    @property
    def emptied(self) -> bool:
        """Whether the value on record was wiped out, as if that took it back."""
        return bool(self.standing) and self.wanted and not self.repeating

    @property
    def ready(self) -> bool:
        """Whether it can be recorded."""
        state = self.reading.state
        return bool(self.own) and (state is VitalState.OK or (state is VitalState.CONFIRM and self.confirmed))

    @property
    def question(self) -> tuple[State, str]:
        """What is to be said about the value: refused, asked about, or nothing."""
        if self._hint:
            return "warn", self._hint
        if not self.own or self._pause.isActive():
            return "", ""
        if self.reading.state is VitalState.REFUSED:
            return "error", self.reading.sentence
        if self.reading.state is VitalState.CONFIRM and not self.confirmed:
            return "warn", f"{self.reading.sentence} {ASK}"
        return "", ""

    def stand(self, text: str, at: str, *, say_when: bool, way: str) -> None:
        """A value is on record, taken at this time (`08.41`); way: how it is taken back, in words. What is being typed
        stays."""
        self._way = way
        if text != self.standing:
            self._hint = ""
        self.standing, self._at, self._say_when = text, at, say_when
        if self.own:
            self._before.setText(f"{at}: {text}")
        else:
            self._rest()

    def renew(self, age: Age | None) -> None:
        """Somebody else is measured: nothing of the one before stays."""
        self._pause.stop()
        self._age, self.confirmed, self.repeating = age, False, False
        self.standing, self._at, self._alarm = "", "", ""
        self._way, self._hint = "", ""
        self._before.setText("")
        self._lock(False)
        self.edit.setText("")
        self.judge()

    def forget(self) -> None:
        """Nothing is on record any more. What is being typed stays."""
        if self.standing:
            self.standing, self._hint = "", ""
            self._before.setText("")
            if self._locked:
                self._lock(False)
                self.edit.clear()
                self.judge()

    def again(self) -> None:
        """Make room for another taking; the value on record stands beside the label."""
        same = bool(self.standing) and not self.repeating and self.edit.text().strip() == self.standing
        if self._locked or same:
            self._free()
            self.edit.clear()
            self.judge()

    def rest(self) -> None:
        """Show the record again where nothing was typed after all."""
        if self.standing and not self.own and not self._locked:
            self._rest()
            self.judge()

    def put(self, text: str, confirmed: bool) -> None:
        """Take up what was typed before."""
        if self._locked:
            self._free()
        self.edit.setText(text)
        self.confirmed = confirmed
        self.judge()

    def explain(self) -> None:
        """Say how the value on record is taken back: wiping it out is not the way."""
        self._hint = self._way
        self.judge()

    def recorded(self) -> None:
        """What was typed is on record now; `stand` brings it as it was stored."""
        self.confirmed = False
        self._lock(True)
        self.judge()

    def judge(self) -> None:
        """Read what stands there, now."""
        self._pause.stop()
        self.reading = check_vital(self.code, self.own, self._age, self._reference)
        self._paint()
        self.judged.emit()

    def set_alarm(self, level: State) -> None:
        """Colour it where an alarm is about it: error, warn or nothing."""
        if level != self._alarm:
            self._alarm = level
            self._paint()

    def set_writable(self, on: bool) -> None:
        self._writable = on
        self._lock(self._locked)

    def _rest(self) -> None:
        self._lock(True)
        if self.edit.text() != self.standing:
            self.edit.setText(self.standing)
        if self.edit.hasFocus():
            self.edit.selectAll()
        self._before.setText(self._at if self._say_when else "")

    def _free(self) -> None:
        self._before.setText(f"{self._at}: {self.standing}")
        self._lock(False)

    def _lock(self, on: bool) -> None:
        self._locked = self.edit.whole = on
        self.edit.setReadOnly(not self._writable)
        passed = on or not self._writable
        self.edit.setFocusPolicy(Qt.FocusPolicy.ClickFocus if passed else Qt.FocusPolicy.StrongFocus)

    def _edited(self, _: str) -> None:
        if self._locked:
            self._free()
        self.confirmed, self._hint = False, ""
        self._pause.start()
        self._paint()
        self.typed.emit()

    def _entered(self) -> None:
        asked = self.question[0] == "warn"
        self.judge()
        state = self.question[0]
        if state == "warn" and asked:
            self.confirmed = True
            self._paint()
            self.judged.emit()
            self.typed.emit()
            self.edit.focusNextChild()
        elif not state:
            self.edit.focusNextChild()

    def _left(self) -> None:
        if self._pause.isActive():
            self.judge()
        if not self.repeating:
            if self.emptied:
                self._hint = self._way
            self.rest()

    def _paint(self) -> None:
        state, sentence = self.question
        restyle(self.edit, state=state or self._alarm)
        self.edit.setAccessibleDescription(sentence)
