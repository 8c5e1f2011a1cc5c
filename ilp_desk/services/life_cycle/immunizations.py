"""Immunization: doses given here or known from elsewhere, what happened after one, what stands against one."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ilp_desk.domain.clinical import Draft
from ilp_desk.domain.due.immunization import plan_of
from ilp_desk.domain.due.records import CareRecord
from ilp_desk.domain.immunization import EVERYTHING, LIVE, Dose, DoseSource, advice, judged
from ilp_desk.domain.immunization.records import (
    COPIED,
    LAST_CLASS,
    SCHOOL_CLASS,
    AdverseEvent,
    GivenDose,
    Objection,
    ObjectionKind,
)
from ilp_desk.domain.person import Person, Precision
from ilp_desk.domain.record import new_uid, reason
from ilp_desk.domain.staff import CARE, Role
from ilp_desk.domain.text.dates import PartialDate, day_text
from ilp_desk.domain.text.typed_dates import DateError, read_day, read_done
from ilp_desk.errors import InvalidInput
from ilp_desk.ports import UnitOfWork
from ilp_desk.rows import immunization as rows
from ilp_desk.services.documents import Printed
from ilp_desk.services.encounters import open_visit
from ilp_desk.services.life_cycle.earlier import while_alive
from ilp_desk.services.life_cycle.immunization_paper import card_paper
from ilp_desk.services.life_cycle.immunization_reading import Book, read_book, read_view
from ilp_desk.services.life_cycle.lives import read_lives
from ilp_desk.work import Service, command, question

GIVERS = frozenset({Role.NURSE, Role.MIDWIFE, Role.DOCTOR})
"""Who gives vaccines and writes about them."""
_DRAFT = "immunization"
MOST_HOURS = 200
"""More hours than a dose that goes by the hour (HB0) may ever have."""
_MONTH = re.compile(r"(\d{1,2})\s*[-/. ]\s*(\d{4})")


class NotAdvised(InvalidInput):
    """The rules would not count this dose, or advise against it; it is recorded once that is confirmed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Given:
    """A dose given now. uid is made by the caller; vaccine: code; expiry: as typed, `30-06-2027` or `06/2027`.

    site, route: as chosen. screening: codes of what was asked and answered well. age_hours: since birth, of a newborn.
    campaign: its name. confirmed: what the rules say against it was read.
    """

    uid: str
    visit_uid: str
    vaccine: str
    batch: str
    expiry: str
    site: str
    route: str = ""
    screening: tuple[str, ...] = ()
    age_hours: int | None = None
    campaign: str = ""
    confirmed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class EarlierDose:
    """A dose of before. code: vaccine, or series where only that is known; on: as typed, also a month or a year.

    told: from memory, without a paper; place: where it was given; campaign, age_hours, confirmed: as in Given.
    """

    uid: str
    person_uid: str
    code: str
    on: str
    told: bool = False
    place: str = ""
    campaign: str = ""
    age_hours: int | None = None
    confirmed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Stands:
    """Something stands against a vaccine. series: code, LIVE or EVERYTHING; until: as typed, empty for good."""

    uid: str
    person_uid: str
    kind: ObjectionKind
    series: str
    why: str
    until: str = ""
    visit_uid: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Happened:
    """KIPI after a dose. on: as typed; severity: code of aefi_severity."""

    uid: str
    dose_uid: str
    on: str
    symptom: str
    severity: str
    action: str = ""
    visit_uid: str | None = None


