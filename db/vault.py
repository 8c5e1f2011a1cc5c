"""The open database as a file: the `Vault` of the ports over copies, checks and the key file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from db import backup, integrity, keys, rekey
from db.engine import open_engines
from db.sqlite_file import connect
from db.store import SqlStore
from ilp_desk.clock import Clock
from ilp_desk.errors import DatabaseTrouble
from ilp_desk.rows.safekeeping import CopyRow, FindingRow, WayIn


class FileVault:
    """Over the file a store has open. The key file and the usual folder of copies lie beside it."""

    def __init__(self, store: SqlStore, database: Path, key: bytes, clock: Clock) -> None:
        self._store, self._database, self._key, self._clock = store, database, key, clock
        self._key_file = database.with_name("desk.key")

    @property
    def database(self) -> Path:
        return self._database

    @property
    def copies_folder(self) -> Path:
        return self._database.parent / "backup"

    def way_in(self) -> WayIn:
        return WayIn(self._database.parent, self._key)

    def back_up(self, folder: Path, progress: Callable[[int, int], None] | None = None) -> CopyRow:
        at = self._clock.local()
        made = backup.back_up(self._database, self._key, folder, at, progress=progress)
        return CopyRow(made.path, at, made.size, made.rows)

    def copies(self, folder: Path) -> tuple[CopyRow, ...]:
        try:
            found = backup.copies(folder, self._key)
            return tuple(CopyRow(path, _made_at(path, self._clock), path.stat().st_size) for path in found)
        except OSError:
            return ()  # no folder, or a stick that is not plugged in: nothing to show

    def findings(self) -> Iterator[FindingRow]:
        for found in integrity.findings(self._database, self._key):
            yield FindingRow(found.code, found.ok, found.sentence)

    def key_state(self) -> str:
        try:
            return "passphrase" if keys.needs_passphrase(self._key_file) else "machine"
        except DatabaseTrouble as trouble:
            return trouble.code

    def new_code(self) -> str:
        return keys.new_recovery_code()

    def opens(self, code: str) -> bool:
        return keys.key_from_code(code) == self._key

    def same_code(self, one: str, other: str) -> bool:
        return keys.key_from_code(one) == keys.key_from_code(other)

    def change_code(self, code: str, passphrase: str | None = None) -> None:
        with self._store.stopped():
            rekey.change_recovery_code(self._database, self._key_file, code, passphrase=passphrase)
            self._key = keys.key_from_code(code)
            self._store.use(open_engines(self._database, self._key))

    def change_start(self, passphrase: str | None, old: str | None = None) -> None:
        if self.key_state() == "passphrase":
            keys.read_key(self._key_file, old)
        connect(self._database, self._key).close()
        keys.write_key_file(self._key_file, self._key, passphrase=passphrase)


def _made_at(path: Path, clock: Clock) -> datetime:
    """The instant in a copy's name (`desk-1a2b3c-20261121-081400.db`), facility's wall clock."""
    day, hour = path.stem.split("-")[2:4]
    return datetime.strptime(day + hour, "%Y%m%d%H%M%S").replace(tzinfo=clock.local().tzinfo)
