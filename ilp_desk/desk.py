"""The bundle of services a window is given; nothing else reaches a screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ilp_desk.changes import Change
from ilp_desk.clock import Clock
from ilp_desk.domain.reference import Reference
from ilp_desk.services.demo import Demo
from ilp_desk.services.documents import DocumentsDesk
from ilp_desk.services.examination import Examination
from ilp_desk.services.finding import Finding
from ilp_desk.services.history import History
from ilp_desk.services.importing import Importing
from ilp_desk.services.life_cycle.antenatal import Antenatal
from ilp_desk.services.life_cycle.assessments import Assessments
from ilp_desk.services.life_cycle.care import Care
from ilp_desk.services.life_cycle.fact_importing import FactImporting
from ilp_desk.services.life_cycle.growth import Growth
from ilp_desk.services.life_cycle.immunizations import Immunizations
from ilp_desk.services.life_cycle.posyandu import Posyandu
from ilp_desk.services.life_cycle.pregnancies import Pregnancies
from ilp_desk.services.life_cycle.recall import Recall
from ilp_desk.services.people import People
from ilp_desk.services.queueing import Queueing
from ilp_desk.services.referrals import Refers
from ilp_desk.services.registration import Registration
from ilp_desk.services.safekeeping import Safekeeping
from ilp_desk.services.site import Site
from ilp_desk.services.staffing import Staffing
from ilp_desk.work import Tools


@dataclass(frozen=True, slots=True)
class Desk:
    """All use cases on one open database.

    changes: the feed after a position; note_reads: writes down who read what; close: ends the database calmly.
    """

    tools: Tools
    finding: Finding
    registration: Registration
    people: People
    queueing: Queueing
    examination: Examination
    pregnancies: Pregnancies
    antenatal: Antenatal
    care: Care
    assessments: Assessments
    growth: Growth
    posyandu: Posyandu
    immunizations: Immunizations
    recall: Recall
    history: History
    importing: Importing
    fact_importing: FactImporting
    referrals: Refers
    documents: DocumentsDesk
    staffing: Staffing
    site: Site
    safekeeping: Safekeeping
    demo: Demo
    changes: Callable[[int], Sequence[Change]]
    last_change: Callable[[], int]
    note_reads: Callable[[], int]
    close: Callable[[], None]

    @property
    def clock(self) -> Clock:
        return self.tools.clock

    @property
    def reference(self) -> Reference:
        return self.tools.reference
