"""What stays between the patient and those who treat: a visit for something sensitive is told to others without it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from ilp_desk.domain.reference.codespans import matches
from ilp_desk.domain.reference.icd_words import FILE, load_icd_words
from ilp_desk.domain.staff import Actor
from ilp_desk.rows.encounter import PastVisit
from resources import read

GUARDED = "diagnosis dijaga"


@cache
def _sensitive() -> tuple[str, ...]:
    return load_icd_words(read(FILE)).sensitive


def hides(actor: Actor, codes: Iterable[str]) -> bool:
    """Whether what these ICD-10 codes stand for is kept from the actor; clinicians read everything."""
    return not actor.clinician and any(matches(code, span) for code in codes for span in _sensitive())


def discreet(actor: Actor, visits: tuple[PastVisit, ...]) -> tuple[PastVisit, ...]:
    """The visits as this actor may read them: a guarded one without its diagnoses."""
    return tuple(replace(v, diagnoses=GUARDED, codes=()) if hides(actor, v.codes) else v for v in visits)
