"""The patient search: what was typed, and the people it may mean, best first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ilp_desk.domain.person import PersonStatus, Precision
from ilp_desk.domain.text.ages import short_age_text
from ilp_desk.domain.text.dates import day_text
from ilp_desk.domain.text.marks import marks
from ilp_desk.domain.text.search import Question as Asked
from ilp_desk.rows.question import Question

Marks = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class PatientHit:
    """One person found, as the list shows them: enough to tell namesakes apart, nothing clinical.

    number: the last digits of NIK or BPJS, else empty. relative: suami Ahmad Fauzi, ibu Rosmaini, KK Jamaludin, else
    empty. area and rt_rw: Gasang, RT 02 / RW 01. asked, today: the question this answers, and when it was put.
    note: mirip (a slip was forgiven), ejaan mirip (another spelling), else empty. chip: the number of today and where
    it stands (B-014 · menunggu), else empty. merged: found by a record that was merged into this one.
    """

    uid: str
    name: str
    sex: str
    born_on: date | None
    born_precision: Precision
    record_number: str
    number: str
    relative: str
    area: str
    rt_rw: str
    status: PersonStatus
    note: str
    chip: str
    merged: bool
    asked: Asked
    today: date

    # Worked out when a row is painted: a list shows a dozen of its fifty, and is asked for at every key.

    @property
    def marks(self) -> Marks:
        """(start, end) of the letters of `name` that answer the question."""
        return marks(self.name, self.asked)

    @property
    def born(self) -> str:
        """03-02-1999, or as well as it is known; empty if it is not."""
        return day_text(self.born_on, self.born_precision)

    @property
    def age(self) -> str:
        """27 th"""
        return short_age_text(self.born_on, self.born_precision, self.today)


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a search text.

    exact: the hits carry the whole NIK, BPJS, record number or card that was typed or scanned; only then may one Enter
    register, and only if there is one hit. similar_only: nobody answers what was typed, these nearly do. total_people:
    how many could be found. question: how the text was read.
    """

    hits: tuple[PatientHit, ...]
    exact: bool
    similar_only: bool
    total_people: int
    question: Asked


@dataclass(frozen=True, slots=True)
class FindPatients(Question[Found]):
    """Whom a text in the search box may mean; today: for ages and for the queue number of the day."""

    text: str
    today: date
    limit: int = 50
