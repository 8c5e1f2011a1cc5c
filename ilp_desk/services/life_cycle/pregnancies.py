"""Pregnancies: recorded with how sure the HPHT is, ended with a day and an outcome, never two at a time."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from ilp_desk.domain.clinical import Pregnancy
from ilp_desk.domain.maternity.pregnancy import PregnancyForm, counted, goes_on, read_end, read_pregnancy, run_out
from ilp_desk.domain.maternity.records import AntenatalContact, BirthPlan, Dating, Delivery, Infant
from ilp_desk.domain.person import Person, Sex
from ilp_desk.domain.record import new_uid, reason
from ilp_desk.domain.reference import Reference
from ilp_desk.domain.staff import CARE
from ilp_desk.domain.text.dates import PartialDate, day_text
from ilp_desk.errors import IllegalStep, InvalidInput
from ilp_desk.ports import UnitOfWork
from ilp_desk.rows.arrival import LatestPregnancy
from ilp_desk.services.life_cycle.earlier import while_alive
from ilp_desk.work import Service, command

NOTHING_RUNS = "Tidak ada kehamilan yang tercatat berjalan. Isi HPHT lebih dulu."


class Pregnancies(Service):
    """What the room records about a pregnancy."""

    @command("pregnancy.save", CARE)
    def save(self, uow: UnitOfWork, person_uid: str, form: PregnancyForm) -> Pregnancy:
        """Record a pregnancy, or correct the one that goes on. Raises InvalidInput (`field` as in PregnancyForm)."""
        person = self._woman(uow, person_uid)
        read = read_pregnancy(form, uow.today, ended_before(uow, person.uid), self.reference)
        wrong = next(((name, said) for name, (state, said) in read.remarks.items() if state == "error"), None)
        if wrong is not None or read.lmp is None:
            raise InvalidInput(*(wrong or ("lmp", "Isi HPHT.")))
        if form.lmp_source not in self.reference.pregnancy.sources:
            raise ValueError(form.lmp_source)
        while_alive(person, PartialDate(read.lmp), "lmp")
        made = record(uow, person.uid, read.lmp, self.reference, lmp_source=form.lmp_source, **read.counts)
        uow.announce("person", person.uid)
        return made

    @command("pregnancy.end", CARE)
    def end(self, uow: UnitOfWork, person_uid: str, on: str, outcome: str) -> Pregnancy:
        """A pregnancy has ended. on: the day as typed; outcome: code of pregnancy.toml.

        A birth whose pregnancy nobody recorded is recorded with it. Raises InvalidInput("ended_on"), IllegalStep.
        """
        person = self._woman(uow, person_uid)
        row = self.reference.pregnancy.outcomes[outcome]
        latest = uow.ask(LatestPregnancy(person.uid))
        runs = latest is not None and latest.ended_on is None
        read = read_end(on, outcome, uow.today, latest.lmp if latest is not None and runs else None, self.reference)
        if read.on is None:
            raise InvalidInput("ended_on", read.remark[1])
        while_alive(person, PartialDate(read.on), "ended_on")
        if latest is not None and runs:
            ended = close(uow, latest, read.on, outcome, self.reference)
        elif latest is not None and (latest.ended_on, latest.outcome) == (read.on, outcome):
            return latest
        elif row.postpartum:
            ended = only_its_end(uow, person.uid, read.on, outcome, self.reference)
        else:
            raise IllegalStep(NOTHING_RUNS)
        uow.announce("person", person.uid)
        return ended

    @command("pregnancy.resume", CARE)
    def resume(self, uow: UnitOfWork, uid: str) -> Pregnancy:
        """The end was recorded by mistake: the pregnancy goes on, how it was said to have ended is void; children stay
        registered. Raises IllegalStep where another one follows."""
        ended = uow.get(Pregnancy, uid)
        uow.about(ended.person_uid)
        if ended.ended_on is None:
            return ended
        latest = uow.ask(LatestPregnancy(ended.person_uid))
        if not ended.live or (latest is not None and latest.uid != ended.uid):
            raise IllegalStep("Sudah ada kehamilan sesudahnya. Periksa riwayatnya.")
        _void_delivery(uow, ended, "akhir kehamilan dibatalkan")
        counts = counted(ended, ended.outcome, -1, self.reference)
        going = uow.change(ended, ended_on=None, outcome="", **counts)
        uow.announce("person", ended.person_uid)
        return going

    @command("pregnancy.withdraw", CARE)
    def withdraw(self, uow: UnitOfWork, uid: str, why: str) -> None:
        """Recorded by mistake: she was not pregnant. It stays on record with its visits, voided with the reason.

        Raises NeedsReason.
        """
        words = reason(why)
        wrong = uow.get(Pregnancy, uid)
        uow.about(wrong.person_uid)
        if wrong.live:
            _void_delivery(uow, wrong, words)
            for kind in (AntenatalContact, BirthPlan, Dating):
                for record in uow.all(kind, pregnancy_uid=wrong.uid):
                    uow.void(record, words)
            uow.void(wrong, words)
            uow.announce("person", wrong.person_uid)

    def _woman(self, uow: UnitOfWork, person_uid: str) -> Person:
        person = uow.get(Person, person_uid)
        uow.about(person.uid)
        if person.sex is Sex.MALE:
            raise InvalidInput("lmp", "Tercatat laki-laki. Betulkan jenis kelaminnya di data pasien dulu.")
        return person


# Inside other commands


def record(uow: UnitOfWork, person_uid: str, lmp: date, reference: Reference, **values: Any) -> Pregnancy:
    """A new pregnancy, or a better HPHT of the one that goes on; one that has run out is closed, its end unknown.

    Raises InvalidInput("lmp") where it would begin before the end of an earlier one.
    """
    latest = uow.ask(LatestPregnancy(person_uid))
    ended = ended_before(uow, person_uid)
    if ended is not None and lmp <= ended:
        raise InvalidInput("lmp", f"Kehamilan yang lalu berakhir {day_text(ended)}. HPHT harus sesudahnya.")
    if latest is not None and run_out(latest, uow.today, reference):
        at_most = latest.lmp + timedelta(days=reference.routing.pregnancy_days)
        close(uow, latest, min(at_most, lmp - timedelta(days=1)), "unknown", reference)
    elif latest is not None and latest.ended_on is None:
        told = {"lmp": lmp, **values}
        same = all(getattr(latest, name) == value for name, value in told.items())
        return latest if same else _dated_anew(uow, latest, told)
    return _dated(uow, uow.add(Pregnancy(uid=new_uid(), person_uid=person_uid, lmp=lmp, **values)))


def _dated_anew(uow: UnitOfWork, pregnancy: Pregnancy, told: dict[str, Any]) -> Pregnancy:
    """The same pregnancy by another HPHT, or surer; the earlier dating stays as its history. Raises InvalidInput("lmp")
    where a visit on record would lie before it."""
    for contact in uow.all(AntenatalContact, pregnancy_uid=pregnancy.uid):
        if PartialDate(contact.on, contact.on_precision).latest < told["lmp"]:
            when = day_text(contact.on, contact.on_precision)
            raise InvalidInput("lmp", f"Sudah ada periksa hamil {when}, sebelum HPHT ini. Periksa tanggalnya.")
    if not uow.all(Dating, pregnancy_uid=pregnancy.uid):
        _dated(uow, pregnancy, pregnancy.made_at.date() if pregnancy.made_at else pregnancy.lmp)
    changed = uow.change(pregnancy, **told)
    dating = (pregnancy.lmp, pregnancy.lmp_source)
    return changed if dating == (changed.lmp, changed.lmp_source) else _dated(uow, changed)


def _void_delivery(uow: UnitOfWork, pregnancy: Pregnancy, why: str) -> None:
    for delivery in uow.all(Delivery, pregnancy_uid=pregnancy.uid):
        for infant in uow.all(Infant, delivery_uid=delivery.uid):
            uow.void(infant, why)
        uow.void(delivery, why)


def _dated(uow: UnitOfWork, pregnancy: Pregnancy, on: date | None = None) -> Pregnancy:
    """Keep by what a pregnancy is dated. on: since when, None for today."""
    uow.add(
        Dating(
            uid=new_uid(),
            person_uid=pregnancy.person_uid,
            pregnancy_uid=pregnancy.uid,
            on=on or uow.today,
            lmp=pregnancy.lmp,
            source=pregnancy.lmp_source,
        )
    )
    return pregnancy


def close(uow: UnitOfWork, pregnancy: Pregnancy, on: date, outcome: str, reference: Reference) -> Pregnancy:
    """The pregnancy has ended; its para or abortus counts the outcome."""
    return uow.change(pregnancy, ended_on=on, outcome=outcome, **counted(pregnancy, outcome, 1, reference))


def note_birth(uow: UnitOfWork, mother_uid: str, born: date, reference: Reference) -> None:
    """A child was born: the mother's pregnancy ended that day; where none is recorded, it is recorded by its end.

    Nothing where the birth is on record already (twins) or does not belong to what is known of her.
    """
    latest = uow.ask(LatestPregnancy(mother_uid))
    if latest is not None and latest.ended_on is None:
        if goes_on(latest, born, reference):
            if born - latest.lmp >= timedelta(weeks=reference.pregnancy.viable_weeks):
                close(uow, latest, born, "birth", reference)
                uow.announce("person", mother_uid)
            return
        if born <= latest.lmp:
            return
        longest = timedelta(days=reference.routing.pregnancy_days)
        begun = born - timedelta(days=reference.pregnancy.carried_days)
        close(uow, latest, min(latest.lmp + longest, max(latest.lmp, begun)), "unknown", reference)
    ended = ended_before(uow, mother_uid)
    if ended is None or born - ended >= timedelta(weeks=reference.pregnancy.viable_weeks):
        only_its_end(uow, mother_uid, born, "birth", reference)
        uow.announce("person", mother_uid)


def ended_before(uow: UnitOfWork, person_uid: str) -> date | None:
    """When the last pregnancy that is over ended."""
    ends = [p.ended_on for p in uow.all(Pregnancy, person_uid=person_uid) if p.ended_on is not None]
    return max(ends, default=None)


def only_its_end(uow: UnitOfWork, person_uid: str, on: date, outcome: str, reference: Reference) -> Pregnancy:
    """A pregnancy known by its end alone; the HPHT is counted back, not before the end of the one before."""
    ended = ended_before(uow, person_uid)
    if ended is not None and on <= ended + timedelta(weeks=reference.pregnancy.viable_weeks):
        raise InvalidInput("ended_on", f"Kehamilan yang lalu baru berakhir {day_text(ended)}. Periksa tanggalnya.")
    begun = on - timedelta(days=reference.pregnancy.carried_days)
    if ended is not None:
        begun = max(begun, ended + timedelta(days=1))
    return uow.add(
        Pregnancy(uid=new_uid(), person_uid=person_uid, lmp=begun, lmp_source="birth", ended_on=on, outcome=outcome)
    )
