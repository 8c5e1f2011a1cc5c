"""The suite draws on a screen of its own choice and says which."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLineEdit

from tests import screen

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot


@pytest.mark.parametrize(
    ("environment", "installed", "choice", "words"),
    [
        ({}, True, "xvfb", "Xvfb"),
        ({}, False, "offscreen", "not installed"),
        ({"ILP_DESK_TEST_PLATFORM": "offscreen"}, True, "offscreen", "by choice"),
        ({"QT_QPA_PLATFORM": "offscreen"}, True, "offscreen", "by choice"),
        ({"ILP_DESK_TEST_PLATFORM": "xvfb", "QT_QPA_PLATFORM": "offscreen"}, True, "xvfb", "Xvfb"),
    ],
)
@pytest.mark.skipif(sys.platform != "linux", reason="Xvfb is a thing of Linux")
def test_the_choice_of_screen(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], installed: bool, choice: str, words: str
) -> None:
    for name in ("ILP_DESK_TEST_PLATFORM", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}" if installed else None)
    assert screen.chosen() == choice
    assert words in screen.described()


@pytest.mark.skipif(not shutil.which("Xvfb"), reason="Xvfb is not installed here")
def test_a_server_of_its_own_comes_and_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ILP_DESK_TEST_PLATFORM", "xvfb")
    for name in ("DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.setenv(name, "somebody's own")
    own = screen.Screen()
    display = os.environ["DISPLAY"]
    assert (display[0], os.environ["QT_QPA_PLATFORM"]) == (":", "xcb")
    socket = f"/tmp/.X11-unix/X{display[1:]}"
    assert os.path.exists(socket)
    own.close()
    assert not os.path.exists(socket)


def test_windows_are_drawn_where_the_suite_said(qapp: QApplication, qtbot: QtBot) -> None:
    assert qapp.platformName() == os.environ["QT_QPA_PLATFORM"]
    field = QLineEdit("Sri Wahyuni")
    qtbot.addWidget(field)
    with qtbot.waitExposed(field):
        field.show()
    picture = field.grab().toImage()
    colours = {picture.pixel(x, y) for x in range(picture.width()) for y in range(picture.height())}
    assert len(colours) > 8, "no text was drawn: is a font installed?"


def test_a_text_cursor_does_not_blink(qapp: QApplication) -> None:
    assert qapp.cursorFlashTime() == 0
