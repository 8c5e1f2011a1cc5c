"""Who may be meant: the ids a search has gathered so far, the likeliest source first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(slots=True)
class Candidates:
    """ids in the order found, no more than `limit`. exact: by their whole number. slipped: by forgiving a slip."""

    limit: int
    ids: dict[int, None] = field(default_factory=dict)
    exact: set[int] = field(default_factory=set)
    slipped: set[int] = field(default_factory=set)

    @property
    def missing(self) -> int:
        """How many still find room in the list."""
        return self.limit - len(self.ids)

    def add(self, found: Iterable[int], *, slipped: bool = False) -> None:
        for person_id in found:
            if self.missing <= 0:
                return
            if person_id not in self.ids:
                self.ids[person_id] = None
                if slipped:
                    self.slipped.add(person_id)
