"""In the program's own process, for `opening`: waits for the first paint, signs in, types a name, waits for rows."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from ui.app import Application
    from ui.screens.registration import RegistrationPage

LOOK_MS = 2
ASKED = "siti"


class FirstDay(QObject):
    """From the sign-in window to rows on the registration screen.

    Imports nothing the program has not imported itself by then. moment, memory: as of `opening`, which is the main
    module.
    """

    def __init__(
        self,
        application: Application,
        account: tuple[str, str],
        moment: Callable[[], dict[str, float]],
        memory: Callable[[], int],
        tell: Callable[[dict[str, Any]], None],
    ) -> None:
        super().__init__(application)
        self._application, self._account, self._tell = application, account, tell
        self._moment, self._memory = moment, memory
        self.said: dict[str, Any] = {}
        self._hashing = 0.0
        self._page: RegistrationPage | None = None
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self._look_for_the_desk)
        application.window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget):
            watched.removeEventFilter(self)
            # When the event loop turns again the window is on the screen.
            QTimer.singleShot(0, self, self._painted if self._page is None else self._ready)
        return False

    def _painted(self) -> None:
        self.said["first"] = self._moment()
        self._measure_hashing()
        page = self._application.sign_in
        user, password = self._account
        page.name.setText(user)
        page.password.setText(password)
        page.enter()
        self._look.start()

    def _measure_hashing(self) -> None:
        """How long checking the password takes, which is slow on purpose."""
        from ilp_desk.services.passwords import Argon2Passwords

        fits = Argon2Passwords.fits

        def watched(hasher: Argon2Passwords, stored: str, word: str) -> bool:
            began = time.monotonic()
            try:
                return fits(hasher, stored, word)
            finally:
                self._hashing = time.monotonic() - began

        Argon2Passwords.fits = watched  # type: ignore[method-assign, assignment]

    def _look_for_the_desk(self) -> None:
        main = self._application.main
        page: Any = main.page if main is not None else None
        if not hasattr(page, "search"):
            return
        if self._page is None:
            self._page = page
            page.search.edit.insert(ASKED)
        elif page.model.rowCount():
            self._look.stop()
            page.view.viewport().installEventFilter(self)
            page.view.viewport().update()

    def _ready(self) -> None:
        self.said["ready"] = self._moment()
        self.said["argon2"] = self._hashing
        QCoreApplication.processEvents()
        self.said["memory"] = self._memory()
        self._tell(self.said)
