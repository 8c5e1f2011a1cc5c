"""What a person at the keyboard does with a window: reads what stands there, types, presses keys.

Widgets are found by what a person (or a screen reader) calls them, so a control without a name cannot be used at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QWidget

from ilp_desk.errors import UserError
from ui.widgets import inside

W = TypeVar("W", bound=QWidget)
Key = Qt.Key
NO_KEY = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


class NotThere(UserError):
    """Nothing on the screen is called that."""


def called(widget: QWidget) -> str:
    """What a widget is called: its accessible name, else the text on it."""
    name = widget.accessibleName()
    return name or str(widget.text() if isinstance(widget, QAbstractButton) else "")


def seen(window: QWidget, kind: type[W]) -> Iterator[W]:
    """Everything of a kind that is on the screen and can be used."""
    for widget in inside(window, kind):
        if widget.isVisible() and widget.isEnabled():
            yield widget


def find(window: QWidget, name: str, kind: type[W], *, typing: bool = False) -> W:
    """What is called `name`, or begins so; the last one made, for sheets lie over pages. typing: it takes the keyboard.

    Raises NotThere.
    """
    wanted = name.casefold()
    found = [widget for widget in seen(window, kind) if called(widget).casefold().startswith(wanted)]
    if typing:
        found = [widget for widget in found if widget.focusPolicy() != Qt.FocusPolicy.NoFocus]
    exact = [widget for widget in found if called(widget).casefold() == wanted]
    if not found:
        raise NotThere(f"Di layar tidak ada {name!r}.")
    return (exact or found)[-1]


def there(window: QWidget, name: str, kind: type[QWidget] = QWidget) -> bool:
    """Whether something called so is on the screen."""
    return any(called(widget).casefold().startswith(name.casefold()) for widget in seen(window, kind))


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = NO_KEY) -> None:
    """Press a key where the keyboard is."""
    QTest.keyClick(_keyboard(), key, modifier)


def type_text(text: str) -> None:
    """Type where the keyboard is, over what is selected."""
    widget = _keyboard()
    for sign in text:
        if sign == "\n":
            QTest.keyClick(widget, Key.Key_Return)
        elif sign.isascii():
            QTest.keyClicks(widget, sign)
        else:  # no key of its own: an input method hands such a sign over as text
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(widget, QKeyEvent(kind, 0, NO_KEY, sign))


def fill(window: QWidget, name: str, text: str) -> None:
    """Put the cursor into a field and type; what stood there goes."""
    field = find(window, name, QWidget, typing=True)
    field.setFocus(Qt.FocusReason.TabFocusReason)
    if hasattr(field, "selectAll"):
        field.selectAll()
    type_text(text)


def choose(window: QWidget, name: str, text: str) -> None:
    """Choose the entry of a list that begins with `text`. Raises NotThere."""
    box = find(window, name, QComboBox)
    place = next((n for n in range(box.count()) if box.itemText(n).casefold().startswith(text.casefold())), None)
    if place is None:
        raise NotThere(f"Di {name!r} tidak ada pilihan {text!r}.")
    box.setCurrentIndex(place)
    box.activated.emit(place)


def click(window: QWidget, name: str) -> None:
    """Press a button with the mouse."""
    QTest.mouseClick(find(window, name, QAbstractButton), Qt.MouseButton.LeftButton)


def _keyboard() -> QWidget:
    widget = QApplication.focusWidget() or QApplication.activeWindow()
    if widget is None:
        raise NotThere("Tidak ada yang memegang papan ketik.")
    return widget
