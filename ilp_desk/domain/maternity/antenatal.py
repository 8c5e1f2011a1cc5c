"""The visits of a pregnancy: K1 murni or akses to K6, the pattern of the trimesters, the doctor's two visits.

    course = follow(hpht, contacts, today, rules)

Visits elsewhere count like ours. What can no longer be met is said in words, never hidden.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ilp_desk.domain.person import Precision
from ilp_desk.domain.reference.antenatal import AntenatalRules, Trimester
from ilp_desk.domain.text.ages import weeks_text
from ilp_desk.domain.text.dates import PartialDate, day_text

LAST_NUMBER = 6
"""Visits beyond the sixth have no official name (ilp-reference 2.2)."""


@dataclass(frozen=True, slots=True)
class Contact:
    """One antenatal visit. doctor: by a doctor; usg: with ultrasound; where: the place, empty for here; uid: of its
    record, where it has one."""

    on: date
    doctor: bool = False
    usg: bool = False
    where: str = ""
    precision: Precision = Precision.DAY
    uid: str = ""

    def possible(self, hpht: date, today: date) -> tuple[date, date] | None:
        """The first and the last day it can have been in this pregnancy until today; None: it was not in it."""
        known = PartialDate(self.on, self.precision)
        first, last = max(known.earliest, hpht), min(known.latest, today)
        return (first, last) if first <= last else None


@dataclass(frozen=True, slots=True)
class NumberedContact:
    """code: K1 to K6, empty beyond; day: since the HPHT, the middle where only the month is known; pure: a K1 within
    the first weeks (K1 murni); sure: the trimester does not depend on a day nobody knows."""

    contact: Contact
    code: str
    day: int
    trimester: Trimester | None
    pure: bool = False
    sure: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Course:
    """How the visits stand. counts: visits by trimester code; doctor: trimesters with the doctor's visit with USG;

    missing: what is still to come, in words; lost: what can no longer be met, in words; next_on: the day of the next
    visit; pattern_met: as many visits as asked for in every trimester, the doctor's included.
    """

    contacts: tuple[NumberedContact, ...]
    counts: dict[str, int]
    doctor: frozenset[str]
    missing: tuple[str, ...]
    lost: tuple[str, ...]
    next_on: date | None
    pattern_met: bool


def follow(hpht: date, contacts: Sequence[Contact], today: date, rules: AntenatalRules) -> Course:
    """The visits of one pregnancy up to a day; those before the HPHT or after the longest pregnancy are left out."""
    numbered = _numbered(hpht, contacts, today, rules)
    counts = {t.code: 0 for t in rules.trimesters}
    doctor = set()
    for visit in numbered:
        if visit.trimester is not None:
            counts[visit.trimester.code] += 1
            if visit.contact.doctor and visit.contact.usg:
                doctor.add(visit.trimester.code)
    here = (today - hpht).days
    missing: list[str] = []
    lost: list[str] = []
    for trimester in rules.trimesters:
        lack = trimester.contacts - counts[trimester.code]
        if lack > 0:
            (lost if here > trimester.to_day else missing).append(f"{lack} kali periksa di {trimester.label}")
        if trimester.doctor and trimester.code not in doctor:
            (lost if here > trimester.to_day else missing).append(f"USG oleh dokter di {trimester.label}")
    return Course(
        contacts=numbered,
        counts=counts,
        doctor=frozenset(doctor),
        missing=tuple(missing),
        lost=tuple(lost),
        next_on=_next(hpht, numbered, today, rules),
        pattern_met=not missing and not lost,
    )


def state_words(hpht: date, today: date, rules: AntenatalRules) -> str:
    """`28 mgg, HPL 13-02-2027`; after the term what is to be done."""
    day = (today - hpht).days
    term = hpht + timedelta(days=rules.term_days)
    if day < 0:
        return ""
    if day > rules.longest_days:
        return f"HPHT sudah {weeks_text(hpht, today)}: tidak lagi dihitung hamil, pastikan hasil kehamilan"
    if day >= rules.confirm_after_days:
        return f"{weeks_text(hpht, today)}, HPL {day_text(term)} sudah lewat: pastikan hasil kehamilan"
    return f"{weeks_text(hpht, today)}, HPL {day_text(term)}"


def _numbered(
    hpht: date, contacts: Sequence[Contact], today: date, rules: AntenatalRules
) -> tuple[NumberedContact, ...]:
    found: list[NumberedContact] = []
    placed = []
    for contact in contacts:
        possible = contact.possible(hpht, today)
        if possible is not None:
            first, last = ((day - hpht).days for day in possible)
            placed.append(((first + last) // 2, first, last, contact))
    for day, first, last, contact in sorted(placed, key=lambda row: row[0]):
        if day > rules.longest_days:
            continue
        if found and found[-1].contact.on == contact.on and contact.precision is Precision.DAY:
            # Nurse and doctor on one day are one visit.
            found[-1] = replace(found[-1], contact=_together(found[-1].contact, contact))
            continue
        number = len(found) + 1
        found.append(
            NumberedContact(
                contact,
                f"K{number}" if number <= LAST_NUMBER else "",
                day,
                rules.trimester(day),
                pure=number == 1 and last <= rules.pure_first_until,
                sure=rules.trimester(first) is rules.trimester(last),
            )
        )
    return tuple(found)


def _together(one: Contact, other: Contact) -> Contact:
    return replace(
        one,
        doctor=one.doctor or other.doctor,
        usg=one.usg or other.usg,
        where=one.where or other.where,
        uid=one.uid or other.uid,
    )


def _next(hpht: date, numbered: Sequence[NumberedContact], today: date, rules: AntenatalRules) -> date | None:
    if (today - hpht).days > rules.longest_days:
        return None
    if not numbered:
        return max(hpht, today)
    last = hpht + timedelta(days=numbered[-1].day)
    usual = last + timedelta(days=rules.spacing_days)
    weekly_from = hpht + timedelta(days=rules.late_from_days)
    if usual <= weekly_from:
        return usual
    return max(weekly_from, last + timedelta(days=rules.late_spacing_days))
