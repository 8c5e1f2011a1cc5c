"""Alarms of the visit, the act to do first; answered ones become one quiet line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ilp_desk.domain.alarms import Alarm, AlarmKey
from ilp_desk.domain.reference.signs import Level
from ilp_desk.rows.encounter import AnsweredAlarm
from ui.parts.room.part import clear_column, enterable
from ui.widgets import Banner, Icon, KeyButton, Paragraph, Runs, Segment, Text, hbox, vbox

LEVEL_WORDS = {Level.RED: "Merah", Level.YELLOW: "Kuning"}


class AlarmList(QWidget):
    """done, ignore: the answer to an alarm is wanted; refer: a referral is wanted."""

    done = Signal(object)
    ignore = Signal(object)
    refer = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[object, ...] = ()
        self._buttons: list[KeyButton] = []
        self._column = vbox(spacing=8)
        self.setLayout(self._column)
        self.hide()

    def show_alarms(
        self,
        alarms: Sequence[Alarm],
        answers: Mapping[AlarmKey, str],
        past: Sequence[AnsweredAlarm],
        *,
        writable: bool,
    ) -> bool:
        """Show these; answers: what was done about them; past: answered ones that stand no longer. True where an alarm
        is new on the screen."""
        state = tuple((a, answers.get(a.key, "")) for a in alarms)
        if (state, tuple(past), writable) == self._shown:
            return False
        before = {a.key for a, _ in self._shown[0]} if self._shown else set()  # type: ignore[attr-defined]
        self._shown = (state, tuple(past), writable)
        clear_column(self._column)
        self._buttons = []
        for alarm, answer in sorted(state, key=lambda pair: bool(pair[1])):
            self._column.addWidget(self._answered(alarm, answer) if answer else self._banner(alarm, writable))
        for one in past:
            self._column.addWidget(Paragraph([Text(f"{one.at} {one.about} ", muted=True), Text(one.words)]))
        self.setVisible(bool(state or past))
        return any(a.key not in before for a, answer in state if not answer)

    def stops(self) -> list[KeyButton]:
        """The buttons, in order."""
        return self._buttons

    def focus_first(self) -> bool:
        """Put the focus on the first answer that is wanted; False where there is none."""
        if not self._buttons:
            return False
        self._buttons[0].setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    def _banner(self, alarm: Alarm, writable: bool) -> Banner:
        buttons: list[KeyButton] = []
        if writable:
            done = KeyButton("Sudah dilakukan", "" if self._buttons else "Alt+T", small=True)
            ignore = KeyButton("Abaikan", small=True)
            for button, signal in ((done, self.done), (ignore, self.ignore)):
                button.setAccessibleDescription(alarm.reason)
                button.clicked.connect(lambda _=False, signal=signal: signal.emit(alarm))
            buttons = [done, ignore]
            if alarm.level is Level.RED:
                refer = KeyButton("Buat rujukan", "Ctrl+R", kind="danger", small=True)
                refer.clicked.connect(self.refer)
                buttons.append(refer)
            enterable(*buttons)
            self._buttons += buttons
        kind = "danger" if alarm.level is Level.RED else "warning"
        since = f" {earlier_words(alarm)}" if alarm.at else ""
        return Banner(kind, alarm.act, f"{LEVEL_WORDS[alarm.level]}: {alarm.reason}{since}", buttons=buttons)  # type: ignore[arg-type]

    def _answered(self, alarm: Alarm, answer: str) -> QWidget:
        red = alarm.level is Level.RED
        segments: list[Segment] = [
            Icon("check", "danger" if red else "warning"),
            Text(f"{LEVEL_WORDS[alarm.level]} · {alarm.reason} ", color="danger" if red else "warning"),
            Text(answer, bold=True),
        ]
        line = QWidget()
        line.setLayout(hbox(Runs(segments)))
        return line


def earlier_words(alarm: Alarm) -> str:
    """That an alarm is of figures that were measured again since."""
    return f"Dari pengukuran {alarm.at}; belum dijawab, walau sudah diukur ulang."
