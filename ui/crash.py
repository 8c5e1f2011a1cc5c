"""An error nobody foresaw: a line in the log, a code on the screen, and the window lives on.

The log names the kind of error and the places in the code, never its message: messages of databases and of Python carry
the values they stumbled over, and those may be a name or a NIK.
"""

from __future__ import annotations

import hashlib
import logging
import sys
import threading
import time
import traceback
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal

log = logging.getLogger(__name__)

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Signs that are not mixed up on the telephone."""
CALM_SECONDS = 2.0
"""The same error so soon after its screen was closed comes from repainting, not from anything somebody did."""


def places(error: BaseException) -> list[str]:
    """Where it happened, outermost first: file, line and function, nothing that was in them."""
    found: list[str] = []
    inner: BaseException | None = error
    while inner is not None:
        found.append(type(inner).__name__)
        for frame in traceback.extract_tb(inner.__traceback__):
            found.append(f"{frame.filename}:{frame.lineno} in {frame.name}")
        inner = inner.__cause__ or (None if inner.__suppress_context__ else inner.__context__)
    return found


def code_of(error: BaseException) -> str:
    """The code people report, like K-7Q3F2: the same error at the same place has the same code on every PC."""
    frames = traceback.extract_tb(error.__traceback__)
    where = [f"{frame.name}:{frame.lineno}" for frame in frames[-2:]]
    digest = hashlib.sha256("|".join([type(error).__name__, *where]).encode()).digest()
    return "K-" + "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:5])


class CrashReporter(QObject):
    """Takes errors from Qt slots, threads and the runner; logs all of them, and asks for one screen at a time.

    show: puts the code in front of people; called on the GUI thread, not again before `shown_is_closed`.
    """

    _happened = Signal(str)

    def __init__(self, show: Callable[[str], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._show = show
        self._open = False
        self._closed: tuple[str, float] = ("", 0.0)
        self._code = ""
        self._hooks = (sys.excepthook, threading.excepthook)
        # Queued also on the GUI thread: the error may have come from the middle of a paint event.
        self._happened.connect(self._on_screen, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """From now on every error nobody catches comes here."""
        sys.excepthook = self._hook
        threading.excepthook = self._thread_hook

    def remove(self) -> None:
        """Give the hooks back as they were."""
        sys.excepthook, threading.excepthook = self._hooks

    def report(self, error: BaseException, quiet: bool = False) -> str:
        """Log it and, unless quiet, show it; from any thread. Gives its code."""
        code = code_of(error)
        log.error("unforeseen error %s: %s", code, " > ".join(places(error)))
        if not quiet:
            self._happened.emit(code)
        return code

    def shown_is_closed(self) -> None:
        """The screen with the code was closed: a later error may be shown."""
        self._open = False
        self._closed = (self._code, time.monotonic())

    def _on_screen(self, code: str) -> None:
        last, when = self._closed
        if self._open or (code == last and time.monotonic() - when < CALM_SECONDS):
            return
        self._open, self._code = True, code
        self._show(code)

    def _hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._hooks[0](kind, error, trace)
            return
        self.report(error.with_traceback(trace))

    def _thread_hook(self, happened: threading.ExceptHookArgs) -> None:
        if happened.exc_value is not None:
            self.report(happened.exc_value)
