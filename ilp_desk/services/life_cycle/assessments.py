"""Screening instruments: which are due, one to be answered, its result kept with the words of its version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from ilp_desk.domain.assessment import INSTRUMENT, Assessment, outcome, total_text
from ilp_desk.domain.clinical import Draft, Observation, VitalSigns
from ilp_desk.domain.due.records import CareRecord
from ilp_desk.domain.due.rules import OPEN, DueState, Item, Life, compiled, in_order, services_due
from ilp_desk.domain.due.words import reason_text, state_text
from ilp_desk.domain.person import Person
from ilp_desk.domain.prefill import WhoAndWhat, known_answers
from ilp_desk.domain.record import reason
from ilp_desk.domain.reference import Reference
from ilp_desk.domain.reference.instruments import STATES, Instrument
from ilp_desk.domain.staff import CARE, CLINICIANS
from ilp_desk.domain.text.dates import day_text, time_text
from ilp_desk.domain.visit import Visit
from ilp_desk.errors import Conflict, IllegalStep, InvalidInput, NotAllowed
from ilp_desk.ports import UnitOfWork
from ilp_desk.rows import assessments as rows
from ilp_desk.rows.care import DueLine
from ilp_desk.rows.encounter import StaffNames
from ilp_desk.services.danger_signs import note_signs, take_signs_back
from ilp_desk.services.documents import Printed
from ilp_desk.services.encounters import exact_age, latest_values, open_visit
from ilp_desk.services.life_cycle.assessed import readable
from ilp_desk.services.life_cycle.growth import corrected_age
from ilp_desk.services.life_cycle.lines import room_line
from ilp_desk.services.life_cycle.lives import read_lives
from ilp_desk.services.life_cycle.result_sheet import result_paper
from ilp_desk.work import Service, command, question

ALREADY = "Baru saja diisi atau dibetulkan petugas lain di kunjungan ini. Buka lagi alatnya, lalu periksa."
SCREEN = "instrument"
"""Of the drafts."""
EARLIER = 6
"""Older results shown beside the form."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SaveAssessment:
    """An instrument as it was answered. uid is made by the caller. version: of the form that was on the screen;
    answers: by item; from_record: items whose answer was on record already; replaces: the assessment it corrects."""

    uid: str
    visit_uid: str
    instrument: str
    version: str
    answers: Mapping[str, str]
    from_record: tuple[str, ...] = ()
    note: str = ""
    replaces: str | None = None


