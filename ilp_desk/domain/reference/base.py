"""What every reference file has in common: a header, and rows that may carry a source and validity of their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Generic, TypeVar


class Status(StrEnum):
    """How sure a figure is: CONFIRMED by a source, or waiting for the Puskesmas to approve it."""

    CONFIRMED = "confirmed"
    TO_BE_APPROVED = "to-be-approved"


@dataclass(frozen=True, kw_only=True, slots=True)
class Validity:
    """From one day to another, both inclusive; None is open."""

    valid_from: date | None = None
    valid_to: date | None = None

    def covers(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, kw_only=True, slots=True)
class Header:
    """version: stored with every judgement made by the file; source: where the figures come from."""

    name: str
    version: str
    source: str
    status: Status
    validity: Validity


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One row. code: its name inside the file; what the row does not say itself, the header says."""

    code: str
    source: str
    status: Status
    validity: Validity = Validity()


R = TypeVar("R", bound=Row)


@dataclass(frozen=True)
class Table(Generic[R]):
    """The rows of one file in the order of the file, found by code."""

    header: Header
    rows: tuple[R, ...]

    @cached_property
    def by_code(self) -> Mapping[str, R]:
        return {row.code: row for row in self.rows}

    def get(self, code: str) -> R | None:
        return self.by_code.get(code)

    def __getitem__(self, code: str) -> R:
        """The row; raises KeyError for a code the file does not have."""
        return self.by_code[code]

    def __contains__(self, code: object) -> bool:
        return code in self.by_code

    def __iter__(self) -> Iterator[R]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def version(self) -> str:
        return self.header.version

    def on(self, day: date) -> Table[R]:
        """The same table with the rows in force on a day."""
        rows = tuple(row for row in self.rows if row.validity.covers(day))
        return self if len(rows) == len(self.rows) else replace(self, rows=rows)
