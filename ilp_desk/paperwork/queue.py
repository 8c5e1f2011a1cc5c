"""The queue ticket. It never holds a name, a NIK or a diagnosis: it lies about on chairs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ilp_desk.paperwork.common import Paperwork


@dataclass(frozen=True)
class NextService:
    """A further service on the same visit: `Imunisasi`, `Ruang 5`; number only where it has a queue of its own."""

    name: str
    room: str = ""
    number: str = ""


@dataclass(frozen=True, kw_only=True)
class QueueTicket(Paperwork):
    """Roll paper, 80 or 58 mm wide (`width_mm`, used for the PDF); the length follows the text.

    uid: of the visit, as QR `ILP1:<uid>`, "" for none. record_tail: last digits of the record number (`47-01`).
    waiting_ahead: how many are before this one (0 or more), None where not known. estimate: `sekitar 09.20`.
    priority: why this one goes ahead (`Didahulukan`), no disease words. offered: services to ask for today, only those
    anybody may read (`Imunisasi bayi dan balita`, `Timbang dan ukur`).
    """

    kind: ClassVar[str] = "ticket"
    title: ClassVar[str] = "Nomor antrean"

    facility: str
    number: str
    cluster_letter: str
    cluster_name: str
    service_point: str
    issued_at: str
    room: str = ""
    waiting_ahead: int | None = None
    estimate: str = ""
    priority: str = ""
    record_tail: str = ""
    next_services: tuple[NextService, ...] = ()
    offered: tuple[str, ...] = ()
    note: str = "Lansia, ibu hamil, bayi, dan penyandang disabilitas didahulukan."
    uid: str = ""
    width_mm: int = 80
