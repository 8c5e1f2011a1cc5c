"""What goes on paper: one frozen dataclass a printed form, holding only values that are ready to print.

`services.documents` fills them, `printing` draws them. All text is Indonesian as the reader sees it; dates, ages and
numbers are already written out. An empty string means "not known" and prints as a dash or a blank line, except where a
field says otherwise.
"""

from __future__ import annotations

from ilp_desk.paperwork.card import LabLabel, PatientCard, RecordLabel
from ilp_desk.paperwork.certificate import SickNote
from ilp_desk.paperwork.common import Field, Letterhead, Paperwork, PatientBlock, Signature
from ilp_desk.paperwork.consent import ConsentClause, ConsentSigner, GeneralConsent, ReferralConsent, ReferralRefusal
from ilp_desk.paperwork.growth import GrowthChart, GrowthDay
from ilp_desk.paperwork.immunization import CardDose, CardSeries, ImmunizationCard
from ilp_desk.paperwork.maternity import CardBaby, CardVisit, MaternalCard
from ilp_desk.paperwork.queue import NextService, QueueTicket
from ilp_desk.paperwork.recall import RecallBlock, RecallEntry, RecallList
from ilp_desk.paperwork.recovery import RecoverySheet
from ilp_desk.paperwork.referral import Diagnosis, ReferralLetter, Vital
from ilp_desk.paperwork.screening import GivenAnswer, ResultSheet
from ilp_desk.paperwork.summary import PatientSummary, Problem, VisitLine

__all__ = [
    "CardBaby",
    "CardDose",
    "CardSeries",
    "CardVisit",
    "ConsentClause",
    "ConsentSigner",
    "Diagnosis",
    "Field",
    "GeneralConsent",
    "GivenAnswer",
    "GrowthChart",
    "GrowthDay",
    "ImmunizationCard",
    "LabLabel",
    "Letterhead",
    "MaternalCard",
    "NextService",
    "Paperwork",
    "PatientBlock",
    "PatientCard",
    "PatientSummary",
    "Problem",
    "QueueTicket",
    "RecallBlock",
    "RecallEntry",
    "RecallList",
    "RecordLabel",
    "RecoverySheet",
    "ReferralConsent",
    "ReferralLetter",
    "ReferralRefusal",
    "ResultSheet",
    "SickNote",
    "Signature",
    "VisitLine",
    "Vital",
]
