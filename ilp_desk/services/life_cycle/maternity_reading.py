"""The course of a pregnancy put together for a screen: visits, dating, risks, plan, birth, and the time after it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from ilp_desk.domain.alarms import AlarmFacts, alarms
from ilp_desk.domain.assessment import Assessment
from ilp_desk.domain.clinical import Diagnosis, Observation, Pregnancy, Problem, VitalSigns
from ilp_desk.domain.due.records import CareRecord
from ilp_desk.domain.immunization import (
    Dose,
    DoseSource,
    DoseState,
    Plan,
    Recipient,
    TdState,
    due,
    td_in_pregnancy,
    tetanus_status,
)
from ilp_desk.domain.immunization.records import GivenDose
from ilp_desk.domain.maternity.after_birth import Birth, Held, Slot, visits_after
from ilp_desk.domain.maternity.antenatal import Contact, NumberedContact, follow, state_words
from ilp_desk.domain.maternity.forms import DIED, LIVE, MEASURES, STILLBORN
from ilp_desk.domain.maternity.pregnancy import after_birth, gpa, run_out
from ilp_desk.domain.maternity.records import AntenatalContact, BirthPlan, Dating, Delivery, Infant
from ilp_desk.domain.maternity.risk import RiskFacts, known_risks, known_score
from ilp_desk.domain.person import Person, PersonStatus
from ilp_desk.domain.reference import Reference
from ilp_desk.domain.reference.pregnancies import BABY, MOTHER
from ilp_desk.domain.text.ages import age, age_text, due_date, weeks_text
from ilp_desk.domain.text.dates import day_text, time_text
from ilp_desk.domain.vitals import read_kept, show
from ilp_desk.ports import UnitOfWork
from ilp_desk.rows import antenatal as rows
from ilp_desk.rows.arrival import LatestPregnancy
from ilp_desk.rows.encounter import StaffNames
from ilp_desk.services.encounters import exact_age, latest_values
from ilp_desk.services.life_cycle.lines import items_of, room_line
from ilp_desk.work import Tools

ANTENATAL, POSTNATAL, NEONATAL = "contact_antenatal", "contact_postnatal", "contact_neonatal"
USG_FACTS = ("exam_usg_first", "exam_usg_third")
OWN = frozenset({ANTENATAL, POSTNATAL, NEONATAL, *USG_FACTS, "plan_birth", "given_iron_pregnancy"})
"""Facts that have an act of their own here."""
KSPR = "kspr"
NOW = "jatuh tempo"
BABY_UNTIL = 60
"""Days of age until which a child is shown with the birth it came from."""
_STATE_WORDS = {LIVE: "hidup", STILLBORN: "lahir mati", DIED: "lahir hidup, meninggal"}


def read_course(uow: UnitOfWork, person: Person, tools: Tools) -> rows.Course:
    """The latest pregnancy of a woman, or the one a baby came from."""
    mother = mother_of(uow, person)
    latest = uow.ask(LatestPregnancy(mother.uid))
    if latest is None:
        return rows.Course(state=rows.CourseState.NONE, mother_uid=mother.uid, mother=mother.name)
    return _Reading(uow, mother, latest, tools).course()


def mother_of(uow: UnitOfWork, person: Person) -> Person:
    """The mother of a young child, else the person."""
    if person.mother_uid and person.born_on and (uow.today - person.born_on).days <= BABY_UNTIL:
        return uow.get(Person, person.mother_uid)
    return person


def birth_of(uow: UnitOfWork, pregnancy: Pregnancy, tools: Tools) -> Birth | None:
    """The birth a pregnancy ended with, by the hour where it was written down."""
    if pregnancy.ended_on is None:
        return None
    hours = [d.born_at for d in uow.all(Delivery, pregnancy_uid=pregnancy.uid) if d.born_at is not None]
    return Birth(pregnancy.ended_on, tools.clock.local(hours[-1]).replace(tzinfo=None) if hours else None)


def held(records: Sequence[CareRecord], tools: Tools) -> list[Held]:
    """Visits on record; the hour is known of those written down here on the day itself."""
    found = []
    for record in records:
        at = tools.clock.local(record.taken_at).replace(tzinfo=None)
        here = not record.place and at.date() == record.on
        found.append(Held(record.on, at if here else None, record.place))
    return found


def doses_of(uow: UnitOfWork, person_uid: str) -> list[Dose]:
    """The doses of somebody, as the rules of immunization read them."""
    return [
        Dose(
            code=dose.code,
            on=dose.on,
            precision=dose.on_precision,
            source=DoseSource(dose.source),
            campaign=bool(dose.campaign),
            age_hours=dose.age_hours,
            uid=dose.uid,
        )
        for dose in uow.all(GivenDose, person_uid=person_uid)
    ]


def recipient_of(person: Person) -> Recipient:
    return Recipient(born_on=person.born_on, born_precision=person.born_precision, sex=person.sex)


class _Reading:
    """One pregnancy, read once."""

    def __init__(self, uow: UnitOfWork, mother: Person, pregnancy: Pregnancy, tools: Tools) -> None:
        self.uow, self.mother, self.pregnancy, self.tools = uow, mother, pregnancy, tools
        self.reference: Reference = tools.reference
        self.rules = self.reference.antenatal
        self.until = min(uow.today, pregnancy.ended_on or uow.today)
        self.now: datetime = tools.clock.local(uow.now).replace(tzinfo=None)
        self.records = uow.all(CareRecord, person_uid=mother.uid)
        self.own = uow.all(AntenatalContact, pregnancy_uid=pregnancy.uid)
        self.plan = Plan(self.reference.immunizations, uow.today)

    def course(self) -> rows.Course:
        pregnancy, lmp = self.pregnancy, self.pregnancy.lmp
        visits = follow(lmp, self._contacts(), self.until, self.rules)
        lines = tuple(self._contact(visit) for visit in visits.contacts)
        state = self._state()
        open_one = state in (rows.CourseState.GOING, rows.CourseState.CONFIRM)
        risks, total, band, meaning = self._risks(lines)
        tetanus, td, td_now = self._tetanus(open_one)
        plans = self.uow.all(BirthPlan, pregnancy_uid=pregnancy.uid)
        birth = birth_of(self.uow, pregnancy, self.tools)
        source = self.reference.pregnancy.sources.get(pregnancy.lmp_source)
        return rows.Course(
            state=state,
            mother_uid=self.mother.uid,
            mother=self.mother.name,
            pregnancy=pregnancy,
            day=(self.until - lmp).days,
            words=self._words(state),
            gpa=gpa(pregnancy),
            lmp=lmp,
            term=due_date(lmp),
            source=source.label if source else pregnancy.lmp_source,
            datings=self._datings(),
            contacts=lines,
            trimesters=tuple(
                rows.TrimesterLine(
                    t.code, t.label, t.from_day, t.to_day, visits.counts[t.code], t.contacts, t.doctor,
                    t.code in visits.doctor,
                )
                for t in self.rules.trimesters
            ),
            missing=visits.missing if open_one else (),
            lost=visits.lost if open_one else (*visits.lost, *visits.missing),
            pattern_met=visits.pattern_met,
            next_on=visits.next_on if open_one else None,
            risks=risks,
            score=total,
            band=band,
            meaning=meaning,
            scored=self._scored(),
            tetanus=tetanus,
            td=td,
            td_now=td_now,
            tablets=sum(line.tablets or 0 for line in lines),
            swallowed=sum(line.swallowed or 0 for line in lines),
            goal=self.rules.iron_tablets,
            plan=plans[-1] if plans else None,
            plan_lines=self._plan_lines(plans[-1]) if plans else (),
            delivery=self._delivery(),
            slots=self._slots(birth) if self._postpartum() else (),
            steps=self._services(self.mother, ("anc", "pnc")),
            babies=self._babies(),
        )  # fmt: skip

    # How it stands

    def _state(self) -> rows.CourseState:
        today, reference = self.uow.today, self.reference
        if self.pregnancy.ended_on is not None:
            nifas = after_birth(self.pregnancy, today, reference) is not None
            return rows.CourseState.AFTER if nifas else rows.CourseState.ENDED
        if run_out(self.pregnancy, today, reference):
            return rows.CourseState.RUN_OUT
        late = (today - self.pregnancy.lmp).days >= self.rules.confirm_after_days
        return rows.CourseState.CONFIRM if late else rows.CourseState.GOING

    def _words(self, state: rows.CourseState) -> str:
        pregnancy, today = self.pregnancy, self.uow.today
        if pregnancy.ended_on is None:
            return state_words(pregnancy.lmp, today, self.rules)
        outcome = self.reference.pregnancy.outcomes.get(pregnancy.outcome)
        how = (outcome.label if outcome else pregnancy.outcome).lower()
        days = after_birth(pregnancy, today, self.reference)
        if state is rows.CourseState.AFTER:
            return f"Nifas hari {days}"
        return f"Berakhir {day_text(pregnancy.ended_on)}, {how}"

    def _postpartum(self) -> bool:
        outcome = self.reference.pregnancy.outcomes.get(self.pregnancy.outcome)
        return self.pregnancy.ended_on is not None and outcome is not None and outcome.postpartum

    def _datings(self) -> tuple[rows.DatingLine, ...]:
        found = self.uow.all(Dating, pregnancy_uid=self.pregnancy.uid)
        names = self.uow.ask(StaffNames(tuple({d.made_by for d in found if d.made_by})))
        lines: list[rows.DatingLine] = []
        for dating in reversed(found):
            source = self.reference.pregnancy.sources.get(dating.source)
            lines.append(
                rows.DatingLine(
                    lmp=dating.lmp,
                    term=due_date(dating.lmp),
                    source=source.label if source else dating.source,
                    on=dating.on,
                    by=names.get(dating.made_by or "", ""),
                    current=not lines,
                )
            )
        return tuple(lines)

    # Visits

    def _contacts(self) -> list[Contact]:
        """Visits recorded as such, and those only told of in a few words."""
        found = [
            Contact(c.on, c.doctor, c.usg, c.place, c.on_precision, c.uid)
            for c in self.own
        ]  # fmt: skip
        for record in self.records:
            if record.code == ANTENATAL or record.code in USG_FACTS:
                usg = record.code in USG_FACTS
                found.append(Contact(record.on, usg, usg, record.place, record.on_precision))
        return found

    def _contact(self, visit: NumberedContact) -> rows.ContactLine:
        contact, lmp = visit.contact, self.pregnancy.lmp
        record = next((c for c in self.own if c.uid == contact.uid), None)
        values = self._values(record) if record is not None else {}
        return rows.ContactLine(
            uid=contact.uid,
            own=record is not None,
            code=visit.code,
            name=_visit_name(visit),
            day=visit.day,
            weeks=weeks_text(lmp, lmp + timedelta(days=visit.day), with_days=visit.sure and contact.precision == "day"),
            on=contact.on,
            when=day_text(contact.on, contact.precision),
            trimester=visit.trimester.code if visit.trimester else "",
            sure=visit.sure,
            exact=contact.precision == "day",
            doctor=contact.doctor,
            usg=contact.usg,
            where=contact.where,
            by=self._by(record),
            values=_shown(values, self.reference),
            levels=self._levels(values, contact.on),
            tablets=record.tablets if record else None,
            swallowed=record.swallowed if record else None,
            findings=record.findings if record else "",
        )

    def _by(self, record: AntenatalContact | None) -> str:
        if record is None:
            return ""
        if record.performer or record.place:
            return record.performer
        return self.uow.ask(StaffNames((record.made_by or "",))).get(record.made_by or "", "")

    def _values(self, record: AntenatalContact) -> dict[str, int | str]:
        """In base units: of the visit here, of the book elsewhere."""
        if record.visit_uid:
            vitals = self.uow.all(VitalSigns, visit_uid=record.visit_uid)
            return latest_values(vitals, self.uow.all(Observation, visit_uid=record.visit_uid), self.reference)
        names = ("systolic", "diastolic", "weight", "arm", "fundus", "fetal_heart", "haemoglobin")
        found: dict[str, int | str] = {n: getattr(record, n) for n in names if getattr(record, n) is not None}
        protein = read_kept("urine_protein", record.protein, self.reference) if record.protein else None
        return found if protein is None else found | {"urine_protein": protein}

    def _levels(self, values: Mapping[str, int | str], on: date) -> dict[str, str]:
        if not values:
            return {}
        facts = AlarmFacts(on=on, age=exact_age(self.mother, on), pregnant=True)
        found: dict[str, str] = {}
        for code in MEASURES:
            measure = self.reference.measures[code]
            own = {part: values[part] for part in (measure.parts or (code,)) if part in values}
            raised = alarms(own, facts, self.reference) if own else ()
            if raised:
                found[code] = raised[0].level.value
        return found

    # Risks, tetanus

    def _risks(self, lines: Sequence[rows.ContactLine]) -> tuple[tuple[str, ...], str, str, str]:
        instrument = self.tools.in_force.instruments.on(KSPR, self.uow.today)
        if instrument is None:
            return (), "", "", ""
        codes = known_risks(self._risk_facts(), self.reference.pregnancy.risks.on(self.uow.today))
        known = known_score(codes, instrument)
        words = tuple(instrument.items[code].text for code in codes if code in instrument.items)
        band = known.band
        return words, f"sedikitnya {known.total}", band.label if band else "", band.meaning.value if band else ""

    def _risk_facts(self) -> RiskFacts:
        uow, pregnancy, mother = self.uow, self.pregnancy, self.mother
        earlier = [p for p in uow.all(Pregnancy, person_uid=mother.uid) if p.uid != pregnancy.uid and p.ended_on]
        births = [p.ended_on for p in earlier if p.ended_on and self._is_birth(p)]
        since = max((day for day in births if day <= pregnancy.lmp), default=None)
        vitals = uow.all(VitalSigns, person_uid=mother.uid)
        lasting = {p.code for p in uow.all(Problem, person_uid=mother.uid) if p.code and p.resolved_on is None}
        own = {
            d.code
            for d in uow.all(Diagnosis, person_uid=mother.uid)
            if pregnancy.lmp <= self.tools.clock.local(d.taken_at).date() <= self.until
        }
        ways = {d.way for d in uow.all(Delivery, person_uid=mother.uid) if d.pregnancy_uid != pregnancy.uid}
        now, begun = exact_age(mother, self.until), exact_age(mother, pregnancy.lmp)
        over = pregnancy.ended_on is not None and pregnancy.gravida is not None
        return RiskFacts(
            gravida=pregnancy.gravida,
            age=now.years if now else None,
            age_begun=begun.years if begun else None,
            interval=age(since, pregnancy.lmp).total_months if since else None,
            para=_before(pregnancy.para, over and self._adds() == "para"),
            abortus=_before(pregnancy.abortus, over and self._adds() == "abortus"),
            height=next((v.height for v in reversed(vitals) if v.height is not None), None),
            haemoglobin=self._lowest_haemoglobin(),
            day=(self.until - pregnancy.lmp).days,
            icd=frozenset(lasting | own),
            ways=frozenset(ways - {""}),
        )

    def _adds(self) -> str:
        outcome = self.reference.pregnancy.outcomes.get(self.pregnancy.outcome)
        return outcome.adds if outcome else ""

    def _is_birth(self, pregnancy: Pregnancy) -> bool:
        outcome = self.reference.pregnancy.outcomes.get(pregnancy.outcome)
        return outcome is not None and outcome.postpartum

    def _lowest_haemoglobin(self) -> int | None:
        found = [c.haemoglobin for c in self.own if c.haemoglobin is not None]
        for result in self.uow.all(Observation, person_uid=self.mother.uid, code="haemoglobin"):
            on = self.tools.clock.local(result.taken_at).date()
            value = read_kept("haemoglobin", result.value, self.reference)
            if isinstance(value, int) and self.pregnancy.lmp <= on <= self.until:
                found.append(value)
        return min(found, default=None)

    def _scored(self) -> str:
        found = [
            a
            for a in self.uow.all(Assessment, person_uid=self.mother.uid, instrument=KSPR)
            if self.pregnancy.lmp <= a.on <= self.until
        ]
        return f"{found[-1].total} · {found[-1].band_label}, {day_text(found[-1].on)}" if found else ""

    def _tetanus(self, open_one: bool) -> tuple[str, str, bool]:
        today = self.uow.today
        status = tetanus_status(recipient_of(self.mother), doses_of(self.uow, self.mother.uid), today, self.plan)
        if not open_one:
            return status.words, "", False
        td = td_in_pregnancy(status, today, due_date(self.pregnancy.lmp), self.plan)
        return status.words, td.words, td.state is TdState.NOW

    # Plan, birth, after it

    def _plan_lines(self, plan: BirthPlan) -> tuple[tuple[str, str], ...]:
        table = self.reference.pregnancy
        place, helper = table.places.get(plan.place), table.helpers.get(plan.helper)
        lines = (
            ("Tempat", " ".join(p for p in (place.label if place else "", plan.place_name) if p)),
            ("Penolong", helper.label if helper else ""),
            ("Pendamping", plan.companion),
            ("Kendaraan", plan.transport),
            ("Donor darah", plan.donor),
            ("Dana", plan.funds),
            ("KB pascasalin", plan.contraception),
            ("Stiker P4K", "terpasang" if plan.sticker else ""),
        )
        return tuple((label, words) for label, words in lines if words)

    def _delivery(self) -> rows.DeliveryLine | None:
        if self.pregnancy.ended_on is None:
            return None
        table = self.reference.pregnancy
        outcome = table.outcomes.get(self.pregnancy.outcome)
        head = f"{outcome.label if outcome else self.pregnancy.outcome} {day_text(self.pregnancy.ended_on)}"
        made = self.uow.all(Delivery, pregnancy_uid=self.pregnancy.uid)
        if not made:
            return rows.DeliveryLine(uid="", head=head, words="Tempat dan penolong belum dicatat.")
        delivery = made[-1]
        if delivery.born_at is not None:
            head += f" pukul {time_text(self.tools.clock.local(delivery.born_at))}"
        place, helper, way = (
            table.places.get(delivery.birth_place), table.helpers.get(delivery.helper), table.ways.get(delivery.way),
        )  # fmt: skip
        parts = (
            " ".join(p for p in (place.label if place else "", delivery.place_name) if p),
            helper.label if helper else "",
            way.label if way else "",
            delivery.condition,
            "IMD" if delivery.early_feeding else "",
        )
        return rows.DeliveryLine(uid=delivery.uid, head=head, words=" · ".join(p for p in parts if p))

    def _slots(self, birth: Birth | None) -> tuple[Slot, ...]:
        if birth is None:
            return ()
        visits = [r for r in self.records if r.code == POSTNATAL]
        rules = [r for r in self.reference.pregnancy.after_birth.on(self.uow.today) if r.who == MOTHER]
        return visits_after(birth, held(visits, self.tools), self.now, rules)

    def _babies(self) -> tuple[rows.BabyLine, ...]:
        ended = self.pregnancy.ended_on
        if ended is None:
            return ()
        deliveries = self.uow.all(Delivery, pregnancy_uid=self.pregnancy.uid)
        infants = self.uow.all(Infant, delivery_uid=tuple(d.uid for d in deliveries)) if deliveries else ()
        linked = {i.child_uid for i in infants if i.child_uid}
        lines = [self._baby(infant) for infant in sorted(infants, key=lambda i: i.order)]
        children = self.uow.all(Person, mother_uid=self.mother.uid, born_on=ended)
        lines += [self._child(child, None) for child in children if child.uid not in linked]
        return tuple(lines)

    def _baby(self, infant: Infant) -> rows.BabyLine:
        if infant.child_uid is not None:
            return self._child(self.uow.get(Person, infant.child_uid), infant)
        return rows.BabyLine(
            uid="",
            name=f"Bayi ke-{infant.order}",
            record_number="",
            state=infant.state,
            facts=" · ".join(p for p in (infant.sex, _weight(infant.weight), _STATE_WORDS[infant.state]) if p),
        )

    def _child(self, child: Person, infant: Infant | None) -> rows.BabyLine:
        dead = child.status is PersonStatus.DEAD
        weight = infant.weight if infant else None
        life = age_text(child.born_on, child.born_precision, self.uow.today)
        facts = (child.sex.value, _weight(weight), "meninggal" if dead else life)
        return rows.BabyLine(
            uid=child.uid,
            name=child.name,
            record_number=child.record_number,
            state=DIED if dead else LIVE,
            facts=" · ".join(p for p in facts if p),
            slots=() if dead else self._neonatal(child),
            steps=() if dead else self._steps(child),
        )

    def _neonatal(self, child: Person) -> tuple[Slot, ...]:
        birth = birth_of(self.uow, self.pregnancy, self.tools)
        if birth is None:
            return ()
        visits = self.uow.all(CareRecord, person_uid=child.uid, code=NEONATAL)
        rules = [r for r in self.reference.pregnancy.after_birth.on(self.uow.today) if r.who == BABY]
        return visits_after(birth, held(visits, self.tools), self.now, rules)

    def _steps(self, child: Person) -> tuple[rows.Step, ...]:
        """HB0, and what else a newborn gets once; the visits have slots of their own."""
        doses = doses_of(self.uow, child.uid)
        found = []
        for shot in due(recipient_of(child), doses, self.uow.today, self.plan):
            if shot.series == "hb0":
                done = shot.state is DoseState.COMPLETE
                now = NOW if shot.state is DoseState.ON_TIME else self.plan.state_word(shot.state)
                words = day_text(shot.last) if done else now
                lost = shot.state is DoseState.TOO_LATE
                state = "done" if done else "lost" if lost else "late" if shot.state is DoseState.LATE else "due"
                found.append(rows.Step(code="hb0", label="HB0", state=state, words=words, fact=""))
        if not found and doses:
            given = next((dose for dose in doses if dose.code in self._hb0()), None)
            if given is not None:
                found.append(rows.Step(code="hb0", label="HB0", state="done", words=day_text(given.on), fact=""))
        return (*found, *self._services(child, ("newborn",)))

    def _services(self, person: Person, bundles: Sequence[str]) -> tuple[rows.Step, ...]:
        """Services of these bundles that are recorded as given or examined, as the rules of what is due see them."""
        found = []
        for item in items_of(self.uow, (person,), self.tools)[0]:
            line = room_line(item, self.reference)
            facts = [code for code, _ in line.closes if code in self.reference.services.facts]
            if line.bundle in bundles and facts and OWN.isdisjoint(facts):
                words = day_text(line.last_on) if line.state == "done" else line.words
                found.append(
                    rows.Step(code=line.service, label=line.name, state=line.state, words=words, fact=facts[0])
                )
        return tuple(found)

    def _hb0(self) -> set[str]:
        return {"hb0", *(v.code for v in self.plan.vaccines.values() if "hb0" in v.series)}


def _visit_name(visit: NumberedContact) -> str:
    if visit.code != "K1":
        return visit.code
    return "K1 murni" if visit.pure else "K1 akses"


def _shown(values: Mapping[str, int | str], reference: Reference) -> dict[str, str]:
    found = {}
    for code in MEASURES:
        parts = reference.measures[code].parts or (code,)
        shown = "/".join(show(part, values.get(part), reference) for part in parts)
        if shown.strip("/"):
            found[code] = shown
    return found


def _weight(grams: int | None) -> str:
    return f"{grams} g" if grams is not None else ""


def _before(count: int | None, counted: bool) -> int | None:
    return count if count is None or not counted else max(0, count - 1)
