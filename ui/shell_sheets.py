"""What the shell itself lays over a screen: all keys (F1), the code of an unforeseen error, a sentence to be read."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from ui.keys import Hint, Keys
from ui.paint import draw_keycap, draw_text, keycap_width
from ui.theme import px, tokens
from ui.widgets import Banner, KeyButton, SheetPanel, label, vbox

HELP_WIDTH = 660
KEY_COLUMN = 84
ROW = 28
GROUP = 44
HEAD_AND_FOOT = 128
TOAST_ROOM = 62
"""A toast's height with the gaps around it."""
NOTICE_WIDTH = 720


class _KeyRow(QWidget):
    """One key and what it does, the words of all rows starting at the same place."""

    def __init__(self, hint: Hint) -> None:
        super().__init__()
        self._hint = hint
        self.setFixedHeight(px(ROW))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{hint.key}: {hint.text}")

    def sizeHint(self) -> QSize:
        return QSize(px(300), px(ROW))

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        draw_keycap(p, 0, self.height() / 2, self._hint.key)
        left = max(px(KEY_COLUMN), keycap_width(self._hint.key) + px(10))
        words = QRectF(left, 0, self.width() - left, self.height())
        draw_text(p, words, self._hint.text[:1].upper() + self._hint.text[1:], tokens().body)


def help_panel(groups: Sequence[Keys]) -> tuple[SheetPanel, KeyButton, int]:
    """Every key of the screen and of the shell, a heading for each group, two columns.

    With the button to close and the height it wants, in design pixels.
    """
    height = HEAD_AND_FOOT
    column = vbox(spacing=4, margins=(22, 0, 22, 16))
    for keys in groups:
        if not keys.hints():
            continue
        column.addWidget(label(keys.title, "section"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(24))
        grid.setVerticalSpacing(0)
        half = (len(keys.hints()) + 1) // 2
        for n, hint in enumerate(keys.hints()):
            grid.addWidget(_KeyRow(hint), n % half, n // half)
        for side in (0, 1):
            grid.setColumnStretch(side, 1)
        column.addLayout(grid)
        column.addSpacing(px(12))
        height += GROUP + ROW * half
    column.addStretch(1)
    body = QWidget()
    body.setLayout(column)
    close = KeyButton("Tutup", "Esc")
    return SheetPanel("Semua tombol", body, (None, close)), close, height


def crash_panel(code: str) -> tuple[SheetPanel, KeyButton, int]:
    """What people read when something happened nobody foresaw; the button to go on, the height in design pixels."""
    figure = label(code, "figure")
    figure.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    body = QWidget()
    body.setLayout(
        vbox(
            label("Yang sudah Anda ketik tersimpan sebagai draf, dan program ini boleh dipakai terus.", wrap=True),
            label("Catat kode ini dan sampaikan kepada petugas yang mengurus komputer:", wrap=True),
            figure,
            label("Kalau terjadi lagi, tutup program lalu buka kembali. Drafnya akan ditawarkan.", "muted", wrap=True),
            None,
            spacing=8,
            margins=(22, 0, 22, 12),
        )
    )
    go_on = KeyButton("Lanjutkan", "Esc", kind="primary")
    return SheetPanel("Ada yang tidak berjalan semestinya", body, (None, go_on)), go_on, 256


class Notice(QWidget):
    """A sentence until it is read, low in the window: over no search box, above the place of a toast.

    It does not take the focus.
    """

    closed = Signal()

    def __init__(self, window: QWidget, sentence: str) -> None:
        super().__init__(window)
        self._window = window
        self.sentence = sentence
        close = KeyButton("Tutup", "Esc", small=True)
        close.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        close.clicked.connect(self.close_notice)
        self._banner = Banner("danger", sentence, buttons=(close,))
        self.setLayout(vbox(self._banner, spacing=0))
        self.setAccessibleName(sentence)
        window.installEventFilter(self)
        self._place()
        self.show()
        self.raise_()

    def close_notice(self) -> None:
        """It was read."""
        self._window.removeEventFilter(self)
        self.hide()
        self.closed.emit()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _place(self) -> None:
        wide = min(px(NOTICE_WIDTH), self._window.width() - px(24))
        high = self._banner.heightForWidth(wide)
        bottom = self._window.height() - px(tokens().statusbar) - px(TOAST_ROOM)
        self.setGeometry((self._window.width() - wide) // 2, bottom - high, wide, high)
