"""Long work in a process of its own: an import of a million rows must not slow the desk down.

The process is this program with other arguments (`ilp-desk import patients FILE ...`). It speaks JSON, one object a
line, on its standard output; other lines are ignored:

    {"done": 12000, "total": 100000, "text": "12.000 dari 100.000 baris"}     progress, as often as it likes
    {"result": {...}}                                                          once, at the end, with exit code 0
    {"error": "Berkas tidak dapat dibaca. ..."}                                a sentence for people, exit code not 0

What must not stand in an argument (a key) is fed to its standard input, which is then closed. Cancelling terminates the
process, so it must commit in whole batches.
"""

from __future__ import annotations

import json
import sys
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer

from ilp_desk.errors import DeskError, UserError
from ui.lanes import Outcome

KILL_AFTER_MS = 3000


class Cancelled(UserError):
    """The user stopped it."""

    default = "Dihentikan. Yang sudah disimpan sebelum dihentikan tetap ada."


class ProcessDied(DeskError):
    """The process ended without a result and without a sentence."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is. total: 0 where it is not known."""

    done: int
    total: int
    text: str


@dataclass
class LongTask:
    """A running or waiting process; the handle a screen keeps to cancel it."""

    arguments: tuple[str, ...]
    feed: bytes
    deliver: Callable[[Outcome], None]
    progress: Callable[[Progress], None] | None
    cancelled: bool = False
    outcome: Outcome | None = None
    stop: Callable[[], None] = field(default=lambda: None)

    def cancel(self) -> None:
        """Stop it, or take it out of the queue. May be called twice."""
        if not self.cancelled:
            self.cancelled = True
            self.stop()


def program(arguments: Sequence[str]) -> tuple[str, list[str]]:
    """Executable and arguments that start this program again, from source or frozen into one folder."""
    if getattr(sys, "frozen", False):
        return sys.executable, list(arguments)
    return sys.executable, ["-m", "ilp_desk", *arguments]


class LongLane(QObject):
    """One process at a time, on the GUI thread's event loop."""

    def __init__(self, parent: QObject, start: Callable[[Sequence[str]], tuple[str, list[str]]] = program) -> None:
        super().__init__(parent)
        self.start = start
        self._queue: deque[LongTask] = deque()
        self._task: LongTask | None = None
        self._process: QProcess | None = None

    def put(
        self,
        arguments: Sequence[str],
        feed: bytes,
        deliver: Callable[[Outcome], None],
        progress: Callable[[Progress], None] | None,
    ) -> LongTask:
        task = LongTask(tuple(arguments), feed, deliver, progress)
        task.stop = lambda: self._stop(task)
        self._queue.append(task)
        self._next()
        return task

    def close(self) -> None:
        """End the running process and forget those that wait."""
        self._queue.clear()
        process, self._process, self._task = self._process, None, None
        if process is not None:
            process.blockSignals(True)
            process.kill()
            process.waitForFinished(KILL_AFTER_MS)

    def _next(self) -> None:
        if self._process is not None or not self._queue:
            return
        self._task = self._queue.popleft()
        process = self._process = QProcess(self)
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert("PYTHONIOENCODING", "utf-8")
        environment.insert("PYTHONUNBUFFERED", "1")
        process.setProcessEnvironment(environment)
        process.setStandardErrorFile(QProcess.nullDevice())
        process.readyReadStandardOutput.connect(self._read)
        process.finished.connect(self._finished)
        process.errorOccurred.connect(self._error)
        executable, arguments = self.start(self._task.arguments)
        feed = self._task.feed
        process.start(executable, arguments)
        if process.state() != QProcess.ProcessState.NotRunning:
            process.write(feed)
            process.closeWriteChannel()

    def _read(self) -> None:
        process, task = self._process, self._task
        while process is not None and task is not None and process.canReadLine():
            self._line(task, bytes(process.readLine().data()))

    def _line(self, task: LongTask, line: bytes) -> None:
        message = _message(line)
        if "result" in message:
            task.outcome = Outcome(value=message["result"])
        elif "error" in message:
            task.outcome = Outcome(error=UserError(str(message["error"])))
        elif "done" in message and task.progress is not None and not task.cancelled:
            task.progress(Progress(int(message["done"]), int(message.get("total", 0)), str(message.get("text", ""))))

    def _stop(self, task: LongTask) -> None:
        if task in self._queue:
            self._queue.remove(task)
            task.deliver(Outcome(error=Cancelled()))
        elif task is self._task and self._process is not None:
            process = self._process
            process.terminate()
            # Windows has no gentle end for a process without a window.
            QTimer.singleShot(0 if sys.platform == "win32" else KILL_AFTER_MS, process, process.kill)

    def _error(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self._finished(-1)

    def _finished(self, code: int) -> None:
        process, task = self._process, self._task
        if process is None or task is None:
            return
        while process.bytesAvailable():
            self._line(task, bytes(process.readLine().data()))
        self._process = self._task = None
        process.deleteLater()
        task.deliver(_outcome(task, code))
        self._next()


def _message(line: bytes) -> Mapping[str, Any]:
    try:
        message = json.loads(line)
    except ValueError:
        return {}  # a library that prints to standard output is none of our business
    return message if isinstance(message, dict) else {}


def _outcome(task: LongTask, code: int) -> Outcome:
    """What the end means. A result that was reached counts even if cancelling came too late."""
    if task.outcome is not None and task.outcome.error is None and code == 0:
        return task.outcome
    if task.cancelled:
        return Outcome(error=Cancelled())
    if task.outcome is not None and task.outcome.error is not None:
        return task.outcome
    return Outcome(error=ProcessDied(f"the long process ended with code {code}"))