class Immunizations(Service):
    """What the room does about vaccines, for children, pupils and women alike."""

    @question("immunization.open", CARE)
    def open(self, uow: UnitOfWork, person_uid: str) -> rows.ImmunizationView:
        """Everything about one person's immunization today; opening is noted."""
        person = uow.get(Person, person_uid)
        uow.about(person.uid)
        uow.opened(person.uid)
        return read_view(uow, self._book(uow, person, uow.today), self.reference)

    @command("immunization.give", GIVERS)
    def give(self, uow: UnitOfWork, given: Given) -> GivenDose:
        """A dose was given at a visit. Raises InvalidInput (what cannot be), NotAdvised (to be confirmed)."""
        visit = open_visit(uow, given.visit_uid)
        done = uow.find(GivenDose, given.uid)
        if done is not None:
            return done
        person, on = uow.get(Person, visit.person_uid), visit.service_date
        while_alive(person, PartialDate(on), "vaccine")
        book = self._book(uow, person, on)
        vaccine = book.plan.vaccines.get(given.vaccine)
        if vaccine is None:
            raise InvalidInput("vaccine", "Pilih vaksinnya dari daftar.")
        if person.born_on is None and not vaccine.tetanus:
            raise InvalidInput("vaccine", "Isi tanggal lahirnya dulu di data pasien: jadwal dihitung dari umur.")
        batch, site = " ".join(given.batch.split()), " ".join(given.site.split())
        if not batch:
            raise InvalidInput("batch", "Tulis nomor batch yang tertera di vial.")
        expiry = read_expiry(given.expiry, on)
        if expiry < on:
            raise InvalidInput(
                "expiry", f"Vaksin ini kedaluwarsa {day_text(expiry)}. Jangan diberikan, ambil yang lain."
            )
        if not site:
            raise InvalidInput("site", "Pilih tempat suntiknya.")
        self._screened(given.screening, on)
        _not_twice(given.vaccine, on, book, "vaccine")
        dose = Dose(code=given.vaccine, on=on, campaign=bool(given.campaign), age_hours=given.age_hours, uid=given.uid)
        found = advice(dose, book.doses, book.recipient, on, book.plan)
        if found.forbidden:
            raise InvalidInput("vaccine", f"{found.forbidden} Bila tidak berlaku lagi, cabut kontraindikasinya dulu.")
        despite = _confirmed(found.doubts, found.counts, given.confirmed)
        recorded = uow.add(
            GivenDose(
                uid=given.uid,
                person_uid=person.uid,
                visit_uid=visit.uid,
                taken_at=uow.now,
                code=given.vaccine,
                on=on,
                batch=batch,
                expiry=expiry,
                site=site,
                route=given.route or vaccine.route,
                age_hours=_hours(given.age_hours),
                campaign=" ".join(given.campaign.split()),
                screening=given.screening,
                despite=despite,
                version=book.plan.table.header.version,
            )
        )
        uow.drop_draft(_DRAFT, visit.uid)
        uow.announce("care", person.uid)
        return recorded

    @command("immunization.earlier", GIVERS)
    def earlier(self, uow: UnitOfWork, told: EarlierDose) -> GivenDose:
        """A dose of before, from a paper or as told. Raises InvalidInput, NotAdvised (to be confirmed)."""
        person = uow.get(Person, told.person_uid)
        uow.about(person.uid)
        done = uow.find(GivenDose, told.uid)
        if done is not None:
            return done
        try:
            when = read_done(told.on, uow.today)
        except DateError as wrong:
            raise InvalidInput("on", wrong.sentence) from None
        book = self._book(uow, person, uow.today)
        source = DoseSource.ORAL if told.told else DoseSource.DOCUMENTED
        recorded = add_earlier(uow, book, told, when, source)
        uow.announce("care", person.uid)
        return recorded

    @command("immunization.copied", GIVERS)
    def copied(self, uow: UnitOfWork, uid: str, person_uid: str) -> None:
        """The immunization book was copied whole: what is not on record was not given."""
        person = uow.get(Person, person_uid)
        uow.about(person.uid)
        if uow.find(CareRecord, uid) is None:
            uow.add(CareRecord(uid=uid, person_uid=person.uid, taken_at=uow.now, code=COPIED, on=uow.today))
            uow.announce("care", person.uid)

    @command("immunization.school_class", GIVERS)
    def school_class(self, uow: UnitOfWork, uid: str, person_uid: str, number: int) -> None:
        """In which class a child is this school year, 0 for not at school; later years follow from it."""
        person = uow.get(Person, person_uid)
        uow.about(person.uid)
        if not 0 <= number <= LAST_CLASS:
            raise InvalidInput("school_class", f"Kelas 1 sampai {LAST_CLASS}.")
        if uow.find(CareRecord, uid) is None:
            value = str(number)
            uow.add(
                CareRecord(
                    uid=uid, person_uid=person.uid, taken_at=uow.now, code=SCHOOL_CLASS, on=uow.today, value=value
                )
            )
            uow.announce("care", person.uid)

    @command("immunization.object", GIVERS)
    def objection(self, uow: UnitOfWork, stands: Stands) -> Objection:
        """Contraindication, deferral or refusal, with its reason. Raises NeedsReason, InvalidInput (series, until)."""
        person = uow.get(Person, stands.person_uid)
        uow.about(person.uid)
        done = uow.find(Objection, stands.uid)
        if done is not None:
            return done
        words = reason(stands.why)
        if stands.series not in (EVERYTHING, LIVE) and stands.series not in self.reference.immunizations.series:
            raise InvalidInput("series", "Pilih vaksin yang dimaksud.")
        until = self._until(stands, uow.today)
        recorded = uow.add(
            Objection(
                uid=stands.uid,
                person_uid=person.uid,
                visit_uid=stands.visit_uid,
                taken_at=uow.now,
                kind=stands.kind,
                series=stands.series,
                on=uow.today,
                until=until,
                reason=words,
            )
        )
        uow.announce("care", person.uid)
        return recorded

    @command("immunization.report", GIVERS)
    def report(self, uow: UnitOfWork, happened: Happened) -> AdverseEvent:
        """A KIPI after a recorded dose. Raises InvalidInput (before the dose, in the future, nothing said)."""
        dose = uow.get(GivenDose, happened.dose_uid)
        uow.about(dose.person_uid)
        done = uow.find(AdverseEvent, happened.uid)
        if done is not None:
            return done
        try:
            on = read_day(happened.on, uow.today)
        except DateError as wrong:
            raise InvalidInput("on", wrong.sentence) from None
        if on > uow.today:
            raise InvalidInput("on", "Tanggalnya belum lewat. Tulis kapan gejalanya mulai.")
        if on < dose.on:
            given = day_text(dose.on, dose.on_precision)
            raise InvalidInput("on", f"Dosis itu diberikan {given}. Gejala sesudahnya, periksa tanggalnya.")
        while_alive(uow.get(Person, dose.person_uid), PartialDate(on), "on")
        symptom = " ".join(happened.symptom.split())
        if not symptom:
            raise InvalidInput("symptom", "Tulis gejalanya, misalnya demam 39 atau bengkak di tempat suntik.")
        if happened.severity not in self.reference.codes["aefi_severity"]:
            raise InvalidInput("severity", "Pilih ringan atau berat.")
        recorded = uow.add(
            AdverseEvent(
                uid=happened.uid,
                person_uid=dose.person_uid,
                visit_uid=happened.visit_uid,
                taken_at=uow.now,
                dose_uid=dose.uid,
                on=on,
                symptom=symptom,
                severity=happened.severity,
                action=" ".join(happened.action.split()),
            )
        )
        uow.announce("care", dose.person_uid)
        return recorded

    @command("immunization.withdraw", GIVERS)
    def withdraw(self, uow: UnitOfWork, kind: str, uid: str, why: str) -> None:
        """Take back what was written by mistake, or holds no more; it stays, void. kind: dose, event, objection.

        Raises NeedsReason, InvalidInput("dose") where a KIPI is known of the dose.
        """
        record: GivenDose | AdverseEvent | Objection = uow.get(_KINDS[kind], uid)
        uow.about(record.person_uid)
        words = reason(why)
        if not record.live:
            return
        if kind == "dose" and uow.all(AdverseEvent, dose_uid=uid):
            raise InvalidInput("dose", "Pada dosis ini ada KIPI. Batalkan KIPI-nya dulu, baru dosisnya.")
        uow.void(record, words)
        uow.announce("care", record.person_uid)

    @question("immunization.card", CARE)
    def card(self, uow: UnitOfWork, person_uid: str) -> Printed:
        """The card for the mother's hand, or the woman's."""
        person = uow.get(Person, person_uid)
        uow.about(person.uid)
        uow.opened(person.uid)
        view = read_view(uow, self._book(uow, person, uow.today), self.reference)
        return Printed("kartu-imunisasi", self.tools.renderer.pdf(card_paper(uow, person, view, self.tools)))

    @command("immunization.keep_draft", GIVERS, quiet=True)
    def keep_draft(self, uow: UnitOfWork, visit_uid: str, content: Mapping[str, object]) -> datetime:
        """Keep what is typed and not recorded; gives the instant it was kept."""
        uow.about(visit_uid)
        uow.keep_draft(_DRAFT, visit_uid, content)
        return uow.now

    @question("immunization.draft", GIVERS)
    def draft(self, uow: UnitOfWork, visit_uid: str) -> Draft | None:
        """What the actor typed in this visit and did not record."""
        uow.about(visit_uid)
        return uow.draft(_DRAFT, visit_uid)

    @command("immunization.drop_draft", GIVERS, quiet=True)
    def drop_draft(self, uow: UnitOfWork, visit_uid: str) -> None:
        """Throw the actor's own draft away."""
        uow.about(visit_uid)
        uow.drop_draft(_DRAFT, visit_uid)

    # -- parts

    def _book(self, uow: UnitOfWork, person: Person, on: date) -> Book:
        plan = plan_of(self.reference, on)
        (life,) = read_lives(uow, (person,), self.reference, self.tools.clock.local)
        return read_book(uow, person, life, on, plan, self.reference)

    def _screened(self, screening: Sequence[str], on: date) -> None:
        open_ones = [row.label for row in self.reference.codes["vaccine_screening"].on(on) if row.code not in screening]
        if open_ones:
            asked = "; ".join(open_ones)
            raise InvalidInput("screening", f"Tanyakan dulu, lalu centang: {asked}. Bila tidak, pilih Tunda.")

    def _until(self, stands: Stands, today: date) -> date | None:
        if stands.kind is ObjectionKind.REFUSAL or (
            not stands.until.strip() and stands.kind is not ObjectionKind.DEFERRAL
        ):
            return None
        try:
            until = read_day(stands.until, today)
        except DateError as wrong:
            raise InvalidInput("until", wrong.sentence) from None
        if until <= today:
            raise InvalidInput("until", "Pilih hari yang akan datang.")
        return until


