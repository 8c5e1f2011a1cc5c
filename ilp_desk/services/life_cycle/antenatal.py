"""The course of a pregnancy: visits here and elsewhere, the birth plan, the birth, and the visits after it."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from ilp_desk.domain.clinical import Pregnancy, VitalSigns
from ilp_desk.domain.due.records import CareRecord
from ilp_desk.domain.maternity import forms as typed
from ilp_desk.domain.maternity.after_birth import Birth, Held, too_early
from ilp_desk.domain.maternity.forms import BIRTHS, ContactForm, DeliveryForm, InfantForm, PlanForm
from ilp_desk.domain.maternity.pregnancy import delivered_on, read_end, run_out
from ilp_desk.domain.maternity.records import AntenatalContact, BirthPlan, Delivery, Infant
from ilp_desk.domain.person import Person, PersonStatus, Precision, Sex
from ilp_desk.domain.record import new_uid, reason
from ilp_desk.domain.reference.pregnancies import BABY, MOTHER
from ilp_desk.domain.staff import CARE, CLINICIANS
from ilp_desk.domain.text.ages import Age
from ilp_desk.domain.text.dates import PartialDate, day_text, time_text
from ilp_desk.domain.vitals import VitalState, check_vital
from ilp_desk.errors import Conflict, IllegalStep, InvalidInput
from ilp_desk.ports import UnitOfWork
from ilp_desk.rows import antenatal as rows
from ilp_desk.rows.arrival import LatestPregnancy
from ilp_desk.services.documents import Printed
from ilp_desk.services.encounters import open_visit
from ilp_desk.services.life_cycle import pregnancies
from ilp_desk.services.life_cycle.earlier import while_alive
from ilp_desk.services.life_cycle.maternal_paper import card_paper
from ilp_desk.services.life_cycle.maternity_reading import NEONATAL, POSTNATAL, birth_of, mother_of, read_course
from ilp_desk.services.newcomers import register_newborn
from ilp_desk.work import Service, command, question

NEWBORN = Age(0, 0, 0, 0)
TOO_EARLY_FOR_KN1 = "exam_newborn"
"""What a look at a baby is in the hours before the first visit counts."""
NO_PREGNANCY = "Belum ada kehamilan yang tercatat berjalan. Isi HPHT lebih dulu."


class Antenatal(Service):
    """What a room records about a pregnancy and the weeks after it."""

    @question("antenatal.course", CARE)
    def course(self, uow: UnitOfWork, person_uid: str) -> rows.Course:
        """The latest pregnancy of a woman, or the one a young baby came from."""
        person = uow.get(Person, person_uid)
        uow.about(person.uid)
        uow.opened(person.uid)
        return read_course(uow, person, self.tools)

    @question("antenatal.card", CARE)
    def card(self, uow: UnitOfWork, person_uid: str) -> Printed:
        """Kartu ibu of a woman's latest pregnancy. Raises InvalidInput where there is none."""
        mother = uow.get(Person, person_uid)
        uow.about(mother.uid)
        uow.opened(mother.uid)
        course = read_course(uow, mother, self.tools)
        if course.state is rows.CourseState.NONE:
            raise InvalidInput("pregnancy", "Belum ada kehamilan yang tercatat. Isi HPHT dulu.")
        return Printed("kartu-ibu", self.tools.renderer.pdf(card_paper(uow, mother, course, self.tools)))

    @command("antenatal.contact", CLINICIANS)
    def contact(self, uow: UnitOfWork, uid: str, visit_uid: str, form: ContactForm) -> AntenatalContact:
        """The antenatal visit of today's encounter; told again, it is completed. Raises IllegalStep, InvalidInput."""
        visit = open_visit(uow, visit_uid)
        pregnancy = self._going(uow, visit.person_uid)
        values: dict[str, Any] = self._given(form)
        standing = next((c for c in uow.all(AntenatalContact, visit_uid=visit.uid)), None)
        if standing is not None:
            kept = {"doctor": form.doctor or standing.doctor, "usg": form.usg or standing.usg}
            new = {name: value for name, value in {**values, **kept}.items() if value not in (None, "")}
            made = uow.change(standing, **new)
        else:
            typed.within(PartialDate(visit.service_date), pregnancy.lmp, None)
            made = uow.add(
                AntenatalContact(
                    uid=uid,
                    person_uid=pregnancy.person_uid,
                    pregnancy_uid=pregnancy.uid,
                    visit_uid=visit.uid,
                    taken_at=uow.now,
                    on=visit.service_date,
                    doctor=form.doctor,
                    usg=form.usg,
                    **values,
                )
            )
        uow.announce("care", pregnancy.person_uid)
        return made

    @command("antenatal.elsewhere", CLINICIANS)
    def elsewhere(self, uow: UnitOfWork, uid: str, person_uid: str, form: ContactForm) -> AntenatalContact:
        """A visit at another place, from the book or as told, to the day or the month. Raises InvalidInput."""
        uow.about(person_uid)
        done = uow.find(AntenatalContact, uid)
        if done is not None:
            return done
        known = typed.read_past(form.on, uow.today)
        pregnancy = self._pregnancy_of(uow, person_uid)
        longest = pregnancy.lmp + timedelta(days=self.reference.antenatal.longest_days)
        typed.within(known, pregnancy.lmp, pregnancy.ended_on or longest)
        while_alive(uow.get(Person, person_uid), known)
        place = typed.line(form.place, "place")
        if not place:
            raise InvalidInput("place", "Tulis di mana: nama bidan, klinik, atau rumah sakit.")
        for other in uow.all(AntenatalContact, pregnancy_uid=pregnancy.uid):
            if (other.on, other.on_precision, other.place) == (known.day, known.precision, place):
                when = day_text(known.day, known.precision)
                raise InvalidInput("on", f"Kunjungan {when} di {place} sudah tercatat.")
        made = uow.add(
            AntenatalContact(
                uid=uid,
                person_uid=pregnancy.person_uid,
                pregnancy_uid=pregnancy.uid,
                taken_at=uow.now,
                place=place,
                performer=typed.line(form.by, "by"),
                source="other_facility",
                on=known.day,
                on_precision=known.precision,
                doctor=form.doctor,
                usg=form.usg,
                **self._given(form),
                **typed.read_measures(form, self.reference),
            )
        )
        uow.announce("care", pregnancy.person_uid)
        return made

    @command("antenatal.plan", CLINICIANS)
    def plan(self, uow: UnitOfWork, uid: str, person_uid: str, form: PlanForm) -> BirthPlan:
        """The birth plan of the pregnancy that goes on; the one before stays as its history. Raises InvalidInput,
        Conflict where a colleague changed it meanwhile."""
        uow.about(person_uid)
        pregnancy = self._going(uow, person_uid)
        while_alive(uow.get(Person, person_uid), PartialDate(uow.today), "place")
        table = self.reference.pregnancy
        _known(form.place, table.places, "place")
        _known(form.helper, table.helpers, "helper")
        names = ("place_name", "companion", "transport", "donor", "funds", "contraception")
        words = {name: typed.line(getattr(form, name), name) for name in names}
        values: dict[str, Any] = {"place": form.place, "helper": form.helper, "sticker": form.sticker, **words}
        if not any(values.values()):
            raise InvalidInput("place", "Isi sedikitnya satu, misalnya tempat bersalin.")
        plans = uow.all(BirthPlan, pregnancy_uid=pregnancy.uid)
        standing = plans[-1] if plans else None
        if standing is not None:
            same = all(getattr(standing, name) == value for name, value in values.items())
            if not same and form.seen not in (None, standing.uid):
                raise Conflict
            made = standing if same else uow.amend(standing, on=uow.today, **values)
        else:
            made = uow.add(
                BirthPlan(uid=uid, person_uid=pregnancy.person_uid, pregnancy_uid=pregnancy.uid, on=uow.today, **values)
            )
        uow.announce("care", pregnancy.person_uid)
        return made

    @command("antenatal.delivery", CLINICIANS)
    def delivery(self, uow: UnitOfWork, uid: str, person_uid: str, form: DeliveryForm) -> Delivery:
        """How a pregnancy ended: it is closed, every living child is registered by the mother and linked to her.

        A birth whose pregnancy nobody recorded is recorded with it; an end recorded before is completed. Raises
        InvalidInput (ended_on, at, outcome, place, helper, way, infants, weight_1, ...), IllegalStep.
        """
        uow.about(person_uid)
        done = uow.find(Delivery, uid)
        if done is not None:
            return done
        mother = uow.get(Person, person_uid)
        if mother.sex is Sex.MALE:
            raise InvalidInput("ended_on", "Tercatat laki-laki. Betulkan jenis kelaminnya di data pasien dulu.")
        outcome = self._checked(form)
        pregnancy = self._ended(uow, mother, form, outcome)
        born_at = self._born_at(uow, pregnancy, form)
        made = uow.add(
            Delivery(
                uid=uid,
                person_uid=mother.uid,
                pregnancy_uid=pregnancy.uid,
                on=pregnancy.ended_on or uow.today,
                born_at=born_at,
                birth_place=form.place,
                place_name=typed.line(form.place_name, "place_name"),
                helper=form.helper,
                way=form.way,
                condition=typed.line(form.condition, "condition"),
                early_feeding=form.early_feeding,
            )
        )
        if outcome in BIRTHS:
            for order, infant in enumerate(form.infants, 1):
                self._infant(uow, mother, made, infant, order, form)
        uow.announce("person", mother.uid)
        return made

    @command("antenatal.after_birth", CLINICIANS)
    def after_birth(
        self, uow: UnitOfWork, uid: str, person_uid: str, visit_uid: str | None, on: str = "", place: str = ""
    ) -> CareRecord:
        """A visit of nifas (of a mother) or of a newborn (of a baby). on: the day as typed, empty for now; place: where
        it was elsewhere. Raises InvalidInput("on"), IllegalStep.
        """
        person = uow.get(Person, person_uid)
        uow.about(person.uid)
        done = uow.find(CareRecord, uid)
        if done is not None:
            return done
        if person.status is PersonStatus.DEAD:
            raise IllegalStep("Tercatat meninggal. Betulkan dulu di data pasien bila keliru.")
        code, birth = self._born(uow, person)
        where = typed.line(place, "place")
        known = typed.read_past(on, uow.today) if on.strip() else PartialDate(uow.today)
        if known.precision is not Precision.DAY:
            raise InvalidInput("on", "Kunjungan ini dihitung per hari. Tulis tanggal lengkapnya.")
        now = self.tools.clock.local(uow.now).replace(tzinfo=None)
        visit = Held(known.day, now if known.day == now.date() and not where else None, where)
        code = self._counted(code, birth, visit, uow)
        if any(other.on == known.day for other in uow.all(CareRecord, person_uid=person.uid, code=code)):
            raise InvalidInput("on", f"Kunjungan {day_text(known.day)} sudah tercatat.")
        made = uow.add(
            CareRecord(
                uid=uid,
                person_uid=person.uid,
                visit_uid=visit_uid if visit.at is not None else None,
                taken_at=uow.now,
                place=where,
                source="other_facility" if where else "here",
                code=code,
                on=known.day,
            )
        )
        uow.announce("care", person.uid)
        return made

    @command("antenatal.withdraw", CLINICIANS)
    def withdraw(self, uow: UnitOfWork, kind: str, uid: str, why: str) -> None:
        """Recorded by mistake: it stays on record, voided with the reason. kind: contact, delivery. Raises NeedsReason.

        A withdrawn delivery leaves the pregnancy ended and the children registered; their own acts undo those.
        """
        words = reason(why)
        record = uow.get(_WITHDRAWN[kind], uid)
        uow.about(record.person_uid)
        if not record.live:
            return
        if isinstance(record, Delivery):
            for infant in uow.all(Infant, delivery_uid=record.uid):
                uow.void(infant, words)
        uow.void(record, words)
        uow.announce("care", record.person_uid)

    # -- parts

    def _going(self, uow: UnitOfWork, person_uid: str) -> Pregnancy:
        latest = uow.ask(LatestPregnancy(person_uid))
        if latest is None or latest.ended_on is not None:
            raise IllegalStep(NO_PREGNANCY)
        if run_out(latest, uow.today, self.reference):
            raise IllegalStep("Sudah lewat 44 minggu. Catat dulu bagaimana kehamilan itu berakhir.")
        return latest

    def _pregnancy_of(self, uow: UnitOfWork, person_uid: str) -> Pregnancy:
        latest = uow.ask(LatestPregnancy(person_uid))
        if latest is None:
            raise IllegalStep(NO_PREGNANCY)
        return latest

    def _given(self, form: ContactForm) -> dict[str, Any]:
        most = self.reference.antenatal.iron_tablets
        return {
            "tablets": typed.read_count(form.tablets, "tablets", most),
            "swallowed": typed.read_count(form.swallowed, "swallowed", most),
            "findings": typed.line(form.findings, "findings"),
        }

    def _checked(self, form: DeliveryForm) -> str:
        """The outcome, with everything that can be seen in the form alone. Raises InvalidInput."""
        table = self.reference.pregnancy
        if form.outcome not in table.outcomes:
            raise InvalidInput("outcome", "Pilih bagaimana kehamilan berakhir.")
        _known(form.place, table.places, "place")
        _known(form.helper, table.helpers, "helper")
        _known(form.way, table.ways, "way")
        if form.outcome not in BIRTHS:
            return form.outcome
        if not form.place:
            raise InvalidInput("place", "Pilih tempat bersalin.")
        if not form.helper:
            raise InvalidInput("helper", "Pilih penolongnya.")
        if not form.infants:
            raise InvalidInput("infants", "Tulis bayinya, juga yang lahir mati.")
        for number, infant in enumerate(form.infants, 1):
            if infant.sex not in (Sex.MALE, Sex.FEMALE):
                raise InvalidInput(f"sex_{number}", "Tekan P atau L.")
        return typed.outcome_of(form)

    def _ended(self, uow: UnitOfWork, mother: Person, form: DeliveryForm, outcome: str) -> Pregnancy:
        """The pregnancy, over now. Raises InvalidInput("ended_on"), IllegalStep."""
        latest = uow.ask(LatestPregnancy(mother.uid))
        runs = latest is not None and latest.ended_on is None
        lmp = latest.lmp if latest is not None and runs else None
        read = read_end(form.on, outcome, uow.today, lmp, self.reference)
        if read.on is None:
            raise InvalidInput("ended_on", read.remark[1])
        while_alive(mother, PartialDate(read.on), "ended_on")
        if read.remark[0] == "warn" and "ended_on" not in form.confirmed:
            raise typed.Unlikely("ended_on", read.remark[1])
        if latest is not None and runs:
            return pregnancies.close(uow, latest, read.on, outcome, self.reference)
        if latest is not None and latest.ended_on == read.on:
            if uow.all(Delivery, pregnancy_uid=latest.uid):
                raise IllegalStep("Persalinan ini sudah dicatat. Tarik yang keliru lebih dulu.")
            if latest.outcome != outcome:
                raise InvalidInput("outcome", "Akhir kehamilan sudah tercatat lain. Betulkan di data kehamilan dulu.")
            return latest
        if not self.reference.pregnancy.outcomes[outcome].postpartum:
            raise IllegalStep(pregnancies.NOTHING_RUNS)
        return pregnancies.only_its_end(uow, mother.uid, read.on, outcome, self.reference)

    def _born_at(self, uow: UnitOfWork, pregnancy: Pregnancy, form: DeliveryForm) -> datetime | None:
        hour = typed.read_hour(form.at)
        if hour is None or pregnancy.ended_on is None:
            return None
        at = datetime.combine(pregnancy.ended_on, hour, ZoneInfo(self.tools.clock.zone)).astimezone(UTC)
        if at > uow.now:
            raise InvalidInput("at", "Jamnya belum lewat. Periksa jam lahirnya.")
        return at

    def _infant(
        self, uow: UnitOfWork, mother: Person, delivery: Delivery, infant: InfantForm, order: int, form: DeliveryForm
    ) -> None:
        confirmed, twins = form.confirmed, len(form.infants) > 1
        weight, length = (
            self._size(code, text, f"{code}_{order}", f"{code}_{order}" in confirmed)
            for code, text in (("weight", infant.weight), ("height", infant.length))
        )
        child: Person | None = None
        if infant.state == typed.LIVE:
            sex = Sex(infant.sex)
            child = self._registered(uow, delivery, order)
            if child is None:
                child = register_newborn(uow, mother, infant.uid, sex, delivery.on, order, twins=twins)
            elif (child.born_on, child.sex) != (delivery.on, sex):
                child = uow.change(child, born_on=delivery.on, born_precision=Precision.DAY, sex=sex)
                uow.index_person(child.uid)
            uow.announce("person", child.uid)
            self._measured(uow, child, delivery, weight, length)
        uow.add(
            Infant(
                uid=new_uid(),
                person_uid=mother.uid,
                delivery_uid=delivery.uid,
                child_uid=child.uid if child else None,
                order=order,
                sex=infant.sex,
                state=infant.state,
                weight=weight,
                length=length,
            )
        )

    def _registered(self, uow: UnitOfWork, delivery: Delivery, order: int) -> Person | None:
        """The child of this birth that is registered already: by the desk, or with a birth that was recorded on a wrong
        day and taken back. A child born so long after the HPHT can be of no other pregnancy."""
        lmp = uow.get(Pregnancy, delivery.pregnancy_uid).lmp
        viable = timedelta(weeks=self.reference.pregnancy.viable_weeks)
        for child in uow.all(Person, mother_uid=delivery.person_uid):
            own = child.born_on is not None and (child.born_on == delivery.on or child.born_on - lmp >= viable)
            if own and (child.birth_order or 1) == order:
                return child
        return None

    def _measured(
        self, uow: UnitOfWork, child: Person, delivery: Delivery, weight: int | None, length: int | None
    ) -> None:
        """Weight, length and IMD at birth, as the child's own record has them."""
        noon = datetime.combine(delivery.on, time(12), ZoneInfo(self.tools.clock.zone)).astimezone(UTC)
        at = min(delivery.born_at or noon, uow.now)
        if weight is not None or length is not None:
            uow.add(
                VitalSigns(
                    uid=new_uid(),
                    person_uid=child.uid,
                    taken_at=at,
                    place=delivery.place_name,
                    weight=weight,
                    height=length,
                    position="L" if length is not None else "",
                )
            )
        if delivery.early_feeding:
            uow.add(
                CareRecord(uid=new_uid(), person_uid=child.uid, taken_at=at, code="given_early_feeding", on=delivery.on)
            )

    def _size(self, code: str, text: str, field: str, confirmed: bool) -> int | None:
        """Grams or millimetres of a newborn. Raises InvalidInput, Unlikely."""
        if not text.strip():
            return None
        read = check_vital(code, typed.in_kilograms(text) if code == "weight" else text, NEWBORN, self.reference)
        if read.state is VitalState.REFUSED or read.value is None:
            raise InvalidInput(field, read.sentence or "Tulis angkanya.")
        if read.state is VitalState.CONFIRM and not confirmed:
            raise typed.Unlikely(field, read.sentence)
        return read.value

    def _born(self, uow: UnitOfWork, person: Person) -> tuple[str, Birth]:
        """Which visit it is, and the birth it is counted from. Raises IllegalStep."""
        latest = uow.ask(LatestPregnancy(mother_of(uow, person).uid))
        birth = birth_of(uow, latest, self.tools) if latest is not None else None
        if person.mother_uid and person.born_on and mother_of(uow, person).uid != person.uid:
            same = birth is not None and birth.on == person.born_on
            return NEONATAL, birth if same and birth is not None else Birth(person.born_on)
        if birth is not None and delivered_on(latest, self.reference) is not None:
            return POSTNATAL, birth
        if person.born_on and (uow.today - person.born_on).days <= self._last_day(BABY, uow):
            return NEONATAL, Birth(person.born_on)
        raise IllegalStep("Belum ada persalinan yang tercatat. Catat akhir kehamilannya dulu.")

    def _counted(self, code: str, birth: Birth, visit: Held, uow: UnitOfWork) -> str:
        """The fact this visit is, where it lies within the weeks it is for. Raises InvalidInput("on")."""
        who = BABY if code == NEONATAL else MOTHER
        rules = [rule for rule in self.reference.pregnancy.after_birth.on(uow.today) if rule.who == who]
        last = self._last_day(who, uow)
        if visit.on < birth.on:
            raise InvalidInput("on", f"Sebelum lahir, {day_text(birth.on)}. Periksa tanggalnya.")
        if (visit.on - birth.on).days > last:
            raise InvalidInput("on", f"Sudah lebih dari {last} hari sejak lahir {day_text(birth.on)}.")
        since = too_early(birth, visit, rules)
        if since is not None:
            if who == BABY:
                return TOO_EARLY_FOR_KN1
            first = rules[0]
            when = f"{day_text(since.date())} pukul {time_text(since)}"
            raise InvalidInput("on", f"Belum {first.from_hour} jam sejak lahir. {first.code} dihitung mulai {when}.")
        return code

    def _last_day(self, who: str, uow: UnitOfWork) -> int:
        return max(rule.to_day for rule in self.reference.pregnancy.after_birth.on(uow.today) if rule.who == who)


def _known(code: str, table: Any, name: str) -> None:
    if code and code not in table:
        raise InvalidInput(name, "Pilihan itu tidak ada. Pilih dari daftarnya.")


_WITHDRAWN: dict[str, Any] = {"contact": AntenatalContact, "delivery": Delivery}