class Assessments(Service):
    """Instruments of one person. What is sensitive is read and written by those who treat, and by nobody else."""

    @question("assessment.list", CARE)
    def list(self, uow: UnitOfWork, person_uid: str) -> tuple[rows.InstrumentLine, ...]:
        """The instruments that fit somebody today, those that are due first, each with its newest result."""
        person = self._about(uow, person_uid)
        life, items = self._due(uow, person)
        results = self._lines(uow, person, "")
        found = []
        for one in self._fitting(uow, person, life, items):
            closing = _closing(items, one.code)
            told = next(iter(closing), None)
            found.append(
                rows.InstrumentLine(
                    code=one.code,
                    label=one.label,
                    short=one.short,
                    official=one.wording.value == "official",
                    sensitive=one.sensitive,
                    state=told.state.value if told else "",
                    words=state_text(told) if told else "",
                    reason=reason_text(told) if told else "",
                    open=told is not None and told.state in OPEN,
                    services=_open(closing, self.reference),
                    last=next((line for line in results if line.instrument == one.code), None),
                )
            )
        rank = {state.value: number for number, state in enumerate(DueState)}
        return tuple(sorted(found, key=lambda line: rank.get(line.state, len(rank))))

    @question("assessment.open", CARE)
    def open(self, uow: UnitOfWork, visit_uid: str, code: str) -> rows.OpenInstrument:
        """One instrument for the person of a visit: the version in force on the day of the visit, or the one it was
        answered in during this visit. Raises InvalidInput for one that does not exist, NotAllowed."""
        visit = uow.get(Visit, visit_uid)
        person = self._about(uow, visit.person_uid)
        standing = next(iter(reversed(uow.all(Assessment, visit_uid=visit.uid, instrument=code))), None)
        form = self._form(visit, code, standing.version if standing else "")
        if form.sensitive and not uow.actor.clinician:
            raise NotAllowed
        _, items = self._due(uow, person)
        lines = self._lines(uow, person, code)
        known = self._known(uow, visit, person, form)
        names = {one.code: one for one in self.tools.in_force.instruments.in_force(visit.service_date)}
        also: dict[str, tuple[str, str, str]] = {}
        for item in in_order(item for item in items if item.state in OPEN):
            for other in _instruments(item):
                if other in names and other != code and (uow.actor.clinician or not names[other].sensitive):
                    also.setdefault(other, (other, names[other].short, reason_text(item)))
        return rows.OpenInstrument(
            instrument=form,
            known=known,
            answers=standing.answers
            if standing
            else {item: told.answer for item, told in known.items() if told.answer is not None},
            standing=standing,
            standing_line=next((line for line in lines if standing and line.uid == standing.uid), None),
            earlier=tuple(line for line in lines if not standing or line.uid != standing.uid)[:EARLIER],
            services=_open(_closing(items, code), self.reference),
            also=tuple(also.values()),
            last=self._last(uow, person, form),
            draft=_draft(uow, visit.uid, code),
        )

    @question("assessment.results", CARE)
    def results(self, uow: UnitOfWork, person_uid: str, code: str = "") -> tuple[rows.ResultLine, ...]:
        """Results over time, newest first. code: of one instrument only."""
        return self._lines(uow, self._about(uow, person_uid), code)

    @question("assessment.sheet", CARE)
    def sheet(self, uow: UnitOfWork, uid: str) -> Printed:
        """The result sheet. Raises NotAllowed for what is sensitive where the role does not treat."""
        one = uow.get(Assessment, uid)
        self._about(uow, one.person_uid)
        if not readable(uow.actor, one):
            raise NotAllowed
        form = self.tools.in_force.instruments.at(one.instrument, one.version)
        local = self.tools.clock.local
        paper = result_paper(uow, one, form, local(one.taken_at), local(uow.now), self.reference)
        return Printed(f"hasil-{one.instrument}", self.tools.renderer.pdf(paper, void=not one.live))

    @command("assessment.save", CLINICIANS)
    def save(self, uow: UnitOfWork, answered: SaveAssessment) -> Assessment:
        """Keep a result, or correct one (`replaces`). What it asks for is due from now on.

        Raises Incomplete and OutOfRange (`field` is the item), InvalidInput for an instrument that is not for this
        person, Conflict where somebody else corrected it meanwhile, IllegalStep where the visit is over.
        """
        visit = open_visit(uow, answered.visit_uid)
        person = uow.get(Person, visit.person_uid)
        known = uow.find(Assessment, answered.uid)
        if known is not None:
            return known
        form = self._form(visit, answered.instrument, answered.version)
        old = self._replaced(uow, answered, visit)
        life, _ = self._due(uow, person)
        if not form.who.fits(person.sex, exact_age(person, visit.service_date), life.conditions):
            raise InvalidInput(
                "instrument", f"{form.short} bukan untuk pasien ini. Periksa umur, jenis kelamin, hamil."
            )
        values: dict[str, Any] = {
            "from_record": tuple(code for code in answered.from_record if code in form.items),
            "note": answered.note.strip(),
            "taken_at": uow.now,
            **outcome(form, answered.answers),
        }
        if old is None:
            made = uow.add(
                Assessment(
                    uid=answered.uid,
                    person_uid=person.uid,
                    visit_uid=visit.uid,
                    on=visit.service_date,
                    instrument=form.code,
                    **values,
                )
            )
        else:
            made = uow.amend(old, uid=answered.uid, **values)
            take_signs_back(uow, visit, set(old.signs) - set(made.signs), RULE_METHOD + form.code)
        note_signs(uow, visit, made.signs, RULE_METHOD + form.code)
        _keep(uow, visit.uid, form.code, None)
        uow.announce("care", person.uid)
        return made

    @command("assessment.void", CLINICIANS)
    def void(self, uow: UnitOfWork, uid: str, why: str) -> None:
        """SaveAssessment by mistake (the wrong person, say). It stays on record, voided. Raises NeedsReason."""
        words = reason(why)
        wrong = uow.get(Assessment, uid)
        uow.about(wrong.person_uid)
        if not wrong.live:
            return
        uow.void(wrong, words)
        if wrong.visit_uid:
            visit = uow.get(Visit, wrong.visit_uid)
            take_signs_back(uow, visit, set(wrong.signs), RULE_METHOD + wrong.instrument)
        uow.announce("care", wrong.person_uid)

    @command("assessment.keep", CLINICIANS, quiet=True)
    def keep_draft(self, uow: UnitOfWork, visit_uid: str, code: str, content: Mapping[str, object]) -> datetime:
        """Keep what is answered so far; gives the instant it was kept."""
        uow.about(visit_uid)
        _keep(uow, visit_uid, code, content)
        return uow.now

    @command("assessment.drop", CLINICIANS, quiet=True)
    def drop_draft(self, uow: UnitOfWork, visit_uid: str, code: str) -> None:
        """Throw the actor's own unsaved answers away."""
        uow.about(visit_uid)
        _keep(uow, visit_uid, code, None)

    # -- parts

    def _about(self, uow: UnitOfWork, person_uid: str) -> Person:
        person = uow.get(Person, person_uid)
        uow.about(person.uid)
        uow.opened(person.uid)
        return person

    def _form(self, visit: Visit, code: str, version: str = "") -> Instrument:
        forms = self.tools.in_force.instruments
        found = forms.at(code, version) if version else forms.on(code, visit.service_date)
        if found is None:
            raise InvalidInput("instrument", "Alat skrining ini tidak berlaku. Pilih dari daftar.")
        return found

    def _replaced(self, uow: UnitOfWork, answered: SaveAssessment, visit: Visit) -> Assessment | None:
        if answered.replaces is None:
            if uow.all(Assessment, visit_uid=visit.uid, instrument=answered.instrument):
                raise Conflict(ALREADY)
            return None
        old = uow.get(Assessment, answered.replaces)
        if (old.visit_uid, old.instrument) != (visit.uid, answered.instrument):
            raise IllegalStep("Hasil itu bukan dari kunjungan ini, jadi tidak dapat dibetulkan di sini.")
        if not old.live:
            raise Conflict(ALREADY)
        return old

    def _due(self, uow: UnitOfWork, person: Person) -> tuple[Life, tuple[Item, ...]]:
        (life,) = read_lives(uow, (person,), self.reference, self.tools.clock.local)
        return life, services_due(life, uow.today, compiled(self.reference.services, uow.today))

    def _fitting(self, uow: UnitOfWork, person: Person, life: Life, items: Sequence[Item]) -> Sequence[Instrument]:
        years = exact_age(person, uow.today)
        states = life.conditions & set(STATES)
        asked = {code for item in items if item.state in OPEN for code in _instruments(item)}
        return [
            one
            for one in self.tools.in_force.instruments.in_force(uow.today)
            if (uow.actor.clinician or not one.sensitive)
            and one.who.fits(person.sex, years, states)
            and (years is not None or one.code in asked or one.who.ages.open)
        ]

    def _known(self, uow: UnitOfWork, visit: Visit, person: Person, form: Instrument) -> Mapping[str, Any]:
        values = latest_values(
            uow.all(VitalSigns, visit_uid=visit.uid), uow.all(Observation, visit_uid=visit.uid), self.reference
        )
        who = WhoAndWhat(
            sex=person.sex,
            age=exact_age(person, visit.service_date),
            corrected=corrected_age(uow, person, visit.service_date, self.reference.growth),
            values=values,
        )
        return known_answers(form, who, self.reference.measures)

    def _last(self, uow: UnitOfWork, person: Person, form: Instrument) -> dict[str, str]:
        codes = tuple({follow.instrument for follow in form.cascade})
        found = uow.all(Assessment, person_uid=person.uid, instrument=codes) if codes else ()
        return {one.instrument: f"terakhir {day_text(one.on)}" for one in found if readable(uow.actor, one)}

    def _lines(self, uow: UnitOfWork, person: Person, code: str) -> tuple[rows.ResultLine, ...]:
        equals = {"instrument": code} if code else {}
        found = [one for one in uow.all(Assessment, person_uid=person.uid, **equals) if readable(uow.actor, one)]
        names = uow.ask(StaffNames(tuple({one.made_by for one in found if one.made_by}))) if found else {}
        local = self.tools.clock.local
        lines = [_line(one, names, local(one.taken_at)) for one in sorted(found, key=_newest_first)]
        return tuple(sorted([*lines, *self._told(uow, person, code)], key=lambda line: -line.on.toordinal()))

    def _told(self, uow: UnitOfWork, person: Person, code: str) -> Sequence[rows.ResultLine]:
        """Results of elsewhere, as they were told."""
        forms = {one.code: one for one in self.tools.in_force.instruments.in_force(uow.today)}
        found = []
        for told in uow.all(CareRecord, person_uid=person.uid):
            form = forms.get(told.code.removeprefix(INSTRUMENT)) if told.code.startswith(INSTRUMENT) else None
            if form is not None and code in ("", form.code) and (uow.actor.clinician or not form.sensitive):
                found.append(_told_line(told, form))
        return found


