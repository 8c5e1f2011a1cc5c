"""The mother's card: a pregnancy on paper (kartu ibu)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ilp_desk.paperwork.common import Field, Letterhead, Paperwork, PatientBlock, Signature


@dataclass(frozen=True, kw_only=True)
class CardVisit:
    """One visit: `K1 murni`, `11-07-2026`, `9 mgg 0 hr`, its figures in words, tablets, who, where and what was found.

    flagged: names of figures (fields of this class) that are out of their bounds.
    """

    name: str
    date: str
    weeks: str
    pressure: str = ""
    weight: str = ""
    arm: str = ""
    fundus: str = ""
    heart: str = ""
    haemoglobin: str = ""
    protein: str = ""
    tablets: str = ""
    remarks: str = ""
    flagged: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CardBaby:
    """One child: `By. Ny. Siti · L · 3200 g`, and each visit and service of a newborn with when it was."""

    name: str
    services: tuple[Field, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MaternalCard(Paperwork):
    """A4. dating: HPHT, HPL, G/P/A, by what it is dated; visits: oldest first; pattern: what is met and missing in a
    sentence; risks: score and items; care: T-status, tablets; plan: lines of the birth plan; delivery: how it ended;
    postpartum: KF1 to KF4; babies: none where no child lives; next_visit: the day to come back."""

    kind: ClassVar[str] = "maternal_card"
    title: ClassVar[str] = "Kartu ibu"

    letterhead: Letterhead
    patient: PatientBlock
    dating: tuple[Field, ...]
    visits: tuple[CardVisit, ...]
    signature: Signature
    pattern: str = ""
    risks: str = ""
    care: tuple[Field, ...] = ()
    plan: tuple[Field, ...] = ()
    delivery: str = ""
    postpartum: tuple[Field, ...] = ()
    babies: tuple[CardBaby, ...] = ()
    next_visit: str = ""
