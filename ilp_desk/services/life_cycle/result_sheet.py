"""An answered instrument as a paper: the words of the version it was answered in."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from ilp_desk import paperwork as forms
from ilp_desk.domain.assessment import Assessment, comma, total_text
from ilp_desk.domain.person import Person
from ilp_desk.domain.reference import Reference
from ilp_desk.domain.reference.instruments import Instrument, Kind, Wording, step_points
from ilp_desk.domain.staff import Staff
from ilp_desk.domain.text.dates import day_text, time_text
from ilp_desk.ports import UnitOfWork
from ilp_desk.services import papers

TAKEN = " (sudah tercatat)"
SIGNS = "Pemeriksa,"


def result_paper(
    uow: UnitOfWork, one: Assessment, form: Instrument | None, at: datetime, now: datetime, reference: Reference
) -> forms.ResultSheet:
    """form: the version it was answered in, None where that is not known here any more; at: when it was answered, now:
    when it is printed, both on the facility's wall clock."""
    person, site = uow.get(Person, one.person_uid), papers.facility(uow)
    by = uow.find(Staff, one.made_by)
    signer = by.uid if by is not None else uow.actor.staff_uid
    warnings = tuple(f"{label}." for label in one.flags)
    return forms.ResultSheet(
        letterhead=papers.letterhead(site),
        patient=papers.patient_block(uow, person, one.on, reference),
        instrument=form.label if form is not None else one.label,
        version=_version(one, form),
        asked=f"{day_text(one.on)}, {time_text(at)}" + (f", oleh {by.name}" if by is not None else ""),
        band=one.band_label,
        score=_scored(one, form),
        scores=_further(one, form),
        warnings=warnings,
        acts=one.acts,
        follow=_follow(one, form),
        answers=_answers(one, form),
        note=one.note,
        signature=papers.signature(uow, site, now, (papers.examiner(by.roles) if by else "") or SIGNS, signer),
        uid=one.uid,
    )


def _version(one: Assessment, form: Instrument | None) -> str:
    ours = ", redaksi singkat, belum redaksi resmi" if form is not None and form.wording is Wording.OURS else ""
    return f"versi {one.version}{ours}" + (", dibetulkan" if one.replaces else "")


def _scored(one: Assessment, form: Instrument | None) -> str:
    label = form.scores[form.result].label if form is not None else "Nilai"
    return f"{label} {total_text(one.total, one.high)}"


def _further(one: Assessment, form: Instrument | None) -> tuple[forms.Field, ...]:
    """Other scores that are not nothing."""
    if form is None:
        return ()
    return tuple(
        forms.Field(form.scores[code].label, comma(value))
        for code, value in one.scores.items()
        if code != form.result and value != "0"
    )


def _follow(one: Assessment, form: Instrument | None) -> tuple[str, ...]:
    because = {follow.instrument: follow.because for follow in reversed(form.cascade.rows)} if form is not None else {}
    return tuple(f"{label} ({because[code]})" if because.get(code) else label for code, label in one.follow.items())


def _answers(one: Assessment, form: Instrument | None) -> tuple[forms.GivenAnswer, ...]:
    if form is None:
        return tuple(forms.GivenAnswer(text=code, answer=answer) for code, answer in one.answers.items())
    return tuple(_answer(one, form, code) for code in (item.code for item in form.items) if code in one.answers)


def _answer(one: Assessment, form: Instrument, code: str) -> forms.GivenAnswer:
    item, stored = form.items[code], one.answers[code]
    if item.kind is Kind.NUMBER:
        words = f"{comma(stored)} {item.unit}".rstrip()
        points = str(step_points(item.steps, Decimal(stored))) if item.steps else ""
    else:
        option = item.option(stored)
        words = option.label if option is not None else stored
        points = str(option.points) if option is not None and item.counts else ""
    taken = TAKEN if code in one.from_record else ""
    return forms.GivenAnswer(group=item.group, text=item.text, answer=words + taken, points=points)
