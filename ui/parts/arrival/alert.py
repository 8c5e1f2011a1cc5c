"""An emergency that was called before its person stood on the screen."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal

from ui.widgets import Banner

PENDING_MS = 60_000
"""An emergency is opened within a minute of the call; later the next person opened is somebody else."""


class PendingAlert(Banner):
    """Shown as long as it waits. expired: nobody was opened in time, so that somebody has to be told.

    `call` notes a sign, `take` gives it to the person it is about, `drop` forgets it.
    """

    expired = Signal()

    def __init__(self) -> None:
        super().__init__("danger", "Darurat")
        self.sign: str | None = None
        self._person_uid = ""
        self._wait = QTimer(self, singleShot=True, interval=PENDING_MS)
        self._wait.timeout.connect(self._expire)
        self.hide()

    def call(self, sign: str, words: str, person_uid: str = "") -> None:
        """sign: code of danger_signs.toml or ""; words: its label; person_uid: whom it is about ("": the next one)."""
        self.sign, self._person_uid = sign, person_uid
        self.set("danger", f"Darurat: {words or 'tanda lain'}.", "Buka orangnya; Esc membatalkan.")
        self._wait.start()
        self.show()

    def take(self, person_uid: str) -> str | None:
        """The sign for this person, once; None where none waits for them."""
        if self.sign is None or self._person_uid not in ("", person_uid):
            return None
        sign = self.sign
        self.drop()
        return sign

    def drop(self) -> bool:
        """Forget it; False where none waited."""
        waited, self.sign = self.sign is not None, None
        self._wait.stop()
        self.hide()
        return waited

    def _expire(self) -> None:
        if self.drop():
            self.expired.emit()
