"""What opens when a service is chosen: a view, a field of the examination, or a small sheet that records it."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from typing import Literal

from ilp_desk.domain.reference import Reference
from ilp_desk.rows.care import DueLine

MOTHER = ("anc", "pnc")
"""Bundles of pregnancy and nifas, kept in one view."""
CHILD = ("growth", "newborn", "ckg_school")
"""Bundles whose measures belong on a growth chart."""
GROWTH = ("weight", "height", "head", "arm")
Kind = Literal["view", "field", "sheet"]


@dataclass(frozen=True, slots=True)
class Way:
    """view: `code` of the view and its target; field: code of the measure; sheet: the fact that is recorded there."""

    kind: Kind
    code: str
    target: str = ""


def ways_of(line: DueLine, reference: Reference, views: Container[str]) -> tuple[Way, ...]:
    """Each way to close a service, the first one first. views: the views there are."""
    found = [_way(fact, line.bundle, reference, views) for fact, _ in line.closes]
    return tuple(dict.fromkeys(way for way in found if way is not None))


def _way(fact: str, bundle: str, reference: Reference, views: Container[str]) -> Way | None:
    kind, colon, code = fact.partition(":")
    if colon:
        view = {"dose": "immunization", "instrument": "instrument"}.get(kind, "")
        return Way("view", view, code) if view in views else None
    if fact in reference.services.facts:
        return Way("view", "pregnancy", fact) if bundle in MOTHER and "pregnancy" in views else Way("sheet", fact)
    if bundle in CHILD and fact in GROWTH and "growth" in views:
        return Way("view", "growth", fact)
    return Way("field", fact)
