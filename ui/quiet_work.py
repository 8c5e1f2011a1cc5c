"""In moments when nobody touches the desk: makes outlines for the lists anew, a few at a time.

Lists never wait for it, they read what is old by themselves; it only makes them quicker.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from ilp_desk.domain.staff import Actor
from ilp_desk.services.life_cycle.recall import Recall
from ilp_desk.work import may
from ui.runner import Runner

KEY = "quiet.outlines"
QUIET_S = 3.0
"""So long without a key or click before anything is begun."""
BATCH = 60
"""People at a time: a search that comes meanwhile waits for a few of them at most."""
NEXT_MS, LATER_MS = 250, 60_000
"""Between two batches, and when there is nothing to do."""


class QuietWork(QObject):
    """untouched: seconds since the last key or click."""

    def __init__(self, parent: QObject, runner: Runner, recall: Recall, actor: Actor, untouched: Callable[[], float]):
        super().__init__(parent)
        self._runner, self._recall, self._actor, self._untouched = runner, recall, actor, untouched
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Begin, unless this actor changes nothing at all."""
        if may(self._actor, "recall.keep"):
            self._timer.start(NEXT_MS)

    def stop(self) -> None:
        """Begin nothing more."""
        self._timer.stop()
        self._runner.forget(KEY)

    def look(self) -> None:
        """Do one batch, if nobody is at the desk just now."""
        if self._runner.working or self._runner.writing or self._untouched() < QUIET_S:
            self._timer.start(round(QUIET_S * 1000))
            return
        recall, actor = self._recall, self._actor
        self._runner.read(KEY, lambda: recall.renew(actor, BATCH), self._done, self._failed, quiet=True)

    def _done(self, many: int) -> None:
        self._timer.start(NEXT_MS if many else LATER_MS)

    def _failed(self, _: Exception) -> None:
        self._timer.start(LATER_MS)  # it is told where the data cannot be reached; here it is only tried again
