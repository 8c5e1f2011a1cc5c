"""A panel over the shell: new patient, help, confirmation. No window of its own, no dialog on a dialog."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from ui.theme import color, px, tokens
from ui.widgets.base import Card, Hair, hbox, label, scroll, vbox

SHADOW_STEPS = 12


class Sheet(QWidget):
    """`panel` in the middle of `parent`, the rest dimmed. Opens at once; Esc or `close_sheet()` closes it.

    Keyboard focus stays inside while it is open and goes back to where it was. `width` and `height` are design pixels,
    0 for the panel's own height; the sheet shrinks with the parent. With `keep=True` Esc only emits `escaped`.
    """

    closed = Signal()
    escaped = Signal()

    def __init__(self, parent: QWidget, panel: QWidget, width: int = 640, height: int = 0, keep: bool = False) -> None:
        super().__init__(parent)
        self.panel, self._host = panel, parent
        self._wide, self._high, self._keep, self._open = width, height, keep, True
        self._before = QApplication.focusWidget()
        panel.setParent(self)
        self.setAccessibleName(panel.accessibleName())
        parent.installEventFilter(self)
        self._fit()
        self.show()
        self.raise_()
        panel.show()
        self._take_focus()

    @staticmethod
    def over(window: QWidget) -> Sheet | None:
        """The sheet that is open over `window` (the newest), or None: shortcuts of the shell ask this first."""
        sheets = [s for s in window.children() if isinstance(s, Sheet) and s.is_open()]
        return sheets[-1] if sheets else None

    def is_open(self) -> bool:
        return self._open

    def close_sheet(self) -> None:
        """Close, give the focus back, emit `closed`."""
        if not self._open:
            return
        self._open = False
        self._host.removeEventFilter(self)
        self.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()
        self.deleteLater()

    def _take_focus(self) -> None:
        here = QApplication.focusWidget()
        if here is not None and self.isAncestorOf(here):
            return
        first = self._next(self.panel, True)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _next(self, start: QWidget, forward: bool) -> QWidget | None:
        widget: QWidget | None = start
        while widget is not None:
            widget = widget.nextInFocusChain() if forward else widget.previousInFocusChain()
            if widget is None or widget is start:
                break
            if (
                self.isAncestorOf(widget)
                and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
                and widget.isVisibleTo(self)
                and widget.isEnabled()
                and widget.focusProxy() is None
            ):
                return widget
        return None

    def focusNextPrevChild(self, forward: bool) -> bool:
        # Called for every descendant too; without it Tab would wander into the screen below.
        here = QApplication.focusWidget()
        target = self._next(here, forward) if here is not None else None
        if target is None:
            return False
        target.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
        return True

    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            # Esc belongs to the sheet, not to a window-wide shortcut of the screen below.
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
            if not self._keep:
                self.close_sheet()
            event.accept()
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return False

    def _fit(self) -> None:
        parent = self._host
        self.setGeometry(parent.rect())
        width = min(px(self._wide), parent.width() - px(24))
        wanted = px(self._high) if self._high else self._own_height(width)
        height = min(wanted, parent.height() - px(24))
        corner = QPoint((parent.width() - width) // 2, max(px(12), (parent.height() - height) // 3))
        self.panel.setGeometry(corner.x(), corner.y(), width, height)

    def _own_height(self, width: int) -> int:
        panel = self.panel
        if panel.hasHeightForWidth():
            return panel.heightForWidth(width)
        layout = panel.layout()
        if layout is not None and layout.hasHeightForWidth():
            return layout.heightForWidth(width)
        return panel.sizeHint().height()

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        p.fillRect(self.rect(), color("scrim"))
        # Rings of a faint colour: a QGraphicsDropShadowEffect would repaint the whole sheet at every key.
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(color("shadow"))
        frame = QRectF(self.panel.geometry())
        for step in range(SHADOW_STEPS):
            radius = tokens().radius + step
            p.drawRoundedRect(frame.adjusted(-step, -step + 4, step, step + 4), radius, radius)


class SheetPanel(Card):
    """What most sheets hold: a title line, a body that scrolls, a footer whose main action stays in sight."""

    def __init__(
        self,
        title: str,
        body: QWidget,
        footer: tuple[QWidget | int | None, ...] = (),
        corner: tuple[QWidget, ...] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent=parent)
        self.setAccessibleName(title)
        self.title = label(title, "title")
        self.area = scroll(body)
        head = hbox(self.title, None, *corner, spacing=6, margins=(22, 14, 22, 8))
        column = vbox(head, self.area, spacing=0)
        if footer:
            column.addWidget(Hair())
            column.addLayout(hbox(*footer, margins=(22, 11, 22, 13)))
        column.setStretch(1, 1)
        self.setLayout(column)
