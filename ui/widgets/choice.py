"""Choices one sees whole: a tick box, and two to five pills of which one is chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QSizePolicy, QWidget

from ui.paint import CENTER, draw_text
from ui.theme import color, px, text_width, tokens
from ui.widgets.base import hbox, restyle


class CheckBox(QCheckBox):
    """A tick box. Consent and the like start unticked."""

    def __init__(self, text: str, checked: bool = False, small: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setAccessibleName(text)
        self.setChecked(checked)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        if small:
            self.setProperty("small", True)


class _Segment(QAbstractButton):
    def __init__(self, owner: Choice, text: str, first: bool, last: bool) -> None:
        super().__init__(owner)
        self._first, self._last = first, last
        self.setText(text)
        self.setCheckable(True)
        self.setAccessibleName(text)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(px(tokens().field))

    def sizeHint(self) -> QSize:
        return QSize(text_width(self.text(), tokens().body, True) + px(24), px(tokens().field))

    def minimumSizeHint(self) -> QSize:
        return QSize(text_width(self.text(), tokens().body, True) + px(8), px(tokens().field))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        owner = self.parent()
        if isinstance(owner, Choice) and owner.take_key(self, event):
            event.accept()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        on, k = self.isChecked(), tokens()
        fill = "accent_tint" if on else "hover" if self.underMouse() and self.isEnabled() else "card"
        if not self.isEnabled():
            fill = "disabled_bg"
        elif on and k.high_contrast:
            fill = "selection"
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        # The outer corners of the row are round, the inner edges straight: clip a wider rounded box.
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5 if self._last else 0.5, -0.5)
        reach = px(12)
        round_box = box.adjusted(0 if self._first else -reach, 0, 0 if self._last else reach, 0)
        path = QPainterPath()
        path.addRoundedRect(round_box, k.radius_field, k.radius_field)
        p.setClipRect(self.rect())
        p.fillPath(path, color(fill))
        owner = self.parentWidget()
        wrong = owner is not None and owner.property("state") == "error"
        p.setPen(QPen(color("accent" if on else "danger" if wrong else "line_strong")))
        p.drawPath(path)
        if not self._first:
            p.drawLine(box.topLeft(), box.bottomLeft())
        if on:
            p.fillRect(QRectF(box.left(), box.bottom() - px(2), box.width(), px(3)), color("accent"))
        ink = "disabled_ink" if not self.isEnabled() else "accent" if on else "ink"
        draw_text(p, QRectF(self.rect()).adjusted(4, 0, -4, 0), self.text(), k.body, bold=on, ink=ink, align=CENTER)


class Choice(QWidget):
    """Two to five options side by side; at first none is chosen unless `current` says so.

    Options are texts or (value, text) pairs. One tab stop; arrows move and choose, digits 1..n choose, Space chooses.
    `changed` carries the value after an act of the user.
    """

    changed = Signal(object)

    def __init__(
        self,
        options: Sequence[str | tuple[object, str]],
        current: object = None,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        pairs = [(o, o) if isinstance(o, str) else o for o in options]
        if any(value is None for value, _ in pairs):
            raise ValueError("None means that nothing is chosen; give the option a value of its own")
        if not 2 <= len(pairs) <= 5:
            raise ValueError("Choice is for two to five options; take a Combo for more")
        self._values: list[object] = [value for value, _ in pairs]
        self.buttons = [_Segment(self, text, i == 0, i == len(pairs) - 1) for i, (_, text) in enumerate(pairs)]
        for i, button in enumerate(self.buttons):
            button.clicked.connect(lambda _=False, i=i: self._choose(i))
        self.setLayout(hbox(*self.buttons, spacing=0))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        if name:
            self.setAccessibleName(name)
        self._index = -1
        self._mark(self._values.index(current) if current in self._values else -1)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        for button in self.buttons:
            button.setAccessibleName(f"{name}: {button.text()}" if name else button.text())

    def value(self) -> object:
        """The chosen value, None while nothing is chosen."""
        return self._values[self._index] if self._index >= 0 else None

    def set_value(self, value: object) -> None:
        """Choose without telling `changed`; None chooses nothing."""
        self._mark(self._values.index(value) if value in self._values else -1)

    def text(self) -> str:
        return self.buttons[self._index].text() if self._index >= 0 else ""

    def _mark(self, index: int) -> None:
        self._index = index
        stop = max(index, 0)
        for i, button in enumerate(self.buttons):
            button.setChecked(i == index)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if i == stop else Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(self.buttons[stop])
        restyle(self, state="")

    def _choose(self, index: int) -> None:
        before = self._index
        self._mark(index)
        if index != before:
            self.changed.emit(self.value())

    def take_key(self, button: QAbstractButton, event: QKeyEvent) -> bool:
        """Arrows and digits of a focused segment; True when the key was used."""
        count = len(self.buttons)
        here = self.buttons.index(button)  # type: ignore[arg-type]
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
        key = Qt.Key(event.key())
        if key in steps:
            target = (here + steps[key]) % count
        elif event.text().isdigit() and 1 <= int(event.text()) <= count:
            target = int(event.text()) - 1
        else:
            return False
        self._choose(target)
        self.buttons[target].setFocus(Qt.FocusReason.TabFocusReason)
        return True
