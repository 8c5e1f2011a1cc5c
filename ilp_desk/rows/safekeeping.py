"""Copies of the database and what a check of it found."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class CopyRow:
    """A verified copy. at: when it was made, at the facility; size in bytes; rows: of all tables, None where unread."""

    path: Path
    at: datetime
    size: int
    rows: int | None = None


@dataclass(frozen=True, slots=True)
class WayIn:
    """What opens the data a desk is open on: the folder, and the 32-byte key, which is never shown."""

    folder: Path
    key: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One thing that was checked, and the sentence that tells it."""

    code: str
    ok: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class SafeState:
    """database: its file; size in bytes; key: machine, passphrase or a code of trouble; copies: newest first."""

    database: Path
    size: int
    key: str
    folder: Path
    copies: tuple[CopyRow, ...]
    idle_minutes: int
