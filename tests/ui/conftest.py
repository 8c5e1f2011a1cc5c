"""The look and an empty window for tests of widgets: ask for `dressed` and `stage`."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui.theme import NORMAL, apply, use


@pytest.fixture
def dressed(qapp: QApplication) -> Iterator[None]:
    """The application in its normal look, whatever a test before made of it."""
    assert apply(qapp, NORMAL) == ()
    yield
    use(NORMAL)


@pytest.fixture
def stage(dressed: None, qtbot: QtBot) -> QWidget:
    """An empty window of 900x600, not shown yet."""
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 600)
    return window
