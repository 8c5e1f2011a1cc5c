"""Passwords of people: Argon2id, never reversible, never in a log."""

from __future__ import annotations

from dataclasses import dataclass

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError


@dataclass(frozen=True, slots=True)
class Argon2Passwords:
    """time_cost passes over memory_kib KiB. The defaults take about 0.1 s on a desk PC; tests inject small ones."""

    time_cost: int = 3
    memory_kib: int = 64 * 1024
    parallelism: int = 2

    def _hasher(self) -> PasswordHasher:
        return PasswordHasher(self.time_cost, self.memory_kib, self.parallelism)

    def make(self, word: str) -> str:
        """The hash to store, with its own salt and cost inside."""
        return self._hasher().hash(word)

    def fits(self, stored: str, word: str) -> bool:
        """Whether the word is the one behind the hash; an empty or foreign hash fits nothing."""
        try:
            return self._hasher().verify(stored, word)
        except (VerificationError, InvalidHashError):
            return False
