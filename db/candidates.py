"""Who may be meant: the ids a search has gathered so far, the likeliest source first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(slots=True)
class Candidates:
    """ids in the order found, no more than `limit`.

    exact: found by their whole number. slipped: by forgiving a slip; apart: of these, where only words were written
    together or apart. beside: by words of which some stand in an address or in the name of a relative; they have still
    to be looked at, for very short beginnings were not asked for.
    """

    limit: int
    ids: dict[int, None] = field(default_factory=dict)
    exact: set[int] = field(default_factory=set)
    slipped: set[int] = field(default_factory=set)
    apart: set[int] = field(default_factory=set)
    beside: set[int] = field(default_factory=set)

    @property
    def missing(self) -> int:
        """How many still find room in the list."""
        return self.limit - len(self.ids)

    def nearness(self, person_id: int) -> int:
        """0 as typed, 1 together or apart, 2 with a slip."""
        return (person_id in self.slipped) * (2 - (person_id in self.apart))

    def add(self, found: Iterable[int], how: set[int] | None = None) -> None:
        """Add who is new, as far as there is room; how: `slipped` or `beside`, to be noted there too."""
        for person_id in found:
            if self.missing <= 0:
                return
            if person_id not in self.ids:
                self.ids[person_id] = None
                if how is not None:
                    how.add(person_id)
