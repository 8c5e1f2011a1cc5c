"""Errors of the desk. Only `UserError` and its children carry a sentence that may be shown to people."""

from __future__ import annotations


class DeskError(Exception):
    """Root of everything this program raises on purpose."""


class UserError(DeskError):
    """An error made for people: `sentence` is plain Indonesian and says what to do."""

    default = "Tidak dapat dilanjutkan. Periksa isian, lalu coba lagi."

    def __init__(self, sentence: str = "") -> None:
        self.sentence = sentence or self.default
        super().__init__(self.sentence)


class InvalidInput(UserError):
    """A value that cannot be accepted; `field` names the input it stands beside."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


class NotAllowed(UserError):
    """The actor's roles do not include this act."""

    default = "Peran Anda belum diberi hak untuk ini. Minta kepala Puskesmas atau admin mengaturnya di Manajemen."


class NotFound(UserError):
    default = "Data tidak ditemukan. Mungkin sudah dibatalkan atau digabung; cari lagi."


class Conflict(UserError):
    """Somebody else changed the same row first (optimistic lock)."""

    default = "Data ini baru saja diubah petugas lain. Buka lagi untuk melihat isinya, lalu ulangi perubahan Anda."


class NeedsReason(UserError):
    """The act is possible, but only with a reason in words."""

    default = "Tulis alasannya dulu, lalu simpan lagi."


class IllegalStep(UserError):
    """A queue entry, visit or letter is not in a state from which this step is possible."""

    default = "Langkah ini tidak berlaku lagi; keadaannya sudah berubah. Muat ulang daftar."


class DatabaseTrouble(UserError):
    """The database cannot be opened or written; `code` is stable for support and exit codes."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
