"""What the management shows of the reference data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from ilp_desk.rows.question import Question


@dataclass(frozen=True, slots=True)
class VersionsLaid(Question[tuple[tuple[str, str], ...]]):
    """Version and content of every file of this name a Puskesmas ever laid, taken back or not."""

    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ReferenceRow:
    """One file in force. open_rows: those that wait for the head's approval; changes: rows and sections the Puskesmas
    wrote itself; refused: what is wrong with a file it laid, empty if nothing; later: desks that are open work by
    another version until they are opened again."""

    name: str
    title: str
    instrument: bool
    version: str
    valid_from: date | None
    valid_to: date | None
    source: str
    origin: str
    rows: int
    open_rows: int
    changes: int
    refused: str = ""
    later: bool = False

    @property
    def approved(self) -> bool:
        return not self.open_rows


@dataclass(frozen=True, kw_only=True, slots=True)
class RuleRow:
    """One row of a file. words: its rule in one line; columns: label and value of each; origin: ours, site, both.

    off: taken out by the Puskesmas. waits: not approved yet; approval_uid: of the head's approval, where there is one.
    """

    section: str
    code: str
    label: str
    words: str
    columns: tuple[tuple[str, str], ...]
    source: str
    confirmed: bool
    valid_from: date | None
    valid_to: date | None
    origin: str
    off: bool
    digest: str
    waits: bool
    approval_uid: str = ""
    approved_by: str = ""
    approved_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class LaidRow:
    """One file the Puskesmas laid. state: runs, before (a newer one runs), later, over (no longer valid), refused."""

    uid: str
    version: str
    file_name: str
    by: str
    at: datetime | None
    valid_from: date
    valid_to: date | None
    changes: int
    state: str
    trouble: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ReferenceDetail:
    """A file opened. laid: newest first."""

    file: ReferenceRow
    rows: tuple[RuleRow, ...]
    laid: tuple[LaidRow, ...]


@dataclass(frozen=True, slots=True)
class RulesState:
    """refused: titles of files whose newest version of the Puskesmas cannot be used; later: other rules were accepted
    than this desk was opened with."""

    refused: tuple[str, ...] = ()
    later: bool = False


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file that passed. changes: rows and sections that differ from ours; waiting: rows that wait for approval."""

    name: str
    title: str
    version: str
    rows: int
    changes: int
    waiting: int
