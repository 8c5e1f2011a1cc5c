"""Little databases for the tests of keys, migrations, copies and checks: migrated once, written out per test."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from db import audit
from db.engine import open_engines
from db.migrate import migrate
from db.sqlite_file import opened

PROJECT = Path(__file__).resolve().parents[2]
KEY = bytes(range(32))
OTHER_KEY = bytes(range(1, 33))
MORNING = datetime(2026, 11, 21, 8, 41, 52, tzinfo=UTC)


@cache
def _empty() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "desk.db"
        migrate(path, KEY)
        return path.read_bytes()


def new_database(folder: Path, announcements: int = 0) -> Path:
    """A migrated database named desk.db with this many rows in the change feed (200 bytes each)."""
    path = folder / "desk.db"
    path.write_bytes(_empty())
    announce(path, announcements)
    return path


def announce(path: Path, rows: int, key: bytes = KEY) -> None:
    with opened(path, key) as raw:
        raw.execute("BEGIN IMMEDIATE")
        raw.executemany(
            "INSERT INTO change (topic, uid, actor, desk, at)"
            " VALUES ('visit', ?, '', '', '2026-11-21 01:41:52.000000')",
            ((f"{number:0200}",) for number in range(rows)),
        )
        raw.execute("COMMIT")


def announced(path: Path, key: bytes = KEY) -> int:
    """Rows of the change feed, as a program that opens the file finds them."""
    with opened(path, key) as raw:
        return int(raw.execute("SELECT count(*) FROM change").fetchone()[0])


def write_audit(path: Path, *desks: str, key: bytes = KEY) -> None:
    """One audit row for each name of a desk, in this order, written as the program does it."""
    engines = open_engines(path, key)
    try:
        for number, desk in enumerate(desks):
            with engines.write.begin() as connection:
                chain = audit.Chain(connection, desk)
                at = MORNING + timedelta(minutes=number)
                chain.append(at, "staff", "visit.register", f"subject {number}", {"after": {"number": number}})
                chain.close()
    finally:
        engines.dispose()


def run(program: str, *words: str) -> subprocess.CompletedProcess[str]:
    """The program in a process of its own, in the project's folder."""
    command = [sys.executable, "-c", program, *words]
    return subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)


def tamper(path: Path, *statements: str, key: bytes = KEY) -> None:
    """Change rows behind the program's back: the guards are taken off and put on again."""
    with opened(path, key) as raw:
        guards = _guards(raw)
        for name, _ in guards:
            raw.execute(f'DROP TRIGGER "{name}"')
        for statement in statements:
            raw.execute(statement)
        for _, text in guards:
            raw.execute(text)


def _guards(raw: Any) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = raw.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%RAISE(ABORT%'"
    ).fetchall()
    return found
