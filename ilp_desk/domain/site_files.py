"""What a Puskesmas keeps of its own about the reference data: files it lays over ours, and approvals of rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ilp_desk.domain.record import Record


@dataclass(frozen=True, kw_only=True, slots=True)
class SiteFile(Record):
    """A file laid over ours, as written (TOML). Live rows of one name are its versions; the newest usable one runs.

    name: of our file, or of an instrument; version, valid_from, valid_to: from its header; file_name: as chosen.
    changes: what of it differed from ours when it was laid ("alarm/BP-CRISIS"); only that is laid over, so
    that a row merely copied never holds back a later correction of ours. Empty: all of it, a file we do not have.
    """

    name: str
    version: str
    content: str
    valid_from: date
    valid_to: date | None = None
    file_name: str = ""
    changes: tuple[str, ...] = ()

    def covers(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, kw_only=True, slots=True)
class RowApproval(Record):
    """The head approved one row as it stood. digest: of its content, so that a changed row waits again.

    name, version: the file as it was in force then; section: the list the row stands in, or the [part] itself.
    """

    name: str
    version: str
    section: str
    code: str
    digest: str
