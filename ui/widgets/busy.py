"""Shows that something takes long: a moving line after 0.3 s, words, progress and a way out after 2 s."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.paint import draw_text
from ui.theme import color, px, tokens
from ui.widgets.base import hbox
from ui.widgets.buttons import KeyButton

SHOW_MS = 300
DETAIL_MS = 2000
STEP_MS = 40
LINE = 3
HIGH = 40


class BusyBar(QWidget):
    """Hidden until work lasts 0.3 s, then a moving line; after 2 s also the words, the share done and *Batalkan*.

    `start(text)`, `progress(done, total)` as often as known, `stop()`. `cancelled` asks the worker to stop. Its 3 px
    of height are always there, so that nothing jumps when the line appears; only the detail row moves what is below.
    """

    cancelled = Signal()

    def __init__(self, cancel: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text, self._done, self._total, self._at = "", 0, 0, 0.0
        self._line_shown = False
        self._can_cancel = cancel
        self.button = KeyButton("Batalkan", small=True)
        self.button.clicked.connect(self.cancelled)
        self.setLayout(hbox(None, self.button, margins=(0, 6, 0, 0)))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._soon = QTimer(self, singleShot=True, interval=SHOW_MS)
        self._soon.timeout.connect(self._show_line)
        self._later = QTimer(self, singleShot=True, interval=DETAIL_MS)
        self._later.timeout.connect(self._show_detail)
        self._move = QTimer(self, interval=STEP_MS)
        self._move.timeout.connect(self._step)
        self._rest()

    def start(self, text: str) -> None:
        """Work began; `text` says which: 'Menyusun laporan'."""
        self.stop()
        self._text, self._done, self._total = text, 0, 0
        self.setAccessibleName(text)
        self._soon.start()
        self._later.start()

    def progress(self, done: int, total: int) -> None:
        """How much is done; total 0 while unknown."""
        self._done, self._total = done, total
        self.setAccessibleName(self._words())
        self.update()

    def stop(self) -> None:
        """Work ended, well or not."""
        for timer in (self._soon, self._later, self._move):
            timer.stop()
        self._rest()

    def is_shown(self) -> bool:
        """Whether the moving line is visible."""
        return self._line_shown

    def is_detailed(self) -> bool:
        """Whether words and the button are visible."""
        return not self.button.isHidden() or (self._line_shown and self.height() > px(LINE))

    def _rest(self) -> None:
        self._line_shown = False
        self.button.hide()
        self.setFixedHeight(px(LINE))
        self.setAccessibleName("")
        self.update()

    def _show_line(self) -> None:
        self._line_shown = True
        self._move.start()
        self.update()

    def _show_detail(self) -> None:
        self.setFixedHeight(px(HIGH))
        self.button.setVisible(self._can_cancel)

    def _step(self) -> None:
        self._at = (self._at + 0.02) % 1.0
        self.update()

    def _words(self) -> str:
        if not self._total:
            return f"{self._text} …"
        done, total = (f"{n:,}".replace(",", ".") for n in (self._done, self._total))
        return f"{self._text}: {done} dari {total} ({100 * self._done // self._total} %)"

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._line_shown:
            return
        p = QPainter(self)
        wide, line = self.width(), px(LINE)
        p.fillRect(0, 0, wide, line, color("accent_tint"))
        if self._total:
            p.fillRect(QRectF(0, 0, wide * min(1.0, self._done / self._total), line), color("accent"))
        else:
            p.fillRect(QRectF(wide * (self._at * 1.3 - 0.3), 0, wide * 0.3, line), color("accent"))
        if self.height() > line:
            room = wide - (self.button.width() + px(12) if self.button.isVisible() else 0)
            draw_text(p, QRectF(0, px(6), room, self.height() - px(6)), self._words(), tokens().label, ink="muted")
