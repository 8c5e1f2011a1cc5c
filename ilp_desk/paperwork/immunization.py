"""The immunization card: what was given, what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ilp_desk.paperwork.common import Letterhead, Paperwork, PatientBlock


@dataclass(frozen=True, kw_only=True)
class CardDose:
    """label: `2`, `lanjutan`; day: `20-11-2025`, empty for one to come; note: `tak dihitung`, empty for a good one."""

    label: str
    day: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class CardSeries:
    """One row of the card."""

    label: str
    doses: tuple[CardDose, ...]


@dataclass(frozen=True, kw_only=True)
class ImmunizationCard(Paperwork):
    """A5. next_day: `Kamis, 18 Maret 2027`, empty where nothing follows; next_doses: `DPT-HB-Hib lanjutan, MR2`.

    open_doses: due already, and not given when it was printed. status: sentences about IDL, IBL, T-status; warnings:
    KIPI and contraindications in words.
    """

    kind: ClassVar[str] = "immunization_card"
    title: ClassVar[str] = "Kartu imunisasi"

    letterhead: Letterhead
    patient: PatientBlock
    series: tuple[CardSeries, ...]
    next_day: str
    next_doses: str
    open_doses: str
    status: tuple[str, ...]
    warnings: tuple[str, ...]
    schedule: str
    printed: str
