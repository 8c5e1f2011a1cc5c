"""What was measured, in words with units."""

from __future__ import annotations

from collections.abc import Iterable

from ilp_desk.domain.clinical import Observation, VitalSigns
from ilp_desk.domain.danger import measured
from ilp_desk.domain.reference import Reference
from ilp_desk.domain.vitals import show, show_kept

_PRESSURE = ("systolic", "diastolic")
_POSITIONS = {"L": " terlentang", "H": " berdiri"}


def taking_words(taking: VitalSigns, reference: Reference) -> str:
    """`TD 162/108 mmHg, nadi 96/mnt, tinggi 74,5 cm terlentang, edema kedua kaki`"""
    special = taking.special or {}
    said = []
    upper, lower = taking.systolic or special.get("systolic"), taking.diastolic or special.get("diastolic")
    if upper is not None:
        said.append(f"TD {show('systolic', upper, reference)}/{show('diastolic', lower, reference)} mmHg")
    for measure in reference.measures.vitals:
        if measure.kind != "number" or measure.code in _PRESSURE:
            continue
        value = getattr(taking, measure.code)
        value = special.get(measure.code) if value is None else value
        if value is not None:
            gap = "" if measure.unit.startswith(("/", "%")) else " "
            position = _POSITIONS.get(taking.position, "") if measure.code == "height" else ""
            words = f"{measure.short} {show(measure.code, value, reference)}{gap}{measure.unit}".rstrip()
            said.append(f"{words}{position}")
    if taking.oedema:
        said.append("edema kedua kaki")
    return ", ".join(said)


def results_words(results: Iterable[Observation], reference: Reference) -> str:
    """`Hemoglobin 10,2 g/dL, Protein urin negatif`: results that are no danger sign."""
    said = []
    for found in measured(results):
        label = reference.measures[found.code].label if found.code in reference.measures else found.code
        said.append(f"{label} {show_kept(found.code, found.value, reference)} {found.unit}".rstrip())
    return ", ".join(said)
