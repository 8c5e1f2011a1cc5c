"""Keys work from every editor, never twice, and are told."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.keys import SHELL_KEYS, Hint, Keys, spelled

SHIFT, CTRL, ALT = (
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)
DESK_KEYS = ("F2", "F3", "F4", "F6", "F7", "F8", "Ctrl+P")
ROOM_KEYS = ("Ctrl+J", "Ctrl+Shift+J", "Ctrl+K", "Ctrl+I", "Ctrl+R", "Ctrl+S", "Ctrl+Return")


class Room(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.editors: list[QWidget] = [QLineEdit(), QPlainTextEdit(), QComboBox(), QPushButton("Simpan")]
        box = QVBoxLayout(self)
        for editor in self.editors:
            box.addWidget(editor)
        self.keys = Keys(self, "Pelayanan")
        self.done: list[str] = []


@pytest.fixture
def room(qapp: QApplication, qtbot: QtBot) -> Room:
    made = Room()
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def press(widget: QWidget, sequence: str) -> None:
    *modifiers, name = sequence.split("+")
    key = getattr(Qt.Key, f"Key_{name}")
    held = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        held |= {"Ctrl": CTRL, "Shift": SHIFT, "Alt": ALT}[modifier]
    QTest.keyClick(widget, key, held)


@pytest.mark.parametrize("sequence", [*DESK_KEYS, *ROOM_KEYS])
def test_every_key_of_the_screens_fires_from_every_editor(room: Room, qtbot: QtBot, sequence: str) -> None:
    room.keys.bind(sequence, "kerjakan", lambda: room.done.append(sequence))
    for editor in room.editors:
        editor.setFocus()
        qtbot.waitUntil(editor.hasFocus)
        press(editor, sequence)
    assert room.done == [sequence] * len(room.editors)


def test_the_enter_of_the_number_pad_is_an_enter(room: Room) -> None:
    room.keys.bind("Ctrl+Enter", "selesai", lambda: room.done.append("finish"))
    press(room.editors[0], "Ctrl+Enter")
    press(room.editors[1], "Ctrl+Return")
    assert room.done == ["finish", "finish"]
    with pytest.raises(ValueError, match="twice"):
        room.keys.bind("Ctrl+Return", "selesai", lambda: None)


def test_a_row_of_keys_tells_which_one(room: Room) -> None:
    tabs: list[int] = []
    room.keys.bind_row("Alt+", 6, "tab", tabs.append)
    press(room.editors[0], "Alt+1")
    press(room.editors[0], "Alt+6")
    assert tabs == [0, 5]
    assert room.keys.hints() == (Hint("Alt+1…6", "tab"),)


@pytest.mark.parametrize("again", ["F3", "f3", " F3"])
def test_no_key_twice_in_a_screen(room: Room, again: str) -> None:
    room.keys.bind("F3", "pasien baru", lambda: None)
    with pytest.raises(ValueError, match="twice"):
        room.keys.bind(again, "lain", lambda: None)


@pytest.mark.parametrize("sequence", SHELL_KEYS)
def test_the_shells_keys_are_not_to_be_had(room: Room, sequence: str) -> None:
    with pytest.raises(ValueError, match="belongs to the shell"):
        room.keys.bind(sequence, "kunci", lambda: None)


@pytest.mark.parametrize("sequence", ["Up", "Down", "Return", "Enter", "Space", "Tab", "A", "1", "Ctrl+A"])
def test_keys_that_editors_live_by_are_refused(room: Room, sequence: str) -> None:
    with pytest.raises(ValueError, match="never window-wide"):
        room.keys.bind(sequence, "pilih", lambda: None)


@pytest.mark.parametrize("sequence", ["", "Ctrl+Nonsense", "Ctrl+K, Ctrl+L"])
def test_what_is_no_key_is_refused(room: Room, sequence: str) -> None:
    with pytest.raises(ValueError, match="not a key"):
        room.keys.bind(sequence, "apa", lambda: None)


def test_hints_come_in_the_order_told_and_only_short_ones_reach_the_bar(room: Room) -> None:
    room.keys.bind("F2", "cari", lambda: None)
    room.keys.note("↑↓", "pilih")
    room.keys.bind("Ctrl+Return", "selesai", lambda: None)
    room.keys.bind("F6", "cetak kartu", lambda: None, bar=False)
    assert room.keys.bar() == (("F2", "cari"), ("↑↓", "pilih"), ("Ctrl+Enter", "selesai"))
    assert len(room.keys.hints()) == 4


def test_keys_of_a_screen_below_a_sheet_are_silent(room: Room) -> None:
    room.keys.set_active(False)
    room.keys.bind("F3", "pasien baru", lambda: room.done.append("F3"))
    press(room.editors[0], "F3")
    assert room.done == []
    room.keys.set_active(True)
    press(room.editors[0], "F3")
    assert room.done == ["F3"]


def test_keys_of_a_hidden_screen_are_silent(room: Room, qtbot: QtBot) -> None:
    inner = QWidget()
    layout = room.layout()
    assert layout is not None
    layout.addWidget(inner)
    keys = Keys(inner, "Antrean")
    keys.bind("F3", "pasien baru", lambda: room.done.append("hidden"))
    inner.hide()
    press(room.editors[0], "F3")
    assert room.done == []


@pytest.mark.parametrize(
    ("sequence", "cap"), [("Ctrl+Return", "Ctrl+Enter"), ("Ctrl+Shift+J", "Ctrl+Shift+J"), ("F9", "F9"), ("Esc", "Esc")]
)
def test_keys_are_spelled_as_on_the_keyboard(qapp: QApplication, sequence: str, cap: str) -> None:
    assert spelled(sequence) == cap
