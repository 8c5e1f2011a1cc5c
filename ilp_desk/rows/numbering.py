"""What the numbering of records asks of the store."""

from __future__ import annotations

from dataclasses import dataclass

from ilp_desk.rows.question import Question


@dataclass(frozen=True, slots=True)
class NumbersBeginning(Question[frozenset[str]]):
    """Record numbers, old and new, and family folders, of everybody findable, that begin so.

    key: digits and letters only (`record_key`); the answer is written the same way.
    """

    key: str


@dataclass(frozen=True, slots=True)
class LastDrawn(Question[int]):
    """The number a counter gave out last, 0 before the first."""

    counter: str
    period: str = ""
