"""The ways into one data folder: set up, opened, recovered, restored, or filled with samples."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ilp_desk.bootstrap import SYSTEM, open_desk
from ilp_desk.clock import Clock
from ilp_desk.commands._opening import key_of
from ilp_desk.errors import DatabaseTrouble
from ilp_desk.rows.safekeeping import CopyRow
from ilp_desk.settings import Machine, Settings, load, save

if TYPE_CHECKING:
    from ilp_desk.desk import Desk
    from ilp_desk.ports import Passwords

SAMPLES = "contoh"
"""Folder of the sample data, inside the data folder."""
_WORTH_OFFERING = ("desk-*.db", "desk.before-*.db", "desk.replaced-*.db")


@dataclass(frozen=True, slots=True)
class FolderDoors:
    """The `Doors` of the windows. sample: these data are invented; passwords: a cheaper hasher for tests."""

    machine: Machine
    sample: bool = False
    clock: Clock = field(default_factory=Clock)
    passwords: Passwords | None = None

    @property
    def password(self) -> str:
        from ilp_desk.services.demo import PASSWORD

        return PASSWORD if self.sample else ""

    def enter(self, passphrase: str | None = None) -> Desk | None:
        machine = self.machine
        self._local()
        if not machine.database.exists():
            if machine.key_file.exists():
                raise DatabaseTrouble(
                    "missing",
                    f"Kuncinya ada, tetapi berkas {machine.database.name} tidak ditemukan. Pasang cakramnya, "
                    "kembalikan berkasnya ke folder ini, atau buka salinan cadangan.",
                )
            return None
        return self._open(key_of(machine, passphrase))

    def create(self) -> tuple[Desk, str]:
        from db.keys import key_from_code, new_recovery_code, write_key_file

        machine = self.machine
        self._local()
        if machine.database.exists() or machine.key_file.exists():
            raise DatabaseTrouble("in_use", "Di folder ini sudah ada data. Tutup program, lalu buka lagi.")
        code = new_recovery_code()
        key = key_from_code(code)
        self._make_folder()
        # The key first: a database without its key would be lost, a key without a database is noticed and put aside.
        write_key_file(machine.key_file, key)
        return self._open(key), code

    def recover(self, code: str) -> Desk:
        from db.rekey import recover

        key = recover(self.machine.database, self.machine.key_file, code)
        return self._open(key)

    def copies(self) -> tuple[CopyRow, ...]:
        machine, found = self.machine, []
        for folder, patterns in ((machine.backups, _WORTH_OFFERING[:1]), (machine.data, _WORTH_OFFERING[1:])):
            for pattern in patterns:
                for path in folder.glob(pattern):
                    told = path.stat()
                    at = datetime.fromtimestamp(told.st_mtime, self.clock.local().tzinfo)
                    found.append(CopyRow(path, at, told.st_size))
        return tuple(sorted(found, key=lambda copy: copy.at, reverse=True))

    def restore(self, copy: Path, code: str | None) -> Desk:
        from db.keys import key_from_code, read_key, write_key_file
        from db.restore import restore

        machine = self.machine
        key = key_from_code(code) if code else read_key(machine.key_file)
        self._make_folder()
        restore(copy, key, machine.database, self.clock.local())
        if code:
            write_key_file(machine.key_file, key)
        return self._open(key)

    def put_key_aside(self) -> None:
        key_file, stamp = self.machine.key_file, f"{self.clock.local():%Y%m%d-%H%M%S}"
        if not self.machine.database.exists() and key_file.exists():
            key_file.rename(key_file.with_name(f"desk.key.replaced-{stamp}"))

    def has_samples(self) -> bool:
        return (self.machine.data / SAMPLES / "desk.db").exists()

    def try_out(self, afresh: bool) -> FolderDoors:
        """The sample data: kept from last time, or made now (some seconds)."""
        from ilp_desk.commands.demo import new_desk
        from ilp_desk.services.demo import DemoOrder

        self._local()
        folder = self.machine.data / SAMPLES
        if afresh and folder.exists():
            shutil.rmtree(folder)
        machine = load(folder)
        if not machine.database.exists():
            desk = new_desk(machine.database, machine.key_file, self.clock)
            try:
                desk.demo.fill(SYSTEM, DemoOrder())
            finally:
                desk.close()
        return replace(self, machine=machine, sample=True)

    def keep(self, settings: Settings) -> None:
        save(settings, self.machine.file)

    def _open(self, key: bytes) -> Desk:
        return open_desk(self.machine.database, key, self.clock, self.passwords)

    def _local(self) -> None:
        """Refuse a network folder before anything is written there."""
        from db.engine import network_path

        if network_path(self.machine.data):
            raise DatabaseTrouble(
                "network_path",
                "Data tidak boleh diletakkan di folder jaringan: dua komputer yang menulis bersama dapat merusaknya. "
                "Pindahkan foldernya ke cakram komputer ini, lalu coba lagi.",
            )

    def _make_folder(self) -> None:
        folder = self.machine.data
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as trouble:
            raise DatabaseTrouble(
                "unreadable", f"Folder {folder} tidak dapat dibuat. Periksa ruang cakram dan izin foldernya."
            ) from trouble
