"""What can be done about data that do not open: which way for which trouble. No Qt here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Way(StrEnum):
    AGAIN = "again"
    PASSPHRASE = "passphrase"
    CODE = "code"
    COPY = "copy"
    AFRESH = "afresh"


@dataclass(frozen=True, slots=True)
class Help:
    """title: what happened, calmly; ways: what can be done, best first."""

    title: str
    ways: tuple[Way, ...]


_KEY = (Way.CODE, Way.AGAIN)
_FILE = (Way.COPY, Way.AGAIN)
HELP: Mapping[str, Help] = {
    "needs_passphrase": Help("Kata sandi pembuka", (Way.PASSPHRASE, Way.CODE)),
    "wrong_passphrase": Help("Kata sandi pembuka tidak cocok", (Way.PASSPHRASE, Way.CODE)),
    "no_key": Help("Kunci data tidak ada di komputer ini", _KEY),
    "key_damaged": Help("Berkas kunci rusak", _KEY),
    "key_elsewhere": Help("Kunci ini dibuat di komputer lain", _KEY),
    "key_unreadable": Help("Berkas kunci tidak dapat dibaca", _KEY),
    "key_unwritable": Help("Berkas kunci tidak dapat ditulis", _KEY),
    "wrong_code": Help("Bukan kode untuk data ini", _KEY),
    "wrong_key": Help("Kunci tidak cocok dengan data", (Way.CODE, Way.COPY, Way.AGAIN)),
    "foreign_file": Help("Kunci tidak cocok dengan data", (Way.COPY, Way.CODE, Way.AGAIN)),
    "damaged": Help("Berkas data rusak", _FILE),
    "not_encrypted": Help("Ini bukan berkas data ILP Desk", _FILE),
    "missing": Help("Berkas data tidak ada", (Way.COPY, Way.AGAIN, Way.AFRESH)),
    "unknown": Help("Isi berkas data tidak dikenal", _FILE),
    "references": Help("Pembaruan data gagal", _FILE),
    "migration_failed": Help("Pembaruan data gagal", _FILE),
    "newer": Help("Data ini lebih baru daripada program", (Way.AGAIN,)),
    "network_path": Help("Data ada di folder jaringan", (Way.AGAIN,)),
    "disk_full": Help("Cakram penuh", (Way.AGAIN,)),
    "disk": Help("Cakram bermasalah", (Way.AGAIN, Way.COPY)),
    "busy": Help("Data sedang dipakai", (Way.AGAIN,)),
    "in_use": Help("Data sedang dipakai", (Way.AGAIN,)),
    "unreadable": Help("Berkas data tidak dapat dibuka", (Way.AGAIN,)),
    "target_unreachable": Help("Folder tidak dapat ditulis", (Way.AGAIN,)),
    "pragmas": Help("Data tidak dapat dibuka dengan aman", (Way.AGAIN,)),
}
OTHER = Help("Data tidak dapat dibuka", (Way.AGAIN, Way.COPY))


def help_for(code: str) -> Help:
    """What to offer for a DatabaseTrouble's code."""
    return HELP.get(code, OTHER)