_KINDS: dict[str, type[GivenDose] | type[AdverseEvent] | type[Objection]] = {
    "dose": GivenDose,
    "event": AdverseEvent,
    "objection": Objection,
}


def add_earlier(uow: UnitOfWork, book: Book, told: EarlierDose, when: PartialDate, source: DoseSource) -> GivenDose:
    """Record a dose of before, inside any command; source says how it is known. Raises as `Immunizations.earlier`."""
    person, plan = book.person, book.plan
    if told.code not in plan.products:
        raise InvalidInput("code", "Pilih vaksinnya dari daftar.")
    while_alive(person, when, "on")
    if when.precision is Precision.DAY:
        _not_twice(told.code, when.day, book, "on")
    dose = Dose(
        code=told.code,
        on=when.day,
        precision=when.precision,
        source=source,
        campaign=bool(told.campaign),
        age_hours=told.age_hours,
        uid=told.uid,
    )
    despite = ""
    if source is not DoseSource.ORAL:
        counts, doubts = judged(dose, book.doses, book.recipient, book.today, plan)
        despite = _confirmed(() if counts or told.campaign else doubts, counts, told.confirmed)
    return uow.add(
        GivenDose(
            uid=told.uid or new_uid(),
            person_uid=person.uid,
            taken_at=uow.now,
            place=" ".join(told.place.split()),
            source=source.value,
            code=told.code,
            on=when.day,
            on_precision=when.precision,
            age_hours=_hours(told.age_hours),
            campaign=" ".join(told.campaign.split()),
            despite=despite,
            version=plan.table.header.version,
        )
    )