RULE_METHOD = "instrument:"
"""Before the code of an instrument: the method of a danger sign that it told."""


def _newest_first(one: Assessment) -> tuple[int, float]:
    return -one.on.toordinal(), -one.taken_at.timestamp()


def _draft(uow: UnitOfWork, visit_uid: str, code: str) -> Draft | None:
    """What the actor left unsaved in one instrument; all of a visit lie in one draft, that goes with its end."""
    kept = uow.draft(SCREEN, visit_uid)
    mine = kept.content.get(code) if kept is not None else None
    return replace(kept, content=mine) if kept is not None and isinstance(mine, dict) else None


def _keep(uow: UnitOfWork, visit_uid: str, code: str, content: Mapping[str, object] | None) -> None:
    kept = uow.draft(SCREEN, visit_uid)
    others = {other: left for other, left in kept.content.items() if other != code} if kept is not None else {}
    if content:
        uow.keep_draft(SCREEN, visit_uid, {**others, code: dict(content)})
    elif others:
        uow.keep_draft(SCREEN, visit_uid, others)
    elif kept is not None:
        uow.drop_draft(SCREEN, visit_uid)


def _instruments(item: Item) -> tuple[str, ...]:
    return tuple(c.fact.removeprefix(INSTRUMENT) for c in item.service.closes if c.fact.startswith(INSTRUMENT))


def _closing(items: Sequence[Item], code: str) -> tuple[Item, ...]:
    """The services an instrument closes, the most urgent first."""
    return in_order(item for item in items if code in _instruments(item))


def _open(items: Sequence[Item], reference: Reference) -> tuple[DueLine, ...]:
    return tuple(room_line(item, reference) for item in items if item.state in OPEN)


def _told_line(told: CareRecord, form: Instrument) -> rows.ResultLine:
    return rows.ResultLine(
        uid="",
        instrument=form.code,
        label=form.short,
        version="",
        on=told.on,
        at="",
        by=told.place,
        words="",
        band=told.value,
        meaning="",
        note="",
        visit_uid="",
        corrected=False,
        precision=told.on_precision,
    )


def _line(one: Assessment, names: Mapping[str, str], at: datetime) -> rows.ResultLine:
    return rows.ResultLine(
        uid=one.uid,
        instrument=one.instrument,
        label=one.label,
        version=one.version,
        on=one.on,
        at=time_text(at),
        by=names.get(one.made_by or "", one.performer),
        words=total_text(one.total, one.high),
        band=one.band_label,
        meaning=one.meaning,
        note=one.note,
        visit_uid=one.visit_uid or "",
        corrected=one.replaces is not None,
    )
