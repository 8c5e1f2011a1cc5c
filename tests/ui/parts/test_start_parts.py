"""What stands before the desk: which way out of which trouble, where a set-up goes on, Caps Lock."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ilp_desk.rows.site import SetupProgress
from ui.parts.start.new_password import NewPassword
from ui.parts.start.password import PasswordEdit, capitals
from ui.parts.start.steps import CODES, STEPS, where_to_go_on
from ui.parts.start.ways_out import HELP, OTHER, Way, help_for

PROJECT = Path(__file__).resolve().parents[3]


def codes_in_the_program() -> set[str]:
    """Every code a DatabaseTrouble is raised with while a database is opened."""
    found: set[str] = set()
    for folder in ("db", "ilp_desk/commands"):
        for file in (PROJECT / folder).rglob("*.py"):
            text = file.read_text("utf-8")
            found |= set(re.findall(r"DatabaseTrouble\(\s*\"([a-z_]+)\"", text))
    return found


def test_every_trouble_of_opening_has_a_calm_title_and_a_way_on() -> None:
    later = {"copy_differs", "code_unchanged"}  # of a copy or a new code, never of opening
    for code in codes_in_the_program() - later:
        help_ = help_for(code)
        assert help_.title
        assert help_.ways
        assert code in HELP, f"{code} would be told as {OTHER.title}"


def test_who_has_lost_the_key_is_asked_for_the_code_first() -> None:
    assert help_for("no_key").ways[0] is Way.CODE
    assert help_for("needs_passphrase").ways[0] is Way.PASSPHRASE
    assert help_for("damaged").ways[0] is Way.COPY
    assert Way.AFRESH not in help_for("wrong_key").ways, "never over a database that is there"


@pytest.mark.parametrize(
    ("progress", "step"),
    [
        (SetupProgress(), "facility"),
        (SetupProgress(facility=True), "areas"),
        (SetupProgress(facility=True, villages=2), "points"),
        (SetupProgress(facility=True, villages=2, points=14), "points"),
        (SetupProgress(facility=True, villages=2, points=14, managers=1), "numbers"),
    ],
)
def test_an_interrupted_set_up_goes_on_at_the_first_open_step(progress: SetupProgress, step: str) -> None:
    assert CODES[where_to_go_on(progress)] == step


def test_the_recovery_code_is_the_last_step() -> None:
    assert STEPS[-1].code == "recovery"
    assert len(set(CODES)) == len(CODES)
    assert all(step.words.endswith(".") for step in STEPS)


@pytest.mark.parametrize(
    ("typed", "shift", "on"),
    [
        ("A", False, True),
        ("a", True, True),
        ("a", False, False),
        ("A", True, False),
        ("1", False, None),
        ("", True, None),
        ("م", False, None),
    ],
)
def test_a_letter_tells_of_caps_lock(typed: str, shift: bool, on: bool | None) -> None:
    assert capitals(typed, shift) is on


def test_caps_lock_is_told_while_the_password_is_typed(dressed: None, qtbot: QtBot) -> None:
    edit = PasswordEdit()
    qtbot.addWidget(edit)
    told: list[bool] = []
    edit.caps.connect(told.append)
    QTest.keyClick(edit, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier)
    edit.keyPressEvent(_key("A"))
    edit.keyPressEvent(_key("B"))
    edit.keyPressEvent(_key("c"))
    assert told == [True, False]
    assert edit.echoMode() == PasswordEdit.EchoMode.Password


def _key(text: str) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, ord(text.upper()), Qt.KeyboardModifier.NoModifier, text)


def test_a_new_password_is_typed_twice_alike(dressed: None, qtbot: QtBot) -> None:
    panel = NewPassword()
    qtbot.addWidget(panel)
    wanted: list[str] = []
    panel.wanted.connect(wanted.append)
    panel.new.setText("danau-biru-7")
    panel.again.setText("danau-biru-8")
    panel.enter()
    assert wanted == []
    assert "berbeda" in panel.again_field.sentence.text()
    panel.again.setText("danau-biru-7")
    panel.enter()
    assert wanted == ["danau-biru-7"]
    panel.refuse("Terlalu mudah.")
    assert panel.new_field.sentence.text() == "Terlalu mudah."
