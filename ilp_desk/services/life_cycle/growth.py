"""A child's growth: what was measured when and where, what it means, what to do, what is given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

from ilp_desk.domain.clinical import Draft, Observation, VitalSigns
from ilp_desk.domain.due.records import CareRecord
from ilp_desk.domain.growth.child import Measures
from ilp_desk.domain.growth.measures import counted_from
from ilp_desk.domain.person import Person
from ilp_desk.domain.reference.growth import GrowthRules
from ilp_desk.domain.staff import CARE, CLINICIANS
from ilp_desk.domain.text.ages import Age, age
from ilp_desk.domain.text.dates import PartialDate
from ilp_desk.errors import InvalidInput
from ilp_desk.ports import UnitOfWork
from ilp_desk.rows.growth import BirthOf, BirthRow, ChildGrowth, MeasureRow, MeasuresOf
from ilp_desk.services.documents import Printed
from ilp_desk.services.encounters import exact_age, own_visit
from ilp_desk.services.life_cycle.earlier import check_day
from ilp_desk.services.life_cycle.growth_paper import chart_paper
from ilp_desk.services.life_cycle.growth_picture import GESTATION, Child, picture
from ilp_desk.services.takings import read_typed
from ilp_desk.work import Service, Tools, command, question

_DRAFT = "growth"
_NOON = time(12)
_SIZES = ("weight", "height", "head", "arm")


@dataclass(frozen=True, kw_only=True, slots=True)
class EarlierMeasures:
    """Measures of a day gone by, from a KIA book or another place. uid is made by the caller.

    typed: weight, height, head, arm as typed; confirmed: codes whose unlikely value was confirmed once; position: L, H.
    """

    uid: str
    person_uid: str
    on: date
    typed: Mapping[str, str] = field(default_factory=dict)
    position: str = ""
    oedema: bool | None = None
    place: str = ""
    confirmed: frozenset[str] = frozenset()


class Growth(Service):
    """What is measured today is recorded as any taking of the visit (`examination.take`)."""

    @question("growth.course", CARE)
    def course(self, uow: UnitOfWork, person_uid: str, on: date | None = None) -> ChildGrowth:
        """A child's growth as it stood on a day (today, if none): judgement, advice, charts, what may be given."""
        person = uow.get(Person, person_uid)
        uow.about(person.uid)
        uow.opened(person.uid)
        return picture(read_child(uow, person, self.tools), on or uow.today, self.tools.in_force)

    @command("growth.earlier", CARE)
    def earlier(self, uow: UnitOfWork, told: EarlierMeasures) -> None:
        """Record measures of a day gone by, without a visit. Raises UnlikelyValue and InvalidInput (`field`: on, or the
        code of the measure)."""
        person = uow.get(Person, told.person_uid)
        uow.about(person.uid)
        check_day(person, PartialDate(told.on), uow.today)
        if uow.find(VitalSigns, told.uid) is not None:
            return
        typed = {code: text for code, text in told.typed.items() if code in _SIZES}
        columns, special, _ = read_typed(typed, told.confirmed, exact_age(person, told.on), self.reference)
        if not columns and told.oedema is None:
            raise InvalidInput("weight", "Belum ada ukuran. Isi sedikitnya satu.")
        place = told.place.strip()
        uow.add(
            VitalSigns(
                uid=told.uid,
                person_uid=person.uid,
                taken_at=noon_of(told.on, self.tools),
                place=place,
                source="other_facility" if place else "told",
                position=told.position,
                oedema=told.oedema,
                special=special or None,
                confirmed=tuple(sorted(told.confirmed)),
                **columns,
            )
        )
        uow.announce("care", person.uid)

    @command("growth.give", CLINICIANS)
    def give(self, uow: UnitOfWork, uid: str, person_uid: str, visit_uid: str | None, fact: str) -> None:
        """Vitamin A or deworming was given now; the dose of the age is recorded with it.

        Raises InvalidInput ("fact" for another age, or where it was given not long ago, "on" after death), IllegalStep
        where the visit is over or somebody else's.
        """
        person = uow.get(Person, person_uid)
        uow.about(person.uid)
        if uow.find(CareRecord, uid) is not None:
            return
        check_day(person, PartialDate(uow.today), uow.today)
        if visit_uid is not None:
            own_visit(uow, visit_uid, person.uid)
        dose = supplement_dose(uow, person, fact, self.tools)
        if dose is None:
            raise InvalidInput("fact", "Itu bukan vitamin A atau obat cacing anak.")
        uow.add(
            CareRecord(
                uid=uid,
                person_uid=person.uid,
                visit_uid=visit_uid,
                taken_at=uow.now,
                code=fact,
                on=uow.today,
                value=dose,
            )
        )
        uow.announce("care", person.uid)

    @question("growth.chart", CARE)
    def chart(self, uow: UnitOfWork, person_uid: str, index: str = "zwei", span: str = "") -> Printed:
        """A chart on paper. index: as of `rows.growth.Chart`; span: its range, the usual one if empty. Raises
        InvalidInput where nothing can be drawn."""
        person = uow.get(Person, person_uid)
        uow.about(person.uid)
        uow.opened(person.uid)
        shown = picture(read_child(uow, person, self.tools), uow.today, self.tools.in_force)
        paper = chart_paper(uow, person, shown, index, span, self.tools)
        return Printed("grafik-pertumbuhan", self.tools.renderer.pdf(paper))

    @command("growth.keep_draft", CARE, quiet=True)
    def keep_draft(self, uow: UnitOfWork, visit_uid: str, content: Mapping[str, object]) -> datetime:
        """Keep what is typed and not saved; gives the instant it was kept."""
        uow.about(visit_uid)
        uow.keep_draft(_DRAFT, visit_uid, content)
        return uow.now

    @question("growth.draft", CARE)
    def draft(self, uow: UnitOfWork, visit_uid: str) -> Draft | None:
        """What the actor typed in this visit and did not save."""
        uow.about(visit_uid)
        return uow.draft(_DRAFT, visit_uid)

    @command("growth.drop_draft", CARE, quiet=True)
    def drop_draft(self, uow: UnitOfWork, visit_uid: str) -> None:
        """Throw the actor's own draft away."""
        uow.about(visit_uid)
        uow.drop_draft(_DRAFT, visit_uid)


