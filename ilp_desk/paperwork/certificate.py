"""Letters that certify something."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ilp_desk.paperwork.common import Letterhead, Paperwork, Signature


@dataclass(frozen=True, kw_only=True)
class SickNote(Paperwork):
    """Surat keterangan sakit, A5. days: `3 (tiga) hari`; first_day, last_day: dates in words.

    diagnosis: only with the patient's consent, else "" and nothing is printed about it. purpose: for whom the note is.
    """

    kind: ClassVar[str] = "sick_note"
    title: ClassVar[str] = "Surat keterangan sakit"

    letterhead: Letterhead
    number: str
    name: str
    age_sex: str
    address: str
    days: str
    first_day: str
    last_day: str
    signature: Signature
    record_number: str = ""
    occupation: str = ""
    diagnosis: str = ""
    purpose: str = ""
    uid: str = ""
