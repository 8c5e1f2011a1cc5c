"""The visits of a pregnancy: K1 murni or akses to K6, the pattern of the trimesters, the doctor's two visits.

    course = follow(hpht, contacts, today, rules)

Visits elsewhere count like ours. What can no longer be met is said in words, never hidden.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ilp_desk.domain.reference.antenatal import AntenatalRules, Trimester
from ilp_desk.domain.text.ages import weeks_text
from ilp_desk.domain.text.dates import day_text

LAST_NUMBER = 6
"""Visits beyond the sixth have no official name (ilp-reference 2.2)."""


@dataclass(frozen=True, slots=True)
class Contact:
    """One antenatal visit. doctor: by a doctor; usg: with ultrasound; where: the place, empty for here."""

    on: date
    doctor: bool = False
    usg: bool = False
    where: str = ""


@dataclass(frozen=True, slots=True)
class NumberedContact:
    """code: K1 to K6, empty beyond; pure: a K1 within the first weeks (K1 murni)."""

    contact: Contact
    code: str
    day: int
    trimester: Trimester | None
    pure: bool = False


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


def lost_words(course: Course) -> str:
    """`Pola 1-2-3 tidak terpenuhi lagi: 1 kali periksa di trimester 1.` or empty."""
    if not course.lost:
        return ""
    return f"Pola 1-2-3 tidak terpenuhi lagi: {', '.join(course.lost)}."


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
    for contact in sorted(contacts, key=lambda c: c.on):
        day = (contact.on - hpht).days
        if contact.on > today or not 0 <= day <= rules.longest_days:
            continue
        if found and found[-1].contact.on == contact.on:
            # Nurse and doctor on one day are one visit.
            before = found[-1]
            both = Contact(
                contact.on,
                before.contact.doctor or contact.doctor,
                before.contact.usg or contact.usg,
                before.contact.where or contact.where,
            )
            found[-1] = NumberedContact(both, before.code, day, before.trimester, before.pure)
            continue
        number = len(found) + 1
        found.append(
            NumberedContact(
                contact,
                f"K{number}" if number <= LAST_NUMBER else "",
                day,
                rules.trimester(day),
                pure=number == 1 and day <= rules.pure_first_until,
            )
        )
    return tuple(found)


def _next(hpht: date, numbered: Sequence[NumberedContact], today: date, rules: AntenatalRules) -> date | None:
    if (today - hpht).days > rules.longest_days:
        return None
    if not numbered:
        return max(hpht, today)
    last = numbered[-1].contact.on
    usual = last + timedelta(days=rules.spacing_days)
    weekly_from = hpht + timedelta(days=rules.late_from_days)
    if usual <= weekly_from:
        return usual
    return max(weekly_from, last + timedelta(days=rules.late_spacing_days))
