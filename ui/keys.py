"""One registry of keys a screen: no key twice, none that robs an editor, every one of them in the hints and in F1.

self.keys = Keys(self, "Pendaftaran")
self.keys.bind("F3", "pasien baru", self.new_patient)
self.keys.note("↑↓", "pilih")           # handled by the widget itself, told all the same
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

SHELL_KEYS = (
    "F1",
    "F9",
    "Esc",
    "Ctrl+L",
    "Ctrl+Shift+L",
    "Ctrl+Z",
    "Ctrl++",
    "Ctrl+=",
    "Ctrl+-",
    "Ctrl+0",
    *(f"Ctrl+{n}" for n in range(1, 9)),
)
"""Bound by the shell on every screen; a screen that wants one of them too is refused."""

_ROBS_EDITORS = frozenset(
    (
        *("Up", "Down", "Left", "Right", "Home", "End", "PgUp", "PgDown"),
        *("Return", "Enter", "Space", "Tab", "Shift+Tab", "Backspace", "Del"),
        *("Ctrl+A", "Ctrl+C", "Ctrl+V", "Ctrl+X"),
    )
)
_TWINS = {"Ctrl+Return": "Ctrl+Enter"}
"""The Enter of the number pad is another key to Qt, the same to people."""


@dataclass(frozen=True, slots=True)
class Hint:
    """A key as people read it and what it does. bar: whether it is worth a place in the status bar."""

    key: str
    text: str
    bar: bool = True


def spelled(sequence: str) -> str:
    """The key as it stands on a key cap: "Ctrl+Return" is "Ctrl+Enter"."""
    plain = QKeySequence(sequence).toString(QKeySequence.SequenceFormat.PortableText)
    return _TWINS.get(plain, plain)


class Keys(QObject):
    """The keys of one widget (a screen, a sheet, the shell); a child of it.

    title: heading in the F1 sheet; reserved: keys that are not to be had. They work while the widget is visible and
    `set_active` has not switched them off, as the shell does for the screen below an open sheet.
    """

    def __init__(self, widget: QWidget, title: str, reserved: Sequence[str] = SHELL_KEYS) -> None:
        super().__init__(widget)
        self.title = title
        self._widget = widget
        self._reserved = frozenset(map(_plain, reserved))
        self._shortcuts: dict[str, QShortcut] = {}
        self._hints: list[Hint] = []
        self._active = True

    def bind(self, sequence: str, text: str, slot: Callable[[], object], bar: bool = True) -> QShortcut:
        """Call `slot` at this key. ValueError: not a key, taken already, the shell's, or one an editor needs."""
        shortcut = self._shortcut(sequence, slot)
        self._hints.append(Hint(spelled(sequence), text, bar))
        return shortcut

    def bind_row(self, prefix: str, count: int, text: str, slot: Callable[[int], object], bar: bool = True) -> None:
        """Bind prefix1 ... prefixN ("Alt+", 6) to `slot(0)` ... `slot(N - 1)`; one hint for all: Alt+1…6."""
        for n in range(1, count + 1):
            self._shortcut(f"{prefix}{n}", partial(slot, n - 1))
        self._hints.append(Hint(f"{prefix}1…{count}" if count > 1 else f"{prefix}1", text, bar))

    def bind_also(self, sequence: str, slot: Callable[[], object]) -> None:
        """Bind a second key for something that has its hint already (Ctrl+= beside Ctrl++)."""
        self._shortcut(sequence, slot)

    def note(self, key: str, text: str, bar: bool = True) -> None:
        """Tell of a key the widget handles by itself (arrows, Enter)."""
        self._hints.append(Hint(key, text, bar))

    def hints(self) -> tuple[Hint, ...]:
        return tuple(self._hints)

    def bar(self) -> tuple[tuple[str, str], ...]:
        """What goes into the status bar, in order of binding."""
        return tuple((hint.key, hint.text) for hint in self._hints if hint.bar)

    def set_active(self, on: bool) -> None:
        """Switch all keys on or off."""
        self._active = on
        for shortcut in self._shortcuts.values():
            shortcut.setEnabled(on)

    def _shortcut(self, sequence: str, slot: Callable[[], object]) -> QShortcut:
        plain = _plain(sequence)
        if plain in self._reserved:
            raise ValueError(f"{sequence} belongs to the shell")
        if plain in self._shortcuts:
            raise ValueError(f"{sequence} is bound twice in {self.title}")
        shortcut = QShortcut(self._widget)
        shortcut.setKeys([QKeySequence(key) for key in (plain, _TWINS.get(plain, "")) if key])
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        shortcut.setAutoRepeat(False)
        shortcut.setEnabled(self._active)
        shortcut.activated.connect(slot)
        self._shortcuts[plain] = shortcut
        return shortcut


def _plain(sequence: str) -> str:
    """One spelling for one key. ValueError for what is no key, or one that combos, buttons and editors live by."""
    keys = QKeySequence(sequence)
    plain = keys.toString(QKeySequence.SequenceFormat.PortableText)
    if keys.count() != 1 or not plain or keys == QKeySequence(Qt.Key.Key_unknown):
        raise ValueError(f"not a key: {sequence}")
    plain = next((key for key, twin in _TWINS.items() if twin == plain), plain)
    if plain in _ROBS_EDITORS or (len(plain) == 1 and not plain.isspace()):
        raise ValueError(f"{sequence} is handled in the widget, never window-wide")
    return plain
