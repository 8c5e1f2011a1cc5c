"""A visit of one day, the services asked for in it, and the queue entries that lead to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from ilp_desk.domain.record import Record


class VisitState(StrEnum):
    OPEN = "open"
    FINISHED = "finished"
    CANCELLED = "cancelled"


class QueueState(StrEnum):
    """Where an entry stands. Which step leads where is a table in `domain.queueing`."""

    WAITING = "waiting"
    CALLED = "called"
    SKIPPED = "skipped"
    ABSENT = "absent"
    STARTED = "started"
    SENT_ON = "sent_on"
    CAME_BACK = "came_back"
    FINISHED = "finished"
    VOIDED = "voided"


class QueueStep(StrEnum):
    """What happened to an entry; the events are append-only."""

    ISSUED = "issued"
    CALLED = "called"
    CALLED_AGAIN = "called_again"
    SKIPPED = "skipped"
    STARTED = "started"
    SENT_ON = "sent_on"
    CAME_BACK = "came_back"
    FINISHED = "finished"
    ABSENT = "absent"
    VOIDED = "voided"
    UNDONE = "undone"


@dataclass(frozen=True, kw_only=True, slots=True)
class Visit(Record):
    """One person's stay on one service date.

    reason: code of visit_reasons.toml (sick, healthy, service_only, referral_in), service: the one asked for with
    service_only. building: inside, outside. origin: loket, appointment, mobile_jkn; origin_code: its booking code;
    late: came after the appointment. payer*: as they were on that day. danger_sign, infection_sign: codes of
    danger_signs.toml that the desk saw, "" if none was said. cluster and rule: the judgement, with the version of the
    routing data it was made by; override: reason if the desk chose otherwise. status_reason: why somebody recorded as
    dead or moved was registered all the same; moved_reason: why the visit was given from another person to this one.
    priority: rank in a queue of several clusters; priority_groups: codes of priority.toml that gave it.
    """

    person_uid: str
    service_date: date
    arrived_at: datetime
    reason: str
    service: str = ""
    building: str = "inside"
    origin: str = "loket"
    origin_code: str = ""
    late: bool = False
    payer: str = ""
    payer_fktp: str = "unknown"
    payer_status: str = "unknown"
    complaint: str = ""
    cluster: str
    rule: str
    rule_words: str = ""
    rule_version: str = ""
    override: str = ""
    status_reason: str = ""
    moved_reason: str = ""
    priority: int = 3
    infectious: bool = False
    infection_sign: str = ""
    emergency: bool = False
    danger_sign: str = ""
    new_patient: bool = False
    first_this_year: bool = False
    age_days: int | None = None
    state: VisitState = VisitState.OPEN
    finished_at: datetime | None = None
    discharge: str = ""
    next_visit_on: date | None = None
    next_visit_note: str = ""
    priority_groups: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class QueueEntry(Record):
    """One wait for one service point.

    ticket: the number on the paper ("A-012"); it stays the same through laboratory and pharmacy. rank: 0 emergency,
    1 urgent, 2 priority, 3 regular, 4 late (priority.toml). returned: back from another point, ahead of new arrivals.
    """

    visit_uid: str
    person_uid: str
    service_point_uid: str
    service_date: date
    letter: str
    number: int
    rank: int = 3
    returned: bool = False
    state: QueueState = QueueState.WAITING
    waiting_since: datetime
    called_at: datetime | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    room: str = ""
    sent_from_uid: str | None = None
    note: str = ""

    @property
    def ticket(self) -> str:
        return f"{self.letter}-{self.number:03d}"


@dataclass(frozen=True, kw_only=True, slots=True)
class QueueEvent(Record):
    """One step of an entry: who, where, when (made_* of the record). `before` makes a step undoable."""

    entry_uid: str
    step: QueueStep
    room: str = ""
    before: str = ""
    note: str = ""
