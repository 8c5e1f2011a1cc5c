"""Screening instruments as the room shows them: which to choose from, one that is open, results over time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ilp_desk.domain.assessment import Assessment
from ilp_desk.domain.clinical import Draft
from ilp_desk.domain.person import Precision
from ilp_desk.domain.prefill import Known
from ilp_desk.domain.reference.instruments import Instrument
from ilp_desk.rows.care import DueLine


@dataclass(frozen=True, kw_only=True, slots=True)
class ResultLine:
    """One result. precision: how well the day is known, where it was told of elsewhere (uid and version empty then);
    words: `1 dari 10`; band: what it was called; meaning: ok, watch, act; at: `09.04`; by: who asked;
    corrected: it replaces an earlier one."""

    uid: str
    instrument: str
    label: str
    version: str
    on: date
    at: str
    by: str
    words: str
    band: str
    meaning: str
    note: str
    visit_uid: str
    corrected: bool
    precision: Precision = Precision.DAY


@dataclass(frozen=True, kw_only=True, slots=True)
class InstrumentLine:
    """One instrument that fits. state: code of DueState of the service it closes, empty where none is told; words and
    reason as in `DueLine`; services: those it closes that are open now; last: the newest result."""

    code: str
    label: str
    short: str
    official: bool
    sensitive: bool
    state: str
    words: str
    reason: str
    open: bool
    services: tuple[DueLine, ...]
    last: ResultLine | None


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenInstrument:
    """One instrument to be answered. known: what the record says of its items; answers: to begin with; standing: what
    was answered in this visit already, a save corrects it; standing_line: the same in words; earlier: older results,
    newest first; services: open ones that it closes; also: other instruments that are due: code, name, reason; last: of
    the instruments that may follow, when they were answered last; draft: what the actor left unsaved."""

    instrument: Instrument
    known: Mapping[str, Known]
    answers: Mapping[str, str]
    standing: Assessment | None
    standing_line: ResultLine | None
    earlier: tuple[ResultLine, ...]
    services: tuple[DueLine, ...]
    also: tuple[tuple[str, str, str], ...]
    last: Mapping[str, str]
    draft: Draft | None
