"""What a person at the keyboard does with a window, for tests of widgets."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

TAB, LEFT, RIGHT = Qt.Key.Key_Tab, Qt.Key.Key_Left, Qt.Key.Key_Right
UP, DOWN, ENTER, ESC = Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Escape


def shown(window: QWidget) -> QWidget:
    """Show a window and wait until it has the keyboard."""
    window.show()
    QTest.qWaitForWindowExposed(window)
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    return window


def focused() -> QWidget | None:
    """The widget that has the keyboard."""
    return QApplication.focusWidget()
