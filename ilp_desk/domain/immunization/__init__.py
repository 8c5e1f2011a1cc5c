"""Immunization by the rows of immunizations.toml: which doses count, what is due, complete status, tetanus status."""

from __future__ import annotations

from ilp_desk.domain.immunization.ahead import Ahead, ahead
from ilp_desk.domain.immunization.due import due
from ilp_desk.domain.immunization.facts import (
    EVERYTHING,
    LIVE,
    NOTHING,
    Contraindication,
    Deferral,
    Dose,
    DoseSource,
    OnRecord,
    Recipient,
    Refusal,
)
from ilp_desk.domain.immunization.giving import Advice, Against, advice, against, judged
from ilp_desk.domain.immunization.history import Judged, Reason, history
from ilp_desk.domain.immunization.items import Due
from ilp_desk.domain.immunization.milestones import NextVisit, Reached, Shot, milestones, next_visit, visit_plan
from ilp_desk.domain.immunization.plan import Plan
from ilp_desk.domain.immunization.tetanus import (
    TdInPregnancy,
    TdState,
    TetanusStatus,
    asks_tetanus,
    level_code,
    td_in_pregnancy,
    tetanus_status,
)
from ilp_desk.domain.reference.immunization_rows import DoseState

__all__ = [
    "EVERYTHING",
    "LIVE",
    "NOTHING",
    "Advice",
    "Against",
    "Ahead",
    "Contraindication",
    "Deferral",
    "Dose",
    "DoseSource",
    "DoseState",
    "Due",
    "Judged",
    "NextVisit",
    "OnRecord",
    "Plan",
    "Reached",
    "Reason",
    "Recipient",
    "Refusal",
    "Shot",
    "TdInPregnancy",
    "TdState",
    "TetanusStatus",
    "advice",
    "against",
    "ahead",
    "asks_tetanus",
    "due",
    "history",
    "judged",
    "level_code",
    "milestones",
    "next_visit",
    "td_in_pregnancy",
    "tetanus_status",
    "visit_plan",
]
