"""Which call stands large on the display, which ones wait for it, which ones were before. Pure."""

from __future__ import annotations

from collections import deque

from ilp_desk.rows.queue import Board, Call

BEFORE = 3


class Turns:
    """Two rooms may call in the same second: each call is shown in its turn, none is lost.

    shown: the large one, None before the first of the day.
    """

    def __init__(self) -> None:
        self.shown: Call | None = None
        self._calls: tuple[Call, ...] = ()
        self._waiting: deque[Call] = deque()
        self._seen: int | None = None

    def take(self, board: Board) -> tuple[Call, ...]:
        """Take in a newer board; gives the calls made since the one before, oldest first. What was called before the
        display was opened is shown, not called out."""
        first = self._seen is None
        fresh = () if first else tuple(c for c in reversed(board.calls) if c.event_id > (self._seen or 0))
        self._seen = max(self._seen or 0, board.latest)
        self._calls = board.calls
        known = {call.event_id for call in board.calls}
        self._waiting = deque(call for call in (*self._waiting, *fresh) if call.event_id in known)
        if self.shown is None or self._gone(self.shown, board):
            self.shown = next((c for c in board.calls if c not in self._waiting), None)
        return fresh

    def _gone(self, shown: Call, board: Board) -> bool:
        """Whether the large call was taken back or is of yesterday; one that was called again or pushed off the board
        by newer ones stays until its time is over."""
        ids = [call.event_id for call in board.calls]
        if shown.event_id in ids or shown.ticket in [call.ticket for call in self._waiting]:
            return False
        return not (len(ids) > BEFORE and shown.event_id < min(ids))

    @property
    def waiting(self) -> bool:
        """Whether another call wants to be the large one."""
        return bool(self._waiting)

    def step(self) -> Call:
        """Make the next call the large one; only where one waits."""
        self.shown = self._waiting.popleft()
        return self.shown

    @property
    def before(self) -> tuple[str, ...]:
        """Tickets called before the large one, newest first."""
        if self.shown is None:
            return ()
        return tuple(c.ticket for c in self._calls if c.event_id < self.shown.event_id)[:BEFORE]
