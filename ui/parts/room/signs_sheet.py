"""Asking about danger signs: those that concern this person, one key each; every key counts at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ilp_desk.domain.reference.signs import DangerSign, Level
from ui.paint import draw_icon, draw_keycap, draw_panel, draw_text
from ui.theme import px, text_width, tokens
from ui.widgets import KeyButton, Sentence, SheetPanel, hbox, vbox

KEYS = "123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
NONE = "0"
ROW = 26
WIDTH = 1010


class SignButton(QAbstractButton):
    """A sign with its key; ticked while it is seen. Red ones are written in red and bear a mark."""

    def __init__(self, sign: DangerSign, key: str) -> None:
        super().__init__()
        self.sign, self.key = sign, key
        self.setText(sign.label)
        self.setCheckable(True)
        self.setAccessibleName(f"{sign.label}, {'merah' if sign.level is Level.RED else 'kuning'}")
        self.setAccessibleDescription(f"Tombol {key}" if key else "")
        self.setToolTip(f"{sign.label}. {sign.act}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(text_width(self.text(), tokens().body) + px(64), px(ROW))

    def paintEvent(self, event: QPaintEvent) -> None:
        p, red, middle = QPainter(self), self.sign.level is Level.RED, self.height() / 2
        on, ink = self.isChecked(), "danger" if red else "ink"
        if on:
            tint, line = ("danger_tint", "danger") if red else ("warning_tint", "warning_line")
            draw_panel(p, self.rect().adjusted(0, 1, 0, -1), tint, line, tokens().radius_field)
        if self.key:
            draw_keycap(p, px(6), middle, self.key)
        size = px(16)
        if on:
            draw_icon(p, "check", ink, px(32), middle - size / 2, size)
        elif red:
            draw_icon(p, "alert", ink, px(32), middle - size / 2, size)
        left = px(54)
        box = QRectF(left, 0, self.width() - left - px(4), self.height())
        draw_text(p, box, self.text(), tokens().body, bold=on, ink=ink)


class SignsSheet(SheetPanel):
    """toggled(code, seen): at once, for each key. none_wanted: asked, none of them. Enter ends it."""

    toggled = Signal(str, bool)
    none_wanted = Signal()
    ended = Signal()

    def __init__(self, signs: Sequence[DangerSign], seen: Collection[str]) -> None:
        keys = (*KEYS, *("" for _ in signs))
        self.buttons = [SignButton(sign, key) for sign, key in zip(signs, keys, strict=False)]
        for button in self.buttons:
            button.clicked.connect(lambda on, button=button: self.toggled.emit(button.sign.code, on))
        half = (len(self.buttons) + 1) // 2
        left, right = (vbox(*some, None, spacing=0) for some in (self.buttons[:half], self.buttons[half:]))
        columns = hbox(left, right, spacing=12)
        for at, some in enumerate((self.buttons[:half], self.buttons[half:])):
            # Each as wide as its longest sign wants, so that none is cut.
            columns.setStretch(at, max((button.sizeHint().width() for button in some), default=1))
        self.sentence = Sentence()
        self.sentence.hide()
        body = QWidget()
        body.setLayout(vbox(columns, self.sentence, spacing=6, margins=(16, 0, 16, 6)))
        self.none = KeyButton("Sudah ditanyakan, tidak ada satu pun", NONE)
        self.done = KeyButton("Selesai", "Enter", kind="primary")
        super().__init__("Tanda bahaya", body, (self.none, None, self.done))
        self.none.clicked.connect(self.none_wanted)
        self.done.clicked.connect(self.ended)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.show_signs(seen)

    def high(self) -> int:
        """The height it wants, in design pixels: a scrolling body does not tell by itself."""
        return ROW * ((len(self.buttons) + 1) // 2) + 118

    def begin(self) -> None:
        """The keyboard goes to the sheet itself: every key is a sign."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_signs(self, seen: Collection[str]) -> None:
        """What is on record."""
        for button in self.buttons:
            button.setChecked(button.sign.code in seen)

    def refuse(self, sentence: str) -> None:
        """It was not recorded: say why."""
        self.sentence.set("error", sentence)
        self.sentence.setVisible(bool(sentence))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.text().upper()
        chosen = next((b for b in self.buttons if key and b.key == key), None)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.done.click()
        elif key == NONE:
            self.none.click()
        elif chosen is not None:
            chosen.click()
        else:
            super().keyPressEvent(event)
            return
        event.accept()
