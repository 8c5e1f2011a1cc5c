"""What registering a person is made of: values from a form, family and its history, pregnancy, former numbers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ilp_desk.domain.person import Family, FamilyMembership, NotSamePerson, OldNumber, Person, Precision, Sex
from ilp_desk.domain.person_form import LONGEST_TEXT, PersonForm, Reading, old_numbers, tidy
from ilp_desk.domain.record import new_uid, reason
from ilp_desk.domain.reference import Reference
from ilp_desk.domain.site import Area
from ilp_desk.domain.staff import DESK, MANAGERS
from ilp_desk.domain.text.dates import PartialDate, day_text
from ilp_desk.domain.text.identifiers import IdentifierError, read_kk
from ilp_desk.domain.text.matching import Identity
from ilp_desk.errors import InvalidInput
from ilp_desk.ports import UnitOfWork
from ilp_desk.rows.patients import FindPatients
from ilp_desk.rows.people import Candidates, SavedPerson
from ilp_desk.services.life_cycle import pregnancies
from ilp_desk.services.numbering import next_record_number

REGISTRARS = DESK | MANAGERS
SCREEN = "new_patient"
"""Under which drafts about people are kept."""
FORMER_NAME = "nama lama"
"""Origin of an old number that is a name somebody had before, so that the search still finds it."""
UNNAMED = frozenset({"newborn", "unknown"})

_AS_TYPED = (
    "birth_place",
    "payer",
    "payer_fktp",
    "payer_status",
    "relationship",
    "mother_name",
    "address",
    "occupation",
    "education",
    "religion",
    "marital_status",
    "disability",
    "responsible_name",
    "responsible_relation",
    "identity",
)


def identity_of(uow: UnitOfWork, form: PersonForm, read: Reading) -> Identity:
    """What is known of somebody who is being typed, for the search for duplicates."""
    area = uow.find(Area, form.area_uid or None)
    birth = read.birth
    if birth is None and read.nik_births:
        birth = PartialDate(read.nik_births[0])
    return Identity(
        name=read.name,
        sex=read.sex if read.sex is not Sex.UNKNOWN else read.nik_sex,
        birth=birth,
        nik=read.nik,
        bpjs=read.bpjs,
        kk=read.kk,
        mother=tidy(form.mother_name),
        phone=read.phone,
        area=" ".join(p for p in (area.name if area else "", form.rt, form.rw) if p) or form.outside_text,
        birth_order=form.birth_order,
    )


def candidates(uow: UnitOfWork, read: Reading) -> Candidates:
    """Whom to compare with: the same number, the same birthday, a like name."""
    numbers = tuple(n for n in (read.nik, read.bpjs, read.kk, read.phone) if n)
    born = read.birth.day if read.birth and read.birth.precision is Precision.DAY else None
    hits: tuple[str, ...] = ()
    if len(read.name) >= 3:
        hits = tuple(h.uid for h in uow.ask(FindPatients(read.name, uow.today, 20)).hits)
    return Candidates(numbers, born, hits)


def judged_others(uow: UnitOfWork, person_uid: str) -> set[str]:
    """Those who were judged to be other people than this one."""
    if not person_uid or uow.find(Person, person_uid) is None:
        return set()
    pairs = (*uow.all(NotSamePerson, person_uid=person_uid), *uow.all(NotSamePerson, other_uid=person_uid))
    return {uid for pair in pairs for uid in (pair.person_uid, pair.other_uid)} - {person_uid}


def values(uow: UnitOfWork, form: PersonForm, read: Reading, family: Family | None, known: Person | None) -> Any:
    """The fields of a Person as this form says them."""
    born, precision = (read.birth.day, read.birth.precision) if read.birth else (None, Precision.ESTIMATED)
    if known is not None and day_text(known.born_on, known.born_precision) == day_text(born, precision):
        # "sekitar 1986" says less than the day that was worked out from the age told at first.
        born = known.born_on
    found: dict[str, Any] = {name: tidy(getattr(form, name)) for name in _AS_TYPED}
    found |= {
        "name": read.name,
        "sex": read.sex,
        "born_on": born,
        "born_precision": precision,
        "nik": read.nik,
        "bpjs": read.bpjs,
        "phone": read.phone,
        "responsible_phone": read.responsible_phone,
        "family_uid": family.uid if family else None,
        "mother_uid": form.mother_uid or None,
        "birth_order": form.birth_order,
        "area_uid": None if form.outside else form.area_uid or None,
        "outside": tidy(form.outside_text) if form.outside else "",
        "rt": form.rt.strip(),
        "rw": form.rw.strip(),
        "complete": not form.later and not read.missing,
    }
    if known is not None and known.identity in UNNAMED and known.name != read.name:
        found["identity"] = "known"
    told = (form.payer_fktp, form.payer_status)
    before = (known.payer_fktp, known.payer_status) if known else ("unknown", "unknown")
    if told != before:
        found |= {"payer_checked_at": uow.now, "payer_checked_by": uow.actor.staff_uid}
    return found


def family_of(uow: UnitOfWork, form: PersonForm, read: Reading, known: Person | None) -> Family | None:
    """The family a form names, by KK or as found; a new one for a KK nobody has."""
    mine = uow.find(Family, form.family_uid or (known.family_uid if known else None))
    if not read.kk:
        return mine
    found = uow.all(Family, kk=read.kk)
    if found:
        return found[-1]
    if mine is not None and not mine.kk:
        return uow.change(mine, kk=read.kk)
    return uow.add(
        Family(
            uid=new_uid(),
            kk=read.kk,
            head_name=read.name if form.relationship == "head" else "",
            area_uid=None if form.outside else form.area_uid or None,
            address=tidy(form.address),
            rt=form.rt.strip(),
            rw=form.rw.strip(),
        )
    )


def belong(uow: UnitOfWork, person: Person, before: Person | None, relationship: str) -> None:
    """Belonging to a family has a beginning and an end; who becomes its head gives it the name."""
    if before is None or before.family_uid != person.family_uid:
        for old in uow.all(FamilyMembership, person_uid=person.uid):
            if old.until is None:
                uow.change(old, until=uow.today)
        if person.family_uid:
            uow.add(
                FamilyMembership(
                    uid=new_uid(),
                    person_uid=person.uid,
                    family_uid=person.family_uid,
                    relationship=relationship,
                    since=uow.today,
                )
            )
    family = uow.find(Family, person.family_uid)
    if family is not None and relationship == "head" and family.head_name != person.name:
        uow.change(family, head_name=person.name)


def note_pregnancy(uow: UnitOfWork, person: Person, read: Reading, form: PersonForm, reference: Reference) -> None:
    """A new pregnancy, or a better HPHT of the one that goes on. Raises InvalidInput("lmp") where two would overlap."""
    if read.lmp is None:
        return
    counts = {"gravida": form.gravida, "para": form.para, "abortus": form.abortus}
    told = {name: value for name, value in counts.items() if value is not None}
    pregnancies.record(uow, person.uid, read.lmp, reference, **told)


def keep_old_numbers(uow: UnitOfWork, person: Person, form: PersonForm) -> None:
    """The old record numbers are those the field names now; former names are left alone."""
    typed = old_numbers(form.old_number)
    known = {o.number: o for o in uow.all(OldNumber, person_uid=person.uid) if not is_former_name(o)}
    for number in typed:
        if number not in known:
            uow.add(OldNumber(uid=new_uid(), person_uid=person.uid, number=number, origin=tidy(form.old_origin)))
    for number, old in known.items():
        if number not in typed:
            uow.void(old, "dihapus dari isian pasien")


def keep_former_name(uow: UnitOfWork, person: Person, why: str = "nama resmi") -> None:
    """A baby, or somebody unknown, gets a real name: the former one stays searchable."""
    origin = f"{FORMER_NAME}: {reason(why)}"
    uow.add(OldNumber(uid=new_uid(), person_uid=person.uid, number=person.name, origin=origin))


def is_former_name(old: OldNumber) -> bool:
    return old.origin.startswith(FORMER_NAME)


def numbered(uow: UnitOfWork, person: Person, family: Family | None) -> Person:
    """Store somebody new with the record number that is theirs from now on."""
    number = next_record_number(uow, person, family, person.relationship)
    return uow.add(replace(person, record_number=number))


def saved(person: Person, missing: tuple[str, ...]) -> SavedPerson:
    """What a screen is told after the commit."""
    return SavedPerson(person.uid, person.name, person.record_number, person.row_version, missing)


def kk_number(text: str) -> str:
    """A KK number as typed; raises InvalidInput("kk")."""
    try:
        return read_kk(text)
    except IdentifierError as wrong:
        raise InvalidInput("kk", wrong.sentence) from wrong


def short_text(field: str, text: str) -> str:
    """A plain text as it is stored; raises InvalidInput where it is longer than can be shown and printed."""
    words = tidy(text)
    if len(words) > LONGEST_TEXT:
        raise InvalidInput(field, f"Paling panjang {LONGEST_TEXT} huruf, lebih {len(words) - LONGEST_TEXT}.")
    return words
