"""Lets transactions through, or keeps them waiting while the file itself is being changed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from ilp_desk.errors import DatabaseTrouble

PATIENCE = 20.0
"""Seconds to wait for transactions under way; each is short, a longer one is an export or an import."""


class Gate:
    """One database file in one process."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._inside = 0
        self._shut = False

    @contextmanager
    def through(self) -> Iterator[None]:
        """Around every use of the file; waits while the gate is shut."""
        with self._changed:
            self._changed.wait_for(lambda: not self._shut)
            self._inside += 1
        try:
            yield
        finally:
            with self._changed:
                self._inside -= 1
                self._changed.notify_all()

    @contextmanager
    def shut(self) -> Iterator[None]:
        """Nobody is inside while the block runs. Raises DatabaseTrouble("in_use") where somebody does not leave."""
        with self._changed:
            self._changed.wait_for(lambda: not self._shut)
            self._shut = True
            alone = self._changed.wait_for(lambda: self._inside == 0, PATIENCE)
        try:
            if not alone:
                raise DatabaseTrouble(
                    "in_use", "Basis data masih dipakai pekerjaan lain. Tunggu sampai selesai, lalu coba lagi."
                )
            yield
        finally:
            with self._changed:
                self._shut = False
                self._changed.notify_all()
