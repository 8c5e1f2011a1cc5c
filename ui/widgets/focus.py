"""The ring around the button that has the keyboard focus."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from ui.theme import color, tokens

REACH = 3
_FOLLOW = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Hide, QEvent.Type.Show)
_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class FocusRing(QWidget):
    """One a window, its child: 3 px outside the focused button, for keyboard focus only. Text fields and combos get
    theirs from the stylesheet, lists mark their row."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.target: QWidget | None = None
        self.hide()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.FocusIn:
            if isinstance(watched, QWidget) and isinstance(event, QFocusEvent) and watched.window() is self.window():
                ringed = isinstance(watched, QAbstractButton)
                self.target = watched if ringed and event.reason() in _KEYBOARD else None
                self._follow()
        elif kind in _FOLLOW and self._carries(watched):
            self._follow()
        return False

    def _carries(self, watched: QObject) -> bool:
        """Whether it is the focused button, or something it stands in."""
        target = self.target
        return target is not None and (
            watched is target or (isinstance(watched, QWidget) and watched.isAncestorOf(target))
        )

    def _follow(self) -> None:
        if self.target is None or not self.target.isVisible():
            self.hide()
            return
        corner = self.target.mapTo(self.window(), QPoint(0, 0))
        self.setGeometry(QRect(corner, self.target.size()).adjusted(-REACH, -REACH, REACH, REACH))
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        p.setPen(QPen(color("accent"), 2))
        radius = tokens().radius + 1
        p.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), radius, radius)
