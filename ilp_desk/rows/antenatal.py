"""The course of a pregnancy as a screen shows it: visits, dating, risks, plan, birth, mother and child after it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ilp_desk.domain.clinical import Pregnancy
from ilp_desk.domain.maternity.after_birth import Slot
from ilp_desk.domain.maternity.records import BirthPlan


class CourseState(StrEnum):
    """NONE: nothing recorded; GOING; CONFIRM: goes on, but the outcome must be asked for; RUN_OUT: no longer counted as
    pregnant until somebody says how it ended; AFTER: in nifas; ENDED: over."""

    NONE = "none"
    GOING = "going"
    CONFIRM = "confirm"
    RUN_OUT = "run_out"
    AFTER = "after"
    ENDED = "ended"


@dataclass(frozen=True, kw_only=True, slots=True)
class ContactLine:
    """One antenatal visit. code: K1 to K6, empty beyond; name: `K1 murni`; day: since the HPHT; weeks: `9 mgg 0 hr`;
    where: the place elsewhere, empty for here; values: in words by code of MEASURES; levels: red or yellow by code;
    sure: its trimester is certain; exact: the day is known; own: recorded as an antenatal visit, so that it can be
    taken back."""

    uid: str
    own: bool
    code: str
    name: str
    day: int
    weeks: str
    on: date
    when: str
    trimester: str
    sure: bool
    exact: bool
    doctor: bool
    usg: bool
    where: str
    by: str
    values: Mapping[str, str]
    levels: Mapping[str, str]
    tablets: int | None
    swallowed: int | None
    findings: str


@dataclass(frozen=True, slots=True)
class TrimesterLine:
    """Days since the HPHT, both included; have, want: visits; doctor: whether the doctor's visit with USG is asked for
    here, and whether it was made."""

    code: str
    label: str
    from_day: int
    to_day: int
    have: int
    want: int
    doctor: bool
    doctor_met: bool


@dataclass(frozen=True, slots=True)
class DatingLine:
    """One dating: HPHT and HPL, by what (`menurut USG`), when and by whom; current: it is in force."""

    lmp: date
    term: date
    source: str
    on: date
    by: str
    current: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """Something a mother or a newborn gets: code, label, its state of DueState, in words; fact: what records it, empty
    where another screen does."""

    code: str
    label: str
    state: str
    words: str
    fact: str


@dataclass(frozen=True, kw_only=True, slots=True)
class BabyLine:
    """One child. uid: of its record, empty where it has none; state: live, stillborn, died; facts: sex, weight, age in
    words; slots, steps: none for who does not live."""

    uid: str
    name: str
    record_number: str
    state: str
    facts: str
    slots: tuple[Slot, ...] = ()
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class DeliveryLine:
    """How it ended, in words: `Lahir hidup 18-11-2026 pukul 07.40`, `Puskesmas · Bidan · Spontan`."""

    uid: str
    head: str
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Course:
    """Everything about the latest pregnancy of a woman; state NONE: all the rest is empty.

    mother_uid, mother: whose it is (also where it was asked for by the baby's record). day: since the HPHT, today or at
    its end; words: `28 mgg, HPL 13-02-2027`, or what must be asked. source: by what it is dated. missing, lost: of the
    pattern, in words; next_on: the next visit. risks: known from the record; score: `sedikitnya 6`; band: its label;
    meaning: ok, watch, act; scored: the KSPR that was answered last, in words. tetanus, td: status, and Td now.
    tablets: given so far, of goal; plan, plan_lines: the birth plan. steps: what else
    the mother gets, recorded as such.
    """

    state: CourseState
    mother_uid: str
    mother: str
    pregnancy: Pregnancy | None = None
    day: int = 0
    words: str = ""
    gpa: str = ""
    lmp: date | None = None
    term: date | None = None
    source: str = ""
    datings: tuple[DatingLine, ...] = ()
    contacts: tuple[ContactLine, ...] = ()
    trimesters: tuple[TrimesterLine, ...] = ()
    missing: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    pattern_met: bool = False
    next_on: date | None = None
    risks: tuple[str, ...] = ()
    score: str = ""
    band: str = ""
    meaning: str = ""
    scored: str = ""
    tetanus: str = ""
    td: str = ""
    td_now: bool = False
    tablets: int = 0
    swallowed: int = 0
    goal: int = 0
    plan: BirthPlan | None = None
    plan_lines: tuple[tuple[str, str], ...] = ()
    delivery: DeliveryLine | None = None
    slots: tuple[Slot, ...] = ()
    steps: tuple[Step, ...] = ()
    babies: tuple[BabyLine, ...] = ()
