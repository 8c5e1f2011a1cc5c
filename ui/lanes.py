"""Threads that work while the window stays alive. No Qt: a lane is handed work and says when it is over.

`report` is called in the lane's own thread, exactly once for every piece of work that was run.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a piece of work: its value, or the error it ended with."""

    value: Any = None
    error: Exception | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """work: runs in the lane; report: takes the outcome."""

    work: Callable[[], Any]
    report: Callable[[Outcome], None]

    def run(self) -> None:
        try:
            outcome = Outcome(value=self.work())
        except Exception as error:  # noqa: BLE001 - whatever goes wrong in a lane is told in the window
            outcome = Outcome(error=error)
        self.report(outcome)


class OrderedLane:
    """One thread, one piece of work after the other, in the order they were given."""

    def __init__(self, name: str) -> None:
        self._jobs: deque[Job] = deque()
        self._wake = threading.Condition()
        self._closed = False
        self._thread = threading.Thread(target=self._loop, name=name, daemon=True)
        self._thread.start()

    def put(self, job: Job) -> bool:
        """Queue it. False once the lane is closed: the job will not run."""
        with self._wake:
            if self._closed:
                return False
            self._jobs.append(job)
            self._wake.notify()
            return True

    def close(self) -> None:
        """Take nothing more. What is queued is still done: nothing that was promised is lost."""
        with self._wake:
            self._closed = True
            self._wake.notify_all()

    def join(self, seconds: float) -> bool:
        """Wait for the end of the thread; False if it still works after that time."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _loop(self) -> None:
        while True:
            with self._wake:
                self._wake.wait_for(lambda: bool(self._jobs) or self._closed)
                if not self._jobs:
                    return
                job = self._jobs.popleft()
            job.run()


class NewestLane:
    """A few threads that answer questions; of questions with the same key only the newest waiting one is run."""

    def __init__(self, name: str, threads: int = 2) -> None:
        self._waiting: dict[str, Job] = {}
        self._wake = threading.Condition()
        self._closed = False
        self._threads = [
            threading.Thread(target=self._loop, name=f"{name}-{n}", daemon=True) for n in range(1, threads + 1)
        ]
        for thread in self._threads:
            thread.start()

    def put(self, key: str, job: Job) -> Job | None:
        """Queue a question; gives back the one it replaces (that one never runs), or `job` itself when closed."""
        with self._wake:
            if self._closed:
                return job
            # A key keeps its place in the line, so fast typing cannot push its own question back for ever.
            replaced = self._waiting.get(key)
            self._waiting[key] = job
            self._wake.notify()
            return replaced

    def drop(self, key: str) -> Job | None:
        """Take back a question that has not begun; gives it back, or None."""
        with self._wake:
            return self._waiting.pop(key, None)

    def close(self) -> None:
        """Take nothing more and drop what waits: nobody is there to read the answers."""
        with self._wake:
            self._closed = True
            self._waiting.clear()
            self._wake.notify_all()

    def join(self, seconds: float) -> bool:
        """Wait for the end of the threads, `seconds` each; False if one still works after that time."""
        for thread in self._threads:
            thread.join(seconds)
        return not any(thread.is_alive() for thread in self._threads)

    def _loop(self) -> None:
        while True:
            with self._wake:
                self._wake.wait_for(lambda: bool(self._waiting) or self._closed)
                if self._closed:
                    return
                job = self._waiting.pop(next(iter(self._waiting)))
            job.run()
