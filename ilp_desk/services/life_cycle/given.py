"""What was given and done in visits besides measures and instruments, in words: doses, services, answers to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from ilp_desk.domain.due.immunization import plan_of
from ilp_desk.domain.due.records import CareRecord, ServiceAnswer
from ilp_desk.domain.immunization import EVERYTHING, LIVE, history, tetanus_status
from ilp_desk.domain.immunization.records import AdverseEvent, GivenDose, Objection
from ilp_desk.domain.person import Person
from ilp_desk.domain.reference import Reference
from ilp_desk.domain.reference.services import ServiceTable
from ilp_desk.domain.staff import Actor
from ilp_desk.domain.text.dates import day_text
from ilp_desk.ports import UnitOfWork
from ilp_desk.services.life_cycle.immunization_reading import EVERY_VACCINE, KINDS, LIVE_VACCINES, Book, read_book
from ilp_desk.services.life_cycle.lines import fact_label
from ilp_desk.services.life_cycle.lives import read_lives

_ALL = {EVERYTHING: EVERY_VACCINE, LIVE: LIVE_VACCINES}


def given(
    uow: UnitOfWork,
    person: Person,
    visits: Sequence[str],
    reference: Reference,
    local: Callable[[datetime], datetime],
) -> Mapping[str, tuple[str, ...]]:
    """By visit: `PCV3, batch PX2214, paha kiri`, `Obat cacing: albendazol 200 mg`, `Ditunda: BCG sampai ...`.

    What is sensitive is left out for an actor who does not treat. local: an instant on the facility's wall clock.
    """
    found: dict[str, list[str]] = defaultdict(list)
    doses = uow.all(GivenDose, visit_uid=visits)
    if doses:
        (life,) = read_lives(uow, (person,), reference, local)
        book = read_book(uow, person, life, uow.today, plan_of(reference, uow.today), reference)
        labels = _labels(book)
        for dose in doses:
            batch = f"batch {dose.batch}" if dose.batch else ""
            words = ", ".join(filter(None, (labels[dose.uid], batch, dose.site, dose.campaign)))
            found[dose.visit_uid or ""].append(words)
    services = reference.services
    kept = kept_facts(uow.actor, services)
    for record in uow.all(CareRecord, visit_uid=visits):
        if record.code not in kept:
            label = fact_label(record.code, reference)
            words = f"{label}: {record.value}" if record.value not in label else label
            found[record.visit_uid or ""].append(words)
    for event in uow.all(AdverseEvent, visit_uid=visits):
        done = f", {event.action}" if event.action else ""
        found[event.visit_uid or ""].append(f"KIPI {day_text(event.on)}: {event.symptom}{done}")
    series = {line.series.code: line.series.label for line in plan_of(reference, uow.today).lines} | _ALL
    for against in uow.all(Objection, visit_uid=visits):
        until = f" sampai {day_text(against.until)}" if against.until is not None else ""
        name = series.get(against.series, against.series)
        found[against.visit_uid or ""].append(f"{KINDS[against.kind]}: {name}{until} ({against.reason})")
    for answer in uow.all(ServiceAnswer, visit_uid=visits):
        service = services.services.get(answer.service)
        if service is not None and (uow.actor.clinician or not service.sensitive):
            said = f"Ditolak: {service.name}"
            if answer.until is not None:
                said = f"Ditunda: {service.name} sampai {day_text(answer.until)}"
            found[answer.visit_uid or ""].append(f"{said} ({answer.reason})")
    return {uid: tuple(words) for uid, words in found.items()}


def _labels(book: Book) -> dict[str, str]:
    """By dose: `PCV3`, `Td (T3)`; one that does not count says so."""
    plan = book.plan
    counted: dict[str, list[str]] = defaultdict(list)
    for judged in history(book.recipient, book.doses, book.today, plan):
        if judged.counted:
            counted[judged.dose.uid].append(judged.label)
    for contact in tetanus_status(book.recipient, book.doses, book.today, plan).contacts:
        uid, level = contact.dose.uid, contact.level
        if level and uid not in counted:
            counted[uid].append(f"{plan.products[contact.dose.code].label} ({plan.levels[level - 1].code})")
    labels = {}
    for dose in book.given:
        product = plan.products.get(dose.code)
        label = product.label if product is not None else dose.code
        labels[dose.uid] = " + ".join(dict.fromkeys(counted[dose.uid])) or f"{label} (tak dihitung)"
    return labels


def kept_facts(actor: Actor, services: ServiceTable) -> frozenset[str]:
    """Facts kept from this actor: of those who do not treat the ones that only close sensitive services."""
    if actor.clinician:
        return frozenset()
    open_ones = {c.fact for s in services.services if not s.sensitive for c in s.closes}
    return frozenset(c.fact for s in services.services if s.sensitive for c in s.closes) - open_ones
