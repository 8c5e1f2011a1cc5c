"""What the top bar says about the data: saved, a draft, on the way to paper, or in trouble. Pure."""

from __future__ import annotations

from dataclasses import dataclass

RULES = {"refused": "Aturan Puskesmas ditolak", "later": "Aturan baru: buka lagi program"}


@dataclass(frozen=True, slots=True)
class DataState:
    """reachable: the database answers; saving: a command is outstanding; waiting, failed: print jobs; draft: time of
    the last draft not yet finished, "08.41.52", or empty. rules: "refused" (a file of the Puskesmas cannot be used),
    "later" (other rules were accepted than this desk was opened with), or empty."""

    reachable: bool = True
    saving: bool = False
    waiting: int = 0
    failed: int = 0
    draft: str = ""
    rules: str = ""

    def words(self) -> tuple[str, str, str]:
        """Sentence, icon, colour token. What needs a hand comes first, then what is on its way, then what is well."""
        if not self.reachable:
            return "Basis data tidak menjawab", "warn", "danger"
        if self.failed:
            return "Printer tidak siap (cetak ulang F9)", "print", "danger"
        if self.saving:
            return "Menyimpan …", "save", "muted"
        if self.waiting:
            return "Menunggu cetak", "print", "warning"
        if self.draft:
            return f"Draf tersimpan {self.draft}", "dot", "ok"
        if self.rules:
            return RULES[self.rules], "warn", "warning"
        return "Data tersimpan", "dot", "ok"
