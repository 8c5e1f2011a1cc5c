"""The voice of the waiting room: espeak-ng, one call after the other, in a thread of its own.

A computer without the program, or without a loudspeaker, is no error: the display shows the numbers all the same.
"""

from __future__ import annotations

import logging
import shutil
import subprocess
import threading
from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from ilp_desk.settings import Calling
from ui.lanes import Job, OrderedLane, Outcome

log = logging.getLogger(__name__)

PROGRAM = "espeak-ng"
LANGUAGE = "id"
WORDS_A_MINUTE = 130
LONGEST_S = 30
"""A loudspeaker that is stuck must not hold up the calls behind it for ever."""
_NO_CONSOLE = getattr(subprocess, "CREATE_NO_WINDOW", 0)


class VoiceState(Enum):
    """Whether calls can be heard; the value is what people read."""

    OFF = "Suara dimatikan."
    READY = "Suara siap."
    ABSENT = "Tanpa suara: program espeak-ng belum terpasang di komputer ini."
    FAILED = "Suara tidak keluar. Periksa pengeras suara komputer ini."


def spoken_command(program: str, text: str, volume: int, extra: Sequence[str] = ()) -> list[str]:
    """The argument list that says `text`. volume: percent; espeak-ng counts to 200."""
    return [program, "-v", LANGUAGE, "-s", str(WORDS_A_MINUTE), "-a", str(2 * volume), *extra, "--", text]


class Voice(QObject):
    """Says texts in the order they were given.

    changed: another VoiceState; emitted from the voice's thread. extra: further arguments of the program.
    """

    changed = Signal(object)

    def __init__(self, calling: Calling, parent: QObject | None = None, extra: Sequence[str] = ()) -> None:
        super().__init__(parent)
        self._calling, self._extra = calling, tuple(extra)
        self._state = VoiceState.READY if calling.voice else VoiceState.OFF
        self._lane = OrderedLane("voice")
        self.destroyed.connect(self._lane.close)
        self._lock = threading.Lock()
        self._running: subprocess.Popen[bytes] | None = None
        self._closed = False
        self._look()

    @property
    def state(self) -> VoiceState:
        return self._state

    def set(self, calling: Calling) -> None:
        """Speak otherwise from the next call on; switched off, the present one ends at once."""
        self._calling = calling
        if not calling.voice:
            self._silence()
        self._look()

    def say(self, text: str) -> None:
        """Say it when those before it have been said."""
        if self._calling.voice:
            self._lane.put(Job(lambda: self._speak(text), self._report))

    def close(self) -> None:
        """Fall silent, now; what was waiting is not said."""
        self._closed = True
        self._silence()
        self._lane.close()
        self._lane.join(2)

    def _look(self) -> None:
        self._lane.put(Job(self._found, self._report))

    def _found(self) -> VoiceState:
        if not self._calling.voice:
            return VoiceState.OFF
        return VoiceState.READY if shutil.which(PROGRAM) else VoiceState.ABSENT

    def _speak(self, text: str) -> VoiceState:
        program = shutil.which(PROGRAM)
        state = VoiceState.READY if program else VoiceState.ABSENT
        for _ in range(self._calling.times):
            if not self._calling.voice:
                return VoiceState.OFF
            if program is None or self._closed or state is VoiceState.FAILED:
                break
            state = self._run(spoken_command(program, text, self._calling.volume, self._extra))
        return state

    def _run(self, command: Sequence[str]) -> VoiceState:
        with self._lock:
            if self._closed:
                return VoiceState.READY
            self._running = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                creationflags=_NO_CONSOLE,
            )
        process = self._running
        try:
            _, said = process.communicate(timeout=LONGEST_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            return VoiceState.FAILED
        finally:
            self._running = None
        if self._told_to_stop():
            return VoiceState.READY
        # Without a sound card it ends well and only says so.
        heard = process.returncode == 0 and not any(line.startswith(b"error:") for line in said.splitlines())
        return VoiceState.READY if heard else VoiceState.FAILED

    def _told_to_stop(self) -> bool:
        return self._closed or not self._calling.voice

    def _silence(self) -> None:
        with self._lock:
            if self._running is not None:
                self._running.terminate()

    def _report(self, outcome: Outcome) -> None:
        state = VoiceState.FAILED if outcome.error is not None else outcome.value
        if outcome.error is not None:
            log.warning("the voice could not speak: %s", type(outcome.error).__name__)
        if state is self._state or self._closed or not isValid(self):
            return
        self._state = state
        log.info("voice: %s", state.name.lower())
        self.changed.emit(state)
