"""The one search box of a desk screen."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from ui.paint import RIGHT, draw_icon, draw_keycap, draw_panel, draw_text, keycap_width
from ui.theme import px, text_width, tokens
from ui.widgets.editors import LineEdit

SHOW_BUSY_AFTER_MS = 300
HEIGHT = 46
LEFT_ROOM = 42


class SearchBox(QFrame):
    """A large line edit in a frame, with an answer's figures and the key hint at its right.

    `edit` is the line edit; `changed` carries its text; `entered` is Enter. Being busy shows after 0.3 s.
    """

    changed = Signal(str)
    entered = Signal()

    def __init__(
        self, placeholder: str = "", key: str = "F2", name: str = "Cari", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.key, self._info, self._busy, self._turn = key, "", False, 0
        self.setFixedHeight(px(HEIGHT))
        self.edit = LineEdit(parent=self, placeholder=placeholder)
        self.edit.setProperty("bare", True)
        self.edit.setAccessibleName(name)
        if key:
            self.edit.setAccessibleDescription(f"Tombol {key}")
        self.edit.textChanged.connect(self.changed)
        self.edit.returnPressed.connect(self.entered)
        self.edit.installEventFilter(self)
        self.setFocusProxy(self.edit)
        self._wait = QTimer(self, singleShot=True, interval=SHOW_BUSY_AFTER_MS)
        self._wait.timeout.connect(self._show_busy)
        self._spin = QTimer(self, interval=80)
        self._spin.timeout.connect(self._step)

    def text(self) -> str:
        return self.edit.text()

    def set_text(self, text: str) -> None:
        self.edit.setText(text)

    def set_info(self, text: str) -> None:
        """What stands at the right: '6 dari 31.482'."""
        self._info = text
        self._place()
        self.update()

    def set_busy(self, on: bool) -> None:
        """Say that an answer is awaited; the sign appears only when it lasts longer than 0.3 s."""
        if on:
            if not self._busy and not self._wait.isActive():
                self._wait.start()
            return
        self._wait.stop()
        self._spin.stop()
        self._busy = False
        self.update()

    def is_busy(self) -> bool:
        """Whether the busy sign is shown."""
        return self._busy

    def _show_busy(self) -> None:
        self._busy = True
        self._spin.start()
        self.update()

    def _step(self) -> None:
        self._turn = (self._turn + 30) % 360
        self.update()

    def _place(self) -> None:
        right = px(16) + (keycap_width(self.key) + px(10) if self.key else 0)
        if self._info:
            right += text_width(self._info, tokens().label) + px(10)
        self.edit.setGeometry(px(LEFT_ROOM), 3, max(px(60), self.width() - px(LEFT_ROOM) - right), self.height() - 6)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        focused = self.edit.hasFocus()
        draw_panel(p, self.rect(), "card", "accent" if focused else "line_strong")
        if focused:
            draw_panel(p, self.rect().adjusted(1, 1, -1, -1), "card", "accent", tokens().radius - 1)
        size, middle = px(20), self.height() / 2
        ink = "accent" if focused else "muted"
        if self._busy:
            p.save()
            p.translate(px(14) + size / 2, middle)
            p.rotate(self._turn)
            draw_icon(p, "busy", ink, -size / 2, -size / 2, size)
            p.restore()
        else:
            draw_icon(p, "search", ink, px(14), middle - size / 2, size)
        x = self.width() - px(16)
        if self.key:
            x -= keycap_width(self.key)
            draw_keycap(p, x, middle, self.key)
            x -= px(10)
        box = QRectF(self.edit.geometry().right(), 0, x - self.edit.geometry().right(), self.height())
        draw_text(p, box, self._info, tokens().label, ink="muted", align=RIGHT)