def supplement_dose(uow: UnitOfWork, person: Person, fact: str, tools: Tools) -> str | None:
    """The dose a child gets today; None where the fact is no supplement. Raises InvalidInput("fact") for another age,
    or where it was given not long ago."""
    if fact not in {row.fact for row in tools.reference.growth.supplements}:
        return None
    shown = picture(read_child(uow, person, tools), uow.today, tools.in_force)
    line = next((line for line in shown.supplements if line.fact == fact), None)
    if line is None:
        raise InvalidInput("fact", "Itu tidak diberikan pada umur ini. Periksa tanggal lahirnya.")
    if not line.may:
        raise InvalidInput("fact", line.why)
    return line.dose


def read_child(uow: UnitOfWork, person: Person, tools: Tools) -> Child:
    """Everything on record about a child's growth."""
    rules = tools.reference.growth
    measures = [measures_of(row, tools) for row in uow.ask(MeasuresOf((person.uid,)))]
    birth = uow.ask(BirthOf(person.uid))
    if birth is not None and (birth.weight or birth.length) and birth.on not in {taken.day for taken in measures}:
        measures.append(Measures(day=birth.on, weight=birth.weight, height=birth.length, lying=True))
    gestation, told = _gestation(uow, person, birth)
    given = uow.all(CareRecord, person_uid=person.uid, code=sorted({row.fact for row in rules.supplements}))
    return Child(
        person=person,
        measures=tuple(measures),
        gestation_days=gestation,
        gestation_told=told,
        given=given,
    )


def _gestation(uow: UnitOfWork, person: Person, birth: BirthRow | None) -> tuple[int | None, bool]:
    """Days at birth, and whether they stand on the child's own record; else they come from its mother's."""
    told = [row.value for row in uow.all(Observation, person_uid=person.uid, code=GESTATION) if row.value.isdigit()]
    if told:
        return int(told[-1]) * 7, True
    return (birth.gestation_days if birth is not None else None), False


def corrected_age(uow: UnitOfWork, person: Person, on: date, rules: GrowthRules) -> Age | None:
    """The age counted from the day a child born early was due; None where it is the age lived, or not to be said."""
    if person.born_on is None or person.born_on > on:
        return None
    gestation, _ = _gestation(uow, person, uow.ask(BirthOf(person.uid)))
    due = counted_from(person.born_on, on, gestation, rules.prematurity)
    return age(due, on) if person.born_on < due <= on else None


def measures_of(row: MeasureRow, tools: Tools) -> Measures:
    return Measures(
        day=row.on or tools.clock.local(row.at).date(),
        weight=row.weight,
        height=row.height,
        lying={"L": True, "H": False}.get(row.position),
        head=row.head,
        arm=row.arm,
        oedema=row.oedema,
        place=row.place,
        source=row.source,
        uid=row.uid,
    )


def noon_of(day: date, tools: Tools) -> datetime:
    """The instant that stands for a day of which no hour is known."""
    return datetime.combine(day, _NOON, tzinfo=tools.clock.local().tzinfo).astimezone(UTC)
