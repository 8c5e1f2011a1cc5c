"""The toast that offers to undo for ten seconds."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.paint import draw_panel
from ui.theme import px, tokens
from ui.widgets.base import hbox, inside, label
from ui.widgets.buttons import KeyButton
from ui.widgets.runs import Runs, Text

HIGHEST = 200
"""Design pixels it may climb out of the way of buttons."""


class Toast(QWidget):
    """A dark line above the status bar of `parent`, and above the buttons there. It never takes the focus.

    `undone` when the user takes the act back (button or `undo()`, which the shell binds to Ctrl+Z), `gone` when it
    leaves for any reason. With `undo=False` it only tells. `lead` is said first and large: a number to be read out. A
    parent shows one toast at a time: the newer replaces.
    """

    undone = Signal()
    gone = Signal()

    def __init__(self, parent: QWidget, text: str, seconds: int = 10, undo: bool = True, lead: str = "") -> None:
        super().__init__(parent)
        for older in parent.children():
            if isinstance(older, Toast) and older is not self:
                older.dismiss()
        self._host, self._left, self._done = parent, seconds, False
        self.can_undo = undo
        self.lead = Runs([Text(lead, bold=True, color="card")], size=tokens().title, fixed=True)
        if not lead:
            self.lead.hide()
        self.words = Runs([Text(text, color="card")])
        self.button = KeyButton("Urungkan", "Ctrl+Z", small=True)
        if not undo:
            self.button.hide()
        self.button.clicked.connect(self.undo)
        self._count = label("", "on-dark-muted")
        row = hbox(self.lead, self.words, self.button, self._count, spacing=12, margins=(16, 8, 16, 8))
        row.setStretch(1, 1)
        self.setLayout(row)
        self.setAccessibleName(f"{lead} {text}".strip())
        self._timer = QTimer(self, interval=1000)
        self._timer.timeout.connect(self._tick)
        self._timer.start()
        self._say()
        parent.installEventFilter(self)
        self._place()
        self.show()
        self.raise_()

    def seconds_left(self) -> int:
        return self._left

    def undo(self) -> None:
        """Take the act back; does nothing when the toast has left or offers no undo."""
        if self._done or not self.can_undo:
            return
        self.undone.emit()
        self.dismiss()

    def dismiss(self) -> None:
        """Leave at once."""
        if self._done:
            return
        self._done = True
        self._timer.stop()
        self.hide()
        self.gone.emit()
        self.deleteLater()

    def _tick(self) -> None:
        self._left -= 1
        if self._left <= 0:
            self.dismiss()
        else:
            self._say()

    def _say(self) -> None:
        self._count.setText(f"{self._left} dtk" if self.can_undo else "")

    def _place(self) -> None:
        parent = self._host
        # Where it is too long the words end in an ellipsis; the way back is never cut.
        wanted = self.sizeHint().width() + self.words.natural_width() + px(4)
        self.resize(min(wanted, parent.width() - px(24)), self.sizeHint().height())
        place = QRect(
            QPoint((parent.width() - self.width()) // 2, parent.height() - self.height() - px(38)), self.size()
        )
        lowest = place.top()
        # It lies ten seconds where it lies: what is pressed next must not be under it.
        while covered := [box for box in self._buttons() if box.intersects(place)]:
            place.moveBottom(min(box.top() for box in covered) - px(6))
            if lowest - place.top() > px(HIGHEST):
                place.moveTop(lowest)
                break
        self.move(place.topLeft())

    def _buttons(self) -> list[QRect]:
        parent = self._host
        buttons = (b for b in inside(parent, KeyButton) if b.isVisible() and not self.isAncestorOf(b))
        return [QRect(b.mapTo(parent, QPoint(0, 0)), b.size()) for b in buttons]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        draw_panel(QPainter(self), self.rect(), "ink", "ink", tokens().radius)
