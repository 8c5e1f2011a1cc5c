"""Somebody at the registration desk who works by keyboard alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.desk_window import DeskWindow
from ui.scanner import Scan, ScanKind
from ui.screens.registration import RegistrationPage
from ui.widgets import Sheet, Toast

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.house import House

Key = Qt.Key


class Clerk:
    """Types and counts: one key press or one scan is one action."""

    def __init__(self, qtbot: QtBot, house: House) -> None:
        self.desk = DeskWindow(qtbot, house, "registration", screen="registration")
        page = self.desk.page
        assert isinstance(page, RegistrationPage)
        self.page = page
        self.presses = 0

    def type(self, text: str) -> None:
        QTest.keyClicks(self.page.search.edit, text)
        self.wait()

    def wait(self) -> None:
        QTest.qWait(60)
        self.desk.idle()

    def press(self, key: Qt.Key, widget: QWidget | None = None) -> None:
        self.presses += 1
        QTest.keyClick(widget or QApplication.focusWidget() or self.page.search.edit, key)
        self.wait()

    def scan(self, kind: ScanKind, value: str) -> None:
        self.presses += 1
        taker = self.page.taker()
        assert taker is not None
        taker(Scan(kind, value))
        self.wait()

    def find(self, text: str) -> None:
        """Type a name and open the first one."""
        self.type(text)
        self.press(Key.Key_Return)

    def write(self, text: str) -> None:
        """Type where the focus is."""
        QTest.keyClicks(QApplication.focusWidget() or self.page.search.edit, text)
        self.wait()

    @property
    def sheet(self) -> Sheet | None:
        return self.desk.window.overlays.open_sheet

    @property
    def toast(self) -> str:
        """What the newest toast says, or ""."""
        toasts = [t for t in self.desk.window.findChildren(Toast) if t.isVisible()]
        return toasts[-1].accessibleName() if toasts else ""
