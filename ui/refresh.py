"""Polls the change feed and tells screens what changed, by whichever desk or program it was done."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from ilp_desk.changes import Change
from ui.runner import Runner

INTERVAL_MS = 500
AFTER_TROUBLE_MS = 5000
KEY = "refresh.changes"


class Refresh(QObject):
    """changed(topic, uid, actor uid): once for every topic and record of a poll, oldest first. Screens decide.

    reachable(on): the feed could not be read, or can be read again; polling goes on at a slower pace meanwhile.
    since, last: `Desk.changes` and `Desk.last_change`; they are called off the GUI thread.
    """

    changed = Signal(str, str, str)
    reachable = Signal(bool)

    def __init__(
        self,
        runner: Runner,
        since: Callable[[int], Sequence[Change]],
        last: Callable[[], int],
        interval_ms: int = INTERVAL_MS,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._runner, self._since, self._last = runner, since, last
        self._interval = interval_ms
        self._position: int | None = None
        self._well = True
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.poll)

    def start(self) -> None:
        """Begin: only what happens from now on is told."""
        self.poll()

    def stop(self) -> None:
        """Tell nothing more."""
        self._timer.stop()
        self._runner.forget(KEY)

    def poll(self) -> None:
        """Look now, as after an own command."""
        self._timer.stop()
        position, since, last = self._position, self._since, self._last

        def look() -> tuple[int, Sequence[Change]]:
            if position is None:
                return last(), ()
            news = since(position)
            return (news[-1].seq if news else position), news

        self._runner.read(KEY, look, self._tell, self._trouble, quiet=True)

    def _tell(self, answer: tuple[int, Sequence[Change]]) -> None:
        self._position, news = answer
        self._set_well(True)
        # A record changed three times within a poll is read once.
        for topic, uid, actor in dict.fromkeys((change.topic, change.uid, change.actor) for change in news):
            self.changed.emit(topic, uid, actor)
        # A full page of the feed may not be all of it.
        self._timer.start(0 if news else self._interval)

    def _trouble(self, error: Exception) -> None:
        self._set_well(False)
        self._timer.start(AFTER_TROUBLE_MS)

    def _set_well(self, on: bool) -> None:
        if on != self._well:
            self._well = on
            self.reachable.emit(on)