def read_expiry(text: str, today: date) -> date:
    """The last day a vial may be used, as typed: a day, or a month and year. Raises InvalidInput("expiry")."""
    month = _MONTH.fullmatch(" ".join(text.split()))
    if month is not None and 1 <= int(month[1]) <= 12:
        year, number = int(month[2]), int(month[1])
        return date(year, number, monthrange(year, number)[1])
    if not text.strip():
        raise InvalidInput("expiry", "Tulis tanggal kedaluwarsa di vial, misalnya 30-06-2027 atau 06/2027.")
    try:
        return read_day(text, today)
    except DateError as wrong:
        raise InvalidInput("expiry", wrong.sentence) from None


def _not_twice(code: str, on: date, book: Book, field: str) -> None:
    """The same vaccine once a day. Raises InvalidInput."""
    label = book.plan.products[code].label
    for dose in book.doses:
        if dose.code == code and dose.on == on and dose.precision is Precision.DAY:
            raise InvalidInput(
                field, f"{label} tanggal {day_text(on)} sudah tercatat. Bila salah catat, batalkan yang itu dulu."
            )


def _confirmed(doubts: Sequence[str], counts: Sequence[str], confirmed: bool) -> str:
    """What is kept with the dose of what was confirmed; raises NotAdvised where it has not been."""
    if not doubts:
        return ""
    words = " ".join(doubts)
    if not confirmed:
        marked = "" if counts else " Tetap dicatat, tetapi tidak dihitung?"
        raise NotAdvised("vaccine", f"{words}{marked or ' Tetap dicatat?'}")
    return words


def _hours(hours: int | None) -> int | None:
    """Raises InvalidInput where it cannot be."""
    if hours is not None and not 0 <= hours <= MOST_HOURS:
        raise InvalidInput("age_hours", f"Jam sejak lahir: 0 sampai {MOST_HOURS}.")
    return hours
