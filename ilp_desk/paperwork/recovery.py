"""The sheet with the recovery code of the database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ilp_desk.paperwork.common import Paperwork


@dataclass(frozen=True, kw_only=True)
class RecoverySheet(Paperwork):
    """A4. groups: the code in the groups it is typed in, in order. database: which one it opens (name, not a path)."""

    kind: ClassVar[str] = "recovery"
    title: ClassVar[str] = "Kode pemulihan"

    facility: str
    groups: tuple[str, ...]
    database: str
    made_at: str
    made_by: str
