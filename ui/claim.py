"""Which desk names are open on one data folder: two windows may work at once, but not under the same name."""

from __future__ import annotations

import hashlib
from pathlib import Path

from PySide6.QtCore import QLockFile


class Claim:
    """A desk name taken for as long as this program runs; a crash gives it back by itself. Blocks shortly."""

    def __init__(self, folder: Path, desk: str) -> None:
        digest = hashlib.sha256(" ".join(desk.split()).casefold().encode()).hexdigest()[:12]
        self._lock = QLockFile(str(folder / f"desk-{digest}.lock"))
        self._lock.setStaleLockTime(0)

    def take(self) -> bool:
        """Whether the name was free. Where the folder cannot be written, opening the data will tell it better."""
        return self._lock.tryLock(0) or self._lock.error() != QLockFile.LockError.LockFailedError

    def give_back(self) -> None:
        """The window closes, or takes another name."""
        self._lock.unlock()
