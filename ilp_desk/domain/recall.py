"""Calling people in: who was reached about what is due, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ilp_desk.domain.record import Record


@dataclass(frozen=True, kw_only=True, slots=True)
class RecallContact(Record):
    """Somebody was called in, or it was tried.

    about: group of recall.toml; on: the day; by: who did it (a kader, or one of the staff); result: code
    of recall.toml.
    """

    person_uid: str
    about: str
    on: date
    by: str
    result: str
    note: str = ""
