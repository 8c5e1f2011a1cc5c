"""A question that may be put to the store: a frozen dataclass that knows the type of its answer.

    @dataclass(frozen=True, slots=True)
    class WaitingAt(Question[tuple[WaitingRow, ...]]):
        service_point_uid: str

`db.queries` holds one module a question; `UnitOfWork.ask` finds it by the question's type.
"""

from __future__ import annotations

from typing import Generic, TypeVar

A_co = TypeVar("A_co", covariant=True)


class Question(Generic[A_co]):
    """Base of all questions."""

    __slots__ = ()
