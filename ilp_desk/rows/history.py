"""A person's record to be read: who, what stands out, visits newest first, one visit whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ilp_desk.domain.clinical import Diagnosis, Observation, Procedure, VitalSigns
from ilp_desk.rows.encounter import PastVisit, PressurePoint, Written
from ilp_desk.rows.papers import DocumentRow, ReferralRow


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """The head of a record. states: allergies and problems as asked, in words; consent: the general one, in words."""

    person_uid: str
    name: str
    sex: str
    age: str
    born: str
    record_number: str
    old_numbers: tuple[str, ...]
    address: str
    mother: str
    payer: str
    status: str
    consent: str
    pregnancy: str
    allergies: tuple[str, ...]
    allergy_state: str
    problems: tuple[str, ...]
    problem_state: str
    pressures: tuple[PressurePoint, ...]


@dataclass(frozen=True, slots=True)
class VisitPage:
    """Some visits, newest first; before: where the next page begins, None at the end."""

    visits: tuple[PastVisit, ...]
    before: tuple[date, str] | None


@dataclass(frozen=True, slots=True)
class VisitDetail:
    """One visit whole. where: service points with their tickets; rule: why it went there; screenings: results of
    instruments in words; given: doses and services; both without those kept from the reader. guarded: what it was for
    is kept from the reader, and with it all that was said, found and done."""

    visit_uid: str
    day: date
    arrived: str
    reason: str
    where: tuple[str, ...]
    rule: str
    override: str
    payer: str
    state: str
    complaint: str
    takings: tuple[tuple[str, VitalSigns], ...]
    observations: tuple[Observation, ...]
    sections: tuple[Written, ...]
    diagnoses: tuple[Diagnosis, ...]
    procedures: tuple[Procedure, ...]
    discharge: str
    next_visit: str
    alarms: tuple[str, ...]
    referrals: tuple[ReferralRow, ...]
    documents: tuple[DocumentRow, ...]
    screenings: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    guarded: bool = False
