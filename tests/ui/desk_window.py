"""The real window of somebody in a house of its own: real services, real runner, real pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from ilp_desk.settings import Settings
from tests.house import House
from ui.main_window import MainWindow
from ui.navigation import SCREENS
from ui.page import Page
from ui.runner import Runner
from ui.theme import NORMAL, apply

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


class DeskWindow:
    """window: the shell; runner: its lanes. `idle` waits until nothing is under way."""

    def __init__(self, qtbot: QtBot, house: House, *roles: str, desk: str = "Loket 1", screen: str = "") -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            apply(app, NORMAL)
        self.qtbot, self.house = qtbot, house
        self.runner = Runner()
        self.settings = Settings(desk=desk)
        facility = house.facility.name if house.facility else ""
        self.window = MainWindow(
            house.desk, house.actor(*roles, desk=desk), self.runner, self.settings, facility, screens=SCREENS
        )
        qtbot.addWidget(self.window, before_close_func=lambda _: self.close())
        self.window.resize(1366, 768)
        self.window.show()
        qtbot.waitExposed(self.window)
        self.window.activateWindow()
        self.window.start(screen)
        self.idle()

    @property
    def page(self) -> Page:
        """The page that is open; fails the test where there is none."""
        page = self.window.page
        assert page is not None, "no page is open"
        return page

    def idle(self) -> None:
        """Wait until every lane is empty and every answer delivered."""
        assert self.runner.idle(), "the lanes did not become empty"
        QApplication.processEvents()

    def close(self) -> None:
        self.window.refresh.stop()
        self.runner.close()
