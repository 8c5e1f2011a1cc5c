"""Everything that touches the database, a file, a printer or the network runs here, never on the GUI thread.

    runner.write(work, done, failed)        one ordered thread: commands
    runner.read(key, work, done, failed)    two threads: questions, the newest of a key wins
    runner.device(work, done, failed)       one ordered thread: printers and other things with wires
    runner.long(arguments, done, ...)       a separate process with progress: imports, checks, backups

`work` runs elsewhere and must not touch a widget. `done` and `failed` run on the GUI thread. If the widget they belong
to has gone meanwhile, they are not called. Errors: an `ilp_desk.errors.UserError` goes to `failed`, or, without one,
`sentence` is emitted. Any other exception emits `crashed` and then goes to `failed`, so that the screen can let go.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Signal
from shiboken6 import isValid

from ilp_desk.errors import UserError
from ui.lanes import Job, NewestLane, OrderedLane, Outcome
from ui.long_lane import LongLane, LongTask, Progress

log = logging.getLogger(__name__)

T = TypeVar("T")
Done = Callable[[T], None]
Failed = Callable[[Exception], None]


def gone(callback: object) -> bool:
    """Whether a Qt object this callback would touch (its self, bound arguments, closure) has been deleted."""
    return any(not isValid(thing) for thing in _things(callback) if isinstance(thing, QObject))


def _things(callback: object) -> Iterator[object]:
    if isinstance(callback, partial):
        yield from callback.args
        yield from callback.keywords.values()
        yield from _things(callback.func)
        return
    yield getattr(callback, "__self__", None)
    function = getattr(callback, "__func__", callback)
    for cell in getattr(function, "__closure__", None) or ():
        try:
            yield cell.cell_contents
        except ValueError:
            yield None  # a name of the closure that has not been given a value yet


class Runner(QObject):
    """The lanes of one window.

    busy(on): something visible is being worked on; sentence(text): an error for people nobody else shows;
    crashed(error, quiet): an error nobody foresaw; quiet: in work nobody watches, so it is logged and not shown.
    """

    busy = Signal(bool)
    sentence = Signal(str)
    crashed = Signal(object, bool)
    _over = Signal(object)

    def __init__(self, parent: QObject | None = None, read_threads: int = 2) -> None:
        super().__init__(parent)
        self._write, self._device = OrderedLane("write"), OrderedLane("device")
        self._read = NewestLane("read", read_threads)
        self._long = LongLane(self)
        self._newest: dict[str, int] = {}
        self._numbers = 0
        self._outstanding = self._visible = self._writing = 0
        self._closed = False
        self._over.connect(self._run_here, Qt.ConnectionType.QueuedConnection)

    @property
    def working(self) -> bool:
        """Whether something the user waits for is outstanding."""
        return self._visible > 0

    @property
    def writing(self) -> bool:
        """Whether commands are outstanding."""
        return self._writing > 0

    def write(self, work: Callable[[], T], done: Done[T], failed: Failed | None = None) -> None:
        """Carry out a command; commands are done one after the other in this order."""
        self._writing += 1
        deliver = self._begin(done, failed, after=self._wrote)
        if not self._write.put(Job(work, self._send(deliver))):
            deliver(None)
            log.warning("a command given after closing was not carried out")

    def device(self, work: Callable[[], T], done: Done[T], failed: Failed | None = None) -> None:
        """Talk to a printer; ordered, and in nobody's way: a command never waits for a dead printer."""
        deliver = self._begin(done, failed)
        if not self._device.put(Job(work, self._send(deliver))):
            deliver(None)

    def read(
        self, key: str, work: Callable[[], T], done: Done[T], failed: Failed | None = None, quiet: bool = False
    ) -> None:
        """Answer a question. A newer question with the same key makes this one void: it is not run if it still
        waits, and its answer is dropped if it already runs. quiet: nobody watches it (polling)."""
        self._numbers += 1
        number = self._newest[key] = self._numbers
        deliver = self._begin(done, failed, current=lambda: self._newest.get(key) == number, quiet=quiet)
        report = self._send(deliver)
        replaced = self._read.put(key, Job(work, report))
        if replaced is not None:
            replaced.report(Outcome())

    def forget(self, key: str) -> None:
        """Nobody wants the answer of this key any more."""
        self._newest.pop(key, None)
        dropped = self._read.drop(key)
        if dropped is not None:
            dropped.report(Outcome())

    def long(
        self,
        arguments: Sequence[str],
        done: Done[Mapping[str, Any]],
        failed: Failed | None = None,
        progress: Callable[[Progress], None] | None = None,
        feed: bytes = b"",
    ) -> LongTask:
        """Run this program with `arguments` in a process of its own (`ui.long_lane` has the protocol).

        done gets what the process said last as its result. One process at a time; later ones wait their turn. The desk
        goes on meanwhile: `busy` says nothing of it.
        `LongTask.cancel()` ends it; then `failed` gets `ui.long_lane.Cancelled`.
        """

        def tell(step: Progress) -> None:
            if progress is not None and not gone(progress):
                progress(step)

        return self._long.put(arguments, feed, self._send(self._begin(done, failed, waited_for=False)), tell)

    def idle(self, milliseconds: int = 10_000) -> bool:
        """For tests: let the window live until every lane is empty and every answer delivered."""
        end = time.monotonic() + milliseconds / 1000
        loop = QEventLoop()
        look = QTimer(interval=1)
        look.timeout.connect(lambda: None if self._outstanding and time.monotonic() < end else loop.quit())
        look.start()
        # A timer may begin new work in the very pass that ended the old one: only what is quiet afterwards is quiet.
        while self._outstanding and time.monotonic() < end:
            loop.exec()
        return not self._outstanding

    def close(self, seconds: float = 30) -> bool:
        """End all lanes: commands that were given are finished, questions dropped, processes ended.

        No callback is called after this. False if a thread still hangs after `seconds`.
        """
        self._closed = True
        self._long.close()
        for lane in (self._read, self._device, self._write):
            lane.close()
        write_ended = self._write.join(seconds)
        return all((self._read.join(5), self._device.join(5), write_ended))

    def _begin(
        self,
        done: Callable[[Any], None],
        failed: Failed | None,
        current: Callable[[], bool] = lambda: True,
        after: Callable[[], None] = lambda: None,
        quiet: bool = False,
        waited_for: bool = True,
    ) -> Callable[[Outcome | None], None]:
        """Count a piece of work in; gives the function that delivers its outcome and counts it out."""
        unseen = quiet or not waited_for
        self._count(1, unseen)

        def deliver(outcome: Outcome | None) -> None:
            after()
            self._count(-1, unseen)
            if outcome is None or self._closed:
                return
            if outcome.error is not None:
                if not isinstance(outcome.error, UserError):
                    self.crashed.emit(outcome.error, quiet)
                if current():
                    self._fail(outcome.error, failed)
            elif current() and not gone(done):
                done(outcome.value)

        return deliver

    def _fail(self, error: Exception, failed: Failed | None) -> None:
        if failed is not None:
            if not gone(failed):
                failed(error)
        elif isinstance(error, UserError):
            self.sentence.emit(error.sentence)

    def _send(self, deliver: Callable[[Outcome | None], None]) -> Callable[[Outcome], None]:
        def report(outcome: Outcome) -> None:
            if not self._closed:
                self._over.emit(partial(deliver, outcome))

        return report

    def _run_here(self, call: Callable[[], None]) -> None:
        call()

    def _wrote(self) -> None:
        self._writing -= 1

    def _count(self, step: int, unseen: bool) -> None:
        self._outstanding += step
        if unseen:
            return
        before, self._visible = self._visible, self._visible + step
        if bool(before) != bool(self._visible):
            self.busy.emit(bool(self._visible))
